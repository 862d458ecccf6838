"""Whether a payslip is right: what a clause gives for somebody's shifts, beside what was paid.

An amount too much in one pay period makes up for nothing that is missing in another. A shift
belongs to the pay period in which it begins; that is the library's own choice.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.answers.employment.shifts_worked import (
    PayBounds,
    ShiftPay,
    pay_difference,
    shift_pay,
    told_hours,
)
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.legal import Citation
from unioncore.model import PAYSLIP_LINES, PayCase, PayClause, PayslipLine, Shift
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date

__all__ = ["ComparedPay", "PayCheck", "PayPeriod", "pay_check"]

_ZERO = Decimal("0.00")
_NOTHING = PayBounds.of(_ZERO)
_BASIC, _ENHANCEMENT = PAYSLIP_LINES


@frozen
class ComparedPay(Answers, shows="pays difference"):
    """What one kind of pay ought to come to in a pay period, beside the payslip."""

    pays: str
    """``basic`` or ``enhancement``."""
    due: PayBounds
    paid: Decimal | None
    """Pounds; None where no payslip is given for the period, or none shows such pay."""
    difference: PayBounds
    """What is missing; below nothing where too much was paid."""


@frozen
class PayPeriod(Answers, shows="start end compared"):
    """The shifts that begin in one pay period."""

    start: date
    """Its first day."""
    end: date
    """Its last day."""
    shifts: int
    compared: tuple[ComparedPay, ...]
    missing: PayBounds
    """What is missing in all, one kind of pay set off against another; not known where no payslip
    is given."""
    back_pay: PayBounds
    """What the shifts ought to have brought more, where back pay is claimed; else nothing."""
    has_payslip: bool


@frozen
class PayCheck(Answers, shows="clause shifts periods"):
    """What a clause gives for somebody's shifts, and what is missing."""

    clause: str
    """The name of the clause."""
    classes: Mapping[str, str]
    """The classes of hours that pay more, each with which hours these are."""
    shifts: tuple[ShiftPay, ...]
    periods: tuple[PayPeriod, ...]
    """Those of the payslip; for other shifts, calendar months."""
    underpaid: PayBounds
    """What is missing of the pay periods in which something is."""
    overpaid: PayBounds
    """What was paid too much, in other pay periods."""
    back_pay: PayBounds
    back_pay_known: Decimal
    """What of the back pay is known, of pay periods in which all of it is."""
    claims_back_pay: bool
    warnings: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether everything that was asked is known."""
        amounts = [each.missing for each in self.periods if each.has_payslip]
        amounts += [each.back_pay for each in self.periods]
        amounts += [each.enhancement_between for each in self.shifts]
        return all(each.exact is not None for each in amounts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it rests on, each once."""
        return tuple(dict.fromkeys(cited for each in self.shifts for cited in each.rests_on))

    def to_text(self) -> str:
        """Return it as tables: the shifts, then the pay periods, then what is missing."""
        lines = [self.clause, *(f"  {key}: {name}" for key, name in self.classes.items())]
        lines += ["", *_shift_table(self.shifts)]
        doubts = _doubts(self.shifts)
        lines += ["", *(f"not known: {each}" for each in doubts)] if doubts else []
        lines += ["", *self._period_table()] if self.periods else []
        if any(each.has_payslip for each in self.periods):
            lines += ["", f"missing: {self.underpaid.to_text()}"]
            lines += [f"paid too much in other pay periods: {self.overpaid.to_text()}"]
        if self.claims_back_pay:
            lines += ["", f"back pay: {self.back_pay.to_text()}"]
            if self.back_pay.exact is None:
                lines += [f"  of which is known: {PayBounds.of(self.back_pay_known).to_text()}"]
        notes = [*(f"source: {each}" for each in self.citations)]
        notes += [f"warning: {each}" for each in self.warnings]
        return "\n".join([*lines, *(["", *notes] if notes else [])])

    def _period_table(self) -> Iterator[str]:
        """Give a line for each kind of pay of a pay period, with the columns that are of use."""
        paid = any(each.has_payslip for each in self.periods)
        heads = ["pay period", "", "due", *(["paid", "missing"] if paid else [])]
        rows: list[tuple[str, ...]] = [(*heads, *(["back pay"] if self.claims_back_pay else []))]
        for period in self.periods:
            for number, each in enumerate(period.compared):
                days = f"{period.start} to {period.end}"
                row = ["" if number else days, each.pays, each.due.to_text()]
                if paid and each.paid is None:
                    row += ["-", "-"]
                elif paid and each.paid is not None:
                    row += [PayBounds.of(each.paid).to_text(), each.difference.to_text()]
                if self.claims_back_pay:
                    row.append("" if number else period.back_pay.to_text())
                rows.append(tuple(row))
        yield from _in_columns(rows)


