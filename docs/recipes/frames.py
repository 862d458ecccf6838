"""Many people at once, in pandas, Polars and DuckDB: a frame in, a frame of the same kind out."""

from datetime import date

import duckdb
import pandas
import polars

import unioncore
from unioncore import bulk

RULEBOOK = unioncore.compose()
ON = date(2026, 3, 2)
PEOPLE = {
    "key": ["p1", "p2", "p3"],
    "employer.kind": ["cafcass", "police-force", None],
    "employer.nation": ["England", "Scotland", "Wales"],
    "job.group": ["cafcass-staff", "police-staff", "police-staff"],
}


def groups(frame: object) -> object:
    """Answer about every row; a cell that is empty is not known."""
    return bulk.ask(frame, RULEBOOK, "service_group", on=ON)


if __name__ == "__main__":
    rows = [
        {key: column[number] for key, column in PEOPLE.items() if key != "key"}
        for number in range(3)
    ]
    asked = unioncore.ask_many(RULEBOOK, rows, "service_group", on=ON)
    expected = [
        each["service_group"].value if each["service_group"].known else None for each in asked
    ]

    in_pandas = groups(pandas.DataFrame(PEOPLE))
    assert [None if pandas.isna(each) else each for each in in_pandas["service_group"]] == expected
    in_polars = groups(polars.DataFrame(PEOPLE))
    assert in_polars["service_group"].to_list() == expected
    people = duckdb.from_arrow(polars.DataFrame(PEOPLE).to_arrow())
    in_duckdb = groups(people)
    found = in_duckdb.order("key").project("service_group").fetchall()
    assert [value for (value,) in found] == expected
    print("frames: pandas, Polars and DuckDB answer alike:", expected)
