"""Who may represent whom: each requirement, the order of candidates, and what stands in the way."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.books import everything
from tests.casework import (
    DAY,
    EXPIRES,
    LONG_AGO,
    a_case,
    a_job,
    a_membership,
    a_union,
    add,
    at_desk,
    enter,
    entry,
)

from unioncore import Rulebook, ask
from unioncore.answers import (
    Desk,
    Refusal,
    Workload,
    candidates,
    may_leave,
    overdue,
    representation_level,
    workload,
)
from unioncore.errors import UnknownName
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    CaseForm,
    Discretion,
    Happened,
    Holding,
    Involve,
    Link,
    Office,
    Parent,
    Person,
    Plan,
    Release,
    Unit,
)

pytestmark = pytest.mark.needs_plugins


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


# -- the requirements ------------------------------------------------------------------------------

STEWARD: dict[str, Any] = {
    "representative.role": "steward",
    "representative.accredited_for": frozenset({"employment-rights"}),
    "representative.is_party": False,
    "representative.represents_opponent": False,
    "track.family": "grievance",
    "track.companion": True,
}
NAMES = {
    "tier": "unison.representative_of_the_tier",
    "certified": "unison.representative_certified",
    "accredited": "unison.representative_accredited",
    "outside": "unison.representative_stands_outside",
    "one-side": "unison.representative_has_one_side",
}


@pytest.mark.parametrize(
    ("requirement", "change", "verdict"),
    [
        ("tier", {}, "met"),
        ("tier", {"representative.role": "branch-secretary"}, "met"),
        ("tier", {"track.family": "discrimination"}, "not-met"),
        ("tier", {"track.family": None}, "not-required"),
        ("tier", {"representative.role": None}, "unknown"),
        ("certified", {}, "met"),
        ("certified", {"representative.accredited_for": frozenset()}, "not-met"),
        ("certified", {"representative.accredited_for": None}, "unknown"),
        ("certified", {"track.companion": False}, "not-required"),
        (
            "certified",
            {
                "representative.role": "regional-organiser",
                "representative.accredited_for": frozenset(),
            },
            "not-required",
        ),
        ("accredited", {}, "not-required"),
        ("accredited", {"track.accreditation": "job-evaluation"}, "not-met"),
        ("accredited", {"track.accreditation": "employment-rights"}, "met"),
        (
            "accredited",
            {"track.accreditation": "job-evaluation", "representative.accredited_for": None},
            "unknown",
        ),
        ("outside", {}, "met"),
        ("outside", {"representative.is_party": True}, "not-met"),
        ("outside", {"representative.is_party": None}, "unknown"),
        ("one-side", {}, "met"),
        ("one-side", {"representative.represents_opponent": True}, "not-met"),
        ("one-side", {"representative.represents_opponent": None}, "unknown"),
    ],
)
def test_a_requirement(
    book: Rulebook, requirement: str, change: dict[str, Any], verdict: str
) -> None:
    facts = {key: value for key, value in {**STEWARD, **change}.items() if value is not None}
    name = NAMES[requirement]
    asked = ask(book, facts, name, "may_represent", on=DAY)
    found, whole = asked[name], asked["may_represent"]
    assert (found.value if found.known else "unknown") == verdict
    if verdict == "unknown":
        assert not whole.known
        assert set(whole.missing) & {key for key, value in change.items() if value is None}
    else:
        assert whole.value is (verdict != "not-met")
        assert any(reason.citations for reason in found.because)


# -- a small branch --------------------------------------------------------------------------------


def giving(person: str, role: str = "steward", *, on: date = DAY, **more: Any) -> Assign:
    by = "fynn" if person == "edda" else "edda"
    return entry(Assign, on, person=person, role=role, **{"by": by, **more})


def given(book: Rulebook, case: Case, person: str, role: str = "steward", *cases: Case) -> Case:
    return add(book, case, giving(person, role), others=cases)


def involving(person: str, capacity: str = "witness") -> Involve:
    return entry(Involve, person=person, capacity=capacity)


def refused(book: Rulebook, case: Case, each: CaseEntry, *cases: Case) -> str:
    found = enter(book, case, each, *cases)
    assert isinstance(found, Refusal)
    return str(found)


# -- candidates ------------------------------------------------------------------------------------


def test_who_may_act_and_has_least_to_do_comes_first(book: Rulebook) -> None:
    case = a_case(book)
    busy = given(book, a_case(book, "C-2", "bela"), "cato")
    found = candidates(at_desk(book, case, busy), "C-1", "t", on=DAY)
    assert [(each.person, each.tier, each.workload.tracks) for each in found] == [
        ("dana", "steward", 0),
        ("edda", "branch-officer", 0),
        ("fynn", "regional-organiser", 0),
        ("cato", "steward", 1),
    ]
    assert all(each.may_act.value for each in found)


def test_who_may_not_act_comes_last_with_the_reason(book: Rulebook) -> None:
    case = add(book, a_case(book), involving("dana"))
    found = candidates(at_desk(book, case), "C-1", "t", on=DAY)
    assert [each.person for each in found] == ["cato", "edda", "fynn", "dana"]
    assert found[-1].may_act.value is False
    said = " ".join(reason.text for reason in found[-1].may_act.because)
    assert "stands outside the matter" in said
    case = a_case(book)
    later = candidates(at_desk(book, case), "C-1", "t", on=date(2025, 7, 1))
    assert [each.person for each in later if each.may_act.value] == ["dana", "edda", "fynn"]


def test_an_office_of_no_tier_is_not_known_and_comes_between(book: Rulebook) -> None:
    union = a_union().append(Holding(office="link", person="bela", start=LONG_AGO))
    case = add(book, a_case(book), involving("dana"))
    found = candidates(at_desk(book, case, union=union), "C-1", "t", on=DAY)
    assert [each.person for each in found][-2:] == ["bela", "dana"]
    assert found[-2].tier == ""
    assert not found[-2].may_act.known


def test_the_better_of_two_offices_counts(book: Rulebook) -> None:
    union = a_union().append(Holding(office="link", person="edda", start=LONG_AGO))
    case = a_case(book)
    found = candidates(at_desk(book, case, union=union), "C-1", "t", on=DAY)
    assert [each.office for each in found if each.person == "edda"] == ["branch-secretary"]


def test_posts_of_the_region_and_of_the_whole_union_are_asked_and_no_others(
    book: Rulebook,
) -> None:
    union = a_union().append(
        Unit(key="SE", kind="region", name="South East"),
        Unit(key="office-se", kind="regional-office", name="Another regional office"),
        Unit(key="unit", kind="directorate", name="Example national unit"),
        Parent(unit="office-se", axis="region", parent="SE"),
        Parent(unit="office-se", axis="staff", parent="unison"),
        Parent(unit="unit", axis="staff", parent="unison"),
        Person(key="gwen", name="Gwen Mould"),
        Person(key="hari", name="Hari Template"),
        Office(key="national", role="national-secretary", unit="unit"),
        Office(key="organiser-se", role="regional-organiser", unit="office-se"),
        Holding(office="national", person="gwen", start=LONG_AGO),
        Holding(office="organiser-se", person="hari", start=LONG_AGO),
    )
    case = a_case(book, kind="lg.swe_ftp")
    found = candidates(at_desk(book, case, union=union), "C-1", "t", on=DAY)
    assert [each.person for each in found if each.may_act.value] == ["gwen"]
    assert [each.person for each in found] == ["gwen", "cato", "dana", "edda", "fynn"]


def test_nobody_is_their_own_candidate(book: Rulebook) -> None:
    case = a_case(book, person="cato")
    found = candidates(at_desk(book, case), "C-1", "t", on=DAY)
    assert "cato" not in {each.person for each in found}


def test_nobody_represents_where_the_kind_names_no_tier(book: Rulebook) -> None:
    case = a_case(book, kind="unison.rule_i_discipline")
    assert candidates(at_desk(book, case), "C-1", "t", on=DAY) == ()
    said = refused(book, case, giving("edda", "branch-secretary"))
    assert "nobody represents in a matter of this kind: Discipline of a member" in said


# -- assigning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("each", "involved", "said"),
    [
        (giving("cato", "branch-secretary"), "", "does not hold the office 'branch-secretary'"),
        (giving("bela"), "", "somebody who holds an office"),
        (giving("cato"), "cato", "not met: the representative stands outside the matter"),
        (giving("cato", on=date(2025, 7, 1)), "", "not met: a lay representative at a hearing"),
        (giving("cato", by="ada"), "", "not met: the author has no side in the matter"),
        (giving("cato"), "edda", "not met: the author has no side in the matter"),
        (giving("cato", by="bela"), "", "not met: a branch officer or the staff of the region"),
        (giving("edda", "branch-secretary", by="edda"), "", "not in the author's own favour"),
        (giving("cato", track="x"), "", "has no track 'x'"),
    ],
)
def test_a_refusal_says_why(book: Rulebook, each: CaseEntry, involved: str, said: str) -> None:
    case = add(book, a_case(book), *([involving(involved)] if involved else []))
    assert said in refused(book, case, each)


def test_a_refusal_by_a_rule_cites_it(book: Rulebook) -> None:
    found = enter(book, a_case(book), giving("cato", by="bela"))
    assert isinstance(found, Refusal)
    (cited,) = found.citations
    assert cited.instrument.startswith("UNISON South East, branch guidance for referral of cases")


def test_what_is_not_known_is_asked_for(book: Rulebook) -> None:
    union = a_union().append(Holding(office="link", person="bela", start=LONG_AGO))
    found = enter(book, a_case(book), giving("bela", "labour-link-officer"), union=union)
    assert isinstance(found, Refusal)
    assert "whether they may is not known" in found.reasons[0]


def test_the_tier_is_entered(book: Rulebook) -> None:
    case = given(book, a_case(book), "edda", "branch-secretary")
    assert [each.tier for each in case.tracks["t"].assigned(DAY)] == ["branch-officer"]
    assert "on the track already" in refused(book, case, giving("edda", "branch-secretary"))


def test_no_one_acts_for_both_sides(book: Rulebook) -> None:
    accused = given(book, a_case(book, "C-2", "bela", kind="core.disciplinary"), "cato")
    case = add(book, a_case(book), opposing("C-2"), others=[accused])
    said = refused(book, case, giving("cato"), accused)
    assert "not met: the representative does not act for the other side" in said
    # The link counts from the other end, too, and the other side does not allocate.
    mine = given(book, case, "dana", "steward", accused)
    assert "other side" in refused(book, accused, giving("dana"), mine)
    assert "the author has no side" in refused(
        book, case, giving("edda", "branch-secretary", by="bela"), accused
    )


def test_a_link_stands_in_both_cases(book: Rulebook) -> None:
    desk = Desk(rulebook=book, union=a_union(), cases=[a_case(book), a_case(book, "C-2", "bela")])
    desk = desk.enter("C-1", opposing("C-2")).ok().desk
    assert [link.reference for link in desk.case("C-2").links()] == ["C-1"]
    assert desk.replay("C-2").ok().case == desk.case("C-2")
    assert desk.replay("C-1").ok().case == desk.case("C-1")


def test_a_conflict_that_an_entry_brings_out_is_told_at_once(book: Rulebook) -> None:
    mine, other = (
        given(book, a_case(book), "dana"),
        given(book, a_case(book, "C-2", "bela"), "dana"),
    )
    desk = Desk(rulebook=book, union=a_union(), cases=[mine, other])
    assert desk.enter("C-1", involving("dana")).ok().warnings == ()
    for found in (
        desk.enter("C-1", opposing("C-2")),
        desk.enter("C-1", involving("dana", "accused")),
    ):
        assert "C-1/t: who represents is on the other side" in found.ok().warnings[0]


def test_who_manages_the_member_by_the_records_is_on_the_other_side(book: Rulebook) -> None:
    """On the day, and on that of the incident; of another member's matter they know nothing."""
    moved = date(2025, 6, 10)
    job = attrs.evolve(a_job("ada"), managed_by="cato", end=moved)
    jobs = (job, attrs.evolve(job, managed_by="dana", start=moved, end=None))
    union = attrs.evolve(
        a_union(), jobs=(*jobs, *(each for each in a_union().jobs if each.person != "ada"))
    )
    desk = at_desk(book, a_case(book), a_case(book, "C-2", "bela"), union=union)
    opposed = {
        (reference, person, on): desk.viewer(reference, person, on=on).is_opposed
        for reference in ("C-1", "C-2")
        for person in ("cato", "dana")
        for on in (DAY, moved)
    }
    assert {at for at, is_so in opposed.items() if is_so} == {
        ("C-1", "cato", DAY),
        ("C-1", "cato", moved),
        ("C-1", "dana", moved),
    }
    found = desk.enter("C-1", giving("cato"))
    assert isinstance(found, Refusal)
    assert "not met: the representative stands outside the matter" in found.reasons
    assert desk.enter("C-2", giving("cato")).ok()


