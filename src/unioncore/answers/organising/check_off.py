"""What an employer's file of deductions says beside the register: who paid, what, and who did not.

Nobody is matched by a name alone, nothing is changed by reading, and nobody's membership lapses by
a file. The codes are the library's own choice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.answers.by_name import ask, ask_many
from unioncore.answers.together import Answers, told
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, nearest
from unioncore.legal import Duration, TimeUnit, shifted
from unioncore.model import (
    Arrears,
    Employer,
    Job,
    Membership,
    PaymentMethod,
    Person,
    Record,
    Snapshot,
    Union,
    payroll_number,
)
from unioncore.records import Deduction, member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, compile_condition, pounds

__all__ = [
    "CHECK_OFF_CODES",
    "CheckOff",
    "NoMatch",
    "StoppedPay",
    "WrongAmount",
    "check_off",
    "check_off_conditions",
    "stopped_pay",
]

CHECK_OFF_CODES = (
    "matched",
    "wrong_amount",
    "amount_unknown",
    "gone_from_file",
    "pays_twice",
    "other_employer",
    "not_a_member",
    "duplicate_line",
)
"""The findings that are about people; each person has one of them."""

_DUE = "subscription_monthly"
_BY_PAY = "check-off"


@frozen
class WrongAmount(Answers, shows=""):
    """That something else was deducted than the earnings call for."""

    paid: Decimal
    due: Decimal


@frozen
class NoMatch(Answers, shows="line"):
    """A line whose payroll number nobody has at the employer."""

    line: int
    payroll: str = field(repr=False)
    nearest: str | None = field(repr=False)
    """The nearest number of somebody whose deduction is missing; None: there is none."""


@frozen(kw_only=True)
class StoppedPay(Answers, shows="paid_to"):
    """The days that run where a deduction stopped."""

    paid_to: date
    """The last day that was paid for."""
    unpaid_from: Answer[date]
    four_weeks_from: Answer[date]
    """The day from which it costs the member the union's help."""
    four_weeks_reached: bool | None
    """Whether that day has come; None: not known."""
    thirteen_weeks_from: Answer[date]
    membership_ended: Answer[date]
    """The day on which the arrears end the membership, where a rule says so."""
    gap_is_arrears: Answer[bool]
    """Whether the days without a payment count as arrears."""
    first_payment: date | None
    """The first day for which another way of paying that is agreed already pays; None: none is."""
    contact: bool
    """Whether the member is to be asked how they will pay."""

    @property
    def barred(self) -> bool | None:
        """Whether the gap costs the member the union's help by now; None: not known."""
        if self.gap_is_arrears.known and not self.gap_is_arrears.value:
            return False
        return self.four_weeks_reached if self.gap_is_arrears.known else None


@checked
def stopped_pay(
    rulebook: Rulebook,
    *,
    paid_to: date,
    on: date,
    mandate_signed: bool | None = None,
    first_payment: date | None = None,
) -> StoppedPay:
    """Answer which days run after a deduction stopped.

    Args:
        rulebook: the rules; how long arrears may last, the union's own say.
        paid_to: the last day that was paid for.
        on: the day of the question.
        mandate_signed: whether the member has signed another way of paying; None: not known.
        first_payment: the first day on which that pays; the days until then are an arranged gap,
            and those after it are not.
    """
    arranged = mandate_signed
    if mandate_signed and first_payment is not None and on > first_payment:
        arranged = False
    facts = {
        "check_off.paid_to": paid_to,
        "check_off.mandate_signed": arranged,
        "membership.in_arrears": True,
        "membership.arrears_since": shifted(paid_to, 1),
    }
    names = ("unpaid_from", "help_barred_from", "thirteen_weeks_from", "gap_is_arrears")
    keys = [f"check_off.{name}" for name in names]
    found = ask(rulebook, facts, *keys, "arrears_end_membership_on", on=on)
    barred = found["check_off.help_barred_from"]
    return StoppedPay(
        paid_to=paid_to,
        unpaid_from=found["check_off.unpaid_from"],
        four_weeks_from=barred,
        four_weeks_reached=on >= barred.value if barred.known else None,
        thirteen_weeks_from=found["check_off.thirteen_weeks_from"],
        membership_ended=found["arrears_end_membership_on"],
        gap_is_arrears=found["check_off.gap_is_arrears"],
        first_payment=first_payment,
        contact=mandate_signed is not True,
    )


