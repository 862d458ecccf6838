"""Facility time: what representatives took and were refused, beside what the agreement gives."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.density import percent
from unioncore.answers.organising.representatives import (
    CONTACT,
    kinds_of_representative,
    recognised_by,
)
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import shifted
from unioncore.model import Agreement, AgreementParty, Snapshot, TimeOff, TimeTaken
from unioncore.numbers import half_up
from unioncore.records import employer_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date

__all__ = ["FacilityTime", "RepTime", "facility_time_of"]

_RIGHT, _PUBLISH = "rep.paid_time_off", "facility_time.must_publish"


@frozen
class RepTime(Answers, shows="minutes refused"):
    """The facility time of one representative at one employer in a period."""

    person: str
    role: str
    employer: str
    right: Answer[bool]
    """Whether the law gives them paid time off for duties; it counts no hours."""
    minutes: Mapping[str, int]
    """What was taken, by what it was for."""
    agreed: int | None
    """The minutes that the agreement gives in the period; None where none is recorded, or the
    period is no whole number of its weeks, months or years."""
    used: int
    """The minutes taken under that agreement."""
    refused: int
    """The minutes that were asked for and refused."""

    @property
    def left(self) -> int | None:
        """The minutes of the agreement that are left; negative where more was taken."""
        return None if self.agreed is None else self.agreed - self.used


@frozen
class FacilityTime(Answers, shows="since until"):
    """The facility time of a unit's representatives in a period, both of whose ends are in it."""

    of: str
    since: date
    until: date
    representatives: tuple[RepTime, ...]
    minutes: Mapping[str, int]
    """What was taken, by what it was for."""
    paid_by: Mapping[str, int]
    """The same minutes by who paid for them."""
    covered: Mapping[str, int]
    """How often somebody did the work meanwhile: ``yes``, ``no`` or ``not recorded``."""
    refused: Mapping[str, int]
    """Times that were refused, by the reason."""
    cost: Decimal
    """Pounds that the employers paid, for the time that has a rate."""
    without_rate: int
    """The minutes that employers paid and that have no rate: their cost is not known."""
    activities: Fraction | None
    """Activities of the paid facility time, as public bodies published them; None without any."""
    publish: Mapping[str, Answer[bool]]
    """For each employer: whether it must publish the facility time of the period."""

    def to_text(self) -> str:
        """Return it as lines, and nobody's key."""
        lines = [
            f"{self.of}: facility time from {long_date(self.since)} to {long_date(self.until)}"
        ]
        for what, minutes in self.minutes.items():
            lines.append(f"  {what}: {_hours(minutes)}")
        told = "; ".join(f"{who} {_hours(minutes)}" for who, minutes in self.paid_by.items())
        lines.append(f"  paid by: {told or 'nobody'}")
        told = "; ".join(f"{what} {count}" for what, count in self.covered.items())
        lines.append(f"  cover arranged: {told or 'nothing is recorded'}")
        for why, count in self.refused.items():
            lines.append(
                f"  refused {count} times: {why}" if count > 1 else f"  refused once: {why}"
            )
        without = f"; {_hours(self.without_rate)} have no rate" if self.without_rate else ""
        lines.append(f"  cost to employers: {self.cost:,} pounds{without}")
        share = percent(self.activities, 2)
        lines.append(f"  activities, of paid time: {'none' if share is None else f'{share} %'}")
        for each in self.representatives:
            lines.append(f"  one {each.role} at {each.employer}: {_against(each)}")
        for employer, answer in self.publish.items():
            said = answer.reason or "; ".join(reason.text for reason in answer.because[:1])
            lines.append(f"  {employer}: {said}")
        return "\n".join(lines)


