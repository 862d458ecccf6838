"""Each odd case of who belongs where, as ``unioncore explain`` tells it."""

import json
from datetime import date

import attrs
import pytest

from unioncore import Rulebook
from unioncore.answers import member, member_redundancy
from unioncore.describe import member_plain, member_text
from unioncore.errors import UnknownName
from unioncore.model import Parent, Snapshot, Union

pytestmark = pytest.mark.needs_plugins

ODD = {
    # a force in the Police Staff Council, one outside it, and a PCSO, who is no officer
    "M0001": ["Negotiating bodies: Police Staff Council (England and Wales)"],
    "M0002": [
        "Negotiating bodies: none",
        "because not covered by the Police Staff Council (England and Wales): the force is outside "
        "it and bargains for itself",
        "source: Local Government Association, Membership of the Police Staff Council",
        "recognition for pay, hours, holidays",
    ],
    "M0003": ["PCSO, Essex Police", "Negotiating bodies: Police Staff Council (England and Wales)"],
    # a constable, somebody in London, somebody in Northern Ireland: not organised there
    "M0004": [
        "because police officers and special constables have federations and associations of "
        "their own",
        "the union does not organise the main job",
    ],
    "M0005": ["Service group: none", "because UNISON does not organise police staff in London"],
    "M0007": [
        "Service group: none",
        "because UNISON does not organise police and justice members in Northern Ireland",
    ],
    "M0006": [
        "branch: UNISON Police Staff Scotland",
        "Branch: UNISON Police Staff Scotland",
        "Region: Scotland",
    ],
    "M0008": ["Negotiating bodies: Probation Service Joint Negotiating Committee"],
    # one national branch, so the branch's region is not the workplace's
    "M0011": ["Branch: North-West Probation and CAFCASS", "Region: North West"],
    "M0012": ["Custody assistant, Example Custody Services B Limited", "Level of bargaining"],
    "M0013": ["Practitioner, Cafcass Cymru"],
    "M0014": ["Band of subscription: band I", "Clerk, Leicestershire Police (not the main job)"],
    "M0015": ["before: full member of Napo", "Negotiating bodies: Probation Service"],
    "M0016": ["retired member of UNISON", "because the member retired after two years'"],
    "M0017": ["unemployed member of UNISON", "Yearly subscription: £4.00"],
    "M0018": ["student member of UNISON", "Yearly subscription: £10.00"],
    "M0020": ["Negotiating bodies: Staff Negotiations Committee of UNISON"],
    # health: a manager in two unions, a doctor, a contractor's cleaner
    "M0036": ["Branch type: Managers in Partnership", "full member of FDA"],
    "M0038": ["Pay review bodies: Review Body on Doctors' and Dentists' Remuneration"],
    "M0039": ["Service group: Health care", "Negotiating bodies: none"],
    # local government: no seat, a body of which too little is known, and a transfer
    "M0046": ["Union sits on a body that negotiates for the post: no"],
    "M0051": ["Not known: the negotiating bodies", "lets the body be constituted in 2026"],
    "M0055": [
        "Cleaner, Example Cleaning Limited",
        "Negotiating bodies: none",
        "binding, frozen at the transfer on 1 April 2016",
        "annual leave: 27 days",
    ],
    "M0025": ["because in Northern Ireland nobody contributes without having said so in writing"],
    "M0026": ["Member is in good standing: no", "less than four weeks in arrears"],
    "M0027": ["pays band H; the earnings call for band K"],
    "M0028": ["before: full member of UNISON from 7 September 2015 until 1 August 2022"],
    "M0029": ["before: lapsed: full member of UNISON", "since 9 January 2023"],
}


def told(rulebook: Rulebook, now: Snapshot, who: str) -> list[str]:
    return list(member_text(rulebook, member(rulebook, now, who)))


@pytest.mark.parametrize("who", ODD)
def test_an_odd_case(rulebook: Rulebook, now: Snapshot, who: str) -> None:
    lines = told(rulebook, now, who)
    text = "\n".join(lines)
    for expected in ODD[who]:
        assert expected in text, text
    assert "source: " in text
    # Every "because" of a rule is followed by its source; the register of agreements is its own.
    register = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        register = line.strip() == "agreements:" or (register and line.startswith("   "))
        if line.strip().startswith("because ") and not register:
            assert following.strip().startswith("source: "), line


