"""Members and their money: joining, standing, the political fund, the annual return, movement."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from unioncore import Rulebook, changes
from unioncore.answers import (
    about_union,
    annual_return,
    member,
    movement_of,
    political_fund,
    political_fund_effect,
    standing,
)
from unioncore.errors import BadFacts, ChangeRefused, UnknownName
from unioncore.model import Arrears, Job, Membership, Person, Snapshot, Union
from unioncore.records import read_union, write_union

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

TO = date(2026, 10, 31)
SPRING = date(2026, 4, 20)


# -- A23, A24: unions and what they are affiliated to ----------------------------------------------


def test_a23_a_sister_union_is_told_with_what_is_known_of_it(run: Callable[..., Any]) -> None:
    found = run("unions nautilus --on 2026-06-01")
    assert "led by: lay members" in found.output
    assert "United Kingdom, Netherlands and Switzerland" in found.output
    assert "joint venture of: UNISON and FDA" in run("unions mip --on 2026-06-01").output
    wrong = run("unions nautilis --on 2026-06-01")
    assert wrong.exit_code == 2
    assert "did you mean 'nautilus'" in wrong.output


def test_a23_a_merger_is_told_from_its_day_on(rulebook: Rulebook) -> None:
    before, on = (
        about_union(rulebook, "voice", on=date(2020, 10, 20) - timedelta(days)) for days in (1, 0)
    )
    assert (before.part_of, on.part_of) == ("", "Community")


def test_a24_the_affiliation_is_asked_and_shown_with_who_pays(run: Callable[..., Any]) -> None:
    found = run("unions unison --on 2026-06-01").output
    assert "affiliated to: Labour Party" in found
    assert "nationally and locally, paid from labour-link" in found
    early = run("unions unison --on 2001-12-31").output
    assert "Labour Party" not in early


# -- A25: the political fund by section ------------------------------------------------------------


def test_a25_the_fund_is_told_by_section_and_the_last_choice_counts(
    rulebook: Rulebook, union: Union
) -> None:
    before, after = (
        political_fund(rulebook, union.on(day), "M1201")
        for day in (date(2026, 2, 19), date(2026, 2, 20))
    )
    assert {key: each.value for key, each in before.sections.items()} == {
        "labour-link": True,
        "campaign-fund": True,
    }
    assert before.monthly.value == Decimal("2.03")  # 5 % of £20.30, twice
    assert not any(each.value for each in after.sections.values())
    assert after.monthly.value == 0


def test_a25_a_choice_has_effect_as_the_law_of_the_nation_says(
    rulebook: Rulebook, union: Union
) -> None:
    told = {"M1201": date(2025, 3, 10), "M1210": date(2025, 3, 10)}
    effect = {
        person: political_fund_effect(rulebook, union.on(day), person, choice="opted-out").value
        for person, day in told.items()
    }
    assert effect == {"M1201": date(2025, 4, 10), "M1210": date(2026, 1, 1)}
    with pytest.raises(UnknownName, match="labour-link"):
        political_fund_effect(
            rulebook, union.on(SPRING), "M1201", choice="opted-in", section="labour-lynk"
        )


def test_a25_a_section_of_which_nothing_was_said_is_not_known(
    rulebook: Rulebook, now: Snapshot
) -> None:
    found = political_fund(rulebook, now, "M0026")
    assert not found.sections["labour-link"].known
    assert not found.monthly.known


# -- B1, B3: members, their jobs and their history -------------------------------------------------


def a_person(key: str = "M9001") -> Person:
    return Person(key=key, name="Test Joiner", born=date(1990, 1, 1), gender="female")


def a_job(person: str = "M9001", employer: str = "essex-county-council", **more: Any) -> Job:
    terms = {"start": date(2026, 1, 5), "group": "local-government-services", **more}
    return Job(person=person, employer=employer, earnings=Decimal(24000), **terms)


def test_b1_somebody_joins_with_job_branch_and_band_in_one_call(
    rulebook: Rulebook, union: Union
) -> None:
    joined = changes.join(
        rulebook, union, a_person(), branch="essex", job=a_job(), band="H", on=SPRING
    )
    found = member(rulebook, joined.on(SPRING), "M9001")
    assert found.current is not None
    assert (found.current.branch, found.current.band) == ("essex", "H")
    assert found.disagreements == ()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"branch": "kent-county-council-branch"}, "another branch organises.*essex"),
        ({"job": a_job(employer="essex-county-counsil")}, "did you mean 'essex-county-council'"),
        ({"job": a_job(person="M0001")}, "somebody else's"),
        ({"band": "Z"}, "band: no subscription band"),
        ({"category": "ful"}, "did you mean 'full'"),
        ({"branch": "esex"}, "did you mean 'essex'"),
        ({"on": date(1989, 12, 31)}, "not born|there"),
    ],
)
def test_b1_what_cannot_be_recorded_is_refused(
    rulebook: Rulebook, union: Union, more: dict[str, Any], why: str
) -> None:
    given: dict[str, Any] = {"branch": "essex", "job": a_job(), "on": SPRING, **more}
    with pytest.raises(ChangeRefused, match=why):
        changes.join(rulebook, union, a_person(), **given)


def test_b1_every_reason_is_told(rulebook: Rulebook, union: Union) -> None:
    with pytest.raises(ChangeRefused) as refused:
        changes.join(
            rulebook,
            union,
            a_person("M0021"),
            branch="essex",
            band="Z",
            job=a_job("M0021"),
            on=SPRING,
        )
    assert len(refused.value.reasons) == 3


def test_b1_a_job_that_another_branch_organises_names_it(rulebook: Rulebook, union: Union) -> None:
    new = a_job("M1203", "kent-county-council")
    with pytest.raises(ChangeRefused, match="kent-county-council-branch"):
        changes.change_job(rulebook, union, "M1203", job=new, on=SPRING)
    moved = changes.change_job(
        rulebook,
        union,
        "M1203",
        job=new,
        on=SPRING,
        because="resigned",
        branch="kent-county-council-branch",
    )
    now = moved.on(SPRING)
    assert now.branch_of("M1203") == "kent-county-council-branch"
    assert [job.employer for job in now.jobs("M1203")] == ["kent-county-council"]
    assert now.joined("M1203") == date(2026, 2, 2)


def test_b3_an_expelled_person_is_refused_by_the_rule(rulebook: Rulebook, union: Union) -> None:
    person = next(union.rows(Person, "key", "M1207"))
    with pytest.raises(ChangeRefused, match="has not expelled or barred the person"):
        changes.join(rulebook, union, person, branch="essex", on=SPRING)


@pytest.mark.parametrize(
    ("change", "more", "status", "because"),
    [
        ("lapse", {"because": "payment-failed"}, "lapsed", "payment-failed"),
        ("resign", {"because": "cost"}, "resigned", "cost"),
        ("expel", {}, "expelled", "expelled"),
        ("die", {}, "died", "died"),
    ],
)
def test_b3_leaving_is_a_status_with_a_reason_and_ends_what_hangs_on_it(
    rulebook: Rulebook,
    union: Union,
    change: str,
    more: dict[str, Any],
    status: str,
    because: str,
) -> None:
    on = date(2026, 9, 21)
    left = getattr(changes, change)(rulebook, union, "M1209", on=on, **more)
    now = left.on(on)
    row = now.membership("M1209")
    assert row is not None
    assert (row.status, row.left_because) == (status, because)
    assert not now.rows(Arrears, "person", "M1209")
    assert now.branch_of("M1209") == ""
    with pytest.raises(ChangeRefused, match="not a current member"):
        getattr(changes, change)(rulebook, left, "M1209", on=on + timedelta(1), **more)


def test_b3_a_reason_that_is_no_word_is_refused(rulebook: Rulebook, union: Union) -> None:
    with pytest.raises(ChangeRefused, match="did you mean 'payment-failed'"):
        changes.lapse(rulebook, union, "M1209", on=SPRING, because="payment-faild")


def test_b3_a_secretary_who_lapses_leaves_the_office(rulebook: Rulebook, union: Union) -> None:
    left = changes.resign(rulebook, union, "M0378", on=SPRING)
    assert "M0378" not in left.on(SPRING).holders("essex/branch-secretary")
    assert "M0378" in left.on(SPRING - timedelta(1)).holders("essex/branch-secretary")


def test_b3_who_retires_after_two_years_stays_a_member(rulebook: Rulebook, union: Union) -> None:
    retired = changes.retire(rulebook, union, "M1201", on=SPRING, told_branch=SPRING)
    now = retired.on(SPRING)
    membership = now.membership("M1201")
    assert membership is not None
    assert (membership.category, membership.status) == ("retired", "current")
    assert now.jobs("M1201") == ()
    with pytest.raises(ChangeRefused, match="category"):
        changes.retire(rulebook, union, "M1203", on=SPRING)  # a member for eleven weeks


def test_b3_a_certificate_ends_after_sixty_months_at_most(rulebook: Rulebook, union: Union) -> None:
    kind, on = "employment-rights", date(2026, 5, 1)
    done = changes.accredit(rulebook, union, "M1201", kind=kind, on=on)
    assert [row.end for row in done.on(on).union.accreditations[-1:]] == [date(2031, 5, 1)]
    with pytest.raises(ChangeRefused, match="not met"):
        changes.accredit(rulebook, union, "M1201", kind=kind, on=on, until=date(2031, 5, 2))
    with pytest.raises(ChangeRefused, match="already"):
        changes.accredit(rulebook, done, "M1201", kind=kind, on=date(2027, 1, 1))


# -- B2: outsourcing -------------------------------------------------------------------------------


def test_b2_who_was_outsourced_is_told_from_where_when_and_by_what_law(
    run: Callable[..., Any], rulebook: Rulebook, union: Union
) -> None:
    found = run("explain M0012 --on 2024-06-01").output
    assert "transferred from Example Custody Services A Limited on 1 April 2024 by TUPE" in found
    place = member(rulebook, union.on(date(2024, 6, 1)), "M0012").jobs[0].placement
    assert (place.branch_type.value, place.region.value) == ("police", "EM")
    assert "transferred from" not in run("explain M0012 --on 2024-03-31").output


def test_b2_the_work_comes_back_and_the_members_follow_it(rulebook: Rulebook, union: Union) -> None:
    on = date(2026, 6, 1)
    back = changes.transfer(
        rulebook, union, "example-cleaning", to="leicestershire-county-council", on=on, how="tupe"
    )
    for job in back.on(on).rows(Job, "employer", "leicestershire-county-council"):
        right = back.on(on).branches_for(job)
        membership = back.on(on).membership(job.person)
        if membership is not None and job.main and right and membership.status == "current":
            assert membership.branch in right
    assert not back.on(on).rows(Job, "employer", "example-cleaning")


# -- B4, B5: standing ------------------------------------------------------------------------------


def test_b4_what_is_owed_counts_whole_months_at_the_rate_of_the_band(
    rulebook: Rulebook, union: Union
) -> None:
    owed = {
        day: standing(rulebook, union.on(day), "M1209").owed.value
        for day in (date(2026, 9, 8), date(2026, 9, 9), date(2026, 10, 9))
    }
    assert [*owed.values()] == [Decimal("0.00"), Decimal("9.70"), Decimal("19.40")]


def test_b4_paying_up_later_does_not_change_the_day_of_the_incident(
    rulebook: Rulebook, union: Union
) -> None:
    paid = changes.pay_arrears(rulebook, union, "M1209", on=date(2026, 10, 1))
    found = standing(rulebook, paid.on(TO), "M1209", incident=date(2026, 9, 15))
    assert found.in_good_standing.value
    assert found.owed.value == 0
    assert found.in_good_standing_then is not None
    assert not found.in_good_standing_then.value
    assert found.owed_then is not None
    assert found.owed_then.value == Decimal("9.70")
    assert found.qualifies_for_legal_help is not None
    assert not found.qualifies_for_legal_help.value


def test_b4_when_arrears_end_a_membership_no_source_says(rulebook: Rulebook, union: Union) -> None:
    found = standing(rulebook, union.on(TO), "M1209").arrears_end_membership_on
    assert not found.known
    assert "thirteen weeks" in found.reason


def test_b4_a_band_that_is_too_low_is_told_as_money(rulebook: Rulebook, union: Union) -> None:
    low = changes.join(
        rulebook, union, a_person(), branch="essex", job=a_job(), band="G", on=SPRING
    )
    found = standing(rulebook, low.on(date(2026, 7, 20)), "M9001")
    assert found.band_balance.value == 3 * (Decimal("11.50") - Decimal("14.00"))
    assert found.unmet == ("the member pays at least the band that the earnings call for",)


def test_b5_the_four_weeks_and_who_may_waive_them(
    run: Callable[..., Any], rulebook: Rulebook, union: Union
) -> None:
    on = date(2026, 6, 28)  # M1204 joined and paid on 1 June
    for incident, yes in ((date(2026, 6, 28), False), (date(2026, 6, 29), True)):
        found = standing(rulebook, union.on(incident), "M1204", incident=incident)
        assert found.qualifies_for_legal_help is not None
        assert found.qualifies_for_legal_help.value is yes
    assert standing(rulebook, union.on(on), "M1204").may_waive.value == {"branch-secretary"}
    said = run("standing --person M1204 --incident 2026-06-28 --on 2026-06-28").output
    assert "not met: the person had been a member for long enough" in said
    assert run("standing --person M120 --on 2026-06-28").exit_code == 2
    with pytest.raises(BadFacts, match="incident"):
        standing(rulebook, union.on(on), "M1204", incident=on + timedelta(1))


def test_b5_who_rejoins_counts_from_then(rulebook: Rulebook, union: Union) -> None:
    found = standing(rulebook, union.on(SPRING), "M1211", incident=SPRING)
    assert found.qualifies_for_legal_help is not None
    assert not found.qualifies_for_legal_help.value


# -- dues and choices as single calls --------------------------------------------------------------


def test_a25_a_choice_is_recorded_with_the_day_of_its_effect(
    rulebook: Rulebook, union: Union
) -> None:
    told = date(2025, 11, 5)
    out = changes.choose_fund(rulebook, union, "M0024", choice="opted-out", on=told)
    row = out.fund_choices[-1]
    assert (row.told, row.start) == (told, date(2025, 12, 5))
    # What is told later counts: the withdrawal never has effect.
    back = changes.choose_fund(
        rulebook, out, "M0024", choice="opted-in", on=date(2025, 11, 20), recorded=told
    )
    assert political_fund(rulebook, back.on(date(2026, 1, 1)), "M0024").contributes.value
    with pytest.raises(ChangeRefused, match="give effect"):
        changes.choose_fund(
            rulebook, union, "M0024", choice="opted-out", section="labour-link", on=told
        )
    with pytest.raises(ChangeRefused, match="5 December 2025"):
        changes.choose_fund(
            rulebook, union, "M0024", choice="opted-out", on=told, effect=date(2025, 12, 4)
        )


def test_b4_arrears_begin_and_end_once(rulebook: Rulebook, union: Union) -> None:
    with pytest.raises(ChangeRefused, match="in arrears"):
        changes.fall_into_arrears(rulebook, union, "M1209", on=date(2026, 9, 1))
    with pytest.raises(ChangeRefused, match="no arrears"):
        changes.pay_arrears(rulebook, union, "M1201", on=SPRING)
    owing = changes.fall_into_arrears(rulebook, union, "M1201", on=SPRING)
    assert owing.on(SPRING).rows(Arrears, "person", "M1201")


# -- B7: movement ----------------------------------------------------------------------------------


def test_b7_the_movement_of_a_branch_adds_up(rulebook: Rulebook, union: Union) -> None:
    found = movement_of(rulebook, union.on(TO), "cambridgeshire", since=date(2026, 1, 1))
    assert (found.at_start, found.joined, found.moved_in) == (14, 3, 1)
    assert (found.left, found.moved_out, found.at_end) == (3, 1, 14)
    assert found.came_back == 1
    assert found.reasons == {"dissatisfied": 1, "left-employer": 1, "payment-failed": 1}
    assert found.spoken_to == 1
    assert found.retention is not None
    assert (found.retention.leaving, found.retention.contacted, found.retention.kept) == (4, 3, 1)
    assert found.over_time[-1][1] == found.at_end


def test_b7_who_comes_back_counts_twice_or_not_at_all(rulebook: Rulebook, union: Union) -> None:
    found = movement_of(
        rulebook, union.on(TO), "cambridgeshire", since=date(2026, 1, 1), returns="neither"
    )
    assert (found.at_start, found.joined, found.left, found.at_end) == (14, 2, 2, 14)
    with pytest.raises(UnknownName, match="both"):
        movement_of(
            rulebook, union.on(TO), "cambridgeshire", since=date(2026, 1, 1), returns="bothe"
        )


def test_b7_the_whole_union_has_no_moves_in_or_out(rulebook: Rulebook, union: Union) -> None:
    found = movement_of(rulebook, union.on(TO), "unison", since=date(2026, 1, 1))
    assert (found.moved_in, found.moved_out) == (0, 0)
    assert found.at_end == len(union.on(TO).members("unison"))


def test_b7_small_counts_are_suppressed_and_a_picture_is_drawn(run: Callable[..., Any]) -> None:
    asked = "movement --unit cambridgeshire --from 2026-01-01 --to 2026-10-31"
    said = run(asked).output
    assert "payment-failed: suppressed" in said
    assert "kept: 1 (33.3 % of those contacted)" in said
    assert run(f"{asked} --format svg").output.startswith("<svg")
    assert '"reasons"' not in run(f"{asked} --json").output
    wrong = run("movement --unit cambridgeshir --from 2026-01-01 --to 2026-10-31")
    assert (wrong.exit_code, "did you mean 'cambridgeshire'" in wrong.output) == (2, True)
    assert run("movement --unit cambridgeshire --from 2026-11-01 --to 2026-10-31").exit_code == 2


# -- E9: the annual return -------------------------------------------------------------------------


def test_e9_the_annual_return_from_the_records(run: Callable[..., Any], union: Union) -> None:
    said = run("annual-return --year 2025").output
    assert "last day to send it: 31 May 2026" in said
    assert "Irish Republic: not recorded" in said
    assert "income: £145,700.50" in said
    assert "the balance sheet" in said
    assert not any(person.name in said for person in union.people)
    assert run("annual-return --year 2026").exit_code == 3  # the year is not over in the records
    assert run("annual-return --year next").exit_code == 2


def test_e9_the_figures_are_those_of_the_records(rulebook: Rulebook, union: Union) -> None:
    found = annual_return(rulebook, union, 2025)
    every = sum(sum(genders.values()) for genders in found.by_place.values())
    now = union.on(date(2025, 12, 31))
    current = [row for row in now.rows(Membership, "status", "current") if row.union == ""]
    assert every == found.members == len(current)
    assert found.contributors + found.contributors_not_known <= found.members
    assert found.expenditure == Decimal("129750.25")
    assert all(change.on.year == 2025 for change in found.changes)
    earlier = annual_return(rulebook, union, 2024)
    assert (earlier.income, earlier.expenditure) == (None, None)
    with pytest.raises(BadFacts, match="year"):
        annual_return(rulebook, union, 2027)


def test_e9_small_counts_are_suppressed_only_where_it_is_published(
    run: Callable[..., Any], rulebook: Rulebook, union: Union
) -> None:
    assert "suppressed" not in run("annual-return --year 2025").output
    assert "suppressed" in run("annual-return --year 2025 --publish").output


# -- the year as a story ---------------------------------------------------------------------------


def test_the_year_of_members_is_told_as_a_story(run: Callable[..., Any]) -> None:
    story = resources.files("unioncore_unison") / "stories" / "year_membership.json"
    found = run("run", str(story))
    assert found.exit_code == 0, found.output


# -- whatever changes, the folder stays whole ------------------------------------------------------


@pytest.mark.slow
def test_changes_leave_a_folder_in_which_nothing_is_wrong(
    rulebook: Rulebook, union: Union, tmp_path: Path
) -> None:
    on, later = date(2026, 9, 1), date(2026, 9, 8)
    kent = "kent-county-council-branch"
    changed = changes.join(
        rulebook, union, a_person(), branch="essex", job=a_job(), band="H", on=on
    )
    changed = changes.choose_fund(
        rulebook, changed, "M9001", choice="opted-in", on=on, effect=on, section="labour-link"
    )
    changed = changes.fall_into_arrears(rulebook, changed, "M9001", on=on)
    changed = changes.pay_arrears(rulebook, changed, "M9001", on=later)
    changed = changes.change_job(
        rulebook,
        changed,
        "M9001",
        job=a_job(employer="kent-county-council"),
        on=later,
        because="resigned",
        branch=kent,
    )
    changed = changes.retire(rulebook, changed, "M1201", on=later)
    changed = changes.resign(rulebook, changed, "M0378", on=later, because="cost")
    changed = changes.die(rulebook, changed, "M1209", on=later)
    changed = changes.expel(rulebook, changed, "M1203", on=later)
    changed = changes.transfer(
        rulebook, changed, "example-custody-b", to="nottinghamshire-police", on=later, how="tupe"
    )
    write_union(changed, tmp_path / "union")
    assert read_union(tmp_path / "union", rulebook).faults == ()
