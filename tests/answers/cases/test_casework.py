"""Cases under random events: nothing is lost, and everything can be told again."""

import json
import pickle
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import Refusal, apply, open_case, possible, replay_case
from unioncore.errors import UnknownFormat
from unioncore.model import Act, Case, CaseType, Entry

pytestmark = pytest.mark.needs_plugins

BOOK = everything()
KINDS = BOOK.definitions.case_types
START = date(2026, 11, 1)


def begin(kind: CaseType) -> Case:
    case = open_case(BOOK, reference="C-1", person="M1", branch="b", on=START)
    nation = str(kind.nations[0]) if kind.nations else "England"
    entry = Entry(
        act=Act.OPEN,
        on=START,
        recorded=START,
        track="t",
        case_type=kind.key,
        nation=nation,
        incident=START,
    )
    opened = apply(BOOK, case, entry)
    assert isinstance(opened, Case), opened
    return opened


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
        ways = possible(BOOK, case, "t")
        if ways and data.draw(st.booleans()):
            way = data.draw(st.sampled_from(ways))
            event, says = way.event, (way.needs,) if way.needs else ()
        else:
            event, says = data.draw(events), ()
        before, state = case.to_dict(), case.tracks["t"].state
        entry = Entry(act=Act.EVENT, on=day, recorded=day, track="t", event=event, says=says)
        found = apply(BOOK, case, entry)
        if isinstance(found, Refusal):
            assert found.reasons
            assert found.needed
            assert case.to_dict() == before
            continue
        assert found.entries[:-1] == case.entries
        assert found.entries[-1].event == event
        assert found.tracks["t"].state in states
        taken = [w for w in version.leaving(state) if w.event == event]
        assert found.tracks["t"].state in {w.to_state for w in taken}
        # What has ended stays ended, unless the case type lets it be opened again.
        assert not states[state].outcome or all(w.reopens for w in taken)
        case = found
    assert replay_case(BOOK, case) == case
    assert Case.from_dict(json.loads(json.dumps(case.to_dict()))) == case
    assert pickle.loads(pickle.dumps(case)) == case


def grievance() -> Case:
    return begin(BOOK.case_type("core.grievance"))


def refused(case: Case, **entry: object) -> Refusal:
    fields = {"on": START, "recorded": START, "track": "t", **entry}
    found = apply(BOOK, case, Entry(**fields))  # type: ignore[arg-type]
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"act": Act.EVENT, "event": "lodge_greivance"}, "did you mean 'lodge_grievance'?"),
        ({"act": Act.EVENT, "event": "hold_appeal"}, "does not follow on"),
        ({"act": Act.EVENT, "event": "lodge_grievance", "track": "x"}, "has no track 'x'"),
        ({"act": Act.EVENT, "event": "lodge_grievance", "actor": "tribunal"}, "act of the member"),
        ({"act": Act.EVENT, "event": "lodge_grievance", "on": date(2026, 11, 2)}, "before it"),
        ({"act": Act.EVENT, "event": "lodge_grievance", "on": date(2026, 10, 1)}, "happened later"),
        ({"act": Act.OPEN, "case_type": "core.greivance", "track": "u"}, "'core.grievance'?"),
        ({"act": Act.OPEN, "case_type": "core.grievance", "nation": "England"}, "a key that"),
        (
            {"act": Act.OPEN, "case_type": "core.grievance", "track": "u", "nation": "Mars"},
            "there is no core.grievance in Mars",
        ),
        ({"act": Act.HAPPENING, "event": "full_moon"}, "knows nothing called 'full_moon'"),
        ({"act": Act.ASSIGN, "person": "M1"}, "nobody represents themselves"),
        ({"act": Act.RELEASE, "person": "R1"}, "does not represent"),
        ({"act": Act.SHARE, "person": "R1"}, "with whom, what and why"),
        ({"act": Act.DISCLOSE, "person": "R1", "compartment": "health"}, "with whom, what and why"),
        ({"act": Act.HOLD}, "without a reason"),
        ({"act": Act.ADOPT, "version": "1990-01-01"}, "has no version of 1990-01-01"),
    ],
)
def test_a_refusal_says_why(entry: dict[str, object], said: str) -> None:
    assert said in str(refused(grievance(), **entry))


def test_a_refusal_lists_every_reason() -> None:
    found = refused(
        grievance(),
        act=Act.EVENT,
        event="hold_appeal",
        on=date(2026, 10, 1),
        recorded=date(2026, 9, 1),
    )
    assert len(found.reasons) == 4


def test_what_needs_something_to_be_so_waits_for_somebody_to_say_it() -> None:
    case = grievance()
    for event in ("lodge_grievance", "acknowledge"):
        entry = Entry(act=Act.EVENT, on=START, recorded=START, track="t", event=event)
        moved = apply(BOOK, case, entry)
        assert isinstance(moved, Case)
        case = moved
    needed = refused(case, act=Act.EVENT, event="agree_mediation").needed
    assert needed == ("say so: both parties agree",)
    entry = Entry(
        act=Act.EVENT,
        on=START,
        recorded=START,
        track="t",
        event="agree_mediation",
        says=("both parties agree",),
    )
    assert isinstance(apply(BOOK, case, entry), Case)


def test_a_case_whose_version_the_rulebook_lacks_is_refused_by_name() -> None:
    case = grievance()
    opened = attrs.evolve(case.entries[1], version="1999-01-01")
    old = attrs.evolve(case, entries=(case.entries[0], opened))
    found = refused(old, act=Act.EVENT, event="lodge_grievance")
    assert "core.grievance in the version of 1999-01-01" in str(found)
    adopted = apply(
        BOOK,
        old,
        Entry(act=Act.ADOPT, on=START, recorded=START, track="t", version=case.entries[1].version),
    )
    assert isinstance(adopted, Case)
    entry = Entry(act=Act.EVENT, on=START, recorded=START, track="t", event="lodge_grievance")
    assert isinstance(apply(BOOK, adopted, entry), Case)


def test_another_format_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        Case.from_dict({**grievance().to_dict(), "format": 2})


def test_a_tampered_history_does_not_replay() -> None:
    case = grievance()
    entry = Entry(act=Act.EVENT, on=START, recorded=START, track="t", event="lodge_grievance")
    moved = apply(BOOK, case, entry)
    assert isinstance(moved, Case)
    forged = attrs.evolve(moved.entries[-1], to="exhausted")
    told = attrs.evolve(moved, entries=(*moved.entries[:-1], forged))
    assert replay_case(BOOK, told) != told
