"""Claims of many members: who is covered, each one's own last day, and what may leave the union.

Everybody who is considered is in exactly one group. Each last day is counted from that person's own
records, so it moves when they do. Where it can be argued that time ran from an earlier day, the day
counted from there is called safe; which of the two is right is not decided here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.employment.claim_starts import (
    ClaimStart,
    starts_in_jobs,
    starts_told,
)
from unioncore.answers.employment.tribunal import TimeLimit, time_limit
from unioncore.answers.together import Answers
from unioncore.answers.working import nations
from unioncore.checked import checked
from unioncore.legal import Citation, Duration, TimeUnit
from unioncore.model import (
    Claimant,
    ClaimEvent,
    Employer,
    Job,
    MassClaim,
    Membership,
    PaymentMethod,
    Snapshot,
)
from unioncore.records import job_facts, member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, compile_condition, long_date

__all__ = [
    "CLAIMANT_COLUMNS",
    "CLAIM_GROUPS",
    "ClaimRun",
    "ClaimantStanding",
    "MassClaimStanding",
    "mass_claim",
]

CLAIM_GROUPS: Mapping[str, str] = {
    "late": "the last day is past",
    "late-or-arguable": "the safe day is past; whether time ran from there can be argued",
    "can-be-filed": "form and certificate are there, and time still runs",
    "open": "time still runs, and the certificate of conciliation is not there yet",
    "no-form": "no form is there yet",
    "form-after-union-day": "the form came after the union's own last day",
    "no-mandate": "the form is there, and the solicitor is not authorised yet",
    "no-day-runs": "nothing has happened from which time runs",
    "not-known": "the records do not tell whether or until when",
    "may-be-named": "the employer may be told the name",
    "presented": "the tribunal has the claim",
    "no-consent": "out: the employer may not be told the name",
    "not-employed-in-window": "out: not employed there in the time that is covered",
    "not-of-the-group": "out: employed there, and not among those whom the claim is limited to",
    "job-not-recorded": "out: no job with that employer is recorded",
    "not-a-member": "out: no member, neither now nor when the form came",
    "settled": "out: gave up the claim in a way that binds",
    "settled-elsewhere": "out: settled through somebody else",
    "withdrew": "out: left the claim",
}
"""Every group of a claim, in words. Which stand in the way first is a choice of this library."""

_OUT = tuple(list(CLAIM_GROUPS)[list(CLAIM_GROUPS).index("no-consent") :])
_DONE = ("presented", "may-be-named")
_PAST = ("late", "late-or-arguable")

CLAIMANT_COLUMNS = (
    *("person", "group", "claim", "employer", "covered_from", "covered_to"),
    *("start", "time_starts", "last_day", "safe_last_day", "days_left"),
    *("form", "mandate", "day_a", "day_b", "presented"),
)
"""What a solicitor is told of each claimant who consented; nothing else leaves the union."""

_SERIES = ("deduction", "pay-corrected")
"""What is one of several acts of which, in a series, the last one counts."""
_DAY = timedelta(days=1)


@frozen
class ClaimRun(Answers, shows="start arguable"):
    """Time that runs for one claimant from one event."""

    start: ClaimStart
    arguable: bool
    """Whether it can be argued that time does not run from it."""
    counts: Answer[str]
    """What the rules say to that: ``surely`` or ``arguably``."""
    limit: TimeLimit
    """The limit in full, with reasons and sources."""

    @property
    def kind(self) -> tuple[Any, ...]:
        """What those runs have in common that rest on the same sources."""
        months, month = self.limit.limit_months, self.limit.month_rule_applied
        added = self.limit.ec_days_added
        return (
            *(self.start.what, self.arguable, months.known and months.value),
            *(month.known and month.value, added.known and bool(added.value)),
        )

    @property
    def safe_last_day(self) -> date | None:
        """The last day counted from there; while conciliation lasts, that without it."""
        for each in (self.limit.last_day, self.limit.primary_last_day):
            if each.known:
                return each.value
        return None


@frozen(kw_only=True)
class ClaimantStanding(Answers, shows="", inside="runs consented may_be_named"):
    """How one person stands in a claim."""

    person: str
    group: str
    """Which group they are in, a key of ``CLAIM_GROUPS``."""
    notes: tuple[str, ...] = ()
    """What else is to be known, in words."""
    job: str = ""
    """The key of the job that is covered: the last one, where there are several."""
    covered_from: date | None = None
    """The first day that is covered."""
    covered_to: date | None = None
    """The last day that is covered; None: it goes on."""
    start: str = ""
    """From what time runs, a word of the vocabulary ``claim_start``; empty: no day runs."""
    time_starts: date | None = None
    """The day from which it runs."""
    last_day: date | None = None
    """The last day; None where no day runs, and where it can be argued which it is."""
    safe_last_day: date | None = None
    """The last day that is safe: counted from the event, whether or not that can be argued."""
    days_left: int | None = None
    """How many days are left after the day of the question; below zero: so many days ago."""
    form: date | None = None
    mandate: date | None = None
    day_a: date | None = None
    day_b: date | None = None
    presented: date | None = None
    in_time: bool | None = None
    """Whether it was presented in time; None: it was not presented, or that can be argued."""
    series_broken: bool | None = None
    """For deductions: whether they are no one series; None: not known, or there are none."""
    earliest_day: date | None = None
    """For deductions: the first day that the claim reaches; None where no rule says so."""
    consented: bool = False
    may_be_named: bool = False
    """Whether the employer may be told the name."""
    runs: tuple[ClaimRun, ...] = ()
    """Everything from which time runs, or may run."""

    @property
    def is_covered(self) -> bool:
        """Whether the claim covers the person and they are still in it."""
        return self.group not in _OUT

    def row(self, claim: MassClaim) -> tuple[str, ...]:
        """Return the cells of ``CLAIMANT_COLUMNS``."""
        of_claim = {"claim": claim.claim, "employer": claim.employer}
        cells = (of_claim.get(name, getattr(self, name, None)) for name in CLAIMANT_COLUMNS)
        return tuple("" if each is None else str(each) for each in cells)

    def to_text(self) -> str:
        """Return it as lines for people, with everything that the last day rests on."""
        lines = [f"{self.person}: {CLAIM_GROUPS.get(self.group, self.group)}"]
        if self.covered_from is not None:
            until = "" if self.covered_to is None else f" to {long_date(self.covered_to)}"
            lines.append(f"  covered: job {self.job}, {long_date(self.covered_from)}{until}")
        lines += [f"  {each}" for each in self.notes]
        for run in self.runs:
            shown = "shown by the jobs" if run.start.is_shown_by_jobs else "told"
            can = "; arguable" if run.arguable else ""
            day = long_date(run.start.day)
            lines.append(f"time from {day}: {run.start.what}, {shown}{can}")
            for answer in (run.counts, run.limit.last_day):
                lines += [f"  {line}" for line in answer.to_text().splitlines()]
        return "\n".join(lines)


@frozen(kw_only=True)
class MassClaimStanding(Answers, shows="key on counts", inside="claim claimants"):
    """How a claim of many members stands on a day. Whom it is about is given out only by name."""

    key: str
    name: str
    on: date
    employer: str
    considered: int
    """How many people were looked at; each is in one group."""
    counts: Mapping[str, int]
    """How many are in each group."""
    past: Mapping[str, int]
    """How many in a group are past the last day that is safe, whatever else stands in the way."""
    next_days: Mapping[date, int]
    """The last days to come that are safe, and how many of those not presented have each."""
    may_be_named: int
    """How many the employer may be told of by name."""
    union_last_day: date | None
    """The union's own last day for forms; it is no limit of law."""
    citations: tuple[Citation, ...]
    """What the last days rest on."""
    warnings: tuple[str, ...]
    claim: MassClaim
    claimants: tuple[ClaimantStanding, ...] = field(repr=False)
    """Everybody, in the order of their last days: who has none, and who is done or out, last."""

    def claimant(self, person: str) -> ClaimantStanding | None:
        """Return how one person stands; None where the person was not considered."""
        return next((each for each in self.claimants if each.person == person), None)

    def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of those in each group, in the same order."""
        found: dict[str, list[str]] = {}
        for each in self.claimants:
            found.setdefault(each.group, []).append(each.person)
        return {name: tuple(found[name]) for name in CLAIM_GROUPS if name in found}

    def for_the_solicitor(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows of ``CLAIMANT_COLUMNS`` of those covered who consented."""
        mine = (each for each in self.claimants if each.is_covered and each.consented)
        return tuple(each.row(self.claim) for each in mine)

    def for_the_employer(self) -> tuple[str, ...]:
        """Return the keys of those whom the employer may be told of, and nothing else."""
        return tuple(sorted(each.person for each in self.claimants if each.may_be_named))

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.name}, against {self.employer}: {self.considered:,} people considered"
        width = len(f"{max(self.counts.values(), default=0):,}")
        for group, count in self.counts.items():
            past = self.past.get(group, 0) if group not in _PAST else 0
            also = f" ({past:,} past the last day)" if past else ""
            yield f"  {count:>{width},}  {group}: {CLAIM_GROUPS.get(group, group)}{also}"
        if self.union_last_day is not None:
            left = _left(self.union_last_day, self.on)
            yield f"the union's own last day for forms: {long_date(self.union_last_day)}, {left}"
        for day, count in self.next_days.items():
            yield f"last day {long_date(day)}, {_left(day, self.on)}: {count:,}"
        yield f"the employer may be told the names of {self.may_be_named:,}"
        yield from (f"source: {each}" for each in self.citations)
        yield from (f"warning: {each}" for each in self.warnings)


