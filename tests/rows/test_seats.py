"""Offices, seats and committees: who holds them, what presupposes and excludes what, and terms."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from unioncore import Rulebook, changes
from unioncore.answers import Pattern, ask, fair_share, seat, seats
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.model import Event, GroupMember, Job, Snapshot, Union
from unioncore.records import read_union, write_union

pytestmark = pytest.mark.needs_plugins

ON = "--on 2026-10-01"
GROUP = "local-government-services"
NEC: Any = {"on": date(2026, 10, 1), "though_not_known": True}


def refused(change: Callable[[], Union], *why: str) -> None:
    with pytest.raises(ChangeRefused) as raised:
        change()
    for each in why:
        assert any(each in reason for reason in raised.value.reasons), raised.value.reasons


# -- A8: the seats of the executive ----------------------------------------------------------------


def test_a8_the_nec_of_68(rulebook: Rulebook, now: Snapshot) -> None:
    found = seats(rulebook, now, "nec")
    body = found.bodies[0]
    assert (body.role, body.recorded, body.in_all.value) == ("nec-member", 68, 68)
    assert body.add_up.value is True
    assert (body.held, body.vacant, body.not_known) == (43, 25, 0)
    assert body.people == 43
    # Candidates' lists name 24 seats outside the regions, four of London and five of Scotland.
    assert body.not_divided.value == 68 - 33
    named = {(each.constituency, each.kind): each for each in body.allotted}
    assert named["SC", "female"].at_least.value == named["SC", "female"].recorded == 2
    assert not named["NW", "female"].at_least.known


def test_a8_fewer_seats_than_the_rules_say_is_told(rulebook: Rulebook, union: Union) -> None:
    fewer = Union(
        key="unison",
        units=union.units,
        offices=tuple(each for each in union.offices if each.key != "nec/sc-female"),
    )
    found = seats(rulebook, fewer.on(date(2026, 10, 1)), "nec")
    assert found.bodies[0].add_up.value is False
    assert "SC female: 1 recorded, at least 2 by the rules" in found.to_text()


def test_a8_who_held_a_seat_and_how(rulebook: Rulebook, union: Union, now: Snapshot) -> None:
    rows = union.holders_of("nec/nw-male")
    assert [(row.start, row.end, row.how) for row in rows] == [
        (date(2025, 6, 23), date(2026, 3, 2), "elected"),
        (date(2026, 6, 8), None, "by-election"),
    ]
    with pytest.raises(UnknownName, match="did you mean 'nec/nw-male'"):
        union.holders_of("nec/nw-mael")
    (held,) = seat(rulebook, now, "nec/nw-male")
    assert (held.state.value, held.how, held.since) == ("held", "by-election", rows[1].start)
    (vacant,) = seat(rulebook, now, "nec/se-male")
    assert (vacant.state.value, vacant.vacant_since) == ("vacant", date(2026, 5, 1))
    (between,) = seat(rulebook, union.on(date(2026, 4, 1)), "nec/nw-male")
    assert (between.state.value, between.vacant_since) == ("vacant", date(2026, 3, 2))


def test_a8_a_ballot_without_a_result_leaves_the_seat_not_known(
    rulebook: Rulebook, union: Union
) -> None:
    closes = date(2026, 5, 20)
    (before,) = seat(rulebook, union.on(closes), "nec/nw-male", ballot_closes=closes)
    (after,) = seat(rulebook, union.on(date(2026, 5, 21)), "nec/nw-male", ballot_closes=closes)
    assert before.state.value == "vacant"
    assert "result is not recorded" in after.state.reason


def test_a8_a_term_ends_with_a_conference(rulebook: Rulebook, union: Union) -> None:
    # The conference of 2027 opens on 15 June; on which day it closes is not recorded.
    (last,) = seat(rulebook, union.on(date(2027, 6, 14)), "nec/nw-male")
    (later,) = seat(rulebook, union.on(date(2027, 6, 15)), "nec/nw-male")
    assert last.state.value == "held"
    # A by-election fills the rest of the term that began in 2025.
    assert "conference of 2027" in later.state.reason
    closed = Event(unit="ndc", edition="2027", what="closes", at=date(2027, 6, 18))
    known = union.append(closed)
    (held,) = seat(rulebook, known.on(date(2027, 6, 18)), "nec/nw-male")
    (over,) = seat(rulebook, known.on(date(2027, 6, 19)), "nec/nw-male")
    assert (held.state.value, held.until.value) == ("held", date(2027, 6, 19))
    assert "no later election" in over.state.reason


def test_a8_from_the_command_line(run: Callable[..., Any]) -> None:
    text = run(f"seats --unit nec --role nec-member {ON}")
    assert text.exit_code == 0
    assert "nec-member: 68 places, 43 held, 25 vacant" in text.output
    assert "41 for women only, 60.3 per cent" in text.output
    assert "nec/se-male (SE male): vacant since 2026-05-01" in text.output
    plain = json.loads(run(f"seats --unit nec {ON} --json").output)
    assert plain["bodies"][0]["in_all"]["value"] == 68
    drawn = run(f"seats --unit nec {ON} --format svg").output
    assert drawn.startswith("<svg")
    assert "nec/se-male: vacant" in drawn
    assert "M0" not in drawn
    wrong = run(f"seats --unit nce {ON}")
    assert (wrong.exit_code, "did you mean 'nec'" in wrong.output) == (2, True)
    wrong = run(f"seats --unit nec --role nec-membre {ON}")
    assert (wrong.exit_code, "did you mean 'nec-member'" in wrong.output) == (2, True)


# -- A6, A7, A10, A21: other bodies ---------------------------------------------------------------


def test_a6_a_service_groups_executive(rulebook: Rulebook, union: Union, now: Snapshot) -> None:
    (body,) = seats(rulebook, now, "sge-police-justice").bodies
    assert (body.recorded, body.held) == (10, 10)
    (place,) = seat(rulebook, union.on(date(2028, 1, 1)), "sge-police-justice/ea-general")
    assert "conference of 2028" in place.state.reason
    nec = now.holders("nec/police-justice-general-1")[0]
    freed = changes.vacate(
        rulebook,
        union,
        "sge-police-justice/ea-general",
        now.holders("sge-police-justice/ea-general")[0],
        on=NEC["on"],
    )
    refused(
        lambda: changes.elect(rulebook, freed, "sge-police-justice/ea-general", nec, **NEC),
        "holds no other seat on a service group's executive",
    )


def test_a7_a_committee_of_a_service_group_in_a_region(
    rulebook: Rulebook, union: Union, now: Snapshot, run: Callable[..., Any]
) -> None:
    assert len(now.holders("pj-committee-ea/member")) == 3
    assert "4 places, 3 held, 1 vacant" in run(f"seats --unit pj-committee-ea {ON}").output
    stranger = now.members("SW")[0]
    refused(
        lambda: changes.elect(rulebook, union, "pj-committee-ea/member", stranger, **NEC),
        "belongs to its branch or region",
    )


def test_a10_committees_of_the_executive(rulebook: Rulebook, union: Union, now: Snapshot) -> None:
    strategic = {
        unit.key
        for unit in now.units("nec-committee")
        if (
            found := ask(
                rulebook, {"committee.name": unit.name}, "committee.strategic", on=now.day
            )["committee.strategic"]
        ).known
        and found.value
    }
    assert len(strategic) == 3
    # Every member of the executive sits on just one of them.
    (nec, *_) = seats(rulebook, now, "nec").bodies
    members = [who for unit in strategic for who in now.holders(f"{unit}/member")]
    assert len(members) == len(set(members)) == nec.held
    outsider = now.members("essex")[0]
    refused(
        lambda: changes.elect(rulebook, union, "nec-policy/member", outsider, **NEC),
        "not met: the person holds the seat that the office presupposes",
    )
    (president,) = now.holders("nec/president")
    (own,) = [each for each in now.held(president) if each.role == "nec-member"]
    left = changes.vacate(rulebook, union, own.key, president, on=NEC["on"])
    after = {each.role for each in left.on(NEC["on"]).held(president)}
    assert not after & {"nec-committee-member", "nec-committee-chair", "president"}


def test_a21_groups_at_each_level(rulebook: Rulebook, union: Union, now: Snapshot) -> None:
    assert len(now.holders("sog-women-committee/chair")) == 1
    assert now.parents("sog-women-nw-committee") == {"group": "sog-women", "region": "NW"}
    assert now.holders("sog-women-nw-committee/chair")
    assert now.holders("essex/womens-officer")
    not_of_it = next(
        who for who in now.members("essex") if not now.rows(GroupMember, "person", who)
    )
    refused(
        lambda: changes.elect(rulebook, union, "sog-black-committee/member", not_of_it, **NEC),
        "identifies with the group of the office",
    )


def test_a21_an_attender_without_a_vote_is_no_delegate(rulebook: Rulebook) -> None:
    facts = {
        "office.role": "conference-attender",
        "person.roles": frozenset(["conference-delegate"]),
    }
    key = "unison.delegate_or_attender"
    assert ask(rulebook, facts, key, on=date(2026, 6, 1))[key].value == "not-met"


def test_a9_a_body_beside_its_electors(
    rulebook: Rulebook, union: Union, now: Snapshot, run: Callable[..., Any]
) -> None:
    electors = now.members("unison")
    table = fair_share(rulebook, now, "nec", electors, by="gender").table
    assert isinstance(table, Pattern)
    shown = dict(zip(table.rows.all(), table.row_totals, strict=True))
    # Who is president or vice president holds a seat as well, and counts once.
    assert shown["holders"] == 43 // table.base * table.base or shown["holders"] == 45
    # Three members of a regional committee are too few to tell how they are made up.
    few = fair_share(rulebook, now, "pj-committee-ea", electors, by="gender").to_text()
    assert "holders: female suppressed" in few or "withheld" in few
    said = run(f"seats --unit nec --by young_member {ON}")
    assert said.exit_code == 0
    assert "holders:" in said.output
    wrong = run(f"seats --unit nec --by gendre {ON}")
    assert (wrong.exit_code, "did you mean 'gender'" in wrong.output) == (2, True)


# -- A1, A9, A11: electing asks the rules ----------------------------------------------------------


def test_a9_a_man_does_not_get_a_womans_seat(rulebook: Rulebook, union: Union) -> None:
    (man,) = union.on(NEC["on"]).holders("nec/yh-male")
    freed = changes.vacate(rulebook, union, "nec/yh-female", "M0622", on=date(2026, 9, 1))
    why = "a woman holds a woman's seat"
    refused(lambda: changes.elect(rulebook, freed, "nec/yh-female", man, **NEC), f"not met: {why}")


def test_a9_what_is_not_known_is_refused_unless_somebody_looked(
    rulebook: Rulebook, union: Union, now: Snapshot
) -> None:
    woman = next(
        who
        for who in now.members("YH")
        if (found := now.person(who)) is not None and found.gender == "female" and not now.held(who)
    )
    seat_of = "nec/yh-reserved"
    began = date(2026, 6, 1)
    more: Any = {"on": date(2026, 10, 1), "how": "by-election", "election_began": began}
    refused(lambda: changes.elect(rulebook, union, seat_of, woman, **more), "not known whether")
    filled = changes.elect(rulebook, union, seat_of, woman, **more, though_not_known=True)
    assert filled.on(date(2026, 10, 1)).holders(seat_of) == (woman,)


def test_a11_a_convenor_is_of_the_region(rulebook: Rulebook, union: Union, now: Snapshot) -> None:
    stranger = now.members("essex")[-1]
    refused(
        lambda: changes.elect(rulebook, union, "council-ni/regional-convenor", stranger, **NEC),
        "not met: whoever is to hold the office belongs to its branch or region",
    )


def test_a11_the_president_falls_with_the_seat(rulebook: Rulebook, union: Union) -> None:
    (president,) = union.on(NEC["on"]).holders("nec/president")
    (held,) = [each for each in union.on(NEC["on"]).held(president) if each.role == "nec-member"]
    on = date(2026, 10, 2)
    left = changes.vacate(rulebook, union, held.key, president, on=on)
    assert left.on(date(2026, 10, 1)).holders("nec/president") == (president,)
    assert left.on(on).holders("nec/president") == ()
    # What does not hang on the seat stays.
    offices = [each.role for each in left.on(on).held(president)]
    assert offices == ["branch-secretary", "sector-committee-member"]


def test_a11_nobody_has_two_presidencies(rulebook: Rulebook, union: Union) -> None:
    (president,) = union.on(NEC["on"]).holders("nec/president")
    (junior,) = union.on(NEC["on"]).holders("nec/junior-vice-president")
    freed = changes.vacate(rulebook, union, "nec/junior-vice-president", junior, on=NEC["on"])
    refused(
        lambda: changes.elect(rulebook, freed, "nec/junior-vice-president", president, **NEC),
        "none of the other presidencies",
    )


def test_a1_whoever_leaves_the_region_leaves_its_seat(rulebook: Rulebook, union: Union) -> None:
    (member,) = union.on(NEC["on"]).holders("nec/ea-male")
    job = Job(person=member, employer="devon-county-council", start=NEC["on"], group=GROUP)
    moved = changes.change_job(
        rulebook, union, member, job=job, branch="devon-county", on=NEC["on"]
    )
    assert moved.on(date(2026, 9, 30)).holders("nec/ea-male") == (member,)
    assert "nec/ea-male" in {each.key for each in moved.on(NEC["on"]).vacant("nec")}


def test_a1_only_who_holds_an_office_leaves_it(rulebook: Rulebook, union: Union) -> None:
    on = date(2026, 10, 1)
    refused(
        lambda: changes.vacate(rulebook, union, "nec/president", "M0001", on=on),
        "does not hold nec/president",
    )
    refused(
        lambda: changes.vacate(rulebook, union, "nec/presidnet", "M0001", on=on),
        "did you mean 'nec/president'",
    )


@pytest.mark.slow
def test_a11_check_tells_of_offices_that_fell(
    rulebook: Rulebook, union: Union, now: Snapshot, tmp_path: Path
) -> None:
    (president,) = now.holders("nec/president")
    (own,) = [each for each in now.held(president) if each.role == "nec-member"]
    left = union.append(
        attrs.evolve(union.holders_of(own.key)[0], end=date(2026, 8, 1), recorded=date(2026, 8, 1))
    )
    # The holder of a seat for the health service goes to work for a council.
    (nurse,) = now.holders("nec/health-general-1")
    (old,) = now.jobs(nurse)
    left = left.append(
        attrs.evolve(old, end=date(2026, 8, 1), recorded=date(2026, 8, 1)),
        Job(
            person=nurse,
            employer="essex-county-council",
            group="local-government-services",
            start=date(2026, 8, 1),
        ),
    )
    write_union(left, tmp_path / "union")
    found = [fault.message for fault in read_union(tmp_path / "union", rulebook).faults]
    assert any("may not hold nec/president; not met: the person holds the seat" in x for x in found)
    assert any("may not hold nec/health-general-1; not met" in each for each in found)
