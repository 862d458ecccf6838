"""Campaigns: whether a plan is one, how far it has come, who pays, and what research found.

What the records count is counted, and nobody's word is taken for it. Both ends of a campaign count
as days of it. Shares are exact; texts round them for people.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.density import density_of
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import Period
from unioncore.model import (
    Campaign,
    Holding,
    LeverageFactor,
    Membership,
    Milestone,
    Office,
    OfficeRole,
    Snapshot,
)
from unioncore.numbers import half_up
from unioncore.records import member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, Fact, FactType, compile_condition, long_date

__all__ = [
    "CampaignList",
    "CampaignProgress",
    "CampaignStanding",
    "FactorStanding",
    "MilestoneStanding",
    "Research",
    "all_campaigns",
    "campaign",
    "campaign_progress",
    "leverage",
]

_BEHIND = Fact("behind", FactType.YES_NO, "the campaign is behind")
_MET = Fact("met", FactType.YES_NO, "the campaign reached its target")
_COUNTED = ("density", "joiners", "members")
"""The measures that the records count."""
_MilestoneState = Literal["reached", "to come", "overdue", "not known"]
_STANDING: Mapping[_MilestoneState, str] = {
    "reached": "reached",
    "to come": "still to come",
    "overdue": "overdue",
    "not known": "past, and what was reached is not reported",
}
"""How a milestone stands, in words."""
_PLAN = ("objective", "measure", "owner", "decision_maker", "group")
"""What a plan should say, and may leave out."""


@frozen
class CampaignProgress(Answers, shows="target so_far"):
    """How far a campaign has come by a day."""

    valid: Answer[bool]
    """Whether what is planned is a campaign: one has a last day."""
    target: Fraction | None
    so_far: Fraction | None
    done: Fraction | None
    """What is done, of what is to be done from the baseline to the target."""
    time_gone: Fraction | None
    """The days gone, that of the question included, of all days, both ends included."""
    behind: Answer[bool]
    """Whether less is done than time is gone."""


@checked
def campaign_progress(
    rulebook: Rulebook,
    *,
    start: date,
    last_day: date | None,
    target: int | None,
    so_far: int | None,
    on: date,
) -> CampaignProgress:
    """Answer how far a campaign has come that began with nothing.

    Args:
        rulebook: the rules.
        start: the first day of the campaign.
        last_day: its last day; None where none is planned.
        target: what is to be reached, such as how many members are to be won.
        so_far: what is reached by the end of ``on``; None where that is not known.
        on: the day of the question.

    Raises:
        BadFacts: when the last day comes before the first.
    """
    if last_day is not None and last_day < start:
        raise BadFacts((Problem("last_day", f"{start.isoformat()} or a later day"),))
    target_, so_far_ = (None if each is None else Fraction(each) for each in (target, so_far))
    return _progress(rulebook, start, last_day, Fraction(0), target_, so_far_, on)


def _progress(
    rulebook: Rulebook,
    start: date,
    last_day: date | None,
    baseline: Fraction,
    target: Fraction | None,
    so_far: Fraction | None,
    on: date,
) -> CampaignProgress:
    valid = ask(rulebook, {"campaign.has_end": last_day is not None}, "campaign.valid", on=on)
    done = None
    if target is not None and so_far is not None and target != baseline:
        done = (so_far - baseline) / (target - baseline)
    gone = None
    if last_day is not None:
        days = (last_day - start).days + 1
        gone = Fraction(min(max((on - start).days + 1, 0), days), days)
    return CampaignProgress(
        valid=valid["campaign.valid"],
        target=target,
        so_far=so_far,
        done=done,
        time_gone=gone,
        behind=_behind(Working.by(rulebook, on), done, gone),
    )


def _behind(work: Working, done: Fraction | None, gone: Fraction | None) -> Answer[bool]:
    if gone is None:
        return work.not_known(_BEHIND, "the campaign has no last day", missing=("end",))
    if done is None:
        return work.not_known(_BEHIND, "how much is done is not known", missing=("so_far",))
    said = f"{_percent(done)} is done, and {_percent(gone)} of the time is gone"
    return work.known(_BEHIND, done < gone, said)


@frozen
class MilestoneStanding(Answers, shows="day"):
    """A milestone on a day."""

    day: date
    wanted: Decimal
    reached: Fraction | None
    """What the measure was on its day, or is by now where that is to come; None: not known."""
    standing: _MilestoneState
    """``reached``, ``overdue``, ``to come``, or ``not known`` where its day is past and what was
    reached is not."""
    evidence: str
    """What shows it, or how it was counted."""


@frozen
class FactorStanding(Answers, shows="key kind"):
    """A finding of research on a day, with what is to be said against relying on it."""

    key: str
    kind: str
    who: str
    role: str
    """What whoever it is about is to the campaign, such as the owner of the employer."""
    claim: str
    source: str
    day: date | None
    confidence: str
    mover: str
    in_force: Period | None
    """For one that rests on a rule: when the version holds that holds on the day; None where none
    does, and for all others."""
    flags: tuple[str, ...]
    """What is wrong with it, such as that no source is recorded."""


@frozen
class CampaignStanding(Answers, shows="key day"):
    """A campaign on a day: plan, progress, money and research."""

    key: str
    name: str
    day: date
    unit: str
    first_day: date
    last_day: date | None
    objective: str
    """In words; empty where it is not recorded."""
    owner: str
    """The office that answers for it, and nobody's name."""
    decision_maker: str
    allies: tuple[str, ...]
    missing: tuple[str, ...]
    """What the plan does not say."""
    progress: CampaignProgress
    counted: str
    """How what is reached was counted, or why it is not known."""
    milestones: tuple[MilestoneStanding, ...]
    overdue: tuple[date, ...]
    """The days of the milestones that are past and are not known to have been reached."""
    met: Answer[bool] | None
    """Once it has ended: whether the target was reached. None before."""
    fund: str
    """The fund that is to pay, by its key; empty where it is not recorded."""
    funds: Mapping[str, Answer[bool]]
    """For each fund: whether it may pay on the day."""
    factors: tuple[FactorStanding, ...]

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        made = self.progress
        end = f"to {long_date(self.last_day)}" if self.last_day else "without an end"
        yield f"{self.name} ({self.key}), of {self.unit}: {long_date(self.first_day)} {end}"
        if self.objective:
            yield f"for: {self.objective}"
        for name, said in (
            ("answers for it", self.owner),
            ("can give it", self.decision_maker),
            ("allies", "; ".join(self.allies)),
        ):
            if said:
                yield f"{name}: {said}"
        if self.missing:
            yield f"not recorded: {', '.join(self.missing)}"
        yield made.valid.because[0].text
        reached = "not known" if made.so_far is None else _number(made.so_far)
        wanted = "no target is recorded" if made.target is None else f"of {_number(made.target)}"
        yield f"reached: {reached}, {wanted} ({self.counted})"
        behind = made.behind
        if behind.known:
            yield f"{'behind' if behind.value else 'on course'}: {behind.because[0].text}"
        else:
            yield f"whether it is behind is not known: {behind.reason}"
        if self.met is not None:
            said = self.met.because[0].text if self.met.known else f"not known: {self.met.reason}"
            yield f"result: {said}"
        for each in self.milestones:
            got = "" if each.reached is None else f" with {_number(each.reached)}"
            shown = f" ({each.evidence})" if each.evidence else ""
            said = f"{_number(each.wanted)} by {long_date(each.day)}"
            yield f"  {said}: {_STANDING[each.standing]}{got}{shown}"
        for fund, answer in self.funds.items():
            mark = ", as planned" if fund == self.fund else ""
            said = answer.because[0].text if answer.known else f"not known: {answer.reason}"
            yield f"{fund} fund{mark}: {said}"
        for factor in self.factors:
            yield from _factor_lines(factor)


