"""Files about somebody's pay: what is read, and everything that is wrong with one."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tests.books import everything
from unioncore.errors import BadPayFile
from unioncore.model import Break, HourlyPay, PayCase, PayClause
from unioncore.records import pay_file_schema, read_break, read_pay_case

pytestmark = pytest.mark.needs_plugins

GOOD = """
[job]
clause = "afc-section-2"
nation = "England"
public_holidays = [2026-05-25]

[[pay]]
start = 2026-04-01
band = "2"
hourly = 12.50
kept = { col2 = "3.43" }

[[shift]]
start = "2026-06-13 20:00"
end = 2026-06-14T08:00:00
breaks = ["00:30 to 01:00", "20 minutes"]

[[payslip]]
start = 2026-06-01
end = 2026-06-30
pays = "enhancement"
amount = "103.50"
"""


def read(text: str) -> PayCase:
    return read_pay_case(text.encode(), "mine.toml", everything().named(PayClause))


def faults(text: str) -> list[str]:
    with pytest.raises(BadPayFile) as caught:
        read(text)
    return str(caught.value).splitlines()


def test_everything_that_may_stand_in_a_file_is_read() -> None:
    case = read(GOOD)
    assert case.under.public_holidays == {date(2026, 5, 25)}
    kept = {"col2": Decimal("3.43")}
    assert case.pay == (HourlyPay("2", Decimal("12.50"), date(2026, 4, 1), kept),)
    (shift,) = case.shifts
    assert (shift.start, shift.end) == (datetime(2026, 6, 13, 20), datetime(2026, 6, 14, 8))
    assert shift.breaks == (Break(30, time(0, 30)), Break(20))
    assert case.payslip[0].amount == Decimal("103.50")


def test_every_problem_is_told_with_its_line_and_the_nearest_word() -> None:
    wrong = (
        GOOD.replace("[[payslip]]", "[[payslp]]\nx = 1\n\n[[payslip]]")
        .replace('band = "2"', 'band = "8"')
        .replace("12.50", "-12.50")
        .replace("col2", "coll2")
        .replace("2026-06-14T08:00:00", '"2026-06-13 08:00"')
        .replace("20 minutes", "a while")
        .replace('"enhancement"', '"enhancment"')
    )
    assert faults(wrong) == [
        "mine.toml:9: pay 1, band: expected one of 1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9; did you "
        "mean '8d'?",
        "mine.toml:10: pay 1, hourly: expected pounds an hour, zero or more",
        "mine.toml:11: pay 1, kept.coll2: expected one of col2, col3; did you mean 'col2'?",
        'mine.toml:16: shift 1, breaks 2: expected a break such as "12:30-13:00", or "30 minutes" '
        "where it is not known when it was",
        "mine.toml:18: payslp: no such table; did you mean 'payslip'?",
        "mine.toml:24: payslip 1, pays: expected one of basic, enhancement; did you mean "
        "'enhancement'?",
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"England"', '"Engand"', "job.nation: expected one of England, Wales"),
        ("afc-section-2", "afc-section-3", "did you mean 'afc-section-2'?"),
        ("2026-06-14T08:00:00", '"2026-06-13 08:00"', "shift 1, end: expected a time after"),
        ('"2026-06-13 20:00"', '"2026-06-13"', "shift 1, start: expected a day and a time"),
        ("00:30 to 01:00", "09:00-09:30", "shift 1, breaks 1: expected a break within the shift"),
        ("20 minutes", "720 minutes", "expected breaks that are shorter than the shift"),
        ("20 minutes", "00:45-01:15", "expected a break that does not overlap another one"),
        ("end = 2026-06-30", "end = 2026-05-30", "payslip 1, end: expected a day that is not"),
        ("[job]", "[jb]", "jb: no such table"),
        ("hourly = 12.50", "hourly = 12.50.1", "mine.toml:10: this is not TOML"),
        ('amount = "103.50"', "amount = nan", "payslip 1, amount: expected pounds"),
    ],
)
def test_what_cannot_be_is_refused(was: str, becomes: str, said: str) -> None:
    assert said in "\n".join(faults(GOOD.replace(was, becomes)))


@pytest.mark.parametrize(
    ("night", "said"),
    [
        ("2026-10-25 01:30", "2026-10-25T01:30+01:00 or 2026-10-25T01:30+00:00"),
        ("2026-03-29 01:30", "a time that the clock showed"),
    ],
)
def test_a_time_on_the_night_of_a_change_is_said_without_doubt(night: str, said: str) -> None:
    text = GOOD.replace("2026-06-13 20:00", night).replace(
        "2026-06-14T08:00:00", f'"{night[:10]} 08:00"'
    )
    assert said in "\n".join(faults(text))


def test_an_empty_file_lacks_its_job() -> None:
    assert faults("") == ["mine.toml: job: needs the table [job]"]


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadPayFile, match="UTF-8"):
        read_pay_case(b"\xff\xfe\x00", "mine.toml", {})


def test_a_break_over_midnight() -> None:
    assert read_break("23:45-00:15") == Break(30, time(23, 45))


def test_the_schema_names_every_table() -> None:
    assert {*pay_file_schema()["properties"]} == {"job", "pay", "shift", "payslip", "owed"}