@checked
def check_off_conditions(
    rulebook: Rulebook, facts: Mapping[str, Any], *, on: date
) -> dict[str, Answer[Any]]:
    """Answer whether conditions apply to an employer's deductions on a day, and which.

    Args:
        rulebook: the rules.
        facts: what is known of the employer: ``employer.kind``, ``check_off.nation`` and, in Wales,
            ``check_off.devolved_welsh``.
        on: the day of the deduction.
    """
    names = ("check_off.conditions_apply", "check_off.conditions")
    found = ask(rulebook, facts, *names, on=on)
    return {name.partition(".")[2]: each for name, each in found.items()}


@frozen(kw_only=True)
class CheckOff(Answers, shows="employer month lines", inside="proposed"):
    """What the file of one month says beside the register. Nothing is changed by it."""

    employer: str
    month: str
    lines: int
    file_total: Decimal
    """The sum of the lines, in pounds."""
    matched: tuple[str, ...] = field(repr=False)
    """Those who paid what their earnings call for."""
    wrong_amount: Mapping[str, WrongAmount] = field(repr=False)
    amount_unknown: Mapping[str, str] = field(repr=False)
    """Those who paid, where what they owe is not known; each with the reason."""
    gone_from_file: Mapping[str, StoppedPay] = field(repr=False)
    """Those who pay by check-off here and are not in the file, with the days that run."""
    pays_twice: tuple[str, ...] = field(repr=False)
    """Those who pay otherwise as well. Tell them; nothing is cancelled."""
    other_employer: Mapping[str, str] = field(repr=False)
    """Those whose name and payroll number are recorded with another employer, and which."""
    not_a_member: tuple[str, ...] = field(repr=False)
    """Those who are no members in the month."""
    no_match: tuple[NoMatch, ...] = field(repr=False)
    duplicate_line: tuple[str, ...] = field(repr=False)
    """Those who are in the file more than once."""
    new: tuple[str, ...] = field(repr=False)
    """Those, among the ones above, for whom no way of paying was recorded."""
    name_differs: tuple[int, ...] = field(repr=False)
    """The lines whose name is not that of the member with the number."""
    lapsed_by_this: tuple[str, ...] = ()
    """Always empty: nobody's membership ends by a file."""
    lines_of: Mapping[str, tuple[int, ...]] = field(repr=False)
    """The lines of each person in the file."""
    proposed: tuple[Record, ...] = field(repr=False)
    """The rows that could be entered after this, for ``propose``."""

    def to_text(self) -> str:
        """Return it as lines for people: by lines of the file, without a name."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.employer}, {self.month}: {self.lines:,} lines, {pounds(self.file_total)}"
        for code in CHECK_OFF_CODES:
            yield f"  {code.replace('_', ' ')}: {len(getattr(self, code)):,}"
        yield f"  no match: {len(self.no_match):,}"
        if self.new:
            yield f"  of them new: {len(self.new):,}"
        for person, wrong in self.wrong_amount.items():
            said = f"{pounds(wrong.paid)} deducted, {pounds(wrong.due)} due"
            yield f"{self._at(person)}: wrong amount: {said}"
        for reason, people in _grouped(self.amount_unknown).items():
            yield f"amount unknown for {len(people):,}: {reason}"
        for code, said in (
            ("pays_twice", "pays twice: tell the member, and cancel nothing"),
            ("other_employer", "recorded with another employer"),
            ("not_a_member", "no member in this month"),
            ("duplicate_line", "in the file more than once"),
        ):
            yield from (f"{self._at(person)}: {said}" for person in getattr(self, code))
        for each in self.no_match:
            near = f"; the nearest that is missing is {each.nearest}" if each.nearest else ""
            yield f"line {each.line}: nobody has the payroll number {each.payroll}{near}"
        yield from (f"line {line}: another name is recorded" for line in self.name_differs)
        yield from self._stopped()

    def _at(self, person: str) -> str:
        every = self.lines_of.get(person, ())
        return f"line{'s' if len(every) > 1 else ''} {', '.join(map(str, every))}"

    def _stopped(self) -> Iterator[str]:
        alike: dict[tuple[date, date | None], list[StoppedPay]] = {}
        for each in self.gone_from_file.values():
            alike.setdefault((each.paid_to, each.first_payment), []).append(each)
        for stopped in alike.values():
            first = stopped[0]
            yield f"deduction stopped: {len(stopped):,}"
            yield told("  unpaid from", first.unpaid_from)
            yield told("  four weeks from", first.four_weeks_from)
            yield told("  thirteen weeks from", first.thirteen_weeks_from)
            yield told("  counts as arrears", first.gap_is_arrears)
            yield told("  membership ended", first.membership_ended)


def _grouped(reasons: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person, reason in reasons.items():
        found.setdefault(reason, []).append(person)
    return found


@checked
def check_off(
    rulebook: Rulebook,
    union: Union,
    lines: Sequence[Deduction],
    *,
    employer: str,
    month: date,
    on: date | None = None,
    use_remembered: bool = False,
) -> CheckOff:
    """Answer what an employer's file of deductions says beside the register.

    A line is matched by the payroll number with that employer. Only where nobody there has it, a
    name and a number that both agree with another employer's record say so.

    Args:
        rulebook: the rules; what is due follows from the union's own bands.
        union: the union.
        lines: the file, as ``read_deductions`` gives it.
        employer: the employer's key.
        month: any day of the month for which it was deducted.
        on: the day of the question, for the days that run; default: the last of the month.
        use_remembered: whether an amount counts that rests on a table which was only remembered.

    Raises:
        BadFacts: when the records are not kept up to the end of the month.
        UnknownName: when no record knows the employer.
    """
    if not union.knows(Employer, employer):
        raise union.unknown(Employer, employer)
    first = month.replace(day=1)
    last = shifted(Duration(1, TimeUnit.MONTHS).after(first), -1)
    now = union.on(last)
    if union.kept_until is not None and union.kept_until < first:
        said = f"a month that has begun by {union.kept_until.isoformat()}"
        raise BadFacts((Problem("month", said),))
    return _Matching(
        rulebook, now, tuple(lines), employer, first, on or last, use_remembered
    ).made()


@frozen(slots=False, repr=False)
class _Matching:
    """Puts a file beside a register."""

    rulebook: Rulebook
    now: Snapshot
    lines: tuple[Deduction, ...]
    employer: str
    first: date
    on: date
    use_remembered: bool

    def made(self) -> CheckOff:
        by_person: dict[str, list[Deduction]] = {}
        other: dict[str, str] = {}
        unmatched: list[Deduction] = []
        for line in self.lines:
            person = self._here(line)
            if person is None and (found := self._elsewhere(line)) is not None:
                person, other[found[0]] = found
            if person is None:
                unmatched.append(line)
            else:
                by_person.setdefault(person, []).append(line)
        twice = [person for person, lines in by_person.items() if len(lines) > 1]
        left = {person: lines[0] for person, lines in by_person.items() if len(lines) == 1}
        other = {person: key for person, key in other.items() if person in left}
        strangers = [key for key in left if key not in other and key not in self.members]
        for person in (*other, *strangers):
            del left[person]
        pays = [key for key in left if key in self.methods and not self._by_pay_here(key)]
        for person in pays:
            del left[person]
        matched, wrong, unknown = self._amounts(left)
        gone = self._gone(by_person)
        new = [person for person in left if person not in self.methods]
        return CheckOff(
            employer=self.employer,
            month=self.first.isoformat()[:7],
            lines=len(self.lines),
            file_total=sum((line.amount for line in self.lines), Decimal("0.00")),
            matched=tuple(matched),
            wrong_amount=wrong,
            amount_unknown=unknown,
            gone_from_file=gone,
            pays_twice=tuple(pays),
            other_employer=other,
            not_a_member=tuple(strangers),
            no_match=tuple(self._no_match(unmatched, gone)),
            duplicate_line=tuple(twice),
            new=tuple(new),
            name_differs=tuple(self._other_names(by_person)),
            lines_of={key: tuple(each.line for each in rows) for key, rows in by_person.items()},
            proposed=tuple(self._proposed(new, left, gone)),
        )

    # -- what is recorded ------------------------------------------------------------------------

    @cached_property
    def members(self) -> frozenset[str]:
        own = ("", self.now.union.key)
        rows = self.now.rows(Membership, "status", "current")
        return frozenset(row.person for row in rows if row.union in own)

    @cached_property
    def methods(self) -> dict[str, PaymentMethod]:
        return {row.person: row for row in self.now.every(PaymentMethod)}

    @cached_property
    def names(self) -> dict[str, str]:
        return {row.key: _letters(row.name) for row in self.now.every(Person)}

    @cached_property
    def numbers(self) -> tuple[dict[str, dict[str, str]], dict[str, list[Job]]]:
        """The numbers of the employer, each with its people; and those of the other employers."""
        here: dict[str, dict[str, str]] = {}
        elsewhere: dict[str, list[Job]] = {}
        rows = [row for row in self.now.union.every(Job) if row.payroll and self._begun(row)]
        # Who still has the job comes last, and so before whoever had the number earlier.
        for row in sorted(rows, key=lambda row: row.holds(self.now.day)):
            number = payroll_number(row.payroll)
            if row.employer != self.employer:
                elsewhere.setdefault(number, []).append(row)
                continue
            people = here.setdefault(number, {})
            if row.holds(self.now.day):
                gone = [key for key in people if not self._works_here(key)]
                for key in gone:
                    del people[key]
            people[row.person] = row.payroll
        return here, elsewhere

    def _begun(self, job: Job) -> bool:
        return job.start <= self.now.day

    @cached_property
    def staff(self) -> frozenset[str]:
        return frozenset(row.person for row in self.now.rows(Job, "employer", self.employer))

    def _works_here(self, person: str) -> bool:
        return person in self.staff

    def _here(self, line: Deduction) -> str | None:
        """Return who has the number with the employer; None for nobody, or for several."""
        people = self.numbers[0].get(payroll_number(line.payroll), {})
        exactly = [key for key, written in people.items() if written == line.payroll]
        if len(exactly) == 1:
            return exactly[0]
        return next(iter(people)) if len(people) == 1 else None

    def _elsewhere(self, line: Deduction) -> tuple[str, str] | None:
        """Return whose number and name another employer's record has, and that employer."""
        jobs = self.numbers[1].get(payroll_number(line.payroll), [])
        name = _letters(line.name)
        found = {
            (job.person, job.employer)
            for job in jobs
            if name and self.names.get(job.person) == name
        }
        return next(iter(found)) if len(found) == 1 else None

    def _by_pay_here(self, person: str) -> bool:
        row = self.methods[person]
        return row.method == _BY_PAY and row.employer in ("", self.employer)

    # -- what is owed ----------------------------------------------------------------------------

    def _amounts(
        self, left: Mapping[str, Deduction]
    ) -> tuple[list[str], dict[str, WrongAmount], dict[str, str]]:
        rules, day = self.rulebook.rules, self.now.day
        condition = member_condition(self.rulebook, self.now.union, f"{_DUE} >= money('0.00')")
        reads = compile_condition(rules, condition, on=day).reads
        # Only what the rules read, so that those who are alike are decided once.
        rows = [member_facts(self.rulebook, self.now, person, only=reads) for person in left]
        answers = [found[_DUE] for found in ask_many(self.rulebook, rows, _DUE, on=day)]
        doubted = {id(due): self._doubted(due) for due in {id(x): x for x in answers}.values()}
        matched: list[str] = []
        wrong: dict[str, WrongAmount] = {}
        unknown: dict[str, str] = {}
        for (person, line), due in zip(left.items(), answers, strict=True):
            if not due.known:
                unknown[person] = due.reason
            elif doubted[id(due)]:
                unknown[person] = "the table of the month was not seen, and only remembered"
            elif due.value == line.amount:
                matched.append(person)
            else:
                wrong[person] = WrongAmount(line.amount, due.value)
        return matched, wrong, unknown

    def _doubted(self, due: Answer[Decimal]) -> bool:
        """Say whether an amount rests on what was only remembered, and may not be used."""
        return due.known and not self.use_remembered and any(each.doubt for each in due.citations)

    # -- who is missing --------------------------------------------------------------------------

    def _gone(self, found: Mapping[str, object]) -> dict[str, StoppedPay]:
        gone: dict[str, StoppedPay] = {}
        arrears = {row.person: row for row in self.now.every(Arrears)}
        alike: dict[tuple[date, date | None], StoppedPay] = {}
        for person, method in self.methods.items():
            if person in found or person not in self.members or method.method != _BY_PAY:
                continue
            if method.employer != self.employer and (method.employer or person not in self.staff):
                continue
            since = arrears[person].start if person in arrears else max(self.first, method.start)
            later = self._agreed(person)
            at = (shifted(since, -1), later)
            if at not in alike:
                alike[at] = stopped_pay(
                    self.rulebook,
                    paid_to=at[0],
                    on=self.on,
                    mandate_signed=later is not None,
                    first_payment=later,
                )
            gone[person] = alike[at]
        return gone

    def _agreed(self, person: str) -> date | None:
        """Return the first day of another way of paying that was authorised already."""
        rows = self.now.union.rows(PaymentMethod, "person", person)
        days = [
            row.start
            for row in rows
            if row.start > self.now.day and row.authorised is not None and row.authorised <= self.on
        ]
        return min(days, default=None)

    def _no_match(
        self, lines: Iterable[Deduction], gone: Mapping[str, object]
    ) -> Iterator[NoMatch]:
        missing = [
            written
            for people in self.numbers[0].values()
            for person, written in people.items()
            if person in gone
        ]
        for line in lines:
            # Where very many are missing, the nearest says nothing.
            near = nearest(line.payroll, missing) if len(missing) <= _FEW else None
            yield NoMatch(line.line, line.payroll, near)

    def _other_names(self, found: Mapping[str, Sequence[Deduction]]) -> Iterator[int]:
        for person, lines in found.items():
            recorded = self.names.get(person)
            for line in lines:
                if line.name and recorded and _letters(line.name) != recorded:
                    yield line.line

    # -- what could be entered -------------------------------------------------------------------

    def _proposed(
        self,
        new: Iterable[str],
        paid: Mapping[str, object],
        gone: Mapping[str, StoppedPay],
    ) -> Iterator[Record]:
        for person in new:
            yield PaymentMethod(
                person=person,
                method=_BY_PAY,
                employer=self.employer,
                start=self.first,
                recorded=self.on,
            )
        late = {row.person: row for row in self.now.every(Arrears)}
        for person in paid:
            if person in late and late[person].start < self.first:
                yield attrs.evolve(late[person], end=self.first, recorded=self.on)
        for person, stopped in gone.items():
            method = self.methods[person]
            since = shifted(stopped.paid_to, 1)
            if method.start < since:
                yield attrs.evolve(method, end=since, recorded=self.on)
            else:
                yield attrs.evolve(method, struck=True, recorded=self.on)
            owes = stopped.gap_is_arrears
            if owes.known and owes.value and person not in late:
                yield Arrears(person=person, start=since, recorded=self.on)


_FEW = 500


def _letters(name: str) -> str:
    """Return a name for comparing: its letters, small."""
    return "".join(each for each in name.casefold() if each.isalnum())
