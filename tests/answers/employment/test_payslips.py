"""Pay periods, set-off, and back pay by period."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.books import everything

from unioncore.answers import PayBounds, PayCheck, pay_check
from unioncore.legal import Nation
from unioncore.model import HourlyPay, PayCase, PayslipLine, Shift, WorkedUnder

pytestmark = pytest.mark.needs_plugins

UNDER = WorkedUnder("afc-section-2", Nation.ENGLAND)
PAY = (HourlyPay("5", Decimal("18.00")),)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
ENDS = {MAY: date(2026, 5, 31), JUNE: date(2026, 6, 30)}
SUNDAYS = tuple(
    Shift(datetime(2026, month, day, 8), datetime(2026, month, day, 16), ())
    for month, day in ((5, 10), (6, 14))
)
"""Each brings £144.00, and an enhancement of 8 hours at 60 per cent of £18.00: £86.40."""


def line(start: date, pays: str, amount: str) -> PayslipLine:
    return PayslipLine(start, ENDS[start], pays, Decimal(amount))


def check(*lines: PayslipLine, owed: tuple[HourlyPay, ...] = ()) -> PayCheck:
    return pay_check(everything(), PayCase(UNDER, PAY, SUNDAYS, lines, owed))


def of(amount: str) -> PayBounds:
    return PayBounds.of(Decimal(amount))


def test_too_much_in_one_pay_period_makes_up_for_nothing_in_another() -> None:
    found = check(line(MAY, "enhancement", "100.00"), line(JUNE, "enhancement", "80.00"))
    assert [each.missing for each in found.periods] == [of("-13.60"), of("6.40")]
    assert (found.underpaid, found.overpaid) == (of("6.40"), of("13.60"))
    assert found.known


def test_within_a_pay_period_one_kind_of_pay_is_set_off_against_the_other() -> None:
    found = check(
        line(MAY, "enhancement", "80.00"),
        line(MAY, "basic", "150.00"),
        line(JUNE, "basic", "144.00"),
        line(JUNE, "enhancement", "86.40"),
    )
    assert [each.missing for each in found.periods] == [of("0.40"), of("0.00")]


def test_lines_of_one_kind_add_up() -> None:
    found = check(*[line(MAY, "enhancement", "43.20")] * 2, line(JUNE, "enhancement", "86.40"))
    assert found.underpaid == of("0.00")


def test_an_enhancement_that_the_payslip_lacks_is_missing() -> None:
    found = check(line(MAY, "basic", "144.00"))
    may, june = found.periods
    assert may.missing == of("86.40")
    assert not june.has_payslip
    assert june.missing == PayBounds(None, None)
    assert found.underpaid == of("86.40")


def test_a_shift_belongs_to_the_pay_period_in_which_it_begins() -> None:
    night = Shift(datetime(2026, 5, 31, 20), datetime(2026, 6, 1, 6), ())
    lines = (line(MAY, "enhancement", "0.00"), line(JUNE, "enhancement", "0.00"))
    found = pay_check(everything(), PayCase(UNDER, PAY, (night,), lines))
    # Sunday 4 hours at 60 per cent, Monday 6 at 30.
    assert [each.missing for each in found.periods] == [of("75.60"), of("0.00")]


def test_back_pay_is_told_by_period_and_begins_when_it_is_owed() -> None:
    owed = (HourlyPay("6", Decimal("20.00"), JUNE),)
    found = check(owed=owed)
    # 8 hours at £2.00 more, and 60 per cent of that.
    assert [each.back_pay for each in found.periods] == [of("0.00"), of("25.60")]
    assert (found.back_pay, found.back_pay_known) == (of("25.60"), Decimal("25.60"))


def test_back_pay_between_two_versions() -> None:
    paid = (HourlyPay("2", Decimal("12.00"), version="afc-s2-4"),)
    owed = (HourlyPay("2", Decimal("12.00"), version="afc-s2-1"),)
    found = pay_check(everything(), PayCase(UNDER, paid, SUNDAYS, (), owed))
    # 88 in place of 83 per cent of £96.00, twice.
    assert found.back_pay == of("9.60")


def test_what_is_known_of_back_pay_stands_beside_what_is_not() -> None:
    unclear = Shift(datetime(2026, 6, 14, 8), datetime(2026, 6, 14, 16))
    case = PayCase(UNDER, PAY, (SUNDAYS[0], unclear), (), (HourlyPay("6", Decimal("20.00")),))
    found = pay_check(everything(), case)
    assert not found.known
    assert found.back_pay_known == Decimal("25.60")
    assert found.back_pay.exact is None


def test_without_shifts_there_is_nothing_to_say() -> None:
    found = pay_check(everything(), PayCase(UNDER, (), ()))
    assert found.periods == ()
    assert found.known
    assert found.to_text()
