"""The one door: how cases are opened, corrected, stored and told again."""

import json
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.books import everything
from tests.casework import DAY, a_case, a_union, add, entry, events

from unioncore import Rulebook
from unioncore.answers import Desk, Refusal, Taken
from unioncore.errors import BadCase, EntryRefused, UnknownName, WrongArgument
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    Correct,
    Document,
    Happened,
    Hold,
    Lift,
    Note,
    Open,
    Person,
    Share,
    Unshare,
)

pytestmark = pytest.mark.needs_plugins


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


@pytest.fixture(scope="module")
def desk(book: Rulebook) -> Desk:
    """A desk with a grievance that Dana represents, lodged on the first day."""
    case = add(
        book,
        a_case(book),
        entry(Assign, person="dana", role="steward"),
        *events(DAY, "lodge_grievance"),
        entry(Note, level="closed", reference="n", text="A call.", by="dana"),
    )
    return Desk(rulebook=book, union=a_union(), cases=[case])


LATER = DAY + timedelta(3)


def correct(place: int, instead: CaseEntry | None = None, **more: Any) -> Correct:
    return entry(Correct, LATER, corrects=place, instead=instead, reason="A slip.", **more)


# -- opening ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reference": "C-1"}, "another case is called 'C-1'"),
        ({"reference": ""}, "reference: it is blank"),
        ({"reference": "  "}, "reference: it is blank"),
        ({"reference": "C-2\n"}, "reference: it holds a character that cannot be seen"),
        ({"reference": "C-\ud800"}, "reference: it holds a character that cannot be seen"),
        ({"person": "nobody"}, "person: nobody in the union's records has this key"),
        ({"person": "fynn"}, "branch: the records hold none for the member"),
        ({"branch": "bb"}, "branch: no unit is called 'bb'"),
        ({"branch": "unison"}, "branch: unison is a union and not a branch"),
        ({"by": "nobody"}, "by: nobody in the union's records has this key"),
        ({"by": ""}, "by: it is blank"),
        ({"by": "  "}, "by: it is blank"),
    ],
)
def test_a_case_is_not_opened_on_words_that_nobody_knows(
    desk: Desk, change: dict[str, Any], said: str
) -> None:
    given = {"reference": "C-2", "person": "bela", "on": DAY, "by": "edda", **change}
    found = desk.open_case(**given)
    assert isinstance(found, Refusal)
    assert said in str(found)
    with pytest.raises(EntryRefused) as raised:
        found.ok()
    assert raised.value.reasons == found.reasons


def test_two_cases_of_one_reference_are_a_fault_and_none_is_lost(desk: Desk) -> None:
    case = desk.case("C-1")
    with pytest.raises(WrongArgument, match="two cases are called 'C-1'"):
        attrs.evolve(desk, cases=[case, attrs.evolve(case, person="bela")])
    with pytest.raises(UnknownName, match="did you mean 'C-1'"):
        desk.enter("C-11", entry(Hold, reason="A claim."))


# -- corrections -----------------------------------------------------------------------------------


def test_a_day_is_put_right_and_both_are_kept(desk: Desk) -> None:
    opened = desk.case("C-1").entries[1]
    right = attrs.evolve(opened, incident=date(2025, 5, 1), version="", to="")
    taken = desk.enter("C-1", correct(1, right)).ok()
    case = taken.case
    assert case.track("t").incident == date(2025, 5, 1)
    assert case.known_on(DAY).track("t").incident == DAY
    assert case.entries[1] == opened
    assert len(case.standing) == len(case.entries) - 1
    assert Case.from_dict(json.loads(json.dumps(case.to_dict()))) == case
    assert taken.desk.replay("C-1").ok().case == case
    assert case.tracks == attrs.evolve(case).tracks


def test_what_is_struck_out_is_shown_no_more(desk: Desk) -> None:
    case = desk.enter("C-1", correct(4, by="dana")).ok().case
    assert not [each for each in case.standing if isinstance(each, Note)]
    assert [each for each in case.entries if isinstance(each, Note)]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (correct(0), "neither the opening of a case nor a correction can be corrected"),
        (correct(9), "the case has no entry 9"),
        (correct(1), "has no track"),
        (correct(3, entry(Happened, event="time_starts")), "of another act or track"),
        (correct(3, entry(CaseEvent, event="acknowledge")), "does not follow on"),
        (correct(3, entry(CaseEvent, event="lodge_greivance")), "did you mean 'lodge_grievance'?"),
        (correct(3, by="bela"), "whoever made the entry, leads the case or is secretary"),
    ],
)
def test_a_correction_is_refused_where_the_rest_would_not_follow(
    desk: Desk, made: Correct, said: str
) -> None:
    found = desk.enter("C-1", made)
    assert isinstance(found, Refusal)
    assert said in str(found)


