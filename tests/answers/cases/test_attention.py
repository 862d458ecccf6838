"""What needs attention: each concern, who must act, the order, and that no case is forgotten."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything
from tests.casework import (
    DAY,
    EXPIRES,
    LONG_AGO,
    a_case,
    a_union,
    add,
    at_desk,
    enter,
    entry,
    events,
)

from unioncore import Rulebook
from unioncore.answers import (
    Attention,
    Concern,
    Desk,
    attention,
    candidates,
    possible,
)
from unioncore.errors import UnknownName
from unioncore.model import (
    Assign,
    Case,
    CaseEvent,
    Happened,
    Holding,
    Link,
    Open,
    Release,
    Track,
    Union,
)

pytestmark = pytest.mark.needs_plugins


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


def given_to(book: Rulebook, case: Case, person: str, role: str = "steward") -> Case:
    by = "fynn" if person == "edda" else "edda"
    return add(book, case, entry(Assign, person=person, role=role, by=by))


def opposing(reference: str) -> Link:
    return entry(Link, how="opposes", reference=reference)


def asked(
    book: Rulebook, *cases: Case, on: date = DAY, union: Union | None = None, **more: Any
) -> tuple[Attention, ...]:
    return attention(at_desk(book, *cases, union=union), on=on, **more)


def told(found: tuple[Attention, ...]) -> list[tuple[str, str, Concern, str]]:
    return [(each.case, each.track, each.what, each.person) for each in found]


def until(union: Union, person: str, end: date) -> Union:
    """Return the union in which everything that a person holds ends on a day."""
    ended = tuple(
        attrs.evolve(each, end=end) if each.person == person else each for each in union.holdings
    )
    return attrs.evolve(union, holdings=ended)


# -- who represents --------------------------------------------------------------------------------


def test_from_the_opening_on_a_track_without_a_representative_is_told(book: Rulebook) -> None:
    (found,) = asked(book, a_case(book))
    assert told((found,)) == [("C-1", "t", Concern.NOBODY_REPRESENTS, "")]
    assert (found.acts.value, found.people) == ("branch-secretary", ("edda",))
    assert any(reason.citations for reason in found.acts.because)
    assert found.sentence() == (
        "C-1/t: nobody represents: nobody is assigned. To act: branch secretary (edda), by "
        "1 September 2025"
    )
    assert asked(book, given_to(book, a_case(book), "dana")) == ()


def test_a_case_of_which_no_track_is_opened_yet_is_nobodys_either(book: Rulebook) -> None:
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().case
    assert told(asked(book, case)) == [("C-1", "union", Concern.NOBODY_REPRESENTS, "")]


def test_where_nobody_is_wanted_nobody_is_missed(book: Rulebook) -> None:
    ended = add(
        book,
        a_case(book, kind="unison.advice_enquiry"),
        *events(DAY, "triage", "give_advice"),
    )
    refused = add(
        book,
        a_case(book, "C-2"),
        *events(DAY, "leave_union", track="union"),
    )
    by_the_rules = a_case(book, "C-3", kind="unison.rule_i_discipline")
    desk = Desk(rulebook=book, union=a_union())
    matter = add(
        book,
        desk.open_matter(reference="M", about="psc-ew", on=DAY).ok().case,
        entry(Open, case_type="core.pay_round", nation="England"),
    )
    later = attrs.evolve(a_case(book, "C-4"), opened=DAY + timedelta(1))
    assert asked(book, ended, refused, by_the_rules, matter, later) == ()


def test_who_leaves_leaves_every_track_behind(book: Rulebook) -> None:
    """Whether an office, a membership or an accreditation ended; others' tracks are not theirs."""
    mine = [given_to(book, a_case(book, f"C-{number}"), "cato") for number in (1, 2)]
    other = given_to(book, a_case(book, "C-3", "bela"), "dana")
    end = date(2025, 6, 20)
    memberships = tuple(
        attrs.evolve(each, end=end) if each.person == "cato" else each
        for each in a_union().memberships
    )
    for union, last, why in (
        (until(a_union(), "cato", end), end, "they do not hold the office steward any more"),
        (
            attrs.evolve(a_union(), memberships=memberships),
            end,
            "they are not a current member any more",
        ),
        (a_union(), EXPIRES, "not met: a lay representative at a hearing is certified"),
    ):
        before = asked(book, *mine, other, on=last - timedelta(1), union=union, person="cato")
        assert before == ()
        found = asked(book, *mine, other, on=last, union=union, person="cato")
        assert told(found) == [
            (case, "t", Concern.MAY_NOT_REPRESENT, "cato") for case in ("C-1", "C-2")
        ]
        assert all(each.why.startswith(why) for each in found)
        assert [each.person for each in asked(book, *mine, other, on=last, union=union)] == [
            *("cato", "cato")
        ]


