"""Only counts leave, no small one among them; forms and what members record are never joined."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import Withheld, monitoring, own_monitoring
from unioncore.errors import UnknownName
from unioncore.model import (
    Membership,
    MonitoringCount,
    MonitoringRound,
    OwnMonitoring,
    Parent,
    Person,
    Union,
    Unit,
)
from unioncore.records import read_files

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 1)
ASKED = ("female", "male", "prefer-not-to-say")


def a_round(key: str, unit: str, *counts: int, **more: Any) -> tuple[Any, ...]:
    given = {"given_out": sum(counts) + 50, "returned": sum(counts) + 12, "day": DAY, **more}
    return (
        MonitoringRound(key=key, unit=unit, **given),
        *(
            MonitoringCount(round=key, question="gender", category=category, count=count)
            for category, count in zip(ASKED, counts, strict=False)
            if count
        ),
    )


def asked(*rows: Any, on: date = DAY, **more: Any) -> Any:
    units = [Unit(key=key, kind="branch", name=key.upper()) for key in "abc"]
    region = Unit(key="r", kind="region", name="R")
    parents = [Parent(unit=key, axis="region", parent="r") for key in "ab"]
    union = Union(key="unison").append(*units, region, *parents, *rows)
    return monitoring(everything(), union.on(on), "gender", **more)


# -- what goes out ---------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=3))
def test_no_count_below_ten_goes_out(rounds: list[list[int]]) -> None:
    rows = [
        row
        for key, counts in zip("abc", rounds, strict=False)
        for row in a_round(key, key, *counts, returned=sum(counts))
    ]
    found = asked(*rows)
    if isinstance(found.table, Withheld):
        return
    for row, line in zip(found.table.rows.all(), found.table.cells, strict=True):
        exact = [*rounds["abc".index(row)], 0]
        for cell, count in zip(line, exact, strict=True):
            assert cell is None or count >= 10
            assert cell is None or abs(cell - count) < 5
        # A suppressed count is never alone in its row beside a total that is told.
        if found.table.row_totals[found.table.rows.all().index(row)] is not None:
            assert line.count(None) != 1


def test_those_who_would_not_say_and_those_who_did_not_answer_are_apart() -> None:
    found = asked(*a_round("x", "a", 40, 30, 20))
    assert found.table.columns.all() == ("female", "male", "prefer not to say", "not answered")
    assert found.table.cells == ((40, 30, 20, 10),)


def test_a_form_that_did_not_ask_is_not_a_form_that_nobody_answered() -> None:
    found = asked(*a_round("x", "a", 40, 30, 20), MonitoringRound(key="y", unit="b", day=DAY))
    assert found.not_asked == ("b",)
    assert found.table.rows.all() == ("a",)


def test_without_the_forms_given_out_the_share_that_came_back_is_not_known() -> None:
    (known,) = asked(*a_round("x", "a", 40, 30, 20)).response_percent.values()
    assert known == 71  # 100 as published, of 140
    (unknown,) = asked(*a_round("x", "a", 40, 30, 20, given_out=None)).response_percent.values()
    assert unknown is None
    both = (*a_round("x", "a", 40, 30, 20), *a_round("y", "a", 40, 30, 20, given_out=None))
    assert asked(*both).response_percent == {"a": None}


def test_what_is_too_small_stays_out_and_takes_nothing_else_with_it() -> None:
    alone = asked(*a_round("x", "a", 40, 30, 20))
    beside = asked(*a_round("x", "a", 40, 30, 20), *a_round("y", "b", 2, 1, 0, returned=3))
    assert beside.table == alone.table
    assert beside.too_few == ("b",)


def test_rows_may_be_regions_and_what_lies_in_none_is_in_no_row() -> None:
    rows = (row for key in "abc" for row in a_round(key, key, 40, 30, 20))
    found = asked(*rows, by="region")
    assert found.table.rows.all() == ("r",)
    assert found.table.cells[0][0] == 80


def test_a_round_of_a_later_day_is_not_there_yet() -> None:
    rows = a_round("x", "a", 40, 30, 20)
    assert isinstance(asked(*rows, on=date(2026, 5, 31)).table, Withheld)
    assert not isinstance(asked(*rows).table, Withheld)


# -- what to hold it against -----------------------------------------------------------------------


def test_a_row_is_held_against_the_nearest_population_or_against_nothing() -> None:
    people = {"kind": "population", "source": "a census"}
    rows = (row for key in "ac" for row in a_round(key, key, 40, 30, 20))
    above = a_round("p", "r", 750, 250, **people)
    found = asked(*rows, *above)
    assert found.compared["a"].percent == {"female": 75, "male": 25}
    assert "c" not in found.compared
    assert "no population is recorded to hold this against" in found.to_text()
    nearer = a_round("q", "a", 600, 400, **people)
    rows = (row for key in "ac" for row in a_round(key, key, 40, 30, 20))
    assert asked(*rows, *above, *nearer).compared["a"].percent["female"] == 60


# -- what members record ---------------------------------------------------------------------------


def test_what_members_record_is_counted_apart_and_while_they_consent() -> None:
    people = [f"m{number}" for number in range(60)]
    union = Union(key="unison", units=(Unit(key="a", kind="branch", name="A"),)).append(
        *a_round("x", "a", 40, 30, 20)
    )
    for number, key in enumerate(people):
        union = union.append(
            Person(key=key, name="Test"),
            Membership(person=key, start=date(2020, 1, 1), category="full", branch="a"),
        )
        if number < 40:
            end = date(2026, 5, 1) if number < 15 else None
            said = "female" if number % 2 else "male"
            union = union.append(
                OwnMonitoring(
                    person=key, question="gender", category=said, start=date(2025, 1, 1), end=end
                )
            )
    book = everything()
    before, after = (
        own_monitoring(book, union.on(day), "gender", "a")
        for day in (date(2026, 4, 30), date(2026, 5, 1))
    )
    heads = after.table.columns.all()
    assert heads[-1] == "not recorded"
    assert before.table.row_totals == after.table.row_totals == (60,)
    assert before.response_percent == after.compared == {}
    told = f"{after!r} {after.to_text()} {after.to_dict()}"
    assert not any(key in told for key in people)


# -- wrong input -----------------------------------------------------------------------------------


def test_a_misspelt_question_and_a_row_that_is_none_name_the_nearest() -> None:
    union = Union(key="unison")
    with pytest.raises(UnknownName, match="did you mean 'gender'"):
        monitoring(everything(), union.on(DAY), "gendr")
    with pytest.raises(UnknownName, match="did you mean 'region'"):
        monitoring(everything(), union.on(DAY), "gender", by="regin")


ROUNDS = "key,unit,kind,day,given_out,returned,source\n"
COUNTS = "round,question,category,count\n"


@pytest.mark.parametrize(
    ("rounds", "counts", "said"),
    [
        ("x,b,,2026-06-01,50,51,", "", "returned: is more than were given out"),
        ("x,b,,2026-06-01,50,20,", "x,gender,female,21", "returned: is less than gave an answer"),
        ("x,b,population,2026-06-01,,,", "", "source: figures of a population need a source"),
        ("x,b,,2026-06-01,50,20,", "x,gender,woman,5", "category: no category of the list"),
        ("x,b,,2026-06-01,50,20,", "y,gender,female,5", "round: monitoring_rounds has no key"),
        ("x,b,,2026-06-01,50,20,", "x,gender,female,20", ""),
    ],
)
def test_forms_that_cannot_be_are_faults(rounds: str, counts: str, said: str) -> None:
    files = {
        "union.toml": b'union = "unison"\n',
        "units.csv": b"key,kind,name\nb,branch,B\n",
        "monitoring_rounds.csv": f"{ROUNDS}{rounds}\n".encode(),
        "monitoring_counts.csv": f"{COUNTS}{counts}\n".encode(),
    }
    found = [str(each) for each in read_files(files, everything()).faults]
    assert any(said in each for each in found) if said else not found
