"""What the record proves before an event is taken, and what is refused because it does not."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.books import everything
from tests.casework import (
    CITED,
    DAY,
    a_case,
    a_job,
    a_membership,
    a_union,
    add,
    enter,
    entry,
    events,
)

from unioncore import Period, Rulebook
from unioncore.answers import Desk, Refusal, Standing, deadlines, possible
from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.proofs import way_taken
from unioncore.answers.cases.refusals import Lacking
from unioncore.legal import TimeUnit
from unioncore.model import (
    UNION_TRACK,
    Assign,
    Case,
    CaseEvent,
    ClockSetting,
    Happened,
    Hold,
    Involve,
    Open,
    Person,
    Plan,
    Release,
    Setting,
    Transition,
    Union,
)

pytestmark = pytest.mark.needs_plugins

TO_OUTCOME = {
    "core.disciplinary": (
        *("start_fact_finding", "commission_investigation", "invite_to_hearing"),
        *("hold_hearing", "issue_outcome"),
    ),
    "core.flexible_working": ("submit_request", "hold_consultation", "refuse"),
}
SAYS = ("one of eight statutory grounds",)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return everything()


def a_track(book: Rulebook, kind: str, *events: str, on: date = DAY, **more: Any) -> Case:
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_case(reference="C-1", person="ada", on=on, by="edda").ok().case
    track = entry(Open, on, track="t", case_type=kind, nation="England", **more)
    case = add(book, case, track)
    return add(book, case, *(entry(CaseEvent, on, track="t", event=e, says=SAYS) for e in events))


def within(kind: str, days: int) -> Union:
    """A union that knows how long an employer leaves for an appeal."""
    setting = ClockSetting(
        of="employer",
        key="example-council",
        case_type=kind,
        clock="appeal_window",
        count=days,
        unit=TimeUnit.DAYS,
        period=Period(),
        citations=CITED,
    )
    return attrs.evolve(a_union(), clock_settings=(setting,))


def lacks(
    book: Rulebook, case: Case, event: str, on: date, union: Union | None = None
) -> tuple[Lacking, ...]:
    """What an event of the track lacks on a day; nothing where it is taken."""
    track = case.track("t")
    version = book.case_type_version(track)
    assert version is not None
    ways = [each for each in version.leaving(track.state) if each.event == event]
    asked = Asked(rulebook=book, union=union or a_union(), case=case, cases={})
    found = way_taken(asked, entry(CaseEvent, on, event=event), ways)
    return () if isinstance(found, Transition) else found


@pytest.mark.parametrize("kind", TO_OUTCOME)
def test_a_window_lapses_only_once_it_is_known_to_be_over(rulebook: Rulebook, kind: str) -> None:
    case = a_track(rulebook, kind, *TO_OUTCOME[kind], employer="example-council")
    (unknown,) = lacks(rulebook, case, "appeal_window_lapses", DAY + timedelta(90))
    assert "not known" in unknown.reason
    for days in range(14):
        found = lacks(
            rulebook, case, "appeal_window_lapses", DAY + timedelta(days), within(kind, 10)
        )
        # The tenth day after the outcome is the last one for an appeal.
        assert bool(found) == (days <= 10), days
    # The appeal itself is never kept out, whatever is known of its time.
    assert lacks(rulebook, case, "lodge_appeal", DAY + timedelta(4)) == ()


@pytest.mark.parametrize("kind", ["primary_limit_passes", "period_ends"])
def test_a_limit_passes_by_its_own_clock(rulebook: Rulebook, kind: str) -> None:
    # By hand: three months beginning with 2 June 2025 end on 1 September; interim relief is asked
    # for within seven days after the dismissal, by 9 June.
    case_type, starts, last = {
        "primary_limit_passes": ("core.early_conciliation", "time_starts", date(2025, 9, 1)),
        "period_ends": ("core.interim_relief", "time_starts", date(2025, 6, 9)),
    }[kind]
    case = a_track(rulebook, case_type, claim="unfair-dismissal", incident=DAY)
    # A limit that is only counted from the incident proves nothing.
    (unknown,) = lacks(rulebook, case, kind, DAY + timedelta(400))
    assert unknown.needed == starts
    case = add(rulebook, case, entry(Happened, DAY, track="t", event=starts))
    assert lacks(rulebook, case, kind, last)
    assert lacks(rulebook, case, kind, last + timedelta(1)) == ()


OPENS = date(2017, 6, 20)
"""The day of a conference; motions were due 112 days before, on 28 February 2017."""


def a_motion(book: Rulebook, *happened: str, planned: bool = True) -> Case:
    start = date(2017, 1, 5)
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_matter(reference="M", about="unison", on=start).ok().case
    case = add(book, case, entry(Open, start, track="t", case_type="unison.conference_motion"))
    if planned:
        plan = entry(Plan, OPENS, recorded=start, track="t", event="conference_opens")
        case = add(book, case, plan)
    return case


@pytest.mark.parametrize(("on", "to"), [("2017-02-28", "submitted"), ("2017-03-01", "late")])
def test_a_motion_is_in_time_or_late(rulebook: Rulebook, on: str, to: str) -> None:
    submit = entry(CaseEvent, date.fromisoformat(on), track="t", event="submit")
    found = enter(rulebook, a_motion(rulebook), submit)
    assert isinstance(found, Case), str(found)
    assert found.track("t").state == to
    unplanned = enter(rulebook, a_motion(rulebook, planned=False), submit)
    assert isinstance(unplanned, Refusal)
    assert "conference_opens" in unplanned.needed


def test_a_late_motion_goes_on_as_an_emergency_or_not_at_all(rulebook: Rulebook) -> None:
    day = date(2017, 6, 10)
    late = add(rulebook, a_motion(rulebook), entry(CaseEvent, day, track="t", event="submit"))
    assert lacks(rulebook, late, "admit", day)
    urgent = add(rulebook, late, entry(Happened, day, track="t", event="emergency_motion"))
    assert lacks(rulebook, urgent, "admit", day) == ()
    assert lacks(rulebook, late, "rule_out", day) == ()


def at_proposal(book: Rulebook, proposed: int | None) -> Case:
    case = a_track(book, "core.redundancy_redeployment")
    if proposed is None:
        return case
    told = {"track": "t", "event": "dismissals_proposed", "figures": {"proposed": proposed}}
    return add(book, case, entry(Happened, DAY, **told))


@pytest.mark.parametrize("proposed", [None, 0, 19, 20, 99, 100, 2000])
def test_one_regime_of_redundancy_by_the_number(rulebook: Rulebook, proposed: int | None) -> None:
    case = at_proposal(rulebook, proposed)
    letter = lacks(rulebook, case, "issue_s188_letter", DAY)
    alone = lacks(rulebook, case, "start_individual", DAY)
    # Section 188: 20 or more; 30 days before the first of up to 99, and 45 days from 100 on.
    assert bool(letter) == (proposed is None or proposed < 20)
    assert bool(alone) == (proposed is None or proposed >= 20)
    plan = entry(Plan, DAY + timedelta(90), recorded=DAY, track="t", event="notice_expires")
    found = deadlines(rulebook, add(rulebook, case, plan), on=DAY)
    days = {
        each.clock: (DAY + timedelta(90) - each.day.value).days for each in found if each.day.known
    }
    if proposed is None:
        assert not days
        assert {each.clock for each in found} >= {"collective_20", "collective_100"}
        assert "the number of dismissals proposed is not known" in {e.day.reason for e in found}
    elif proposed < 20:
        assert not found
    elif proposed < 100:
        assert days == {"collective_20": 30, "hr1": 30}
    else:
        assert days == {"collective_100": 45, "hr1_100": 45}


def test_a_breach_of_the_duty_to_consult_can_be_entered(rulebook: Rulebook) -> None:
    case = at_proposal(rulebook, 30)
    says = ("no collective consultation, although it is required",)
    start = entry(CaseEvent, DAY, track="t", event="start_individual", says=says)
    assert isinstance(enter(rulebook, case, start), Case)
    assert isinstance(enter(rulebook, at_proposal(rulebook, None), start), Refusal)


def test_a_case_goes_to_solicitors_only_with_a_limit_that_is_known(rulebook: Rulebook) -> None:
    way = next(
        each
        for version in rulebook.case_type("unison.union_case").versions
        for each in version.leaving("regional_active")
        if each.event == "send_to_solicitors"
    )

    def lacking(case: Case, on: date) -> str:
        send = entry(CaseEvent, on, track="union", event="send_to_solicitors")
        asked = Asked(rulebook=rulebook, union=a_union(), case=case, cases={})
        found = way_taken(asked, send, [way])
        return "" if isinstance(found, Transition) else found[0].reason

    case = a_track(rulebook, "core.discrimination")
    assert "time_starts is not entered" in lacking(case, DAY)
    told = add(rulebook, case, entry(Happened, DAY, track="t", event="time_starts"))
    # By hand: three months beginning with 2 June 2025.
    assert lacking(told, date(2025, 9, 1)) == ""
    assert "it was due by 1 September 2025" in lacking(told, date(2025, 9, 2))
    assert "leads to a claim" in lacking(a_track(rulebook, "core.campaign"), DAY)


def test_a_claim_is_presented_with_its_certificate_or_as_exempt(rulebook: Rulebook) -> None:
    case = a_track(rulebook, "core.employment_tribunal")
    assert len(lacks(rulebook, case, "present_et1", DAY)) == 2
    more = {"case_type": "core.early_conciliation", "nation": "England"}
    certified = add(
        rulebook,
        case,
        entry(Open, DAY, track="ec", **more),
        *(entry(CaseEvent, DAY, track="ec", event=e) for e in ("notify_acas", "issue_certificate")),
    )
    assert lacks(rulebook, certified, "present_et1", DAY) == ()
    exempt = entry(CaseEvent, DAY, track="t", event="present_et1")
    said = attrs.evolve(exempt, says=("certificate number or exemption",))
    assert isinstance(enter(rulebook, case, said), Case)


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("council", {"hold_head_hearing", "convene_committee"}),
        ("maintained-school", {"hold_head_hearing", "convene_committee"}),
        ("academy-trust", {"convene_trust"}),
        ("", set()),
    ],
)
def test_the_path_of_a_school_follows_from_its_employer(
    rulebook: Rulebook, kind: str, taken: set[str]
) -> None:
    case = a_track(rulebook, "lg.school_support_staff", "commission", employer="example-council")
    (employer,) = a_union().employers
    union = attrs.evolve(a_union(), employers=(attrs.evolve(employer, kind=kind),))
    for event in ("hold_head_hearing", "convene_committee", "convene_trust"):
        found = lacks(rulebook, case, event, DAY, union)
        assert (not found) == (event in taken)
        if not kind:
            assert "not known" in found[0].reason


@pytest.mark.parametrize("joined", [date(2025, 5, 5), date(2025, 5, 6), None])
def test_help_is_refused_by_the_level_and_not_by_a_word(
    rulebook: Rulebook, joined: date | None
) -> None:
    # Four weeks before the incident of 2 June 2025 began on 5 May; a stranger is no member.
    rows = [Person(key="ivo", name="Ivo Trial"), a_job("ivo")]
    union = a_union().append(*rows, *([a_membership("ivo", joined)] if joined else []))
    desk = Desk(rulebook=rulebook, union=union)
    opened = desk.open_case(reference="C-1", person="ivo", on=DAY, by="edda", branch="b")
    case = opened.ok().case
    track = entry(Open, case_type="core.grievance", nation="England", incident=DAY)
    case = add(rulebook, case, track, union=union)
    check = entry(CaseEvent, track="union", event="check_membership")
    case = add(rulebook, case, check, union=union)
    taken = {
        event
        for event in ("apply_four_week_rule", "refuse")
        if isinstance(
            enter(rulebook, case, entry(CaseEvent, track="union", event=event), union=union), Case
        )
    }
    advice = joined is not None and joined.day == 6
    assert taken == ({"apply_four_week_rule"} if advice else set() if joined else {"refuse"})


def test_nobody_judges_in_their_own_case(rulebook: Rulebook) -> None:
    steps = ("open_investigation", "lay_charges", "hold_hearing")
    case = a_track(rulebook, "unison.rule_i_discipline", *steps)
    case = add(rulebook, case, entry(Involve, person="cato", capacity="witness"))
    for by, event, is_taken in (
        ("ada", "impose_penalty", False),
        ("cato", "impose_penalty", False),
        ("edda", "impose_penalty", True),
        ("cato", "lodge_appeal", False),
        ("ada", "lodge_appeal", True),
        ("ada", "decide_appeal", False),
        ("edda", "decide_appeal", True),
    ):
        found = enter(rulebook, case, entry(CaseEvent, event=event, by=by))
        assert isinstance(found, Case) == is_taken, (by, event)
        if isinstance(found, Case):
            case = found
        else:
            assert "the author has no side in the matter" in str(found)
            assert found.citations
    # In a matter with the employer whoever enters a step only says that it was taken.
    other = a_track(rulebook, "core.disciplinary")
    assert add(rulebook, other, entry(CaseEvent, event="start_fact_finding", by="ada"))


def test_what_may_come_next_has_the_clocks_that_have_not_started(rulebook: Rulebook) -> None:
    case = a_track(rulebook, "core.disciplinary")
    found = possible(rulebook, case, "t", on=DAY)
    assert "start_fact_finding" in {each.event for each in found.transitions}
    happenings = {each.key for each in found.happenings}
    assert "time_starts" in happenings
    waits = {each.key: each.starts for each in found.clocks}
    assert waits["et_primary_limit"] == "time_starts"
    told = entry(Happened, DAY, track="t", event="time_starts")
    after = possible(rulebook, add(rulebook, case, told), "t", on=DAY)
    assert after.transitions == found.transitions
    # What starts one clock leaves every other one waiting, or starts it too.
    left = {each.key for each in after.clocks}
    assert left == {key for key, starts in waits.items() if starts != told.event}
    # Of two regimes only that one waits for which the number is given.
    few = possible(rulebook, at_proposal(rulebook, 30), "t", on=DAY)
    keys = {each.key for each in few.clocks}
    assert "collective_20" in keys
    assert "collective_100" not in keys


def standings(book: Rulebook, case: Case, on: date) -> Mapping[str, Standing]:
    return {each.clock: each.standing for each in deadlines(book, case, on=on)}


def test_nothing_was_missed_that_never_came(rulebook: Rulebook) -> None:
    case = a_motion(rulebook)
    drafted = standings(rulebook, case, OPENS)
    assert drafted["motion_deadline"] is Standing.MISSED
    assert drafted["amendment_deadline"] is Standing.IDLE
    before = standings(rulebook, case, OPENS - timedelta(7))
    assert before["emergency_deadline"] is Standing.RUNNING


def test_no_clock_runs_past_the_state_that_makes_it_idle(rulebook: Rulebook) -> None:
    policy = entry(CaseEvent, DAY, track="t", event="suspend")
    case = add(rulebook, a_track(rulebook, "core.disciplinary"), policy)
    assert standings(rulebook, case, DAY)["suspension_review"] is Standing.NOT_KNOWN
    closed = entry(CaseEvent, DAY + timedelta(1), track="t", event="lift_and_close")
    case = add(rulebook, case, closed)
    assert standings(rulebook, case, DAY)["suspension_review"] is Standing.NOT_KNOWN
    assert standings(rulebook, case, DAY + timedelta(1))["suspension_review"] is Standing.IDLE


HANDLED = (
    *("check_membership", "issue_case_form", "complete_member_sections", "explain_conditions"),
    *("allocate_representative", "begin", "end_procedure", "close_file"),
)


def a_handled_case(book: Rulebook, *more: str, release: bool = True, **world: Any) -> Case:
    """A case of Ada's that Dana represented, up to its closed file and further."""
    case = add(book, a_case(book), entry(Assign, person="dana", role="steward"), **world)
    case = add(book, case, *events(DAY, *HANDLED[:-2], track=UNION_TRACK), **world)
    case = add(book, case, *events(DAY, *more, track=UNION_TRACK), **world)
    return add(book, case, entry(Release, person="dana")) if release else case


