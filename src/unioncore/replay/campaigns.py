"""Worked examples of campaigns and of who may be written to.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.answers import campaign_progress
from unioncore.convert import is_count
from unioncore.errors import BadFacts, Problem
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]


def _day(plain: _Plain, name: str, otherwise: str = "") -> date:
    try:
        return date.fromisoformat(str(plain.get(name) or plain.get(otherwise)))
    except ValueError:
        raise BadFacts((Problem(name, "a day such as 2024-06-01"),)) from None


@register("campaign")
def _campaign(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Work a campaign out by its plan alone; the day is ``on``, or its first day."""
    target = plain.get("target")
    if target is None and is_count(plain.get("activists")) and is_count(plain.get("each")):
        target = plain["activists"] * plain["each"]
    made = campaign_progress(
        rulebook,
        start=_day(plain, "start"),
        last_day=_day(plain, "end") if plain.get("end") else None,
        target=target,
        so_far=plain.get("so_far"),
        on=_day(plain, "on", "start"),
    )
    shares = {"done_pct": made.done, "time_gone_pct": made.time_gone}
    percent = {key: None if each is None else each * 100 for key, each in shares.items()}
    return {"valid": made.valid, "target": made.target, "behind": made.behind, **percent}