def test_who_was_released_from_the_other_side_stays_on_it(book: Rulebook) -> None:
    """Whether the link stands in one case or in the other, and for the view as for the office."""
    other = given(book, a_case(book, "C-2", "bela"), "cato")
    other = add(book, other, entry(Release, person="cato"))
    assert other.tracks["t"].assigned(DAY) == ()
    case = a_case(book)
    one_side = (add(book, case, opposing("C-2"), others=[other]), other)
    other_side = (case, add(book, other, opposing("C-1"), others=[case]))
    for mine, against in (one_side, other_side):
        assert "not met: the representative does not act" in refused(
            book, mine, giving("cato"), against
        )
        desk = at_desk(book, mine, against)
        could = candidates(desk, "C-1", "t", on=DAY)
        assert {each.person: each.may_act.value for each in could}["cato"] is False
        assert desk.viewer("C-1", "cato", on=DAY).is_opposed is True
        assert desk.enter("C-1", giving("dana")).ok()


def test_nobody_is_assigned_while_a_linked_case_is_not_at_hand(book: Rulebook) -> None:
    case = add(book, a_case(book), opposing("C-2"), others=[a_case(book, "C-2", "bela")])
    said = refused(book, case, giving("dana"))
    assert "who is on the other side is not known" in said
    found = candidates(at_desk(book, case), "C-1", "t", on=DAY)
    assert found
    assert all(not each.may_act.known or each.may_act.value is False for each in found)
    assert any(
        "representative.represents_opponent" in each.may_act.missing
        for each in found
        if not each.may_act.known
    )
    desk = Desk(rulebook=book, union=a_union(), cases=[case])
    assert desk.viewer("C-1", "dana", on=DAY).is_opposed is None


