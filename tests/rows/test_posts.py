"""The union's own staff: posts, whom they answer to, and how they are filled."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from unioncore import Rulebook, ask, changes
from unioncore.answers import posts
from unioncore.errors import ChangeRefused
from unioncore.model import Person, Snapshot, Union

pytestmark = pytest.mark.needs_plugins


def test_a12_posts_report_to_one_and_answer_to_others(
    rulebook: Rulebook, now: Snapshot, run: Callable[..., Any]
) -> None:
    found = posts(rulebook, now, "directorate-organisation").posts
    (head,) = found
    assert head.grade == "Assistant General Secretary (Senior Officer Secretariat)"
    assert head.reports_to == ("general-secretary",)
    assert "nec-staffing" in head.answers_to
    said = run("posts --unit office-se --on 2026-10-01").output
    assert "reports to: office-se/organiser, then office-se/secretary" in said
    wrong = run("posts --unit office-see --on 2026-10-01")
    assert wrong.exit_code == 2
    assert "did you mean 'office-se'?" in wrong.output


def test_a12_how_many_staff_there_are_is_known_for_the_year_in_which_it_was_told(
    rulebook: Rulebook,
) -> None:
    names = ("unison.staff", "unison.staff_at_the_centre")
    told = ask(rulebook, {}, *names, on=date(2018, 4, 26))
    assert [told[name].value for name in names] == [1115, 315]
    assert not ask(rulebook, {}, names[0], on=date(2019, 1, 1))[names[0]].known


def test_a13_the_secretariat_follows_what_the_committee_agrees(rulebook: Rulebook) -> None:
    officer = {
        "employer.key": "unison",
        "employer.kind": "trade-union",
        "job.group": "union-senior-officer",
    }
    found = ask(rulebook, officer, "pay_mirrors", "negotiating_bodies", on=date(2026, 6, 1))
    assert found["pay_mirrors"].value == "staff-negotiations-committee"
    assert found["negotiating_bodies"].value == frozenset()


def test_a14_a_post_is_advertised_applied_for_and_filled(
    rulebook: Rulebook, union: Union, now: Snapshot, run: Callable[..., Any]
) -> None:
    said = run("vacancies --vacancy SE/1 --on 2026-10-01").output
    assert "A3: not as asked: too late" in said
    assert "A1: as asked; shortlisted; interviewed on 2 June 2026; 12.3 points" in said
    assert run("vacancies --vacancy SE/2 --on 2026-10-01").exit_code == 2
    before = union.append()
    nova = Person(key="N0001", name="Nova Sample")
    told: dict[str, Any] = {
        "person": nova,
        "on": date(2026, 9, 1),
        "appointed": date(2026, 6, 5),
    }
    with pytest.raises(ChangeRefused, match="too late") as refused:
        changes.appoint(rulebook, before, "SE/1", applicant="A3", **told)
    assert "not shortlisted" in str(refused.value)
    with pytest.raises(ChangeRefused, match="places are taken"):
        changes.appoint(rulebook, before, "SE/1", applicant="A1", **told)
    with pytest.raises(ChangeRefused, match="'SE/1'"):
        changes.appoint(rulebook, before, "SE/3", applicant="A1", **told)


def test_a22_the_forum_of_senior_managers_is_of_those_whom_it_is_for(
    rulebook: Rulebook, now: Snapshot
) -> None:
    assert now.holders("chief-officers/member") == ("M0044",)
    officer = {"employer.kind": "council", "job.group": "chief-officer"}
    found = ask(rulebook, officer, "national_forums", on=now.day)["national_forums"]
    assert found.value == {"chief-officers-and-senior-managers"}
