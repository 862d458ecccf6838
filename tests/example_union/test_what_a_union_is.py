"""Each thing that a union is made of, shown on the example: one test for each row of the list."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from unioncore import Answer, Rulebook, ask, placement
from unioncore.answers import (
    may_hold_office,
    member,
    membership,
    who_sits,
)
from unioncore.model import (
    Arrears,
    Employer,
    FundChoice,
    Holding,
    Job,
    Membership,
    Office,
    Organises,
    Snapshot,
    Transfer,
    Union,
    Unit,
    UnitSuccession,
)
from unioncore.records import job_facts, member_facts

pytestmark = pytest.mark.needs_plugins

CORE_OFFICERS = {
    "branch-chair",
    "branch-secretary",
    "branch-treasurer",
    "education-co-ordinator",
    "lifelong-learning-co-ordinator",
    "equality-co-ordinator",
    "health-and-safety-officer",
    "communications-officer",
    "membership-officer",
    "international-officer",
    "young-members-officer",
    "welfare-officer",
    "labour-link-officer",
}
"""The thirteen of the dossier's list of core officers."""


def held_by(now: Snapshot, role: str) -> dict[str, tuple[str, ...]]:
    """Return the holders of every office of a role, by the office's key."""
    return {each.key: now.holders(each.key) for each in now.rows(Office, "role", role)}


def test_a1_branch_with_officers(rulebook: Rulebook, now: Snapshot) -> None:
    core = {role.key for role in rulebook.definitions.office_roles if role.core}
    assert core == CORE_OFFICERS
    offices = {office.role: office for office in now.offices("essex")}
    assert offices.keys() >= CORE_OFFICERS
    secretary = now.holders(offices["branch-secretary"].key)
    assert len(secretary) == 1
    assert now.branch_of(secretary[0]) == "essex"
    assert may_hold_office(rulebook, now, secretary[0], "essex/branch-secretary").value is True
    vacant = {office.role for office in now.vacant("essex")}
    assert vacant == {role for role in offices if not now.holders(f"essex/{role}")}


def test_a2_branch_kinds(rulebook: Rulebook, now: Snapshot) -> None:
    kinds = set(rulebook.rules.words["branch_type"])
    health = {"nhs-trust", "health", "managers-in-partnership"}
    assert kinds >= {"police", "probation", "joint", "local-government", *health}
    branches = now.units("branch")
    assert {branch.branch_type for branch in branches} == {
        "police",
        "probation",
        "local-government",
        "",
        *health,
    }
    assert next(each for each in branches if each.key == "lincolnshire").number == "2235"


def test_a3_cafcass_allocation(rulebook: Rulebook, now: Snapshot) -> None:
    job = now.jobs("M0011")[0]
    facts = job_facts(rulebook, now, job)
    assert facts["work.region"] == "SW"
    found = placement(rulebook, facts, on=now.day)
    assert (found.branch.value, found.region.value) == ("north-west-probation-and-cafcass", "NW")
    assert now.branch_of("M0011") == "north-west-probation-and-cafcass"
    assert now.ancestors("north-west-probation-and-cafcass", "region") == ("NW", "unison")


def test_a4_twelve_regions_with_history(union: Union) -> None:
    thirteen = {unit.name for unit in union.on(date(2002, 6, 1)).units("region")}
    twelve = {unit.name for unit in union.on(date(2026, 6, 1)).units("region")}
    assert (len(thirteen), len(twelve)) == (13, 12)
    assert thirteen - twelve == {"Southern", "Wales"}
    merged = [each for each in union.history("SE") if isinstance(each, UnitSuccession)]
    assert [(each.unit, each.successor, each.how) for each in merged] == [("SO", "SE", "merged")]
    # It had surely not happened in 2002, and surely had by the summer of 2007.
    assert not merged[0].holds(date(2003, 1, 1))
    assert merged[0].holds(date(2007, 7, 19))