def test_two_days_of_one_member(rulebook: Rulebook, union: Union) -> None:
    then = "\n".join(told(rulebook, union.on(date(2015, 3, 1)), "M0010"))
    now = "\n".join(told(rulebook, union.on(date(2026, 3, 1)), "M0010"))
    assert "Probation officer, National Probation Service" in then
    assert "National Negotiating Council for the Probation Service" in then
    assert "Service group: Police and Justice" in then  # its name of 2015
    assert "Probation officer, Probation Service" in now
    assert "Service group: Police, Probation and CAFCASS" in now


def test_before_joining_nobody_is_a_member(rulebook: Rulebook, union: Union) -> None:
    text = "\n".join(told(rulebook, union.on(date(2010, 1, 1)), "M0002"))
    assert "not a member on that day" in text
    assert "Person may join" in text


def test_officers_and_accreditations_are_told(rulebook: Rulebook, now: Snapshot) -> None:
    (steward,) = now.holders("essex/steward")
    text = "\n".join(told(rulebook, now, steward))
    assert "Steward, Essex, from 1 March 2026" in text
    assert "Member may hold the office: yes" in text
    assert "accredited for representation in employment matters" in text


@pytest.mark.parametrize("who", ODD)
def test_as_json(rulebook: Rulebook, now: Snapshot, who: str) -> None:
    found = member(rulebook, now, who)
    plain = json.loads(json.dumps(member_plain(found)))
    assert plain["person"] == who
    assert plain["membership"]["in_good_standing"]["fact"] == "in_good_standing"
    assert [job["job"]["person"] for job in plain["jobs"]] == [who] * len(found.jobs)
    assert plain["disagreements"] == list(found.disagreements)


def test_after_the_last_day_of_the_records_it_warns(rulebook: Rulebook, union: Union) -> None:
    last = date(2026, 11, 1)
    assert union.kept_until == last
    assert not member(rulebook, union.on(last), "M0002").warnings
    later = told(rulebook, union.on(date(2026, 11, 2)), "M0002")
    assert "  warning: the records are kept until 2026-11-01; " in "\n".join(later)


def test_nobody_else_is_suggested(rulebook: Rulebook, now: Snapshot) -> None:
    with pytest.raises(UnknownName) as raised:
        member(rulebook, now, "M0002x")
    assert raised.value.suggestion is None
    assert "M0002'" not in str(raised.value)


def test_a_parent_that_is_not_known_on_the_day_is_said(rulebook: Rulebook, union: Union) -> None:
    day = date(2026, 6, 1)
    branch = union.on(day).branch_of("M0002")
    others = [row for row in union.parents if (row.unit, row.axis) != (branch, "region")]
    before = Parent(unit=branch, axis="region", parent="eastern", end=date(2020, 1, 1))
    after = Parent(unit=branch, axis="region", parent="eastern", start=date(2030, 1, 1))
    with_gap = attrs.evolve(union, parents=(*others, before, after))
    (said,) = member(rulebook, with_gap.on(day), "M0002").warnings
    assert said.startswith("it is not known what stood above ")
    assert said.endswith(" by region")
    assert not member(rulebook, union.on(day), "M0002").warnings


def test_redundancy_is_worked_out_from_the_records(rulebook: Rulebook, union: Union) -> None:
    now = union.on(date(2026, 6, 1))
    found = member_redundancy(rulebook, now, "M0001", notice_given=date(2026, 6, 1))
    # Employed since 1 June 2015: eleven weeks of notice are due, and the age is 48.
    assert found.service.counts_to.value == date(2026, 8, 17)
    assert (found.service.complete_years.value, found.pay.weeks) == (11, 14.5)
    # A transfer in 2016 broke nothing: employed since 2 March 2009.
    assert member_redundancy(rulebook, now, "M0055").service.complete_years.value == 17
    with pytest.raises(UnknownName):
        member_redundancy(rulebook, union.on(date(2000, 1, 1)), "M0001")