def opposing(reference: str) -> Link:
    return entry(Link, how="opposes", reference=reference)


# -- what is theirs --------------------------------------------------------------------------------


def test_workload_counts_open_tracks_on_a_day(book: Rulebook) -> None:
    case = given(book, a_case(book), "cato")
    other = given(book, a_case(book, "C-2", "bela", kind="unison.advice_enquiry"), "cato")
    desk = at_desk(book, case, other)
    assert workload(desk, "cato", on=DAY) == Workload(cases=2, tracks=2, limits=1)
    assert workload(desk, "cato", on=DAY - timedelta(1)) == Workload(0, 0, 0)
    ended = add(
        book, other, entry(CaseEvent, event="triage"), entry(CaseEvent, event="give_advice")
    )
    assert workload(at_desk(book, case, ended), "cato", on=DAY).tracks == 1
    assert may_leave(at_desk(book, case, ended), "cato", on=DAY) == ("C-1",)
    released = add(book, case, entry(Release, person="cato"))
    assert may_leave(at_desk(book, released, ended), "cato", on=DAY) == ()
    with pytest.raises(UnknownName):
        workload(desk, "catto", on=DAY)


def test_of_two_who_have_as_many_tracks_the_one_with_fewer_limits_of_law_comes_first(
    book: Rulebook,
) -> None:
    limited = add(book, a_case(book, "C-2", "bela"), entry(Happened, event="time_starts"))
    limited = given(book, limited, "cato")
    enquiry = given(book, a_case(book, "C-3", "bela", kind="unison.advice_enquiry"), "dana")
    desk = at_desk(book, a_case(book), limited, enquiry)
    assert workload(desk, "cato", on=DAY) == Workload(cases=1, tracks=1, limits=1)
    found = [each.person for each in candidates(desk, "C-1", "t", on=DAY)]
    assert found == ["edda", "fynn", "dana", "cato"]


