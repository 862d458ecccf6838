"""Lines of NDJSON made into checked rows of one table, beside cattrs, msgspec and pydantic.

The rows are memberships, one in a hundred of them with a day that is none or without a category.
All ways must give equal rows and find the same lines wrong. ``unioncore`` also looks for names that
stand twice, for odd characters and for keys that repeat. It, pydantic and cattrs name every wrong
column of a line, msgspec the first. ``unioncore`` reads with the extra ``fast`` where that is
installed. How all are timed: ``rounds``.

    python benchmarks/structuring.py [ROUNDS] [ROWS]
"""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
from rounds import Line, Way, asked, peer, race, same, show, size

from unioncore.model import Membership
from unioncore.records.tables import read_table

ROUNDS = 7
ROWS = 20_000
BAD = 100
"""One line in so many is wrong."""
FIELDS: dict[str, tuple[type, Any]] = {
    "person": (str, ...),
    "union": (str, ""),
    "start": (date, ...),
    "end": (date | None, None),  # type: ignore[dict-item]
    "category": (str, ...),
    "status": (str, "current"),
    "branch": (str, ""),
    "band": (str, ""),
    "first_payment": (date | None, None),  # type: ignore[dict-item]
}
"""The columns that are filled, with their types and defaults; ``...`` where one is needed."""

Found = tuple[list[tuple[Any, ...]], list[int]]
"""The rows, and the numbers of the lines that are wrong."""


def made_up(rows: int) -> list[bytes]:
    draw = random.Random(9)
    lines = []
    for number in range(rows):
        start = date(2005, 1, 3) + timedelta(draw.randrange(7_000))
        row: dict[str, Any] = {
            "person": f"M{number:06d}",
            "start": start.isoformat(),
            "category": draw.choice(("full", "student", "retired")),
            "branch": f"branch-{draw.randrange(1_000)}",
            "band": draw.choice("ABCDEFGHIJK"),
        }
        if draw.random() < 0.2:
            row |= {"end": (start + timedelta(400)).isoformat(), "status": "lapsed"}
        if draw.random() < 0.5:
            row["first_payment"] = (start + timedelta(30)).isoformat()
        if number % BAD == BAD - 1:
            if draw.random() < 0.5:
                row["start"] = "2024-02-30"
            else:
                del row["category"]
        lines.append(json.dumps(row).encode())
    return lines


def by_line(lines: list[bytes], read: Callable[[bytes], Any], wrong: type[Exception]) -> Found:
    """Return what a reader of single lines gives."""
    rows, bad = [], []
    for number, line in enumerate(lines, 1):
        try:
            row = read(line)
        except wrong:
            bad.append(number)
        else:
            rows.append(row)
    return [tuple(getattr(row, name) for name in FIELDS) for row in rows], bad


def as_attrs() -> type:
    """Return a class with the columns, as people write it with attrs."""
    fields = {
        name: attrs.field(type=kind, default=attrs.NOTHING if default is ... else default)
        for name, (kind, default) in FIELDS.items()
    }
    return attrs.make_class("Row", fields, frozen=True, slots=True, kw_only=True)


def peers() -> list[tuple[str, Callable[[bytes], Any], type[Exception]]]:
    """Return those that are installed, each reading one line with full reports of its own kind."""
    found: list[tuple[str, Callable[[bytes], Any], type[Exception]]] = []
    if pydantic := peer("pydantic"):
        frozen = pydantic.ConfigDict(frozen=True)
        model = pydantic.create_model("Row", __config__=frozen, **FIELDS)
        found.append(("pydantic", model.model_validate_json, pydantic.ValidationError))
    if msgspec := peer("msgspec"):
        fields = [
            (name, kind) if default is ... else (name, kind, default)
            for name, (kind, default) in FIELDS.items()
        ]
        struct = msgspec.defstruct("Row", fields, frozen=True, kw_only=True)
        read = msgspec.json.Decoder(struct).decode
        found.append(("msgspec", read, msgspec.ValidationError))
    if cattrs := peer("cattrs.preconf.json"):
        converter, row = cattrs.make_converter(), as_attrs()
        found.append(("cattrs", lambda line: converter.loads(line, row), Exception))
    return found


def main(rounds: int) -> None:
    """Print the ratios."""
    lines = made_up(size(ROWS))
    content = b"\n".join(lines)

    def ours() -> Found:
        read = read_table(Membership, "memberships.ndjson", content)
        rows = [tuple(getattr(row.record, name) for name in FIELDS) for row in read.rows]
        return rows, sorted({fault.line for fault in read.faults})

    ways = {"unioncore": Way(ours, len(lines))}
    for name, read, wrong in peers():

        def theirs(read: Any = read, wrong: type[Exception] = wrong) -> Found:
            return by_line(lines, read, wrong)

        same(f"rows and wrong lines, {name}", ours(), theirs())
        ways[name] = Way(theirs, len(lines))
    print(f"{len(lines):,} lines, for one; {rounds} rounds")
    found = [Line("unioncore", name, 2.2 if name == "pydantic" else None) for name in ways]
    show(race(ways, rounds), found[1:])


if __name__ == "__main__":
    main(asked(ROUNDS))
