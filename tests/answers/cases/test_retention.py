"""Nothing is due without a policy, while anything runs, or under a legal hold."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework import at_desk
from tests.synthetic import case_type, clock, source

import unioncore
from unioncore.answers import Due, due, request
from unioncore.errors import BadFacts, NotADay
from unioncore.legal import Citation, Confidence, Period, TimeUnit, uk_time
from unioncore.model import (
    UNION_TRACK,
    Case,
    CaseEntry,
    CaseEvent,
    ClockSetting,
    Happened,
    Hold,
    Lift,
    Note,
    Open,
    Setting,
    Union,
)
from unioncore.rulebook import Rulebook

pytestmark = pytest.mark.needs_plugins

E = TypeVar("E", bound=CaseEntry)
OPENED, CLOSED = date(2020, 1, 6), date(2020, 5, 15)

PLUGIN = "\n".join(
    (
        source("s", "A synthetic handbook"),
        case_type(
            "demo.union",
            family="lifecycle",
            transitions="""
open.close = { to = "closed", actor = "branch_secretary" }
closed.reopen = { to = "open", actor = "branch_secretary", reopens = true }
""",
        ),
        case_type(
            "demo.complaint",
            clock("appeal", "count = 28\nunit = 'days'", starts="answered", must="appeal"),
            family="representation_complaint",
            happenings="answered appeal",
            transitions='open.close = { to = "closed", actor = "employer" }',
        ),
        case_type(
            "demo.grievance",
            clock("hearing", "policy = true", starts="asked", must="hear"),
            clock("payment", "policy = true", starts="settled", must="paid"),
            happenings="asked settled paid",
            transitions="""
