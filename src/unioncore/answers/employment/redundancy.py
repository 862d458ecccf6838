"""What redundancy pays and asks for: payments, caps, notice, consultation and its award.

Money is exact pounds. Where several nations are meant, or a day is known only within bounds, an
answer is known where all nations and both bounds agree.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import check_counts, checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Duration, Nation, TimeUnit
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "CollectiveConsultation",
    "InjuryToFeelings",
    "MaximumAwards",
    "RedundancyPay",
    "collective",
    "collective_by_establishment",
    "injury_to_feelings",
    "maximum_awards",
    "minimum_basic_award",
    "protective_award",
    "redundancy_pay",
    "statutory_notice",
    "week_pay_cap",
]


_PENCE = Decimal("0.01")
_OLDEST = 63
"""An age, in years, that gives the longest service at the highest rate by the law of any day."""
_WEEKS, _AWARD_DAYS = "notice.statutory_weeks", "collective.protective_award_days"
HALF_WEEKS = Fact("half_weeks", FactType.WHOLE, "the half weeks' pay")
PAYMENT = Fact("payment", FactType.MONEY, "the redundancy payment")
_BASIC = Fact("basic_award", FactType.MONEY, "the highest basic award")
_COMPENSATORY = Fact("compensatory_award", FactType.MONEY, "the highest compensatory award")
_CAPS = (
    "redundancy.compensatory_award_capped",
    "core.compensatory_award_cap",
    "redundancy.award_weeks_apply",
    "core.award_weeks",
)
_LIMB = Fact("limb", FactType.TEXT, "what caps the compensatory award")
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
    """The figure of the year, or some weeks' gross pay where that is law, given, and less."""
    limb: Answer[str]
    """What caps the compensatory award: ``figure``, or the weeks, such as ``52-weeks``."""
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
        BadFacts: when the age, the years or the pay is below zero, or the years are more
            than the age.
    """
    if complete_years > age:
        raise BadFacts((Problem("complete_years", "no more years than the age"),))

    def half_weeks(each: Nation, day: date) -> Answer[int]:
        return _half_weeks(rulebook, each, day, age, complete_years)

    def payment(each: Nation, day: date) -> Answer[Decimal]:
        work = Working.by(rulebook, day)
        if weekly_pay is None:
            said = "the weekly pay is not given"
            return work.not_known(PAYMENT, said, missing=("weekly_pay",))
        pay = weekly_pay

        def calculate(halves: int, cap: Decimal) -> tuple[Decimal, str]:
            week = min(pay, cap)
            due = _pence(week * halves / 2)
            capped = f", capped at {cap}" if pay > cap else ""
            return due, f"{Decimal(halves) / 2} weeks at {week} pounds{capped}: {due}"

        using = [half_weeks(each, day), _asked(rulebook, "core.week_pay_cap", each, day)]
        return work.out(PAYMENT, using, calculate)

    return RedundancyPay(
        half_weeks=in_each(nation, relevant_date, half_weeks),
        payment=in_each(nation, relevant_date, payment),
    )


def _half_weeks(
    rulebook: Rulebook, nation: Nation, on: date, age: int, complete_years: int
) -> Answer[int]:
    entitled = _asked(rulebook, "redundancy.entitled", nation, on, complete_years=complete_years)
    most = _asked(rulebook, "core.redundancy_most_years", nation, on)
    work = Working.by(rulebook, on)
    if not (entitled.known and entitled.value and most.known):
        none = "no payment, for want of service"
        return work.out(HALF_WEEKS, [entitled, most], lambda *_: (0, none))
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

    return work.out(HALF_WEEKS, [entitled, most, *years], calculate)


def _pence(pounds: Decimal) -> Decimal:
    """Return the same amount, with at least two places."""
    in_pence = pounds.quantize(_PENCE)
    return in_pence if in_pence == pounds else pounds


# -- awards ----------------------------------------------------------------------------------------


@checked
def maximum_awards(
    rulebook: Rulebook,
    dismissed: date | DayRange,
    *,
    nation: Where,
    weekly_pay: Decimal | None = None,
    reason: str | None = None,
) -> MaximumAwards:
    """Answer the most that can be awarded for an unfair dismissal, in pounds.

    Args:
        rulebook: holds the caps of the year.
        dismissed: the effective date of termination.
        nation: whose law governs the dismissal.
        weekly_pay: the actual gross pay of a week in pounds, which is not capped here; where it is
            not given, the compensatory award is the figure of the year.
        reason: a word of the vocabulary ``dismissal_reason``; for some reasons there is no cap.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when there is no such reason, or the pay is below zero.
    """

    def on(each: Nation, day: date) -> _AwardsOnADay:
        return _AwardsOnADay(rulebook, each, day, weekly_pay, reason)

    return MaximumAwards(
        basic_award=in_each(nation, dismissed, lambda *at: on(*at).basic()),
        capped=in_each(nation, dismissed, lambda *at: on(*at).capped()),
        compensatory_award=in_each(nation, dismissed, lambda *at: on(*at).compensatory()),
        limb=in_each(nation, dismissed, lambda *at: on(*at).limb()),
        total=in_each(nation, dismissed, lambda *at: on(*at).total()),
    )


@frozen(eq=False, repr=False)
class _AwardsOnADay:
    """The most that can be awarded by the law of one nation on one day."""

    rulebook: Rulebook
    nation: Nation
    day: date
    weekly_pay: Decimal | None
    reason: str | None

    def basic(self) -> Answer[Decimal]:
        using = [
            _half_weeks(self.rulebook, self.nation, self.day, _OLDEST, _OLDEST),
            _asked(self.rulebook, "core.week_pay_cap", self.nation, self.day),
        ]

        def calculate(halves: int, cap: Decimal) -> tuple[Decimal, str]:
            most = cap * halves / 2
            return most, f"{Decimal(halves) / 2} weeks at {cap} pounds: {most}"

        return self._work().out(_BASIC, using, calculate)

    def capped(self) -> Answer[bool]:
        return self._caps()[0]

    def compensatory(self) -> Answer[Decimal]:
        using = self._caps()
        if _is_uncapped(using[0]):
            return self._no_figure(_COMPENSATORY, using[0])

        def calculate(_: bool, figure: Decimal, __: bool, weeks: int = 0) -> tuple[Decimal, str]:
            if not weeks:
                return figure, f"{figure} pounds"
            if self.weekly_pay is None:
                return figure, f"{figure} pounds, or {weeks} weeks' gross pay if that is less"
            most = weeks * self.weekly_pay
            return min(figure, most), f"the lower of {figure} and {weeks} weeks' pay, {most} pounds"

        return self._work().out(_COMPENSATORY, using, calculate)

    def limb(self) -> Answer[str]:
        using = self._caps()
        if _is_uncapped(using[0]):
            return self._no_figure(_LIMB, using[0])
        if len(using) > 3 and self.weekly_pay is None:
            said = "the weekly pay is not given"
            return self._work().not_known(_LIMB, said, using=using, missing=("weekly_pay",))
        pay = self.weekly_pay or Decimal(0)

        def calculate(_: bool, figure: Decimal, __: bool, weeks: int = 0) -> tuple[str, str]:
            if not weeks:
                return "figure", "the yearly figure alone caps the award"
            less = weeks * pay < figure
            said = f"{weeks} weeks' pay are {'less' if less else 'no less'} than {figure} pounds"
            return f"{weeks}-weeks" if less else "figure", said

        return self._work().out(_LIMB, using, calculate)

    def total(self) -> Answer[Decimal]:
        def calculate(basic: Decimal, most: Decimal) -> tuple[Decimal, str]:
            return basic + most, f"{basic} and {most} make {basic + most}"

        return self._work().out(_TOTAL, [self.basic(), self.compensatory()], calculate)

    def _work(self) -> Working:
        return Working.by(self.rulebook, self.day)

    def _caps(self) -> list[Answer[Any]]:
        """Return whether there is a cap, the figure, whether weeks are law, and these if so."""
        facts = {
            "dismissal.reason": self.reason,
            "redundancy.nation": self.nation,
            "redundancy.relevant_date": self.day,
        }
        found = list(ask(self.rulebook, facts, *_CAPS, on=self.day).values())
        weeks_apply = found[2]
        return found if weeks_apply.known and weeks_apply.value else found[:3]

    def _no_figure(self, fact: Fact, capped: Answer[bool]) -> Answer[Any]:
        return self._work().not_known(fact, "no figure caps the award", using=[capped])


def _is_uncapped(capped: Answer[bool]) -> bool:
    """Say whether it is known that nothing caps the compensatory award."""
    return capped.known and not capped.value


@checked
def minimum_basic_award(
    rulebook: Rulebook, dismissed: date | DayRange, *, nation: Where
) -> Answer[Decimal]:
    """Answer the least basic award in pounds, for a dismissal that has one.

    A dismissal has one for a union reason, or as a safety, working-time or employee representative
    or as a trustee of a pension scheme.

    Args:
        rulebook: holds the figures of the years.
        dismissed: the effective date of termination.
        nation: whose law governs the dismissal.

    Raises:
        UnknownName: when there is no such nation.
    """
    name = "core.minimum_basic_award"
    return in_each(nation, dismissed, lambda each, day: _asked(rulebook, name, each, day))


@frozen
class InjuryToFeelings(Answers, shows="lower_from lower_to middle_to upper_to"):
    """The bands of awards for injury to feelings, in pounds; an exceptional award may be higher."""

    lower_from: Answer[Decimal]
    lower_to: Answer[Decimal]
    middle_to: Answer[Decimal]
    upper_to: Answer[Decimal]


@checked
def injury_to_feelings(
    rulebook: Rulebook, presented: date | DayRange, *, nation: Where
) -> InjuryToFeelings:
    """Answer the bands of awards for injury to feelings; they are guidance and no law.

    Args:
        rulebook: holds the bands.
        presented: the day on which the claim was presented, which decides, and not the act.
        nation: whose tribunal hears the claim; Northern Ireland has no such bands.

    Raises:
        UnknownName: when there is no such nation.
    """

    def asked(end: str) -> Answer[Decimal]:
        name = f"core.injury_to_feelings_{end}"

        def answer(each: Nation, day: date) -> Answer[Decimal]:
            facts = {"claim.nation": each, "claim.presented": day}
            return ask(rulebook, facts, name, on=day)[name]

        return in_each(nation, presented, answer)

    return InjuryToFeelings(asked("from"), asked("lower"), asked("middle"), asked("upper"))


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
        # Without any day, only rules that hold for good can answer.
        on = begins or (DayRange.of(chosen).latest if chosen else date.max)
        return ask(rulebook, facts, name, on=on)[name]

    def duty(each: Nation, begins: date | None) -> Answer[bool]:
        return asked("collective.duty_applies", each, begins)

    def least(each: Nation, begins: date | None) -> Answer[int]:
        return asked("collective.minimum_days", each, begins)

    def earliest(each: Nation, begins: date | None) -> Answer[date]:
        using = [least(each, begins)]
        work = Working.by(rulebook, using[0].on)
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
def collective_by_establishment(
    rulebook: Rulebook,
    proposed: Mapping[str, int],
    *,
    nation: Where,
    proposed_on: date | DayRange | None = None,
    consultation_begins: date | DayRange | None = None,
) -> Mapping[str, CollectiveConsultation]:
    """Answer for each establishment whether and how long an employer must consult.

    The numbers count apart: 19 at each of two establishments need no consultation at either.

    Args:
        rulebook: holds the numbers and the days.
        proposed: the redundancies proposed within 90 days, by establishment.
        nation: of the establishments.
        proposed_on: as ``collective`` takes it.
        consultation_begins: the day on which consultation began or is to begin.

    Raises:
        BadFacts: when a number is negative.
        UnknownName: when there is no such nation.
    """
    check_counts(proposed, at="proposed.")
    return {
        name: collective(
            rulebook,
            number,
            nation=nation,
            proposed_on=proposed_on,
            consultation_begins=consultation_begins,
        )
        for name, number in proposed.items()
    }


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