@checked
def pay_check(rulebook: Rulebook, case: PayCase, clause: PayClause | None = None) -> PayCheck:
    """Answer what a clause gives for somebody's shifts, and how the payslip differs from it.

    Args:
        rulebook: holds the clauses and the public holidays.
        case: the job, what an hour pays, the shifts, the payslip, and what is claimed.
        clause: one of a union's own register, as ``local_clauses`` gives them; None for the one of
            the rulebook that the case names.

    Raises:
        UnknownName: when no plugin has such a clause.
        BadFacts: when something in the case cannot be.
    """
    clause = clause or rulebook.named(PayClause)[case.under.clause]
    found = [shift_pay(rulebook, case.under, case.pay, shift, clause) for shift in case.shifts]
    more = [_back_pay(rulebook, clause, case, shift) for shift in case.shifts]
    by_period: dict[tuple[date, date], list[int]] = {
        (line.start, line.end): [] for line in case.payslip
    }
    for number, shift in enumerate(case.shifts):
        by_period.setdefault(_period(shift.day, case.payslip), []).append(number)
    periods = tuple(
        _compared(period, [found[each] for each in numbers], [more[each] for each in numbers], case)
        for period, numbers in sorted(by_period.items())
    )
    missing = [each.missing for each in periods if each.has_payslip]
    back_pay = [each.back_pay for each in periods]
    return PayCheck(
        clause=clause.name,
        classes={each.key: each.name for each in clause.hours[1:]},
        shifts=tuple(found),
        periods=periods,
        underpaid=_sum(each.above_nothing() for each in missing),
        overpaid=_sum((_NOTHING - each).above_nothing() for each in missing),
        back_pay=_sum(back_pay),
        back_pay_known=sum((each.exact or _ZERO for each in back_pay), _ZERO),
        claims_back_pay=bool(case.owed),
        warnings=tuple(dict.fromkeys(said for each in found for said in each.warnings)),
    )


def _back_pay(rulebook: Rulebook, clause: PayClause, case: PayCase, shift: Shift) -> PayBounds:
    """Return what a shift ought to have brought more; before what is owed begins, nothing."""
    if not case.owed:
        return _NOTHING
    begun = [each.start for each in case.owed]
    first = None if None in begun else min(each for each in begun if each is not None)
    before = [each for each in case.pay if first and (each.start is None or each.start < first)]
    return pay_difference(rulebook, clause, case.under, case.pay, (*before, *case.owed), shift)


def _period(day: date, payslip: Iterable[PayslipLine]) -> tuple[date, date]:
    """Return the pay period of a day by the payslip, or else the month that it is in."""
    for line in payslip:
        if line.start <= day <= line.end:
            return line.start, line.end
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _compared(
    period: tuple[date, date],
    shifts: list[ShiftPay],
    more: list[PayBounds],
    case: PayCase,
) -> PayPeriod:
    paid: Mapping[str, list[Decimal]] = {
        pays: [
            line.amount
            for line in case.payslip
            if (line.start, line.end) == period and line.pays == pays
        ]
        for pays in PAYSLIP_LINES
    }
    has_payslip = any(paid.values())
    shown = {_ENHANCEMENT, *(line.pays for line in case.payslip)} if has_payslip else set()
    due = {
        _BASIC: _sum(each.basic_between for each in shifts),
        _ENHANCEMENT: _sum(each.enhancement_between for each in shifts),
    }
    compared = tuple(
        _line(pays, due[pays], sum(paid[pays], _ZERO) if pays in shown else None)
        for pays in PAYSLIP_LINES
    )
    against = [each.difference for each in compared if each.paid is not None]
    return PayPeriod(
        *period,
        shifts=len(shifts),
        compared=compared,
        missing=_sum(against) if has_payslip else PayBounds(None, None),
        back_pay=_sum(more),
        has_payslip=has_payslip,
    )


def _line(pays: str, due: PayBounds, paid: Decimal | None) -> ComparedPay:
    difference = PayBounds(None, None) if paid is None else due - PayBounds.of(paid)
    return ComparedPay(pays, due, paid, difference)


def _sum(amounts: Iterable[PayBounds]) -> PayBounds:
    return sum(amounts, _NOTHING)


# -- in words --------------------------------------------------------------------------------------


def _shift_table(shifts: Iterable[ShiftPay]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("shift", "hours", "basic", "enhancement", "by")]
    for each in shifts:
        versions = dict.fromkeys(each.versions.values())
        rows.append(
            (
                f"{each.start:%Y-%m-%d %H:%M} to {each.end:%Y-%m-%d %H:%M}",
                ", ".join(
                    f"{key} {'not known' if hours is None else told_hours(hours)}"
                    for key, hours in each.hours.items()
                    if hours != 0
                ),
                each.basic_between.to_text(),
                each.enhancement_between.to_text(),
                ", ".join(versions) or "no version",
            )
        )
    yield from _in_columns(rows)


def _in_columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, wide, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _doubts(shifts: Iterable[ShiftPay]) -> list[str]:
    """Return why something is not known, each once, with the shifts in which it is."""
    by_doubt: dict[str, list[str]] = {}
    for each in shifts:
        for answer in (each.enhancement, each.basic):
            if not answer.known:
                for doubt in answer.reason.split("; "):
                    days = by_doubt.setdefault(doubt, [])
                    days += [day] if (day := long_date(each.start.date())) not in days else []
    return [f"{doubt} ({', '.join(days)})" for doubt, days in by_doubt.items()]
