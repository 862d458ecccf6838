"""What a union has set out to do, and how far it has come: policies, objectives and programmes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.democracy.motions import AgendaItem, agenda
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import Case, Event, PlanLine, Snapshot, Undertaking
from unioncore.records import conference_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "ConferencePolicies",
    "LineStanding",
    "Objective",
    "PolicyStanding",
    "ProgrammeStanding",
    "Programmes",
    "policies",
    "programmes",
]

_DUE = Fact("policy.report_due", FactType.DAY, "the day by which it is reported on")


# -- the lines of a plan ---------------------------------------------------------------------------


@frozen
class LineStanding(Answers, shows="kind due"):
    """One line of a plan, and how it stands."""

    kind: str
    name: str
    body: str
    """For an approval, a report and a scrutiny: the body; else empty."""
    target: Decimal | None
    value: Decimal | None
    """What was spent or reached so far; None where nothing is recorded."""
    due: date | None
    done: date | None
    standing: str
    """``done``, ``late`` where it was done after its day, ``overdue``, ``due``, or ``open`` where
    no day is set for it."""

    def to_text(self) -> str:
        """Return it as a line."""
        by = f" ({self.body})" if self.body else ""
        numbers = ""
        if self.target is not None:
            value = "not recorded" if self.value is None else f"{self.value:,}"
            numbers = f": {value} of {self.target:,}"
        due = f", due by {long_date(self.due)}" if self.due is not None else ""
        return f"{self.kind}{by}: {self.name}{numbers}{due}: {self.standing}"


def _lines(now: Snapshot, undertaking: str) -> tuple[LineStanding, ...]:
    rows = now.rows(PlanLine, "undertaking", undertaking)
    return tuple(_line(row, now.day) for row in sorted(rows, key=_by_day))


def _by_day(row: PlanLine) -> tuple[date, str]:
    return row.due or date.max, row.name


def _line(row: PlanLine, on: date) -> LineStanding:
    done = row.done if row.done is not None and row.done <= on else None
    # Money that was spent, and a number measured on the way to its target, end nothing.
    ended = done if row.kind not in ("budget", "measure") or _reached(row) else None
    if ended is not None:
        standing = "late" if row.due is not None and ended > row.due else "done"
    elif row.due is None:
        standing = "open"
    else:
        standing = "overdue" if row.due < on and row.kind != "budget" else "due"
    value = row.value if done is not None or row.done is None else None
    return LineStanding(row.kind, row.name, row.body, row.target, value, row.due, done, standing)


def _reached(row: PlanLine) -> bool:
    """Say whether a measure has reached its target."""
    if row.kind != "measure" or row.value is None or row.target is None:
        return False
    return row.value >= row.target


# -- policies --------------------------------------------------------------------------------------


@frozen
class PolicyStanding(Answers, shows="report_due"):
    """What came of one decision of a conference."""

    motion: str
    title: str
    came_to: str
    """``carried``, or why another body decides on it: ``remitted`` or ``not-reached``."""
    answerable: Answer[str]
    """The kind of body that answers for it."""
    position: str
    """What that body says to a motion that was not debated; empty where nothing is recorded."""
    owner: str
    """The office that leads it; empty where it has no owner."""
    steps: tuple[LineStanding, ...]
    report_due: Answer[date]
    """The opening day of the next conference, to which it is reported."""
    reported: date | None
    standing: str
    """``reported``, ``without owner``, ``report overdue``, ``a step is overdue`` or ``in hand``."""

    def to_text(self) -> str:
        """Return it as lines: the decision, its owner, its steps and its report."""
        told = self.came_to.replace("-", " ")
        lines = [f"{self.motion}: {self.title}", f"  {told}: {self.standing}"]
        if self.position:
            lines.append(f"  position: {self.position}")
        if self.owner:
            lines.append(f"  owner: {self.owner}")
        lines += (f"  {step.to_text()}" for step in self.steps)
        if self.reported is not None:
            lines.append(f"  reported on {long_date(self.reported)}")
        elif self.report_due.known:
            lines.append(f"  report due by {long_date(self.report_due.value)}")
        else:
            lines.append(f"  when its report is due is not known: {self.report_due.reason}")
        return "\n".join(lines)


@frozen
class ConferencePolicies(Answers, shows="policies"):
    """What came of the decisions of one edition of a conference."""

    unit: str
    edition: str
    policies: tuple[PolicyStanding, ...]
    """Those without an owner first, then what is overdue, then the others."""

    def to_text(self) -> str:
        """Return them as lines."""
        return "\n".join(each.to_text() for each in self.policies) or "nothing was decided"


_FIRST = ("without owner", "report overdue", "a step is overdue", "in hand", "reported")


@checked
def policies(
    rulebook: Rulebook,
    now: Snapshot,
    unit: str,
    edition: str,
    *,
    cases: Iterable[Case] = (),
) -> ConferencePolicies:
    """Answer what came of the decisions of a conference: owner, steps, and the report that is due.

    Whatever was carried, remitted or not reached is a policy that somebody answers for. It is
    reported to the next edition of the conference in the union's calendar.

    Args:
        rulebook: the rules.
        now: the union.
        unit: the conference, by the key of its unit.
        edition: which one, such as 2026.
        cases: the union's cases, as for ``agenda``.

    Raises:
        UnknownName: when no record knows the conference, or nothing the edition.
    """
    items = agenda(rulebook, now, unit, edition, cases=cases).items
    facts = conference_facts(rulebook, now, unit)
    answerable = ask(rulebook, facts, "motion.answerable", on=now.day)["motion.answerable"]
    due = _next(rulebook, now, unit, edition)
    found = [
        _policy(now, item, answerable, due)
        for item in items
        if item.came_to not in ("", "lost") and item.kind != "amendment"
    ]
    found.sort(key=lambda each: (_FIRST.index(each.standing), each.motion))
    return ConferencePolicies(unit, edition, tuple(found))


def _next(rulebook: Rulebook, now: Snapshot, unit: str, edition: str) -> Answer[date]:
    """Answer when the next edition of a conference opens, by the union's calendar."""
    opens = {row.edition: row.day for row in now.rows(Event, "unit", unit) if row.what == "opens"}
    own = opens.get(edition)
    later = [day for day in opens.values() if own is not None and day > own]
    work = Working.by(rulebook, now.day)
    if not later:
        return work.not_known(_DUE, "the union's calendar has no later edition")
    said = "the next edition opens then, by the union's calendar"
    return work.known(_DUE, min(later), said)