@pytest.mark.parametrize(
    ("before", "event"),
    [(HANDLED[-2:], "reopen"), (("raise_concern",), "restore_support")],
)
@pytest.mark.parametrize(("release", "to"), [(True, "conditions_accepted"), (False, "active")])
def test_nobody_is_represented_again_by_somebody_who_left(
    rulebook: Rulebook, before: tuple[str, ...], event: str, release: bool, to: str
) -> None:
    case = a_handled_case(rulebook, *before, release=release)
    case = add(rulebook, case, *events(DAY, event, track=UNION_TRACK))
    assert case.track(UNION_TRACK).state == to


def test_a_file_is_destroyed_only_once_that_is_known_to_be_due(rulebook: Rulebook) -> None:
    case = a_handled_case(rulebook, *HANDLED[-2:])
    case = add(rulebook, case, *events(DAY, "withdraw_grievance"))
    kept = attrs.evolve(
        a_union(),
        settings=(
            *a_union().settings,
            Setting("branch", "b", "retention.case_file_months", 12, Period(), CITED),
            Setting("branch", "b", "retention.disposal", "erase", Period(), CITED),
        ),
    )

    def said(on: date, union: Union) -> str:
        destroy = entry(CaseEvent, on, track=UNION_TRACK, event="destroy")
        found = enter(rulebook, case, destroy, union=union)
        return str(found) if isinstance(found, Refusal) else found.track(UNION_TRACK).state

    # By hand: twelve months from the closing on 2 June 2025 end with 2 June 2026.
    late = date(2026, 6, 2)
    assert "its period is not over" in said(late, kept)
    assert said(late + timedelta(1), kept) == "destroyed"
    assert "not known what is due" in said(late + timedelta(1), a_union())
    case = add(rulebook, case, entry(Hold, late, reason="a claim is expected"), union=kept)
    assert "there is a legal hold" in said(late + timedelta(1), kept)


