"""How long records of cases are kept, and what is done with a request about personal data.

Periods are a policy of the branch. Without one it is not known what is due, and nothing that is not
known to be due may be destroyed. A branch never answers a request: it passes it on.
"""

from datetime import date, datetime

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.cases.breaches import breach_clock
from unioncore.answers.cases.claims import linked
from unioncore.answers.cases.desk import Desk
from unioncore.answers.cases.kept import laid_down, whats_due
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import checked
from unioncore.legal import Citation, Nation, TimeUnit, uk_time
from unioncore.model import Direction
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["Due", "Escalation", "due", "request"]

_LATEST = Fact("request.latest", FactType.DAY, "the last day on which to answer")


@frozen
class Due(Answers, shows="case kind what"):
    """What is due for one kind of record of one case."""

    case: str
    """The reference of the case."""
    kind: str
    """A word of the vocabulary ``record_kind``."""
    what: Answer[str]
    """``review`` or ``erasure``; where it is not known, the record stays."""
    policy: tuple[Citation, ...]
    """The schedule that the branch goes by."""


@frozen
class Escalation(Answers, shows="kind next latest"):
    """What a branch does with a request about personal data."""

    kind: str
    next: Answer[str]
    """``escalate``, to the data protection team, or ``decline``; never an answer of its own."""
    latest: Answer[date] | None
    """The last day on which the union may answer, or tell the regulator; None: there is none."""
    moment: datetime | None = None
    """For a breach: the last moment, by the clock of the United Kingdom; see ``breach_clock``."""


@checked
def due(desk: Desk, *, on: date) -> tuple[Due, ...]:
    """Return what is due for review or erasure on a day, and what cannot be decided, and why.

    The policies are those of the desk's union: a period that a branch does not lay down is not
    known, and a clock of which it is not known how long it runs holds the record while it may run.

    Args:
        desk: the rules, the union's policies, and the cases whose records are asked about.
        on: the day.
    """
    rulebook, clocks = desk.rulebook, desk.union.clock_settings
    found, beside = [], linked(desk.cases.values())
    for case in desk.cases.values():
        mine = laid_down(case, desk.union.settings, on)
        cited = tuple(dict.fromkeys(citation for each in mine for citation in each.citations))
        others = beside[case.reference]
        for kind, what in whats_due(rulebook, case, on, mine, clocks, others).items():
            if not what.known or what.value != "nothing":
                found.append(Due(case.reference, kind, what, cited))
    return tuple(found)


@checked
def request(
    rulebook: Rulebook,
    kind: str,
    received: date | datetime,
    *,
    on: date | None = None,
    nation: Where = "UK",
) -> Escalation:
    """Return what a branch does with a request about personal data, and by when it is answered.

    Args:
        rulebook: the rules.
        kind: a word of the vocabulary ``data_request``.
        received: when a request was received in the branch, which starts its time; for a breach,
            the moment at which it was discovered.
        on: the day of the question; default: the day of receipt.
        nation: where whoever must answer is, as the last day moves to a working day there; without
            it the day is known where all nations agree.

    Raises:
        BadFacts: when no such kind of request is declared.
    """
    day = uk_time(received).date() if isinstance(received, datetime) else received
    facts = {"request.kind": kind}
    asked = on or day
    work = Working.by(rulebook, asked)
    step: Answer[str] = ask(rulebook, facts, "request.next", on=asked)["request.next"]
    if not step.known or step.value != "escalate":
        return Escalation(kind, step, None)
    if kind == "breach":
        clock = breach_clock(rulebook, received)
        return Escalation(kind, step, clock.last_day, clock.due)
    (count,) = ask(rulebook, facts, "core.data_request_months", on=day).values()

    def last(each: Nation, day: date) -> Answer[date]:
        counts = Reckoning.of(rulebook, count.fact, Direction.WITHIN, day, each)
        return counts.last(work, _LATEST, count, TimeUnit.MONTHS)

    return Escalation(kind, step, in_each(nation, day, last))
