"""Worked examples of pay: the enhancement of a shift, back pay, and what follows overtime.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from unioncore.answers import ShiftPay, shift_pay
from unioncore.answers.by_name import ask
from unioncore.answers.working import Working
from unioncore.errors import BadFacts, Problem
from unioncore.legal import Nation
from unioncore.model import Break, HourlyPay, PayClause, Shift, WorkedUnder
from unioncore.records import read_break
from unioncore.replay.example_fields import day, moment, pounds
from unioncore.replay.examples import NotSupported, declared, register
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__: list[str] = []

_Plain = Mapping[str, Any]


@register("unsocial_hours")
def _unsocial_hours(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    key, clauses = str(plain.get("agreement")), rulebook.named(PayClause)
    if key not in clauses:
        raise NotSupported(f"no plugin declares the clause {key}", key, clauses)
    clause = clauses[key]
    holidays = plain.get("public_holidays")
    under = WorkedUnder(
        key,
        Nation(str(plain.get("nation"))),
        clock_change=plain.get("clock_change_policy"),
        public_holidays=None if holidays is None else frozenset(map(date.fromisoformat, holidays)),
    )
    kept = plain.get("enhancement_2017_18_per_hour")
    pay = HourlyPay(
        str(plain.get("band")),
        pounds(plain, "hourly_rate"),
        kept={} if kept is None else {each.key: Decimal(kept) for each in clause.hours[1:]},
    )
    breaks = plain.get("unpaid_breaks")
    shift = Shift(
        moment(plain, "start"),
        moment(plain, "end"),
        None if breaks is None else tuple(map(_break, breaks)),
        plain.get("kind_of_hours", "standard"),
    )
    found = shift_pay(rulebook, under, [pay], shift)
    return {
        "version": _version(found),
        "hours": found.hours,
        "elapsed_hours": found.elapsed_hours,
        "clock_hours": found.clock_hours,
        "enhancement": found.enhancement,
        "enhancement_at_least": found.enhancement_between.least,
        "enhancement_at_most": found.enhancement_between.most,
        "basic": found.basic,
        "floor_used": found.kept_rate_used,
        "why": found.enhancement.because[0].text if found.enhancement.known else "",
    }


_YEARS = {"2019-20": date(2019, 4, 1), "2020-21": date(2020, 4, 1)}
_PAYMENT = "corrective.payment"


@register("corrective_payment")
def _corrective_payment(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    declared(rulebook, _PAYMENT)
    on = date(2021, 9, 30)
    found: dict[str, Answer[Decimal]] = {}
    for year, begins in _YEARS.items():
        of_year = plain.get(year)
        if of_year is None:
            continue
        bank = pounds(of_year, "of_which_bank") or Decimal(0)
        facts = {
            "corrective.nation": plain.get("nation"),
            "corrective.year_begins": begins,
            "corrective.employed_at_end": plain.get("employed_on_2021_03_31"),
            "corrective.months": of_year.get("months"),
            "corrective.overtime": (pounds(of_year, "overtime") or Decimal(0)) - bank,
            "corrective.in_leave_pay": pounds(of_year, "already_in_leave_pay") or Decimal(0),
        }
        found[year] = ask(rulebook, facts, _PAYMENT, on=on)[_PAYMENT]
    if not found:
        raise BadFacts((Problem(" or ".join(_YEARS), "the months and the overtime of a year"),))
    total = Fact("total", FactType.MONEY, "the corrective payment of both years")
    every = tuple(found.values())
    whole = Working.by(rulebook, on).out(total, every, lambda *each: (sum(each), "both years"))
    return {
        "payment": {year: each.value if each.known else None for year, each in found.items()},
        "total": whole,
        "pensionable": False,
        "why": "; ".join({each.because[0].why: None for each in every if each.known}),
    }


@register("back_pay")
def _back_pay(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    declared(rulebook, asked := "rebanding.lump_sum")
    service = plain.get("service") or {}
    facts = {
        "rebanding.deal": plain.get("deal"),
        "rebanding.complete_years": service.get("years"),
        "rebanding.days_more": service.get("days"),
    }
    on = date(2023, 1, 31)
    return {"lump_sum": ask(rulebook, facts, asked, on=on)[asked]}


@register("sick_pay_basis")
def _sick_pay_basis(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    declared(rulebook, "nhs_sickness.supplements")

    def asked(salary: str, *names: str) -> list[Answer[Any]]:
        facts = {
            "nhs_sickness.nation": plain.get("nation"),
            "nhs_sickness.absent_on": day(plain, "absence"),
            "nhs_sickness.employed_before": plain.get("employed_on_2018_06_30"),
            "nhs_sickness.basic_salary": pounds(plain, salary),
            "nhs_sickness.is_covid": plain.get("covid"),
        }
        found = ask(rulebook, facts, *names, on=day(plain, "absence"))
        return [found[name] for name in names]

    supplements, taken_back = "nhs_sickness.supplements", "nhs_sickness.recovered_in"
    (then,) = asked("basic_salary", supplements)
    after, back = asked("salary_after_award", supplements, taken_back)
    return {
        "supplements": then,
        "supplements_as_then_paid": then,
        "supplements_after_award": after,
        "recovered_in": back,
    }


def _break(written: Any) -> Break:
    """Read a break that an example has: its two times, or its length and that its place is open."""
    text = "-".join(written) if isinstance(written, list) else str(written).partition(",")[0]
    try:
        return read_break(text)
    except (TypeError, ValueError):
        raise BadFacts((Problem("unpaid_breaks", "two times, or a number of minutes"),)) from None


def _version(found: ShiftPay) -> Any:
    """Return the version, that of each day where there are several, or none."""
    names = set(found.versions.values())
    if len(names) == 1:
        return names.pop()
    return {day.isoformat(): name for day, name in found.versions.items()} or "none"
