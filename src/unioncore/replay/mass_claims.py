"""Worked examples of claims of many members: a small union is made of each, and asked.

Importing this module registers its kind.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from unioncore.answers import ClaimantStanding, mass_claim
from unioncore.errors import BadFacts, Problem
from unioncore.model import (
    Claimant,
    ClaimEvent,
    Job,
    MassClaim,
    Membership,
    PaymentMethod,
    Record,
    Transfer,
    Union,
)
from unioncore.replay.example_fields import day, day_if_any, objects
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_CLAIM, _EMPLOYER, _OTHER, _ONE = "claim", "employer", "other-employer", "claimant"
_DAY = timedelta(days=1)
_LONG_AGO = date(1990, 1, 1)
"""When a job began of which an example does not say so."""
_TOLD = ("new-contract", "terms-changed", "pay-corrected", "act")
_OF_CLAIMANT = ("form", "consent", "mandate", "day_a", "day_b", "presented", "settled")


@register("mass_claim")
def _mass_claim(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    people = _people(plain)
    union = Union(key="example").append(*_records(plain, people))
    found = mass_claim(rulebook, union.on(_on(plain, people)), _CLAIM)
    by_key = {each.person: each for each in found.claimants}
    out = ("not-employed-in-window", "no-consent", "settled-elsewhere")
    groups = found.groups()
    if _ONE in by_key:
        return _of_one(by_key[_ONE])
    return {
        "last_day": {key: _last_day(each, each.last_day) for key, each in by_key.items()},
        "safe_last_day": {key: _last_day(each, each.safe_last_day) for key, each in by_key.items()},
        "status": {key: each.group for key, each in by_key.items()},
        "order": list(by_key),
        "name_may_go_to_employer": found.for_the_employer(),
        "out": {reason: groups[reason] for reason in out if reason in groups},
    }


def _of_one(found: ClaimantStanding) -> _Plain:
    broken = {True: "yes", False: "no", None: None}[found.series_broken]
    return {
        "last_day": _last_day(found, found.last_day),
        "safe_last_day": _last_day(found, found.safe_last_day),
        "status": found.group,
        "series_broken": broken,
        "earliest_day": found.earliest_day,
    }


def _last_day(found: ClaimantStanding, last: date | None) -> date | str | None:
    return last if found.runs else "none"


def _people(plain: _Plain) -> list[_Plain]:
    for key in ("claimants", "people"):
        if key in plain:
            return objects(plain, key)
    return [{**plain, "id": _ONE}]


def _on(plain: _Plain, people: list[_Plain]) -> date:
    """Return the day of the question: the one given, or the last on which the example turns."""
    for key in ("on", "union_form_by", "consent_by"):
        if key in plain:
            return day(plain, key)
    days = [day_if_any(each, "form") for each in people]
    series = [date.fromisoformat(each) for each in plain.get("series", ())]
    told = [each for each in (*days, *series) if each is not None]
    if not told:
        raise BadFacts((Problem("on", "the day of the question, such as 2024-06-01"),))
    return max(told)


def _records(plain: _Plain, people: list[_Plain]) -> Iterator[Record]:
    first, last = plain.get("employed_between", (None, None))
    claim = str(plain.get("claim"))
    yield MassClaim(
        key=_CLAIM,
        name="the claim",
        claim="" if claim == "settlement" else claim,
        employer=_EMPLOYER,
        nation=str(plain.get("jurisdiction", "")),
        employed_from=first and date.fromisoformat(first),
        employed_to=last and date.fromisoformat(last),
        common_fault=plain.get("common_fault"),
        forms_by=day_if_any(plain, "union_form_by"),
        consent_by=day_if_any(plain, "consent_by"),
    )
    if (moved := day_if_any(plain, "transfer_day")) is not None:
        yield Transfer(employer=_EMPLOYER, to=_OTHER, on=moved, how="statute")
    for person in people:
        yield from _of_person(plain, person)


def _of_person(plain: _Plain, person: _Plain) -> Iterator[Record]:
    key = str(person.get("id"))
    yield Membership(person=key, start=_LONG_AGO, category="full")
    days: Any = {name: day_if_any(person, name) for name in _OF_CLAIMANT}
    elsewhere = str(person.get("settled_through", ""))
    yield Claimant(person=key, claim=_CLAIM, settled_through=elsewhere, **days)
    if (pays := person.get("pays")) is not None:
        at = _EMPLOYER if pays == "check-off" else ""
        yield PaymentMethod(person=key, method=str(pays), employer=at, start=_LONG_AGO)
    for each in plain.get("series", ()):
        on = date.fromisoformat(each)
        yield ClaimEvent(person=key, claim=_CLAIM, what="deduction", on=on)
    yield from _jobs(plain, person, key)


def _jobs(plain: _Plain, person: _Plain, key: str) -> Iterator[Record]:
    start = day_if_any(person, "employed_from") or _LONG_AGO
    event = str(person.get("event") or person.get("then") or "none")
    last = day_if_any(person, "employed_to")
    if "employed" in person:
        begun, ended = person["employed"]
        start, last = date.fromisoformat(begun), ended and date.fromisoformat(ended)
    if last is None and event != "none":
        last = day(person, "day")
    if event in _TOLD:
        yield Job(person=key, employer=_EMPLOYER, start=start)
        yield ClaimEvent(person=key, claim=_CLAIM, what=event, on=day(person, "day"))
        return
    end = None if last is None else last + _DAY
    yield Job(person=key, employer=_EMPLOYER, start=start, end=end, role="before")
    if end is None:
        return
    if event == "job-change":
        yield Job(person=key, job="2", employer=_EMPLOYER, start=end, role="after")
    elif event in ("transfer", "transferred"):
        yield Job(person=key, employer=_OTHER, start=end)
        if "transfer_day" not in plain:
            yield Transfer(employer=_EMPLOYER, to=_OTHER, on=end, how="statute")