def test_what_is_late_goes_on_and_the_oldest_comes_first(book: Rulebook) -> None:
    case = a_case(book)
    set_for = date(2025, 6, 9)
    plan = entry(Plan, set_for, recorded=DAY, event="originally_proposed_hearing_date")
    later = entry(Plan, date(2025, 6, 10), recorded=DAY, event="originally_proposed_hearing_date")
    cases = [add(book, a_case(book, "C-2", "bela"), later), add(book, case, plan)]
    assert overdue(at_desk(book, *cases), on=date(2025, 6, 16)) == ()
    found = overdue(at_desk(book, *cases), on=date(2025, 6, 18))
    assert [(each.case, each.deadline.clock, each.escalates_to) for each in found] == [
        ("C-1", "companion_postponement", "regional-organiser"),
        ("C-2", "companion_postponement", "regional-organiser"),
    ]


def test_what_can_no_longer_come_is_not_late(book: Rulebook) -> None:
    case = add(
        book,
        a_case(book, kind="core.disciplinary"),
        entry(Plan, date(2025, 6, 9), recorded=DAY, event="originally_proposed_hearing_date"),
        entry(Happened, event="time_starts"),
        *(
            entry(CaseEvent, event=each)
            for each in ("suspend", "commission_investigation", "invite_to_hearing")
        ),
    )
    late = date(2026, 1, 5)
    assert len(overdue(at_desk(book, case), on=late)) == 2
    ended = add(book, case, entry(CaseEvent, event="resign"))
    # The hearing of a track that has ended cannot be rearranged; the tribunal lies outside it.
    (found,) = overdue(at_desk(book, ended), on=late)
    assert found.deadline.clock == "et_primary_limit"


