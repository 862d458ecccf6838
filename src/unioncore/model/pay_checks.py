"""What a check of somebody's pay is made of: the job, what an hour pays, the payslip."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from unioncore.errors import Problem, nearest
from unioncore.legal import Nation
from unioncore.model.pay_clauses import PayClause
from unioncore.model.shifts import Shift
from unioncore.shown import Shown

__all__ = [
    "CLOCK_CHANGES",
    "PAYSLIP_LINES",
    "HourlyPay",
    "PayCase",
    "PayslipLine",
    "WorkedUnder",
    "pay_misfits",
]

CLOCK_CHANGES = ("hours-of-the-shift", "hours-worked")
"""What an employer may pay for in the night on which the clocks change."""

PAYSLIP_LINES = ("basic", "enhancement")
"""What a line of a payslip may be for."""


@frozen
class WorkedUnder(Shown, shows="clause nation"):
    """The clause under which somebody works, and what the employer settles where it is silent."""

    clause: str
    """The key of the clause."""
    nation: Nation
    """The nation of the post: its public holidays count."""
    clock_change: str | None = None
    """One of ``CLOCK_CHANGES``; None where that is not known."""
    whole_shift: bool | None = None
    """Whether the employer follows the rule on the whole of a shift; None where that is not known,
    and the clause alone decides."""
    public_holidays: frozenset[date] | None = None
    """The public holidays; None for those of the nation's calendar."""


@frozen
class HourlyPay(Shown, shows="start band"):
    """The band of a job and what an hour of it pays, from a day on."""

    band: str
    hourly: Decimal | None = None
    """Basic pay of an hour in pounds; None where it is not known."""
    start: date | None = None
    """The first day; None for always. The next one ends it."""
    kept: Mapping[str, Decimal] = field(factory=dict)
    """For classes of hours, what an hour brought more at this point by the version whose cash
    value is kept, in pounds."""
    version: str = ""
    """The name of the version that is applied, where that is not the one of the day."""


@frozen
class PayslipLine(Shown, shows="start end pays"):
    """What a payslip gives for the shifts that begin in a pay period."""

    start: date
    """The first day of the pay period."""
    end: date
    """Its last day."""
    pays: str
    """One of ``PAYSLIP_LINES``."""
    amount: Decimal
    """Pounds."""

    def cuts(self, other: "PayslipLine") -> bool:
        """Say whether its pay period shares days with another one that is not the same."""
        same = (self.start, self.end) == (other.start, other.end)
        return not same and self.start <= other.end and other.start <= self.end


@frozen
class PayCase(Shown, shows="under shifts"):
    """Everything that one check is about."""

    under: WorkedUnder
    pay: tuple[HourlyPay, ...]
    """What an hour pays; the latest that has begun counts."""
    shifts: tuple[Shift, ...]
    payslip: tuple[PayslipLine, ...] = ()
    owed: tuple[HourlyPay, ...] = ()
    """What an hour ought to have paid, where back pay is claimed."""


def pay_misfits(clause: PayClause, pay: HourlyPay, at: str) -> Iterator[Problem]:
    """Give the band, the version and the classes of hours that a clause does not have.

    Args:
        clause: the clause.
        pay: what an hour pays.
        at: what problems call it, such as ``pay[0]``.
    """
    if clause.bands and pay.band not in clause.bands:
        yield _no_word(f"{at}.band", pay.band, clause.bands)
    versions = [each.name for each in clause.versions]
    if pay.version and pay.version not in versions:
        yield _no_word(f"{at}.version", pay.version, versions)
    classes = [each.key for each in clause.hours[1:]]
    yield from (
        _no_word(f"{at}.kept.{hours}", hours, classes) for hours in pay.kept if hours not in classes
    )


def _no_word(field: str, got: str, known: Sequence[str]) -> Problem:
    return Problem(field, f"one of {', '.join(known)}", nearest(got, known))
