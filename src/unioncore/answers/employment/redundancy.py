"""What redundancy pays and asks for: payments, caps, notice, consultation and its award.

Money is exact pounds. Where several nations are meant, or a day is known only within bounds, an
answer is known where all nations and both bounds agree.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.answers.checked import checked
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Duration, Nation, TimeUnit
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "CollectiveConsultation",
    "MaximumAwards",
    "RedundancyPay",
    "collective",
    "maximum_awards",
    "protective_award",
    "redundancy_pay",
    "statutory_notice",
    "week_pay_cap",
]


_PENCE = Decimal("0.01")
_OLDEST = 120
"""An age, in years, that no employee reaches: it gives the longest service at the highest rate."""
_WEEKS, _AWARD_DAYS = "notice.statutory_weeks", "collective.protective_award_days"
_HALF_WEEKS = Fact("half_weeks", FactType.WHOLE, "the half weeks' pay")
_PAYMENT = Fact("payment", FactType.MONEY, "the redundancy payment")
_BASIC = Fact("basic_award", FactType.MONEY, "the highest basic award")
_COMPENSATORY = Fact("compensatory_award", FactType.MONEY, "the highest compensatory award")
_TOTAL = Fact("total", FactType.MONEY, "the highest award in all")
_EARLIEST = Fact("earliest_first_dismissal", FactType.DAY, "the first day for a dismissal")


@frozen
class RedundancyPay(Answers, shows="half_weeks payment"):
    """A statutory redundancy payment."""

    half_weeks: Answer[int]
    """How many half weeks' pay: a year is worth one, two or three."""
    payment: Answer[Decimal]
    """Pounds."""

    @property
    def weeks(self) -> Fraction | None:
        """The weeks' pay; None where it is not known."""
        return Fraction(self.half_weeks.value, 2) if self.half_weeks.known else None


@frozen
class MaximumAwards(Answers, shows="basic_award compensatory_award total"):
    """The most that a tribunal can award for an unfair dismissal on a day, in pounds."""

    basic_award: Answer[Decimal]
    """For the longest service at the highest rate."""
    capped: Answer[bool]
    """Whether the compensatory award is capped at all."""
    compensatory_award: Answer[Decimal]
    """The figure of the year; 52 weeks' gross pay count instead if they are less."""
    total: Answer[Decimal]


@frozen
class CollectiveConsultation(Answers, shows="duty_applies minimum_days earliest_first_dismissal"):
    """What an employer who proposes redundancies has to do."""

    duty_applies: Answer[bool]
    minimum_days: Answer[int]
    """How many days before the first dismissal takes effect consultation must begin; not known
    where there is no duty."""
    earliest_first_dismissal: Answer[date]
    """The first day on which a dismissal may take effect."""


@checked
def week_pay_cap(rulebook: Rulebook, on: date | DayRange, *, nation: Where) -> Answer[Decimal]:
    """Answer the cap on a week's pay in pounds.

    Args:
        rulebook: holds the caps, year by year.
        on: the relevant date, or the day of dismissal.
        nation: whose law governs the payment.

    Raises:
        UnknownName: when there is no such nation.
    """
    return in_each(nation, on, lambda each, day: _asked(rulebook, "core.week_pay_cap", each, day))


def _asked(rulebook: Rulebook, name: str, nation: Nation, on: date, **facts: Any) -> Answer[Any]:
    """Ask about redundancy in one nation on one relevant date."""
    given = {f"redundancy.{key}": value for key, value in facts.items()}
    given |= {"redundancy.nation": nation, "redundancy.relevant_date": on}
    return ask(rulebook, given, name, on=on)[name]


# -- redundancy pay --------------------------------------------------------------------------------