def test_a5_seven_service_groups_as_an_axis(now: Snapshot) -> None:
    groups = now.units("service-group")
    assert len(groups) == 7
    assert all(now.parents(each.key) == {"service-group": "unison"} for each in groups)
    by_name_only = [each.key for each in groups if not now.children(each.key, "service-group")]
    assert sorted(by_name_only) == [
        "community",
        "energy",
        "higher-education",
        "water-environment-transport",
    ]


def test_a6_service_group_executives(now: Snapshot) -> None:
    executives = now.units("service-group-executive")
    above = {each.key: now.parents(each.key)["service-group"] for each in executives}
    assert set(above.values()) == {"police-justice", "health", "local-government"}


def test_a7_regional_committees(rulebook: Rulebook, now: Snapshot) -> None:
    assert len(now.units("regional-committee")) == 12
    crossing = now.units("regional-service-group-committee")
    lies = {now.parents(each.key)["region"] for each in crossing}
    regions = {each.key for each in now.units("region")}
    # The constitution of 2011 has none in London and none in Northern Ireland.
    assert lies == regions - {"GL", "NI"}
    assert {now.parents(each.key)["service-group"] for each in crossing} == {"police-justice"}
    facts = job_facts(rulebook, now, now.jobs("M0001")[0])
    committees = placement(rulebook, facts, on=now.day).committees.value
    assert committees == {"regional-police-and-justice-committee"}


def test_a8_nec_seats_with_vacancies(rulebook: Rulebook, now: Snapshot) -> None:
    seats = [each for each in now.offices("nec") if each.role == "nec-member"]
    assert rulebook.parameter("unison.nec_seats", on=date(2025, 6, 1)) == 68
    assert len(seats) == 68
    assert sum(each.group == "black" for each in seats) == 4
    assert sum(each.young for each in seats) == 2
    assert sum(each.group == "disabled" for each in seats) == 2
    vacant = {each.key for each in now.vacant("nec")}
    assert "nec/black-reserved" in vacant
    assert all(not now.holders(key) for key in vacant)


def test_a9_reserved_seats_and_proportionality(rulebook: Rulebook, now: Snapshot) -> None:
    electorate = now.members("unison", "region")
    found = who_sits(rulebook, now, "nec", electorate)
    assert found.by_seat_kind["reserved"] == 13
    assert rulebook.parameter("unison.nec_reserved_seats", on=date(2025, 6, 1)) == 13
    assert found.seats == sum(found.by_seat_kind.values())
    genders = [now.person(each).gender for each in electorate]  # type: ignore[union-attr]
    assert found.women_of_electorate == Fraction(genders.count("female"), len(genders))
    assert found.women_in_proportion.value is True
    # A reserved seat is for a woman paid below the limit of the election; a man is refused.
    facts = {
        "office.role": "nec-member",
        "office.seat_kind": "reserved",
        "office.region": "EA",
        "office.elected": date(2022, 5, 1),
        "person.hourly_pay": Decimal("11.00"),
        "membership.status": "current",
        "membership.category": "full",
    }
    for gender, outcome in (("female", "met"), ("male", "not-met")):
        asked = ask(
            rulebook,
            {**facts, "person.gender": gender},
            "unison.seat_for_a_woman",
            "unison.seat_for_the_low_paid",
            on=date(2022, 6, 20),
        )
        assert asked["unison.seat_for_a_woman"].value == outcome
        assert asked["unison.seat_for_the_low_paid"].value == "met"


def test_a10_strategic_committees_and_trustees(now: Snapshot) -> None:
    committees = {each.name for each in now.units("nec-committee")}
    assert committees >= {
        "Development and Organisation Committee",
        "Finance and Resource Management Committee",
        "Policy Committee",
        "Staffing Committee",
        "Industrial Action Committee",
        "Services to Members Committee",
        "Trustees",
    }
    assert all(
        now.ancestors(each.key, "governance") == ("nec", "ndc", "unison")
        for each in now.units("nec-committee")
    )
    assert len(now.holders("trustee")) == 3


