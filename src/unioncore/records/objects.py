"""Lines of NDJSON read many at a time, as far as nothing can be wrong with them.

Whatever may be wrong is left to others, who look at each line and say what is.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import frozen

from unioncore.shown import Shown

__all__: list[str] = []


@frozen
class ObjectPairs(Shown, shows="pairs"):
    """An object of JSON with all its names, also those that stand twice."""

    pairs: list[tuple[str, Any]]


class ObjectLines:
    """Reads objects of cells, one on each line, into columns; it needs the extra ``fast``."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names that an object may have.

        Raises:
            ModuleNotFoundError: without the extra.
        """
        import msgspec  # which takes longer to load than a short file to read

        self._names = names
        fields = {f"f{place}": name for place, name in enumerate(names)}
        line = msgspec.defstruct(
            "Line",
            [(field, str | bool | int, None) for field in fields],
            rename=fields,
            forbid_unknown_fields=True,
            gc=False,
        )
        self._decode: Callable[[str], Any] = msgspec.json.Decoder(line).decode
        self._cells: Callable[[Any], tuple[Any, ...]] = msgspec.structs.astuple

    def columns(self, lines: Sequence[str]) -> dict[str, Sequence[Any]] | None:
        """Return the cells of each name that some line has; None where something may be wrong.

        A cell that a line does not have is None. Lines with null are left to others.
        """
        try:
            rows = list(map(self._decode, lines))
        except Exception:  # whatever is wrong, others say what
            return None
        columns = dict(zip(self._names, zip(*map(self._cells, rows), strict=True), strict=True))
        lacking = {name: cells.count(None) for name, cells in columns.items()}
        names = len(rows) * len(columns) - sum(lacking.values())
        if not surely_once("".join(lines), names, columns.values()):
            return None
        return {name: cells for name, cells in columns.items() if lacking[name] < len(rows)}


def plain_objects(lines: Sequence[str]) -> list[dict[str, Any]] | None:
    """Return the object of each line; in none a name stands twice, or a list or an object.

    None: that may not be so.
    """
    # One call takes a third less than one for each line. Each line begins with a brace, which no
    # other line can have left open: no text of JSON goes over the end of a line, there is no list,
    # and in an object no brace follows a comma. So as many objects as lines are one in each.
    text = ",\n".join(lines)
    if {line[:1] for line in lines} != {"{"} or text.count("{") > len(lines) or "[" in text:
        return None
    try:
        found: list[dict[str, Any]] = json.loads(f"[{text}]")
    except (ValueError, RecursionError):
        return None
    once = surely_once(text, sum(map(len, found)), map(dict.values, found))
    return found if len(found) == len(lines) and once else None


def surely_once(text: str | bytes, names: int, values: Iterable[Any]) -> bool:
    """Say whether surely no name stands twice in one of the objects that a text of JSON holds.

    ``names`` is how many were kept when it was read, and ``values`` is what else was.
    """
    if isinstance(text, bytes):
        colons, escaped = text.count(b":"), b"\\" in text
    else:
        colons, escaped = text.count(":"), "\\" in text
    # Each name has a colon behind it. Where there are as many as names were kept, none was lost.
    others = colons - names
    if not others:
        return True
    # Some stand in texts. Python writes as many there as JSON does, where none is an escape.
    return not escaped and others == sum(str(each).count(":") for each in values)
