"""Finding a member's branch by many rules or rows of a table, as ratios.

6,000 employers are spread over the branches; each branch is a rule ``employer in [...]``, or a row
of a table. What a member costs must not grow with the number of branches. All ways must find the
same branches as a dictionary, which stands beside them. How all are timed: ``rounds``.

    python benchmarks/routing.py [ROUNDS]
"""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from rounds import Line, Way, asked, race, same, show

from unioncore.legal import Period
from unioncore.rules import (
    Fact,
    FactType,
    Row,
    Rule,
    RuleSet,
    RuleVersion,
    Table,
    compile_rules,
    parse,
)

ROUNDS = 9
DAY = date(2026, 6, 30)
EVER = Period()
EMPLOYERS = [f"E{number:05d}" for number in range(6_000)]
MEMBERS, FEW, MANY = 5_000, 110, 1_100
FACTS = {
    "employer": Fact("employer", FactType.TEXT, "employer"),
    "branch": Fact("branch", FactType.TEXT, "branch", derived=True),
}


def spread(branches: int) -> dict[str, list[str]]:
    """Return the employers of each branch."""
    found: dict[str, list[str]] = {}
    for number, employer in enumerate(EMPLOYERS):
        found.setdefault(f"B{(number * 7 + 3) % branches:04d}", []).append(employer)
    return found


def by_rules(branches: int) -> RuleSet:
    rules = []
    for branch, employers in spread(branches).items():
        version = RuleVersion(EVER, parse(f"employer in {employers!r}"), parse(repr(branch)), ())
        rules.append(Rule(branch, "branch", (version,)))
    return RuleSet(facts=FACTS, rules=tuple(rules))


def by_table(branches: int) -> RuleSet:
    rows = tuple(
        Row(tuple(employers), parse(repr(branch)), EVER, ())
        for branch, employers in spread(branches).items()
    )
    return RuleSet(facts=FACTS, tables=(Table("branches", "branch", "employer", rows),))


def main(rounds: int) -> None:
    """Print the ratios."""
    draw = random.Random(4)
    members = [{"employer": draw.choice(EMPLOYERS), "on": DAY} for _ in range(MEMBERS)]

    def router(rules: RuleSet) -> Callable[[], list[Any]]:
        decide = compile_rules(rules, ["branch"], on=DAY)
        return lambda: [decide(member)[0] for member in members]

    homes = {employer: key for key, employers in spread(MANY).items() for employer in employers}

    def by_dictionary() -> list[Any]:
        return [homes[member["employer"]] for member in members]

    runs = {
        "1,100 rules": router(by_rules(MANY)),
        "110 rules": router(by_rules(FEW)),
        "1,100 rows": router(by_table(MANY)),
        "110 rows": router(by_table(FEW)),
        "a dictionary": by_dictionary,
    }
    same("branches", runs["1,100 rules"](), runs["1,100 rows"](), by_dictionary())
    same("few branches", runs["110 rules"](), runs["110 rows"]())
    print(f"the branch of one member; {rounds} rounds")
    lines = [
        Line("1,100 rules", "110 rules", 1.5),
        Line("1,100 rows", "110 rows", 1.5),
        Line("1,100 rules", "a dictionary"),
    ]
    show(race({name: Way(run, MEMBERS) for name, run in runs.items()}, rounds), lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