@frozen
class CampaignList(Answers, shows="campaigns"):
    """Every campaign of a union on a day, whatever its days."""

    campaigns: tuple[CampaignStanding, ...]

    def to_text(self) -> str:
        """Return it as a line for each campaign."""
        return "\n".join(map(_in_one_line, self.campaigns)) or "no campaign is recorded"


def _in_one_line(each: CampaignStanding) -> str:
    made, done = each.progress, each.progress.done
    end = f"to {long_date(each.last_day)}" if each.last_day else "without an end, so no campaign"
    told = ["how much is done is not known" if done is None else f"{_percent(done)} done"]
    if made.time_gone is not None:
        told.append(f"{_percent(made.time_gone)} of the time gone")
    if made.behind.known and made.behind.value:
        told.append("behind")
    if each.overdue:
        told.append(f"{len(each.overdue)} overdue")
    return f"{each.key}: {each.name}, {end}: {', '.join(told)}"


@frozen
class Research(Answers, shows="factors"):
    """What research found that may move an employer, or whoever stands behind one."""

    factors: tuple[FactorStanding, ...]

    def to_text(self) -> str:
        """Return it as lines for people."""
        lines = [line for factor in self.factors for line in _factor_lines(factor)]
        return "\n".join(lines) or "nothing is recorded"


