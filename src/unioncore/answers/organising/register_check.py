"""What in a register of members is surely or perhaps wrong: where it stands, and the cure.

The law asks for a register that is accurate and up to date as far as is reasonably practicable
(Trade Union and Labour Relations (Consolidation) Act 1992, section 24). Which slips are looked for
is the library's own choice. A table that a union does not keep at all accuses nobody: the check is
told as not made.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.representatives import nation_of
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BeyondHorizon
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    EmployerSuccession,
    Holding,
    Job,
    JobCategory,
    MemberForm,
    Membership,
    OfficeRole,
    PaymentMethod,
    Person,
    Record,
    Snapshot,
    Unit,
    Workforce,
    Workplace,
    payroll_number,
)
from unioncore.records import Places
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date

__all__ = ["REGISTER_CODES", "RegisterCheck", "RegisterFinding", "check_register"]

REGISTER_CODES: Mapping[str, str] = {
    "possible-duplicate": "enter one person under one key; if they are two people, leave both",
    "employer-ended": "end the job, and enter the one with the employer that followed",
    "workplace-ended": "ask where the member works now, and enter the job there",
    "more-members-than-staff": "ask who has left or moved, and count the staff again",
    "workplace-not-recorded": "ask where the member works, and enter the workplace",
    "role-not-mapped": "enter which category the role belongs to",
    "no-address": "ask for an address for letters, and enter it",
    "arrears-without-payment-method": "ask how the member will pay, and enter it",
    "form-waiting": "enter what the form says, and the day of it in the form's row",
    "holder-not-a-member": "end the office, or correct the membership",
}
"""What is looked for, each with the cure."""

_BY_POST = "letter"


@frozen
class RegisterFinding(Answers, shows="code file line", inside="people"):
    """One thing that is surely or perhaps wrong in the register, with its place and its cure."""

    code: str
    """One of ``REGISTER_CODES``."""
    file: str
    """The file in which it stands; the name of the table where the records were not read."""
    line: int
    """The line, from 1; 0 where the records were not read from a file."""
    message: str
    cure: str
    people: tuple[str, ...] = field(repr=False)
    """The keys of those whom it is about, in order; they are not given out."""

    def to_text(self) -> str:
        """Return it as one line for people, without a name or a key."""
        at = f"{self.file}:{self.line}" if self.line else self.file
        return f"{at}: {self.code}: {self.message}; {self.cure}"


@frozen
class RegisterCheck(Answers, shows="on members findings"):
    """What was found in the register of members on a day."""

    on: date
    of: str
    """The unit or the employer whose members were looked at; empty: the whole union."""
    members: int
    """How many members were looked at."""
    findings: tuple[RegisterFinding, ...]
    """What was found, by the file and the line."""
    counts: Mapping[str, int]
    """By code, how many people it is about: what an assurer may be told without names."""
    not_checked: Mapping[str, str]
    """The codes that were not looked for, or not everywhere, each with the reason."""
    form_working_days: Answer[int]
    """Within how many working days a form is to be entered, by the union's own rules."""

    def people(self, code: str) -> tuple[str, ...]:
        """Return the keys of those whom a code is about, each once."""
        found = (each.people for each in self.findings if each.code == code)
        return tuple(dict.fromkeys(person for people in found for person in people))

    def counted(self) -> str:
        """Return the counts as lines, for an assurer's certificate."""
        whose = f" of {self.of}" if self.of else ""
        lines = [f"{long_date(self.on)}: {self.members:,} members{whose}"]
        lines += [f"  {code}: {count:,}" for code, count in self.counts.items()]
        if not self.counts:
            lines.append("  nothing found")
        lines += [f"not checked, {code}: {why}" for code, why in self.not_checked.items()]
        return "\n".join(lines)

    def to_text(self) -> str:
        """Return it as lines for people: each finding, then the counts."""
        return "\n".join([*(each.to_text() for each in self.findings), self.counted()])


@checked
def check_register(
    rulebook: Rulebook, now: Snapshot, *, of: str = "", places: Places | None = None
) -> RegisterCheck:
    """Answer what is surely or perhaps wrong in the register of members on a day.

    Args:
        rulebook: the rules; the union's own say how long a form may wait.
        now: the union on the day of the question.
        of: the key of a branch, of another unit with branches, or of an employer; empty: all.
        places: where each record stands, as ``Reading.places`` gives it.

    Raises:
        UnknownName: when no record knows such a unit or employer.
    """
    return _Lookout(rulebook, now, of, places or Places()).checked()


