"""Random entries by random people into random cases: what holds whatever is entered.

What is taken replays and is never lost; tracks carried on are those made anew; no closed note comes
out to anybody with whom nothing was shared; no member is without a representative unnoticed.
"""

import json
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything
from tests.casework import DAY, a_union

from unioncore import Rulebook, ask
from unioncore.answers import (
    Axis,
    Concern,
    Desk,
    Refusal,
    Taken,
    attention,
    held_on,
    possible,
    publish,
    seen_deadlines,
    view,
    workload,
)
from unioncore.describe import to_icalendar
from unioncore.model import (
    UNION_TRACK,
    Adopt,
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    CaseForm,
    Correct,
    Disclose,
    Discretion,
    Document,
    Happened,
    Hold,
    Involve,
    Lift,
    Link,
    Note,
    Open,
    Plan,
    Release,
    Secure,
    Share,
    Unshare,
)

pytestmark = pytest.mark.needs_plugins

PEOPLE = ("ada", "bela", "cato", "dana", "edda", "fynn")
OFFICES = (
    ("cato", "steward"),
    ("dana", "steward"),
    ("edda", "branch-secretary"),
    ("fynn", "regional-organiser"),
    ("dana", "branch-secretary"),
)
"""Who represents by which office; one of them does not hold it."""
STRANGER = "a-stranger"
REFERENCES = ("C-1", "C-2", "C-3")
MINUTES = 5
"""For how long entries are made where CI runs what is slow."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


class Drawn:
    """Random entries, of which most could be taken."""

    def __init__(self, book: Rulebook, seed: int) -> None:
        self.book, self.random = book, Random(seed)
        self.kinds = [each for each in book.definitions.case_types if not each.collective]
        self.tried = self.taken = 0

    def one(self, *among: Any) -> Any:
        return self.random.choice(among)

    def word(self, vocabulary: str) -> str:
        return str(self.one(*self.book.words_of(vocabulary)))

    def entry(self, case: Case, day: date) -> CaseEntry:
        """Return an entry of a random act, by whoever."""
        act = self.one(*[CaseEvent, Assign] * 4, Note, Note, *ACTS)
        return self.of_act(act, case, day)

    def of_act(self, act: type[CaseEntry], case: Case, day: date) -> CaseEntry:
        tracks = tuple(case.tracks)
        track = self.one(*tracks, *tracks[1:])
        self.tried += 1
        base: dict[str, Any] = {
            "on": day - timedelta(self.one(0, 0, 0, 1, 3)),
            "recorded": day,
            "by": self.one(*["edda", "fynn"] * 6, case.person, *PEOPLE, STRANGER),
        }
        person = self.one("ada", "bela", *PEOPLE)
        if act is Correct:
            corrects = self.random.randrange(1, len(case.entries) + 1)
            old = case.entries[corrects] if corrects < len(case.entries) else None
            instead = self.one(None, old, old)
            if instead is not None:
                stripped = {name: "" for name in (*instead.filled, "mark")}
                earlier = instead.on - timedelta(self.one(0, 1))
                instead = self.one(
                    attrs.evolve(instead, on=earlier, **stripped),
                    self.of_act(type(instead), case, day) if type(instead) is not Correct else None,
                )
            return Correct(corrects=corrects, instead=instead, reason="it was wrong", **base)
        given: dict[str, Any] = {
            "track": track,
            "person": person,
            "reason": "there is a reason",
            "compartment": self.word("compartment"),
            "reference": self.one(*REFERENCES),
            "how": self.word("link"),
            "capacity": self.word("capacity"),
            "sections": tuple(range(1, self.one(3, 13))),
            "name": "a letter",
            "place": "the branch's safe",
        }
        if act is Adopt:
            given["version"] = case.track(track).version
        elif act is Open:
            kind = self.one(*self.kinds)
            given |= {
                "track": f"t{len(tracks)}",
                "case_type": kind.key,
                "nation": self.one("England", "Scotland", "Northern Ireland", "GB"),
                "employer": self.one("", "example-council"),
                "incident": self.one(None, day - timedelta(self.one(0, 40, 120))),
            }
        elif act is Note:
            level = self.word("confidentiality")
            given |= {
                "track": self.one("", track, track),
                "compartment": self.one("", given["compartment"], given["compartment"]),
                "level": level,
                "reference": self.one("", f"N-{self.tried}"),
                "text": f"{level.upper()}-{self.tried}!",
            }
        elif act is Assign:
            given["person"], given["role"] = self.one(*OFFICES)
        elif act in (Release, Unshare):
            there = [e for e in case.standing if isinstance(e, Assign | Share)]
            chosen = self.one(*there) if there else None
            names = attrs.fields_dict(act)
            given |= {n: getattr(chosen, n) for n in names if n in given and hasattr(chosen, n)}
        elif act is Secure:
            notes = [e.reference for e in case.standing if isinstance(e, Note) and e.reference]
            given["reference"] = self.one("", *notes)
        elif act in (CaseEvent, Happened, Plan):
            ways = possible(self.book, case, track, on=day).transitions
            version = self.book.case_type_version(case.track(track))
            assert version is not None
            events = [each.key for each in version.happenings] or ["dismissal"]
            if act is not Happened and ways:
                way = self.one(*ways)
                events = [way.event]
                given["says"] = (way.needs,) if way.needs else ()
            given["event"] = self.one(*events)
            if act is Plan:
                base["on"] = day + timedelta(20)
        fields = attrs.fields_dict(act)
        return act(**base, **{name: value for name, value in given.items() if name in fields})


ACTS = (
    Adopt,
    CaseForm,
    Correct,
    Correct,
    Disclose,
    Discretion,
    Document,
    Happened,
    Hold,
    Involve,
    Lift,
    Link,
    Open,
    Open,
    Plan,
    Release,
    Secure,
    Share,
    Unshare,
)


def began(drawn: Drawn) -> Desk:
    desk = Desk(rulebook=drawn.book, union=a_union())
    for reference in REFERENCES:
        member = drawn.one("ada", "ada", "bela", "cato")
        opened = desk.open_case(reference=reference, person=member, on=DAY, by=drawn.one(*PEOPLE))
        desk = opened.ok().desk
        kind = drawn.one(*drawn.kinds).key
        track = Open(track="t", case_type=kind, nation="England", incident=DAY, on=DAY, by="edda")
        found = desk.enter(reference, track)
        desk = found.desk if isinstance(found, Taken) else desk
    return desk


def walked(drawn: Drawn, entries: int) -> tuple[Desk, date]:
    """Enter so many entries, and look after each one at what came of it."""
    desk, day = began(drawn), DAY
    for _ in range(entries):
        day += timedelta(drawn.one(0, 0, 0, 1, 1, 4))
        case = desk.case(drawn.one(*REFERENCES))
        entry = drawn.entry(case, day)
        found = desk.enter(case.reference, entry)
        if isinstance(found, Refusal):
            said = [repr(found), str(found), *found.reasons, *found.needed]
            assert "CLOSED-" not in "".join(said), found.reasons
            continue
        drawn.taken += 1
        # What was there before stands where it stood; a link alone is entered elsewhere too.
        assert found.case.entries[:-1] == case.entries
        assert found.desk.case(case.reference) == found.case
        touched = {case.reference, entry.reference if isinstance(entry, Link) else ""}
        for key in set(REFERENCES) - touched:
            assert found.desk.case(key) is desk.case(key)
        assert "CLOSED-" not in repr([found, found.case, found.entry, found.desk])
        desk = found.desk
    return desk, day


def check(drawn: Drawn, desk: Desk, day: date) -> None:
    for case in desk.cases.values():
        again = Case.from_dict(json.loads(json.dumps(case.to_dict())))
        assert (again, again.mark) == (case, case.mark)
        assert list(again.tracks.items()) == list(case.tracks.items())
        assert again.standing == case.standing
        replayed = desk.replay(case.reference)
        assert isinstance(replayed, Taken), (case.reference, replayed.entry, replayed.reasons)
        assert replayed.case == case
    nobody_unnoticed(desk, day)
    for case in desk.cases.values():
        for person in drawn.random.sample((*PEOPLE, STRANGER, ""), 3):
            roles = drawn.one((), (), ("employer",), ("data-protection",), ("solicitor",))
            no_closed_note(desk, case, person, roles, day)


def nobody_unnoticed(desk: Desk, day: date) -> None:
    found = attention(desk, on=day)
    assert "CLOSED-" not in repr(found) + "".join(each.to_text() for each in found)
    seen = {(each.case, each.track) for each in found if each.what is Concern.NOBODY_REPRESENTS}
    for case in desk.cases.values():
        if is_over(desk, case, UNION_TRACK):
            continue
        for key, track in case.tracks.items():
            nobody = not represents(case, key, day)
            if key == UNION_TRACK or is_over(desk, case, key) or not nobody:
                continue
            assert (case.reference, key) in seen or not wanted(desk, track.case_type, day), key


def wanted(desk: Desk, case_type: str, day: date) -> bool:
    """Say whether the rules want a representative in matters of a kind, or do not say."""
    kind = desk.rulebook.case_type(case_type)
    facts = {"track.case_type": kind.key, "track.family": kind.family}
    answer = ask(desk.rulebook, facts, "track.represented", on=day)["track.represented"]
    return not answer.known or bool(answer.value)


def is_over(desk: Desk, case: Case, track: str) -> bool:
    version = desk.rulebook.case_type_version(case.track(track))
    assert version is not None
    state = version.state(case.track(track).state)
    return state is not None and state.outcome


def represents(case: Case, track: str, day: date) -> set[str]:
    """Return who represents on a day, by the entries alone."""
    there: set[str] = set()
    for each in case.standing:
        if isinstance(each, Assign) and each.track == track and each.on <= day:
            there.add(each.person)
        elif isinstance(each, Release) and each.track == track and each.on <= day:
            there.discard(each.person)
    return there


def no_closed_note(desk: Desk, case: Case, person: str, roles: tuple[str, ...], day: date) -> None:
    viewer = desk.viewer(case.reference, person, on=day, roles=roles)
    shared = any(isinstance(e, Share) and e.person == person for e in case.standing)
    if shared and not viewer.is_opposed and "employer" not in roles:
        return
    assert "CLOSED-" not in said(desk, case, person, roles, day)
    # One closed note more changes nothing that comes out, and no count.
    note = Note(level="closed", compartment="general", text="CLOSED-!", on=day, by="edda")
    more = desk.enter(case.reference, note).ok().desk
    if person in PEOPLE:
        assert workload(desk, person, on=day) == workload(more, person, on=day)
    assert figures(more, day) == figures(desk, day)
    assert said(more, more.case(case.reference), person, roles, day) == said(
        desk, case, person, roles, day
    )


def figures(desk: Desk, day: date) -> str:
    """Return the tables of all cases as they go out."""
    rows = Axis("employer", ("example-council",), other=True)
    columns = [Axis("outcome", ("open",), other=True), Axis("nation", ("England",), other=True)]
    every = desk.cases.values()
    found = publish(desk.rulebook, every, rows, columns, on=day, protected=False)
    assert "CLOSED-" not in repr(found)
    return found.to_text() + json.dumps(found.to_dict(), default=str)


def said(desk: Desk, case: Case, person: str, roles: tuple[str, ...], day: date) -> str:
    """Return everything of a case that comes out to somebody."""
    viewer = desk.viewer(case.reference, person, on=day, roles=roles)
    seen = view(desk.rulebook, case, viewer, on=day)
    dates = seen_deadlines(desk.rulebook, case, seen)
    return "".join(
        [
            repr(viewer),
            repr(attrs.asdict(seen)),
            repr(seen),
            str(seen),
            seen.to_text(),
            json.dumps(seen.to_dict(), default=str),
            *(json.dumps(each.to_dict(), default=str) for each in dates),
            to_icalendar(dates, stamp=datetime(2026, 1, 5, tzinfo=UTC)).decode(),
            repr(held_on(attrs.evolve(desk, cases=()), person)) if person in PEOPLE else "",
        ]
    )


@settings(max_examples=2)
@given(st.integers(0, 10**6))
def test_whatever_is_entered_holds(book: Rulebook, seed: int) -> None:
    drawn = Drawn(book, seed)
    check(drawn, *walked(drawn, 15))


@pytest.mark.slow
def test_whatever_is_entered_in_five_minutes_holds(
    book: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    tried, taken, cases, seed = 0, 0, 0, 0
    end = time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        drawn = Drawn(book, seed)
        check(drawn, *walked(drawn, 80))
        tried, taken, cases, seed = tried + 80, taken + drawn.taken, cases + 3, seed + 1
    with capsys.disabled():
        print(f"{tried:,} entries tried in {cases:,} cases, {taken:,} taken")
    assert taken > tried / 4
