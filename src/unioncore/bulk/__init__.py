"""Many rows at once: the rulebook asked about a frame of Polars, pandas, DuckDB and others.

It needs the extra ``unioncore[bulk]``, and nothing else in the library needs it.
"""

from unioncore.errors import MissingPart

try:
    from unioncore.bulk.comparing import file_impact
    from unioncore.bulk.files import PlacedRows, place_file, place_union, rows_of
    from unioncore.bulk.listing import listed
    from unioncore.bulk.many_rows import ask, problems
    from unioncore.bulk.people_files import PeopleRead, read_people
except ModuleNotFoundError as error:
    if error.name not in ("narwhals", "polars"):
        raise
    raise MissingPart("the extra unioncore[bulk]", "pip install 'unioncore[bulk]'") from None

__all__ = [
    "PeopleRead",
    "PlacedRows",
    "ask",
    "file_impact",
    "listed",
    "place_file",
    "place_union",
    "problems",
    "read_people",
    "rows_of",
]