def test_a_later_event_that_no_longer_follows_is_named(book: Rulebook, desk: Desk) -> None:
    desk = desk.enter("C-1", next(iter(events(DAY, "acknowledge")))).ok().desk
    found = desk.enter("C-1", correct(3))
    assert isinstance(found, Refusal)
    assert "then acknowledge of 2025-06-02 does not follow" in found.reasons[0]


# -- marks -----------------------------------------------------------------------------------------


def test_whatever_is_changed_in_a_stored_case_is_found(desk: Desk) -> None:
    case = desk.case("C-1")
    plain = json.loads(json.dumps(case.to_dict()))
    assert Case.from_dict(plain) == case
    for place, each in enumerate(plain["entries"]):
        for key, value in each.items():
            if key in ("act", "figures"):
                continue
            changed = "2020-01-01" if key in ("on", "recorded", "incident") else f"{value}x"
            told = json.loads(json.dumps(plain))
            told["entries"][place][key] = changed
            with pytest.raises(BadCase, match=rf"entries\[{place}\]: it is not as it was entered"):
                Case.from_dict(told)
    for cut in range(len(plain["entries"])):
        with pytest.raises(BadCase):
            Case.from_dict({**plain, "entries": plain["entries"][:cut]})
    with pytest.raises(BadCase):
        Case.from_dict({**plain, "person": "bela"})


def test_a_changed_case_does_not_replay(desk: Desk) -> None:
    case = desk.case("C-1")
    changed = attrs.evolve(case, entries=case.entries[:-1])
    found = attrs.evolve(desk, cases=[changed]).replay("C-1")
    assert isinstance(found, Refusal)
    assert found.reasons == ("entry 4 is not as it was entered",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"act": "evnt"}, "entries[3].act: expected one of open, event"),
        ({"evnt": "x"}, "entries[3].evnt: no such field; did you mean 'event'?"),
        ({"on": 5}, "entries[3].on: expected a day"),
    ],
)
def test_a_stored_case_that_cannot_be_read_says_where(
    desk: Desk, change: dict[str, Any], said: str
) -> None:
    plain = desk.case("C-1").to_dict()
    plain["entries"][3] |= change
    with pytest.raises(BadCase) as raised:
        Case.from_dict(plain)
    assert said in str(raised.value)


# -- shares, holds, documents ----------------------------------------------------------------------


def test_the_end_of_a_share_is_the_end_of_its_parts(desk: Desk) -> None:
    def shared(act: type[CaseEntry], track: str = "") -> CaseEntry:
        return entry(act, track=track, person="bela", compartment="general", reason="An appeal.")

    for each in (shared(Share), shared(Share, "t"), shared(Unshare)):
        desk = desk.enter("C-1", each).ok().desk
    over = desk.enter("C-1", shared(Unshare, "x"))
    assert isinstance(over, Refusal)


def test_a_hold_lasts_until_it_is_ended(desk: Desk) -> None:
    held = desk.enter("C-1", entry(Hold, reason="A claim.", by="dana")).ok().desk
    assert held.case("C-1").on_hold(DAY)
    by_another = held.enter("C-1", entry(Lift, reason="It is over.", by="cato"))
    assert isinstance(by_another, Refusal)
    ended = held.enter("C-1", entry(Lift, reason="It is over.", by="dana")).ok().case
    assert not ended.on_hold(DAY)


def test_a_document_is_recorded_and_not_what_it_says(desk: Desk) -> None:
    letter = entry(Document, name="grievance letter", place="branch office, folder 3")
    case = desk.enter("C-1", letter).ok().case
    assert "text" not in attrs.fields_dict(Document)
    assert letter.name in json.dumps(case.to_dict())


def test_a_case_of_somebody_whom_the_records_no_longer_have_goes_on(desk: Desk) -> None:
    gone = Person.table, "memberships", "jobs"
    left = {
        table: tuple(
            row
            for row in getattr(desk.union, table)
            if getattr(row, "key" if table == Person.table else "person") != "ada"
        )
        for table in gone
    }
    without = attrs.evolve(desk, union=attrs.evolve(desk.union, **left, employers=()))
    steps = ("check_membership", "apply_four_week_rule", "refuse", "issue_case_form")
    for event in steps:
        for each in events(DAY, event, track="union"):
            found = without.enter("C-1", each)
            assert "ada" not in str(found)
            without = found.desk if isinstance(found, Taken) else without
    assert isinstance(without.enter("C-1", entry(Assign, person="cato", role="steward")), Taken)


def test_a_track_opens_with_the_words_of_the_rulebook(desk: Desk) -> None:
    found = desk.enter("C-1", entry(Open, track="u", case_type="core.grievance", nation="England"))
    assert found.ok().case.track("u").employer == "example-council"
