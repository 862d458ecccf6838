"""Worked examples of a union's membership in figures: movement, who is kept, the annual return.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore import forms
from unioncore.answers import movement, recruitment, retention, return_in_time
from unioncore.errors import DoesNotAddUp
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []


@frozen(kw_only=True, repr=False)
class _MovementInputs:
    """The counts of a period; or how many a membership is to grow by, and how many leave."""

    at_start: int | None = None
    joiners: int | None = None
    leavers: int | None = None
    at_end: int | None = None
    growth: int | None = None
    to_replace: int | None = None
    on: date | None = None
    """The day of the question, which changes nothing here."""


@frozen(kw_only=True, repr=False)
class _RetentionInputs:
    """How many were leaving, were contacted and were kept."""

    leavers: int
    contacted: int
    kept: int
    on: date | None = None
    """The day of the question, which changes nothing here."""


@frozen(kw_only=True, repr=False)
class _ReturnInputs:
    """A return of a calendar year, and the day on which it was sent."""

    year: int
    sent: date
    on: date | None = None
    """The day of the question, which is that on which it was sent."""


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * 100


@register("movement")
def _movement(_: Rulebook, plain: Mapping[str, Any], __: Mapping[str, Any]) -> Mapping[str, Any]:
    given = forms.read(plain, _MovementInputs, key="one of the inputs of a movement")
    if given.growth is not None and given.to_replace is not None:
        needed = recruitment(growth=given.growth, to_replace=given.to_replace)
        share = _percent(needed.share_replacing)
        return {"to_recruit": needed.to_recruit, "share_replacing_pct": share}
    try:
        found = movement(
            at_start=given.at_start,
            at_end=given.at_end,
            joiners=given.joiners,
            leavers=given.leavers,
        )
    except DoesNotAddUp as error:
        return {"refused": True, "off_by": error.off_by}
    return {
        "refused": False,
        "at_end": found.at_end,
        "net": found.net_change,
        "change_pct": _percent(found.change_rate),
        "leavers_pct_of_start": _percent(found.leaver_rate_of_start),
        "leavers_pct_of_average": _percent(found.leaver_rate),
    }


@register("save_rate")
def _save_rate(_: Rulebook, plain: Mapping[str, Any], __: Mapping[str, Any]) -> Mapping[str, Any]:
    given = forms.read(plain, _RetentionInputs, key="one of the inputs of a save rate")
    found = retention(leavers=given.leavers, contacted=given.contacted, kept=given.kept)
    return {"save_rate_pct": _percent(found.save_rate), "reach_pct": _percent(found.reach)}


@register("annual_return")
def _annual_return(
    rulebook: Rulebook, plain: Mapping[str, Any], _: Mapping[str, Any]
) -> Mapping[str, Any]:
    given = forms.read(plain, _ReturnInputs, key="one of the inputs of a return")
    return {"in_time": return_in_time(rulebook, given.year, given.sent)}
