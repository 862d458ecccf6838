"""Notices hold numbers that add up, by the law of their day, and no name and no key."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import BallotCell, EmployerNotice, employer_notice
from unioncore.errors import UnknownName
from unioncore.model import BallotCheck

RECEIVED, OPENS = date(2026, 6, 1), date(2026, 6, 22)
CELLS = [
    BallotCell("nurse", "Hospital A", 30, 10),
    BallotCell("nurse", "Clinic B", 10, 10),
    BallotCell("porter", "Hospital A", 20),
]
LAST_OF_THE_OLD = date(2026, 2, 17)


def notice(which: str = "ballot", cells: list[BallotCell] = CELLS, **more: Any) -> EmployerNotice:
    given = {"received": RECEIVED, "event": OPENS, **more}
    return employer_notice(core(), which, cells, **given)


@settings(max_examples=40)
@given(
    numbers=st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(0, 50), max_size=9
    ),
    received=st.sampled_from((LAST_OF_THE_OLD, date(2026, 2, 18))),
    which=st.sampled_from(("ballot", "action")),
    nation=st.sampled_from(("GB", "Northern Ireland")),
    check_off=st.booleans(),
)
def test_the_numbers_of_each_table_add_up_to_the_total(
    numbers: dict[tuple[str, str], int], received: date, which: str, nation: str, check_off: bool
) -> None:
    cells = [BallotCell(*key, number, number // 2) for key, number in numbers.items()]
    found = notice(which, cells, received=received, nation=nation, check_off=check_off)
    left_out = sum(each.by_check_off for each in cells) if found.by_check_off else 0
    assert found.total == sum(numbers.values()) - left_out
    for table, names in (
        (found.by_category, found.categories),
        (found.by_workplace, found.workplaces),
    ):
        if table:
            assert sum(table.values()) == found.total
            assert sorted(table) == sorted(names)
    # The two tables are never crossed.
    assert "cells" not in found.to_dict()


@pytest.mark.parametrize(
    ("which", "received", "nation", "form", "tables", "explained"),
    [
        ("ballot", LAST_OF_THE_OLD, "GB", "figures", (True, True), True),
        ("ballot", date(2026, 2, 18), "GB", "lists-and-total", (False, False), False),
        ("ballot", date(2026, 2, 18), "Northern Ireland", "figures", (True, True), True),
        ("action", LAST_OF_THE_OLD, "GB", "figures", (True, True), True),
        ("action", date(2026, 2, 18), "GB", "figures", (False, True), True),
        ("action", date(2026, 2, 18), "Northern Ireland", "figures", (True, True), True),
    ],
)
def test_each_notice_by_its_own_law(
    which: str,
    received: date,
    nation: str,
    form: str,
    tables: tuple[bool, bool],
    explained: bool,
) -> None:
    found = notice(which, received=received, nation=nation)
    assert found.form == form
    assert (bool(found.by_category), bool(found.by_workplace)) == tables
    assert bool(found.explanation) is explained


def test_before_the_law_was_so_the_contents_are_not_known_and_nothing_is_ready() -> None:
    found = notice(received=date(2004, 6, 1), event=date(2004, 7, 1))
    assert found.form is None
    assert not found.ready.known


def test_the_explanation_tells_what_was_recorded_and_nothing_else() -> None:
    old: dict[str, Any] = {"received": LAST_OF_THE_OLD, "event": date(2026, 3, 2)}
    plain = notice(**old)
    assert len(plain.explanation) == 2
    assert any("no check of the list is recorded" in each for each in plain.warnings)
    checks = [
        BallotCheck(ballot="b", what="compared-with-payroll", day=date(2026, 2, 3), looked_at=60),
        BallotCheck(ballot="b", what="branch-asked", day=date(2026, 2, 1), put_right=2),
    ]
    found = notice(made_on=date(2026, 2, 10), checks=checks, settled=3, **old)
    assert found.explanation[0].endswith("as it stood on 10 February 2026.")
    assert found.explanation[2:] == (
        "On 1 February 2026 the branch was asked to check the list; 2 records were put right.",
        "On 3 February 2026 the list was compared with the employer's payroll, for 60 members.",
        "Of 3 members the register left a doubt, which was settled by asking.",
    )
    assert "audit" not in found.to_text()
    assert found.warnings == ()


def test_a_notice_is_not_ready_while_something_is_open() -> None:
    assert notice().ready.value is True
    for open_ in (
        notice(doubtful=7),
        notice(cells=[BallotCell("", "Hospital A", 1)]),
        notice(cells=[BallotCell("nurse", "", 1)]),
    ):
        assert not open_.ready.known
    assert notice(cells=[]).ready.value is False


def test_those_on_check_off_may_be_left_to_the_payroll_where_the_law_says_so() -> None:
    old: dict[str, Any] = {"received": LAST_OF_THE_OLD, "event": date(2026, 3, 2)}
    found = notice(check_off=True, **old)
    assert (found.total, found.by_check_off) == (40, 20)
    assert found.by_category == {"nurse": 20, "porter": 20}
    assert found.by_workplace == {"Hospital A": 40}
    assert any("deduct from pay" in line for line in found.says())
    elsewhere = notice(check_off=True, nation="Northern Ireland", **old)
    assert elsewhere.total == 60
    assert not elsewhere.ready.known


def test_whether_it_comes_in_time_is_counted_back() -> None:
    assert notice(received=OPENS - timedelta(7)).in_time.value is True
    late = notice(received=OPENS - timedelta(6))
    assert late.in_time.value is False
    assert late.latest_receipt.value == OPENS - timedelta(7)


def test_a_notice_of_action_reminds_of_its_days() -> None:
    assert any("continuous" in each for each in notice("action").warnings)


def test_an_unknown_notice_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="ballot"):
        notice("balot")