def _hours(minutes: int) -> str:
    """Write minutes as hours and minutes, such as 7:30."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _against(each: RepTime) -> str:
    if each.agreed is None:
        return f"{_hours(each.used)} taken; what the agreement gives in the period is not known"
    said = f"{_hours(each.used)} of the {_hours(each.agreed)} agreed"
    if each.used > each.agreed:
        said += f", {_hours(each.used - each.agreed)} more"
    return f"{said}; {_hours(each.refused)} refused" if each.refused else said


@checked
def facility_time_of(
    rulebook: Rulebook, now: Snapshot, unit: str, *, since: date, until: date
) -> FacilityTime:
    """Answer what facility time a unit's representatives took in a period, from the records.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        unit: the key of a branch, or of a unit with branches; its members' time is counted.
        since: the first day, included.
        until: the last day, included.

    Raises:
        BadFacts: when the period ends before it begins.
        UnknownName: when no record knows the unit.
    """
    members = {*now.members(unit)}
    if until < since:
        raise BadFacts((Problem("until", f"{since.isoformat()} or later"),))
    kinds = kinds_of_representative(rulebook, now.day)
    rows = [
        row for row in now.every(TimeTaken) if row.person in members and since <= row.day <= until
    ]
    taken = [row for row in rows if not row.refused]
    paid = [row for row in taken if row.paid_by == "employer"]
    cost = sum((row.rate * row.minutes for row in paid if row.rate is not None), Decimal(0)) / 60
    by_rep: dict[tuple[str, str, str], list[TimeTaken]] = {}
    for row in rows:
        by_rep.setdefault((row.person, row.role, row.employer), []).append(row)
    return FacilityTime(
        of=unit,
        since=since,
        until=until,
        representatives=tuple(
            _rep(rulebook, now, kinds, key, mine, since, until)
            for key, mine in sorted(by_rep.items())
        ),
        minutes=_sums((row.kind, row.minutes) for row in taken),
        paid_by=_sums((row.paid_by, row.minutes) for row in taken),
        covered=_sums((_COVERED[row.covered], 1) for row in taken),
        refused=_sums((row.refused, 1) for row in rows if row.refused),
        cost=half_up(cost, 2),
        without_rate=sum(row.minutes for row in paid if row.rate is None),
        activities=_share(paid),
        publish={
            employer: _published(rulebook, now, employer, until)
            for employer in sorted({row.employer for row in rows})
        },
    )


_COVERED = {True: "yes", False: "no", None: "not recorded"}


def _sums(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found = Counter[str]()
    for name, count in counts:
        found[name] += count
    return dict(sorted(found.items()))


def _share(paid: list[TimeTaken]) -> Fraction | None:
    every = sum(row.minutes for row in paid)
    activities = sum(row.minutes for row in paid if row.kind == "activity")
    return Fraction(activities, every) if every else None


def _rep(
    rulebook: Rulebook,
    now: Snapshot,
    kinds: Mapping[str, str],
    key: tuple[str, str, str],
    rows: list[TimeTaken],
    since: date,
    until: date,
) -> RepTime:
    person, role, employer = key
    agreed = _agreed(now, employer, role)
    agreement = "" if agreed is None else agreed.agreement
    kind = kinds.get(role)
    facts = {
        "rep.nation": employer_facts(rulebook, now, employer).get("employer.nation"),
        "rep.kind": None if kind == CONTACT else kind,
        "rep.union_is_recognised": recognised_by(now, employer),
    }
    taken = [row for row in rows if not row.refused]
    return RepTime(
        person=person,
        role=role,
        employer=employer,
        right=ask(rulebook, facts, _RIGHT, on=now.day)[_RIGHT],
        minutes=_sums((row.kind, row.minutes) for row in taken),
        agreed=None if agreed is None else _in_period(agreed, since, until),
        used=sum(row.minutes for row in taken if row.agreement and row.agreement == agreement),
        refused=sum(row.minutes for row in rows if row.refused),
    )


def _agreed(now: Snapshot, employer: str, role: str) -> TimeOff | None:
    """Return what an agreement with an employer gives a role, in hours; None where none does."""
    for party in now.rows(AgreementParty, "employer", employer):
        for row in now.rows(Agreement, "key", party.agreement):
            for each in now.rows(TimeOff, "agreement", row.key):
                if row.kind == "facility-time" and each.role == role and each.hours is not None:
                    return each
    return None


def _in_period(agreed: TimeOff, since: date, until: date) -> int | None:
    """Return the minutes in a period; None where it is no whole number of them."""
    after = shifted(until, 1)
    if agreed.per == "week":
        count, over = divmod((after - since).days, 7)
    else:
        months = (after.year - since.year) * 12 + after.month - since.month
        count, over = divmod(months, 12 if agreed.per == "year" else 1)
        over = over or after.day - since.day
    return None if over else (agreed.hours or 0) * count * 60


def _published(rulebook: Rulebook, now: Snapshot, employer: str, until: date) -> Answer[bool]:
    """Say whether an employer must publish the period; its size and its list are not recorded."""
    facts = {
        "facility_time.period_end": until,
        "facility_time.nation": employer_facts(rulebook, now, employer).get("employer.nation"),
        "facility_time.has_official": True,
    }
    return ask(rulebook, facts, _PUBLISH, on=now.day)[_PUBLISH]
