"""Worked examples of a register of members: what is wrong in it, and who certifies it.

Importing this module registers its kinds.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from unioncore.answers import (
    CHECK_OFF_CODES,
    REGISTER_CODES,
    StoppedPay,
    check_off,
    check_off_conditions,
    check_register,
    register_certificate,
    stopped_pay,
)
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
from unioncore.records import Deduction
from unioncore.replay.example_fields import day, day_if_any, objects_if_any, pounds, pounds_in
from unioncore.replay.examples import register
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


def _ended(plain: _Plain) -> date | None:
    """Return the first day after the last that an example gives."""
    last = day_if_any(plain, "ended")
    return None if last is None else last + _DAY


def _places(plain: _Plain, on: date) -> Iterator[Record]:
    employers = objects_if_any(plain, "employers")
    for each in employers:
        nation = each.get("nation", _NATION)
        yield Employer(key=each["id"], kind="", name="", nation=nation, end=_ended(each))
    known = [each["id"] for each in employers]
    for each in objects_if_any(plain, "workplaces"):
        employer = each.get("employer") or next(iter(known), "")
        yield Workplace(key=each["id"], employer=employer, name="", region="", end=_ended(each))
        if "staff" in each:
            # Where the example names no employer, the staff are those of whoever works there.
            at = {str(row.get("employer")) for row in objects_if_any(plain, "members")}
            for one in [employer] if "employer" in each else sorted(at & {*known}):
                yield Workforce(employer=one, workplace=each["id"], day=on, staff=each["staff"])
    for role in plain.get("roles", ()):
        yield JobCategory(role=role, category=role)


def _members(plain: _Plain, on: date) -> Iterator[Record]:
    members = objects_if_any(plain, "members")
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


# -- check-off -------------------------------------------------------------------------------------


@register("check_off")
def _check_off(rulebook: Rulebook, plain: _Plain, expected: _Plain) -> _Plain:
    if plain.get("question") == "conditions":
        return _conditions(rulebook, plain)
    if "last_deduction_for" in plain:
        return _stopped(rulebook, plain, expected)
    first = _month(plain, "pay_month") if "pay_month" in plain else _LONG_AGO
    union = Union(key="").append(*_payers(plain))
    lines = tuple(_deductions(plain))
    asked: dict[str, Any] = {"employer": str(plain.get("employer")), "month": first}
    found = check_off(rulebook, union, lines, **asked)
    after = union.append(*found.proposed) if plain.get("same_file_twice") else union
    again = check_off(rulebook, after, lines, **asked)
    people = {code: tuple(getattr(found, code)) for code in CHECK_OFF_CODES}
    return {
        **people,
        "wrong_amount": {
            person: {"paid": each.paid, "due": each.due}
            for person, each in found.wrong_amount.items()
        },
        "no_match": [each.payroll for each in found.no_match],
        "file_total": found.file_total,
        "lapsed_by_this": found.lapsed_by_this,
        "changes": len(again.proposed) if plain.get("same_file_twice") else 0,
    }


def _month(plain: _Plain, name: str) -> date:
    try:
        return date.fromisoformat(f"{plain.get(name)}-01")
    except ValueError:
        raise BadFacts((Problem(name, "a month such as 2026-06"),)) from None


def _deductions(plain: _Plain) -> Iterator[Deduction]:
    for line, (payroll, name, amount) in enumerate(plain.get("file", ()), 2):
        yield Deduction(line, str(payroll), pounds_in(amount, "file"), str(name))


def _payers(plain: _Plain) -> Iterator[Record]:
    people = objects_if_any(plain, "register")
    employers = {str(plain.get("employer")), *(str(each.get("employer")) for each in people)}
    for key in sorted(employers):
        yield Employer(
            key=key,
            kind="council",
            name=key,
            nation=plain.get("nation", _NATION),
            public_function=True,
        )
    for each in people:
        person, last = each["id"], day_if_any(each, "member_to")
        yield Person(key=person, name=str(each.get("name", "")))
        end = None if last is None else last + _DAY
        yield Membership(person=person, category="full", start=_LONG_AGO, end=end)
        yield Job(
            person=person,
            employer=str(each.get("employer")),
            payroll=str(each.get("payroll", "")),
            earnings=pounds(each, "salary"),
            start=_LONG_AGO,
        )
        if method := each.get("pays"):
            by_pay = str(each.get("employer")) if method == "check-off" else ""
            yield PaymentMethod(person=person, method=method, employer=by_pay, start=_LONG_AGO)


def _conditions(rulebook: Rulebook, plain: _Plain) -> _Plain:
    words = rulebook.rules.name_of
    kinds = {words("employer_kind", key): key for key in rulebook.words_of("employer_kind")}
    kind = str(plain.get("employer_kind"))
    facts = {
        "employer.kind": kinds.get(kind, kind),
        "check_off.nation": plain.get("nation"),
        "check_off.devolved_welsh": plain.get("devolved_welsh"),
    }
    found = check_off_conditions(rulebook, facts, on=day(plain, "day"))
    which = found["conditions"]
    return {
        "conditions_apply": found["conditions_apply"],
        "conditions": [words("check_off_condition", each) for each in which.value]
        if which.known
        else None,
    }


def _stopped(rulebook: Rulebook, plain: _Plain, expected: _Plain) -> _Plain:
    first = _month(plain, "last_deduction_for")
    paid_to = (first + timedelta(days=31)).replace(day=1) - _DAY

    def on(asked: date) -> StoppedPay:
        return stopped_pay(
            rulebook,
            paid_to=paid_to,
            on=asked,
            mandate_signed=plain.get("mandate_signed"),
            first_payment=day_if_any(plain, "first_direct_debit"),
        )

    found = on(day_if_any(plain, "day") or paid_to)
    arrears = found.gap_is_arrears
    helped = {
        key: _HELP[on(day({key: key.removeprefix(_HELP_ON)}, key)).barred]
        for key in expected
        if key.startswith(_HELP_ON)
    }
    return {
        "paid_to": found.paid_to,
        "unpaid_from": found.unpaid_from,
        "four_weeks_from": found.four_weeks_from,
        "four_weeks_reached": found.four_weeks_reached,
        "thirteen_weeks_from": found.thirteen_weeks_from,
        "membership_ended": found.membership_ended,
        "gap_is_arrears": ("yes" if arrears.value else "no") if arrears.known else None,
        "action": "contact" if found.contact else "none",
        "payment_method": "none" if plain.get("mandate_signed") is False else None,
        **helped,
    }


_HELP_ON = "help_on_"
_HELP = {False: "not barred by the gap", True: "barred", None: None}