def _factor_lines(factor: FactorStanding) -> Iterator[str]:
    yield f"{factor.kind}, {factor.who} ({factor.role}): {factor.claim}"
    day = f", {long_date(factor.day)}" if factor.day else ""
    told = [f"{factor.source or 'no source'}{day}, {factor.confidence}"]
    told += [f"{factor.mover} can move it"] if factor.mover else []
    told += [f"the rule holds {factor.in_force}"] if factor.in_force else []
    yield f"  {'; '.join(told)}"
    yield from (f"  take care: {flag}" for flag in factor.flags)


def _number(value: Fraction | Decimal) -> str:
    exact = Fraction(value)
    return f"{exact.numerator:,}" if exact.denominator == 1 else f"{half_up(exact, 2):,}"


def _percent(share: Fraction) -> str:
    return f"{half_up(share * 100, 1)} %"


@checked
def campaign(
    rulebook: Rulebook, now: Snapshot, key: str, *, claims_since: date | None = None
) -> CampaignStanding:
    """Answer how a campaign stands on a day.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        key: the campaign.
        claims_since: the first day of which a claim of research is not too old; None: no claim is
            too old.

    Raises:
        UnknownName: when no record knows the campaign, or what its group names.
        NotationError: when its group is no condition by this rulebook.
    """
    plan = _plan(now, key)
    count = _Count(rulebook, now, plan)
    so_far, counted = count.by(now.day if plan.last_day is None else min(now.day, plan.last_day))
    made = _progress(
        rulebook,
        plan.start,
        plan.last_day,
        Fraction(plan.baseline or 0),
        _target(rulebook, now, plan),
        so_far,
        now.day,
    )
    milestones = tuple(
        _milestone(now, each, count)
        for each in sorted(
            now.union.rows(Milestone, "campaign", key, known_on=now.known_on),
            key=lambda each: each.day,
        )
    )
    over = plan.last_day is not None and plan.last_day < now.day
    missing = [name.replace("_", " ") for name in _PLAN if not getattr(plan, name)]
    missing += ["end"] if plan.end is None else []
    missing += ["target"] if made.target is None else []
    missing += [] if milestones else ["milestones"]
    return CampaignStanding(
        key=key,
        name=plan.name,
        day=now.day,
        unit=plan.unit,
        first_day=plan.start,
        last_day=plan.last_day,
        objective=rulebook.rules.name_of("campaign_objective", plan.objective),
        owner=plan.owner,
        decision_maker=plan.decision_maker,
        allies=tuple(each.strip() for each in plan.allies.split(";") if each.strip()),
        missing=tuple(missing),
        progress=made,
        counted=counted,
        milestones=milestones,
        overdue=tuple(e.day for e in milestones if e.standing in ("overdue", "not known")),
        met=_met(Working.by(rulebook, now.day), made, counted) if over else None,
        fund=plan.fund,
        funds=_funds(rulebook, now, plan),
        factors=leverage(rulebook, now, campaign=key, claims_since=claims_since).factors,
    )


@checked
def all_campaigns(rulebook: Rulebook, now: Snapshot) -> CampaignList:
    """Answer how every campaign stands, in the order of the records.

    Raises:
        NotationError: when the group of one is no condition by this rulebook.
    """
    keys = dict.fromkeys(row.key for row in now.union.every(Campaign, known_on=now.known_on))
    return CampaignList(tuple(campaign(rulebook, now, key) for key in keys))


