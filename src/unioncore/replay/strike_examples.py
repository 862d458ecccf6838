"""Worked examples of strike pay and of hardship schemes.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.answers import LostDay, hardship, may_assess, strike_pay
from unioncore.errors import BadFacts, Problem
from unioncore.replay.example_fields import moment, pounds, pounds_in
from unioncore.replay.examples import UNKNOWN, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_SCHEMES_DAY = date(2024, 1, 1)
"""On which day a scheme is asked about: a scheme is for one dispute, and does not change."""


@register("strike_pay")
def _strike_pay(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    if "branch" in plain:
        return _hardship(rulebook, plain)
    days = plain.get("days")
    if not isinstance(days, list) or not all(isinstance(e, list) and len(e) == 2 for e in days):
        raise BadFacts((Problem("days", "a list of days, each with what was deducted"),))
    lost = [
        LostDay(
            date.fromisoformat(str(day)),
            pounds_in(deducted, "days"),
            plain.get("deduction_basis", ""),
            pounds(plain, "take_home_lost"),
        )
        for day, deducted in days
    ]
    fund = {"sufficient": True, "insufficient": False}.get(plain.get("fund", ""))
    found = strike_pay(
        rulebook,
        lost,
        authorised=plain.get("authorised"),
        fund_suffices=fund,
        on=max(each.day for each in lost),
    )
    waits = "strike_pay.fund_suffices" in found.total.missing
    return {
        "per_day": [each.pay.value if each.pay.known else UNKNOWN for each in found.days],
        "total": found.total,
        "total_at_least": found.at_least,
        "total_at_most": found.at_most,
        "condition": "fund sufficient" if waits else None,
    }


def _hardship(rulebook: Rulebook, plain: _Plain) -> _Plain:
    found = hardship(
        rulebook,
        str(plain["branch"]),
        full_time_salary=pounds(plain, "fte_salary"),
        gross_loss=pounds(plain, "gross_loss"),
        form=moment(plain, "form") if "form" in plain else None,
        on=_SCHEMES_DAY,
    )
    panel = may_assess(
        plain.get("panel", ()),
        str(plain.get("applicant", "")),
        stand_aside=str(plain.get("asks_to_exclude", "")),
    )
    needed = found.assessors
    return {
        "hardship_at_most": found.at_most,
        "late": found.late,
        "payslips": found.payslips,
        "refused": found.late_form_is_refused,
        "may_assess": list(panel),
        "needs_more": max(needed.value - len(panel), 0) if needed.known else None,
    }
