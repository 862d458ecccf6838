"""Worked examples of campaigns and of who may be written to.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.answers import ask, audience, campaign_progress
from unioncore.model import ContactChoice, Membership, Person, Union, Unit
from unioncore.numbers import is_count
from unioncore.replay.example_fields import day, day_if_any
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]


@register("campaign")
def _campaign(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Work a campaign out by its plan alone; the day is ``on``, or its first day."""
    target = plain.get("target")
    if target is None and is_count(plain.get("activists")) and is_count(plain.get("each")):
        target = plain["activists"] * plain["each"]
    made = campaign_progress(
        rulebook,
        start=day(plain, "start"),
        last_day=day_if_any(plain, "end"),
        target=target,
        so_far=plain.get("so_far"),
        on=day(plain, "on" if plain.get("on") else "start"),
    )
    shares = {"done_pct": made.done, "time_gone_pct": made.time_gone}
    percent = {key: None if each is None else each * 100 for key, each in shares.items()}
    return {"valid": made.valid, "target": made.target, "behind": made.behind, **percent}


@register("audience")
def _audience(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Make records of the members that an example tells of, and ask whom a text reaches."""
    on, long_ago = day(plain, "on"), date(1900, 1, 1)
    union = Union(key=rulebook.own_union or "", units=(Unit(key="b", kind="branch", name="B"),))
    channel, purpose = (str(plain.get(name, "")) for name in ("channel", "purpose"))
    for each in plain.get("members", ()):
        key = str(each["key"])
        status = "lapsed" if each.get("lapsed") else "current"
        union = union.append(
            Person(key=key, name=key),
            Membership(person=key, start=long_ago, category="full", status=status, branch="b"),
        )
        if each.get("unsubscribed"):
            refused = ContactChoice(person=key, channel=channel, choice="refused", start=long_ago)
            union = union.append(refused)
    found = audience(rulebook, union.on(on), channel=channel, purpose=purpose)
    facts = {
        "contact.channel": channel,
        "contact.purpose": purpose,
        "contact.trial_sent": plain.get("trial_sent"),
    }
    may = ask(rulebook, facts, "contact.may_send", on=on)["contact.may_send"]
    return {"to": found.reached, "bcc": found.blind_copy, "may_send": may}
