"""The guided tour: five people, placed and explained."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers import ask
from unioncore.describe import Short
from unioncore.errors import MissingPart
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date

__all__ = ["run"]


@frozen
class _Stop:
    """One stop of the tour: a person, what is asked, and on which days."""

    who: str
    look_for: str
    facts: Mapping[str, Any]
    asked: tuple[str, ...]
    days: Mapping[date, Mapping[str, Any]]
    """The days of the question, each with the facts that hold only then."""


_TOUR = (
    _Stop(
        "A family court adviser of Cafcass who works in Bristol",
        "Bristol is in the South West, and the branch is not.",
        {
            "employer.key": "cafcass",
            "employer.kind": "cafcass",
            "employer.nation": "England",
            "job.group": "cafcass-staff",
            "work.region": "SW",
        },
        ("service_group", "branch", "region", "negotiating_bodies"),
        {date(2024, 6, 1): {}},
    ),
    _Stop(
        "A crime analyst of Kent Police",
        '"No body" is an answer too: a rule gives it, with its reason.',
        {
            "employer.key": "kent-police",
            "employer.kind": "police-force",
            "employer.nation": "England",
            "job.group": "police-staff",
        },
        ("negotiating_bodies", "bargaining_level"),
        {date(2024, 6, 1): {}},
    ),
    _Stop(
        "Somebody in the National Probation Service whose pay band is not recorded",
        "What is not known is never guessed; the answer says what to ask for.",
        {
            "employer.key": "national-probation-service",
            "employer.kind": "probation-service",
            "employer.nation": "England",
            "job.group": "probation-staff",
        },
        ("negotiating_bodies",),
        {date(2015, 3, 1): {}},
    ),
    _Stop(
        "A probation officer, before and after the union's rule book changed in 2009",
        "The member did not move; the rule book did, and later the employers.",
        {
            "employer.kind": "probation-service",
            "employer.nation": "England",
            "job.group": "probation-staff",
            "job.band": "4",
        },
        ("service_group", "negotiating_bodies"),
        {date(2008, 6, 1): {}, date(2024, 6, 1): {}},
    ),
    _Stop(
        "A forensic examiner in Glasgow, on two days between which the law changed",
        "An Act made one force out of eight on 1 April 2013.",
        {
            "employer.kind": "police-force",
            "employer.nation": "Scotland",
            "job.group": "police-staff",
        },
        ("negotiating_bodies", "bargaining_level"),
        {
            date(2013, 3, 31): {"employer.key": "strathclyde-police"},
            date(2013, 4, 1): {"employer.key": "police-scotland"},
        },
    ),
)

_END = (
    "Ask for yourself:\n"
    "  unioncore ask negotiating_bodies --set employer.key=kent-police"
    " --set employer.kind=police-force \\\n"
    "    --set employer.nation=England --set job.group=police-staff --on 2024-06-01\n"
    "Read the rulebook:  unioncore rules --about psc-ew\n"
    "See what changed:   unioncore diff 2021-06-01 2021-07-31"
)


def run(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give the tour as texts, each with its style for a terminal.

    Raises:
        MissingPart: without the plugin that it is about.
    """
    if "police-justice" not in {plugin.name for plugin in rulebook.plugins}:
        install = "pip install unioncore-police-justice"
        raise MissingPart("the plugin unioncore-police-justice", install)
    return _tour(rulebook)


def _tour(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for number, stop in enumerate(_TOUR, 1):
        yield f"{number}. {stop.who}", "bold"
        yield f"   {stop.look_for}", "italic"
        for day, then in stop.days.items():
            yield f"   On {long_date(day)}:", ""
            facts = {**stop.facts, **then}
            short = Short(rulebook, facts, day)
            for answer in ask(rulebook, facts, *stop.asked, on=day).values():
                yield "\n".join(f"     {line}" for line in short.lines(answer)), ""
        yield "", ""
    yield _END, ""
