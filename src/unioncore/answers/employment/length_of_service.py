"""Service from dates: to which day it counts, how many years it makes, what it gives a right to.

An employer who gives less notice than statute asks for does not shorten the service: it counts to
the day on which that notice would have ended (Employment Rights Act 1996, sections 97(2) and
145(5)). A time limit still runs from the day on which the employment ended. Where an employer may
dismiss without any notice, none is due, and the day on which notice was given is left out.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.employment.hearings import notice_expiry
from unioncore.answers.employment.redundancy import (
    HALF_WEEKS,
    PAYMENT,
    RedundancyPay,
    redundancy_pay,
    statutory_notice,
)
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each, not_without
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName
from unioncore.legal import Duration, Nation, TimeUnit, shifted
from unioncore.model import EmployerSuccession, Job, Snapshot, Transfer
from unioncore.records import job_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "DismissalRight",
    "RedundancyRight",
    "Service",
    "member_redundancy",
    "redundancy_right",
    "service",
    "unfair_dismissal_right",
]

_WEEKS_OF_YEAR = 52
_COUNTS_TO = Fact("counts_to", FactType.DAY, "the day to which service counts")
_YEARS = Fact("complete_years", FactType.WHOLE, "the complete years of service")
_ENTITLED = Fact("entitled", FactType.YES_NO, "the service is long enough for redundancy pay")


@frozen
class Service(Answers, shows="statutory_notice_weeks counts_to complete_years"):
    """How long an employment counts."""

    statutory_notice_weeks: Answer[int]
    """The weeks of notice that statute asked of the employer."""
    counts_to: Answer[date]
    """The last day of service: that of the employment, or later that of statutory notice."""
    complete_years: Answer[int]


@frozen
class DismissalRight(Answers, shows="qualifying_months counts_to qualifies"):
    """Whether a dismissal can be unfair."""

    qualifying_months: Answer[int]
    """The months of service that are needed; 0 where none are."""
    counts_to: Answer[date]
    """The day to which service counts, and whose law decides."""
    qualifies: Answer[bool]


@frozen
class RedundancyRight(Answers, shows="service entitled pay"):
    """What a redundancy gives a right to, by dates."""

    relevant_date: date
    """The day on which the employment ended; the time to claim runs from it."""
    service: Service
    """Its ``counts_to`` is the relevant date for the years of service and the cap on a week."""
    entitled: Answer[bool]
    """Whether the service is long enough."""
    pay: RedundancyPay
    """Not known where it is not said when the employee was born."""


@checked
def service(
    rulebook: Rulebook,
    *,
    began: date,
    ended: date,
    nation: Where,
    notice_given: date | None = None,
) -> Service:
    """Answer to which day service counts, and how many complete years it makes.

    Args:
        rulebook: holds the length of statutory notice.
        began: the first day of the continuous employment.
        ended: its last day, as it was.
        nation: whose law governs the employment.
        notice_given: the day on which notice was given, or on which the employee was dismissed
            without any; None where full notice was given or none was due.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when the days come in the wrong order.
    """
    if ended < began:
        raise BadFacts((Problem("ended", "a day on or after that on which the employment began"),))
    if notice_given is not None and not began <= notice_given <= ended:
        raise BadFacts((Problem("notice_given", "a day of the employment"),))

    def weeks(each: Nation, given: date | None) -> Answer[int]:
        if given is None:
            said, missing = "it is not said when notice was given", ("notice_given",)
            fact = rulebook.rules.fact("notice.statutory_weeks")
            return Working.by(rulebook, ended).not_known(fact, said, missing=missing)
        return statutory_notice(
            rulebook,
            given,
            employed_a_month=Duration(1, TimeUnit.MONTHS).last_day_beginning_with(began) <= given,
            complete_years=_years(began, given),
            nation=each,
        )

    def counts_to(each: Nation, given: date | None) -> Answer[date]:
        work = Working.by(rulebook, ended)
        if given is None:
            return work.known(_COUNTS_TO, ended, f"service counts to {long_date(ended)}, its end")
        due = weeks(each, given)
        if not due.known or due.value == 0:
            none = f"no notice is due by statute, and service counts to {long_date(ended)}"
            return work.out(_COUNTS_TO, [due], lambda _: (ended, none))
        notice = Duration(due.value, TimeUnit.WEEKS)
        ends = notice_expiry(rulebook, given, notice, nation=each).ends

        def calculate(_: int, ends: date) -> tuple[date, str]:
            told = f"{notice} of notice from {long_date(given)} would end on {long_date(ends)}"
            last = max(ended, ends)
            return last, f"{told}, so service counts to {long_date(last)}"

        return work.out(_COUNTS_TO, [due, ends], calculate)

    last = in_each(nation, notice_given, counts_to)

    def count(last: date) -> tuple[int, str]:
        years = _years(began, last)
        return years, f"{years} complete years from {long_date(began)} to {long_date(last)}"

    return Service(
        statutory_notice_weeks=in_each(nation, notice_given, weeks),
        counts_to=last,
        complete_years=Working.by(rulebook, ended).out(_YEARS, [last], count),
    )


def _years(began: date, last: date) -> int:
    """Return the complete years of a period that begins with one day and ends with another."""
    years = last.year - began.year + 1
    while years and Duration(12 * years, TimeUnit.MONTHS).last_day_beginning_with(began) > last:
        years -= 1
    return years


@checked
def unfair_dismissal_right(
    rulebook: Rulebook,
    *,
    began: date,
    ended: date,
    nation: Where,
    notice_given: date | None = None,
    reason: str | None = None,
) -> DismissalRight:
    """Answer whether somebody was employed for long enough for a claim of unfair dismissal.

    Args:
        rulebook: holds the periods and the law of each day.
        began: the first day of the continuous employment.
        ended: the effective date of termination, as it was.
        nation: whose law governs the dismissal.
        notice_given: as ``service`` takes it.
        reason: a word of the vocabulary ``dismissal_reason``; without one, the ordinary period.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when the days come in the wrong order, or there is no such reason.
    """
    given = {"dismissal.employment_began": began, "dismissal.reason": reason}
    last = service(
        rulebook, began=began, ended=ended, nation=nation, notice_given=notice_given
    ).counts_to

    def asked(name: str) -> Answer[Any]:
        def answer(each: Nation, day: date) -> Answer[Any]:
            facts = {**given, "dismissal.nation": each, "dismissal.counts_to": day}
            return ask(rulebook, facts, name, on=day)[name]

        return _by_service(last, rulebook.rules.fact(name), nation, answer)

    return DismissalRight(asked("dismissal.qualifying_months"), last, asked("dismissal.qualifies"))


@checked
def redundancy_right(
    rulebook: Rulebook,
    *,
    began: date,
    ended: date,
    nation: Where,
    notice_given: date | None = None,
    born: date | None = None,
    weekly_pay: Decimal | None = None,
) -> RedundancyRight:
    """Answer whether a redundancy is paid for, and how much, from dates.

    Args:
        rulebook: holds the notice, the ages, the rates and the caps.
        began: the first day of the continuous employment.
        ended: its last day, as it was.
        nation: whose law governs the payment.
        notice_given: as ``service`` takes it.
        born: the day on which the employee was born.
        weekly_pay: pounds a week before deductions; None where it is not known.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when the days come in the wrong order, or the pay is below zero.
    """
    counted = service(rulebook, began=began, ended=ended, nation=nation, notice_given=notice_given)
    last, years = counted.counts_to, counted.complete_years
    work = Working.by(rulebook, ended)

    def entitled(each: Nation, day: date) -> Answer[bool]:
        name = "redundancy.entitled"
        facts = {
            "redundancy.nation": each,
            "redundancy.relevant_date": day,
            "redundancy.complete_years": years.value,
        }
        return ask(rulebook, facts, name, on=day)[name]

    def pay() -> RedundancyPay:
        if last.known and born is not None:
            # Counted back, each year begins on the date of the day after the last one.
            begins = shifted(last.value, 1)
            return redundancy_pay(
                rulebook,
                age=begins.year - born.year - (_month_day(begins) < _month_day(born)),
                complete_years=years.value,
                weekly_pay=weekly_pay,
                relevant_date=last.value,
                nation=nation,
            )
        said = "it is not said when the employee was born"
        halves = work.not_known(HALF_WEEKS, said, using=[last], missing=("born",))
        if not last.known:
            halves = not_without(HALF_WEEKS, last)
        return RedundancyPay(halves, not_without(PAYMENT, halves))

    return RedundancyRight(
        relevant_date=ended,
        service=counted,
        entitled=_by_service(last, _ENTITLED, nation, entitled),
        pay=pay(),
    )


def _by_service(
    last: Answer[date], fact: Fact, nation: Where, answer: Callable[[Nation, Any], Answer[Any]]
) -> Answer[Any]:
    """Return what ``answer`` gives on the day to which service counts; not known without it."""
    return in_each(nation, last.value, answer) if last.known else not_without(fact, last)


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day


# -- from the records ------------------------------------------------------------------------------


@checked
def member_redundancy(
    rulebook: Rulebook, now: Snapshot, person: str, *, notice_given: date | None = None
) -> RedundancyRight:
    """Answer what a member's main job would pay if it ended by redundancy on the day of ``now``.

    The employment began with the first of the unbroken jobs with the employer, or with one whose
    staff or place it took over. Service that the records do not have is not counted; give it to
    ``redundancy_right``. A week's pay is a fifty-second part of the earnings of the year.

    Args:
        rulebook: holds the notice, the ages, the rates and the caps.
        now: the union on the last day of the employment.
        person: the member.
        notice_given: as ``service`` takes it.

    Raises:
        UnknownName: when the records know no such person, or the member has no job on that day.
        BadFacts: when the records do not say in which nation the employer is.
    """
    jobs = now.jobs(person)
    if not jobs:
        raise UnknownName("job of the day of member", person, None)
    job, who = jobs[0], now.person(person)
    nation = job_facts(rulebook, now, job).get("employer.nation")
    if nation is None:
        raise BadFacts((Problem("employer.nation", "the nation of the employer in the records"),))
    return redundancy_right(
        rulebook,
        began=_employed_since(now, job),
        ended=now.day,
        nation=nation,
        notice_given=notice_given,
        born=None if who is None else who.born,
        weekly_pay=None if job.earnings is None else job.earnings / _WEEKS_OF_YEAR,
    )


def _employed_since(now: Snapshot, job: Job) -> date:
    """Return the first day of the unbroken employment of which a job is the last."""
    rows = now.union.rows(Job, "person", job.person, known_on=now.known_on)
    first, employer = job.start, job.employer
    for row in sorted(rows, key=lambda row: row.start, reverse=True):
        goes_on = row.employer == employer or took_over(now, row.employer, employer, first)
        if row.start < first and row.end == first and goes_on:
            first, employer = row.start, row.employer
    return first


def took_over(now: Snapshot, before: str, after: str, on: date) -> bool:
    """Say whether an employer took over staff, or the place, of another on a day."""
    moved = now.union.rows(Transfer, "employer", before, known_on=now.known_on)
    followed = now.union.rows(EmployerSuccession, "employer", before, known_on=now.known_on)
    return any(each.to == after and each.on == on for each in moved) or any(
        each.successor == after and each.on == on for each in followed
    )