def test_where_it_is_not_known_whether_they_may_that_is_told(book: Rulebook) -> None:
    union = a_union().append(Holding(office="link", person="bela", start=LONG_AGO))
    each = entry(Assign, person="bela", role="labour-link-officer", tier="")
    case = attrs.evolve(a_case(book), entries=(*a_case(book).entries, each))
    (found,) = asked(book, case, union=union)
    assert found.what is Concern.FITNESS_NOT_KNOWN


def test_a_conflict_that_shows_later_is_told_on_both_sides(book: Rulebook) -> None:
    one, other = given_to(book, a_case(book), "dana"), a_case(book, "C-2", "bela")
    other = given_to(book, other, "dana")
    assert asked(book, one, other) == ()
    linked = add(book, one, opposing("C-2"), others=[other])
    assert told(asked(book, linked, other)) == [
        ("C-1", "t", Concern.TWO_SIDES, "dana"),
        ("C-2", "t", Concern.TWO_SIDES, "dana"),
    ]
    # Alone it is not known who is on the other side.
    (found,) = asked(book, linked)
    assert (found.what, found.why) == (
        Concern.NOT_AT_HAND,
        "it is linked with C-2, which is not at hand",
    )


def test_who_has_a_side_does_not_allocate(book: Rulebook) -> None:
    other = given_to(book, a_case(book, "C-2", "bela"), "edda", "branch-secretary")
    case = add(book, a_case(book), opposing("C-2"), others=[other])
    (found,) = asked(book, case, other)
    assert (found.acts.value, found.people) == ("regional-organiser", ("fynn",))
    # The secretary's own case goes on as well; so does one of a branch without a secretary.
    (found,) = asked(book, a_case(book, person="edda"))
    assert found.people == ("fynn",)
    (found,) = asked(book, a_case(book), union=until(a_union(), "edda", DAY))
    assert found.people == ("fynn",)


def test_where_no_rule_says_who_acts_that_is_not_known(book: Rulebook) -> None:
    rules = tuple(each for each in book.definitions.rules if each.decides != "track.allocated_by")
    other = attrs.evolve(book, definitions=attrs.evolve(book.definitions, rules=rules))
    union = attrs.evolve(a_union(), holdings=())
    limit, found = asked(other, a_case(book, kind="core.employment_tribunal"), union=union)
    assert limit.why.endswith("it is not said which claim; give claim")
    assert not found.acts.known
    assert "To act: not known who: " in found.sentence()


# -- limits ----------------------------------------------------------------------------------------

DISMISSED = entry(Happened, event="time_starts")


def dismissed(book: Rulebook, **more: Any) -> Case:
    """Return a case whose limit for a claim is 1 September 2025, and which Dana represents."""
    return add(
        book, given_to(book, a_case(book, kind="core.disciplinary", **more), "dana"), DISMISSED
    )


def test_a_limit_is_near_and_then_missed(book: Rulebook) -> None:
    case, last = dismissed(book), date(2025, 9, 1)
    assert asked(book, case, on=last) == ()
    assert asked(book, case, on=last - timedelta(8), within=7) == ()
    for day in (last - timedelta(7), last):
        (found,) = asked(book, case, on=day, within=7)
        assert (found.what, found.by) == (Concern.LIMIT_NEAR, last)
        assert (found.acts.value, found.people) == ("representative", ("dana",))
        assert found.sentence().endswith("To act: representative (dana), by 1 September 2025")
    (found,) = asked(book, case, on=last + timedelta(1))
    assert (found.what, found.by) == (Concern.LIMIT_MISSED, last)
    assert (found.acts.value, found.people) == ("regional-organiser", ("fynn",))


def test_a_limit_that_is_not_known_says_what_is_missing(book: Rulebook) -> None:
    case = attrs.evolve(
        dismissed(book),
        entries=tuple(
            attrs.evolve(each, nation="") if isinstance(each, Open) else each
            for each in dismissed(book).entries
        ),
    )
    (found,) = asked(book, case)
    assert found.what is Concern.LIMIT_NOT_KNOWN
    assert found.why.endswith("the nation of the track is not given")


def test_what_can_least_be_undone_comes_first(book: Rulebook) -> None:
    policy = add(book, given_to(book, a_case(book, "A"), "dana"), *events(DAY, "lodge_grievance"))
    alone = add(book, a_case(book, "B"), opposing("A"), others=[policy])
    law = dismissed(book, reference="Z")
    found = asked(book, policy, alone, law, on=date(2025, 8, 30), within=7, idle=30)
    assert [(each.case, each.what) for each in found] == [
        *((case, Concern.LIMIT_NEAR) for case in ("A", "B", "Z")),
        ("B", Concern.NOBODY_REPRESENTS),
        ("A", Concern.LIMIT_NOT_KNOWN),
        ("A", Concern.NOTHING_HAPPENED),
        ("B", Concern.NOTHING_HAPPENED),
        ("Z", Concern.NOTHING_HAPPENED),
    ]


