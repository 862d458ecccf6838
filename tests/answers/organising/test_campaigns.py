"""A campaign is bound to a time; what the records count is counted."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import campaign, campaign_progress, leverage
from unioncore.errors import BadFacts, NotationError, UnknownName
from unioncore.model import (
    Campaign,
    LeverageFactor,
    Membership,
    Milestone,
    Snapshot,
    Union,
    Unit,
)

pytestmark = pytest.mark.needs_plugins

START, END = date(2026, 3, 1), date(2026, 4, 1)
BRANCHES = (Unit(key="b", kind="branch", name="B"), Unit(key="c", kind="branch", name="C"))


def joined(person: str, on: date, branch: str = "b", **more: Any) -> Membership:
    return Membership(person=person, start=on, category="full", branch=branch, **more)


def a_campaign(**more: Any) -> Campaign:
    given = {"measure": "joiners", "target": Decimal(2), "end": END, **more}
    return Campaign(key="k", unit="b", name="K", start=START, **given)


def asked(day: date, *rows: Any, plan: Campaign | None = None) -> Any:
    union = Union(key="unison", units=BRANCHES).append(plan or a_campaign(), *rows)
    return campaign(everything(), union.on(day), "k")


# -- how far it has come ---------------------------------------------------------------------------


@given(
    days=st.integers(1, 60),
    gone=st.integers(-5, 65),
    target=st.integers(1, 50),
    so_far=st.integers(0, 60),
)
def test_it_is_behind_just_where_less_is_done_than_time_is_gone(
    days: int, gone: int, target: int, so_far: int
) -> None:
    last, on = START + timedelta(days - 1), START + timedelta(gone - 1)
    made = campaign_progress(
        everything(), start=START, last_day=last, target=target, so_far=so_far, on=on
    )
    share = Fraction(min(max(gone, 0), days), days)
    assert made.time_gone == share
    assert made.behind.value is (Fraction(so_far, target) < share)


def test_the_end_comes_after_the_beginning() -> None:
    with pytest.raises(BadFacts, match="last_day: expected 2026-03-01 or a later day"):
        campaign_progress(
            everything(), start=START, last_day=date(2026, 2, 28), target=1, so_far=0, on=START
        )


# -- what is counted -------------------------------------------------------------------------------


def test_who_joins_in_its_time_counts_and_nobody_else() -> None:
    rows = (
        joined("before", date(2026, 2, 28)),
        joined("first-day", START),
        joined("last-day", date(2026, 3, 31)),
        joined("after", END),
        joined("elsewhere", START, "c"),
        # Who moves here was a member before.
        joined("moved", date(2025, 1, 1), "c", end=date(2026, 3, 10)),
        joined("moved", date(2026, 3, 10)),
        # Another union's member is no member of this one.
        joined("other", START, union="gmb"),
    )
    by_day = {
        day: asked(day, *rows).progress.so_far
        for day in (START - timedelta(1), START, date(2026, 3, 30), date(2026, 3, 31), END)
    }
    assert list(by_day.values()) == [0, 1, 1, 2, 2]
    assert asked(END, *rows).met.value is True
    assert asked(date(2026, 3, 31), *rows).met is None


def test_of_whom_the_group_is_not_known_the_count_is_not_known_and_says_what_is() -> None:
    plan = a_campaign(group="person.gender == 'female'")
    found = asked(END, joined("a", START), plan=plan)
    assert found.progress.so_far is None
    assert found.counted == (
        "0 are counted, and of 1 more it is not known whether they are of the group"
    )
    assert not found.met.known


def test_a_milestone_that_the_records_count_takes_nobodys_word() -> None:
    told = Milestone(campaign="k", day=date(2026, 3, 10), wanted=Decimal(1), reached=Decimal(9))
    (milestone,) = asked(date(2026, 3, 20), told).milestones
    assert (milestone.standing, milestone.reached) == ("overdue", 0)
    (milestone,) = asked(date(2026, 3, 20), told, joined("a", START)).milestones
    assert (milestone.standing, milestone.reached) == ("reached", 1)


def test_what_is_reported_holds_from_the_day_of_the_report() -> None:
    plan = a_campaign(measure="reported", baseline=Decimal(10), target=Decimal(20))
    told = Milestone(
        campaign="k",
        day=date(2026, 3, 10),
        wanted=Decimal(15),
        reached=Decimal(15),
        reported=date(2026, 3, 14),
        evidence="a letter",
    )
    before, after = (asked(date(2026, 3, day), told, plan=plan) for day in (13, 14))
    assert before.progress.so_far is None
    assert before.overdue == (date(2026, 3, 10),)
    assert after.progress.done == Fraction(1, 2)
    assert after.overdue == ()
    assert "a letter" in after.to_text()


def test_a_milestone_is_late_on_the_day_after_its_own() -> None:
    row = Milestone(campaign="k", day=date(2026, 3, 10), wanted=Decimal(1))
    assert [asked(date(2026, 3, day), row).overdue for day in (10, 11)] == [
        (),
        (date(2026, 3, 10),),
    ]


def test_a_campaign_without_an_end_is_none_and_everything_else_is_told() -> None:
    found = asked(END, joined("a", START), plan=a_campaign(end=None))
    assert found.progress.valid.value is False
    assert "end" in found.missing
    assert found.progress.done == Fraction(1, 2)
    assert not found.progress.behind.known
    assert found.met is None


def test_after_the_records_end_nothing_is_counted() -> None:
    union = Union(key="unison", units=BRANCHES, kept_until=date(2026, 3, 10))
    found = campaign(everything(), union.append(a_campaign()).on(date(2026, 3, 11)), "k")
    assert found.progress.so_far is None
    assert "kept until 2026-03-10" in found.counted


def test_which_fund_may_pay_hangs_on_the_object() -> None:
    says = {
        political: {
            fund: answer.value if answer.known else None
            for fund, answer in asked(END, plan=a_campaign(political=political)).funds.items()
        }
        for political in (True, False, None)
    }
    assert says == {
        True: {"general": False, "political": True},
        False: {"general": True, "political": None},
        None: {"general": None, "political": None},
    }


# -- research --------------------------------------------------------------------------------------

FACTOR = LeverageFactor(
    key="f",
    kind="economic",
    role="owner",
    who="Example Holdings",
    campaign="k",
    claim="it is for sale",
    source="a newspaper",
    day=date(2026, 2, 1),
)


def flags(row: LeverageFactor, day: date = START, **more: Any) -> tuple[str, ...]:
    union = Union(key="unison", units=BRANCHES).append(a_campaign(), row)
    (found,) = leverage(everything(), union.on(day), **more).factors
    return found.flags


def test_a_claim_needs_a_source_and_a_day_and_grows_old() -> None:
    assert flags(FACTOR) == ()
    assert flags(attrs.evolve(FACTOR, source="")) == ("no source is recorded",)
    assert flags(attrs.evolve(FACTOR, day=None)) == ("the day of the claim is not recorded",)
    assert flags(FACTOR, claims_since=date(2026, 2, 1)) == ()
    assert flags(FACTOR, claims_since=date(2026, 2, 2)) == (
        "the claim is of 1 February 2026 and too old",
    )


def test_a_claim_of_a_later_day_is_not_there_yet() -> None:
    now = Union(key="unison", units=BRANCHES).append(a_campaign(), FACTOR).on(date(2026, 1, 31))
    assert leverage(everything(), now).factors == ()


def test_a_legal_factor_has_the_days_of_its_rule() -> None:
    row = attrs.evolve(FACTOR, kind="legal", source="", day=None, rule="core.sick_pay_waiting_days")
    assert flags(row) == ()
    assert flags(row, date(2020, 1, 1)) == (
        "no version of core.sick_pay_waiting_days holds on 1 January 2020",
    )


# -- wrong input -----------------------------------------------------------------------------------


def test_a_misspelt_campaign_and_a_group_that_is_no_condition_are_refused() -> None:
    now: Snapshot = Union(key="unison", units=BRANCHES).append(a_campaign()).on(END)
    with pytest.raises(UnknownName, match="did you mean 'k'"):
        campaign(everything(), now, "K")
    with pytest.raises(NotationError, match=r"employer\.kind has no word 'councils'"):
        asked(END, joined("a", START), plan=a_campaign(group="employer.kind == 'councils'"))