open.hear = { to = "closed", actor = "employer" }
open.close = { to = "closed", actor = "branch_secretary" }
""",
        ),
    )
)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "types.toml").write_text(PLUGIN, encoding="utf-8")
    unison = import_module("unioncore_unison").plugin
    return unioncore.compose(unison, unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


SCHEDULE = Citation(
    instrument="Retention schedule of branch b1",
    provision="",
    url="",
    checked_on=date(2026, 1, 1),
    confidence=Confidence.VERIFIED,
)


def policy(fact: str, value: Any, branch: str = "b1") -> Setting:
    return Setting("branch", branch, f"retention.{fact}", value, Period(), (SCHEDULE,))


POLICY = (
    policy("case_file_months", 12),
    policy("working_notes_months", 1),
    policy("complaint_months", 72),
    policy("disposal", "erase"),
)


def entry(act: type[E], on: date, **values: Any) -> E:
    return act(**{"on": on, "by": "R1", **values})


def a_case(*more: CaseEntry, closed: date | None = CLOSED, kind: str = "demo.union") -> Case:
    opened = entry(Open, OPENED, track=UNION_TRACK, case_type=kind, version="..", to="open")
    entries = [opened, *more]
    if closed is not None:
        entries.append(entry(CaseEvent, closed, track=UNION_TRACK, event="close", to="closed"))
    return Case(
        reference="C1",
        person="M1",
        branch="b1",
        opened=OPENED,
        fingerprint="",
        entries=tuple(entries),
    )


NOTE = entry(Note, OPENED, track=UNION_TRACK, level="ordinary", text="called")


def due_on(
    rulebook: Rulebook,
    cases: Iterable[Case],
    on: date,
    settings: Iterable[Setting] = (),
    clock_settings: Iterable[ClockSetting] = (),
) -> tuple[Due, ...]:
    """Ask in a union that holds nothing but policies."""
    union = Union(key="unison", settings=tuple(settings), clock_settings=tuple(clock_settings))
    return due(at_desk(rulebook, *cases, union=union), on=on)


def what(found: tuple[Due, ...]) -> dict[str, str | None]:
    return {each.kind: each.what.value if each.what.known else None for each in found}


def test_a_record_is_due_after_its_period_which_begins_with_the_closing(rulebook: Rulebook) -> None:
    case = a_case(NOTE)
    last_of_notes, last_of_file = date(2020, 6, 15), date(2021, 5, 15)
    one = timedelta(days=1)
    assert what(due_on(rulebook, [case], last_of_notes, POLICY)) == {}
    found = due_on(rulebook, [case], last_of_notes + one, POLICY)
    assert what(found) == {"working-notes": "erasure"}
    assert what(due_on(rulebook, [case], last_of_file, POLICY)) == {"working-notes": "erasure"}
    found = due_on(rulebook, [case], last_of_file + one, POLICY)
    assert what(found) == {"case-file": "erasure", "working-notes": "erasure"}
    assert {each.policy for each in found} == {(SCHEDULE,)}
    assert "its period is over, and nothing holds it" in str(found[0].what)


def test_a_policy_may_have_it_reviewed_first(rulebook: Rulebook) -> None:
    reviewed = (*POLICY[:3], policy("disposal", "review"))
    assert what(due_on(rulebook, [a_case()], date(2030, 1, 1), reviewed)) == {"case-file": "review"}


def test_without_a_policy_it_is_not_known_and_the_answer_says_what_is_missing(
    rulebook: Rulebook,
) -> None:
    for settings in ((), (policy("case_file_months", 1, branch="b2"), POLICY[-1])):
        (found,) = due_on(rulebook, [a_case()], date(2090, 1, 1), settings)
        assert not found.what.known
        assert "retention.case_file_months" in found.what.missing
    (found,) = due_on(rulebook, [a_case()], date(2090, 1, 1), POLICY[:1])
    assert found.what.missing == ("retention.disposal",)


def test_an_open_case_and_one_that_was_opened_again_are_kept(rulebook: Rulebook) -> None:
    late = date(2090, 1, 1)
    assert due_on(rulebook, [a_case(closed=None)], late, POLICY) == ()
    again = entry(CaseEvent, CLOSED, track=UNION_TRACK, event="reopen", to="open")
    case = a_case()
    case = attrs.evolve(case, entries=(*case.entries, again))
    assert due_on(rulebook, [case], late, POLICY) == ()


def test_a_legal_hold_lasts_until_it_is_lifted(rulebook: Rulebook) -> None:
    late = date(2090, 1, 1)
    hold = entry(Hold, date(2020, 3, 1), reason="a claim is expected")
    held = a_case(hold)
    assert due_on(rulebook, [held], late, POLICY) == ()
    lift = entry(Lift, date(2040, 1, 1), reason="no claim came")
    lifted = attrs.evolve(held, entries=(*held.entries, lift))
    assert due_on(rulebook, [lifted], date(2039, 12, 31), POLICY) == ()
    assert what(due_on(rulebook, [lifted], date(2040, 1, 1), POLICY)) == {"case-file": "erasure"}


def test_a_clock_that_runs_holds_the_record(rulebook: Rulebook) -> None:
    policies = (policy("case_file_months", 1), policy("complaint_months", 1), POLICY[-1])
    answered = entry(Happened, date(2020, 7, 31), track=UNION_TRACK, event="answered")
    case = a_case(kind="demo.complaint")
    case = attrs.evolve(case, entries=(*case.entries, answered))
    assert due_on(rulebook, [case], date(2020, 8, 28), policies) == ()
    both = {"case-file": "erasure", "complaint": "erasure"}
    assert what(due_on(rulebook, [case], date(2020, 8, 29), policies)) == both


def test_what_can_come_no_more_holds_nothing_and_what_may_holds_until_its_time_is_over(
    rulebook: Rulebook,
) -> None:
    def due_of(event: str, on: date, *settings: ClockSetting) -> dict[str, str | None]:
        began = entry(Happened, date(2020, 2, 3), track=UNION_TRACK, event=event)
        case = a_case(began, kind="demo.grievance")
        return what(due_on(rulebook, [case], on, POLICY, settings))

    late = date(2021, 5, 16)
    assert due_of("asked", late) == {"case-file": "erasure"}
    assert due_of("settled", late) == {"case-file": None}
    kind = ("branch", "b1", "demo.grievance", "payment")
    paid_within = ClockSetting(*kind, 24, TimeUnit.MONTHS, Period(), (SCHEDULE,))
    assert due_of("settled", date(2022, 2, 3), paid_within) == {}
    assert due_of("settled", date(2022, 2, 4), paid_within) == {"case-file": "erasure"}


def test_a_case_type_that_is_not_loaded_holds_the_record(rulebook: Rulebook) -> None:
    (found,) = due_on(rulebook, [a_case(kind="demo.unheard-of")], date(2090, 1, 1), POLICY)
    assert not found.what.known


@given(st.data())
def test_nothing_is_due_on_a_hold_or_before_its_period_is_over(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    day = st.dates(OPENED, date(2026, 1, 1))
    drawn = data.draw(st.lists(st.tuples(day, st.sampled_from([Hold, Lift]))))
    marks = sorted(drawn, key=lambda mark: (mark[0], mark[1].act))
    months = data.draw(st.integers(1, 60))
    closed = data.draw(day)
    on = data.draw(st.dates(OPENED, date(2032, 1, 1)))
    case = a_case(*(entry(act, when, reason="r") for when, act in marks), closed=closed)
    found = due_on(rulebook, [case], on, (policy("case_file_months", months), POLICY[-1]))
    held = [act for when, act in marks if when <= on]
    if held and held[-1] is Hold:
        assert found == ()
    elif found:
        whole = (on.year - closed.year) * 12 + on.month - closed.month
        assert whole >= months


def test_a_branch_passes_a_request_on_with_the_day_by_which_it_is_answered(
    rulebook: Rulebook,
) -> None:
    for kind in ("subject-access", "erasure"):
        found = request(rulebook, kind, date(2026, 1, 31))
        assert found.next.value == "escalate"
        assert found.latest is not None
        # There is no 31 February, and 28 February 2026 is a Saturday.
        assert found.latest.value == date(2026, 3, 2)
        assert found.latest.because[-1].citations
        said = found.latest.because[0].text
        assert "as there is no 31 February 2026" in said
        assert "who must act is safe by 28 February 2026, and who waits after 2 March 2026" in said


@pytest.mark.parametrize(
    ("nation", "last"),
    [("England", date(2026, 4, 7)), ("Scotland", date(2026, 4, 6)), ("UK", None)],
)
def test_a_request_is_answered_on_a_working_day_of_the_nation(
    rulebook: Rulebook, nation: str, last: date | None
) -> None:
    # Easter Monday, 6 April 2026, is a working day in Scotland.
    found = request(rulebook, "subject-access", date(2026, 3, 6), nation=nation)
    assert found.latest is not None
    assert (found.latest.value if found.latest.known else None) == last


def test_a_breach_is_told_within_72_hours_whatever_the_days(rulebook: Rulebook) -> None:
    friday_evening = datetime(2026, 4, 3, 18, 30)  # Good Friday
    found = request(rulebook, "breach", friday_evening)
    assert found.moment == uk_time(datetime(2026, 4, 6, 18, 30))
    assert found.latest is not None
    assert found.latest.value == date(2026, 4, 6)
    without_hour = request(rulebook, "breach", date(2026, 4, 3))
    # Half past eleven in the evening in UTC is the next day in the summer of the United Kingdom.
    late = request(rulebook, "subject-access", datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    next_day = request(rulebook, "subject-access", date(2026, 7, 1))
    assert late == next_day
    assert without_hour.moment == uk_time(datetime(2026, 4, 6))


def test_an_employers_request_is_declined_and_no_request_is_ever_answered(
    rulebook: Rulebook,
) -> None:
    assert request(rulebook, "employer", date(2026, 1, 1)).next.value == "decline"
    assert rulebook.rules.fact("request.next").choices == ("escalate", "decline")
    before = request(rulebook, "subject-access", date(2017, 1, 1))
    assert before.latest is not None
    assert not before.latest.known
    with pytest.raises(BadFacts):
        request(rulebook, "anything", date(2026, 1, 1))
    with pytest.raises(NotADay):
        due_on(rulebook, [], datetime(2026, 1, 1))