def test_a_case_lies_still_after_as_many_days_as_the_caller_says(book: Rulebook) -> None:
    case = given_to(book, a_case(book), "dana")
    assert asked(book, case, on=DAY + timedelta(29), idle=30) == ()
    (found,) = asked(book, case, on=DAY + timedelta(30), idle=30)
    assert (found.what, found.people) == (Concern.NOTHING_HAPPENED, ("dana",))


# -- of whom, and of what --------------------------------------------------------------------------


def test_of_a_branch_only_its_cases_are_told(book: Rulebook) -> None:
    here, there = a_case(book), attrs.evolve(a_case(book, "C-2"), branch="office")
    assert {each.case for each in asked(book, here, there)} == {"C-1", "C-2"}
    assert {each.case for each in asked(book, here, there, branch="b")} == {"C-1"}


def test_a_key_of_no_record_is_no_empty_list(book: Rulebook) -> None:
    with pytest.raises(UnknownName, match="did you mean 'office'"):
        asked(book, branch="offic")
    with pytest.raises(UnknownName):
        asked(book, person="nobody")


def test_what_it_prints_names_nobody(book: Rulebook) -> None:
    found = asked(book, given_to(book, a_case(book), "cato"), on=EXPIRES)
    assert repr(found) == "(<Attention C-1, t, may not represent, 2025-09-01>,)"


# -- no case is forgotten --------------------------------------------------------------------------

UNREPRESENTED = "unison.rule_i_discipline"
KINDS = ("core.grievance", "core.disciplinary", "unison.advice_enquiry", UNREPRESENTED)
ROLES = {
    "cato": "steward",
    "dana": "steward",
    "edda": "branch-secretary",
    "fynn": "regional-organiser",
}
LATER = st.integers(0, 60).map(lambda days: DAY + timedelta(days))


@st.composite
def some_cases(draw: st.DrawFn, book: Rulebook) -> list[Case]:
    """Draw cases that ran at random, through the doors of the library."""
    made = [
        a_case(book, f"C-{number}", person, kind=draw(st.sampled_from(KINDS)))
        for number, person in enumerate(("ada", "bela", "edda"))
    ]
    for _ in range(draw(st.integers(0, 10))):
        at = draw(st.integers(0, len(made) - 1))
        others = [case for number, case in enumerate(made) if number != at]
        case, who = made[at], draw(st.sampled_from(sorted(ROLES)))
        step = draw(st.sampled_from(["assign", "assign", "release", "event", "link"]))
        found: Any = None
        if step == "assign":
            by = "fynn" if who == "edda" else "edda"
            each = entry(Assign, person=who, role=ROLES[who], by=by)
            found = enter(book, case, each, *others)
        elif step == "release" and (there := case.tracks["t"].assigned(DAY)):
            found = enter(book, case, entry(Release, person=there[0].person), *others)
        elif step == "link":
            found = enter(book, case, opposing(made[at - 1].reference), *others)
        elif step == "event":
            track = draw(st.sampled_from(sorted(case.tracks)))
            ways = [way for way in possible(book, case, track, on=DAY).transitions if not way.form]
            if ways:
                way = draw(st.sampled_from(ways))
                said = (way.needs,) if way.needs else ()
                moved = entry(CaseEvent, track=track, event=way.event, says=said)
                found = enter(book, case, moved, *others)
        if isinstance(found, Case):
            made[at] = found
    return made


@given(st.data())
def test_every_case_has_a_representative_who_is_fit_or_is_told(
    book: Rulebook, data: st.DataObject
) -> None:
    """Held against the records row by row, and against those who could be assigned today."""
    made, day = data.draw(some_cases(book)), data.draw(LATER)
    who, end = data.draw(st.sampled_from(sorted(ROLES))), data.draw(LATER)
    union = until(a_union(), who, end + timedelta(1))
    desk = at_desk(book, *made, union=union)
    concerns = attention(desk, on=day)
    for case in made:
        own = ended(book, case.tracks["union"])
        for track in case.tracks.values():
            at = (case.reference, track.key)
            here = [each for each in concerns if (each.case, each.track) == at]
            if (
                track.key == "union"
                or own
                or ended(book, track)
                or track.case_type == UNREPRESENTED
            ):
                assert Concern.NOBODY_REPRESENTS not in {each.what for each in here}
                continue
            able = {
                (each.person, each.office)
                for each in candidates(desk, case.reference, track.key, on=day)
                if each.may_act.known and each.may_act.value
            }
            acting = {(each.person, each.role) for each in track.assigned(day)}
            assert acting & able or here
            assert {each.person for each in here if each.person} == {p for p, _ in acting - able}


def ended(book: Rulebook, track: Track) -> bool:
    version = book.case_type_version(track)
    assert version is not None
    state = version.state(track.state)
    return state is not None and state.outcome
