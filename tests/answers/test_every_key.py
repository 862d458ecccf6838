"""A key with a letter too many, given to each public question: an error, never "none"."""

import inspect
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from tests.answers.test_every_question import PUT, World
from tests.casework import DAY
from unioncore import answers
from unioncore.answers import Axis
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import Side

pytestmark = pytest.mark.needs_plugins

ALSO: Mapping[str, Callable[[World], Any]] = {
    "about_union": lambda w: answers.about_union(w.book, "unison", on=DAY),
    "allocate_seats": lambda w: answers.allocate_seats(
        Side(key="unions", seats=3, unions=("unison", "gmb")), None, {"unison": 1}
    ),
    "applies_to": lambda w: answers.applies_to(
        w.book, "core.fund-notice-by", [("ada", {"employer.kind": "cafcass"})], on=DAY
    ),
    "coverage": lambda w: answers.coverage(w.book, "service_group", on=DAY),
    "density_of": lambda w: answers.density_of(w.book, w.now, "essex"),
    "gaps": lambda w: answers.gaps(w.book, "unison.staff", on=DAY),
    "held_on": lambda w: answers.held_on(w.desk, "ada"),
    "impact": lambda w: answers.impact(
        w.book, [{"employer.kind": "cafcass"}], "organised", on=DAY, later=date(2026, 1, 1)
    ),
    "leverage": lambda w: answers.leverage(
        w.book, w.now, campaign="paid-sick-days", employer="example-cleaning"
    ),
    "monitoring": lambda w: answers.monitoring(w.book, w.now, "gender"),
    "own_monitoring": lambda w: answers.own_monitoring(w.book, w.now, "gender", "EA"),
    "may_leave": lambda w: answers.may_leave(w.desk, "cato", on=DAY),
    "path_of": lambda w: answers.path_of(w.book, w.now, "essex"),
    "movement_of": lambda w: answers.movement_of(
        w.book, w.now, "essex", since=date(2026, 1, 1), returns="both", axis="region"
    ),
    "positions": lambda w: answers.positions(w.book, w.matter, "t", on=DAY),
    "possible": lambda w: answers.possible(w.book, w.case, "t", on=DAY),
    "posts": lambda w: answers.posts(w.book, w.now, "office-se"),
    "vacancy_standing": lambda w: answers.vacancy_standing(w.now, "SE/1"),
    "rests_on": lambda w: answers.rests_on(w.book, "core.fund-notice-by"),
    "strike_claims": lambda w: answers.strike_claims(w.book, w.now, "example-cleaning-2023"),
    "read_facts": lambda w: answers.read_facts(w.book, {"employer.kind": "cafcass"}),
    "table_checks": lambda w: answers.table_checks(w.book, "njc"),
    "workload": lambda w: answers.workload(w.desk, "cato", on=DAY),
    "track_ballot": lambda w: answers.track_ballot(w.book, w.matter, "t", on=DAY),
}
"""Questions that take a key, and give no answer with reasons."""

FACTS = {"facts", "given", "rows"}
"""Arguments that hold facts by name: a misspelt one is among all that is wrong with them."""

ELSEWHERE: Mapping[str, str] = {
    "applies_to rows": "members, called as the caller likes",
    "ballot_list settled": "members, each in or out; tests of ballot lists misspell these",
    "despatch entitled sent returned doubtful": "members, by the keys that the caller gives",
    "may_assess panel applicant stand_aside": "people, called as the caller likes",
    "makeup marks": "the marks of delegates; tests of delegations misspell them",
    "prioritise lists agenda": "bodies and motions, called as the caller likes",
    "tally votes": "those who stand, called as the caller likes",
    "compare_offers costs figures": "names that head lines",
    "offer_cost spine heads grades people": "points of a scale that is itself given",
    "offer_cost on_costs": "names that head lines",
    "collective_by_establishment proposed": "establishments, called as the caller likes",
    "publish_counts counts rows columns": "words that head a table",
    "audience when": "a condition; tests of audiences misspell what stands in it",
    "disclosures reason by": "free text, and a person where no records are at hand",
    "committee_representative employers": "the employers by which those of officers are known",
}
"""Arguments that are text, and no key that the question could know; each with the reason."""