@checked
def redundancy_pay(
    rulebook: Rulebook,
    *,
    age: int,
    complete_years: int,
    weekly_pay: Decimal | None,
    relevant_date: date | DayRange,
    nation: Where,
) -> RedundancyPay:
    """Answer what a statutory redundancy payment comes to.

    The years are counted back from the relevant date. Each is worth what the age gives that was
    held through the whole of it, which is the age at its start (Employment Rights Act 1996, section
    162). Nothing is rounded.

    Args:
        rulebook: holds the ages, the rates and the caps.
        age: in whole years on the relevant date.
        complete_years: of continuous employment up to the relevant date.
        weekly_pay: pounds a week before deductions; None where it is not known.
        relevant_date: the day on which the notice or the contract ends.
        nation: whose law governs the payment.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when the age, the years or the pay is less than nothing, or the years are more
            than the age.
    """
    if complete_years > age:
        raise BadFacts((Problem("complete_years", "no more years than the age"),))

    def half_weeks(each: Nation, day: date) -> Answer[int]:
        return _half_weeks(rulebook, each, day, age, complete_years)

    def payment(each: Nation, day: date) -> Answer[Decimal]:
        work = Working(rulebook.fingerprint, day)
        if weekly_pay is None:
            said = "the weekly pay is not given"
            return work.not_known(_PAYMENT, said, missing=("weekly_pay",))
        pay = weekly_pay

        def calculate(halves: int, cap: Decimal) -> tuple[Decimal, str]:
            week = min(pay, cap)
            due = _pence(week * halves / 2)
            capped = f", capped at {cap}" if pay > cap else ""
            return due, f"{Decimal(halves) / 2} weeks at {week} pounds{capped}: {due}"

        using = [half_weeks(each, day), _asked(rulebook, "core.week_pay_cap", each, day)]
        return work.out(_PAYMENT, using, calculate)

    return RedundancyPay(
        half_weeks=in_each(nation, relevant_date, half_weeks),
        payment=in_each(nation, relevant_date, payment),
    )


def _half_weeks(
    rulebook: Rulebook, nation: Nation, on: date, age: int, complete_years: int
) -> Answer[int]:
    entitled = _asked(rulebook, "redundancy.entitled", nation, on, complete_years=complete_years)
    most = _asked(rulebook, "core.redundancy_most_years", nation, on)
    work = Working(rulebook.fingerprint, on)
    if not (entitled.known and entitled.value and most.known):
        none = "no payment, for want of service"
        return work.out(_HALF_WEEKS, [entitled, most], lambda *_: (0, none))
    years = [
        _asked(
            rulebook,
            "redundancy.half_weeks_of_year",
            nation,
            on,
            age_at_start_of_year=age - back - 1,
        )
        for back in range(min(complete_years, most.value))
    ]

    def calculate(_: bool, most: int, *halves: int) -> tuple[int, str]:
        counted = f"{len(halves)} years count" + (", the most" if len(halves) == most else "")
        rates = {1: "half a week", 2: "a week", 3: "one and a half weeks"}
        each = ", ".join(
            f"{halves.count(rate)} at {rates[rate]}" for rate in rates if rate in halves
        )
        return sum(halves), f"{counted}: {each}"

    return work.out(_HALF_WEEKS, [entitled, most, *years], calculate)


def _pence(pounds: Decimal) -> Decimal:
    """Return the same amount, with at least two places."""
    in_pence = pounds.quantize(_PENCE)
    return in_pence if in_pence == pounds else pounds


# -- awards ----------------------------------------------------------------------------------------


@checked
def maximum_awards(
    rulebook: Rulebook, dismissed: date | DayRange, *, nation: Where
) -> MaximumAwards:
    """Answer the most that can be awarded for an unfair dismissal, in pounds.

    Args:
        rulebook: holds the caps of the year.
        dismissed: the effective date of termination.
        nation: whose law governs the dismissal.

    Raises:
        UnknownName: when there is no such nation.
    """

    def basic(each: Nation, day: date) -> Answer[Decimal]:
        using = [
            _half_weeks(rulebook, each, day, _OLDEST, _OLDEST),
            _asked(rulebook, "core.week_pay_cap", each, day),
        ]

        def calculate(halves: int, cap: Decimal) -> tuple[Decimal, str]:
            most = cap * halves / 2
            return most, f"{Decimal(halves) / 2} weeks at {cap} pounds: {most}"

        return Working(rulebook.fingerprint, day).out(_BASIC, using, calculate)

    def capped(each: Nation, day: date) -> Answer[bool]:
        return _asked(rulebook, "redundancy.compensatory_award_capped", each, day)

    def compensatory(each: Nation, day: date) -> Answer[Decimal]:
        work, caps = Working(rulebook.fingerprint, day), capped(each, day)
        if caps.known and not caps.value:
            said = "no figure caps the award"
            return work.not_known(_COMPENSATORY, said, using=[caps])
        using = [caps, _asked(rulebook, "core.compensatory_award_cap", each, day)]

        def calculate(_: bool, most: Decimal) -> tuple[Decimal, str]:
            return most, f"{most} pounds, or 52 weeks' gross pay if that is less"

        return work.out(_COMPENSATORY, using, calculate)

    def total(each: Nation, day: date) -> Answer[Decimal]:
        using = [basic(each, day), compensatory(each, day)]

        def calculate(basic: Decimal, most: Decimal) -> tuple[Decimal, str]:
            return basic + most, f"{basic} and {most} make {basic + most}"

        return Working(rulebook.fingerprint, day).out(_TOTAL, using, calculate)

    return MaximumAwards(
        basic_award=in_each(nation, dismissed, basic),
        capped=in_each(nation, dismissed, capped),
        compensatory_award=in_each(nation, dismissed, compensatory),
        total=in_each(nation, dismissed, total),
    )


