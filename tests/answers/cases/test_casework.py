"""Cases under random events: nothing is lost, and everything can be told again."""

import json
import pickle
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything
from tests.casework import a_union, enter, entry

from unioncore.answers import Desk, Refusal, possible
from unioncore.errors import BadCase
from unioncore.model import (
    Adopt,
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    CaseForm,
    CaseType,
    Disclose,
    Happened,
    Hold,
    Involve,
    Link,
    Note,
    Open,
    Release,
    Share,
)

pytestmark = pytest.mark.needs_plugins

BOOK = everything()
KINDS = BOOK.definitions.case_types
START = date(2026, 11, 1)
EMPTY = Desk(rulebook=BOOK, union=a_union())


def begin(kind: CaseType) -> Case:
    opened = EMPTY.open_case(reference="C-1", person="ada", on=START, by="edda").ok()
    nation = str(kind.nations[0]) if kind.nations else "England"
    track = entry(Open, START, case_type=kind.key, nation=nation, incident=START)
    return opened.desk.enter("C-1", track).ok().case


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
@given(st.data())
@settings(max_examples=8)
def test_random_events(kind: CaseType, data: st.DataObject) -> None:
    case = begin(kind)
    (version,) = [each for each in kind.versions if START in each.period]
    states = {state.key: state for state in version.states}
    events = st.sampled_from([*version.events(), "no-such-event"])
    day = START
    for _ in range(12):
        day += timedelta(data.draw(st.integers(0, 40)))
        ways = possible(BOOK, case, "t", on=day).transitions
        if ways and data.draw(st.booleans()):
            way = data.draw(st.sampled_from(ways))
            event, says = way.event, (way.needs,) if way.needs else ()
        else:
            event, says = data.draw(events), ()
        before, state = case.to_dict(), case.tracks["t"].state
        found = enter(BOOK, case, entry(CaseEvent, day, event=event, says=says))
        if isinstance(found, Refusal):
            assert found.reasons
            assert found.needed
            assert case.to_dict() == before
            continue
        assert found.entries[:-1] == case.entries
        last = found.entries[-1]
        assert isinstance(last, CaseEvent)
        assert last.event == event
        # What is carried from entry to entry is what all entries together make.
        assert found.tracks == attrs.evolve(found).tracks
        assert found.tracks["t"].state in states
        taken = [w for w in version.leaving(state) if w.event == event]
        assert found.tracks["t"].state in {w.to_state for w in taken}
        # What has ended stays ended, unless the case type lets it be opened again.
        assert not states[state].outcome or all(w.reopens for w in taken)
        case = found
    desk = attrs.evolve(EMPTY, cases=[case])
    assert desk.replay("C-1").ok().case == case
    assert Case.from_dict(json.loads(json.dumps(case.to_dict()))) == case
    assert pickle.loads(pickle.dumps(case)) == case


def grievance() -> Case:
    return begin(BOOK.case_type("core.grievance"))


