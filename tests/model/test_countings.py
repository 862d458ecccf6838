"""Countings: every length says how it is counted, and composition refuses one that does not."""

from datetime import date
from pathlib import Path

import pytest

import unioncore
from tests.composition.making import faults_of, toml
from unioncore.legal import Citation, Confidence, Duration, TimeUnit
from unioncore.model import Direction, Lapse, MonthCount, MonthReading

HEAD = """
[[counting]]
key = "NAME-days"
name = "a length of days"
period = {}
rolls = "never"
citations = [{ source = "s" }]

[fact.NAME.starts]
type = "day"
label = "the first day"

[fact.NAME.ends]
type = "day"
derived = true
label = "the last day"
"""
RULE = """
[[rule]]
key = "NAME.rule"
decides = "NAME.ends"
period = {}
when = "True"
compute = "last_day_of_months(NAME.starts, 3)"
citations = [{ source = "s" }]
"""
LATER = """
[[counting]]
key = "NAME-later"
name = "a length of months"
period = {}
rolls = "never"
months = ["short-month-later"]
citations = [{ source = "s" }]
"""
PARAMETER = """
[[parameter]]
key = "NAME.limit"
type = "whole"
label = "the limit"
unit = "months"
period = {}
value = 3
citations = [{ source = "s" }]
"""


@pytest.mark.parametrize(
    ("definition", "says"),
    [
        (RULE, "counts months, and says not how; name a counting in counted"),
        (PARAMETER, "counts months, and says not how; name a counting in counted"),
        (RULE + 'counted = "actz"\n', "did you mean 'acts'?"),
        (PARAMETER + 'counted = "NAME-days"\n', "NAME-days names no reading of them"),
        (RULE + 'counted = "acts"\n', ""),
        (LATER + RULE + 'counted = "NAME-later"\n', "functions count to the corresponding day"),
        (LATER + PARAMETER + 'counted = "NAME-later"\n', ""),
        (PARAMETER + 'counted = "terms"\n', ""),
    ],
)
def test_what_counts_months_says_how(tmp_path: Path, definition: str, says: str) -> None:
    plugin = toml(HEAD + definition)(tmp_path, "demo")
    if not says:
        unioncore.compose(plugin, discover=False)
        return
    (fault,) = faults_of(plugin)
    assert says.replace("NAME", "demo") in str(fault)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("until", "25:00", 'expected a time of day such as "16:00" or "24:00"'),
        ("rolls", "always", "expected one of never, next-working-day, next-open-day"),
    ],
)
def test_a_counting_has_an_hour_and_a_way_to_move(
    tmp_path: Path, field: str, value: str, says: str
) -> None:
    written = HEAD.replace('rolls = "never"\n', "") if field == "rolls" else HEAD
    written = written.replace("period = {}\n", f'period = {{}}\n{field} = "{value}"\n', 1)
    (fault,) = faults_of(toml(written)(tmp_path, "demo"))
    assert says in str(fault)


@pytest.mark.parametrize(
    ("counts", "begins", "after"),
    [
        (MonthCount.CORRESPONDING_DAY, date(2025, 2, 28), date(2025, 2, 28)),
        (MonthCount.SHORT_MONTH_SOONER, date(2025, 2, 27), date(2025, 2, 28)),
        (MonthCount.SHORT_MONTH_LATER, date(2025, 2, 28), date(2025, 3, 1)),
    ],
)
def test_the_first_reading_is_the_one_that_counts(
    counts: MonthCount, begins: date, after: date
) -> None:
    """One month of 31 January 2025, whichever other readings stand behind it."""
    others = [MonthReading(each, each, each, ()) for each in MonthCount if each is not counts]
    readings = (MonthReading("first", "as here", counts, ()), *others)
    month, day = Duration(1, TimeUnit.MONTHS), date(2025, 1, 31)
    assert Lapse(readings, Direction.BEGINNING_WITH, day).counted_day(month) == begins
    assert Lapse(readings, Direction.WITHIN, day).counted_day(month) == after


def said_by(name: str) -> tuple[Citation, ...]:
    source = {"instrument": name, "provision": "", "url": "", "checked_on": date(2026, 11, 25)}
    return (Citation(confidence=Confidence.VERIFIED, **source),)


CORRESPONDING = MonthReading(
    "to", "to the day", MonthCount.CORRESPONDING_DAY, said_by("one"), said_by("of short months")
)
LATER_READING = MonthReading(
    "later", "to the day after", MonthCount.SHORT_MONTH_LATER, said_by("other")
)
BOTH = (CORRESPONDING, LATER_READING)
MONTH = Duration(1, TimeUnit.MONTHS)


def test_who_acts_and_who_waits_are_each_told_their_safe_day() -> None:
    """A month after 31 January 2025 is 28 February, or 1 March."""
    told = {
        direction: Lapse(BOTH, direction, date(2025, 1, 31)).otherwise(MONTH)
        for direction in (Direction.WITHIN, Direction.NOT_BEFORE)
    }
    counted = "; counted otherwise 1 March 2025 (to the day after): "
    assert told[Direction.WITHIN] == (
        f"{counted}who must act is safe by 28 February 2025, and who waits after 1 March 2025"
    )
    assert told[Direction.NOT_BEFORE] == f"{counted}who must wait is safe from 1 March 2025"
    assert Lapse(BOTH, Direction.WITHIN, date(2025, 1, 2)).otherwise(MONTH) == ""


def test_the_safe_day_is_the_first_for_who_acts_and_the_last_for_who_waits() -> None:
    start, day = date(2025, 1, 31), date(2025, 2, 28)
    assert Lapse(BOTH, Direction.WITHIN, start).safe(MONTH, day) == day
    assert Lapse(BOTH, Direction.NOT_BEFORE, start).safe(MONTH, day) == date(2025, 3, 1)


def test_who_speaks_of_short_months_is_cited_where_one_is_met() -> None:
    def cited(start: date) -> list[str]:
        lapse = Lapse(BOTH, Direction.WITHIN, start)
        return [each.instrument for each in lapse.cites(MONTH)]

    assert cited(date(2025, 1, 31)) == ["one", "of short months", "other"]
    assert cited(date(2025, 1, 15)) == ["one"]