# -- onwards ---------------------------------------------------------------------------------------

TO_ACTIVE = (
    "check_membership",
    "issue_case_form",
    "complete_member_sections",
    "explain_conditions",
    "allocate_representative",
    "begin",
)
STEPS = [entry(CaseEvent, track="union", event=event) for event in TO_ACTIVE]
ONWARDS = entry(
    CaseEvent,
    track="union",
    event="complete_rep_sections",
    says=("branch in support",),
)


def test_a_referral_lists_everything_that_is_lacking(book: Rulebook) -> None:
    case = a_case(book, incident=None)
    form = entry(CaseForm, sections=tuple(range(1, 15)))
    case = add(book, case, giving("cato"), form, *STEPS)
    found = enter(book, case, ONWARDS)
    assert isinstance(found, Refusal)
    assert found.reasons == (
        "8 of 22 sections of the case form are not complete",
        "a track has no day of the incident, so no time limit can be told",
    )
    assert found.needed == (
        "sections 15, 16, 17, 18, 19, 20, 21, 22",
        "the day of the incident of: t",
    )


def test_a_complete_referral_still_follows_the_case_type(book: Rulebook) -> None:
    form = entry(CaseForm, sections=tuple(range(1, 23)))
    case = add(book, a_case(book), form)
    found = enter(book, case, ONWARDS)
    assert isinstance(found, Refusal)
    assert "does not follow on: Enquiry logged" in str(found)
    found = enter(book, add(book, case, giving("cato"), *STEPS), ONWARDS)
    assert isinstance(found, Case)
    assert found.tracks["union"].state == "regional_requested"


