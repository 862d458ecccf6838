"""Placing a person: with all reasons looked at, values only, read plainly and compiled, as ratios.

The facts of ``unioncore.Placement`` on one day, for made-up people, of each of whom some facts are
not known. All ways must find the same values. How all are timed: ``rounds``.

    python benchmarks/placement.py [ROUNDS]
"""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
from rounds import Line, Way, asked, race, same, show, within

import unioncore
from unioncore.answers.by_name import read_facts
from unioncore.rules import InPart, Subject, compile_rules

ROUNDS = 7
DAY = date(2026, 6, 1)
PEOPLE, FEW = 400, 20
MILLISECONDS = 0.02
"""That the shipped facts may take for one person, on one core."""
NAMES = [field.name for field in attrs.fields(unioncore.Placement)]
POSTS = (
    ("police-force", "police-staff", "England"),
    ("police-force", "police-officer", "Scotland"),
    ("probation-service", "probation-staff", "Wales"),
    ("nhs-trust", "agenda-for-change", "England"),
    ("nhs-board", "agenda-for-change", "Scotland"),
    ("hsc-trust", "doctor-or-dentist", "Northern Ireland"),
    ("council", "local-government-services", "Wales"),
    ("council", "craft", "Scotland"),
    ("academy-trust", "school-support-staff", "England"),
    ("private-contractor", "contractor-terms", "England"),
)
"""Kinds of employer, the groups of staff found there, and nations."""


def people() -> list[dict[str, Any]]:
    draw = random.Random(1)
    found = []
    for _ in range(PEOPLE):
        kind, group, nation = draw.choice(POSTS)
        facts = {
            "employer.kind": kind,
            "employer.nation": nation,
            "employer.follows_national_pay": draw.random() < 0.8,
            "job.group": group,
            "job.band": draw.choice(("2", "5", "8a", "9")),
            "job.is_senior_manager": draw.random() < 0.1,
            "branch.is_joint": draw.random() < 0.2,
            "work.region": draw.choice(("EA", "GL", "SE", "SC", "NW")),
        }
        found.append({key: value for key, value in facts.items() if draw.random() >= 0.2})
    return found


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    everyone = people()
    records: list[Mapping[str, Any]] = [
        {**read_facts(rulebook, facts), "on": DAY} for facts in everyone
    ]
    decide = compile_rules(rulebook.rules, NAMES, on=DAY)

    def placed(number: int, *, looked_at: bool) -> list[list[Any]]:
        found = []
        for facts in everyone[:number]:
            answers = unioncore.placement(rulebook, facts, on=DAY).answers().values()
            if looked_at:
                for each in answers:
                    _ = each.because, each.warnings
            found.append([each.value if each.known else None for each in answers])
        return found

    def plain() -> list[tuple[Any, ...]]:
        subjects = [Subject(rulebook.rules, record) for record in records[:FEW]]
        return [tuple(map(subject.value, NAMES)) for subject in subjects]

    def compiled() -> list[tuple[Any, ...]]:
        return [decide(record) for record in records]

    def known(found: list[tuple[Any, ...]]) -> list[list[Any]]:
        """Return values with None for a set that is known in part, as for what is not known."""
        return [[None if isinstance(value, InPart) else value for value in each] for each in found]

    same("values only and compiled", placed(PEOPLE, looked_at=False), known(compiled()))
    few = known(compiled()[:FEW])
    same("explained, plain and compiled", placed(FEW, looked_at=True), known(plain()), few)
    print(f"{len(NAMES)} facts, for one person; {rounds} rounds")
    took = race(
        {
            "all reasons looked at": Way(lambda: placed(FEW, looked_at=True), FEW),
            "values only": Way(
                lambda: [unioncore.placement(rulebook, facts, on=DAY) for facts in everyone], PEOPLE
            ),
            "the plain reading": Way(plain, FEW),
            "one compiled record": Way(compiled, PEOPLE),
        },
        rounds,
    )
    lines = [
        Line("all reasons looked at", "one compiled record", 120),
        Line("all reasons looked at", "the plain reading"),
        Line("values only", "one compiled record", 5),
    ]
    show(took, lines)
    within(took, "one compiled record", MILLISECONDS)


if __name__ == "__main__":
    main(asked(ROUNDS))