def _plan(now: Snapshot, key: str) -> Campaign:
    """Return the plan that holds on the day; else the last before it, or the first after it."""
    rows = list(now.union.rows(Campaign, "key", key, known_on=now.known_on))
    if not rows:
        raise now.union.unknown(Campaign, key)
    begun = [row for row in rows if row.start <= now.day]
    return max(begun, key=lambda row: row.start) if begun else min(rows, key=lambda r: r.start)


def _target(rulebook: Rulebook, now: Snapshot, plan: Campaign) -> Fraction | None:
    if plan.target is not None:
        return Fraction(plan.target)
    if plan.for_each_activist is None:
        return None
    roles = rulebook.named(OfficeRole)
    then = now.union.on(plan.start, known_on=now.known_on)
    active = {
        row.person
        for unit in then.with_descendants(plan.unit)
        for office in then.rows(Office, "unit", unit)
        if not (office.role in roles and roles[office.role].staff)
        for row in then.rows(Holding, "office", office.key)
    }
    return Fraction(plan.for_each_activist * len(active))


def _met(work: Working, made: CampaignProgress, counted: str) -> Answer[bool]:
    if made.done is None or made.so_far is None or made.target is None:
        why = "no target is recorded" if made.target is None else counted
        return work.not_known(_MET, why)
    got, wanted = _number(made.so_far), _number(made.target)
    said = f"{got} of {wanted}: {_percent(made.done)} of what was to be done; {counted}"
    return work.known(_MET, made.done >= 1, said)


def _milestone(now: Snapshot, row: Milestone, count: "_Count") -> MilestoneStanding:
    if count.counts:
        reached, evidence = count.by(min(row.day, now.day))
    else:
        told = row.reached is not None and (row.reported is None or row.reported <= now.day)
        reached = Fraction(row.reached) if told and row.reached is not None else None
        evidence = row.evidence if told else ""
    standing: _MilestoneState
    if reached is not None and reached >= row.wanted:
        standing = "reached"
    elif now.day <= row.day:
        standing = "to come"
    else:
        standing = "not known" if reached is None else "overdue"
    return MilestoneStanding(row.day, row.wanted, reached, standing, evidence)


@frozen(repr=False)
class _Count:
    """Counts what a campaign measures, by the records."""

    rulebook: Rulebook
    now: Snapshot
    plan: Campaign

    @property
    def counts(self) -> bool:
        """Whether the records count it."""
        return self.plan.measure in _COUNTED

    def by(self, day: date) -> tuple[Fraction | None, str]:
        """Return what is reached by the end of a day, and how that was counted, or why not."""
        if not self.counts:
            return self._reported(day)
        if self.now.warnings:
            return None, "; ".join(self.now.warnings)
        if self.plan.measure == "density":
            return self._density(day)
        if self.plan.measure == "joiners":
            found = list(self._joiners(day))
            what = f"counted by the records: who joined from {long_date(self.plan.start)}"
        else:
            then = self.now.union.on(day, known_on=self.now.known_on)
            found = [(person, day) for person in then.members(self.plan.unit)]
            what = "counted by the records: the members"
        held = [self._is_of_group(person, when) for person, when in found]
        if unsure := held.count(None):
            said = f"{held.count(True)} are counted, and of {unsure} more it is not known"
            return None, f"{said} whether they are of the group"
        return Fraction(held.count(True)), f"{what} to {long_date(day)}" if found else what

    def _density(self, day: date) -> tuple[Fraction | None, str]:
        """Return the density of the unit on a day, in per cent; a group is no part of it."""
        then = self.now.union.on(day, known_on=self.now.known_on)
        share = density_of(self.rulebook, then, self.plan.unit).density
        if share is None:
            return None, "the workforce of an employer is not known"
        return share * 100, f"per cent of the staff, by the records of {long_date(day)}"

    def _reported(self, day: date) -> tuple[Fraction | None, str]:
        """Return what the last report says that was made by a day."""
        rows = self.now.union.rows(Milestone, "campaign", self.plan.key, known_on=self.now.known_on)
        told = [
            (row.reported or row.day, row)
            for row in rows
            if row.reached is not None and (row.reported or row.day) <= self.now.day
        ]
        told = [each for each in told if each[1].day <= day]
        if not told:
            return None, "nothing is reported"
        when, last = max(told, key=lambda each: (each[1].day, each[0]))
        said = f"as reported on {long_date(when)}"
        return Fraction(last.reached or 0), f"{said}: {last.evidence}" if last.evidence else said

    def _joiners(self, day: date) -> Iterator[tuple[str, date]]:
        """Give who joined the unit from outside the union by a day, each with the first day."""
        union, known_on = self.now.union, self.now.known_on
        then = union.on(day, known_on=known_on)
        for branch in then.with_descendants(self.plan.unit):
            for row in union.rows(Membership, "branch", branch, known_on=known_on):
                if row.status != "current" or row.union not in ("", union.key):
                    continue
                if not self.plan.start <= row.start <= day:
                    continue
                # Who moves to the branch, or changes category, joined before.
                if union.on(row.start, known_on=known_on).joined(row.person) == row.start:
                    yield row.person, row.start

    def _is_of_group(self, person: str, day: date) -> bool | None:
        if not self.plan.group:
            return True
        rules = self.rulebook.rules
        condition = member_condition(self.rulebook, self.now.union, self.plan.group)
        holds = compile_condition(rules, condition)
        then = self.now.union.on(day, known_on=self.now.known_on)
        return holds({**member_facts(self.rulebook, then, person, only=holds.reads), ON: day})


