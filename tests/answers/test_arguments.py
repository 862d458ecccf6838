"""What a question says when something else stands where a rulebook, a case or a day belongs."""

import copy
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from inspect import isfunction, signature
from typing import Any, get_type_hints

import pytest

import unioncore.answers
from tests.books import core, everything, with_second_union
from tests.casework import a_union
from unioncore.answers import (
    Desk,
    Refusal,
    Taken,
    access_request,
    ask,
    attention,
    deadlines,
    due,
    held_on,
    member,
    membership,
    overdue,
    placement,
    read_facts,
    return_in_time,
    stopped_pay,
    time_limit,
    view,
    workload,
)
from unioncore.answers.cases.refusals import Lacking, refusal
from unioncore.changes import resign
from unioncore.describe import chart, items, member_text
from unioncore.errors import (
    BadFacts,
    EntryRefused,
    NotADay,
    UnioncoreError,
    UnknownName,
    WrongArgument,
)
from unioncore.model import UNION_TRACK, Case, CaseEvent
from unioncore.records import employer_facts
from unioncore.rulebook import Rulebook
from unioncore.stories import run_story

DAY = date(2026, 6, 1)
ENTRY = CaseEvent(on=DAY, by="edda", track="grievance", event="lodge_grievance")
NOTHING: Any = {}


@pytest.mark.parametrize(
    "put",
    [
        lambda: ask(NOTHING, {}, "organised", on=DAY),
        lambda: read_facts(NOTHING, {}),
        lambda: placement(NOTHING, {}, on=DAY),
        lambda: membership(NOTHING, {}, on=DAY),
        lambda: member(NOTHING, NOTHING, "M1"),
        lambda: time_limit(NOTHING, "unfair-dismissal", starts=DAY, nation="Scotland"),
        lambda: Desk(rulebook=NOTHING, union=a_union()),
        lambda: deadlines(NOTHING, NOTHING, on=DAY),
        lambda: view(NOTHING, NOTHING, NOTHING, on=DAY),
    ],
)
def test_a_mapping_is_no_rulebook(put: Callable[[], object]) -> None:
    with pytest.raises(WrongArgument, match=r"rulebook: .* got dict; pass what unioncore\.compose"):
        put()


@pytest.mark.parametrize(
    "put",
    [
        lambda: attention(NOTHING, on=DAY),
        lambda: due(NOTHING, on=DAY),
        lambda: held_on(NOTHING, "ada"),
        lambda: overdue(NOTHING, on=DAY),
        lambda: workload(NOTHING, "ada", on=DAY),
    ],
)
def test_a_mapping_is_no_desk(put: Callable[[], object]) -> None:
    with pytest.raises(WrongArgument, match="desk: expected a Desk, got dict; pass Desk"):
        put()


def about_a_case() -> Iterator[str]:
    """Give every public question about one case."""
    for name in unioncore.answers.__all__:
        each = getattr(unioncore.answers, name)
        if isfunction(each) and get_type_hints(each).get("case") is Case:
            yield name


@pytest.mark.parametrize("name", [*about_a_case()])
def test_a_refusal_is_no_case(name: str) -> None:
    book = with_second_union()
    question = getattr(unioncore.answers, name)
    fit = {"case": Refusal(ENTRY, ()), "on": DAY, "track": UNION_TRACK}
    asked = signature(question).parameters.values()
    given = {
        each.name: fit.get(each.name, book)
        for each in asked
        if each.name in fit or each.default is each.empty
    }
    with pytest.raises(WrongArgument, match="go on with the case before the refusal"):
        question(**given)


def test_a_refusal_takes_no_entry() -> None:
    book = with_second_union()
    desk = Desk(rulebook=book, union=a_union())
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    refused: Any = desk.enter("C-1", ENTRY)
    with pytest.raises(WrongArgument, match="go on with the case before the refusal"):
        Desk(rulebook=book, union=a_union(), cases=[refused])
    with pytest.raises(WrongArgument, match="entry: expected a CaseEntry, got dict; make one"):
        desk.enter("C-1", NOTHING)
    with pytest.raises(WrongArgument, match="pass what open_case"):
        deadlines(book, NOTHING, on=DAY)


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        ("2026-06-01", r"got str; pass date\.fromisoformat\(\.\.\.\) instead$"),
        (datetime(2026, 6, 1), r"got datetime; pass its \.date\(\) instead$"),
        (20260601, r"got int$"),
    ],
)
def test_the_advice_fits_what_was_given_for_a_day(book: Rulebook, day: Any, advice: str) -> None:
    with pytest.raises(NotADay, match=advice):
        placement(book, {}, on=day)


@pytest.mark.parametrize("facts", [None, ["x"], {1: 2}])
def test_what_is_no_mapping_of_keys_is_no_facts(facts: Any) -> None:
    book = with_second_union()
    with pytest.raises(WrongArgument, match="facts: expected a mapping of the keys of facts"):
        placement(book, facts, on=DAY)