WORDS = {
    ("ballot_list", "means"),
    ("audience", "channel"),
    ("audience", "purpose"),
    ("branch_timetable", "notice_way"),
    ("breach_clock", "risk"),
    ("hardship", "scheme"),
    ("request", "kind"),
    ("delegates", "to"),
    ("delegates", "region"),
    ("delegates", "service_group"),
    ("makeup", "to"),
    ("makeup", "region"),
    ("may_put", "kind"),
    ("places", "to"),
    ("places", "region"),
    ("places", "service_group"),
    ("prioritise", "to"),
    ("prioritise", "kind"),
    ("timetable", "kind"),
    ("timetable", "region"),
    ("timetable", "service_group"),
    ("vote_count", "kind"),
    ("maximum_awards", "reason"),
    ("unfair_dismissal_right", "reason"),
}
"""Arguments that are words of a vocabulary: a misspelt one is no value of the fact."""

PEOPLE = {"person", "electorate"}
"""Arguments that are people, of whom no key is suggested."""

OPTIONAL = {
    ("ballot_list", "means"): "electronic",
    ("check_register", "of"): "essex",
    ("monitoring", "by"): "unit",
    ("own_monitoring", "axis"): "region",
    ("delegates", "region"): "SE",
    ("delegates", "service_group"): "local-government",
    ("makeup", "region"): "SE",
    ("timetable", "region"): "SE",
    ("timetable", "service_group"): "local-government",
    ("prioritise", "kind"): "motion",
    ("vote_count", "kind"): "motion",
    ("delegation", "together_with"): ["cambridgeshire"],
    ("maximum_awards", "reason"): "capability",
    ("unfair_dismissal_right", "reason"): "capability",
    ("seats", "role"): "nec-member",
    ("publish", "impossible"): [("example-council", "open")],
}
"""What stands in arguments that the question does without."""


def holds_text(kind: Any) -> bool:
    return kind in (str, Axis) or any(holds_text(each) for each in typing.get_args(kind))


def arguments() -> set[tuple[str, str]]:
    """Return every argument of a public question that is text, or holds text."""
    public = {name: getattr(answers, name) for name in answers.__all__}
    return {
        (name, argument)
        for name, each in public.items()
        if inspect.isfunction(each)
        for argument, kind in typing.get_type_hints(each).items()
        if argument != "return" and holds_text(kind)
    }


def let_be() -> set[tuple[str, str]]:
    return {
        (name, argument)
        for line in ELSEWHERE
        for name, *every in [line.split()]
        for argument in every
    }


def slip(value: Any) -> tuple[Any, str]:
    """Return an argument with a letter too many in one key, and how that key is spelt."""
    match value:
        case str():
            return value + value[-1], value
        case Axis(by=by):
            return attrs.evolve(value, by=slip(by)[0]), by
        case Mapping() if "chair" in value:
            (first, said), *rest = value.items()
            wrong, right = slip(said)
            return {first: wrong, **dict(rest)}, right
        case Mapping():
            (first, said), *rest = value.items()
            return {slip(first)[0]: said, **dict(rest)}, first
        case [first, *rest]:
            wrong, right = slip(first)
            return [wrong, *rest], right
        case _:
            return "Englandd", "England"


def test_every_argument_that_is_text_is_misspelt_or_let_be_for_a_reason() -> None:
    assert let_be() <= arguments()
    lacking = {name for name, _ in arguments() - let_be()} - PUT.keys() - ALSO.keys()
    assert not lacking


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.parametrize(("name", "argument"), sorted(arguments() - let_be()))
def test_a_letter_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, argument: str
) -> None:
    question, wanted = getattr(answers, name), ""

    def misspelt(*given: Any, **named: Any) -> Any:
        nonlocal wanted
        bound = inspect.signature(question).bind(*given, **named)
        value = bound.arguments.get(argument, OPTIONAL.get((name, argument)))
        bound.arguments[argument], wanted = slip(value)
        return question(*bound.args, **bound.kwargs)

    monkeypatch.setattr(answers, name, misspelt)
    with pytest.raises((UnknownName, BadFacts)) as raised:
        {**PUT, **ALSO}[name](world)
    match raised.value:
        case BadFacts(problems=problems):
            assert argument in FACTS or (name, argument) in WORDS
            assert wanted in {each.suggestion for each in problems}
        case UnknownName(suggestion=suggestion):
            assert suggestion == (None if argument in PEOPLE else wanted)
