"""Worked examples of offices and seats: who may hold one, whether it is held, what seats add up to.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from unioncore.answers import ask, seat
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange
from unioncore.model import Holding, Office, Union, Unit
from unioncore.replay.example_fields import day, day_if_any
from unioncore.replay.examples import NotSupported, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]

_OFFICES: Mapping[str, _Plain] = {
    "nec-seat": {"office.role": "nec-member", "office.seat_kind": "general"},
    "service-group-executive-seat": {"office.role": "service-group-executive-member"},
    "branch-officer": {
        "office.role": "branch-chair",
        "office.unit_kind": "branch",
        "office.of_own_unit": True,
    },
    "branch-secretary": {"office.role": "branch-secretary"},
    "conference-delegate": {"office.role": "conference-delegate"},
}
"""The offices that examples name, each by what it is."""
_ELECTIONS: Mapping[str, _Plain] = {
    "nec-2025": {
        "office.election_began": date(2024, 12, 11),
        # The conference of 2027 closes on a day of June that no source names yet.
        "office.term_ends": DayRange(date(2027, 6, 1), date(2027, 6, 30)),
    }
}
_ALSO = {"nec-service-group-seat": "nec-member", "d17-attender": "conference-attender"}
"""What examples call other offices that the person holds."""
_ROLES = {"nec": "nec-member", "sge": "service-group-executive-member"}
"""The kind of office, by the first part of the key of a seat."""
_FACTS = {
    "born": "person.born",
    "category": "membership.category",
    "full_member_since": "membership.category_since",
    "member_since": "membership.joined",
    "arrears": "membership.in_arrears",
    "nominations": "office.nominations",
    "supporters": "office.nominations",
    "low_paid_when_elected": "person.declared_low_paid",
}


def _named(what: str, name: Any, known: Mapping[str, Any]) -> Any:
    if name not in known:
        raise NotSupported(f"no {what} is called {name}", str(name), known)
    return known[name]


@register("may_hold")
def _may_hold(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Ask whether somebody may hold an office; after the pay rose, whether they may still."""
    on = day(plain, "on")
    also = [_named("office", each, _ALSO) for each in plain.get("holds", ())]
    also += [_named("office", plain["also"], _ALSO)] if "also" in plain else []
    facts: dict[str, Any] = {
        "membership.status": "current",
        "membership.category": "full",
        "person.roles": frozenset(also),
        "person.service_group_roles": frozenset(also),
        "office.elected": on,
        **_named("office", plain.get("office"), _OFFICES),
    }
    for key, fact in _FACTS.items():
        if key in plain:
            is_day = key == "born" or key.endswith("since")
            facts[fact] = day(plain, key) if is_day else plain[key]
    if "election" in plain:
        facts |= _named("election", plain["election"], _ELECTIONS)
    if plain.get("kind") == "young":
        facts["office.for_young_members"] = True
    elif plain.get("office") == "nec-seat":
        # A seat of a group, to which the person belongs unless the constituency does not match.
        group = next(iter(rulebook.words_of("self_organised_group")))
        mine = plain.get("constituency_matches", True)
        facts |= {"office.group": group, "person.groups": frozenset([group] if mine else [])}
    if plain.get("kind") == "reserved":
        facts |= {"office.seat_kind": "reserved", "person.gender": "female"}
    if "pay_now_above_limit" not in plain:
        return {"may_hold": ask(rulebook, facts, "may_hold_office", on=on)["may_hold_office"]}
    facts["office.low_pay_left_by_choice"] = plain.get("because") == "chose-new-job"
    keys = [each.key for each in rulebook.requirements_of("may_hold_office") if each.lasting]
    found = ask(rulebook, facts, *keys, on=on).values()
    if any(each.known and each.value == "not-met" for each in found):
        return {"may_hold": False}
    return {"may_hold": True if all(each.known for each in found) else None}


@register("seat_state")
def _seat_state(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Ask whether a seat is held, by records of it alone."""
    on, key = day(plain, "on"), str(plain.get("seat"))
    role = _named("body", key.partition("/")[0], _ROLES)
    told = plain.get("elected") or plain.get("elected_unopposed")
    holdings: tuple[Holding, ...] = ()
    if told:
        how = "by-election" if "elected_unopposed" in plain else "elected"
        start = DayRange.of(DayRange.parse(str(told))).latest
        holdings = (Holding(office=key, person="somebody", start=start, how=how),)
    union = Union(
        key="",
        units=(Unit(key="body", kind="body", name="body"),),
        offices=(Office(key=key, role=role, unit="body"),),
        holdings=holdings,
    )
    closes = day_if_any(plain, "by_election_closes")
    (found,) = seat(rulebook, union.on(on), key, ballot_closes=closes)
    states = {"held": "filled", "vacant": "vacant"}
    return {"state": states[found.state.value] if found.state.known else None}


@register("seat_sum")
def _seat_sum(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Add seats up by kind, and take those outside the regions away."""
    on, kinds = day(plain, "on"), _counts(plain, "kinds")
    count = sum(kinds.values())
    women = 0
    for kind, seats in kinds.items():
        found = ask(rulebook, {"office.seat_kind": kind}, "office.for_women", on=on)
        women += seats if found["office.for_women"].value else 0
    outside = _counts(plain, "outside_regions")
    regional = {kind: seats - outside.get(kind, 0) for kind, seats in kinds.items()}
    elected = plain.get("women_elected")
    return {
        "seats": count,
        "women_only_seats": women,
        "women_only_pct": Fraction(100 * women, count),
        "women_elected_pct": None if elected is None else Fraction(100 * elected, count),
        "two_thirds_women_only": 3 * women >= 2 * count,
        "regional": regional,
        "regional_seats": sum(regional.values()),
    }


def _counts(plain: _Plain, key: str) -> Mapping[str, int]:
    found = plain.get(key, {})
    if not isinstance(found, Mapping) or not all(isinstance(each, int) for each in found.values()):
        raise BadFacts((Problem(key, "numbers of seats by kind"),))
    return found