def _left(day: date, on: date) -> str:
    days = (day - on).days
    if days == 0:
        return "today"
    many = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"{many} left" if days > 0 else f"{many} ago"


@checked
def mass_claim(rulebook: Rulebook, now: Snapshot, key: str) -> MassClaimStanding:
    """Answer how everybody stands who may belong to a claim of many members.

    Considered is whoever ever had a job with the employer and is a member, and whoever is entered
    as a claimant. Time runs from what each one's jobs show, and from what was told beside them.

    Args:
        rulebook: holds the limits, and from what they run.
        now: the union on the day of the question; what was to happen later has not happened.
        key: the claim.

    Raises:
        UnknownName: when no record knows the claim.
        NotationError: when the condition on whom it is limited to is none.
        BadFacts: when somebody's certificate came before conciliation began.
    """
    return _ClaimOnADay(rulebook, now, now.require(MassClaim, key)).standing()


class _ClaimOnADay:
    """One claim on a day. What the rules say is kept: many claimants ask the same."""

    def __init__(self, rulebook: Rulebook, now: Snapshot, claim: MassClaim) -> None:
        self.rulebook, self.now, self.claim, self.day = rulebook, now, claim, now.day
        self.rows = {row.person: row for row in now.rows(Claimant, "claim", claim.key)}
        self.jobs = self._jobs()
        self.events: dict[str, list[ClaimEvent]] = {}
        for event in now.rows(ClaimEvent, "claim", claim.key):
            self.events.setdefault(event.person, []).append(event)
        self.nation = claim.nation or self._nation_of_employer() or "UK"
        self.nations = nations(self.nation)
        self.holds = (
            compile_condition(rulebook.rules, member_condition(rulebook, now.union, claim.group))
            if claim.group
            else None
        )
        self.said: dict[tuple[Any, ...], Answer[Any]] = {}
        self.limits: dict[tuple[Any, ...], TimeLimit] = {}
        self.then = {now.day: now}

    def standing(self) -> MassClaimStanding:
        found = sorted((self._claimant(person) for person in self._considered()), key=_order)
        counts = Counter(each.group for each in found)
        waiting = [e for e in found if e.is_covered and e.group not in _DONE]
        days = Counter(e.safe_last_day for e in waiting if e.safe_last_day is not None)
        passed = Counter(e.group for e in waiting if (e.days_left or 0) < 0)
        runs = {run.kind: run for each in found for run in each.runs}.values()
        rests_on = [answer for run in runs for answer in (run.counts, run.limit.last_day)]
        return MassClaimStanding(
            key=self.claim.key,
            name=self.claim.name,
            on=self.day,
            employer=self.claim.employer,
            considered=len(found),
            counts={name: counts[name] for name in CLAIM_GROUPS if name in counts},
            past={name: passed[name] for name in CLAIM_GROUPS if name in passed},
            next_days={day: days[day] for day in sorted(days) if day >= self.day},
            may_be_named=sum(each.may_be_named for each in found),
            union_last_day=self.claim.forms_by,
            citations=tuple(dict.fromkeys(c for each in rests_on for c in each.citations)),
            warnings=tuple(dict.fromkeys(w for each in rests_on for w in each.warnings)),
            claim=self.claim,
            claimants=tuple(found),
        )

    # -- who is considered ---------------------------------------------------------------------

    def _jobs(self) -> dict[str, list[Job]]:
        """Return the rows of each person's jobs with the employer, by their first days."""
        now, found = self.now, dict[str, list[Job]]()
        every = now.union.rows(Job, "employer", self.claim.employer, known_on=now.known_on)
        for row in sorted(every, key=lambda row: row.start):
            if row.start <= now.day:
                found.setdefault(row.person, []).append(row)
        return found

    def _nation_of_employer(self) -> str:
        rows = self.now.union.rows(Employer, "key", self.claim.employer)
        return next((row.nation for row in rows if row.nation), "")

    def _considered(self) -> Iterator[str]:
        yield from self.rows
        for person in self.jobs:
            if person not in self.rows and self._is_member(person, self.day):
                yield person

    def _is_member(self, person: str, day: date) -> bool:
        now = self._on(day)
        rows = (row for row in now.rows(Membership, "person", person))
        return any(r.status == "current" and r.union in ("", now.union.key) for r in rows)

    def _on(self, day: date) -> Snapshot:
        if day not in self.then:
            self.then[day] = self.now.union.on(day, known_on=self.now.known_on)
        return self.then[day]

    # -- one person ----------------------------------------------------------------------------

    def _claimant(self, person: str) -> ClaimantStanding:
        row = self.rows.get(person) or Claimant(person=person, claim=self.claim.key)
        found = ClaimantStanding(
            person=person,
            group="",
            form=row.form,
            mandate=row.mandate,
            day_a=row.day_a,
            day_b=row.day_b,
            presented=row.presented,
            consented=self._by_now(row.consent) and not self._by_now(row.withdrew),
        )
        covered, out = self._covered(person, row)
        if covered:
            last = covered[-1]
            found = attrs.evolve(
                found,
                job=last.job,
                covered_from=min(self._within(each)[0] for each in covered),
                covered_to=None if last.end is None else self._within(last)[1],
            )
        if out:
            return attrs.evolve(found, group=out)
        found = attrs.evolve(found, may_be_named=self._may_be_named(person, row))
        notes = list(self._waiver_notes(row))
        if not self.claim.claim:
            group = "may-be-named" if found.may_be_named else "no-consent"
            return attrs.evolve(found, group=group, notes=tuple(notes))
        return self._timed(attrs.evolve(found, notes=tuple(notes)), row, covered)

    def _by_now(self, day: date | None) -> bool:
        return day is not None and day <= self.day

    def _covered(self, person: str, row: Claimant) -> tuple[list[Job], str]:
        """Return the rows of the jobs that are covered, and the group of whoever is out."""
        if self._by_now(row.withdrew):
            return [], "withdrew"
        then = row.form if self._by_now(row.form) else None
        if not self._is_member(person, self.day) and not (then and self._is_member(person, then)):
            return [], "not-a-member"
        jobs = self.jobs.get(person, [])
        if not jobs:
            return [], "job-not-recorded"
        inside = [each for each in jobs if self._is_inside(each)]
        if not inside:
            return [], "not-employed-in-window"
        meant = {each: self._is_meant(each) for each in inside}
        covered = [each for each, holds in meant.items() if holds]
        if not covered:
            return [], "not-of-the-group" if set(meant.values()) == {False} else "not-known"
        return covered, self._settled(row)

    def _within(self, job: Job) -> tuple[date, date]:
        """Return the first and the last day of a job that are covered."""
        first = max(job.start, self.claim.employed_from or job.start)
        last = date.max if job.end is None else job.end - _DAY
        return first, min(last, self.claim.employed_to or last)

    def _is_inside(self, job: Job) -> bool:
        first, last = self._within(job)
        return first <= last

    def _is_meant(self, job: Job) -> bool | None:
        """Say whether the claim is about such a job and person; None where that is not known."""
        claim = self.claim
        for wanted, got in ((claim.only_roles, job.role), ({claim.job_group} - {""}, job.group)):
            if wanted and got not in wanted:
                return False if got else None
        if self.holds is None:
            return True
        # The condition may change with time; the last covered day that is not to come decides.
        day = min(self._within(job)[1], self.day)
        then = self._on(day)
        facts = member_facts(self.rulebook, then, job.person, only=self.holds.reads)
        return self.holds({**facts, **job_facts(self.rulebook, then, job), ON: day})

    # -- settling, and the name ----------------------------------------------------------------

    def _settled(self, row: Claimant) -> str:
        if row.settled is not None and not self._by_now(row.settled):
            return ""
        if row.settled_through:
            return "settled-elsewhere"
        return "settled" if row.waiver and self._binds(row) is True else ""

    def _binds(self, row: Claimant) -> bool | None:
        facts = {"waiver.kind": row.waiver, "waiver.adviser": row.adviser or None}
        binds: bool | None = self._asked("waiver.binds", facts)
        return binds

    def _waiver_notes(self, row: Claimant) -> Iterator[str]:
        if row.waiver and (row.settled is None or self._by_now(row.settled)):
            binds = self._binds(row)
            if binds is False:
                yield "what was signed does not give up the claim"
            elif binds is None:
                yield "it is not known whether what was signed gives up the claim: who advised?"

    def _may_be_named(self, person: str, row: Claimant) -> bool:
        """Say whether the employer knows already that they are a member, or they consented."""
        ways = self.now.rows(PaymentMethod, "person", person)
        if any(e.method == "check-off" and e.employer == self.claim.employer for e in ways):
            return True
        until = min(self.day, self.claim.consent_by or self.day)
        return row.consent is not None and row.consent <= until

    # -- time ----------------------------------------------------------------------------------

    def _timed(
        self, found: ClaimantStanding, row: Claimant, covered: Sequence[Job]
    ) -> ClaimantStanding:
        """Return how somebody stands whom the claim covers and who is still in it."""
        presented = row.presented if self._by_now(row.presented) else None
        runs, broken = self._runs(found.person, row, covered)
        deciding = _deciding(runs, presented or self.day)
        notes = list(found.notes)
        if deciding is not None:
            passed = [each for each in runs if _before(each, deciding)]
            notes += [self._argued(each) for each in passed]
            if not deciding.limit.last_day.known:
                notes.append(deciding.limit.last_day.reason)
            safe = deciding.safe_last_day
            found = attrs.evolve(
                found,
                start=deciding.start.what,
                time_starts=deciding.start.day,
                last_day=None if deciding.arguable or not deciding.limit.last_day.known else safe,
                safe_last_day=safe,
                days_left=None if safe is None else (safe - self.day).days,
            )
        found = attrs.evolve(
            found,
            runs=tuple(runs),
            notes=tuple(notes),
            series_broken=broken,
            earliest_day=self._earliest(covered, presented or self.day),
        )
        if presented is not None:
            in_time = None
            if deciding is None:
                in_time = True
            elif deciding.safe_last_day is not None:
                kept = presented <= deciding.safe_last_day
                in_time = True if kept else None if deciding.arguable else False
            return attrs.evolve(found, group="presented", in_time=in_time)
        return attrs.evolve(found, group=self._group(row, deciding))

    def _argued(self, run: ClaimRun) -> str:
        """Say of something from which time ran out before what decides."""
        last = "not known" if run.safe_last_day is None else long_date(run.safe_last_day)
        can = ", which can be argued" if run.arguable else ""
        return f"time also ran from {long_date(run.start.day)} ({run.start.what}){can}: to {last}"

    def _group(self, row: Claimant, deciding: ClaimRun | None) -> str:
        """Return the group by what stands in the way first: papers, then time, then Acas."""
        claim = self.claim
        if row.form is not None and claim.forms_by is not None and row.form > claim.forms_by:
            return "form-after-union-day"
        if not self._by_now(row.form):
            return "no-form"
        if claim.mandate_needed and not self._by_now(row.mandate):
            return "no-mandate"
        if deciding is None:
            return "no-day-runs"
        if deciding.safe_last_day is None:
            return "not-known"
        if deciding.safe_last_day < self.day:
            if not deciding.limit.last_day.known:
                return "not-known"
            return "late-or-arguable" if deciding.arguable else "late"
        if self._needs_certificate() and not self._by_now(row.day_b):
            return "open"
        return "can-be-filed"

    def _needs_certificate(self) -> bool:
        """Say whether a certificate of Acas is needed, or may be."""
        applies = "claim.early_conciliation_applies"
        return self._asked_there(applies, {"claim.day_a": self.day}) is not False

    def _runs(
        self, person: str, row: Claimant, covered: Sequence[Job]
    ) -> tuple[list[ClaimRun], bool | None]:
        """Return everything from which time runs, and whether deductions are no one series."""
        jobs = self.jobs[person]
        told = sorted(self.events.get(person, ()), key=lambda event: event.on)
        starts = [*starts_in_jobs(self.now, jobs, covered.__contains__), *starts_told(told, jobs)]
        runs, series = list[ClaimRun](), dict[date, ClaimStart]()
        for start in starts:
            counts = self._counts(start)
            surely = counts.known and counts.value == "surely"
            if surely and start.what in _SERIES:
                series[start.day] = start
            elif not counts.known or counts.value != "no":
                runs.append(ClaimRun(start, not surely, counts, self._limit((start.day,), row)))
        if not series:
            return runs, None
        days = sorted(series)
        broken = self._broken(days)
        for day in days[-1:] if broken is False else days:
            # Where it is not known whether they are a series, each but the last can be argued.
            arguable = broken is None and day != days[-1]
            limit = self._limit(tuple(days) if broken is False else (day,), row)
            runs.append(ClaimRun(series[day], arguable, self._counts(series[day]), limit))
        return runs, broken

    def _broken(self, series: Sequence[date]) -> bool | None:
        if len(series) == 1:
            return False
        facts = {"claim.common_fault": self.claim.common_fault}
        broken: bool | None = self._asked("claim.series_broken", facts)
        return broken

    def _counts(self, start: ClaimStart) -> Answer[str]:
        facts = {
            "claim.kind": self.claim.claim,
            "claim.start": start.what,
            "claim.employed_there_after": start.employed_after,
        }
        return self._said("claim.start_counts", facts, self.day)

    def _limit(self, starts: tuple[date, ...], row: Claimant) -> TimeLimit:
        day_a = row.day_a if self._by_now(row.day_a) else None
        day_b = row.day_b if self._by_now(row.day_b) else None
        at = starts, day_a, day_b
        if at not in self.limits:
            self.limits[at] = time_limit(
                self.rulebook,
                self.claim.claim,
                starts=starts,
                nation=self.nation,
                day_a=day_a,
                day_b=day_b,
            )
        return self.limits[at]

    def _earliest(self, covered: Sequence[Job], presented: date) -> date | None:
        """Return the first day that a claim reaches: of the law, or of the job if that is later."""
        day = self._asked_there("claim.reach_first_day", {}, presented)
        months = self._asked_there("claim.reach_months", {}, presented)
        if months is not None:
            # The months end with the day on which it is presented.
            day = Duration(months, TimeUnit.MONTHS).before(presented) + _DAY
        return None if day is None else max(day, min(each.start for each in covered))

    def _said(self, name: str, facts: Mapping[str, Any], on: date) -> Answer[Any]:
        at = name, *facts.values(), on
        if at not in self.said:
            self.said[at] = ask(self.rulebook, facts, name, on=on)[name]
        return self.said[at]

    def _asked(self, name: str, facts: Mapping[str, Any], on: date | None = None) -> Any:
        """Return what the rules say to facts; None where it is not known."""
        found = self._said(name, facts, on or self.day)
        return found.value if found.known else None

    def _asked_there(self, name: str, facts: Mapping[str, Any], on: date | None = None) -> Any:
        """Return the same of such a claim where it is heard; None too where nations differ."""
        about = {**facts, "claim.kind": self.claim.claim}
        said = {self._asked(name, {**about, "claim.nation": each}, on) for each in self.nations}
        return said.pop() if len(said) == 1 else None


def _deciding(runs: Sequence[ClaimRun], on: date) -> ClaimRun | None:
    """Return the run whose last day comes next; where all are past, the one that came last."""
    days = [(each.safe_last_day, each) for each in runs]
    if not_known := [each for day, each in days if day is None]:
        return not_known[0]
    known = [(day, each) for day, each in days if day is not None]
    if to_come := [(day, each) for day, each in known if day >= on]:
        return min(to_come, key=lambda pair: pair[0])[1]
    return max(known, key=lambda pair: pair[0], default=(on, None))[1]


def _before(run: ClaimRun, deciding: ClaimRun) -> bool:
    day, last = run.safe_last_day, deciding.safe_last_day
    return day is not None and last is not None and day < last


def _order(found: ClaimantStanding) -> tuple[int, date, str]:
    """Put first whose last day comes first; then those without one, then who is done or out."""
    place = 2 if not found.is_covered else 1 if found.group in _DONE else 0
    return place, found.safe_last_day or date.max, found.person