def test_a11_presidential_team_and_convenors(rulebook: Rulebook, now: Snapshot) -> None:
    sitting = {who for held in held_by(now, "nec-member").values() for who in held}
    for role in ("president", "senior-vice-president", "junior-vice-president"):
        (who,) = now.holders(f"nec/{role}")
        assert who in sitting
    outsider = now.members("essex")[0]
    assert outsider not in sitting
    refused = may_hold_office(rulebook, now, outsider, "nec/president")
    assert refused.value is False
    assert any(reason.rule == "unison.presupposed_seat" for reason in refused.because)
    convenors = held_by(now, "regional-convenor")
    assert len(convenors) == 12
    assert convenors["council-ni/regional-convenor"] == ()
    for office, held in convenors.items():
        for who in held:
            assert may_hold_office(rulebook, now, who, office).value is not False


def test_a12_staff_posts_and_directorates(rulebook: Rulebook, now: Snapshot) -> None:
    directorates = now.units("directorate")
    for each in directorates:
        (head,) = now.holders(f"{each.key}/head")
        assert now.jobs(head)[0].employer == "unison"
        # The rules on lay offices do not govern a post of the staff.
        assert may_hold_office(rulebook, now, head, f"{each.key}/head").value is True
    offices = now.children("directorate-regions", "staff")
    assert len(offices) == 12
    assert len(now.holders("general-secretary")) == 1


def test_a13_staff_negotiating_machinery(rulebook: Rulebook, now: Snapshot) -> None:
    (organiser,) = now.holders("office-nw/organiser")
    (secretary,) = now.holders("general-secretary")
    bodies = {}
    for who in (organiser, secretary):
        facts = job_facts(rulebook, now, now.jobs(who)[0])
        bodies[who] = placement(rulebook, facts, on=now.day).negotiating_bodies
    assert bodies[organiser].value == {"staff-negotiations-committee"}
    assert bodies[secretary].value == frozenset()
    assert "does not bargain for the senior officers" in bodies[secretary].to_text()


def test_a21_self_organised_groups(now: Snapshot) -> None:
    groups = set(now.children("unison", "group"))
    assert groups >= {"sog-women", "sog-black", "sog-disabled", "sog-lgbt"}
    assert now.children("sog-women", "group") == ("sog-women-committee", "sog-women-nw-committee")


def test_a22_young_and_retired_and_the_forum_of_chief_officers(
    rulebook: Rulebook, now: Snapshot
) -> None:
    assert {each.key for each in now.units("young-members-forum")} == {"young"}
    assert {each.key for each in now.units("retired-members-committee")} == {"retired"}
    (forum,) = now.units("national-forum")
    # It is neither a service group nor a sector.
    assert now.parents(forum.key) == {"governance": "unison"}
    young = {}
    for day in (date(2026, 5, 31), date(2026, 6, 1)):
        asked = ask(rulebook, {"person.born": date(1995, 6, 1)}, "young_member", on=day)
        young[day] = asked["young_member"].value
    # Thirty or under: until the day before the thirty-first birthday.
    assert list(young.values()) == [True, False]


def test_a23_sister_unions(rulebook: Rulebook, now: Snapshot) -> None:
    unions = {each.key: each for each in rulebook.definitions.unions}
    assert [each.key for each in unions.values() if each.own] == ["unison"]
    assert unions.keys() >= {"fda", "gmb", "unite", "napo"}
    held = {row.union or "unison" for row in now.memberships("M0015") if row.status == "current"}
    assert held == {"unison", "napo"}
    facts = member_facts(rulebook, now, "M0015")
    assert facts["membership.unions"] == {"unison", "napo"}


def test_a24_labour_affiliation(rulebook: Rulebook) -> None:
    own = next(each for each in rulebook.definitions.unions if each.own)
    (affiliation,) = own.affiliations
    assert (affiliation.to, affiliation.through) == ("Labour Party", "labour-link")
    assert affiliation.citations


