"""The guided tour: five people, placed and explained."""

from collections.abc import Mapping
from datetime import date
from textwrap import indent
from typing import Any

from attrs import frozen

from unioncore.answers import ask
from unioncore.errors import MissingPart
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Prose, long_date

__all__ = ["run"]


@frozen
class _Stop:
    """One stop of the tour: a person, what is asked, and on which days."""

    who: str
    look_for: str
    facts: Mapping[str, Any]
    asked: tuple[str, ...]
    days: tuple[date, ...]


_TOUR = (
    _Stop(
        "A family court adviser of Cafcass who works in Bristol",
        "The branch is national, so its region is not the region of the workplace.",
        {
            "employer.key": "cafcass",
            "employer.kind": "cafcass",
            "employer.nation": "England",
            "job.group": "cafcass-staff",
            "work.region": "SW",
        },
        ("service_group", "branch", "region", "negotiating_bodies"),
        (date(2024, 6, 1),),
    ),
    _Stop(
        "A crime analyst of Kent Police",
        '"No body" is an answer, given by a rule and with a reason.',
        {
            "employer.key": "kent-police",
            "employer.kind": "police-force",
            "employer.nation": "England",
            "job.group": "police-staff",
        },
        ("negotiating_bodies", "bargaining_level"),
        (date(2024, 6, 1),),
    ),
    _Stop(
        "A member of staff of the National Probation Service whose pay band is not recorded",
        "What is not known is said, with the facts that would decide it.",
        {
            "employer.key": "national-probation-service",
            "employer.kind": "probation-service",
            "employer.nation": "England",
            "job.group": "probation-staff",
        },
        ("negotiating_bodies",),
        (date(2015, 3, 1),),
    ),
    _Stop(
        "A probation officer, before and after the union's rules changed in 2009",
        "The member did not move; the rule book did.",
        {
            "employer.kind": "probation-service",
            "employer.nation": "England",
            "job.group": "probation-staff",
            "job.band": "4",
        },
        ("service_group", "negotiating_bodies"),
        (date(2008, 6, 1), date(2024, 6, 1)),
    ),
    _Stop(
        "An administrator of the Metropolitan Police",
        "The union does not organise everywhere.",
        {
            "employer.key": "metropolitan-police",
            "employer.kind": "police-force",
            "employer.nation": "England",
            "job.group": "police-staff",
        },
        ("organised", "service_group"),
        (date(2024, 6, 1),),
    ),
)


def run(rulebook: Rulebook) -> str:
    """Return the tour as text; raises ``MissingPart`` without the plugin it is about."""
    if "police-justice" not in {plugin.name for plugin in rulebook.plugins}:
        install = "pip install unioncore-police-justice"
        raise MissingPart("the plugin unioncore-police-justice", install)
    prose = Prose(rulebook.rules)
    stops = [_stop(rulebook, prose, number, stop) for number, stop in enumerate(_TOUR, 1)]
    end = (
        "Ask for yourself:\n"
        "  unioncore ask negotiating_bodies --set employer.key=kent-police"
        " --set employer.kind=police-force \\\n"
        "    --set employer.nation=England --set job.group=police-staff --on 2024-06-01\n"
        "Read the rulebook:  unioncore rules --about psc-ew\n"
        "See what changed:   unioncore diff 2021-06-01 2021-07-31"
    )
    return "\n\n".join([*stops, end])


def _stop(rulebook: Rulebook, prose: Prose, number: int, stop: _Stop) -> str:
    lines = [f"{number}. {stop.who}", f"   {stop.look_for}"]
    for day in stop.days:
        lines.append(f"   On {long_date(day)}:")
        for answer in ask(rulebook, stop.facts, *stop.asked, on=day).values():
            lines.append(indent(_short(prose, answer), "     "))
    return "\n".join(lines)


def _short(prose: Prose, answer: Answer[Any]) -> str:
    """Return an answer with its first reasons and their sources; ``ask`` shows the rest."""
    shown = prose.value(answer.fact, answer.value) if answer.known else "not known"
    lines = [f"{prose.label(answer.fact)}: {shown}"]
    if not answer.known:
        needs = f" (missing: {', '.join(answer.missing)})" if answer.missing else ""
        lines.append(f"  why not: {answer.reason}{needs}")
    for reason in answer.because:
        if reason.fact == answer.fact:
            lines.append(f"  because: {reason.text}")
            lines.extend(f"    source: {citation}" for citation in reason.citations[:1])
    lines.extend(f"  warning: {warning}" for warning in answer.warnings)
    return "\n".join(lines)
