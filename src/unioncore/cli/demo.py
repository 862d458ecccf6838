"""The guided tour: five people, placed and explained."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers import ask, read_facts
from unioncore.errors import MissingPart
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, Expression, Prose, Reason, Subject, long_date, series
from unioncore.rules.condition import AllOf, AnyOf

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
            short = _Short(rulebook, facts, day)
            for answer in ask(rulebook, facts, *stop.asked, on=day).values():
                yield "\n".join(f"     {line}" for line in short.lines(answer)), ""
        yield "", ""
    yield _END, ""


class _Short:
    """Writes answers about one person in a few lines; ``ask`` shows the rest."""

    def __init__(self, rulebook: Rulebook, facts: Mapping[str, Any], on: date) -> None:
        self.rules = rulebook.rules
        self.prose = Prose(rulebook.rules)
        self.subject = Subject(rulebook.rules, {**read_facts(rulebook, facts), ON: on})
        self.warned: set[str] = set()

    def lines(self, answer: Answer[Any]) -> Iterator[str]:
        """Give the value, why, by what authority, and what one should know."""
        shown = self.prose.value(answer.fact, answer.value) if answer.known else "not known"
        yield f"{self.prose.label(answer.fact)}: {shown}"
        if not answer.known:
            yield f"  why not: {answer.reason}"
            yield f"  missing: {', '.join(answer.missing) or 'nothing that can be given'}"
        # What follows "nothing else" matters where there is nothing.
        direct = [reason for reason in answer.because if reason.fact == answer.fact]
        for reason in direct[:1] if answer.known else ():
            yield f"  because {self.why(reason)}"
            yield from (f"  source: {citation}" for citation in reason.citations[:1])
        for warning in answer.warnings:
            if warning not in self.warned:
                self.warned.add(warning)
                yield f"  warning: {warning}"

    def why(self, reason: Reason) -> str:
        """Say why in one clause; of a long condition, only what holds for this person."""
        for rule in self.rules.rules:
            for version in rule.versions if rule.key == reason.rule else ():
                if reason.text.endswith(self.prose.condition(version.when)):
                    return series(self.holding(version.when))
        return reason.text.partition(", because ")[2] or reason.text

    def holding(self, node: Expression) -> list[str]:
        """Give the parts of a condition that make it hold."""
        match node:
            case AllOf(parts):
                return [text for part in parts for text in self.holding(part)]
            case AnyOf(parts):
                return next((self.holding(part) for part in parts if self.subject.truth(part)), [])
        return [self.prose.condition(node)]