def _alike(name: str) -> str:
    """Return a name without accents, capital letters and blanks."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(each for each in letters.casefold() if each.isalnum())


def _why_not_posted(address: Address | None) -> str:
    """Say why letters do not reach a member as the law has it; empty where they do."""
    if address is None or address.state == "none":
        return "there is no address for letters"
    if address.state == "returned":
        return "what was sent by letter came back"
    if address.place == "work":
        return "letters go to work, and not home or where the member asked for in writing"
    return ""


@frozen(slots=False, repr=False)
class _Lookout:
    """Looks through a register of members."""

    rulebook: Rulebook
    now: Snapshot
    of: str
    places: Places
    found: list[RegisterFinding] = field(factory=list)
    not_checked: dict[str, str] = field(factory=dict)

    def checked(self) -> RegisterCheck:
        many = len(self.members)  # an unknown unit or employer is found out before all else
        asked = ask(self.rulebook, {}, "register.form_working_days", on=self.now.day)
        limit = asked["register.form_working_days"]
        for kept, codes, look in (
            (Person, ("possible-duplicate",), self._duplicates),
            (Employer, ("employer-ended",), self._employers),
            (Workplace, ("workplace-ended", "workplace-not-recorded"), self._workplaces),
            (Workforce, ("more-members-than-staff",), self._staff),
            (JobCategory, ("role-not-mapped",), self._roles),
            (Address, ("no-address",), self._addresses),
            (PaymentMethod, ("arrears-without-payment-method",), self._payments),
            (MemberForm, ("form-waiting",), lambda: self._forms(limit)),
            (Holding, ("holder-not-a-member",), self._offices),
        ):
            if self._keeps(kept):
                look()
            else:
                told = f"the table {kept.table} is not kept"
                self.not_checked.update(dict.fromkeys(codes, told))
        found = sorted(self.found, key=lambda each: (each.file, each.line, each.code))
        people: dict[str, set[str]] = {code: set() for code in REGISTER_CODES}
        nobody: Counter[str] = Counter()
        for each in found:
            people[each.code].update(each.people)
            nobody[each.code] += not each.people
        counts = {code: len(keys) + nobody[code] for code, keys in people.items()}
        return RegisterCheck(
            on=self.now.day,
            of=self.of,
            members=many,
            findings=tuple(found),
            counts={code: count for code, count in counts.items() if count},
            not_checked=self.not_checked,
            form_working_days=limit,
        )

    # -- what is looked at -----------------------------------------------------------------------

    @cached_property
    def everybody(self) -> frozenset[str]:
        """The current members of the union."""
        own = ("", self.now.union.key)
        rows = self.now.rows(Membership, "status", "current")
        return frozenset(row.person for row in rows if row.union in own)

    @cached_property
    def members(self) -> frozenset[str]:
        """The members who are looked at."""
        now = self.now
        if not self.of:
            return self.everybody
        if now.union.knows(Unit, self.of):
            return frozenset(now.members(self.of))
        if not now.union.knows(Employer, self.of):
            raise now.union.unknown(Unit, self.of)
        return self.everybody & {row.person for row in now.rows(Job, "employer", self.of)}

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that current members have; of one employer, where one is asked about."""
        at = self.of if self.of and not self.now.union.knows(Unit, self.of) else ""
        rows = self.now.rows(Job, "employer", at) if at else self.now.every(Job)
        return tuple(row for row in rows if row.person in self.everybody)

    @cached_property
    def looked_at(self) -> tuple[Job, ...]:
        """The jobs of the members who are looked at."""
        return tuple(row for row in self.jobs if row.person in self.members)

    def _keeps(self, kind: type[Record]) -> bool:
        rows = self.now.union.every(kind, known_on=self.now.known_on)
        return next(rows, None) is not None

    def _add(self, code: str, record: Record, message: str, people: Iterable[str]) -> None:
        row = self.places.of(record)
        file, line = (record.table, 0) if row is None else (row.file, row.line)
        keys = tuple(dict.fromkeys(people))
        self.found.append(RegisterFinding(code, file, line, message, REGISTER_CODES[code], keys))

    def _at(self, record: Record) -> str:
        row = self.places.of(record)
        return "another row" if row is None else f"line {row.line}"

    # -- people and their jobs -------------------------------------------------------------------

    def _duplicates(self) -> None:
        self._twice(
            (row for row in self.now.every(Person) if row.born and row.key in self.everybody),
            lambda row: (_alike(row.name), row.born),
            lambda row: row.key,
            "has the name and the day of birth of",
        )
        self._twice(
            (row for row in self.jobs if row.payroll),
            lambda row: (row.employer, payroll_number(row.payroll)),
            lambda row: row.person,
            "has the payroll number, with the same employer, of",
        )

    def _twice(
        self,
        rows: Iterable[Any],
        alike: Callable[[Any], Any],
        whose: Callable[[Any], str],
        said: str,
    ) -> None:
        first: dict[Any, Any] = {}
        for row in rows:
            other = first.setdefault(alike(row), row)
            pair = (whose(other), whose(row))
            if pair[0] != pair[1] and self.members.intersection(pair):
                self._add("possible-duplicate", row, f"{said} {self._at(other)}", pair)

    def _employers(self) -> None:
        there = {row.key for row in self.now.every(Employer)}
        for job in self.looked_at:
            if job.employer not in there:
                rows = self.now.rows(EmployerSuccession, "employer", job.employer)
                after = ", ".join(row.successor for row in rows if row.successor)
                said = f"the employer is not there any more{f'; {after} followed' if after else ''}"
                self._add("employer-ended", job, said, [job.person])

    def _workplaces(self) -> None:
        there = {row.key for row in self.now.every(Workplace)}
        for job in self.looked_at:
            if not job.workplace:
                said = "no workplace is recorded"
                self._add("workplace-not-recorded", job, said, [job.person])
            elif job.workplace not in there:
                said = "the workplace is not there any more"
                self._add("workplace-ended", job, said, [job.person])

    def _staff(self) -> None:
        """Compare the latest count of each place, group and category with the members there."""
        latest: dict[tuple[str, ...], Workforce] = {}
        for row in self.now.every(Workforce):
            place: tuple[str, ...] = (row.employer, row.workplace, row.group, row.category)
            if place not in latest or latest[place].day < row.day:
                latest[place] = row
        at: dict[tuple[str, ...], set[str]] = {}
        for job in self.jobs:
            parts = ({"", job.workplace}, {"", job.group}, {"", self._category(job)})
            for parted in product((job.employer,), *parts):
                at.setdefault(parted, set()).add(job.person)
        for place, row in latest.items():
            there = at.get(place, set())
            if len(there) > row.staff and (mine := sorted(there & self.members)):
                said = f"{len(there):,} members and {row.staff:,} staff on {long_date(row.day)}"
                self._add("more-members-than-staff", row, said, mine)

    def _category(self, job: Job) -> str:
        """Return the one category of a job; empty where there is none, or are several."""
        found = self.now.categories(job)
        return next(iter(found)) if len(found) == 1 else ""

    def _roles(self) -> None:
        """Look at the roles; an employer none of whose roles is mapped is not checked."""
        kept = {row.employer for row in self.now.every(JobCategory)}
        left: set[str] = set()
        for job in self.looked_at:
            if kept.isdisjoint({job.employer, ""}):
                left.add(job.employer)
            elif not self.now.categories(job):
                said = "no category is recorded for the role" if job.role else "no role is recorded"
                self._add("role-not-mapped", job, said, [job.person])
        if left:
            whose = f"{len(left):,} employers" if len(left) > 1 else next(iter(left))
            self.not_checked["role-not-mapped"] = f"no role of {whose} has a category"

    # -- members ---------------------------------------------------------------------------------

    def _addresses(self) -> None:
        posted = {row.person: row for row in self.now.rows(Address, "channel", _BY_POST)}
        rows = {row.key: row for row in self.now.every(Person)}
        for person in sorted(self.members):
            address = posted.get(person)
            record = address or rows.get(person)
            said = _why_not_posted(address)
            if said and record is not None:
                self._add("no-address", record, said, [person])

    def _payments(self) -> None:
        paying = {row.person for row in self.now.every(PaymentMethod)}
        for row in self.now.every(Arrears):
            if row.person in self.members and row.person not in paying:
                said = f"unpaid since {long_date(row.start)}, and no way of paying is recorded"
                self._add("arrears-without-payment-method", row, said, [row.person])

    def _forms(self, limit: Answer[int]) -> None:
        if not limit.known:
            self.not_checked["form-waiting"] = f"the union's own limit is not known: {limit.reason}"
            return
        for row in self.now.every(MemberForm):
            waits = row.entered is None or row.entered > self.now.day
            if waits and (row.person in self.members or not (row.person or self.of)):
                try:
                    due = max(self._due(row, limit.value))
                except BeyondHorizon as error:
                    self.not_checked["form-waiting"] = str(error)
                    continue
                if self.now.day > due:
                    said = (
                        f"received on {long_date(row.received)}, to be entered by {long_date(due)}"
                    )
                    people = [row.person] if row.person else []
                    self._add("form-waiting", row, said, people)

    def _due(self, form: MemberForm, days: int) -> Iterator[date]:
        """Give the last day to enter a form, by each calendar that may be the member's."""
        calendars = self.rulebook.calendars
        nation = nation_of(self.rulebook, self.now, form.person) if form.person else None
        for each in calendars.values() if nation is None else (calendars[nation],):
            yield each.add_working_days(form.received, days)

    def _offices(self) -> None:
        """Look at the offices that members hold; posts of the staff are none."""
        roles = self.rulebook.named(OfficeRole)
        units: Collection[str] = ()
        if self.of and self.now.union.knows(Unit, self.of):
            units = self.now.with_descendants(self.of)
        for row in self.now.every(Holding):
            office = self.now.office(row.office) if row.person not in self.everybody else None
            if office is None or (self.of and office.unit not in units):
                continue
            if not (office.role in roles and roles[office.role].staff):
                said = "the holder of the office is no current member"
                self._add("holder-not-a-member", row, said, [row.person])
