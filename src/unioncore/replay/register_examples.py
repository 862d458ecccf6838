"""Worked examples of a register of members: what is wrong in it, and who certifies it.

Importing this module registers its kinds.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from unioncore.answers import REGISTER_CODES, check_register, register_certificate
from unioncore.errors import BadFacts, Problem
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    Job,
    JobCategory,
    MemberForm,
    Membership,
    PaymentMethod,
    Person,
    Record,
    Union,
    Workforce,
    Workplace,
)
from unioncore.replay.examples import register
from unioncore.replay.moments import day, day_if_any
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_LONG_AGO = date(2000, 1, 1)
_DAY = timedelta(days=1)
_NATION = "England"
"""Where an example names no nation."""


@register("register_check", finding=True)
def _register_check(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    if plain.get("question") == "certificate":
        return _certificate(rulebook, plain)
    on = day(plain, "as_of")
    union = Union(key="").append(*_places(plain, on), *_members(plain, on))
    found = check_register(rulebook, union.on(on))
    return {code: found.people(code) for code in REGISTER_CODES}


def _certificate(rulebook: Rulebook, plain: _Plain) -> _Plain:
    try:
        year = date(int(plain.get("period", "")), 1, 1)
    except ValueError:
        raise BadFacts((Problem("period", "a calendar year such as 2025"),)) from None
    found = register_certificate(
        rulebook,
        begins=year,
        ends=date(year.year, 12, 31),
        members_before=plain.get("members_at_end_of_preceding_period"),
        nation=plain.get("nation", "GB"),
    )
    return {
        "required": found.required,
        "assurer_required": found.assurer_required,
        "signed_by": found.signed_by,
        "last_day_to_send": found.last_day_to_send,
    }


def listed(plain: _Plain, name: str) -> list[_Plain]:
    """Return a list of objects of an example; raises ``BadFacts`` where it is none."""
    rows = plain.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
        raise BadFacts((Problem(name, "a list of objects"),))
    return rows


def _ended(plain: _Plain) -> date | None:
    """Return the first day after the last that an example gives."""
    last = day_if_any(plain, "ended")
    return None if last is None else last + _DAY


def _places(plain: _Plain, on: date) -> Iterator[Record]:
    employers = listed(plain, "employers")
    for each in employers:
        nation = each.get("nation", _NATION)
        yield Employer(key=each["id"], kind="", name="", nation=nation, end=_ended(each))
    known = [each["id"] for each in employers]
    for each in listed(plain, "workplaces"):
        employer = each.get("employer") or next(iter(known), "")
        yield Workplace(key=each["id"], employer=employer, name="", region="", end=_ended(each))
        if "staff" in each:
            # Where the example names no employer, the staff are those of whoever works there.
            at = {str(row.get("employer")) for row in listed(plain, "members")}
            for one in [employer] if "employer" in each else sorted(at & {*known}):
                yield Workforce(employer=one, workplace=each["id"], day=on, staff=each["staff"])
    for role in plain.get("roles", ()):
        yield JobCategory(role=role, category=role)


def _members(plain: _Plain, on: date) -> Iterator[Record]:
    members = listed(plain, "members")
    for each in members:
        person = each["id"]
        name = str(each.get("name_same_as", person))
        yield Person(key=person, name=name, born=day_if_any(each, "born"))
        yield Membership(person=person, category="", start=_LONG_AGO)
        if each.get("employer"):
            yield Job(
                person=person,
                employer=each["employer"],
                workplace=each.get("workplace") or "",
                role=each.get("role") or "",
                start=_LONG_AGO,
            )
        yield from _reached(each, on)


def _reached(each: _Plain, on: date) -> Iterable[Record]:
    person = each["id"]
    if "address" in each:
        state = "good" if each["address"] else "none"
        yield Address(person=person, channel="letter", state=state)
    if each.get("payment"):
        yield PaymentMethod(person=person, method=each["payment"], start=_LONG_AGO)
    if weeks := each.get("arrears_weeks"):
        yield Arrears(person=person, start=on - timedelta(weeks=weeks))
    if (received := day_if_any(each, "form_received")) is not None:
        entered = day_if_any(each, "entered")
        yield MemberForm(
            key=person, person=person, kind="change", received=received, entered=entered
        )
