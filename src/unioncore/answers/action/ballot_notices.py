"""The notices to an employer of a ballot and of industrial action, each by the law of its day.

A notice holds numbers and never a name: lists of categories and workplaces, a total and, where the
law asks for them, two tables apart, one by category and one by workplace. How the figures were
arrived at is told by what the union recorded that it did.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.action.ballot_lists import BallotCell
from unioncore.answers.action.industrial_action import notice_dates
from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Nation
from unioncore.model import BallotCheck
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["EmployerNotice", "employer_notice"]

_NOTICES: Mapping[str, tuple[str, str, str]] = {
    "ballot": ("ballot notice", "ballot.notice_contents", "ballot.notice_received"),
    "action": ("industrial action notice", "notice.contents", "notice.received"),
}
"""Each notice, with how its days are called, the fact of its contents, and that of its receipt."""

_CHECK_OFF = "notice.may_rest_on_check_off"
_IN_TIME = Fact("in_time", FactType.YES_NO, "the notice comes in time")
_READY = Fact("ready", FactType.YES_NO, "the notice is ready to be given")
_NUMBERS = {"numbers-per-category", "numbers-per-workplace"}


@frozen(kw_only=True)
class EmployerNotice(Answers, shows="notice received total ready"):
    """What a notice to an employer says, whether it comes in time, and whether it is ready."""

    notice: str
    """``ballot`` or ``action``."""
    received: date
    event: date
    """The first day of the vote, or of the action."""
    contents: Answer[frozenset[str]]
    """What the law asks of it."""
    latest_receipt: Answer[date]
    in_time: Answer[bool]
    ready: Answer[bool]
    categories: tuple[str, ...]
    workplaces: tuple[str, ...]
    total: int
    by_category: Mapping[str, int]
    """Empty where the law does not ask for it, like the next one."""
    by_workplace: Mapping[str, int]
    explanation: tuple[str, ...]
    """How the lists and figures were arrived at, sentence by sentence; empty where the law does not
    ask for it."""
    by_check_off: int
    """How many are left out of lists and figures, because the employer can work them out from the
    subscriptions that it deducts."""
    warnings: tuple[str, ...]
    """What the union should know before it gives the notice; no part of it."""

    @property
    def form(self) -> str | None:
        """``figures`` or ``lists-and-total``; None where the contents are not known."""
        if not self.contents.known:
            return None
        return "figures" if self.contents.value & _NUMBERS else "lists-and-total"

    def to_text(self) -> str:
        """Return it as lines for people: first how it stands, then what it says."""
        return "\n".join((*self._standing(), "", *self.says()))

    def _standing(self) -> Iterator[str]:
        what = "the ballot opens" if self.notice == "ballot" else "the action begins"
        yield (
            f"notice of {self.notice}, received on {long_date(self.received)}; {what} on "
            f"{long_date(self.event)}"
        )
        for name, answer in (("in time", self.in_time), ("ready", self.ready)):
            yield f"  {name}: {_said(answer)}"
        if self.latest_receipt.known:
            yield f"  due by {long_date(self.latest_receipt.value)}"
        for cited in dict.fromkeys((*self.contents.citations, *self.in_time.citations)):
            yield f"  source: {cited}"
        yield from (f"  warning: {each}" for each in self.warnings)

    def says(self) -> tuple[str, ...]:
        """Return what the notice says, line by line, without a name."""
        return tuple(self._says())

    def _says(self) -> Iterator[str]:
        whom = "entitled to vote" if self.notice == "ballot" else "to be called on"
        yield f"Employees {whom}: {self.total:,}"
        yield "Categories:"
        yield from _listed(self.categories, self.by_category)
        yield "Workplaces:"
        yield from _listed(self.workplaces, self.by_workplace)
        if self.by_check_off:
            yield (
                "Besides these, those whose subscription to the union you deduct from pay, whose "
                "number, categories and workplaces your payroll shows."
            )
        if self.explanation:
            yield "How the lists and figures were arrived at:"
            yield from (f"  {each}" for each in self.explanation)


def _listed(names: Collection[str], numbers: Mapping[str, int]) -> Iterator[str]:
    return (f"  {each}: {numbers[each]:,}" if each in numbers else f"  {each}" for each in names)


def _said(answer: Answer[bool]) -> str:
    if not answer.known:
        return f"not known: {answer.reason}"
    return "yes" if answer.value else f"no, because {answer.because[0].text}"


@checked
def employer_notice(
    rulebook: Rulebook,
    notice: str,
    cells: Sequence[BallotCell],
    *,
    received: date,
    event: date,
    nation: Where = "GB",
    doubtful: int = 0,
    made_on: date | None = None,
    checks: Collection[BallotCheck] = (),
    settled: int = 0,
    check_off: bool = False,
) -> EmployerNotice:
    """Answer what a notice to the employer says, by the law of the day on which it is received.

    Args:
        rulebook: the law.
        notice: ``ballot`` or ``action``.
        cells: how many are entitled, or affected, by category and workplace. They are added up into
            two tables apart, and the cells themselves are never told.
        received: the day on which the employer receives the notice.
        event: the first day of the vote, or of the action.
        nation: whose law governs the action.
        doubtful: of how many it is still open whether they belong to them. While there are any,
            whether the notice is ready is for people to say.
        made_on: the day of the list; None: not recorded.
        checks: what was done to check the list. The explanation tells these, and nothing else.
        settled: of how many a doubt was settled by asking.
        check_off: leave those out from whose pay the employer deducts the subscription.

    Raises:
        UnknownName: when there is no such notice or nation.
    """
    if notice not in _NOTICES:
        raise UnknownName("notice to the employer", notice, nearest(notice, _NOTICES))
    kind, contents_fact, received_fact = _NOTICES[notice]

    def contents_in(each: Nation, day: date) -> Answer[frozenset[str]]:
        facts = {"ballot.nation": each, received_fact: day}
        return ask(rulebook, facts, contents_fact, on=day)[contents_fact]

    contents = in_each(nation, received, contents_in)
    asked = contents.value if contents.known else frozenset()
    allowed = _may_rest_on_check_off(rulebook, nation, received) if check_off else None
    left_out = allowed is not None and allowed.known and bool(allowed.value)
    counts = {
        (cell.category, cell.workplace): cell.number - (cell.by_check_off if left_out else 0)
        for cell in cells
    }
    by_category, by_workplace = Counter[str](), Counter[str]()
    for (category, workplace), number in counts.items():
        by_category[category] += number
        by_workplace[workplace] += number
    dates = notice_dates(rulebook, kind, nation=nation, received=received, event=event)
    work = Working.by(rulebook, received)
    open_ = _open(by_category, by_workplace, doubtful)
    total = sum(counts.values())
    explained = tuple(_explained(made_on, checks, settled)) if "explanation" in asked else ()
    return EmployerNotice(
        notice=notice,
        received=received,
        event=event,
        contents=contents,
        latest_receipt=dates.latest_receipt,
        in_time=work.out(
            _IN_TIME,
            [dates.earliest_event_day],
            lambda first: (first <= event, f"it allows {long_date(first)} and later"),
        ),
        ready=_ready(work, contents, allowed, open_, total),
        categories=tuple(sorted(each for each, count in by_category.items() if each and count)),
        workplaces=tuple(sorted(each for each, count in by_workplace.items() if each and count)),
        total=total,
        by_category=_asked_for("numbers-per-category", asked, by_category),
        by_workplace=_asked_for("numbers-per-workplace", asked, by_workplace),
        explanation=explained,
        by_check_off=sum(cell.by_check_off for cell in cells) if left_out else 0,
        warnings=(
            *([_NOTHING_DONE] if explained and not checks else []),
            *([_WHICH_DAYS] if "days-of-action" in asked else []),
        ),
    )


_WHICH_DAYS = (
    "the notice must say besides whether the action is continuous, and its first day, or on which "
    "days it is"
)
_NOTHING_DONE = "no check of the list is recorded in ballot_checks.csv, so the notice tells of none"


def _may_rest_on_check_off(rulebook: Rulebook, nation: Where, received: date) -> Answer[bool]:
    def allowed(each: Nation, day: date) -> Answer[bool]:
        return ask(rulebook, {"ballot.nation": each}, _CHECK_OFF, on=day)[_CHECK_OFF]

    return in_each(nation, received, allowed)


def _asked_for(what: str, asked: Collection[str], counts: Mapping[str, int]) -> dict[str, int]:
    if what not in asked:
        return {}
    return {each: count for each, count in sorted(counts.items()) if count}


def _open(
    by_category: Mapping[str, int], by_workplace: Mapping[str, int], doubtful: int
) -> list[str]:
    """Return what is still open about the numbers."""
    open_ = {
        "doubtful, and whether to go on is for people to say": doubtful,
        "in no certain category": by_category.get("", 0),
        "without a workplace": by_workplace.get("", 0),
    }
    return [f"{count:,} {what}" for what, count in open_.items() if count]


def _ready(
    work: Working,
    contents: Answer[Any],
    allowed: Answer[bool] | None,
    open_: Sequence[str],
    total: int,
) -> Answer[bool]:
    if open_:
        return work.not_known(_READY, "; ".join(open_), using=[contents])
    if not total:
        return work.known(_READY, False, "nobody is on the list", using=[contents])

    def calculate(_: Any, by_check_off: bool = True) -> tuple[bool, str]:
        if not by_check_off:
            return False, "the law does not let it rest on check-off"
        return True, "no doubt about the list is open"

    return work.out(_READY, [contents, *([] if allowed is None else [allowed])], calculate)


_DONE = {
    "list-made": "the list was made",
    "members-asked": "members were asked to check what the register says of them",
    "branch-asked": "the branch was asked to check the list",
    "compared-with-staff": "the list was compared with the employer's numbers of staff",
    "compared-with-payroll": "the list was compared with the employer's payroll",
    "compared-with-check-off": "the list was compared with the subscriptions deducted from pay",
}


def _explained(
    made_on: date | None, checks: Collection[BallotCheck], settled: int
) -> Iterator[str]:
    stood = "" if made_on is None else f" as it stood on {long_date(made_on)}"
    yield f"The lists and figures were made from the union's register of members{stood}."
    yield "Each person is counted once, by the role and the premises that the register records."
    for row in sorted(checks, key=lambda row: (row.day, row.what)):
        done = f"On {long_date(row.day)} {_DONE[row.what]}"
        about = "" if row.looked_at is None else f", for {row.looked_at:,} members"
        after = "" if row.put_right is None else f"; {row.put_right:,} records were put right"
        yield f"{done}{about}{after}."
    if settled:
        yield f"Of {settled:,} members the register left a doubt, which was settled by asking."
