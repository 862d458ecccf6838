"""Members in health and local government, placed as the sources of the odd cases have it."""

from datetime import date
from typing import Any

import pytest

from unioncore import Rulebook
from unioncore.answers import MemberAnswers, member
from unioncore.model import Employer, Membership, Transfer, Union

pytestmark = pytest.mark.needs_plugins

HEALTH: dict[str, Any] = {"service_group": "health"}
COUNCIL: dict[str, Any] = {"service_group": "local-government"}
TERMS = {"negotiating_bodies": {"nhs-sc"}}
NO_SEAT = {"union_has_seat": False}
NO_BODY = {"negotiating_bodies": set(), "bargaining_level": "employer"}
FORUM = {"national_forums": {"chief-officers-and-senior-managers"}}


def under(*bodies: str) -> dict[str, Any]:
    return {"negotiating_bodies": set(bodies)}


PLACED: dict[tuple[str, date], dict[str, Any]] = {
    # health: England, Scotland (direct talks, no review), Northern Ireland
    ("M0031", date(2024, 6, 1)): {
        **HEALTH,
        **TERMS,
        "branch_type": "nhs-trust",
        "pay_reviewed_by": {"nhsprb"},
    },
    ("M0032", date(2023, 6, 1)): {**HEALTH, **under("nhs-sc", "stac"), "pay_reviewed_by": set()},
    ("M0034", date(2025, 6, 1)): {**HEALTH, **under("nhs-sc", "ni-hsc")},
    # an integrated care board; managers from band 8a, before and after they came to it
    ("M0035", date(2024, 6, 1)): {**HEALTH, **TERMS},
    ("M0036", date(2024, 6, 1)): {**HEALTH, **TERMS, "joint_unions": {"fda", "mip", "unison"}},
    ("M0037", date(2024, 3, 31)): {**HEALTH, **TERMS, "joint_unions": set()},
    ("M0037", date(2024, 4, 1)): {**HEALTH, **TERMS, "joint_unions": {"fda", "mip", "unison"}},
    # a contractor's cleaner on terms aligned to Agenda for Change
    ("M0039", date(2024, 6, 1)): {**HEALTH, **NO_BODY},
    # councils: a city of the East Midlands, a borough of London, Scotland
    ("M0041", date(2024, 6, 1)): {
        **COUNCIL,
        **under("njc", "njc-rjc-em"),
        "branch_type": "local-government",
        "region": "EM",
    },
    ("M0042", date(2018, 6, 1)): {**COUNCIL, **under("njc", "glpc")},
    ("M0043", date(2025, 6, 1)): {**COUNCIL, **under("sjc")},
    # chief officers and executives, craft, youth and community, Soulbury
    ("M0044", date(2024, 6, 1)): {**COUNCIL, **under("jnc-co"), **FORUM},
    ("M0045", date(2024, 6, 1)): {**COUNCIL, **under("jnc-cx"), **NO_SEAT},
    ("M0046", date(2024, 6, 1)): {**COUNCIL, **under("jnc-craft"), **NO_SEAT},
    ("M0047", date(2024, 6, 1)): {**COUNCIL, **under("jnc-ycw")},
    ("M0048", date(2025, 6, 1)): {**COUNCIL, **under("soulbury"), **NO_SEAT},
    # a council that left the national agreement
    ("M0049", date(2024, 6, 1)): {**COUNCIL, **NO_BODY},
    # schools, an academy trust, the Education Authority
    ("M0050", date(2025, 6, 1)): {**COUNCIL, **under("njc", "njc-rjc-em")},
    ("M0051", date(2025, 6, 1)): {**COUNCIL, **under()},
    ("M0052", date(2023, 6, 1)): {**COUNCIL, **under("njc", "ea-jnc")},
    # regulators are in local government, not in health
    ("M0053", date(2024, 6, 1)): {**COUNCIL, **NO_BODY},
    ("M0054", date(2024, 6, 1)): {**COUNCIL, **NO_BODY},
    # a contractor after a transfer; probation before and after the conference of 2009
    ("M0055", date(2018, 6, 1)): {**COUNCIL, **NO_BODY},
    ("M0056", date(2008, 6, 1)): {**COUNCIL, **under("nnc")},
    ("M0056", date(2015, 3, 1)): {"service_group": "police-justice", **under("nnc")},
    ("M0056", date(2024, 6, 1)): {"service_group": "police-justice", **under("prob-jnc")},
}
"""What published sources say of each post, on a day for which they say it."""


