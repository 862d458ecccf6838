"""What the union pays for days of action, and what a branch's hardship scheme gives.

The rates, the day from which they are paid and the conditions are rules. Where sources leave a rate
open between two sums, so is the payment, and the bounds are given.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, nearest
from unioncore.legal import uk_time
from unioncore.model import Snapshot, Strike, StrikeClaim
from unioncore.numbers import half_up
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "Hardship",
    "LostDay",
    "StrikeClaims",
    "StrikeDayPay",
    "StrikePay",
    "hardship",
    "may_assess",
    "strike_claims",
    "strike_pay",
]

_PAY = Fact("strike_pay.for_the_day", FactType.MONEY, "the strike pay for the day")
_TOTAL = Fact("strike_pay.total", FactType.MONEY, "the strike pay for all days")
_AT_MOST = Fact("hardship.at_most", FactType.MONEY, "the most that the scheme pays")
_ASKED = (
    "strike_pay.is_due",
    "strike_pay.rate_least",
    "strike_pay.rate_most",
    "strike_pay.first_day_earliest",
    "strike_pay.first_day_latest",
    "strike_pay.up_to_take_home_pay",
)
_NOTHING = Decimal("0.00")
_NUMBERED = (
    "the days are counted by those that the member lost; the sources do not say whether they must "
    "follow each other"
)


@frozen
class LostDay(Answers, shows="day"):
    """A day of action, and the pay that was lost. Sums are pounds."""

    day: date
    deducted: Decimal
    """What the employer deducted."""
    basis: str = ""
    """``gross`` or ``take-home``; empty: not known."""
    take_home_lost: Decimal | None = None
    """The take-home pay that was lost, where the deduction is gross."""

    @property
    def lost(self) -> tuple[Decimal, Decimal]:
        """The least and the most take-home pay that can have been lost."""
        if self.take_home_lost is not None:
            return self.take_home_lost, self.take_home_lost
        return (self.deducted if self.basis == "take-home" else _NOTHING), self.deducted


@frozen
class StrikeDayPay(Answers, shows="day pay at_least at_most"):
    """What is paid for one day. Sums are pounds."""

    day: date
    pay: Answer[Decimal]
    at_least: Decimal | None
    """The least that it can be; None: no bound is known."""
    at_most: Decimal | None


@frozen
class StrikePay(Answers, shows="total at_least at_most"):
    """What is paid to one member for days of action. Sums are pounds."""

    days: tuple[StrikeDayPay, ...]
    total: Answer[Decimal]
    at_least: Decimal | None
    """The least that it can be; None: no bound is known."""
    at_most: Decimal | None


@checked
def strike_pay(
    rulebook: Rulebook,
    days: Iterable[LostDay],
    *,
    authorised: bool | None,
    fund_suffices: bool | None = None,
    on: date,
) -> StrikePay:
    """Answer what the union pays a member for days of action, each at the rate of that day.

    A rate that is known for a day is not taken to hold on another. The days are counted by those
    that are given, in order.

    Args:
        rulebook: the rules.
        days: the days on which the member took part, in any order.
        authorised: whether the union authorised the action; None: not known.
        fund_suffices: whether the fund has enough for everybody; None: not known.
        on: the day of the question.

    Raises:
        BadFacts: when a sum is negative, or a day stands twice.
    """
    ordered = sorted(days, key=lambda each: each.day)
    _check(ordered)
    said = {"strike_pay.authorised": authorised, "strike_pay.fund_suffices": fund_suffices}
    given = {key: value for key, value in said.items() if value is not None}
    work = Working.by(rulebook, on)
    paid = tuple(
        _for_one(work, rulebook, each, number, given) for number, each in enumerate(ordered, 1)
    )
    least, most = _sum(each.at_least for each in paid), _sum(each.at_most for each in paid)
    using = [each.pay for each in paid]
    if least is not None and least == most:
        total: Answer[Decimal] = work.known(
            _TOTAL, least, f"the sum of {len(paid)} days", using=using
        )
    else:
        total = work.not_known(_TOTAL, _why(paid), using=using, missing=_missing(paid))
    return StrikePay(paid, total, least, most)


def _check(ordered: Sequence[LostDay]) -> None:
    problems = []
    for number, each in enumerate(ordered):
        for name in ("deducted", "take_home_lost"):
            if (getattr(each, name) or _NOTHING) < 0:
                problems.append(Problem(f"days[{number}].{name}", "zero or more pounds"))
        if each.basis not in ("", "gross", "take-home"):
            expected = "gross, take-home or nothing"
            near = nearest(each.basis, ("gross", "take-home"))
            problems.append(Problem(f"days[{number}].basis", expected, near))
        if number and ordered[number - 1].day == each.day:
            problems.append(Problem(f"days[{number}].day", "another day than the one before"))
    if problems:
        raise BadFacts(tuple(problems))


def _for_one(
    work: Working, rulebook: Rulebook, lost: LostDay, number: int, given: dict[str, Any]
) -> StrikeDayPay:
    found = ask(rulebook, {**given, "strike_pay.day": lost.day}, *_ASKED, on=work.on)
    due, lowest, highest, earliest, latest, limited = (found[name] for name in _ASKED)
    if due.known and not due.value:
        pay = work.known(_PAY, _NOTHING, "no strike pay is due", using=[due])
        return StrikeDayPay(lost.day, pay, _NOTHING, _NOTHING)
    if lacking := [each for each in found.values() if not each.known]:
        why = "; ".join(dict.fromkeys(each.reason for each in lacking))
        missing = tuple(dict.fromkeys(key for each in lacking for key in each.missing))
        return StrikeDayPay(
            lost.day,
            work.not_known(_PAY, why, using=[*found.values()], missing=missing),
            None,
            None,
        )
    least = lowest.value if number >= latest.value else _NOTHING
    most = highest.value if number >= earliest.value else _NOTHING
    if limited.value:
        least, most = min(least, lost.lost[0]), min(most, lost.lost[1])
    using = [*found.values()]
    warnings = (_NUMBERED,) if latest.value > 1 else ()
    if least == most:
        text = f"day {number} of the dispute, {long_date(lost.day)}"
        pay = work.known(_PAY, least, text, using=using, warnings=warnings)
    else:
        unsaid = limited.value and lost.lost[0] != lost.lost[1]
        what = "the take-home pay that was lost is not known" if unsaid else "sources differ"
        why = f"{what}, so that it is at least £{least} and at most £{most}"
        pay = work.not_known(_PAY, why, using=using, warnings=warnings)
    return StrikeDayPay(lost.day, pay, least, most)


def _sum(each: Iterable[Decimal | None]) -> Decimal | None:
    sums = list(each)
    return None if None in sums else sum((s for s in sums if s is not None), _NOTHING)


def _why(paid: Sequence[StrikeDayPay]) -> str:
    reasons = (each.pay.reason for each in paid if not each.pay.known)
    return "; ".join(dict.fromkeys(reasons))


def _missing(paid: Sequence[StrikeDayPay]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in paid for key in each.pay.missing))


@frozen(kw_only=True)
class StrikeClaims(Answers, shows="strike claims at_least at_most", inside="without_payslip own"):
    """What the claims of one strike come to: totals, and never a list of who has what."""

    strike: str
    on: date
    claims: int
    """How many days of how many members are claimed, all counted."""
    members: int
    ready: int
    """Claims that count: with the payslip, and not assessed by whoever claims."""
    waiting: int
    """Claims whose payslip with the deduction has not been seen."""
    assessed_by_claimant: int
    """Claims that do not count, since nobody assesses their own."""
    at_least: Decimal | None
    """The least that the claims that count come to, in pounds; None: no bound is known."""
    at_most: Decimal | None
    reasons: tuple[str, ...]
    """Why it is not one sum, or not known."""
    warnings: tuple[str, ...]
    without_payslip: tuple[str, ...] = field(repr=False)
    """The keys of those whose payslip is waited for."""
    own: tuple[str, ...] = field(repr=False)
    """The keys of those who assessed their own claim."""

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        lines = [
            f"{self.strike}: {self.claims:,} days of {self.members:,} members claimed",
            f"  complete: {self.ready:,}",
            f"  waiting for the payslip with the deduction: {self.waiting:,}",
            f"  assessed by whoever claims, so not counted: {self.assessed_by_claimant:,}",
        ]
        if self.at_least is None or self.at_most is None:
            lines.append("  strike pay: not known")
        elif self.at_least == self.at_most:
            lines.append(f"  strike pay: £{self.at_least:,}")
        else:
            lines.append(f"  strike pay: at least £{self.at_least:,}, at most £{self.at_most:,}")
        lines += [f"    {each}" for each in self.reasons]
        return "\n".join([*lines, *(f"warning: {each}" for each in self.warnings)])


@checked
def strike_claims(rulebook: Rulebook, now: Snapshot, strike: str) -> StrikeClaims:
    """Answer what the members' claims for a strike come to, by the records of a day.

    A claim counts once the payslip that shows the deduction has been seen, by somebody other than
    whoever claims: nobody assesses their own claim, which is the library's own choice. Days without
    a payslip count towards the number of days that a member lost.

    Args:
        rulebook: the rules.
        now: the union on the day.
        strike: the strike's key.

    Raises:
        UnknownName: when no strike has that key.
    """
    # Claims come when the strike is over, so it is looked up whatever its days.
    strikes = [*now.union.rows(Strike, "key", strike, known_on=now.known_on)]
    if not strikes:
        raise now.union.unknown(Strike, strike)
    about = strikes[-1]
    rows = now.rows(StrikeClaim, "strike", strike)
    by_person: dict[str, list[StrikeClaim]] = {}
    for row in rows:
        by_person.setdefault(row.person, []).append(row)
    least: list[Decimal | None] = [_NOTHING]
    most: list[Decimal | None] = [_NOTHING]
    reasons: dict[str, None] = {}
    warnings: dict[str, None] = {}
    ready = 0
    for claims in by_person.values():
        complete = {each.day for each in claims if _complete(each, now.day)}
        found = strike_pay(
            rulebook,
            [LostDay(e.day, e.deducted, e.basis, e.take_home_lost) for e in claims],
            authorised=about.authorised,
            fund_suffices=about.fund_suffices,
            on=now.day,
        )
        for each in found.days:
            if each.day in complete:
                ready += 1
                least.append(each.at_least)
                most.append(each.at_most)
                warnings |= dict.fromkeys(each.pay.warnings)
                if not each.pay.known:
                    reasons[f"{long_date(each.day)}: {each.pay.reason}"] = None
    own = [row for row in rows if row.assessed_by == row.person]
    waiting = [row for row in rows if row not in own and not _seen(row, now.day)]
    return StrikeClaims(
        strike=strike,
        on=now.day,
        claims=len(rows),
        members=len(by_person),
        ready=ready,
        waiting=len(waiting),
        assessed_by_claimant=len(own),
        at_least=_sum(least),
        at_most=_sum(most),
        reasons=tuple(reasons),
        warnings=tuple(dict.fromkeys((*now.warnings, *warnings))),
        without_payslip=tuple(dict.fromkeys(row.person for row in waiting)),
        own=tuple(dict.fromkeys(row.person for row in own)),
    )


def _seen(claim: StrikeClaim, day: date) -> bool:
    return claim.payslip is not None and claim.payslip <= day


def _complete(claim: StrikeClaim, day: date) -> bool:
    return _seen(claim, day) and claim.assessed_by != claim.person


@frozen
class Hardship(Answers, shows="at_most forms_by late late_form_is_refused"):
    """What a branch's hardship scheme says of one request."""

    at_most: Answer[Decimal]
    """Pounds that the scheme pays at most."""
    forms_by: Answer[date]
    forms_by_hour: Answer[str]
    late: bool | None
    """Whether the form came after that; None: not known."""
    late_form_is_refused: Answer[bool]
    payslips: Answer[int]
    """How many payslips the form needs."""
    assessors: Answer[int]
    """How many people assess a claim."""


