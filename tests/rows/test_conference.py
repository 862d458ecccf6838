"""Conference to action: from the timetable to what the union has done."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from unioncore import Rulebook, answers, ask, changes
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.handbook.book import Book
from unioncore.handbook.page import Grid, Picture, Section
from unioncore.handbook.union_pages import folder_page
from unioncore.model import Delegate, Motion, PlanLine, Snapshot, Union
from unioncore.stories import read_story, run_story

pytestmark = pytest.mark.needs_plugins

KENT = "kent-police-branch"
NDC = {"to": "ndc", "edition": "2026"}


def test_a15_the_calendar_of_a_conference_is_published_or_counted_back(
    rulebook: Rulebook, now: Snapshot
) -> None:
    def in_time(edition: str, what: str, received: datetime) -> bool:
        return answers.in_time(rulebook, now, "ndc", edition, what, received).value

    # Motions of 2017 closed at noon of 28 February, as was published.
    assert in_time("2017", "motions", datetime(2017, 2, 28, 12))
    assert not in_time("2017", "motions", datetime(2017, 2, 28, 12, 1))
    assert not in_time("2017", "emergency-motions", datetime(2017, 6, 13, 9, 30))
    assert in_time("2017", "amendments", datetime(2017, 4, 24, 17))
    # An amendment of a rule has no second chance in the year.
    assert not in_time("2017", "rule-amendments", datetime(2017, 4, 25, 11))
    # Those of 2026 are counted back from 16 June: 112 and 56 days.
    found = answers.conference_calendar(rulebook, now, "ndc", "2026")
    assert found.at("motions").day.value == date(2026, 2, 24)
    assert found.at("amendments").day.value == date(2026, 4, 21)
    assert found.at("delegates").published
    with pytest.raises(UnknownName, match="did you mean '2026'"):
        answers.conference_calendar(rulebook, now, "ndc", "20226")


def test_a15_a_quarter_of_the_members_call_a_special_conference(
    rulebook: Rulebook, now: Snapshot
) -> None:
    asked = {branch.key: date(2026, 5, 1) for branch in now.units("branch")}
    assert answers.special_conference(rulebook, now, asked).value
    assert not answers.special_conference(rulebook, now, {"essex": date(2026, 5, 1)}).value


def test_a16_a_branch_sends_delegates_by_its_own_members(rulebook: Rulebook, now: Snapshot) -> None:
    found = answers.delegation(rulebook, now, "essex", **NDC)
    mine = len(now.members("essex"))
    assert (found.members, found.delegates.value, found.attending) == (mine, 1, 1)
    assert {each.part for each in found.named} == {"delegate", "sharer"}
    assert all(each.in_time.value and not each.wrong for each in found.named)
    kent = answers.delegation(rulebook, now, KENT, **NDC)
    assert [each.part for each in kent.named] == ["delegate", "substitute"]
    assert kent.attending == 1
    grouped = answers.delegation(rulebook, now, "essex", together_with=[KENT], **NDC)
    assert (grouped.members, grouped.attending) == (mine + len(now.members(KENT)), 2)
    assert grouped.wrong == ("2 are named for 1 places",)


def test_a17_motions_amendments_and_composites_are_records_with_their_movers(
    rulebook: Rulebook, now: Snapshot
) -> None:
    found = {item.key: item for item in answers.agenda(rulebook, now, "ndc", "2026").items}
    assert found["ndc-2026/1"].standing == "Carried"
    assert found["ndc-2026/1.1"].of == "ndc-2026/1"
    assert found["ndc-2026/2"].standing == "In the composite ndc-2026/A"
    assert found["ndc-2026/4"].standing == "Late"
    assert found["ndc-2026/7"].standing == "Ruled out by the standing orders committee"
    assert found["ndc-2026/6"].standing == "Not reached"


@pytest.mark.parametrize(
    ("body", "allowed", "limit"),
    [
        ("essex", True, None),
        ("nec", True, None),
        ("council-se", True, 2),
        ("sog-black", True, 2),
        ("young", True, 2),
        ("retired", True, 2),
        ("sge-health", False, None),
        ("trustees", False, None),
    ],
)
def test_a18_who_may_submit_motions_and_how_many(
    rulebook: Rulebook, now: Snapshot, body: str, allowed: bool, limit: int | None
) -> None:
    found = answers.may_put(rulebook, now, "motion", body, **NDC)
    assert found.allowed.value is allowed
    assert (found.limit.value if found.limit.known else None) == limit
    if body == "council-se":
        assert found.submitted == 2
        assert not found.may_put_more.value


def test_a19_a_rule_needs_two_thirds_and_cards_count_members(
    rulebook: Rulebook, now: Snapshot
) -> None:
    rule = answers.motion_vote(rulebook, now, "ndc-2026/5")
    assert rule is not None
    assert (rule.carried.value, rule.needed.value, rule.short_by.value) == (False, 673_414, 61_410)
    cards = answers.motion_vote(rulebook, now, "ndc-2026/A")
    assert cards is not None
    then = now.union.on(date(2026, 6, 17))
    own = {key: len(then.members(key)) for key in ("essex", "kent-police-branch", "cambridgeshire")}
    assert cards.votes_for.value == own["essex"] + own["kent-police-branch"]
    assert cards.against.value == own["cambridgeshire"]
    assert cards.carried.value
    assert any("remembered" in each for each in cards.warnings)


def test_a20_other_conferences_have_scales_and_days_of_their_own(rulebook: Rulebook) -> None:
    on = date(2026, 6, 1)
    of_group = {"to": "service-group-conference", "service_group": "local-government"}
    assert answers.delegates(rulebook, 1001, on=on, **of_group).value == 3
    council = {"to": "regional-council", "region": "SW"}
    assert answers.delegates(rulebook, 501, on=on, **council).value == 2
    assert not answers.delegates(
        rulebook, 501, on=on, to="service-group-conference", service_group="health"
    ).known
    opens = date(2016, 11, 18)
    found = answers.timetable(rulebook, opens, kind="self-organised-group-conference")
    assert {each.what: each.day.value for each in found if each.what == "motions"} == {
        "motions": date(2016, 7, 29)
    }


def test_a26_a_decision_has_an_owner_steps_and_a_report_to_the_next_conference(
    rulebook: Rulebook, now: Snapshot
) -> None:
    found = {each.motion: each for each in answers.policies(rulebook, now, "ndc", "2026").policies}
    # What was lost, late, ruled out or composited is no policy; what was not reached is.
    assert set(found) == {"ndc-2026/1", "ndc-2026/6", "ndc-2026/8", "ndc-2026/A", "ndc-2026/E1"}
    assert found["ndc-2026/1"].standing == "in hand"
    assert found["ndc-2026/A"].standing == "a step is overdue"
    assert found["ndc-2026/E1"].standing == "without owner"
    assert found["ndc-2026/6"].position == "support with qualifications"
    assert found["ndc-2026/1"].report_due.value == date(2027, 6, 15)
    assert found["ndc-2026/1"].answerable.value == "executive"
    report = PlanLine(
        undertaking="policy-2026-1", kind="report", name="to conference", done=date(2026, 9, 30)
    )
    told = now.union.append(report).on(now.day)
    (first,) = [
        each
        for each in answers.policies(rulebook, told, "ndc", "2026").policies
        if each.motion == "ndc-2026/1"
    ]
    assert (first.standing, first.reported) == ("reported", date(2026, 9, 30))
    # The next edition of 2026 is in the calendar; that of 2027 has none after it.
    later = now.union.on(date(2026, 11, 1))
    assert answers.policies(rulebook, later, "ndc", "2027").policies == ()


def test_a27_objectives_have_programmes_that_the_committee_of_their_field_approves(
    rulebook: Rulebook, union: Union, now: Snapshot
) -> None:
    found = answers.programmes(rulebook, now)
    assert [each.key for each in found.objectives] == [f"objective-2026-{n}" for n in range(1, 5)]
    (fourth,) = found.objectives[3].programmes
    assert (fourth.owner, fourth.approved) == ("directorate-organisation/head", date(2026, 2, 4))
    (second,) = found.objectives[1].programmes
    assert second.approved is None
    on = date(2026, 10, 5)
    with pytest.raises(ChangeRefused, match="in the field of nec-policy, and not of nec-staffing"):
        changes.sign_off_plan(rulebook, union, second.key, by="nec-staffing", on=on)
    done = changes.sign_off_plan(rulebook, union, second.key, by="nec-policy", on=on)
    (second,) = answers.programmes(rulebook, done.on(on)).objectives[1].programmes
    assert second.approved == on
    with pytest.raises(ChangeRefused, match="approved already"):
        changes.sign_off_plan(rulebook, done, second.key, by="nec-policy", on=on)
    with pytest.raises(ChangeRefused, match="did you mean 'programme-2026-2'"):
        changes.sign_off_plan(rulebook, union, "programme-2026-22", by="nec-policy", on=on)


def test_a28_a_plan_has_a_budget_measures_and_reports_in_time_or_late(
    rulebook: Rulebook, now: Snapshot
) -> None:
    (plan,) = answers.programmes(rulebook, now).objectives[3].programmes
    assert (plan.budget, plan.spent) == (290_000, 211_500)
    assert plan.late == ("the third quarter",)
    stands = {each.name: each.standing for each in plan.lines}
    assert stands["the plan"] == "done"
    assert stands["the first half year"] == "late"
    assert stands["calls answered within a day in per cent"] == "due"
    # On an earlier day the same records say what was so then.
    then = now.union.on(date(2026, 7, 16))
    (before,) = answers.programmes(rulebook, then).objectives[3].programmes
    assert before.spent is None
    assert before.late == ("the first half year",)


def test_a16_a17_names_and_motions_are_taken_or_refused_with_every_reason(
    rulebook: Rulebook, union: Union
) -> None:
    on = date(2026, 3, 2)
    named = {"unit": "ndc", "edition": "2026", "body": "cambridgeshire"}
    (member, other, *_) = union.on(on).members("cambridgeshire")
    first = Delegate(person=member, received=datetime(2026, 3, 2, 9), **named)
    union = changes.name_delegate(rulebook, union, first, on=on)
    second = Delegate(person=other, received=datetime(2026, 3, 3, 9), **named)
    with pytest.raises(ChangeRefused, match="2 are named for 1 places"):
        changes.name_delegate(rulebook, union, second, on=date(2026, 3, 3))
    with pytest.raises(ChangeRefused, match="named for this conference already"):
        changes.name_delegate(rulebook, union, first, on=date(2026, 3, 3))
    shares = {"part": "sharer", "place_of": member, "person": other}
    late = Delegate(received=datetime(2026, 3, 27, 17, 1), **shares, **named)
    with pytest.raises(ChangeRefused, match="the name came too late"):
        changes.name_delegate(rulebook, union, late, on=date(2026, 3, 27))
    put = {"unit": "ndc", "edition": "2026", "title": "T", "received": datetime(2026, 2, 20, 9)}
    for key, mover, reason in (
        ("x", "council-se", "has put 2, as many as it may"),
        ("x", "sge-health", "may not put motions"),
        ("ndc-2026/1", "essex", "has the key ndc-2026/1 already"),
        ("x", "esex", "did you mean 'essex'"),
    ):
        with pytest.raises(ChangeRefused, match=reason):
            changes.put_motion(
                rulebook, union, Motion(key=key, mover=mover, **put), on=date(2026, 2, 24)
            )
    afternoon = put | {"received": datetime(2026, 2, 24, 13)}
    motion = Motion(key="x", mover="essex", **afternoon)
    with pytest.raises(ChangeRefused, match="too late"):
        changes.put_motion(rulebook, union, motion, on=date(2026, 2, 24))
    done = changes.put_motion(
        rulebook, union, Motion(key="x", mover="essex", **put), on=date(2026, 2, 20)
    )
    assert done.on(date(2026, 2, 20)).union.knows(Motion, "x")


@pytest.mark.needs_cli
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("conference --unit ndc --edition 2026", "24 February"),
        ("conference --unit ndc --edition 2026 --show agenda", "ndc-2026/5"),
        ("conference --unit ndc --edition 2026 --show policies", "without owner"),
        ("conference --unit ndc --edition 2026 --format svg", "<svg"),
        ("delegation --branch essex --to ndc --edition 2026", "may send 1"),
        ("programmes", "programme-2026-4"),
    ],
)
def test_a15_to_a28_from_the_command_line(run: Callable[..., Any], line: str, said: str) -> None:
    found = run(f"{line} --on 2026-10-01")
    assert found.exit_code == 0, found.output
    assert said in found.output
    plain = run(f"{line} --on 2026-10-01 --json")
    assert plain.output.startswith("{")


@pytest.mark.needs_cli
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("conference --unit ndcc --edition 2026", "did you mean 'ndc'?"),
        ("conference --unit ndc --edition 20266", "did you mean '2026'?"),
        ("delegation --branch esex --to ndc --edition 2026", "did you mean 'essex'?"),
        ("conference --unit ndc --edition 2026 --show motions", "is not one of"),
        ("conference --unit ndc --edition 2026 --show agenda --format svg", "no picture of this"),
    ],
)
def test_a15_to_a28_wrong_input_is_refused(run: Callable[..., Any], line: str, said: str) -> None:
    found = run(f"{line} --on 2026-10-01")
    assert found.exit_code == 2, found.output
    assert said in found.output


def test_a15_the_clocks_of_a_motion_and_the_calendar_say_the_same(rulebook: Rulebook) -> None:
    clocks = {
        clock.key: clock.parameter
        for version in rulebook.case_type("unison.conference_motion").versions
        for clock in version.clocks
    }
    steps = {
        "motion_deadline": "motions",
        "amendment_deadline": "amendments",
        "emergency_deadline": "emergency-motions",
    }
    opens = date(2026, 6, 16)
    days = {each.what: each.day for each in answers.timetable(rulebook, opens, kind="conference")}
    assert clocks.keys() == steps.keys()
    for clock, step in steps.items():
        (counted,) = ask(rulebook, {}, clocks[clock], on=opens).values()
        assert days[step].value == opens - timedelta(counted.value)


def test_a17_the_case_about_a_motion_tells_what_became_of_it(
    rulebook: Rulebook, now: Snapshot, tmp_path: Path
) -> None:
    def tell(act: str, on: str, **more: str) -> dict[str, str]:
        return {"act": act, "on": on, "case": "C-1", "track": "t", **more}

    told = [
        tell("open", "2026-02-01", case_type="unison.conference_motion", nation="England"),
        tell("plan", "2026-06-16", recorded="2026-02-01", event="conference_opens"),
        *(
            tell("event", on, event=event)
            for on, event in (
                ("2026-02-19", "submit"),
                ("2026-03-02", "admit"),
                ("2026-05-11", "timetable"),
                ("2026-06-18", "open_debate"),
                ("2026-06-18", "remit"),
            )
        ),
    ]
    plain = {
        "title": "A motion",
        "as_of": "2026-06-30",
        "nation": "England",
        "source": "made up",
        "union": {"key": "unison"},
        "cases": [
            {"reference": "C-1", "branch": "b", "opened": "2026-02-01", "about": "ndc-2026/6"}
        ],
        "told": told,
        "expect": [{"what": "state", "case": "C-1", "track": "t", "is": "remitted"}],
    }
    (tmp_path / "story.json").write_text(json.dumps(plain), encoding="utf-8")
    story = run_story(rulebook, read_story(tmp_path / "story.json"))
    assert all(line.good for line in story.lines)
    cases = story.cases.values()
    found = {
        item.key: item for item in answers.agenda(rulebook, now, "ndc", "2026", cases=cases).items
    }
    assert (found["ndc-2026/6"].standing, found["ndc-2026/6"].case) == ("Remitted", "C-1")
    assert found["ndc-2026/6"].came_to == "remitted"


def test_a15_the_handbook_draws_the_timetable_of_the_conference(
    rulebook: Rulebook, now: Snapshot
) -> None:
    page = folder_page(Book(rulebook, on=now.day, now=now), "unit/ndc")
    assert page is not None
    (section,) = [
        each for each in page.blocks if isinstance(each, Section) and each.key == "timetable"
    ]
    picture, grid = section.blocks
    assert isinstance(picture, Picture)
    assert isinstance(grid, Grid)
    assert "timetable" in picture.svg
    assert (("opens",), ("15 June 2027",)) in grid.rows
