"""Worked examples of conferences: delegations, timetables, priorities and votes.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from typing import Any

from unioncore.answers import delegates, makeup, places, prioritise, timetable, vote_count
from unioncore.answers.by_name import ask
from unioncore.errors import BadFacts, Problem, nearest
from unioncore.numbers import whole
from unioncore.replay.example_fields import day, moment
from unioncore.replay.examples import NotSupported, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]

_CONFERENCES: Mapping[str, Mapping[str, str]] = {
    "ndc": {"kind": "conference"},
    "lgbt": {"kind": "self-organised-group-conference"},
    "local-government": {"kind": "service-group-conference", "service_group": "local-government"},
    "se-regional-council": {"kind": "regional-council", "region": "SE"},
    "sw-regional-council": {"kind": "regional-council", "region": "SW"},
    "se-local-government": {
        "kind": "regional-service-group-meeting",
        "region": "SE",
        "service_group": "local-government",
    },
}
"""The conferences that examples name, each by what it is."""
_STEPS = {
    "motion": "motions",
    "amendment": "amendments",
    "rule-amendment": "rule-amendments",
    "emergency-motion": "emergency-motions",
    "emergency": "emergency-motions",
}
"""What examples call otherwise than the steps of a timetable are called."""
_MOTION = {"simple": "motion", "two-thirds": "rule-amendment"}
"""For each majority an example names, something that needs it."""

_BODIES = {"executive": "nec"}
"""What examples call a kind of body."""


def _conference(name: str) -> dict[str, str]:
    if name not in _CONFERENCES:
        raise NotSupported(f"no conference is called {name}", name, _CONFERENCES)
    return dict(_CONFERENCES[name])


def _sent(name: str) -> dict[str, str]:
    """Return a conference as what delegates are sent to."""
    found = _conference(name)
    return {"to": found.pop("kind"), **found}


_COUNTED = ("members", "members_of_branches", "full_members", "members_in_group")


@register("delegate_entitlement")
def _entitlement(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    given = next((plain[key] for key in _COUNTED if key in plain), None)
    members = sum(map(whole, given)) if isinstance(given, list) else whole(given)
    on, to = day(plain, "on"), _sent(str(plain.get("conference")))
    by_kind = places(rulebook, members, on=on, **to)
    return {
        "delegates": delegates(rulebook, members, on=on, **to),
        "by_kind": {key: each.value for key, each in by_kind.items() if each.known},
    }


@register("delegation_makeup")
def _makeup(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    marks = [
        {key.replace("_", "-"): value for key, value in each.items()}
        for each in plain.get("delegates", ())
    ]
    to = _sent(str(plain.get("conference")))
    return {"lacks": makeup(rulebook, marks, on=day(plain, "on"), **to)}


@register("conference_calendar")
def _calendar(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    where = _conference(str(plain.get("conference", "ndc")))
    found = timetable(rulebook, day(plain, "opens"), **where)
    days = {each.what: each.day for each in found}
    return {**days, "emergency": days["emergency-motions"]}


@register("conference_timing")
def _timing(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    edition = str(plain.get("conference"))
    words = rulebook.words_of("conference_edition")
    if edition not in words:
        raise NotSupported(f"no edition is called {edition}", edition, words)
    name = next((each for each in _CONFERENCES if edition.startswith(f"{each}-")), edition)
    opens = ask(rulebook, {"conference.edition": edition}, "conference.opens", on=day(plain, "on"))
    steps = {
        each.what: each
        for each in timetable(rulebook, opens["conference.opens"].value, **_conference(name))
    }
    what = _STEPS.get(str(plain.get("what")), str(plain.get("what")))
    if what not in steps:
        raise NotSupported(f"no step is called {what}", what, steps)
    return {"in_time": steps[what].in_time(moment(plain, "received"))}


@register("prioritisation")
def _priorities(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    lists = plain.get("lists", {})
    motion = plain.get("motion")
    found = prioritise(
        rulebook,
        lists,
        on=day(plain, "on"),
        to=_conference("ndc")["kind"],
        agenda=[motion] if motion else [],
    )
    ranked = {each for body in lists.values() for each in body}
    beyond = {each for body in found.beyond.values() for each in body}
    goes_to = _BODIES.get(found.goes_to.value) if found.goes_to.known else None
    return {
        "points": found.points,
        "order": list(found.order),
        "may_be_debated": motion not in found.without_points,
        "goes_to": goes_to,
        "accepted": len(ranked - beyond),
    }


@register("card_vote")
def _card_vote(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    needed = str(plain.get("needed"))
    if needed not in _MOTION:
        known = list(_MOTION)
        raise BadFacts((Problem("needed", "simple or two-thirds", nearest(needed, known)),))
    found = vote_count(
        rulebook,
        whole(plain.get("for")),
        whole(plain.get("against")),
        on=day(plain, "on"),
        kind=_MOTION[needed],
    )
    return {
        "for": found.votes_for,
        "against": found.against,
        "for_pct": None if found.share is None else found.share * 100,
        "votes_needed": found.needed,
        "carried": found.carried,
        "short_by": found.short_by,
    }


@register("card_vote_tally")
def _card_vote_tally(rulebook: Rulebook, plain: _Plain, expected: _Plain) -> _Plain:
    votes = {"for": 0, "against": 0}
    for each in plain.get("branches", ()):
        if each.get("vote") in votes:
            votes[each["vote"]] += whole(each.get("members"))
    return _card_vote(rulebook, {**plain, **votes}, expected)
