"""How a branch stands before its yearly assessment: density, training, committee, who stays.

The assessment is no test and no league table: nothing here ranks one branch against another. Shares
are exact; ``percent`` rounds them for people. Where a count is missing, a share is None.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.checked import check_counts, checked
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.convert import half_up
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Direction
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, series
from unioncore.shown import Shown

__all__ = [
    "Density",
    "EmployerCount",
    "Movement",
    "RepStanding",
    "RepTraining",
    "committee_representative",
    "density",
    "movement",
    "percent",
    "rep_standing",
]


def percent(share: Fraction | None, places: int = 1) -> Decimal | None:
    """Return a share as a percentage, half up; None where it is not known."""
    return None if share is None else half_up(share * 100, places)


# -- density ---------------------------------------------------------------------------------------


@frozen
class EmployerCount(Shown, shows="members workforce"):
    """An employer's people in a branch on one day.

    Raises:
        BadFacts: when a number is no count, or there are more members than people.
    """

    employer: str
    members: int
    workforce: int | None = None
    """Everybody who could be a member; None where it is not known, which is common."""

    def __attrs_post_init__(self) -> None:
        counts = {"members": self.members, "workforce": self.workforce}
        check_counts(counts, f"{self.employer}.")
        if self.workforce is not None and self.workforce < self.members:
            said = f"as many as there are members or more, {self.members}"
            raise BadFacts((Problem(f"{self.employer}.workforce", said),))

    @property
    def density(self) -> Fraction | None:
        """Members, of the workforce."""
        return Fraction(self.members, self.workforce) if self.workforce else None

    @property
    def outside(self) -> int | None:
        """How many are not members."""
        return None if self.workforce is None else self.workforce - self.members


@frozen
class Density(Answers, shows="by_employer branch"):
    """Members, of the workforce: by employer, and of the branch."""

    by_employer: Mapping[str, Fraction | None]
    branch: Fraction | None
    """None where the workforce of one employer is not known."""
    most_to_organise: tuple[str, ...]
    """The employers with the most people who are not members; more than one where they are equal,
    none where a workforce is not known."""


def density(workplaces: Iterable[EmployerCount]) -> Density:
    """Return the density of a branch by employer.

    Raises:
        BadFacts: when an employer stands twice.
    """
    every = tuple(workplaces)
    names = [each.employer for each in every]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadFacts(tuple(Problem(name, "each employer once") for name in twice))
    workforce = [each.workforce for each in every if each.workforce is not None]
    whole = sum(workforce) if len(workforce) == len(every) else 0
    outside = {each.employer: each.outside for each in every if each.outside is not None}
    most = max(outside.values(), default=0)
    known = len(outside) == len(every)
    return Density(
        by_employer={each.employer: each.density for each in every},
        branch=Fraction(sum(each.members for each in every), whole) if whole else None,
        most_to_organise=tuple(key for key, n in outside.items() if known and n == most > 0),
    )


# -- representatives -------------------------------------------------------------------------------

_KINDS = ("certificate", "introductory", "data-protection")
_DAYS = ("elected", "certified", "introductory", "data_training")
_CERTIFIED = Fact("certified", FactType.YES_NO, "the certificate is in date")
_DATA_TRAINING = Fact("data_training", FactType.YES_NO, "training in data protection is in date")
_INTRODUCTORY = Fact("introductory_training", FactType.YES_NO, "introductory training is in time")


@frozen
class RepTraining(Shown, shows=""):
    """When a representative was elected and trained; a day that is None never came.

    Raises:
        UnknownName: when ``not_recorded`` names something else.
    """

    person: str
    elected: date | None = None
    certified: date | None = None
    """The last certificate, or refresher, that lets them accompany and take casework."""
    introductory: date | None = None
    data_training: date | None = None
    not_recorded: frozenset[str] = frozenset()
    """Which of these days may have come without being recorded."""

    def __attrs_post_init__(self) -> None:
        for name in sorted(self.not_recorded):
            if name not in _DAYS:
                raise UnknownName("day of a representative", name, nearest(name, _DAYS))


@frozen
class RepStanding(Answers, shows="may_take_casework data_training_current introductory_in_time"):
    """What a representative may do on a day, by their training."""

    person: str
    may_take_casework: Answer[bool]
    """Whether their certificate is in date. Without one they may still be a workplace contact."""
    data_training_current: Answer[bool]
    introductory_in_time: Answer[bool]
    """Whether they had their introductory training, or still have time for it."""


@checked
def rep_standing(rulebook: Rulebook, rep: RepTraining, *, on: date) -> RepStanding:
    """Answer what a representative's training allows on a day.

    The union's rules say how long a certificate and training last, and by when it must come.

    Args:
        rulebook: the rules.
        rep: the representative.
        on: the day of the question.
    """
    certificate, introductory, data = (
        ask(rulebook, {"training.kind": kind}, "training.months", on=on)["training.months"]
        for kind in _KINDS
    )
    training = "training in data protection"
    return RepStanding(
        person=rep.person,
        may_take_casework=_lasts(rulebook, rep, on, _CERTIFIED, "certificate", certificate),
        data_training_current=_lasts(rulebook, rep, on, _DATA_TRAINING, training, data),
        introductory_in_time=_in_time(rulebook, rep, on, introductory),
    )


def _lasts(
    rulebook: Rulebook, rep: RepTraining, on: date, fact: Fact, what: str, months: Answer[int]
) -> Answer[bool]:
    work = Working.by(rulebook, on)
    done: date | None = getattr(rep, fact.key)
    if fact.key in rep.not_recorded and (done is None or done > on):
        said = f"whether {rep.person} has a {what} is not recorded"
        return work.not_known(fact, said, using=[months], missing=(fact.key,))

    def calculate(count: int = 0) -> tuple[bool, str]:
        if done is None or done > on:
            return False, f"{rep.person} has no {what}"
        last, how = _counted(rulebook, months, count, done)
        said = f"the {what} of {long_date(done)} lasts to {long_date(last)}{how}"
        return on <= last, said

    # Without any, no length of time would make it current.
    using = [] if done is None or done > on else [months]
    return work.out(fact, using, calculate)


def _counted(rulebook: Rulebook, months: Answer[int], count: int, since: date) -> tuple[date, str]:
    """Return the last day of months that begin with a day, and what else is to be said of it."""
    length = Duration(count, TimeUnit.MONTHS)
    lapse = Reckoning.of(rulebook, months.fact, Direction.BEGINNING_WITH, since).lapse
    return lapse.counted_day(length), f"{lapse.short(length)}{lapse.otherwise(length)}"


def _in_time(rulebook: Rulebook, rep: RepTraining, on: date, months: Answer[int]) -> Answer[bool]:
    work, done, elected = Working.by(rulebook, on), rep.introductory, rep.elected
    lacking = [
        name
        for name, day in (("introductory", done), ("elected", elected))
        if day is None and name in rep.not_recorded
    ]
    if (done is None or done > on) and (lacking or elected is None):
        missing = tuple(lacking) or ("elected",)
        said = f"{series(missing)}: no day is recorded for {rep.person}"
        return work.not_known(_INTRODUCTORY, said, using=[months], missing=missing)

    def calculate(count: int) -> tuple[bool, str]:
        if done is not None and done <= on:
            return True, f"introductory training on {long_date(done)}"
        assert elected is not None
        last, how = _counted(rulebook, months, count, elected)
        said = f"elected on {long_date(elected)}, so introductory training was due by"
        return on <= last, f"{said} {long_date(last)}{how}"

    return work.out(_INTRODUCTORY, [months], calculate)


# -- the committee ---------------------------------------------------------------------------------

_REPRESENTS = "committee.represents_all"


def committee_representative(
    rulebook: Rulebook,
    officers: Mapping[str, str | None],
    employers: Iterable[str],
    *,
    on: date,
) -> Answer[bool]:
    """Answer whether a committee represents the members of every employer of the branch.

    The union's rules decide it by how many employers the officers come from, and how many have no
    officer; what they leave to the branch to judge is not known.

    Args:
        rulebook: the rules.
        officers: for each office, the officer's employer; None where that is not known.
        employers: the employers with members in the branch.
        on: the day of the question.

    Raises:
        UnknownName: when an officer's employer is not one of the branch's.
    """
    check_rulebook(rulebook)
    every = tuple(dict.fromkeys(employers))
    for employer in officers.values():
        if employer is not None and employer not in every:
            raise UnknownName("employer of the branch", employer, nearest(employer, every))
    here = {employer for employer in officers.values() if employer is not None}
    absent = [employer for employer in every if employer not in here]
    work, fact = Working.by(rulebook, on), rulebook.rules.fact(_REPRESENTS)
    if not officers or not every:
        return work.not_known(fact, "no officers or no employers are given")
    complete = None not in officers.values()
    facts = {
        "committee.employers_of_officers": len(here) if complete else None,
        "committee.employers_without_officer": len(absent) if complete or not absent else None,
    }
    found = ask(rulebook, facts, _REPRESENTS, on=on)[_REPRESENTS]
    if found.known:
        said = f"officers are from {len(here)} of {len(every)} employers"
        if not absent:
            said = "every employer has an officer"
        elif len(here) == 1:
            said = f"every officer is from one of {len(every)} employers"
        return work.known(fact, found.value, said, using=[found])
    if not complete:
        said = "the employer of some officers is not known"
        return work.not_known(fact, said, using=[found], missing=("officers",))
    said = f"no officer is from {series(absent, 'or')}; " if absent else ""
    return work.not_known(fact, f"{said}{found.reason}", using=[found])


# -- who joins, leaves and stays -------------------------------------------------------------------


@frozen
class Movement(Answers, shows="net_change average joiner_rate leaver_rate"):
    """How the membership of a branch moved in a year."""

    net_change: int | None
    average: Fraction | None
    """The mean of the membership at the start and at the end: what the rates are shares of."""
    joiner_rate: Fraction | None
    leaver_rate: Fraction | None


@checked
def movement(
    *, at_start: int | None, at_end: int | None, joiners: int | None, leavers: int | None
) -> Movement:
    """Return the movement of a year; None stands for what is not known.

    Raises:
        BadFacts: when a count is negative, or the four do not add up.
    """
    net = joiners - leavers if joiners is not None and leavers is not None else None
    if net is None and at_start is not None and at_end is not None:
        net = at_end - at_start
    elif at_start is not None and at_end is not None and at_end - at_start != net:
        said = f"{at_start} at the start, with those who joined and without those who left"
        raise BadFacts((Problem("at_end", said),))
    if at_start is None and at_end is not None and net is not None:
        at_start = at_end - net
    if at_end is None and at_start is not None and net is not None:
        at_end = at_start + net
    average = (
        Fraction(at_start + at_end, 2) if at_start is not None and at_end is not None else None
    )

    def rate(count: int | None) -> Fraction | None:
        return Fraction(count) / average if count is not None and average else None

    return Movement(net, average, rate(joiners), rate(leavers))