# -- notice and consultation -----------------------------------------------------------------------


@checked
def statutory_notice(
    rulebook: Rulebook,
    given: date | DayRange,
    *,
    employed_a_month: bool,
    complete_years: int,
    nation: Where,
) -> Answer[int]:
    """Answer how many weeks' notice an employer must give at least.

    Args:
        rulebook: holds the weeks.
        given: the day on which notice is given.
        employed_a_month: whether the employment has lasted for a month or more.
        complete_years: the complete years of employment.
        nation: whose law governs the contract.

    Raises:
        UnknownName: when there is no such nation.
    """

    def weeks(each: Nation, day: date) -> Answer[int]:
        facts = {
            "notice.nation": each,
            "notice.given": day,
            "notice.employed_a_month": employed_a_month,
            "notice.complete_years": complete_years,
        }
        return ask(rulebook, facts, _WEEKS, on=day)[_WEEKS]

    return in_each(nation, given, weeks)


@checked
def collective(
    rulebook: Rulebook,
    proposed: int,
    *,
    nation: Where,
    proposed_on: date | DayRange | None = None,
    consultation_begins: date | DayRange | None = None,
) -> CollectiveConsultation:
    """Answer whether and how long an employer must consult about redundancies.

    The days are counted back from the day on which the first dismissal takes effect, not from the
    notice of it (Trade Union and Labour Relations (Consolidation) Act 1992, section 188(1A)).

    Args:
        rulebook: holds the numbers and the days.
        proposed: the redundancies proposed at one establishment within 90 days.
        nation: of the establishment.
        proposed_on: the day of the proposal, which chooses the law; where it is not given, the day
            on which consultation began stands for it.
        consultation_begins: the day on which consultation began or is to begin.

    Raises:
        BadFacts: when the number is negative.
        UnknownName: when there is no such nation.
    """

    def asked(name: str, each: Nation, begins: date | None) -> Answer[Any]:
        chosen = proposed_on or begins
        facts = {
            "collective.nation": each,
            "collective.proposed": proposed,
            "collective.proposed_on": chosen,
        }
        # What holds without a day is asked of no day in particular.
        on = begins or (DayRange.of(chosen).latest if chosen else date.max)
        return ask(rulebook, facts, name, on=on)[name]

    def duty(each: Nation, begins: date | None) -> Answer[bool]:
        return asked("collective.duty_applies", each, begins)

    def least(each: Nation, begins: date | None) -> Answer[int]:
        return asked("collective.minimum_days", each, begins)

    def earliest(each: Nation, begins: date | None) -> Answer[date]:
        using = [least(each, begins)]
        work = Working(rulebook.fingerprint, using[0].on)
        if begins is None:
            said = "it is not said when consultation begins"
            missing = ("consultation_begins",)
            return work.not_known(_EARLIEST, said, using=using, missing=missing)

        def calculate(days: int) -> tuple[date, str]:
            first = Duration(days, TimeUnit.DAYS).after(begins)
            return first, f"{days} days after {long_date(begins)}: {long_date(first)}"

        return work.out(_EARLIEST, using, calculate)

    return CollectiveConsultation(
        duty_applies=in_each(nation, consultation_begins, duty),
        minimum_days=in_each(nation, consultation_begins, least),
        earliest_first_dismissal=in_each(nation, consultation_begins, earliest),
    )


@checked
def protective_award(
    rulebook: Rulebook,
    first_dismissal: date | DayRange,
    *,
    nation: Where,
) -> Answer[int]:
    """Answer the most days' pay that a protective award can give; the pay is not capped.

    Args:
        rulebook: holds the days.
        first_dismissal: the day on which the first dismissal takes effect.
        nation: of the establishment.

    Raises:
        UnknownName: when there is no such nation.
    """

    def days(each: Nation, day: date) -> Answer[int]:
        facts = {"collective.nation": each, "collective.first_dismissal": day}
        return ask(rulebook, facts, _AWARD_DAYS, on=day)[_AWARD_DAYS]

    return in_each(nation, first_dismissal, days)
