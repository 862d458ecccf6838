"""Fifty rules and a placement over the rows of a frame, beside Polars by hand and compiled records.

The fifty rules are those of ``rules50``, over 1.3 million rows, once with every cell known and once
with one cell in ten missing. By hand each is one Polars expression, which is null where it is not
known. The placement is that of ``placement``. All find the same. How all are timed: ``rounds``.

    python benchmarks/columns.py [ROUNDS] [ROWS]
"""

import random
from typing import Any

import polars as pl
from placement import DAY as PLACED_ON
from placement import NAMES as PLACED
from placement import people
from rounds import Line, Way, asked, race, same, show, size
from rules50 import DAY, checks, members, rule_set, text

import unioncore
from unioncore import bulk
from unioncore.answers.by_name import read_facts
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import compile_rules

ROUNDS = 5
ROWS = size(1_300_000)
MISSING = 0.1


def frame(missing: float) -> pl.DataFrame:
    """Return the members of ``rules50`` again and again, some cells of them missing."""
    draw = random.Random(5)
    some = [
        {
            key: None if key != "id" and draw.random() < missing else value
            for key, value in member.items()
            if key != "on"
        }
        for member in members()
    ]
    part = pl.DataFrame(some, infer_schema_length=None)
    return pl.concat([part] * (ROWS // part.height)).rechunk()


def by_hand(names: list[str]) -> list[pl.Expr]:
    """Return the fifty rules as Polars expressions, each with whether it is known."""
    found = []
    for name, (group, check) in zip(names, checks(), strict=True):
        said = text(group, check, r"CAST('\1' AS DATE)").replace("==", "=")
        said = said.replace("[", "(").replace("]", ")").replace("group =", '"group" =')
        found.append(pl.sql_expr(said).alias(name))
    return found


def main(rounds: int) -> None:
    """Print the ratios."""
    rules, names = rule_set()
    facts, made = tuple(rules.facts.values()), rules.rules
    fifty = Rulebook(Definitions(facts=facts, rules=made))
    hand = by_hand(names)
    ways: dict[str, Way] = {}
    for said, missing in (("all known", 0.0), ("some missing", MISSING)):
        held = frame(missing)

        def ours(held: pl.DataFrame = held) -> pl.DataFrame:
            found: pl.DataFrame = bulk.ask(
                held, fifty, *names, on=DAY, key="id", rule=False, warns=False
            )
            return found

        def theirs(held: pl.DataFrame = held) -> pl.DataFrame:
            values = held.lazy().select("id", *hand)
            return values.with_columns(pl.col(names).is_not_null().name.suffix(".known")).collect()

        same(f"fifty rules, {said}", ours().equals(theirs().select(ours().columns)), True)
        ways[f"fifty rules, {said}"] = Way(ours, ROWS)
        ways[f"by hand, {said}"] = Way(theirs, ROWS)

    rulebook = unioncore.compose()
    everyone = people()
    placed = pl.DataFrame(everyone, infer_schema_length=None)
    many = pl.concat([placed] * (ROWS // placed.height)).with_row_index("key").rechunk()
    records: list[Any] = [{**read_facts(rulebook, each), "on": PLACED_ON} for each in everyone]
    decide = compile_rules(rulebook.rules, PLACED, on=PLACED_ON)
    ways["placement in columns"] = Way(
        lambda: bulk.ask(many, rulebook, *PLACED, on=PLACED_ON, rule=False, warns=False), ROWS
    )
    ways["with rules and warnings"] = Way(
        lambda: bulk.ask(many, rulebook, *PLACED, on=PLACED_ON), ROWS
    )
    ways["a compiled record"] = Way(lambda: [decide(each) for each in records], len(records))
    known = bulk.ask(many.head(len(records)), rulebook, *PLACED, on=PLACED_ON).sort("key")
    expected = [tuple(decide(each)[:2]) for each in records]
    same("placement", known.select(PLACED[:2]).rows(), expected)

    print(f"{ROWS:,} rows, for one row; {rounds} rounds")
    took = race(ways, rounds)
    lines = [
        Line("fifty rules, all known", "by hand, all known", 1.2),
        Line("fifty rules, some missing", "by hand, some missing", 2.4),
        Line("placement in columns", "a compiled record", 1 / 15),
        Line("with rules and warnings", "a compiled record"),
    ]
    show(took, lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
