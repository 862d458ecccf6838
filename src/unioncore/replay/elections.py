"""Worked examples of elections within a union: who may vote, nominations, and results.

Importing this module registers its kinds. An election that an example names is one whose timetable
the rulebook has.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.answers import ask, electorate_cutoff, tally
from unioncore.legal import Duration, TimeUnit
from unioncore.numbers import whole
from unioncore.replay.example_fields import day, day_if_any
from unioncore.replay.examples import UNKNOWN, NotSupported, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]


@register("election_result")
def _result(_: Rulebook, plain: _Plain, __: _Plain) -> _Plain:
    votes = {key: whole(each) for key, each in plain["votes"].items()}
    counts = {"entitled": "entitled", "returned": "papers_returned"}
    given = {name: whole(plain[key]) for name, key in counts.items() if key in plain}
    found = tally(votes, **given)
    return {
        "valid_votes": found.valid_votes,
        "winner": found.elected[0] if found.elected else None,
        "shares": {key: str(each) for key, each in found.shares.items()},
        "majority_of_votes": found.majority_of_votes,
        "margin": found.margin,
        "turnout_pct": UNKNOWN if found.turnout is None else str(found.turnout),
        "not_valid": found.not_valid,
    }


@register("electorate_cutoff")
def _cutoff(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    published = "published_register_day"
    register_day, fits = electorate_cutoff(
        rulebook,
        day(plain, "papers_sent_from"),
        published=day_if_any(plain, published),
    )
    return {"register_day": register_day, "fits_three_months": fits}


@register("may_vote")
def _may_vote(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    on = day(plain, "on")
    register_day, _fits = electorate_cutoff(rulebook, on)
    facts: dict[str, Any] = {
        "office.role": _asked(rulebook, plain, "election.role", on),
        "membership.status": "current",
        "membership.category": plain["category"],
        "membership.category_since": day(plain, "on_register_since"),
        "election.register_day": register_day.value,
    }
    seat = str(plain.get("seat", ""))
    if "same_constituency" in plain:
        facts["office.of_own_unit"] = plain["same_constituency"]
    if seat in rulebook.words_of("service_group"):
        facts["office.service_group"] = seat
    if seat.startswith("young"):
        facts["office.for_young_members"] = True
    if "member_service_group" in plain:
        facts["office.of_own_unit"] = plain["member_service_group"] == seat
    if "age" in plain:
        facts["person.born"] = Duration(whole(plain["age"]), TimeUnit.YEARS).before(on)
    return ask(rulebook, facts, "may_vote", on=on)


@register("nomination")
def _nomination(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    meeting = day(plain, "meeting")
    facts = {
        "nomination.first_day": _asked(rulebook, plain, "election.nominations_open", meeting),
        "nomination.last_day": _asked(rulebook, plain, "election.nominations_close", meeting),
        "nomination.meeting": meeting,
        "nomination.present": whole(plain["present"]),
        "nomination.quorum": whole(plain["quorum"]),
        "nomination.nominated": whole(plain["nominated"]),
        "nomination.places": whole(plain["seats"]),
    }
    return {"valid": ask(rulebook, facts, "nomination_valid", on=meeting)["nomination_valid"]}


def _asked(rulebook: Rulebook, plain: _Plain, name: str, on: date) -> Any:
    """Return what the rulebook says of the election that an example names."""
    key, known = str(plain["election"]), rulebook.words_of("election")
    if key not in known:
        raise NotSupported(f"no election is called {key}", key, known)
    found = ask(rulebook, {"election.key": key}, name, on=on)[name]
    if not found.known:
        raise NotSupported(found.reason, key, known)
    return found.value