_OF_SCHEME = (
    "hardship.percent_of_loss",
    "hardship.forms_by",
    "hardship.forms_by_hour",
    "hardship.late_form_is_refused",
    "hardship.payslips",
    "hardship.assessors",
)


@checked
def hardship(
    rulebook: Rulebook,
    scheme: str,
    *,
    full_time_salary: Decimal | None = None,
    gross_loss: Decimal | None = None,
    form: datetime | None = None,
    on: date,
) -> Hardship:
    """Answer what a branch's hardship scheme gives at most, and whether a form came in time.

    Args:
        rulebook: the rules.
        scheme: the scheme, a word of the vocabulary ``hardship_scheme``.
        full_time_salary: pounds a year that the post pays full time; None: not known.
        gross_loss: pounds of gross pay that were lost; None: not known.
        form: the moment at which the form came; None: it has not come.
        on: the day of the question.

    Raises:
        BadFacts: when there is no such scheme, or a sum does not fit.
    """
    given: dict[str, Any] = {"hardship.scheme": scheme}
    if full_time_salary is not None:
        given["hardship.full_time_salary"] = full_time_salary
    found = ask(rulebook, given, *_OF_SCHEME, on=on)
    work = Working.by(rulebook, on)
    percent, by, hour = (found[name] for name in _OF_SCHEME[:3])
    if gross_loss is None:
        at_most = work.not_known(_AT_MOST, "the gross pay that was lost is not given")
    else:
        at_most = work.out(_AT_MOST, [percent], lambda share: _share(gross_loss, share))
    late = None
    if form is not None and by.known and hour.known:
        last = datetime.combine(by.value, time.fromisoformat(hour.value))
        late = uk_time(form) > uk_time(last)
    return Hardship(at_most, by, hour, late, *(found[name] for name in _OF_SCHEME[3:]))


def _share(loss: Decimal, percent: int) -> tuple[Decimal, str]:
    return half_up(loss * percent / 100, 2), f"{percent} per cent of £{loss}"


@checked
def may_assess(panel: Collection[str], applicant: str, *, stand_aside: str = "") -> tuple[str, ...]:
    """Return who of a panel may assess a claim, in the order of the panel.

    Nobody assesses their own claim, which is the library's own choice. The member may ask one
    assessor to stand aside, as some branches let them.
    """
    return tuple(each for each in panel if each not in (applicant, stand_aside))