@pytest.mark.parametrize(
    ("kind", "event", "to"),
    [
        ("council", "notify_authority", "la_notified"),
        ("council", "confirm_dismissal", "employer"),
        ("maintained-school", "confirm_dismissal", "dismissed"),
        ("maintained-school", "notify_authority", "employer"),
    ],
)
def test_who_employs_at_a_school_ends_the_employment(
    rulebook: Rulebook, kind: str, event: str, to: str
) -> None:
    (council,) = a_union().employers
    school = attrs.evolve(a_union(), employers=(attrs.evolve(council, kind=kind),))
    case = a_case(rulebook, kind="lg.school_support_staff", union=school)
    case = add(
        rulebook,
        case,
        *events(DAY, "commission", "convene_committee", "lodge_appeal"),
        union=school,
    )
    found = enter(rulebook, case, entry(CaseEvent, event=event), union=school)
    if isinstance(found, Refusal):
        assert to in found.reasons[0]
        return
    assert found.track("t").state == to
    clocks = {each.clock: each.day for each in deadlines(rulebook, found, on=DAY)}
    # The first of fourteen days is that of the notice: 2 June 2025 and thirteen more.
    assert ("la_terminate" in clocks) == (kind == "council")
    assert kind != "council" or clocks["la_terminate"].value == date(2025, 6, 15)