@pytest.mark.parametrize("now", [None, a_union()])
def test_a_union_is_asked_for_a_day(now: Any) -> None:
    with pytest.raises(WrongArgument, match=r"now: expected a Snapshot, .*; pass a union on a day"):
        member(with_second_union(), now, "ada")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1e999999", "pounds of at most twelve digits"),
        ("1e999999999", "pounds of at most twelve digits"),
        ("1000000000000", "pounds of at most twelve digits"),
        ("-1e999999", "pounds, zero or more,"),
        ("-0.01", "pounds, zero or more,"),
        ("-1", "pounds, zero or more,"),
    ],
)
def test_money_that_nobody_means_is_refused(amount: str, expected: str) -> None:
    for given in (amount, Decimal(amount)):
        with pytest.raises(BadFacts, match=f"earnings: expected {expected}"):
            read_facts(with_second_union(), {"person.earnings": given})


def test_a_number_that_is_none_is_refused() -> None:
    for given in (Decimal("sNaN"), Decimal("NaN"), float("nan")):
        with pytest.raises(BadFacts, match=r"earnings: expected a value; where it is missing"):
            read_facts(with_second_union(), {"person.earnings": given})


@pytest.mark.parametrize("starts", [date.min, date.max, date(9999, 9, 30)])
@pytest.mark.parametrize("claim", ["accompaniment", "unfair-dismissal", "equal-pay"])
def test_a_limit_at_the_edge_of_the_calendar_is_an_answer(starts: date, claim: str) -> None:
    for nation in ("England", "Northern Ireland"):
        limit = time_limit(with_second_union(), claim, starts=starts, nation=nation)
        assert limit.last_day.known or limit.last_day.reason


OF_WHAT_WAS_TAKEN = [
    name for name in {*dir(Desk), *dir(Taken)} - {*dir(Refusal)} if not name.startswith("_")
]


@pytest.mark.parametrize("name", sorted(OF_WHAT_WAS_TAKEN))
def test_a_refusal_used_as_what_was_taken_is_raised(name: str) -> None:
    refused = refusal(ENTRY, Lacking("the case has no such track"))
    with pytest.raises(EntryRefused, match="the case has no such track"):
        getattr(refused, name)


def test_a_refusal_has_nothing_else() -> None:
    refused = Refusal(ENTRY, ())
    assert not hasattr(refused, "shape")
    assert pickle.loads(pickle.dumps(refused)) == copy.copy(refused) == refused


def test_a_role_that_no_rule_knows_is_refused() -> None:
    book = with_second_union()
    desk = Desk(rulebook=book, union=a_union())
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    with pytest.raises(UnknownName, match="no viewer role is called 'employr'"):
        desk.viewer("C-1", "ada", on=DAY, roles={"employr"})
    wrong: Any = "employer"
    with pytest.raises(WrongArgument, match="roles: expected several, such as a list, got str"):
        desk.viewer("C-1", "ada", on=DAY, roles=wrong)


def test_what_is_meant_is_said_where_a_part_of_it_is_needed() -> None:
    book: Any = with_second_union()
    answer: Any = ask(book, {}, "organised", on=DAY)["organised"]
    with pytest.raises(NotADay, match=r"got Answer; pass its \.value, once it is \.known$"):
        time_limit(book, "unfair-dismissal", starts=answer, nation="Scotland")
    taken: Any = Desk(rulebook=book, union=a_union())
    taken = taken.open_case(reference="C-1", person="ada", on=DAY, by="edda")
    with pytest.raises(WrongArgument, match=r"got Taken; pass its \.desk or its \.case$"):
        attention(taken, on=DAY)


def test_an_iterator_is_read_once_and_what_it_gives_is_checked() -> None:
    book = with_second_union()
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().case
    assert deadlines(book, case, on=DAY, others=iter([case])) == deadlines(book, case, on=DAY)
    wrong: Any = iter([case, "C-2"])
    with pytest.raises(WrongArgument, match=r"others\[1\]: expected a Case, got str"):
        deadlines(book, case, on=DAY, others=wrong)


@pytest.mark.needs_plugins
def test_a_day_at_the_edge_of_the_calendar_is_an_answer_or_an_error_of_ours() -> None:
    book = everything()
    for put in (
        lambda: stopped_pay(book, paid_to=date.max, on=DAY),
        lambda: access_request(book, requested_on=date.min, nation="England", on=DAY),
        lambda: return_in_time(book, 10**30, DAY),
    ):
        with suppress(UnioncoreError):
            put()


@pytest.mark.parametrize(
    "put",
    [
        lambda given: chart(given, axis="region"),
        lambda given: items(given),
        lambda given: member_text(given, NOTHING),
        lambda given: run_story(given, NOTHING),
        lambda given: employer_facts(given, NOTHING, "ada"),
        lambda given: resign(given, a_union(), "ada", on=DAY),
    ],
)
def test_a_refusal_is_nothing_else_anywhere(put: Callable[[Any], object]) -> None:
    with pytest.raises(WrongArgument, match="got Refusal; a refused entry leaves the case"):
        put(Refusal(ENTRY, ()))


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2020, 6, 1)])
def test_the_day_of_a_question_is_no_fact(day: date) -> None:
    with pytest.raises(BadFacts, match=r"on: .* the day of the question is given apart"):
        unioncore.ask(core(), {"on": day}, "organised", on=date(2024, 6, 1))
