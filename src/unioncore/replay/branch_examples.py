"""Worked examples of what a branch does beside its register: breaches of personal data.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from typing import Any

from unioncore.answers import breach_clock
from unioncore.answers.organising.representatives import is_yes
from unioncore.replay.examples import UNKNOWN, register
from unioncore.replay.moments import moment
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_DECIDES = {"data_protection_team": "national team"}
"""How examples call whoever decides on a breach."""
_NEEDS = {True: "reasons for the delay", False: "nothing"}


@register("breach_clock")
def _breach_clock(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    told, reported = (
        moment(plain, key) if key in plain else None for key in ("told_national_team", "reported")
    )
    found = breach_clock(
        rulebook,
        moment(plain, "aware"),
        risk=plain.get("risk"),
        told_inside=told,
        reported=reported,
    )
    return {
        "due": UNKNOWN if found.due is None else found.due.isoformat(timespec="minutes"),
        "hours_left_for_team": found.hours_left,
        "who_decides": _DECIDES.get(found.decided_by.value) if found.decided_by.known else None,
        "branch_may_notify_regulator": found.branch_may_report,
        "late": found.late,
        "needs": _NEEDS[found.needs_reasons is not None and is_yes(found.needs_reasons)],
    }
