"""Worked examples of who has a vote in a ballot on industrial action.

Importing this module registers its kinds. A register in an example is read as a union's records;
``A01..A05`` stands for five people with the same facts. The words for a category are taken for
roles, each a category of its own; one that joins two with a slash belongs to no single category.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from unioncore.answers import (
    BallotCell,
    BallotList,
    CalledOn,
    ballot_failures,
    ballot_list,
    despatch,
    employer_notice,
)
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Jurisdiction
from unioncore.model import (
    Address,
    Arrears,
    Ballot,
    Employer,
    Job,
    JobCategory,
    Membership,
    Person,
    Record,
    Union,
    Workforce,
    Workplace,
)
from unioncore.numbers import is_count
from unioncore.replay.example_fields import day, day_if_any
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_LONG_AGO = date(1900, 1, 1)
_RANGE = re.compile(r"(\D*)(\d+)\.\.\1(\d+)")


@register("ballot_list")
def _ballot_list(rulebook: Rulebook, plain: _Plain, expected: _Plain) -> _Plain:
    called = plain.get("called_on", {})
    categories = frozenset(each for each in called.get("categories", ()) if each != "any")
    opens = day(plain, "opens")
    people = plain.get("register", ())
    joined = [day_if_any(each, "member_from") for each in people]
    on = max([opens, *(each for each in joined if each is not None)])
    union = Union(key=rulebook.own_union or "").append(*_records(plain, categories, opens))
    found = ballot_list(
        rulebook,
        union.on(on),
        str(plain["employer"]),
        called_on=CalledOn(categories, frozenset(called.get("workplaces", ()))),
        opens=opens,
        closes=day_if_any(plain, "closes"),
        cut_off=day_if_any(plain, "cut_off_to_vote"),
        action_from=day_if_any(plain, "action_from"),
        means=str(plain.get("means", "post")),
        nation=str(plain.get("jurisdiction", "GB")),
    )
    return _told(found, expected)


def _records(plain: _Plain, categories: Iterable[str], on: date) -> Iterator[Record]:
    """Give the records that an example tells of."""
    employer = str(plain["employer"])
    yield Employer(key=employer, kind="", name=employer)
    people, places = plain.get("register", ()), plain.get("workplaces", ())
    named = {str(each["category"]) for each in people if each.get("category")} | {*categories}
    for category in sorted(named):
        if "/" not in category:
            yield JobCategory(role=category, category=category)
    usual = next(iter(plain.get("called_on", {}).get("workplaces", ())), "usual")
    told = {str(each["id"]) for each in places}
    for key in sorted({_place(each, usual) for each in people} - told - {""}):
        yield Workplace(key=key, employer=employer, name=key, region="")
    for each in places:
        yield from _of_a_place(each, employer, named, on)
    for each in people:
        for key in _ids(each.get("ids") or each.get("member")):
            yield from _of_a_person(each, key, employer, _place(each, usual))


def _of_a_place(plain: _Plain, employer: str, categories: set[str], on: date) -> Iterator[Record]:
    key, ended = str(plain["id"]), plain.get("ended")
    end = None if ended is None else DayRange.of(DayRange.parse(str(ended))).latest
    yield Workplace(key=key, employer=employer, name=key, region="", end=end)
    counts = {"": plain.get("staff"), **{each: plain.get(f"{each}s") for each in categories}}
    for category, staff in counts.items():
        if staff is not None and is_count(staff):
            yield Workforce(
                employer=employer, workplace=key, category=category, day=on, staff=staff
            )


def _of_a_person(plain: _Plain, key: str, employer: str, place: str) -> Iterator[Record]:
    start, last = day_if_any(plain, "member_from"), day_if_any(plain, "member_to")
    ended = plain.get("member") is False or last is not None
    yield Person(key=key, name=key)
    yield Membership(
        person=key,
        start=start or _LONG_AGO,
        category="full",
        status="lapsed" if ended else "current",
    )
    yield Job(
        person=key,
        employer=employer,
        workplace=place,
        workplace_confirmed=False if plain.get("workplace") == _NOT_CONFIRMED else None,
        role=str(plain.get("category") or "") if plain.get("job") != "not-recorded" else "",
        leaving=True if plain.get("leaving") else None,
        start=_LONG_AGO,
        end=day_if_any(plain, "job_end"),
    )
    if plain.get("address"):
        yield Address(person=key, channel="letter", place="home", state=str(plain["address"]))
    if plain.get("email"):
        at = "work" if plain["email"] == "work" else "home"
        yield Address(person=key, channel="email", place=at)
    if plain.get("arrears", "none") != "none":
        yield Arrears(person=key, start=_LONG_AGO)


_NOT_CONFIRMED = "reported-not-confirmed"


def _place(plain: _Plain, usual: str) -> str:
    """Return the workplace of a person; where no name stands there, the usual one."""
    place = plain.get("workplace")
    return usual if place in ("confirmed", _NOT_CONFIRMED) else str(place or "")


def _ids(text: Any) -> list[str]:
    """Return the ids that a text stands for, such as ``A01..A05``."""
    if not isinstance(text, str):
        raise BadFacts((Problem("ids", "the id of a person, or a range such as A01..A05"),))
    if (found := _RANGE.fullmatch(text)) is None:
        return [text]
    before, first, last = found.groups()
    return [f"{before}{n:0{len(first)}}" for n in range(int(first), int(last) + 1)]


def _as_written(keys: Iterable[str], expected: Any) -> list[str]:
    """Return ids, those in a range that an example expects as that range."""
    left = dict.fromkeys(keys)
    ranges = []
    for text in expected if isinstance(expected, list) else ():
        ids = _ids(text)
        if all(key in left for key in ids):
            ranges.append(text)
            left = {key: None for key in left if key not in {*ids}}
    return [*ranges, *left]


def _told(found: BallotList, expected: _Plain) -> _Plain:
    def groups(name: str, keys: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
        wanted = expected.get(name, {})
        return {reason: _as_written(each, wanted.get(reason)) for reason, each in keys.items()}

    return {
        "in": _as_written(found.entitled, expected.get("in")),
        "in_count": found.members_in,
        "out": groups("out", found.out),
        "doubtful": groups("doubtful", found.doubtful),
        "doubtful_count": sum(found.members_doubtful.values()),
        "warnings": groups("warnings", found.warned),
        "people": found.members,
        "findings": {
            "workplace-without-members": [each.workplace for each in found.without_members],
            "surplus": {each.workplace: each.surplus for each in found.more_members_than_staff},
        },
        "paper_needed": found.paper_needed,
        "means_lawful": found.means_lawful,
    }


@register("ballot_despatch")
def _despatch(_: Rulebook, plain: _Plain, expected: _Plain) -> _Plain:
    ids = {
        name: [key for text in plain.get(name, ()) for key in _ids(text)]
        for name in ("entitled", "sent", "returned_undelivered")
    }
    found = despatch(ids["entitled"], ids["sent"], returned=ids["returned_undelivered"])
    return {
        "missed": _as_written(found.missed, expected.get("missed")),
        "missed_count": found.members_missed,
        "sent_in_error": _as_written(found.in_error, expected.get("sent_in_error")),
    }


_TOLD = {True: "yes", False: "no"}


@register("ballot_defect")
def _defect(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    """Ask what failures cost; what an example tells of in words is a number that is not known."""

    def count(name: str) -> int | None:
        given = plain.get(name)
        return given if is_count(given) else None

    entitled = count("entitled_and_balloted")
    opened = plain.get("opened")
    accidental = plain.get("accidental")
    found = ballot_failures(
        rulebook,
        Ballot(
            nation=Jurisdiction.parse(str(plain.get("jurisdiction", "GB"))),
            opened=None if opened is None else DayRange.parse(str(opened)),
            statutory=True,
            entitled=count("crew") if entitled is None else entitled,
            papers_returned=count("papers"),
            yes=count("yes"),
            no=count("no"),
            turnout_pct_reported=_percent(plain.get("turnout_pct")),
            yes_pct_reported=_percent(plain.get("yes_pct")),
        ),
        missed=count("missed"),
        wrongly_balloted=count("wrongly_balloted"),
        accidental=accidental if isinstance(accidental, bool) else None,
    )
    exact = "no" if is_count(plain.get("no")) else "no_at_most"
    told = {
        "could_change_majority": found.could_change_majority,
        "could_change_turnout": found.could_change_turnout,
        "disregarded": found.disregarded,
    }
    return {
        "margin": found.margin,
        "votes_that_turn_it": found.votes_that_turn_it,
        "worst_case": {"yes": found.worst_yes, exact: found.worst_no},
        "turnout_as_counted": found.turnout,
        "worst_case_turnout": found.worst_turnout,
        **{key: _TOLD[each.value] if each.known else None for key, each in told.items()},
    }


def _percent(plain: Any) -> Decimal | None:
    return None if plain is None else Decimal(str(plain))


@register("ballot_notice")
def _notice(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    which = str(plain.get("notice"))
    found = employer_notice(
        rulebook,
        which,
        [BallotCell(*row) for row in plain.get("entitled", plain.get("affected", ()))],
        received=day(plain, "received"),
        event=day(plain, "opens" if which == "ballot" else "action_from"),
        nation=str(plain.get("jurisdiction", "GB")),
        doubtful=plain.get("doubtful", 0),
    )
    return {
        "form": found.form,
        "latest_receipt": found.latest_receipt,
        "in_time": found.in_time,
        "ready": found.ready,
        "categories": found.categories,
        "workplaces": found.workplaces,
        "total": found.total,
        "by_category": found.by_category,
        "by_workplace": found.by_workplace,
        "explanation": bool(found.explanation),
        # Cells are all that a notice is made of.
        "names": False,
        "doubtful_named_in_notice": False,
    }
