"""Reading a union's folder: beside pydantic, with rules and without, from CSV and from NDJSON.

The example union is copied and its members are repeated under new keys. All readings must give the
same union, and none a fault. Pydantic makes a model of each row of each table, with the types of
its columns; it looks at no other row, while ``read_union`` checks what rows say of one another.
NDJSON is read with the extra ``fast`` where that is installed. The rule check stands beside our own
reading, and beside pydantic, since it would seem slower whenever that reading gets faster. What a
union takes in memory is told for a member more, without the texts, and beside the models.

How all are timed: ``rounds``.

    python benchmarks/reading.py [ROUNDS]
"""

import csv
import gc
import io
import json
import shutil
import sys
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import attrs
from rounds import Line, Way, asked, figure, peer, race, same, show

import unioncore
from unioncore.model import TABLES, Union, columns
from unioncore.records.cells import kind_of

T = TypeVar("T")

ROUNDS = 5
NAMES = ("people", "memberships", "jobs")
MEMBERS, MORE = 1_500, 4_500
BYTES = 1_000
"""What a member more may take beside the texts of its rows."""
OTHERS = {date: date, int: int, Decimal: Decimal}
"""What pydantic reads as we do; it has no yes or no, and no range of days."""


def folder(into: Path, members: int = MEMBERS) -> None:
    """Copy the example and repeat its members until there are enough."""
    with resources.as_file(resources.files("unioncore_unison") / "example_union") as example:
        shutil.copytree(example, into)
    rows: dict[str, dict[str, list[list[str]]]] = {name: {} for name in NAMES}
    for name in NAMES:
        with open(into / f"{name}.csv", newline="", encoding="utf-8") as file:
            for line in list(csv.reader(file))[1:]:
                rows[name].setdefault(line[0], []).append(line)
    repeated = sorted(set.intersection(*(set(rows[name]) for name in NAMES)))
    more = max(0, members - len(rows["people"]))
    for name in NAMES:
        with open(into / f"{name}.csv", "a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            for number in range(more):
                for _, *rest in rows[name][repeated[number % len(repeated)]]:
                    writer.writerow([f"X{number:07d}", *rest])


def as_ndjson(home: Path, into: Path) -> None:
    """Write the same folder with a line of NDJSON for each row, without what is blank."""
    shutil.copytree(home, into)
    for file in into.glob("*.csv"):
        with open(file, newline="", encoding="utf-8") as rows:
            filled = [{n: cell for n, cell in row.items() if cell} for row in csv.DictReader(rows)]
        lines = "\n".join(map(json.dumps, filled))
        file.with_suffix(".ndjson").write_text(lines, encoding="utf-8")
        file.unlink()


def models(pydantic: Any, home: Path) -> Callable[[], list[Any]]:
    """Return what reads all tables into models."""
    kinds = {}
    for table in TABLES:
        types = {
            name: OTHERS.get(kind_of(each)[0], str) if len(kind_of(each)) == 1 else str
            for name, each in columns(TABLES[table]).items()
        }
        fields: dict[str, Any] = {name: (kind | None, None) for name, kind in types.items()}
        frozen = pydantic.ConfigDict(frozen=True)
        kinds[table] = pydantic.create_model(table, __config__=frozen, **fields)

    def read() -> list[Any]:
        return [
            kinds[file.stem].model_validate({name: cell for name, cell in row.items() if cell})
            for file in home.glob("*.csv")
            for row in csv.DictReader(io.StringIO(file.read_bytes().decode()))
        ]

    return read


def texts(union: Union) -> int:
    """Return what the texts of the members' rows take, each counted once."""
    found: Mapping[int, int] = {
        id(value): sys.getsizeof(value)
        for name in NAMES
        for row in getattr(union, name)
        for value in attrs.astuple(row, recurse=False)
        if isinstance(value, str)
    }
    return sum(found.values())


def held(read: Callable[[], T]) -> tuple[T, int]:
    """Return what is read, and how many bytes it takes."""
    read()  # what is made once is made
    gc.collect()
    tracemalloc.start()
    found = read()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return found, size


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    with TemporaryDirectory() as at:
        home, lines, larger = Path(at) / "union", Path(at) / "lines", Path(at) / "larger"
        folder(home)
        as_ndjson(home, lines)
        folder(larger, MORE)
        reads = [unioncore.read_union(home), unioncore.read_union(lines)]
        reads.append(unioncore.read_union(home, rulebook))
        same("the union read", *(read.union for read in reads))
        same("the faults", *(read.faults for read in reads), ())
        ways = {
            "reading": Way(lambda: unioncore.read_union(home)),
            "reading NDJSON": Way(lambda: unioncore.read_union(lines)),
            "reading and the rule check": Way(lambda: unioncore.read_union(home, rulebook)),
        }
        if pydantic := peer("pydantic"):
            ways["pydantic over a csv reader"] = Way(models(pydantic, home))
        print(f"a union of {len(reads[0].union.people):,} people; {rounds} rounds")
        took = race(ways, rounds)
        few, small = held(lambda: unioncore.read_union(home, rulebook).union)
        many, large = held(lambda: unioncore.read_union(larger, rulebook).union)
        more = len(many.people) - len(few.people)
        beside_texts = (large - texts(many) - (small - texts(few))) / more
        if pydantic:
            models_small, models_large = (held(models(pydantic, at))[1] for at in (home, larger))
    both = zip(took["reading and the rule check"], took["reading"], strict=True)
    took["the rule check"] = [whole - without for whole, without in both]
    lines_ = [
        Line("reading", "pydantic over a csv reader", 2.2),
        Line("reading NDJSON", "reading", 1),
        Line("the rule check", "reading", 1),
        Line("the rule check", "pydantic over a csv reader"),
    ]
    show(took, lines_)
    figure("memory for a member more, beside texts", beside_texts, "bytes", BYTES)
    if pydantic:
        ratio = (large - small) / (models_large - models_small)
        figure("memory for a member more, as a share of pydantic's models", ratio)


if __name__ == "__main__":
    main(asked(ROUNDS))
