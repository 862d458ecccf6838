"""The life of a union: whatever happens to it, nobody is lost and nothing that was said changes."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from tests.books import with_second_union
from tests.model import oracle

from unioncore import changes
from unioncore.answers import movement_of
from unioncore.errors import ChangeRefused
from unioncore.model import (
    TABLES,
    Arrears,
    Employer,
    Job,
    Membership,
    Office,
    Organises,
    Parent,
    Person,
    Union,
    Unit,
    UnitSuccession,
)
from unioncore.records import read_union, write_union

BOOK = with_second_union()
FIRST = date(2010, 1, 1)
LAST = date(2100, 1, 1)
ENTERED = date(2011, 1, 1)

REGIONS = ("north", "south")
BRANCHES = ("ash", "beech", "cedar", "dogwood")
COMMITTEES = ("ash-stewards", "beech-stewards")
OFFICES = {"ash-chair": 1, "beech-steward": 2, "north-convener": 1}
EMPLOYERS = ("mill", "forge", "quarry")
PEOPLE = tuple(f"person-{number}" for number in range(1, 7))


def start() -> Union:
    """A small union whose first three people are members with jobs."""
    return Union(
        key="test-union",
        units=(
            *(Unit(key=key, kind="region", name=key) for key in REGIONS),
            *(Unit(key=key, kind="branch", name=key, start=date(2000, 1, 1)) for key in BRANCHES),
            *(Unit(key=key, kind="committee", name=key, start=FIRST) for key in COMMITTEES),
        ),
        parents=(
            *(
                Parent(unit=key, axis="region", parent=REGIONS[place % 2], start=date(2000, 1, 1))
                for place, key in enumerate(BRANCHES)
            ),
            Parent(unit="ash-stewards", axis="region", parent="ash", start=FIRST),
            Parent(unit="beech-stewards", axis="region", parent="beech", start=FIRST),
        ),
        employers=tuple(Employer(key=key, kind="works", name=key) for key in EMPLOYERS),
        organises=(
            Organises(branch="ash", employer="mill", start=date(2000, 1, 1)),
            Organises(branch="beech", employer="mill", start=date(2000, 1, 1)),
            Organises(branch="cedar", employer="forge", start=date(2005, 1, 1)),
        ),
        people=tuple(Person(key=key, name=f"Test {key}") for key in PEOPLE[:3]),
        memberships=tuple(
            Membership(person=key, start=date(2001, 1, 1), category="full", branch=branch)
            for key, branch in zip(PEOPLE[:3], BRANCHES, strict=False)
        ),
        jobs=tuple(
            Job(person=key, employer=employer, start=date(2001, 1, 1))
            for key, employer in zip(PEOPLE[:3], EMPLOYERS, strict=True)
        ),
        offices=(
            Office(key="ash-chair", role="chair", unit="ash", start=date(2000, 1, 1)),
            Office(key="beech-steward", role="steward", unit="beech", places=2, start=FIRST),
            Office(key="north-convener", role="convener", unit="north", start=FIRST),
        ),
    )


def told(union: Union, day: date, known_on: date | None = None) -> dict[str, Any]:
    """What a union answers about a day."""
    now = union.on(day, known_on=known_on)
    there = {key for key in PEOPLE if union.knows(Person, key)}
    return {
        "units": sorted((unit.key, unit.name) for unit in now.units()),
        "below": {key: sorted(now.descendants(key, "region")) for key in REGIONS},
        "members": {key: sorted(now.members(key)) for key in (*REGIONS, *BRANCHES)},
        "joined": {key: now.joined(key) if key in there else None for key in PEOPLE},
        "holders": {key: sorted(now.holders(key)) for key in OFFICES},
        "vacant": sorted(office.key for office in now.vacant()),
        "jobs": {
            key: [job.employer for job in now.jobs(key)] if key in there else [] for key in PEOPLE
        },
        "organised": sorted(row.branch for row in now.rows(Organises, "employer", "mill")),
        "joint": sorted(
            (row.unit, row.successor) for row in now.every(UnitSuccession) if row.holds(day)
        ),
    }


def day_by_day(union: Union, unit: str, since: date, until: date) -> dict[str, int]:
    """Count who came and went, by looking at each day and the one before."""
    found = dict.fromkeys(("joined", "moved_in", "left", "moved_out"), 0)
    before = since - timedelta(1)
    found["at_start"] = len(union.on(before).members(unit))
    while before < until:
        then, now = union.on(before), union.on(before + timedelta(1))
        here, there = set(then.members(unit)), set(now.members(unit))
        for person in there - here:
            found["moved_in" if then.branch_of(person) else "joined"] += 1
        for person in here - there:
            found["moved_out" if now.branch_of(person) else "left"] += 1
        before = now.day
    found["at_end"] = len(union.on(until).members(unit))
    return found


ASKED = tuple(FIRST + timedelta(days) for days in (0, 7, 14, 21, 28, 90))

on_days = st.integers(0, 28).map(lambda days: FIRST + timedelta(days))
waits = st.sampled_from([0, 0, 1, 2])


class Life(RuleBasedStateMachine):
    @initialize()
    def found(self) -> None:
        self.union = start()
        self.recorded = ENTERED
        self.remembered: list[tuple[date, dict[date, dict[str, Any]]]] = []
        self.home = dict(zip(PEOPLE[:3], BRANCHES, strict=False))
        """The branch of everybody who is to be a member in the end."""
        self.ever = set(PEOPLE[:3])
        self.branches = list(BRANCHES)
        self.names = 0

    def attempt(self, wait: int, change: Callable[..., Union], *args: Any, **more: Any) -> bool:
        """Make a change on the same or a later day of entry; say whether it was made."""
        if wait:
            answers = {day: told(self.union, day) for day in ASKED}
            self.remembered = [*self.remembered[-4:], (self.recorded, answers)]
            self.recorded += timedelta(wait)
        before = {table: getattr(self.union, table) for table in TABLES}
        try:
            self.union = change(BOOK, self.union, *args, recorded=self.recorded, **more)
        except ChangeRefused:
            assert {table: getattr(self.union, table) for table in TABLES} == before
            return False
        after = {table: getattr(self.union, table) for table in TABLES}
        assert all(after[table][: len(rows)] == rows for table, rows in before.items())
        assert after != before
        return True

    # -- what happens --------------------------------------------------------------------------

    @rule(person=st.sampled_from(PEOPLE), data=st.data(), on=on_days, wait=waits)
    def join(self, person: str, data: st.DataObject, on: date, wait: int) -> None:
        branch = data.draw(st.sampled_from(self.branches))
        who = Person(key=person, name=f"Test {person}")
        if self.attempt(wait, changes.join, who, branch=branch, on=on):
            assert person not in self.home
            self.home[person] = branch
            self.ever.add(person)

    @precondition(lambda self: self.home)
    @rule(data=st.data(), on=on_days, wait=waits)
    def move(self, data: st.DataObject, on: date, wait: int) -> None:
        person = data.draw(st.sampled_from(sorted(self.home)))
        to = data.draw(st.sampled_from(self.branches))
        if self.attempt(wait, changes.move, person, to=to, on=on):
            self.home[person] = to

    @rule(person=st.sampled_from(PEOPLE), on=on_days, wait=waits)
    def lapse(self, person: str, on: date, wait: int) -> None:
        known = self.union.knows(Person, person)
        joined = self.union.on(LAST).joined(person) if known else None
        if self.attempt(wait, changes.lapse, person, on=on):
            assert self.union.on(on).branch_of(person) == ""
            if joined is not None and joined <= on:  # else they had joined again later
                del self.home[person]

    @rule(
        person=st.sampled_from(PEOPLE),
        how=st.sampled_from([changes.resign, changes.expel, changes.die]),
        on=on_days,
        wait=waits,
    )
    def leave(self, person: str, how: Callable[..., Union], on: date, wait: int) -> None:
        known = self.union.knows(Person, person)
        joined = self.union.on(LAST).joined(person) if known else None
        if self.attempt(wait, how, person, on=on):
            assert self.union.on(on).branch_of(person) == ""
            assert not self.union.on(LAST).rows(Arrears, "person", person)
            if joined is not None and joined <= on:
                del self.home[person]

    @precondition(lambda self: self.home)
    @rule(data=st.data(), on=on_days, pays=st.booleans(), wait=waits)
    def dues(self, data: st.DataObject, on: date, pays: bool, wait: int) -> None:
        person = data.draw(st.sampled_from(sorted(self.home)))
        change = changes.pay_arrears if pays else changes.fall_into_arrears
        if self.attempt(wait, change, person, on=on):
            owing = bool(self.union.on(on).rows(Arrears, "person", person))
            assert owing is not pays

    @rule(data=st.data(), on=on_days, wait=waits)
    def rename(self, data: st.DataObject, on: date, wait: int) -> None:
        unit = data.draw(st.sampled_from([*REGIONS, *self.branches, *COMMITTEES]))
        self.names += 1
        if self.attempt(wait, changes.rename, unit, name=f"Name {self.names % 3}", on=on):
            found = self.union.on(on).unit(unit)
            assert found is not None
            assert found.name == f"Name {self.names % 3}"

    @rule(data=st.data(), on=on_days, wait=waits)
    def merge(self, data: st.DataObject, on: date, wait: int) -> None:
        names = st.sampled_from(self.branches)
        units = data.draw(st.lists(names, min_size=2, max_size=3, unique=True))
        into = data.draw(st.sampled_from([*units, f"joint-{len(self.branches)}"]))
        done = self.attempt(wait, changes.merge, units, into=into, name=f"Joint {into}", on=on)
        if done:
            self.branches = list(dict.fromkeys([*self.branches, into]))
            self.home = {
                person: into if branch in units else branch for person, branch in self.home.items()
            }
            now = self.union.on(on)
            assert [now.unit(key) is not None for key in units] == [key == into for key in units]
            assert not any(now.members(key) for key in units if key != into)

    @rule(data=st.data(), on=on_days, wait=waits)
    def reparent(self, data: st.DataObject, on: date, wait: int) -> None:
        unit = data.draw(st.sampled_from([*self.branches, *COMMITTEES]))
        parent = data.draw(st.sampled_from([*REGIONS, *self.branches, *COMMITTEES]))
        if self.attempt(wait, changes.reparent, unit, axis="region", parent=parent, on=on):
            assert unit in self.union.on(on).children(parent, "region")

    @rule(
        office=st.sampled_from(sorted(OFFICES)),
        person=st.sampled_from(PEOPLE),
        on=on_days,
        term=st.sampled_from([None, 0, 1, 5, 20]),
        wait=waits,
    )
    def elect(self, office: str, person: str, on: date, term: int | None, wait: int) -> None:
        until = None if term is None else on + timedelta(term)
        if self.attempt(wait, changes.elect, office, person, on=on, until=until):
            assert person in self.union.on(on).holders(office)

    @rule(
        employer=st.sampled_from(EMPLOYERS),
        to=st.sampled_from(EMPLOYERS),
        on=on_days,
        wait=waits,
    )
    def transfer(self, employer: str, to: str, on: date, wait: int) -> None:
        if self.attempt(wait, changes.transfer, employer, to=to, on=on, how="tupe"):
            assert not self.union.on(on).rows(Job, "employer", employer)
            now = self.union.on(LAST)
            for person in self.home:
                # Members follow their job, where another branch organises it.
                self.home[person] = now.branch_of(person)
                assert self.home[person]

    # -- what always holds ---------------------------------------------------------------------

    def turns(self) -> list[date]:
        """Every day on which something begins or ends, and one long after."""
        rows = (*self.union.memberships, *self.union.holdings, *self.union.offices)
        turns = {day for row in rows for day in (row.start, row.end) if day is not None}
        return sorted({*turns, LAST})

    @invariant()
    def nobody_is_lost(self) -> None:
        now = self.union.on(LAST)
        assert {row.person for row in oracle.believed(self.union.memberships)} == self.ever
        assert {person: now.branch_of(person) for person in self.ever if now.branch_of(person)} == (
            self.home
        )

    @invariant()
    def nobody_is_in_two_branches(self) -> None:
        for day in self.turns():
            found = [(row.person, row.union) for row in oracle.holding(self.union.memberships, day)]
            assert len(found) == len(set(found)), day

    @invariant()
    def offices_are_held_by_members_and_no_more_than_they_have_places(self) -> None:
        for day in self.turns():
            now = self.union.on(day)
            current = {
                row.person
                for row in oracle.holding(self.union.memberships, day)
                if row.status == "current"
            }
            for office in oracle.holding(self.union.offices, day):
                assert len(now.holders(office.key)) <= OFFICES[office.key], (office.key, day)
            for held in oracle.holding(self.union.holdings, day):
                assert held.person in current, (held, day)

    @invariant()
    def its_history_makes_it_again(self) -> None:
        rows = [row for table in TABLES for row in getattr(self.union, table)]
        again = Union(key="test-union")
        for row in sorted(rows, key=lambda row: row.recorded or date.min):
            again = again.append(row)
        assert again == self.union
        for day in ASKED[::2]:
            assert told(again, day) == told(self.union, day)

    @invariant()
    def what_was_said_is_still_known(self) -> None:
        for recorded, answers in self.remembered:
            for day, answer in answers.items():
                assert told(self.union, day, recorded) == answer, (day, recorded)

    def teardown(self) -> None:
        for unit in (*REGIONS, *self.branches):
            for since, until in pairwise(ASKED[:5]):
                now = self.union.on(until)
                found = movement_of(BOOK, now, unit, since=since)
                counted = day_by_day(self.union, unit, since, until)
                assert {name: getattr(found, name) for name in counted} == counted
                either = movement_of(BOOK, now, unit, since=since, returns="neither")
                assert either.at_start - either.left - either.moved_out + either.joined == (
                    either.at_end - either.moved_in
                )
                assert (either.at_start, either.at_end) == (found.at_start, found.at_end)
        with tempfile.TemporaryDirectory() as folder:
            write_union(self.union, Path(folder) / "union")
            reading = read_union(Path(folder) / "union")
        assert reading.faults == ()
        assert reading.union == self.union


Life.TestCase.settings = settings(max_examples=15, stateful_step_count=20)
TestLife = Life.TestCase
