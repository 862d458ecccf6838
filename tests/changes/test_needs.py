"""What a file is refused for, a change is refused for too."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from tests.changes.test_life import BOOK, start

from unioncore import changes
from unioncore.errors import ChangeRefused
from unioncore.model import Job, Person

UNION = start()
DAY = date(2012, 1, 1)
NEW = Person(key="new", name="Test New")
JOB = Job(person="new", employer="mill", start=DAY)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("earnings", Decimal(-1), "expected pounds"),
        ("earnings", Decimal("NaN"), "expected pounds"),
        ("hourly_pay", Decimal("12.345"), "expected pounds"),
        ("start", "2012-01-01", "start: expected date, got str"),
        ("end", DAY, "it ends before it begins"),
        ("end", "2013-01-01", "end: expected date, got str"),
        ("main", None, "cannot be written"),
        ("role", "=1+1", "formula"),
        ("told_branch", date(20, 1, 1), "a year from"),
    ],
)
def test_a_job_is_refused_for_a_value_that_no_file_can_hold(
    column: str, value: Any, said: str
) -> None:
    job = attrs.evolve(JOB, **{column: value})
    with pytest.raises(ChangeRefused) as refused:
        changes.join(BOOK, UNION, NEW, branch="ash", on=DAY, job=job)
    (reason,) = refused.value.reasons
    assert reason.startswith(f"{column}: ")
    assert said in reason


def test_everything_wrong_with_a_person_and_a_job_is_told_together() -> None:
    person = attrs.evolve(NEW, name="", gender="femail")
    job = attrs.evolve(JOB, earnings=Decimal(-1), workplace="=here")
    with pytest.raises(ChangeRefused) as refused:
        changes.join(BOOK, UNION, person, branch="ash", on=DAY, job=job)
    assert sorted(each.partition(":")[0] for each in refused.value.reasons) == [
        "earnings",
        "gender",
        "name",
        "workplace",
    ]
    assert "did you mean 'female'?" in str(refused.value)


def test_a_name_of_a_unit_is_one_that_a_file_can_hold() -> None:
    with pytest.raises(ChangeRefused, match="name: begins like a formula"):
        changes.rename(BOOK, UNION, "ash", name="=ash", on=DAY)


@pytest.mark.parametrize(
    "days",
    [
        {"elected": date(2012, 1, 2)},
        {"election_began": date(2012, 1, 2)},
        {"elected": date(2011, 6, 1), "election_began": date(2011, 6, 2)},
    ],
)
def test_an_election_comes_before_the_term_that_it_fills(days: dict[str, date]) -> None:
    with pytest.raises(ChangeRefused, match="an election begins before it elects"):
        changes.elect(BOOK, UNION, "ash-chair", "person-1", on=DAY, **days)


def test_a_day_of_birth_that_is_no_day_is_refused_before_it_is_compared() -> None:
    with pytest.raises(ChangeRefused, match="born: expected date, got str"):
        changes.join(BOOK, UNION, attrs.evolve(NEW, born="1990-01-01"), branch="ash", on=DAY)
