"""What a ballot needed, and what its result allows by the numbers.

Which tests apply, and whether each is met, the rulebook decides, in whole numbers. What is counted
is counted here: margins, least numbers and percentages. Where the opening day is known only within
bounds, an answer is known where it is the same on every day that it can be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeVar

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Alternative, Working, agree, nations, warned
from unioncore.checked import checked
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
        return tuple(dict.fromkeys(c for test in self.tests for c in test.outcome.citations))

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
_COUNTS = ("entitled", "papers_returned", "yes", "no", "spoiled")
_HARDLY_ANY = Fraction(1, 10**6)
"""Stands for no turnout at all, of which nobody can say how many were entitled."""
_FILLED = (
    "what is not counted is worked out from published shares, rounded half up, as if no paper were "
    "spoiled; spoiled papers would lower the support"
)
T = TypeVar("T")


def openings(rulebook: Rulebook, ballot: Ballot) -> list[tuple[date, str]]:
    """Return a day under each law that a ballot may have opened under, with how it is called.

    A bound that stands for no bound is not weighed, where the law ever changed.
    """
    within = DayRange.of(ballot.opening)
    turns = rulebook.turning_days(OPENED)
    inside = sorted(turn for turn in turns if within.earliest < turn <= within.latest)
    found = [(turn, f"opened on {long_date(turn)} or later") for turn in inside]
    if not inside:
        return [(within.latest, f"opened on {long_date(within.latest)}")]
    if within.earliest == date.min:
        return found
    first = inside[0]
    return [(first - timedelta(1), f"opened before {long_date(first)}"), *found]


def taken(ballot: Ballot) -> tuple[str, ...]:
    """Return a warning where the opening day of a ballot is bounded by its last day alone."""
    if not ballot.is_opening_taken:
        return ()
    return ("the ballot is taken to have opened within a year before it closed; give opened",)


@frozen(repr=False)
class _Counted:
    """A ballot in one nation on one opening day, with counts that are known or may be."""

    name: Alternative
    work: Working
    ballot: Ballot
    """As it is given, with counts that follow from others."""
    found: Mapping[str, Answer[Any]]


def _cases(rulebook: Rulebook, ballot: Ballot) -> list[_Counted]:
    ballot = ballot.complete()
    found = []
    for nation in nations(ballot.nation):
        for opened, called in openings(rulebook, ballot):
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
                case = (str(nation), called, name)
                work = Working.by(rulebook, opened)
                found.append(_Counted(case, work, ballot, answers))
    return found


def _devolved(ballot: Ballot) -> bool | None:
    """Return whether the employer is a devolved Welsh authority; one beyond Wales is none."""
    given, in_wales_only = ballot.devolved_welsh_authority, ballot.nation.nations == {Nation.WALES}
    return given if given is not None or in_wales_only else False


def _counts(ballot: Ballot) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    """Give the counts; where published shares fill gaps in them, those at either end of rounding.

    They are then whole numbers in the same proportions.
    """
    turnout, share = _filling(ballot)
    if turnout is None and share is None:
        yield "as counted", {f"ballot.{name}": getattr(ballot, name) for name in _COUNTS}
        return
    ends = zip(rounded_from(turnout), rounded_from(share), strict=True)
    for name, end in zip(("at the least", "at the most"), ends, strict=True):
        yield name, _scaled(ballot, *end)


def _filling(ballot: Ballot) -> tuple[Decimal | None, Decimal | None]:
    """Return the published turnout and share of Yes where the counts do not say them."""
    turnout, share = ballot.turnout_pct_reported, ballot.yes_pct_reported
    if None not in (ballot.entitled, ballot.papers_returned):
        turnout = None
    return turnout, None if None not in (ballot.yes, ballot.no) else share


def rounded_from(percent: Decimal | None) -> tuple[Fraction | None, Fraction | None]:
    """Return between which shares a percentage lay before it was rounded half up."""
    if percent is None:
        return None, None
    half = Fraction(1, 2) * Fraction(10) ** int(percent.as_tuple().exponent)
    least, most = Fraction(percent) - half, Fraction(percent) + half
    return max(least, Fraction(0)) / 100, min(most, Fraction(100)) / 100


def _scaled(
    ballot: Ballot, turnout: Fraction | None, share: Fraction | None
) -> Mapping[str, int | None]:
    """Return whole numbers in the proportions that counts and shares give; None is not known.

    Spoiled papers that are not counted are left out of account.
    """
    given = (ballot.yes, ballot.no, ballot.papers_returned, ballot.entitled)
    yes, no, papers, entitled = (None if each is None else Fraction(each) for each in given)
    if papers is None and entitled is not None and turnout is not None:
        papers = entitled * turnout
    if share is not None:
        if yes is None and no is None:
            valid = Fraction(1) if papers is None else papers - (ballot.spoiled or 0)
            yes, no = valid * share, valid * (1 - share)
        elif no is None and yes is not None and share:
            no = yes * (1 - share) / share
        elif yes is None and no is not None and share < 1:
            yes = no * share / (1 - share)
    if turnout is not None:
        voted = None if yes is None or no is None else yes + no + (ballot.spoiled or 0)
        papers = max((each for each in (papers, voted) if each is not None), default=Fraction(1))
        entitled = papers / (turnout or _HARDLY_ANY) if entitled is None else entitled
    known = {"yes": yes, "no": no, "papers_returned": papers, "entitled": entitled}
    scale = lcm(*(each.denominator for each in known.values() if each is not None))
    found = {n: None if each is None else int(each * scale) for n, each in known.items()}
    return {f"ballot.{name}": each for name, each in found.items()}


def _in_all(cases: Sequence[_Counted], answer: Callable[[_Counted], Answer[T]]) -> Answer[T]:
    return warned(agree([(case.name, answer(case)) for case in cases]), *taken(cases[0].ballot))


# -- the result ------------------------------------------------------------------------------------


@checked
def ballot_result(rulebook: Rulebook, ballot: Ballot) -> BallotResult:
    """Answer which tests a ballot had to pass, and whether it passed them, in whole numbers.

    A published percentage stands in for a count that is not known. An answer is then known where
    rounding could not turn it, and warns that no spoiled papers were reckoned with.

    Raises:
        BadFacts: when the service is not one of the vocabulary ``balloted_service``.
    """
    cases = _cases(rulebook, ballot)
    elsewhere = _in_all(cases, lambda case: case.found[_MAJORITY])
    in_ni = elsewhere.known and elsewhere.value == NOT_REQUIRED
    majority = _MAJORITY_NI if in_ni else _MAJORITY
    full = cases[0].ballot
    yes, no, papers, entitled = full.yes, full.no, full.papers_returned, full.entitled
    valid = None if yes is None or no is None else yes + no
    turnout, share = _percent(papers, entitled), _percent(yes, valid)
    of_entitled = _percent(yes, entitled)
    lawful = _in_all(cases, lambda case: case.found[_VERDICT])
    if any(each is not None for each in _filling(full)):
        lawful = warned(lawful, _FILLED)
        turnout = _exact(full.turnout_pct_reported) if turnout is None else turnout
        share = _exact(full.yes_pct_reported) if share is None else share
        if of_entitled is None and turnout is not None and share is not None:
            of_entitled = turnout * share / 100
    return BallotResult(
        majority_yes=_in_all(cases, lambda case: case.found["ballot.majority_yes"]),
        turnout=_in_all(cases, lambda case: case.found[_TURNOUT]),
        support=_in_all(cases, lambda case: case.found[_SUPPORT]),
        lawful_by_numbers=lawful,
        tests=tuple(_test(rulebook, cases, full, name) for name in (majority, _TURNOUT, _SUPPORT)),
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
    key = counted.removeprefix("ballot.")
    number: int | None = getattr(ballot, key)

    def least(case: _Counted) -> Answer[int]:
        outcome = case.found[name]
        if outcome.known and outcome.value == NOT_REQUIRED:
            return case.work.not_known(_NEEDED, "the test is not required", using=[outcome])
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
    entitled = case.ballot.entitled
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
    no = case.ballot.no
    if no is None:
        said = "the No votes are not given"
        return case.work.not_known(_MIN_YES, said, missing=("ballot.no",))
    using = [case.found["ballot.majority_yes"]]
    return case.work.out(_MIN_YES, using, lambda _: (no + 1, f"more than {no} No votes"))


@checked
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
        entitled = case.ballot.entitled
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