def refused(case: Case, act: type[CaseEntry], on: date = START, **fields: Any) -> Refusal:
    found = enter(BOOK, case, entry(act, on, **fields))
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        (CaseEvent, {"event": "lodge_greivance"}, "did you mean 'lodge_grievance'?"),
        (CaseEvent, {"event": "hold_appeal"}, "does not follow on"),
        (CaseEvent, {"event": "lodge_grievance", "track": "x"}, "has no track 'x'"),
        (CaseEvent, {"event": "lodge_grievance", "actor": "tribunal"}, "act of the member"),
        (CaseEvent, {"event": "lodge_grievance", "recorded": date(2026, 10, 31)}, "before it"),
        (CaseEvent, {"event": "lodge_grievance", "on": date(2026, 10, 1)}, "happened later"),
        (CaseEvent, {"event": "lodge_grievance", "on": "2026-11-02"}, "on: expected a day"),
        (CaseEvent, {"event": "lodge_grievance", "to": "heard"}, "to: it is filled in"),
        (CaseEvent, {"event": "lodge_grievance", "by": ""}, "by: it is blank"),
        (CaseEvent, {"event": "lodge_grievance", "by": "nobody"}, "by: nobody in the union's"),
        (Open, {"case_type": "core.greivance", "track": "u"}, "'core.grievance'?"),
        (Open, {"case_type": "core.grievance", "nation": "England"}, "a key that"),
        (Open, {"case_type": "core.grievance", "track": "u", "nation": "Mars"}, "nation: no such"),
        (
            Open,
            {"case_type": "core.grievance", "track": "u", "employer": "example-counsil"},
            "did you mean 'example-council'?",
        ),
        (Happened, {"event": "full_moon"}, "knows nothing called 'full_moon'"),
        (Assign, {"person": "ada", "role": "steward"}, "nobody represents themselves"),
        (Assign, {"person": "cato", "role": "stewart"}, "did you mean 'steward'?"),
        (Assign, {"person": "nobody", "role": "steward"}, "person: nobody in the union's"),
        (Release, {"person": "cato"}, "does not represent"),
        (Share, {"person": "cato", "compartment": "", "reason": ""}, "compartment: it is blank"),
        (Share, {"person": "cato", "compartment": "helth", "reason": "x"}, "'health'?"),
        (
            Share,
            {"person": "cat", "compartment": "health", "reason": "x"},
            "person: nobody in the union's records has this key",
        ),
        (Disclose, {"person": "x", "compartment": "health", "reason": ""}, "reason: it is blank"),
        (Note, {"level": ""}, "level: it is blank"),
        (Note, {"level": "clsoed"}, "did you mean 'closed'?"),
        (Note, {"level": "closed", "text": 1}, "text: expected text, got int"),
        (Note, {"level": "closed", "track": 1}, "track: expected text, got int"),
        (Note, {"level": "closed", "recorded": "2026-11-02"}, "recorded: expected a day, got str"),
        (Link, {"how": "oposes", "reference": "C-2"}, "did you mean 'opposes'?"),
        (Link, {"how": "opposes", "reference": "C-2"}, "no other case is called 'C-2'"),
        (CaseForm, {"sections": (99, -1)}, "the form has no section -1, 99"),
        (Involve, {"person": "dana", "capacity": "wittness"}, "did you mean 'witness'?"),
        (Hold, {"reason": ""}, "reason: it is blank"),
        (Adopt, {"version": "1990-01-01"}, "has no version of 1990-01-01"),
    ],
)
def test_a_refusal_says_why(act: type[CaseEntry], fields: dict[str, Any], said: str) -> None:
    assert said in str(refused(grievance(), act, **fields))


def test_the_employer_need_not_be_given_where_the_records_know_it() -> None:
    assert grievance().track("t").employer == "example-council"
    discipline = begin(BOOK.case_type("unison.rule_i_discipline"))
    assert discipline.track("t").employer == ""


def test_a_refusal_lists_every_reason() -> None:
    found = refused(
        grievance(),
        CaseEvent,
        date(2026, 10, 1),
        event="hold_appeal",
        recorded=date(2026, 9, 1),
    )
    assert len(found.reasons) == 4


def test_what_needs_something_to_be_so_waits_for_somebody_to_say_it() -> None:
    case = grievance()
    for event in ("lodge_grievance", "acknowledge"):
        moved = enter(BOOK, case, entry(CaseEvent, START, event=event))
        assert isinstance(moved, Case)
        case = moved
    needed = refused(case, CaseEvent, event="agree_mediation").needed
    assert needed == ("say so: both parties agree",)
    said = entry(CaseEvent, START, event="agree_mediation", says=("both parties agree",))
    assert isinstance(enter(BOOK, case, said), Case)


def test_a_case_whose_version_the_rulebook_lacks_is_refused_by_name() -> None:
    case = grievance()
    opened = case.entries[1]
    assert isinstance(opened, Open)
    old = attrs.evolve(case, entries=(case.entries[0], attrs.evolve(opened, version="1999-01-01")))
    found = refused(old, CaseEvent, event="lodge_grievance")
    assert "core.grievance in the version of 1999-01-01" in str(found)
    adopted = enter(BOOK, old, entry(Adopt, START, version=opened.version))
    assert isinstance(adopted, Case)
    lodged = entry(CaseEvent, START, event="lodge_grievance")
    assert isinstance(enter(BOOK, adopted, lodged), Case)


def test_another_format_is_refused() -> None:
    with pytest.raises(BadCase):
        Case.from_dict({**grievance().to_dict(), "format": 2})
