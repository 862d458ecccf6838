"""Workplace maps: how many members there are of the workforce, where, and where most are missing.

The counts are for the union's own work: by workplace they may be small, and are not for
publication. Shares are exact; ``percent`` rounds them for people.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from unioncore.answers.organising.representatives import CONTACT, kinds_of_representative
from unioncore.answers.together import Answers
from unioncore.checked import check_counts, checked
from unioncore.errors import BadFacts, Problem
from unioncore.model import (
    Employer,
    Job,
    Organises,
    Snapshot,
    Unit,
    Workforce,
    Workplace,
)
from unioncore.numbers import half_up
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date
from unioncore.shown import Shown

__all__ = [
    "Density",
    "Headcount",
    "MappedPlace",
    "WorkplaceMap",
    "density",
    "density_of",
    "percent",
]


@checked
def percent(share: Fraction | None, places: int = 1) -> Decimal | None:
    """Return a share as a percentage, half up; None where it is not known."""
    return None if share is None else half_up(share * 100, places)


# -- of counts -------------------------------------------------------------------------------------


@frozen
class Headcount(Shown, shows="members workforce"):
    """The members and the workforce of an employer or a workplace, of one day and one group.

    Raises:
        BadFacts: when a number is no count, or there are more members than people: then the counts
            are of different days or groups, or people have several jobs.
    """

    of: str
    """Which employer or workplace."""
    members: int
    workforce: int | None = None
    """Everybody who could be a member; None where it is not known, which is common."""

    def __attrs_post_init__(self) -> None:
        check_counts({"members": self.members, "workforce": self.workforce}, f"{self.of}.")
        if self.workforce is not None and self.workforce < self.members:
            said = f"as many as there are members or more, {self.members}"
            raise BadFacts((Problem(f"{self.of}.workforce", said),))

    @property
    def density(self) -> Fraction | None:
        """Members, of the workforce."""
        return Fraction(self.members, self.workforce) if self.workforce else None

    @property
    def outside(self) -> int | None:
        """How many are not members."""
        return None if self.workforce is None else self.workforce - self.members


@frozen
class Density(Answers, shows="by_place whole majority"):
    """Members, of the workforce: by employer or workplace, and of all together."""

    by_place: Mapping[str, Fraction | None]
    whole: Fraction | None
    """None where one workforce is not known, or nobody works there."""
    majority: bool | None
    """Whether more than half of all are members; half is no majority."""
    most_to_organise: tuple[str, ...]
    """Those with the most people who are not members; more than one where they are equal, none
    where a workforce is not known."""


@checked
def density(places: Iterable[Headcount]) -> Density:
    """Return the density of several employers or workplaces, and of all together.

    Raises:
        BadFacts: when one stands twice.
    """
    every = tuple(places)
    names = [each.of for each in every]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadFacts(tuple(Problem(name, "each place once") for name in twice))
    workforce = [each.workforce for each in every if each.workforce is not None]
    whole = sum(workforce) if len(workforce) == len(every) else 0
    share = Fraction(sum(each.members for each in every), whole) if whole else None
    outside = {each.of: each.outside for each in every if each.outside is not None}
    most = max(outside.values(), default=0)
    known = len(outside) == len(every)
    return Density(
        by_place={each.of: each.density for each in every},
        whole=share,
        majority=_majority(share),
        most_to_organise=tuple(key for key, n in outside.items() if known and n == most > 0),
    )


def _majority(share: Fraction | None) -> bool | None:
    return None if share is None else share > Fraction(1, 2)


# -- of a union's records --------------------------------------------------------------------------


@frozen
class MappedPlace(Answers, shows="members workforce density"):
    """A workplace, or an employer with all its workplaces, on a map."""

    name: str
    employer: str
    workplace: str
    """Empty for a whole employer, and for members whose workplace is not recorded."""
    members: int
    contacts: int | None
    """Members who are contacts there; None where no rule says which offices make one."""
    representatives: int | None
    """Representatives who work there, in the same way."""
    workforce: int | None
    """None where it is not recorded, or cannot be right; ``note`` says why."""
    counted_on: date | None
    """The day of the count."""
    stale: bool
    """Whether the count is older than was asked for."""
    density: Fraction | None
    majority: bool | None
    gap: int | None
    """How many are not members."""
    note: str = ""

    @property
    def members_per_representative(self) -> Fraction | None:
        """None where there is no representative, or that is not known."""
        return Fraction(self.members, self.representatives) if self.representatives else None

    @property
    def lacks_representative(self) -> bool:
        """Whether there are members, and surely no representative."""
        return bool(self.members) and self.representatives == 0


@frozen
class WorkplaceMap(Answers, shows="of on members density"):
    """The workplaces of a unit or an employer on a day, those with most to organise first."""

    of: str
    on: date
    members: int
    not_at_work: int
    """Members without a job in the records, such as retired members: they are no part of any
    density. Those at work, place by place, and these are all members."""
    density: Fraction | None
    """None where the workforce of one employer is not known."""
    majority: bool | None
    employers: tuple[MappedPlace, ...]
    workplaces: tuple[MappedPlace, ...]
    """Those with the largest gap first; where it is not known, last."""
    warnings: tuple[str, ...] = ()

    @property
    def without_representative(self) -> tuple[MappedPlace, ...]:
        """The workplaces with members and no representative."""
        return tuple(each for each in self.workplaces if each.lacks_representative)

    def to_text(self) -> str:
        """Return it as a table with bars."""
        share = _shown(self.density)
        lines = [
            f"{self.of}: {self.members:,} members, {self.not_at_work:,} of them not at work; "
            f"density {share}",
            "",
            *_table(self.employers, "employer"),
            "",
            *_table(self.workplaces, "workplace"),
        ]
        lacking = self.without_representative
        if lacking:
            lines += ["", "members and no representative:", *(f"  {e.name}" for e in lacking)]
        notes = [f"{each.name}: {each.note}" for each in self.workplaces if each.note]
        lines += ["", *dict.fromkeys((*notes, *self.warnings))] if notes or self.warnings else []
        return "\n".join(lines)


_BAR = 20


def _shown(share: Fraction | None) -> str:
    return "not known" if share is None else f"{percent(share)} %"


def _table(places: Iterable[MappedPlace], what: str) -> Iterator[str]:
    rows = [
        (
            each.name,
            f"{each.members:,}",
            "-" if each.workforce is None else f"{each.workforce:,}",
            "-" if each.counted_on is None else each.counted_on.isoformat(),
            "-" if each.representatives is None else f"{each.representatives:,}",
            "" if each.density is None else "#" * round(_BAR * each.density),
            _shown(each.density),
        )
        for each in places
    ]
    head = (what, "members", "staff", "counted on", "reps", "", "density")
    wide = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head) - 1)]
    for row in (head, *rows):
        name, members, staff, day, reps, bar, share = row
        yield (
            f"  {name:<{wide[0]}}  {members:>{wide[1]}}  {staff:>{wide[2]}}  {day:<{wide[3]}}  "
            f"{reps:>{wide[4]}}  {bar:<{wide[5]}}  {share}"
        ).rstrip()


_Key = tuple[str, str]
"""An employer and a workplace; an empty workplace is one that is not recorded."""


@checked
def density_of(
    rulebook: Rulebook, now: Snapshot, of: str, *, stale_after: int = 365
) -> WorkplaceMap:
    """Answer where the members of a unit or an employer work, beside the workforce there.

    Members are counted from the records, each once, at their main job. The workforce is the latest
    count of the day or before; that of an employer is the count of the employer, or else the sum of
    its workplaces. Where there are more members than staff, the count is not used, and that is
    noted: the two are of different days or groups, or people have several jobs.

    Args:
        rulebook: the rules, which say which offices make a representative.
        now: the union on the day of the question.
        of: the key of a branch, a region or another unit that has branches, or of an employer.
        stale_after: after how many days a count is told as old; a choice, and no rule.

    Raises:
        UnknownName: when no record knows such a unit or employer.
    """
    return _Map(rulebook, now, of, stale_after).drawn()


@frozen(repr=False)
class _Map:
    """Gathers the counts of a map."""

    rulebook: Rulebook
    now: Snapshot
    of: str
    stale_after: int
    groups: dict[_Key, set[str]] = field(factory=dict)
    """The groups of staff that are organised at each place; an empty one stands for all."""
    at: Counter[_Key] = field(factory=Counter)
    warnings: list[str] = field(factory=list)

    def drawn(self) -> WorkplaceMap:
        now = self.now
        unit = now.union.knows(Unit, self.of)
        if not unit and not now.union.knows(Employer, self.of):
            raise now.union.unknown(Unit, self.of)
        if unit:
            members = now.members(self.of)
            organises = [
                row
                for branch in now.with_descendants(self.of)
                for row in now.rows(Organises, "branch", branch)
            ]
            for row in organises:
                self._organised(row)
            whole = {row.employer for row in organises}
            part = {row.employer for row in organises if row.workplace}
        else:
            at_employer = {row.person for row in now.rows(Job, "employer", self.of)}
            members = tuple(key for key in sorted(at_employer) if now.branch_of(key))
            self._organised(Organises(branch="", employer=self.of))
            whole, part = {self.of}, set()
        for person in members:
            if (key := self._works_at(person)) is not None:
                self.at[key] += 1
                self.groups.setdefault(key, {""})
        representatives, contacts = self._activists(members)
        workplaces = [
            self._place(key, self._counted(*key), representatives, contacts) for key in self.groups
        ]
        by_employer: dict[str, list[MappedPlace]] = {}
        for place in workplaces:
            by_employer.setdefault(place.employer, []).append(place)
        employers = [
            self._employer(key, places, whole=key in whole - part)
            for key, places in by_employer.items()
        ]
        found = density(
            Headcount(each.employer, each.members, each.workforce) for each in employers
        )
        return WorkplaceMap(
            of=self.of,
            on=now.day,
            members=len(members),
            not_at_work=len(members) - sum(self.at.values()),
            density=found.whole,
            majority=found.majority,
            employers=tuple(sorted(employers, key=_by_gap)),
            workplaces=tuple(sorted(workplaces, key=_by_gap)),
            warnings=tuple(dict.fromkeys((*now.warnings, *self.warnings))),
        )

    def _organised(self, row: Organises) -> None:
        """Note the places that a row about who organises whom covers."""
        keys = [row.workplace] if row.workplace else self._workplaces(row.employer)
        for key in keys or [""]:
            self.groups.setdefault((row.employer, key), set()).add(row.job_group)

    def _workplaces(self, employer: str) -> list[str]:
        return sorted({row.key for row in self.now.rows(Workplace, "employer", employer)})

    def _works_at(self, person: str) -> _Key | None:
        jobs = self.now.jobs(person)
        if self.now.union.knows(Unit, self.of):
            return (jobs[0].employer, jobs[0].workplace) if jobs else None
        return next((self.of, job.workplace) for job in jobs if job.employer == self.of)

    def _activists(
        self, members: Iterable[str]
    ) -> tuple[Mapping[_Key, int] | None, Mapping[_Key, int] | None]:
        """Count representatives and contacts by place; None where no rule tells who is one."""
        kinds = kinds_of_representative(self.rulebook, self.now.day)
        if not kinds:
            return None, None
        representatives, contacts = Counter[_Key](), Counter[_Key]()
        for person in members:
            roles = {office.role for office in self.now.held(person)}
            held = {kinds[role] for role in roles if role in kinds}
            key = self._works_at(person) if held else None
            if key is not None:
                (representatives if held - {CONTACT} else contacts)[key] += 1
        return representatives, contacts

    def _counted(self, employer: str, workplace: str) -> list[Workforce] | None:
        """Return the latest count of each group at a place; None where one is missing."""
        if not workplace:
            return None
        return self._latest(employer, workplace, self.groups[employer, workplace])

    def _latest(
        self, employer: str, workplace: str, groups: Iterable[str]
    ) -> list[Workforce] | None:
        wanted = {""} if "" in groups else set(groups)
        latest: dict[str, Workforce] = {}
        for row in self.now.rows(Workforce, "employer", employer):
            if row.workplace == workplace and row.group in wanted and not row.category:
                held = latest.get(row.group)
                latest[row.group] = row if held is None or row.day > held.day else held
        return list(latest.values()) if latest.keys() == wanted else None

    def _place(
        self,
        key: _Key,
        counts: list[Workforce] | None,
        representatives: Mapping[_Key, int] | None,
        contacts: Mapping[_Key, int] | None,
    ) -> MappedPlace:
        employer, workplace = key
        found = self.now.workplace(workplace) if workplace else None
        name = found.name if found is not None else f"{self._name(employer)}, place not recorded"
        return self._made(
            name,
            key,
            self.at[key],
            None if representatives is None else representatives.get(key, 0),
            None if contacts is None else contacts.get(key, 0),
            None if counts is None else sum(row.staff for row in counts),
            None if counts is None else min(row.day for row in counts),
        )

    def _name(self, employer: str) -> str:
        found = self.now.employer(employer)
        return employer if found is None else found.name

    def _employer(self, key: str, places: list[MappedPlace], *, whole: bool) -> MappedPlace:
        """Add up an employer's places; its own count, of all its staff, comes first."""
        groups = set().union(*(self.groups[key, each.workplace] for each in places))
        counts = self._latest(key, "", groups) if whole else None
        if counts is not None:
            staff: int | None = sum(row.staff for row in counts)
            day: date | None = min(row.day for row in counts)
        else:
            # Members whose workplace is not recorded are among the staff of one of the others.
            told = [each for each in places if each.workplace]
            known = [each.workforce for each in told if each.workforce is not None]
            staff = sum(known) if known and len(known) == len(told) else None
            days = [each.counted_on for each in told if each.counted_on is not None]
            day = min(days) if staff is not None else None
        return self._made(
            self._name(key),
            (key, ""),
            sum(each.members for each in places),
            _sum(each.representatives for each in places),
            _sum(each.contacts for each in places),
            staff,
            day,
            warn=counts is not None,
        )

    def _made(
        self,
        name: str,
        key: _Key,
        members: int,
        representatives: int | None,
        contacts: int | None,
        staff: int | None,
        day: date | None,
        *,
        warn: bool = True,
    ) -> MappedPlace:
        note = ""
        if staff is not None and staff < members:
            note = (
                f"{members:,} members and {staff:,} staff on {long_date(day or self.now.day)}: "
                "different days or groups, or several jobs"
            )
            staff = None
        stale = day is not None and self.now.day - day > timedelta(self.stale_after)
        if stale and day is not None and warn:
            self.warnings.append(f"{name}: the workforce was counted on {long_date(day)}")
        count = Headcount(name, members, staff)
        return MappedPlace(
            name=name,
            employer=key[0],
            workplace=key[1],
            members=members,
            contacts=contacts,
            representatives=representatives,
            workforce=staff,
            counted_on=day,
            stale=stale,
            density=count.density,
            majority=_majority(count.density),
            gap=count.outside,
            note=note,
        )


def _sum(counts: Iterable[int | None]) -> int | None:
    every = list(counts)
    known = [each for each in every if each is not None]
    return sum(known) if len(known) == len(every) else None


def _by_gap(place: MappedPlace) -> tuple[bool, int, str]:
    return place.gap is None, -(place.gap or 0), place.name
