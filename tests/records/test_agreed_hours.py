"""Clauses of a union's own register that compute: read, checked, and counted."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.books import core
from tests.records.folders import read
from unioncore.answers import pay_check, shift_pay
from unioncore.legal import Nation
from unioncore.model import HourlyPay, PayCase, PayClause, Shift, WorkedUnder
from unioncore.records import local_clauses

REGISTER = {
    "agreements.csv": (
        "key,title,kind,binding,varies,start\n"
        "book,Book,collective,locally-varied,,2010-01-01\n"
        "yard,Yard book,collective,binding,book,2011-01-01\n"
    ),
    "agreement_parties.csv": (
        "agreement,employer,start\nbook,mill,2010-01-01\nyard,mill,2011-01-01\n"
    ),
    "clauses.csv": (
        "agreement,key,topic,start\n"
        "book,unsocial,unsocial hours,2010-01-01\n"
        "yard,unsocial,unsocial hours,2011-01-01\n"
    ),
    "clause_hours.csv": (
        "agreement,clause,hours,day,after,before,band,percent,per_hour,start,end\n"
        "book,unsocial,night,,22:00,06:00,,20,,2010-01-01,\n"
        "book,unsocial,weekend,saturday,00:00,00:00,,,1.50,2010-01-01,\n"
        "yard,unsocial,night,,20:00,06:00,,33.5,,2012-01-01,2014-01-01\n"
        "yard,unsocial,holiday,public-holiday,00:00,00:00,,100,,2012-01-01,2014-01-01\n"
    ),
}
PAY = (HourlyPay("any", Decimal("10.00")),)


@pytest.fixture(scope="module")
def clauses() -> dict[str, PayClause]:
    return local_clauses(read({**REGISTER}).ok())


def enhancement(clauses: dict[str, PayClause], key: str, start: datetime, end: datetime) -> Decimal:
    under = WorkedUnder(key, Nation.ENGLAND, public_holidays=frozenset({date(2013, 5, 6)}))
    return shift_pay(core(), under, PAY, Shift(start, end, ()), clauses[key]).enhancement.value


def test_hours_of_the_register_are_counted(clauses: dict[str, PayClause]) -> None:
    # Friday 22:00 to Saturday 08:00: a day of the week comes before what is for every day.
    night = datetime(2011, 6, 10, 20), datetime(2011, 6, 11, 8)
    assert enhancement(clauses, "book/unsocial", *night) == Decimal("16.00")


def test_a_local_variation_computes_while_it_holds(clauses: dict[str, PayClause]) -> None:
    # A Wednesday night of 12 hours, of which 8 are paid more by the book and 10 by the yard's.
    for year, due in ((2011, "16.00"), (2013, "33.50"), (2014, "16.00")):
        first = next(d for d in range(1, 8) if date(year, 6, d).weekday() == 2)
        night = datetime(year, 6, first, 20), datetime(year, 6, first + 1, 8)
        assert enhancement(clauses, "yard/unsocial", *night) == Decimal(due)


def test_a_public_holiday_comes_first(clauses: dict[str, PayClause]) -> None:
    monday = datetime(2013, 5, 6, 8), datetime(2013, 5, 6, 22)
    assert enhancement(clauses, "yard/unsocial", *monday) == Decimal("140.00")


def test_before_there_were_such_hours_nothing_is_known(clauses: dict[str, PayClause]) -> None:
    case = PayCase(
        WorkedUnder("book/unsocial", Nation.ENGLAND, public_holidays=frozenset()),
        PAY,
        (Shift(datetime(2009, 6, 10, 20), datetime(2009, 6, 11, 8), ()),),
    )
    found = pay_check(core(), case, clauses["book/unsocial"])
    assert not found.known
    assert found.shifts[0].versions == {}


def test_a_register_without_such_hours_has_no_such_clause() -> None:
    assert local_clauses(read({**REGISTER, "clause_hours.csv": ""}).union) == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "said"),
    [
        (",20,,2010", ",20,2.00,2010", 2, "percent", "either percent or per_hour"),
        ("book,unsocial,night", "book,unsocal,night", 2, "clause", "no clause of this key"),
        ("saturday", "saterday", 3, "day", "expected monday"),
        ("22:00", "22.00", 2, "after", "a time such as 20:00"),
        ("weekend", "night", 3, "hours", "line 2 has another rate for hours of this name"),
    ],
)
def test_a_fault(old: str, new: str, line: int, column: str, said: str) -> None:
    text = REGISTER["clause_hours.csv"].replace(old, new)
    (fault,) = read({**REGISTER, "clause_hours.csv": text}).faults
    assert (fault.file, fault.line, fault.column) == ("clause_hours.csv", line, column)
    assert said in str(fault)