def found_on(rulebook: Rulebook, union: Union, who: str, day: date) -> MemberAnswers:
    return member(rulebook, union.on(day), who)


@pytest.mark.parametrize(("who", "day"), PLACED)
def test_a_member_is_placed(rulebook: Rulebook, union: Union, who: str, day: date) -> None:
    found = found_on(rulebook, union, who, day)
    answers = found.jobs[0].placement.answers()
    expected = PLACED[who, day]
    assert {name: answers[name].value for name in expected} == expected
    assert all(answers[name].because for name in expected)
    # What the records say of the branch and what the rules say of the member agree.
    assert found.disagreements == ()


def test_in_wales_the_handbook_is_that_of_the_kingdom(rulebook: Rulebook, union: Union) -> None:
    placed = found_on(rulebook, union, "M0033", date(2024, 6, 1)).jobs[0].placement
    assert placed.service_group.value == "health"
    assert "nhs-sc" in placed.negotiating_bodies.value
    assert placed.pay_reviewed_by.value == {"nhsprb"}


def test_a_doctor_has_left_agenda_for_change(rulebook: Rulebook, union: Union) -> None:
    before, after = (
        found_on(rulebook, union, "M0038", day).jobs[0]
        for day in (date(2023, 8, 1), date(2024, 6, 1))
    )
    assert before.placement.negotiating_bodies.value == {"nhs-sc"}
    assert after.job.group == "doctor-or-dentist"
    assert "nhsprb" not in after.placement.pay_reviewed_by.value
    # Whether another body negotiates for doctors was not found; that the council does not, was.
    bodies = after.placement.negotiating_bodies
    assert not bodies.known
    assert "outside Agenda for Change" in bodies.to_text()


def test_of_two_jobs_the_main_one_decides(rulebook: Rulebook, union: Union) -> None:
    found = found_on(rulebook, union, "M0040", date(2024, 6, 1))
    groups = [each.placement.service_group.value for each in found.jobs]
    assert [each.job.main for each in found.jobs] == [True, False]
    assert groups == ["local-government", "health"]
    assert union.on(date(2024, 6, 1)).branch_of("M0040") == "nottingham-city-council-branch"
    # One subscription on the sum, 23,000 pounds, which is in the band up to 25,000.
    assert found.facts["membership.band"] == found.membership.subscription_band.value == "H"


def test_a_manager_is_moved_to_the_branch_of_managers(union: Union) -> None:
    branches = [union.on(day).branch_of("M0037") for day in (date(2024, 3, 31), date(2024, 4, 1))]
    assert branches == ["nottingham-university-hospitals-branch", "managers-in-partnership"]
    now = union.on(date(2024, 6, 1))
    assert now.joined("M0037") == date(2018, 5, 7)
    for who in ("M0036", "M0037"):
        assert {row.union for row in now.memberships(who)} == {"", "fda"}


def test_the_transferred_cleaner_went_with_the_work(union: Union) -> None:
    (moved,) = (row for row in union.every(Transfer) if row.to == "example-cleaning")
    assert (moved.on, moved.how) == (date(2016, 4, 1), "tupe")
    before, after = (union.on(day).jobs("M0055")[0] for day in (date(2016, 3, 31), moved.on))
    assert (before.employer, after.employer) == (moved.employer, moved.to)


def test_each_kind_of_employer_and_of_branch_has_a_member(union: Union) -> None:
    now = union.on(date(2026, 10, 1))
    rows = [row for row in now.every(Membership) if row.status == "current"]
    employers = {job.employer for row in rows for job in now.jobs(row.person)}
    kinds = {each.kind for each in now.every(Employer) if each.key in employers}
    assert kinds >= {
        "nhs-trust",
        "nhs-board",
        "hsc-trust",
        "integrated-care-board",
        "private-contractor",
        "council",
        "maintained-school",
        "academy-trust",
        "education-authority",
        "public-regulator",
    }
    units = [now.unit(row.branch) for row in rows if row.branch]
    types = {unit.branch_type for unit in units if unit is not None}
    assert types >= {"nhs-trust", "health", "managers-in-partnership", "local-government"}