def test_a25_two_sections_of_the_political_fund(rulebook: Rulebook, now: Snapshot) -> None:
    assert set(rulebook.rules.words["fund_section"]) == {"labour-link", "campaign-fund"}
    said = {}
    for who in ("M0021", "M0022", "M0023", "M0024"):
        facts = member_facts(rulebook, now, who)
        found = membership(rulebook, facts, on=now.day)
        said[who] = (found.political_fund_regime.value, found.political_fund.value)
    assert said == {
        "M0021": ("opt-out", True),  # joined in 2010
        "M0022": ("opt-in", False),  # joined in 2020
        "M0023": ("opt-out", True),  # joined after 18 February 2026
        "M0024": ("opt-in", True),  # joined in 2019, and opted in
    }
    sections = {row.section for row in now.rows(FundChoice, "person", "M0024")}
    assert sections == {"labour-link", "campaign-fund"}


@pytest.mark.parametrize(
    ("choices", "pays", "sections"),
    [
        ("2020 labour-link out", None, None),  # M0002 joined in 2012
        ("2019 labour-link in; 2021 * out", False, set()),
        ("2019 * out; 2021 labour-link in", True, {"labour-link"}),
        ("2020 labour-link out; 2020 campaign-fund in", True, {"campaign-fund"}),
    ],
)
def test_a25_what_was_said_last_of_each_section_counts(
    rulebook: Rulebook, union: Union, choices: str, pays: bool | None, sections: set[str] | None
) -> None:
    rows = [
        FundChoice(
            person="M0002",
            choice="opted-in" if way == "in" else "opted-out",
            section=section.strip("*"),
            start=date(int(year), 1, 1),
        )
        for year, section, way in (each.split() for each in choices.split("; "))
    ]
    said = member(rulebook, union.append(*rows).on(date(2026, 6, 1)), "M0002").membership
    found = (said.political_fund, said.political_fund_sections)
    assert [each.value if each.known else None for each in found] == [pays, sections]


@pytest.mark.parametrize(
    ("incident", "helped"),
    [("2026-02-28", True), ("2026-03-28", True), ("2026-03-29", False), ("2026-04-10", True)],
)
def test_b4_arrears_count_on_the_day_of_the_incident_whatever_is_paid_later(
    rulebook: Rulebook, union: Union, incident: str, helped: bool
) -> None:
    # Four weeks' arrears bar help, and the four weeks are those before the incident.
    owing = Arrears(person="M0002", start=date(2026, 3, 1), end=date(2026, 4, 10))
    now = union.append(owing).on(date(2026, 6, 1))
    found = member(rulebook, now, "M0002", incident=date.fromisoformat(incident)).membership
    assert found.qualifies_for_legal_help.value is helped


def test_b5_the_four_weeks_are_known_where_every_way_of_counting_agrees(
    rulebook: Rulebook, union: Union
) -> None:
    # M0001 applied and paid in 2015, in a branch that has not said from which it counts.
    now = union.on(date(2026, 6, 1))
    found = member(rulebook, now, "M0001", incident=date(2026, 5, 1)).membership
    assert not found.membership_began.known
    assert found.qualifies_for_legal_help.value is True


def test_b1_members_with_employer_workplace_post_and_grade(
    rulebook: Rulebook, now: Snapshot
) -> None:
    found = member(rulebook, now, "M0008")
    (placed,) = found.jobs
    assert (placed.employer, placed.job.role, placed.job.band) == (
        "Probation Service",
        "probation officer",
        "4",
    )
    assert placed.workplace == "Yorkshire and Humberside, probation office"
    assert placed.placement.negotiating_bodies.value == {"prob-jnc"}
    two = member(rulebook, now, "M0014")
    assert [each.job.main for each in two.jobs] == [True, False]
    assert two.facts["person.earnings"] == Decimal(27_500)


def test_b2_transfers(union: Union, now: Snapshot) -> None:
    by = {(row.employer, row.to): row for row in now.every(Transfer)}
    moved = by["example-rehabilitation-company", "probation-service"]
    assert (moved.on, moved.how) == (date(2021, 6, 26), "statute")
    before, after = (union.on(day).jobs("M0009") for day in (date(2021, 6, 25), moved.on))
    assert [job.employer for job in (*before, *after)] == [moved.employer, moved.to]
    # Between branches the membership goes on without a break.
    assert union.on(date(2022, 7, 31)).branch_of("M0028") == "devon-county"
    assert union.on(date(2022, 8, 1)).branch_of("M0028") == "cambridgeshire"
    assert now.joined("M0028") == date(2015, 9, 7)