def _funds(rulebook: Rulebook, now: Snapshot, plan: Campaign) -> dict[str, Answer[bool]]:
    asked = "campaign.fund_may_pay"
    facts = {"campaign.political": plan.political}
    return {
        fund: ask(rulebook, {**facts, "campaign.fund": fund}, asked, on=now.day)[asked]
        for fund in rulebook.words_of("union_fund")
    }


@checked
def leverage(
    rulebook: Rulebook,
    now: Snapshot,
    *,
    campaign: str = "",
    employer: str = "",
    claims_since: date | None = None,
) -> Research:
    """Answer what research found, for a campaign, about an employer, or all of it.

    Args:
        rulebook: the rules.
        now: the union on the day of the question; a claim of a later day is left out.
        campaign: only what is for this campaign; empty: for any or for none.
        employer: only what bears on this employer; empty: on any or on none.
        claims_since: the first day of which a claim is not too old; None: none is too old.

    Raises:
        UnknownName: when no record knows the campaign or the employer.
    """
    found = now.every(LeverageFactor)
    for name, key in (("campaign", campaign), ("employer", employer)):
        if key:
            bearing = now.rows(LeverageFactor, name, key)
            found = tuple(row for row in found if row in bearing)
    said = (row for row in found if row.day is None or row.day <= now.day)
    return Research(tuple(_factor(rulebook, now.day, row, claims_since) for row in said))


def _factor(
    rulebook: Rulebook, on: date, row: LeverageFactor, claims_since: date | None
) -> FactorStanding:
    flags = []
    in_force: Period | None = None
    if row.rule:
        versions = [v for rule in _rules(rulebook, row.rule) for v in rule if on in v]
        in_force = versions[0] if versions else None
        if in_force is None:
            flags.append(f"no version of {row.rule} holds on {long_date(on)}")
    elif not row.source:
        flags.append("no source is recorded")
    if row.day is None:
        if not row.rule:
            flags.append("the day of the claim is not recorded")
    elif claims_since is not None and row.day < claims_since:
        flags.append(f"the claim is of {long_date(row.day)} and too old")
    return FactorStanding(
        key=row.key,
        kind=rulebook.rules.name_of("leverage_kind", row.kind).partition(":")[0],
        who=row.who,
        role=row.role,
        claim=row.claim,
        source=row.source or row.rule,
        day=row.day,
        confidence=row.confidence,
        mover=row.mover,
        in_force=in_force,
        flags=tuple(flags),
    )


def _rules(rulebook: Rulebook, key: str) -> Iterator[list[Period]]:
    """Give the periods of the definitions that have a key and versions."""
    definitions = rulebook.definitions
    for every in (definitions.rules, definitions.requirements, definitions.parameters):
        for each in every:
            if each.key == key:
                yield [version.period for version in each.versions or ()]
