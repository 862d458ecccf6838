"""Campaigns and research: rows B6, B12 and D22."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from unioncore import Rulebook
from unioncore.records import read_files

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

Run = Callable[..., Any]


def test_b6_a_recruitment_campaign_counts_who_joined(run: Run) -> None:
    said = run("campaigns --campaign essex-grows --on 2026-10-01").output
    assert "reached: 2, of 4 (counted by the records: who joined" in said
    assert "behind: 50.0 % is done, and 87.8 % of the time is gone" in said
    assert "3 by 31 July 2026: overdue with 2" in said


def test_b6_a_campaign_without_an_end_is_none(run: Run) -> None:
    assert "eastern-votes: Eastern votes for public services, without an end, so no campaign" in (
        run("campaigns --on 2026-10-01").output
    )


def test_d22_a_campaign_has_allies_a_decision_maker_and_a_fund(run: Run) -> None:
    said = run("campaigns --campaign paid-sick-days --on 2026-10-01").output
    assert "can give it: the board of Example Cleaning" in said
    assert "allies: tenants' associations; the trades council" in said
    assert "general fund, as planned: the fund may pay" in said
    assert "24 cleaners" in said
    said = run("campaigns --campaign eastern-votes --on 2026-10-01").output
    assert "general fund: the fund may not pay" in said


def test_b12_research_says_what_is_wrong_with_it(run: Run) -> None:
    asked = "campaigns --employer example-cleaning --claims-since 2025-10-01 --on 2026-10-01"
    said = run(asked).output
    assert "take care: no source is recorded" in said
    assert "take care: the claim is of 31 December 2024 and too old" in said
    assert "the rule holds from 2026-04-06" in said


def test_a_misspelt_campaign_names_the_nearest(run: Run) -> None:
    found = run("campaigns --campaign essex-grow --on 2026-10-01")
    assert found.exit_code
    assert "did you mean 'essex-grows'" in f"{found.output}{found.exception}"


def faults(rulebook: Rulebook, **tables: str) -> list[str]:
    units = "key,kind,name\nb,branch,B\n"
    files = {"union.toml": 'union = "unison"\n', "units.csv": units, **tables}
    content = {name.replace("_csv", ".csv"): text.encode() for name, text in files.items()}
    return [str(fault) for fault in read_files(content, rulebook).faults]


def test_a_plan_that_cannot_be_is_refused_where_it_is_entered(rulebook: Rulebook) -> None:
    plan = "key,unit,name,group,start,end\nk,b,K,{},2026-03-01,2026-04-01\n"
    group = "employer.kind == 'cuncil'"
    assert faults(rulebook, campaigns_csv=plan.format(group)) == [
        "campaigns.csv:2: group: employer.kind has no word 'cuncil'; did you mean 'council'?"
    ]
    late = "campaign,day,wanted\nk,2026-04-01,5\n"
    assert faults(rulebook, campaigns_csv=plan.format(""), milestones_csv=late) == [
        "milestones.csv:2: day: is no day of the campaign"
    ]
    factor = "key,kind,role,who,claim,rule\nf,legal,owner,W,said,core.sick_pay_waiting_day\n"
    assert faults(rulebook, leverage_factors_csv=factor) == [
        "leverage_factors.csv:2: rule: no rule is called 'core.sick_pay_waiting_day'; "
        "did you mean 'core.sick_pay_waiting_days'?"
    ]


def test_b14_an_event_has_places_a_waiting_list_and_a_balance(run: Run) -> None:
    said = run("events --event leadership-2026 --on 2026-10-01").output
    assert "places given: 3, of 3, 0 left" in said
    assert "too few women: 1 of 3 are women, and 2 must be at least" in said
    assert "applied too late: 1" in said
    assert "M0" not in said
    # Who had no place last time comes first.
    line = run("events --event leadership-2026 --waiting --on 2026-10-01 --json").output
    assert json.loads(line) == ["M0448", "M0759", "M0159", "M0525"]


def test_e5_an_audience_is_a_condition_less_those_who_refused(run: Run) -> None:
    said = run("audience --message essex-autumn --on 2026-09-11").output
    assert "approved: 9 September 2026 by essex/branch-secretary" in said
    assert "bulletin by email: 23 members" in said
    assert "left out, the member refused it: 3" in said
    asked = ("audience", "--channel", "email", "--purpose", "bulletin", "--on", "2026-09-11")
    when = "membership.branch == 'essex' and job.group == 'local-government-services'"
    keys = run(*asked, "--when", when, "--keys", "--json").output
    assert "M0021" in json.loads(keys)
    assert "M0143" not in json.loads(keys)


def test_e5_a_text_is_locked_until_its_trial_and_a_misspelt_branch_is_named(run: Run) -> None:
    assert "may not be sent yet" in run("audience --message essex-winter --on 2026-10-01").output
    asked = ("audience", "--channel", "email", "--purpose", "bulletin", "--on", "2026-09-11")
    found = run(*asked, "--when", "membership.branch == 'esex'")
    assert "did you mean 'essex'" in f"{found.output}{found.exception}"


def test_e4_only_counts_leave_with_the_share_that_came_back(run: Run) -> None:
    said = run("monitoring --question gender --on 2026-10-01").output
    assert "council-nw: female 80, male 40, prefer not to say suppressed" in said
    assert "came back: 82 %" in said
    assert "UNISON: 77 % of the members are women" in said
    assert "no population is recorded to hold this against" in said
    assert "too few to publish: EA" in said
    said = run("monitoring --question disability --on 2026-10-01").output
    assert "not asked: council-nw" in said
    # What members let be recorded is a table of its own.
    own = run("monitoring --question disability --own EA --on 2026-10-01").output
    assert "not recorded" in own
    assert "M0" not in own
    assert "came back" not in own


def test_b13_each_duty_of_an_official_has_commands_that_there_are(run: Run) -> None:
    from unioncore.cli.group import COMMANDS

    told = json.loads(run("duties --json").output)
    assert [each["key"] for each in told] == [f"OCC0815/{number}" for number in range(1, 15)]
    assert {name for each in told for name in each["commands"]} <= set(COMMANDS)
    (standard,) = {json.dumps(each["standard"]) for each in told}
    assert '"soc_2020": ""' in standard
    assert '"soc_group": "4114"' in standard
    assert "(empty in the standard)" in run("duties --about campaign").output


def test_b15_advice_on_professional_development_waits_for_no_weeks(run: Run) -> None:
    asked = "ask enquiry.needs_weeks --set enquiry.topic={} --on 2026-06-01"
    assert "advice on professional development is help with no matter" in (
        run(asked.format("professional-development")).output
    )
    assert "not known" in run(asked.format("work")).output
