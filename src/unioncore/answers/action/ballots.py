"""What a ballot needed, and what its result allows by the numbers.

Which tests apply, and whether each is met, the rulebook decides, in whole numbers. What is counted
is counted here: margins, least numbers and percentages. Where the opening day is known only within
bounds, an answer is known where it is the same on every day that it can be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Alternative, Working, agree, nations, warned
from unioncore.legal import Citation, DayRange, Nation
from unioncore.model import Ballot
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "BallotResult",
    "BallotRule",
    "BallotTest",
    "ballot_result",
    "ballot_rule",
]

MET, NOT_MET, NOT_REQUIRED = "met", "not-met", "not-required"


@frozen
class BallotTest(Answers, shows="name outcome needed margin"):
    """One test of the numbers."""

    name: str
    """The requirement, such as ``core.ballot_turnout``."""
    label: str
    outcome: Answer[str]
    """``met``, ``not-met`` or ``not-required``."""
    needed: Answer[int]
    """The fewest papers, or Yes votes, that would do."""
    margin: Answer[int]
    """How many more there were than needed; below zero, how many were short."""


@frozen
class BallotResult(Answers, shows="lawful_by_numbers turnout support"):
    """What the numbers of one ballot come to."""

    majority_yes: Answer[bool]
    turnout: Answer[str]
    """Whether enough voted: ``met``, ``not-met`` or ``not-required``."""
    support: Answer[str]
    """Whether enough of those entitled answered Yes, likewise."""
    lawful_by_numbers: Answer[str]
    """``yes``, ``no`` or ``not-a-statutory-ballot``."""
    tests: tuple[BallotTest, ...]
    turnout_pct: Fraction | None
    """Papers returned, of those entitled; exact, like the other percentages; None is not known."""
    yes_pct_of_valid: Fraction | None
    yes_pct_of_papers: Fraction | None
    yes_pct_of_entitled: Fraction | None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Everything that the verdict rests on."""
        reasons = (reason for test in self.tests for reason in test.outcome.because)
        return tuple(dict.fromkeys(cited for reason in reasons for cited in reason.citations))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the verdict should know."""
        every = (
            *self.lawful_by_numbers.warnings,
            *(w for t in self.tests for w in t.outcome.warnings),
        )
        return tuple(dict.fromkeys(every))


@frozen
class BallotRule(Answers, shows="turnout_applies support_applies"):
    """The fewest papers and Yes votes that would do; not known where no such test applies."""

    turnout_applies: Answer[bool]
    support_applies: Answer[bool]
    min_papers_for_turnout: Answer[int]
    min_yes_for_support: Answer[int]
    min_yes_if_exactly_min_papers: Answer[int]
    """Where only just enough vote, none spoils a paper, and Yes has the majority (and the support,
    where that test is known to apply)."""
    min_yes_if_all_vote: Answer[int]


# -- one ballot, in every case that it may be in ---------------------------------------------------

OPENED = "ballot.opened"
_TURNOUT, _SUPPORT = "core.ballot_turnout", "core.ballot_support"
_MAJORITY, _MAJORITY_NI = "core.ballot_majority", "core.ballot_majority_northern_ireland"
_TURNOUT_APPLIES = "ballot.turnout_test_applies"
_SUPPORT_APPLIES = "ballot.support_test_applies"
_TURNOUT_PERCENT = "core.ballot_turnout_percent"
_SUPPORT_PERCENT = "core.ballot_support_percent"
_VERDICT = "ballot.lawful_by_numbers"
_DECIDED = (
    _MAJORITY,
    _MAJORITY_NI,
    _TURNOUT,
    _SUPPORT,
    "ballot.majority_yes",
    _VERDICT,
    _TURNOUT_APPLIES,
    _SUPPORT_APPLIES,
    _TURNOUT_PERCENT,
    _SUPPORT_PERCENT,
)
_NEEDED = Fact("needed", FactType.WHOLE, "how many are needed")
_MARGIN = Fact("margin", FactType.WHOLE, "how many more there were than needed")
_PAPERS = Fact("papers", FactType.WHOLE, "the number of papers returned")
_MIN_PAPERS = Fact("min_papers", FactType.WHOLE, "the fewest papers that would do")
_MIN_YES = Fact("min_yes", FactType.WHOLE, "the fewest Yes votes that would do")
_NO_COUNTS = "no count is published; spoiled papers would lower the support that is worked out"
T = TypeVar("T")


def turning_days(rulebook: Rulebook, dated_by: str, day: date | DayRange) -> list[date]:
    """Return a day under each law that a day known within bounds may come under.

    A bound that stands for no bound is not weighed, where the law ever changed.
    """
    within = DayRange.of(day)
    turns = rulebook.turning_days(dated_by)
    inside = {turn for turn in turns if within.earliest < turn <= within.latest}
    known = {within.earliest, within.latest} - {date.min, date.max}
    return sorted(known | inside) or [within.latest]


def taken(ballot: Ballot) -> tuple[str, ...]:
    """Return a warning where the opening day of a ballot is bounded by its last day alone."""
    if not ballot.is_opening_taken:
        return ()
    return ("the ballot is taken to have opened within a year before it closed; give opened",)


@frozen
class _Counted:
    """A ballot in one nation on one opening day, with counts that are known or may be."""

    name: Alternative
    work: Working
    facts: Mapping[str, Any]
    found: Mapping[str, Answer[Any]]
    warnings: tuple[str, ...]


def _cases(rulebook: Rulebook, ballot: Ballot) -> list[_Counted]:
    ballot = ballot.complete()
    found = []
    for nation in nations(ballot.nation):
        for opened in turning_days(rulebook, OPENED, ballot.opening):
            for name, counts in _counts(ballot):
                facts = {
                    "ballot.nation": nation,
                    OPENED: opened,
                    "ballot.statutory": ballot.statutory,
                    "ballot.important_public_service": ballot.important_public_service,
                    "ballot.service": ballot.service,
                    "ballot.devolved_welsh_authority": _devolved(ballot),
                    **counts,
                }
                answers = ask(rulebook, facts, *_DECIDED, on=opened)
                case = (str(nation), f"opened on {long_date(opened)}", name)
                work = Working(rulebook.fingerprint, opened)
                found.append(_Counted(case, work, facts, answers, taken(ballot)))
    return found


def _devolved(ballot: Ballot) -> bool | None:
    """Return whether the employer is a devolved Welsh authority; one beyond Wales is none."""
    given, in_wales_only = ballot.devolved_welsh_authority, ballot.nation.nations == {Nation.WALES}
    return given if given is not None or in_wales_only else False


def _counts(ballot: Ballot) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    """Give the counts; where only percentages are published, counts at either end of rounding."""
    if ballot.counted or (ballot.turnout_pct_reported, ballot.yes_pct_reported) == (None, None):
        names = ("entitled", "papers_returned", "yes", "no", "spoiled")
        yield "as counted", {f"ballot.{name}": getattr(ballot, name) for name in names}
        return
    turnout, yes = (
        (None, None) if percent is None else _rounded_from(Fraction(percent), -_exponent(percent))
        for percent in (ballot.turnout_pct_reported, ballot.yes_pct_reported)
    )
    for end, name in enumerate(("at the least", "at the most")):
        yield name, _scaled(turnout[end], yes[end])


def _exponent(percent: Decimal) -> int:
    return int(percent.as_tuple().exponent)


def _rounded_from(percent: Fraction, places: int) -> tuple[Fraction, Fraction]:
    """Return between which shares a percentage lay before it was rounded half up."""
    half = Fraction(1, 2 * 10**places)
    return max(percent - half, Fraction(0)) / 100, min(percent + half, Fraction(100)) / 100


def _scaled(turnout: Fraction | None, yes: Fraction | None) -> dict[str, int | None]:
    """Return whole numbers in just these proportions; spoiled papers are left out of account."""
    papers = 1 if yes is None else yes.denominator
    papers *= 1 if turnout is None else turnout.numerator or 1
    counts: dict[str, int | None] = dict.fromkeys(
        ("ballot.entitled", "ballot.papers_returned", "ballot.yes", "ballot.no")
    )
    if turnout is not None:
        counts["ballot.entitled"] = papers * turnout.denominator // (turnout.numerator or 1)
        counts["ballot.papers_returned"] = papers = papers if turnout else 0
    if yes is not None:
        counts["ballot.yes"] = int(papers * yes)
        counts["ballot.no"] = papers - int(papers * yes)
    return counts


def _in_all(cases: Sequence[_Counted], answer: Callable[[_Counted], Answer[T]]) -> Answer[T]:
    return warned(agree([(case.name, answer(case)) for case in cases]), *cases[0].warnings)


# -- the result ------------------------------------------------------------------------------------


def ballot_result(rulebook: Rulebook, ballot: Ballot) -> BallotResult:
    """Answer which tests a ballot had to pass, and whether it passed them, in whole numbers.

    Where only percentages are published, an answer is known where rounding could not turn it; they
    are taken as shares of all papers, since spoiled ones are not known.

    Raises:
        BadFacts: when the service is not one of the vocabulary ``balloted_service``.
    """
    cases = _cases(rulebook, ballot)
    elsewhere = _in_all(cases, lambda case: case.found[_MAJORITY])
    in_ni = elsewhere.known and elsewhere.value == NOT_REQUIRED
    majority = _MAJORITY_NI if in_ni else _MAJORITY
    full = ballot.complete()
    yes, no, papers, entitled = full.yes, full.no, full.papers_returned, full.entitled
    valid = None if yes is None or no is None else yes + no
    turnout, share = _percent(papers, entitled), _percent(yes, valid)
    of_entitled = _percent(yes, entitled)
    lawful = _in_all(cases, lambda case: case.found[_VERDICT])
    if not ballot.counted:
        lawful = warned(lawful, _NO_COUNTS)
        turnout = _exact(ballot.turnout_pct_reported)
        share = _exact(ballot.yes_pct_reported)
        of_entitled = None if turnout is None or share is None else turnout * share / 100
    return BallotResult(
        majority_yes=_in_all(cases, lambda case: case.found["ballot.majority_yes"]),
        turnout=_in_all(cases, lambda case: case.found[_TURNOUT]),
        support=_in_all(cases, lambda case: case.found[_SUPPORT]),
        lawful_by_numbers=lawful,
        tests=tuple(
            _test(rulebook, cases, ballot, name) for name in (majority, _TURNOUT, _SUPPORT)
        ),
        turnout_pct=turnout,
        yes_pct_of_valid=share,
        yes_pct_of_papers=_percent(yes, papers),
        yes_pct_of_entitled=of_entitled,
    )


def _percent(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(100 * part, whole)


def _exact(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent)


def _test(rulebook: Rulebook, cases: Sequence[_Counted], ballot: Ballot, name: str) -> BallotTest:
    needed = {_TURNOUT: _least_papers, _SUPPORT: _least_yes}.get(name, _most_of_votes)
    counted = "ballot.papers_returned" if name == _TURNOUT else "ballot.yes"
    had, key = ballot.complete(), counted.removeprefix("ballot.")
    number: int | None = getattr(had, key)

    def least(case: _Counted) -> Answer[int]:
        outcome = case.found[name]
        if outcome.known and outcome.value == NOT_REQUIRED:
            return case.work.not_known(_NEEDED, "the test is not required", using=[outcome])
        if not ballot.counted:
            said = "only percentages are published"
            return case.work.not_known(_NEEDED, said, using=[outcome])
        return needed(case)

    def margin(case: _Counted) -> Answer[int]:
        found = least(case)
        if number is None:
            said = f"{key} is not given"
            return case.work.not_known(_MARGIN, said, using=[found], missing=(counted,))

        def calculate(least: int) -> tuple[int, str]:
            return number - least, f"{number} where {least} were needed: {_spare(number - least)}"

        return case.work.out(_MARGIN, [found], calculate)

    return BallotTest(
        name=name,
        label=rulebook.rules.fact(name).label,
        outcome=_in_all(cases, lambda case: case.found[name]),
        needed=_in_all(cases, least),
        margin=_in_all(cases, margin),
    )


def _spare(margin: int) -> str:
    return f"{-margin} short" if margin < 0 else f"{margin} to spare"


# -- least numbers ---------------------------------------------------------------------------------


def _at_least(percent: int, of: int) -> int:
    """Return the fewest that are at least a percentage of a number."""
    return -(-percent * of // 100)


def _least(case: _Counted, fact: Fact, applies: str, percent: str, said: str) -> Answer[int]:
    """Return the fewest that a test of a share of those entitled needs, where it applies."""
    using = [case.found[applies], case.found[percent]]
    entitled = case.facts["ballot.entitled"]
    if using[0].known and not using[0].value:
        return case.work.not_known(fact, "no such share is asked for", using=using[:1])
    if entitled is None:
        why, missing = "the number entitled is not given", ("ballot.entitled",)
        return case.work.not_known(fact, why, using=using, missing=missing)

    def calculate(_: bool, percent: int) -> tuple[int, str]:
        least = _at_least(percent, entitled)
        return least, f"{percent} per cent of {entitled} are at least {least} {said}"

    return case.work.out(fact, using, calculate)


def _least_papers(case: _Counted) -> Answer[int]:
    return _least(case, _MIN_PAPERS, _TURNOUT_APPLIES, _TURNOUT_PERCENT, "papers")


def _least_yes(case: _Counted) -> Answer[int]:
    return _least(case, _MIN_YES, _SUPPORT_APPLIES, _SUPPORT_PERCENT, "Yes votes")


def _most_of_votes(case: _Counted) -> Answer[int]:
    no = case.facts["ballot.no"]
    if no is None:
        said = "the No votes are not given"
        return case.work.not_known(_MIN_YES, said, missing=("ballot.no",))
    using = [case.found["ballot.majority_yes"]]
    return case.work.out(_MIN_YES, using, lambda _: (no + 1, f"more than {no} No votes"))


def ballot_rule(rulebook: Rulebook, ballot: Ballot) -> BallotRule:
    """Answer how many papers and Yes votes would have been enough, whatever was voted.

    Raises:
        BadFacts: when the service is not one of the vocabulary ``balloted_service``.
    """
    cases = _cases(rulebook, ballot)

    def least_yes(case: _Counted, papers: Answer[int]) -> Answer[int]:
        support = _least_yes(case)
        using = [papers, support] if support.known else [papers]

        def calculate(papers: int, for_support: int = 0) -> tuple[int, str]:
            least = max(papers // 2 + 1, for_support)
            return least, f"{least} of {papers} are a majority and all the support needed"

        return case.work.out(_MIN_YES, using, calculate)

    def all_vote(case: _Counted) -> Answer[int]:
        entitled = case.facts["ballot.entitled"]
        if entitled is None:
            said, missing = "the number entitled is not given", ("ballot.entitled",)
            return case.work.not_known(_PAPERS, said, missing=missing)
        return case.work.known(_PAPERS, entitled, f"all {entitled} vote")

    return BallotRule(
        turnout_applies=_in_all(cases, lambda case: case.found[_TURNOUT_APPLIES]),
        support_applies=_in_all(cases, lambda case: case.found[_SUPPORT_APPLIES]),
        min_papers_for_turnout=_in_all(cases, _least_papers),
        min_yes_for_support=_in_all(cases, _least_yes),
        min_yes_if_exactly_min_papers=_in_all(
            cases, lambda case: least_yes(case, _least_papers(case))
        ),
        min_yes_if_all_vote=_in_all(cases, lambda case: least_yes(case, all_vote(case))),
    )