def test_b3_status_history(union: Union, now: Snapshot) -> None:
    rows = sorted(union.rows(Membership, "person", "M0029"), key=lambda row: row.start)
    assert [row.status for row in rows] == ["current", "lapsed", "current"]
    assert now.joined("M0029") == date(2023, 1, 9)
    assert union.on(date(2020, 1, 1)).branch_of("M0029") == ""
    then = union.on(date(2024, 3, 1), known_on=date(2024, 3, 1))
    assert then.branch_of("M0030") == "sussex-police-branch"
    assert union.on(date(2024, 3, 1)).branch_of("M0030") == "surrey-police-branch"


def test_b4_bands_and_arrears(rulebook: Rulebook, union: Union) -> None:
    def standing(who: str, day: date) -> bool:
        facts = member_facts(rulebook, union.on(day), who)
        return membership(rulebook, facts, on=day).in_good_standing.value

    # Unpaid since 1 September: four weeks are full on the 29th.
    assert standing("M0026", date(2026, 9, 28)) is True
    assert standing("M0026", date(2026, 9, 29)) is False
    # Earns for band K and pays band H.
    assert standing("M0027", date(2026, 9, 1)) is False

    def band(earnings: str) -> Answer[str]:
        given = {"person.earnings": Decimal(earnings)}
        found = ask(rulebook, given, "subscription_band", on=date(2016, 10, 1))
        return found["subscription_band"]

    assert (band("2000.00").value, band("2001.00").value) == ("A", "B")
    # The printed table goes from 2,000 to 2,001 pounds.
    assert not band("2000.01").known


@pytest.mark.parametrize(
    ("incident", "qualifies"), [(date(2026, 11, 15), False), (date(2026, 11, 16), True)]
)
def test_b5_four_week_rule_with_reasons(
    rulebook: Rulebook, union: Union, incident: date, qualifies: bool
) -> None:
    # Joined on 19 October 2026 in a branch that counts from the application.
    now = union.on(incident)
    found = member(rulebook, now, "M0019", incident=incident).membership
    assert found.membership_began.value == date(2026, 10, 19)
    answer = found.qualifies_for_legal_help
    assert answer.value is qualifies
    decisive = [
        reason for reason in answer.because if "weeks" in reason.text or "long" in reason.text
    ]
    assert decisive
    assert any(reason.citations for reason in decisive)


# -- what holds of the whole example ---------------------------------------------------------------


def test_every_member_is_in_a_branch_that_organises_their_employer(now: Snapshot) -> None:
    for row in now.every(Membership):
        if row.status == "current" and row.union == "" and row.branch and row.category == "full":
            job = now.jobs(row.person)[0]
            organising = {each.branch for each in now.rows(Organises, "employer", job.employer)}
            assert row.branch in organising or not organising or row.person in ("M0005", "M0007")


def test_a_thousand_members_who_do_not_exist(union: Union) -> None:
    members = {row.person for row in union.every(Membership)}
    assert 1_000 <= len(members) <= 1_100
    holders = {row.person for row in union.every(Holding)}
    staff = {job.person for job in union.every(Job) if job.employer == "unison"}
    assert {person.key for person in union.people} == members | (holders & staff)
    invented = {"Example", "Sample", "Specimen", "Pattern", "Model", "Instance", "Prototype"}
    assert {person.name.split()[-1] for person in union.people} <= invented | {"Placeholder"}


def test_real_bodies_are_all_there(union: Union) -> None:
    today = union.on(date(2026, 10, 1))
    forces = today.rows(Employer, "kind", "police-force")
    assert sum(each.nation in ("England", "Wales") for each in forces) == 43
    assert {each.key for each in forces if each.nation not in ("England", "Wales")} == {
        "police-scotland",
        "psni",
    }
    councils = {each.key for each in union.employers if each.kind == "council"}
    authorities = {each.key for each in union.employers if each.kind == "combined-authority"}
    assert len(councils) + len(authorities) == 470
    assert not [unit for unit in union.every(Unit) if unit.kind == "region" and unit.start is None]
