"""A branch before its yearly assessment: indicators from its own records.

The assessment is no test and no league table: nothing here ranks one branch against another. The
list of indicators is ours; the union's own was not found.
"""

from datetime import date
from fractions import Fraction

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.committee import committee_representative
from unioncore.answers.organising.density import density_of, percent
from unioncore.answers.organising.representatives import (
    CONTACT,
    Representative,
    is_yes,
    kinds_of_representative,
    representatives_of,
)
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.legal import Duration, TimeUnit
from unioncore.model import (
    Agreement,
    AgreementParty,
    Event,
    Holding,
    OfficeRole,
    Organises,
    Snapshot,
    Unit,
)
from unioncore.numbers import half_up
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date

__all__ = ["Assessment", "Indicator", "assess"]

_IN_TIME = "annual_meeting.in_time"
_MEETING = "annual-meeting"
_YEAR = Duration(1, TimeUnit.YEARS)


@frozen
class Indicator(Answers, shows="rows"):
    """One thing that the records say about a branch."""

    key: str
    name: str
    value: str | None
    """The value in words; None where it is not recorded."""
    rows: int
    """How many rows of the records it was counted from."""
    why: str = ""
    """What is missing, or what else is to be said."""

    def to_text(self) -> str:
        """Return it as a line."""
        said = "not recorded" if self.value is None else self.value
        counted = f" (from {self.rows} row{'s' * (self.rows > 1)})" if self.rows else ""
        return f"{self.name}: {said}{counted}" + (f"; {self.why}" if self.why else "")


@frozen
class Assessment(Answers, shows="on"):
    """The indicators of a branch on a day, in no order of merit."""

    branch: str
    on: date
    indicators: tuple[Indicator, ...]
    represents_all: Answer[bool]
    """Whether the committee represents the members of every employer."""

    def to_text(self) -> str:
        """Return one line for each indicator."""
        lines = [f"{self.branch}: before its assessment, which is no test and no league table"]
        lines += [f"  {each.to_text()}" for each in self.indicators]
        found = self.represents_all
        said = found.because[0].text if found.known and found.because else found.reason
        lines.append(f"  the committee: {said}")
        return "\n".join(lines)


@checked
def assess(rulebook: Rulebook, now: Snapshot, branch: str) -> Assessment:
    """Answer how a branch stands by its records, indicator by indicator.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        branch: the branch's key.

    Raises:
        UnknownName: when no record knows the branch.
    """
    if not now.union.knows(Unit, branch):
        raise now.union.unknown(Unit, branch)
    return _Assessing(rulebook, now, branch).assessed()