def _policy(
    now: Snapshot, item: AgendaItem, answerable: Answer[str], due: Answer[date]
) -> PolicyStanding:
    row = next(iter(now.rows(Undertaking, "motion", item.key)), None)
    lines = () if row is None else _lines(now, row.key)
    owner = "" if row is None else row.owner
    reported = next((each.done for each in lines if each.kind == "report" and each.done), None)
    if reported is not None:
        standing = "reported"
    elif not owner:
        standing = "without owner"
    elif due.known and due.value <= now.day:
        standing = "report overdue"
    elif any(each.standing == "overdue" for each in lines):
        standing = "a step is overdue"
    else:
        standing = "in hand"
    return PolicyStanding(
        motion=item.key,
        title=item.title,
        came_to=item.came_to,
        answerable=answerable,
        position="" if row is None else row.position,
        owner=owner,
        steps=tuple(each for each in lines if each.kind != "report"),
        report_due=due,
        reported=reported,
        standing=standing,
    )


# -- objectives and programmes ---------------------------------------------------------------------


@frozen
class ProgrammeStanding(Answers, shows="key lines"):
    """One programme with its plan, and how it stands."""

    key: str
    name: str
    owner: str
    """The office that leads it; empty where nobody does yet."""
    committee: str
    """The committee in whose field it lies; empty where that is not settled."""
    board: str
    approved: date | None
    """The day on which that committee approved its plan; None where it has not."""
    budget: Decimal | None
    """The pounds of its budget; None where no amount is recorded."""
    spent: Decimal | None
    """The pounds that were spent; None where of an amount it is not recorded."""
    lines: tuple[LineStanding, ...]
    late: tuple[str, ...]
    """What of the plan is overdue, by name."""

    def to_text(self) -> str:
        """Return it as lines: who leads it, its approval, its money, and each line of its plan."""
        said = f"approved on {long_date(self.approved)}" if self.approved else "not approved"
        field = self.committee or "no committee yet"
        lines = [
            f"{self.key}: {self.name}",
            f"  led by {self.owner or 'nobody yet'}; in the field of {field}; {said}",
        ]
        if self.budget is not None:
            spent = "not recorded" if self.spent is None else f"£{self.spent:,}"
            lines.append(f"  spent: {spent} of £{self.budget:,}")
        lines += (f"  {each.to_text()}" for each in self.lines)
        return "\n".join(lines)


@frozen
class Objective(Answers, shows="key programmes"):
    """One objective of the union, and the programmes that serve it."""

    key: str
    name: str
    programmes: tuple[ProgrammeStanding, ...]

    def to_text(self) -> str:
        """Return it as lines: the objective, and under it its programmes."""
        below = "\n".join(each.to_text() for each in self.programmes) or "no programme"
        return "\n".join((f"{self.key}: {self.name}", *_indented(below)))


@frozen
class Programmes(Answers, shows="objectives others"):
    """What a union has set out to do on a day."""

    objectives: tuple[Objective, ...]
    """By key."""
    others: tuple[ProgrammeStanding, ...]
    """Programmes that serve no objective of that day, by key."""

    def to_text(self) -> str:
        """Return it as lines."""
        every = [each.to_text() for each in (*self.objectives, *self.others)]
        return "\n".join(every) or "no objective and no programme is recorded"


def _indented(text: str) -> Iterable[str]:
    return (f"  {line}" for line in text.splitlines())


@checked
def programmes(rulebook: Rulebook, now: Snapshot) -> Programmes:
    """Answer what a union has set out to do: objectives, programmes, and how their plans stand.

    Args:
        rulebook: the rules.
        now: the union; what was done after its day is not done yet.
    """
    rows = sorted(now.every(Undertaking), key=lambda row: row.key)
    aims = [row for row in rows if row.kind == "objective"]
    running = [(row.part_of, _programme(now, row)) for row in rows if row.kind == "programme"]
    keys = {row.key for row in aims}
    return Programmes(
        tuple(
            Objective(aim.key, aim.name, tuple(one for of, one in running if of == aim.key))
            for aim in aims
        ),
        tuple(one for of, one in running if of not in keys),
    )


def _programme(now: Snapshot, row: Undertaking) -> ProgrammeStanding:
    lines = _lines(now, row.key)
    budget = [each for each in lines if each.kind == "budget"]
    amounts = [each.target for each in budget if each.target is not None]
    spent = [each.value for each in budget if each.value is not None]
    return ProgrammeStanding(
        key=row.key,
        name=row.name,
        owner=row.owner,
        committee=row.committee,
        board=row.board,
        approved=next(
            (
                each.done
                for each in lines
                if each.kind == "approval" and each.done and each.body == row.committee
            ),
            None,
        ),
        budget=sum(amounts, Decimal(0)) if amounts else None,
        spent=sum(spent, Decimal(0)) if budget and len(spent) == len(budget) else None,
        lines=lines,
        late=tuple(each.name for each in lines if each.standing == "overdue"),
    )
