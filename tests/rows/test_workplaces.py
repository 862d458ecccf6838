"""Workplaces and activists: density, the way of a representative, safety, learning."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore import Rulebook, changes
from unioncore.answers import (
    assess,
    density_of,
    facility_time_of,
    learning_of,
    path_of,
    rep_standing_of,
    representatives_of,
    safety_of,
)
from unioncore.errors import BadFacts, ChangeRefused, UnknownName
from unioncore.handbook import Book, Grid, Handbook, Section
from unioncore.model import Notice, SafetyEvent, Snapshot, Union, Workforce

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

ON = ("--on", "2026-10-01")


# -- B8 --------------------------------------------------------------------------------------------


def test_b8_members_beside_the_workforce_by_workplace(rulebook: Rulebook, now: Snapshot) -> None:
    found = density_of(rulebook, now, "essex")
    places = {each.workplace: each for each in found.workplaces}
    epping = places["epping-forest-district-council-hq"]
    assert (epping.members, epping.workforce, epping.majority) == (4, 7, True)
    # Counted by hand from workforce.csv: 158 staff, and the members of the branch with a job.
    assert found.density == Fraction(sum(e.members for e in found.workplaces), 158)
    gaps = [each.gap for each in found.workplaces]
    assert gaps == sorted(gaps, key=lambda gap: -(gap or 0))
    old = places["uttlesford-district-council-hq"]
    assert old.stale
    assert any("31 March 2024" in said for said in found.warnings)
    assert "essex-county-council-hq" in {e.workplace for e in found.without_representative}


def test_b8_an_unknown_workforce_leaves_the_parts(rulebook: Rulebook, union: Union) -> None:
    kept = tuple(row for row in union.workforce if row.employer != "harlow-district-council")
    now = attrs.evolve(union, workforce=kept).on(date(2026, 10, 1))
    found = density_of(rulebook, now, "essex")
    assert found.density is None
    assert found.majority is None
    assert any(each.density is not None for each in found.workplaces)


def test_b8_more_members_than_staff_is_told_and_not_used(rulebook: Rulebook, union: Union) -> None:
    few = Workforce(
        employer="kent-police", workplace="kent-police-hq", day=date(2026, 9, 1), staff=1
    )
    found = density_of(rulebook, union.append(few).on(date(2026, 10, 1)), "kent-police-branch")
    (place,) = found.workplaces
    assert (place.workforce, place.density, found.density) == (None, None, None)
    assert "5 members and 1 staff" in place.note


def test_b8_the_count_of_the_day_and_not_a_later_one(rulebook: Rulebook, union: Union) -> None:
    assert density_of(rulebook, union.on(date(2026, 3, 30)), "kent-police-branch").density is None
    assert density_of(rulebook, union.on(date(2026, 3, 31)), "kent-police-branch").density


@given(st.sampled_from(["essex", "kent-police-branch", "EA", "devon-county"]), st.integers(0, 9))
def test_b8_the_workplaces_add_up_to_the_members(
    rulebook: Rulebook, union: Union, unit: str, months: int
) -> None:
    now = union.on(date(2026, 1 + months, 1))
    found = density_of(rulebook, now, unit)
    at_work = sum(each.members for each in found.workplaces)
    assert at_work == sum(each.members for each in found.employers)
    assert at_work + found.not_at_work == found.members == len(now.members(unit))
    for each in (*found.workplaces, *found.employers):
        assert each.density is None or 0 <= each.density <= 1


def test_b8_from_the_command_line(run: Callable[..., Any]) -> None:
    found = run("density", "--unit", "kent-police-branch", *ON)
    assert found.exit_code == 0
    assert "16.7 %" in found.output
    told = json.loads(run("density", "--employer", "kent-police", "--json", *ON).stdout)
    assert told["density"] == "1/6"
    drawn = run("density", "--unit", "essex", "--format", "svg", *ON)
    assert drawn.output.startswith("<svg")
    assert "Epping Forest" in drawn.output
    unknown = run("density", "--unit", "lincolnshire", *ON)
    assert (unknown.exit_code, "density not known" in unknown.output) == (3, True)
    assert run("density", *ON).exit_code == 2
    slip = run("density", "--unit", "essx", *ON)
    assert (slip.exit_code, "did you mean 'essex'" in slip.output) == (2, True)


# -- B9, B10 ---------------------------------------------------------------------------------------


def test_b9_from_contact_to_specialist(rulebook: Rulebook, now: Snapshot) -> None:
    found = path_of(rulebook, now, "essex", within=90)
    assert dict(found.steps) == {
        "contact": 2,
        "elected": 1,
        "told": 1,
        "trained": 0,
        "certified": 1,
        "specialist": 1,
    }
    assert found.lacking["employer not told"] == ("M0948",)
    assert sum(found.steps.values()) == len(
        {each.person for each in representatives_of(rulebook, now, "essex")}
    )
    assert "M0" not in found.to_text()


def test_b9_whose_certificate_ends(rulebook: Rulebook, now: Snapshot, union: Union) -> None:
    # Certified on 6 December 2021, so to 5 December 2026: 65 days after 1 October.
    assert path_of(rulebook, now, "kent-police-branch", within=64).expiring == {}
    ending = path_of(rulebook, now, "kent-police-branch", within=65).expiring
    assert ending == {"M0029": date(2026, 12, 5)}
    later = path_of(rulebook, union.on(date(2026, 12, 6)), "kent-police-branch")
    assert later.lacking["certificate run out"] == ("M0029",)


def test_b9_from_the_command_line(run: Callable[..., Any]) -> None:
    found = run("representatives", "--unit", "essex", *ON)
    assert "contact: 2" in found.output
    assert "M0948" not in found.output
    assert "M0948" not in run("representatives", "--unit", "essex", "--json", *ON).output
    assert "M0948" in run("representatives", "--unit", "essex", "--keys", *ON).output
    assert run("representatives", "--unit", "essx", *ON).exit_code == 2


def test_b10_training_and_certificates(rulebook: Rulebook, now: Snapshot) -> None:
    steward = rep_standing_of(rulebook, now, "M0903")
    assert steward.certified_until.value == date(2029, 4, 30)
    assert steward.may_take_casework.value is True
    assert steward.data_training_current.value is False
    new = rep_standing_of(rulebook, now, "M0948")
    assert new.introductory_due.value == date(2027, 3, 1)
    assert new.introductory_in_time.value is True
    assert not new.certified_until.known
    with pytest.raises(UnknownName):
        rep_standing_of(rulebook, now, "M0903x")


def test_b9_indicators_before_the_assessment(rulebook: Rulebook, now: Snapshot) -> None:
    kent = {each.key: each for each in assess(rulebook, now, "kent-police-branch").indicators}
    assert kent["members-per-representative"].value == "2.5"
    assert kent["certified"].value == "2 of 2, 100.0 %"
    assert kent["contacts-become-representatives"].value == "1 of 1"
    assert kent["annual-meeting"].why == "outside its time"
    assert kent["core-posts-vacant"].value is None
    essex = assess(rulebook, now, "essex")
    told = {each.key: each for each in essex.indicators}
    assert (told["annual-meeting"].why, told["core-posts-vacant"].value) == ("in time", "0 of 13")
    assert not essex.represents_all.known


def test_b9_what_is_not_recorded_is_not_none(rulebook: Rulebook, now: Snapshot) -> None:
    told = {each.key: each for each in assess(rulebook, now, "lincolnshire").indicators}
    assert told["annual-meeting"].value is None
    assert told["density"].value is None
    assert "not recorded" in told["density"].to_text()


def test_b9_the_assessment_from_the_command_line(run: Callable[..., Any]) -> None:
    found = run("assessment", "--branch", "essex", *ON)
    assert "no test and no league table" in found.output
    assert "annual meeting of 2026: held on 2 March 2026" in found.output
    assert run("assessment", "--branch", "essx", *ON).exit_code == 2


# -- B11 -------------------------------------------------------------------------------------------

SPRING = {"since": date(2026, 4, 1), "until": date(2026, 6, 30)}


def test_b11_the_ledger_beside_the_agreement(rulebook: Rulebook, now: Snapshot) -> None:
    found = facility_time_of(rulebook, now, "kent-police-branch", **SPRING)
    assert dict(found.minutes) == {"activity": 90, "case": 120, "duty": 420, "training": 420}
    assert dict(found.paid_by) == {"employer": 960, "own-time": 90}
    # 14 hours at 19.62 pounds and 2 at 23.26.
    assert (found.cost, found.without_rate) == (Decimal("321.20"), 0)
    assert dict(found.covered) == {"no": 1, "not recorded": 2, "yes": 3}
    assert dict(found.refused) == {"the shift was short of staff": 1}
    one, other = found.representatives
    # Four hours a month, for three months.
    assert (one.agreed, one.used, one.left) == (720, 420, 300)
    assert (other.used, other.refused) == (120, 240)
    assert one.right.value is True


def test_b11_a_period_of_no_whole_months_leaves_the_agreement_not_known(
    rulebook: Rulebook, now: Snapshot
) -> None:
    days = {"since": date(2026, 4, 1), "until": date(2026, 6, 29)}
    found = facility_time_of(rulebook, now, "kent-police-branch", **days)
    assert [each.agreed for each in found.representatives] == [None, None]
    with pytest.raises(BadFacts, match="2026-04-01 or later"):
        facility_time_of(rulebook, now, "essex", since=date(2026, 4, 1), until=date(2026, 3, 31))


def test_b11_both_ends_are_in_the_period(rulebook: Rulebook, now: Snapshot) -> None:
    day = date(2026, 5, 6)
    found = facility_time_of(rulebook, now, "kent-police-branch", since=day, until=day)
    assert dict(found.minutes) == {"duty": 120}


def test_b11_the_duty_to_publish_has_ended(rulebook: Rulebook, now: Snapshot) -> None:
    def publish(until: date) -> Any:
        found = facility_time_of(
            rulebook, now, "kent-police-branch", since=date(2024, 4, 1), until=until
        )
        return found.publish["kent-police"]

    assert publish(date(2026, 5, 6)).value is False
    # Its size and the list of the Regulations are in no record.
    rows = attrs.evolve(now.union.time_taken[0], day=date(2025, 3, 1))
    then = now.union.append(rows).on(now.day)
    found = facility_time_of(
        rulebook, then, "kent-police-branch", since=date(2024, 4, 1), until=date(2025, 3, 31)
    )
    assert not found.publish["kent-police"].known


def test_b11_from_the_command_line(run: Callable[..., Any]) -> None:
    words = ("facility-time", "--unit", "kent-police-branch", "--from", "2026-04-01")
    found = run(*words, "--to", "2026-06-30", *ON)
    assert "7:00 of the 12:00 agreed" in found.output
    assert "M0002" not in found.output
    assert run(*words, "--to", "2026-03-31", *ON).exit_code == 2
    assert run(*words, *ON).exit_code == 2


# -- E1 --------------------------------------------------------------------------------------------


def test_e1_in_office_from_the_notice_to_the_last_workplace(
    rulebook: Rulebook, union: Union
) -> None:
    (rep,) = safety_of(rulebook, union.on(date(2026, 3, 16)), "essex").representatives
    assert rep.in_office.value is True
    (rep,) = safety_of(rulebook, union.on(date(2026, 3, 15)), "essex").representatives
    assert rep.in_office.value is False
    ended = Notice(
        person="M0971",
        role="health-and-safety-representative",
        employer="epping-forest-district-council",
        what="ended",
        day=date(2026, 9, 1),
    )
    (rep,) = safety_of(rulebook, union.append(ended).on(date(2026, 9, 1)), "essex").representatives
    assert rep.in_office.value is False


def test_e1_inspections_and_the_committee(rulebook: Rulebook, union: Union) -> None:
    def due(day: date, *more: SafetyEvent) -> str:
        found = safety_of(rulebook, union.append(*more).on(day), "essex")
        (place,) = (e for e in found.workplaces if e.employer.startswith("epping"))
        return "; ".join(place.due)

    # Inspected on 20 April, so again from 21 July; asked for on 1 June, so set up by 1 September.
    assert "inspection" not in due(date(2026, 7, 20))
    assert "as of right since 21 July 2026" in due(date(2026, 7, 21))
    assert "due by 1 September 2026" in due(date(2026, 9, 1))
    assert "overdue since 1 September 2026" in due(date(2026, 9, 2))
    set_up = SafetyEvent(
        employer="epping-forest-district-council",
        workplace="epping-forest-district-council-hq",
        what="committee",
        day=date(2026, 8, 20),
    )
    assert "committee" not in due(date(2026, 9, 2), set_up)
    event = attrs.evolve(set_up, what="notifiable-event", day=date(2026, 5, 4))
    assert "after the event of 4 May 2026" in due(date(2026, 5, 5), event)


def test_e1_from_the_command_line(run: Callable[..., Any]) -> None:
    found = run("safety", "--unit", "essex", *ON)
    assert "in office by law: 1" in found.output
    assert "overdue since 1 September 2026" in found.output
    assert run("safety", "--unit", "essx", *ON).exit_code == 2


# -- E2, E3 ----------------------------------------------------------------------------------------


def test_e2_six_months_from_the_notice(rulebook: Rulebook, union: Union) -> None:
    def rep(day: date, *more: Notice) -> Any:
        return learning_of(rulebook, union.append(*more).on(day), "essex").representatives[0]

    assert rep(date(2026, 6, 14)).time_off.value is False
    assert rep(date(2026, 6, 15)).time_off.value is True
    assert rep(date(2026, 12, 15)).time_off.value is True
    assert rep(date(2026, 12, 16)).time_off.value is False
    second = attrs.evolve(union.notices[2], what="trained", day=date(2026, 12, 1))
    assert rep(date(2026, 12, 16), second).time_off.value is True


def test_e3_what_is_due_for_review(rulebook: Rulebook, now: Snapshot) -> None:
    (agreement,) = learning_of(rulebook, now, "essex", within=60).to_review
    assert (agreement.key, agreement.places, agreement.hours) == ("example-learning", 2, 10)
    assert agreement.lacks == ("committee",)
    assert learning_of(rulebook, now, "essex", within=59).to_review == ()


def test_e2_e3_from_the_command_line(run: Callable[..., Any]) -> None:
    found = run("learning", "--unit", "essex", *ON)
    assert "training to come by 15 December 2026" in found.output
    assert "to be reviewed by 30 November 2026" in found.output
    assert run("learning", "--unit", "essx", *ON).exit_code == 2


# -- told to the employer, and learnt -------------------------------------------------------------


def test_the_employer_is_told_and_a_course_is_entered(rulebook: Rulebook, union: Union) -> None:
    day = date(2026, 10, 5)
    of = {"role": "equality-representative", "employer": "maldon-district-council"}
    told = changes.tell_employer(rulebook, union, "M0948", **of, what="appointed", on=day)
    assert path_of(rulebook, told.on(day), "essex").lacking.get("employer not told") is None
    for more, why in (
        ({"what": "apointed"}, "did you mean 'appointed'"),
        ({"role": "steward"}, "no steward on that day"),
        ({"employer": "maldon-distric-council"}, "did you mean 'maldon-district-council'"),
        ({"workplace": "harlow-district-council-hq"}, "no workplace of maldon-district-council"),
        ({"what": "ended"}, "never told"),
    ):
        wrong = {**of, "what": "appointed", **more}
        with pytest.raises(ChangeRefused, match=why):
            changes.tell_employer(rulebook, union, "M0948", **wrong, on=day)
    trained = changes.finish_course(rulebook, union, "M0903", course="data-protection", on=day)
    assert rep_standing_of(rulebook, trained.on(day), "M0903").data_training_current.value is True
    with pytest.raises(ChangeRefused, match="entered already"):
        changes.finish_course(rulebook, trained, "M0903", course="data-protection", on=day)


# -- the handbook ----------------------------------------------------------------------------------


def test_the_handbook_shows_no_count_that_tells_of_people(rulebook: Rulebook, union: Union) -> None:
    day = date(2026, 10, 1)
    page = Handbook(Book(rulebook, on=day, now=union.on(day))).page("unit/essex")
    (section,) = (each for each in page.blocks if getattr(each, "key", "") == "density")
    assert isinstance(section, Section)
    (grid,) = (each for each in section.blocks if isinstance(each, Grid))
    counts = {row[0][0]: row[1][0] for row in grid.rows}
    # Seven members of Essex County Council are rounded; one at Basildon is not told.
    assert counts["Basildon Borough Council, offices"] == "-"
    assert {*counts.values()} <= {"-", "0", "5"}