@frozen(repr=False)
class _Assessing:
    rulebook: Rulebook
    now: Snapshot
    branch: str
    found: list[Indicator] = field(factory=list)

    def assessed(self) -> Assessment:
        members = self.now.members(self.branch)
        every = representatives_of(self.rulebook, self.now, self.branch)
        reps = [each for each in every if each.kind != CONTACT]
        self._density()
        self._representatives(len(members), reps)
        self._contacts()
        self._agreements()
        self._core_posts()
        self._annual_meeting()
        return Assessment(self.branch, self.now.day, tuple(self.found), self._committee())

    def _add(self, key: str, name: str, value: str | None, rows: int, why: str = "") -> None:
        self.found.append(Indicator(key, name, value, rows, why))

    def _density(self) -> None:
        drawn = density_of(self.rulebook, self.now, self.branch)
        unknown = [each.name for each in drawn.employers if each.density is None]
        share = percent(drawn.density)
        self._add("members", "members", f"{drawn.members:,}", drawn.members)
        self._add(
            "density",
            "density",
            None if share is None else f"{share} %",
            len(drawn.workplaces),
            f"workforce not known of {', '.join(unknown)}" if unknown else "",
        )
        without = drawn.without_representative
        told = any(each.representatives is not None for each in drawn.workplaces)
        self._add(
            "workplaces-without-representative",
            "workplaces with members and no representative",
            f"{len(without)}" if told else None,
            len(drawn.workplaces),
        )

    def _representatives(self, members: int, reps: list[Representative]) -> None:
        if not kinds_of_representative(self.rulebook, self.now.day):
            why = "no rule says which offices make a representative"
            self._add("members-per-representative", "members per representative", None, 0, why)
            return
        people = {each.person for each in reps}
        ratio = half_up(Fraction(members, len(people)), 1) if people else None
        self._add(
            "members-per-representative",
            "members per representative",
            "no representative" if ratio is None else f"{ratio}",
            len(reps),
        )
        officials = [each for each in reps if each.kind == "official"]
        certified = sum(is_yes(each.standing.may_take_casework) for each in officials)
        share = percent(Fraction(certified, len(officials))) if officials else None
        self._add(
            "certified",
            "stewards with a certificate in date",
            "no steward" if share is None else f"{certified} of {len(officials)}, {share} %",
            len(officials),
        )
        for kind in ("safety", "learning", "equality"):
            mine = sum(each.kind == kind for each in reps)
            self._add(kind, f"{kind} representatives", f"{mine}", mine)
        for what in ("employer not told", "introductory course overdue"):
            self._add(
                what.replace(" ", "-"),
                what,
                f"{sum(what in each.lacks for each in reps)}",
                len(reps),
            )
        newest = max((each.since for each in reps), default=None)
        self._add(
            "newest-representative",
            "newest representative",
            None if newest is None else f"since {long_date(newest)}",
            len(reps),
        )

    def _contacts(self) -> None:
        """Count the contacts of the year before who have become representatives since."""
        kinds = kinds_of_representative(self.rulebook, self.now.day)
        year = _YEAR.before(self.now.day)
        roles = {office.key: office.role for office in self.now.offices(self.branch)}
        began: dict[str, date] = {}
        became: set[str] = set()
        rows = [
            row
            for key in roles
            for row in self.now.union.rows(Holding, "office", key, known_on=self.now.known_on)
            if row.start <= self.now.day
        ]
        for row in rows:
            if kinds.get(roles[row.office]) == CONTACT and row.start > year:
                began[row.person] = min(row.start, began.get(row.person, row.start))
        for row in rows:
            kind = kinds.get(roles[row.office])
            is_one = kind not in (None, CONTACT)
            if is_one and row.person in began and row.start >= began[row.person]:
                became.add(row.person)
        self._add(
            "contacts-become-representatives",
            "contacts of the last year who became representatives",
            f"{len(became)} of {len(began)}" if began else "none began then",
            len(began),
        )

    def _agreements(self) -> None:
        """Count the employers with whom an agreement of a kind is recorded."""
        employers = {row.employer for row in self.now.rows(Organises, "branch", self.branch)}
        for kind in ("recognition", "facility-time"):
            keys = {row.key for row in self.now.rows(Agreement, "kind", kind)}
            parties = [
                row
                for key in keys
                for row in self.now.rows(AgreementParty, "agreement", key)
                if row.employer in employers
            ]
            said = f"{len({row.employer for row in parties})} of {len(employers)}"
            name = f"employers with an agreement on {kind.replace('-', ' ')} in the records"
            self._add(kind, name, said if employers else None, len(parties))

    def _core_posts(self) -> None:
        core = {key for key, role in self.rulebook.named(OfficeRole).items() if role.core}
        offices = [each for each in self.now.offices(self.branch) if each.role in core]
        missing = core - {each.role for each in offices}
        vacant = [each for each in offices if not self.now.holders(each.key)]
        self._add(
            "core-posts-vacant",
            "core posts vacant",
            f"{len(vacant)} of {len(core)}" if core and not missing else None,
            len(offices),
            f"{len(missing)} core posts are not in the records" if missing else "",
        )

    def _annual_meeting(self) -> None:
        year = str(self.now.day.year)
        held = [
            row.day
            for row in self.now.rows(Event, "unit", self.branch)
            if row.what == _MEETING and row.edition == year and row.day <= self.now.day
        ]
        name = f"annual meeting of {year}"
        if not held:
            self._add(_MEETING, name, None, 0)
            return
        facts = {"annual_meeting.held": held[0]}
        answer = ask(self.rulebook, facts, _IN_TIME, on=self.now.day)[_IN_TIME]
        why = ("in time" if answer.value else "outside its time") if answer.known else answer.reason
        self._add(_MEETING, name, f"held on {long_date(held[0])}", len(held), why)

    def _committee(self) -> Answer[bool]:
        core = {key for key, role in self.rulebook.named(OfficeRole).items() if role.core}
        officers: dict[str, str | None] = {}
        for office in self.now.offices(self.branch):
            if office.role in core:
                for person in self.now.holders(office.key):
                    jobs = self.now.jobs(person)
                    officers[f"{office.key} {person}"] = jobs[0].employer if jobs else None
        employers = {row.employer for row in self.now.rows(Organises, "branch", self.branch)}
        told = {each for each in officers.values() if each is not None}
        return committee_representative(
            self.rulebook, officers, sorted(employers | told), on=self.now.day
        )