def test_nobody_is_being_represented_before_somebody_fit_is_assigned(book: Rulebook) -> None:
    *before, allocated, begin = STEPS
    case = add(book, a_case(book), *before)
    found = enter(book, case, allocated)
    assert isinstance(found, Refusal)
    assert str(found) == ("nobody represents on any track of the case. Needed: an entry 'assign'")
    given = add(book, case, giving("cato"))
    # The certificate of Cato counts up to the day before it expires.
    last = EXPIRES - timedelta(1)
    assert isinstance(enter(book, given, attrs.evolve(allocated, on=last, recorded=last)), Case)
    found = enter(book, given, attrs.evolve(allocated, on=EXPIRES, recorded=EXPIRES))
    assert isinstance(found, Refusal)
    assert "certified by the union" in str(found)
    released = add(book, given, allocated, entry(Release, person="cato", by="fynn"))
    assert isinstance(enter(book, released, begin), Refusal)


@pytest.mark.parametrize("joined", [date(2025, 5, 5), date(2025, 5, 6)])
def test_nobody_is_assigned_where_the_level_is_advice_only(book: Rulebook, joined: date) -> None:
    # Four weeks before the incident of 2 June 2025 began on 5 May.
    more = (Person(key="ivo", name="Ivo Trial"), a_membership("ivo", joined), a_job("ivo"))
    union = a_union().append(*more)
    case = a_case(book, person="ivo", union=union)
    found = enter(book, case, giving("cato"), union=union)
    assert isinstance(found, Case) == (joined.day == 5)
    if isinstance(found, Refusal):
        assert "the branch secretary authorised it in writing" in str(found)
        assert "a discretion on record, where the rules allow one" in found.needed
        assert found.citations
        used = entry(Discretion, reason="Help with the hearing, agreed in writing.")
        allowed = add(book, case, used, union=union)
        assert isinstance(enter(book, allowed, giving("cato"), union=union), Case)


def test_a_level_that_is_not_known_keeps_nobody_waiting(book: Rulebook) -> None:
    union = attrs.evolve(a_union(), settings=())
    found = enter(book, a_case(book, incident=None), giving("cato"), union=union)
    assert isinstance(found, Case)


def test_what_is_not_recorded_leaves_the_level_unknown(book: Rulebook) -> None:
    case = a_case(book)
    bare = attrs.evolve(a_union(), settings=())
    found = representation_level(at_desk(book, case, union=bare), "C-1", "t", on=DAY)
    assert not found.known
    assert "branch.membership_starts" in found.missing


@pytest.mark.parametrize(
    ("group", "person", "role", "fits"),
    [
        ("chief-officer", "dana", "steward", False),
        ("chief-officer", "fynn", "regional-organiser", True),
        ("local-government-services", "dana", "steward", True),
    ],
)
def test_who_represents_fits_the_post_of_the_member(
    book: Rulebook, group: str, person: str, role: str, fits: bool
) -> None:
    jobs = tuple(attrs.evolve(each, group=group) for each in a_union().jobs)
    union = attrs.evolve(a_union(), jobs=jobs)
    case = a_case(book, union=union)
    found = enter(book, case, entry(Assign, person=person, role=role), union=union)
    assert isinstance(found, Case) == fits, str(found)
    able = {
        each.person
        for each in candidates(Desk(rulebook=book, union=union, cases=[case]), "C-1", "t", on=DAY)
        if each.may_act.known and each.may_act.value
    }
    assert (person in able) == fits
    assert fits or "a chief officer or senior manager" in str(found)
