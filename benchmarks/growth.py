"""How the time for one row, and for one rule, changes as there are more of them.

A placement is asked in columns of Polars, and of one compiled record after the other. The rules are
like those of ``rules50``, in columns and compiled. Where a curve is level, twice as many take twice
the time. What is done once, whatever the size, makes one dearer among few. All ways find the same.
How all are timed: ``rounds``.

    python benchmarks/growth.py [ROUNDS] [ROWS]
"""

import random
from datetime import date
from typing import Any

import polars as pl
from placement import DAY as PLACED_ON
from placement import people
from rounds import Line, Way, asked, curve, race, same, show, size
from rules50 import DAY, GROUPS, SHAPES, members, rule_set

import unioncore
from unioncore import bulk
from unioncore.answers.by_name import read_facts
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import compile_many, compile_rules

ROUNDS = 3
ROWS = (10_000, 100_000, 1_000_000, 10_000_000)
RECORDS = ROWS[:2]
"""As many are read one after the other; more would only take longer."""
RULES = (10, 30, 100, 300, 1_000)
CHECKED = size(50_000)
"""So many members the rules are asked of."""
NAMES = ("organised", "service_group", "region", "branch_type")


def frame(records: list[dict[str, Any]], rows: int) -> pl.DataFrame:
    """Return records again and again, each under a key of its own."""
    part = pl.DataFrame(records, infer_schema_length=None)
    return pl.concat([part] * (rows // part.height)).with_row_index("key").rechunk()


def made_up(number: int) -> list[tuple[str, str]]:
    """Return so many rules; none is like another, so that no two are one to a reader of them."""
    draw = random.Random(8)
    found = []
    for each in range(number):
        shape = SHAPES[each % len(SHAPES)].replace("<2018-03-01>", "<{start}>")
        start = date.fromordinal(date(2018, 3, 1).toordinal() + each)
        check = shape.format(rate=400 + each, start=start).replace("160", str(100 + each))
        found.append((draw.choice(GROUPS), f"{check} and pence != {each}"))
    return found


def placing(ways: dict[str, Way]) -> dict[str, tuple[str, str, int]]:
    """Add the ways of placing; return of which curve, and of how many, each is."""
    rulebook = unioncore.compose()
    everyone = people()
    points = {}
    records: list[Any] = [{**read_facts(rulebook, each), "on": PLACED_ON} for each in everyone]
    decide = compile_rules(rulebook.rules, NAMES, on=PLACED_ON)
    for rows in ROWS:
        if rows > size(ROWS[-1]):
            continue
        held = frame(everyone, rows)

        def columns(held: pl.DataFrame = held) -> pl.DataFrame:
            found: pl.DataFrame = bulk.ask(
                held, rulebook, *NAMES, on=PLACED_ON, rule=False, warns=False
            )
            return found

        if rows == ROWS[0]:
            expected = [decide(each) for each in records]
            same("placement", columns().sort("key").select(NAMES).rows()[: len(records)], expected)
        ways[f"{rows:,} rows in columns"] = Way(columns, rows)
        points[f"{rows:,} rows in columns"] = "a placement in columns", "rows", rows
        if rows in RECORDS:
            times = rows // len(records)
            ways[f"{rows:,} records"] = Way(
                lambda times=times: [decide(each) for _ in range(times) for each in records], rows
            )
            points[f"{rows:,} records"] = "a placement of a record", "rows", rows
    return points


def checking(ways: dict[str, Way]) -> dict[str, tuple[str, str, int]]:
    """Add the ways of asking rules; return of which curve, and of how many, each is."""
    everyone = members() * (CHECKED // len(members()))
    held = pl.DataFrame(everyone).with_row_index("key").drop("on")
    points = {}
    for number in RULES:
        rules, names = rule_set(made_up(number))
        book = Rulebook(Definitions(facts=tuple(rules.facts.values()), rules=rules.rules))
        find = compile_many(rules, names, on=DAY)

        def columns(book: Rulebook = book, names: list[str] = names) -> pl.DataFrame:
            found: pl.DataFrame = bulk.ask(held, book, *names, on=DAY, rule=False, warns=False)
            return found

        by_column = columns().sort("key")
        yes = [by_column[name].arg_true().to_list() for name in names]
        same("the members found", yes, [[*found.yes] for found in find(everyone)])
        ways[f"{number:,} rules in columns"] = Way(columns, number * CHECKED)
        ways[f"{number:,} compiled rules"] = Way(lambda find=find: find(everyone), number * CHECKED)
        points[f"{number:,} rules in columns"] = "a rule in columns, for a row", "rules", number
        points[f"{number:,} compiled rules"] = "a compiled rule, for a record", "rules", number
    return points


def main(rounds: int) -> None:
    """Print the times and the ratios."""
    ways: dict[str, Way] = {}
    print(f"up to {size(ROWS[-1]):,} rows and {RULES[-1]:,} rules; {rounds} rounds", flush=True)
    points = {**placing(ways), **checking(ways)}
    took = race(ways, rounds)
    for way, (name, of, at) in points.items():
        curve(name, of, at, took[way])
    show(
        took,
        [
            Line("10,000,000 rows in columns", "1,000,000 rows in columns", 1.25),
            Line("100,000 records", "10,000 records", 1.25),
            Line("1,000 rules in columns", "100 rules in columns", 1.25),
            Line("1,000 compiled rules", "100 compiled rules", 1.25),
        ],
    )


if __name__ == "__main__":
    main(asked(ROUNDS))
