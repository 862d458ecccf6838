"""How a member stands with the union on a day, and stood on the day of an incident."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask, unmet
from unioncore.answers.people.political_fund import PoliticalFund, political_fund
from unioncore.answers.together import Answers, told
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Arrears, Person, Snapshot
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, Requirement, long_date

__all__ = ["MemberStanding", "standing"]

_DAY = timedelta(days=1)
_OWED = Fact("owed", FactType.MONEY, "what the member owes for whole months that are not paid")
_BAND = Fact("band_balance", FactType.MONEY, "what was paid above the band that the earnings call")
_WAIVERS = Fact("may_waive", FactType.SET, "who may waive a condition in writing")


@frozen(kw_only=True)
class MemberStanding(Answers, shows="on incident in_good_standing"):
    """How one member stands. What is about the incident is None where none is named."""

    on: date
    incident: date | None
    in_good_standing: Answer[bool]
    unmet: tuple[str, ...]
    """What of it is not met."""
    owed_since: date | None
    """The first day that is not paid; None: no arrears are recorded."""
    owed: Answer[Decimal]
    """Pounds for the whole months that are not paid, at the band that is recorded."""
    band_balance: Answer[Decimal]
    """Pounds paid above what the earnings call for, since the band and the jobs are as they are:
    below zero where the band is too low."""
    arrears_end_membership_on: Answer[date]
    in_good_standing_then: Answer[bool] | None
    """Whether the member was in good standing on the day of the incident, as it is now known."""
    owed_then: Answer[Decimal] | None
    """What the member owed on that day."""
    membership_began: Answer[date] | None
    qualifies_for_legal_help: Answer[bool] | None
    """Whether the membership opens legal help for the incident."""
    unmet_then: tuple[str, ...]
    """What of that is not met."""
    may_waive: Answer[frozenset[str]]
    """The roles of those who may waive in writing what stands in the way of help."""
    political_fund: PoliticalFund

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield told("in good standing", self.in_good_standing)
        yield from (f"  not met: {each}" for each in self.unmet)
        yield told("owed", self.owed)
        yield told("paid above the band that the earnings call for", self.band_balance)
        if self.owed_since is not None:
            yield told("arrears end the membership on", self.arrears_end_membership_on)
        if self.incident is not None:
            yield f"on the day of the incident, {long_date(self.incident)}"
            for name, answer in (
                ("in good standing", self.in_good_standing_then),
                ("owed", self.owed_then),
                ("membership counts from", self.membership_began),
                ("qualifies for legal help", self.qualifies_for_legal_help),
            ):
                if answer is not None:
                    yield told(f"  {name}", answer)
            yield from (f"    not met: {each}" for each in self.unmet_then)
        yield told("may waive a condition, in writing", self.may_waive)
        yield self.political_fund.to_text()
        asked = (self.in_good_standing, self.owed, self.band_balance)
        warnings = dict.fromkeys(each for answer in asked for each in answer.warnings)
        yield from (f"warning: {each}" for each in warnings)


@checked
def standing(
    rulebook: Rulebook, now: Snapshot, person: str, *, incident: date | None = None
) -> MemberStanding:
    """Answer how a member stands on the day of ``now``, and stood on the day of an incident.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        person: the member's key.
        incident: the day of what they ask for help with, if they do.

    Raises:
        BadFacts: when the incident comes after the day of the question.
        UnknownName: when the records know nobody of that key on that day; no key is suggested.
    """
    if now.person(person) is None:
        raise now.union.unknown(Person, person)
    if incident is not None and incident > now.day:
        raise BadFacts((Problem("incident", f"a day no later than {now.day.isoformat()}"),))
    facts = member_facts(rulebook, now, person, incident=incident)
    names = ("in_good_standing", "arrears_end_membership_on")
    about = ("membership_began", "qualifies_for_legal_help") if incident is not None else ()
    found = ask(rulebook, facts, *names, *about, on=now.day)
    then = None if incident is None else now.union.on(incident, known_on=now.known_on)
    was = None if then is None else member_facts(rulebook, then, person)
    return MemberStanding(
        on=now.day,
        incident=incident,
        in_good_standing=found["in_good_standing"],
        unmet=_labels(unmet(rulebook, facts, "in_good_standing", now.day)),
        owed_since=next((row.start for row in now.rows(Arrears, "person", person)), None),
        owed=_owed(rulebook, now, person),
        band_balance=_band_balance(rulebook, now, person),
        arrears_end_membership_on=found["arrears_end_membership_on"],
        in_good_standing_then=None
        if then is None
        else ask(rulebook, was or {}, "in_good_standing", on=then.day)["in_good_standing"],
        owed_then=None if then is None else _owed(rulebook, then, person),
        membership_began=found.get("membership_began"),
        qualifies_for_legal_help=found.get("qualifies_for_legal_help"),
        unmet_then=()
        if incident is None
        else _labels(unmet(rulebook, facts, "qualifies_for_legal_help", now.day)),
        may_waive=_may_waive(rulebook, now.day),
        political_fund=political_fund(rulebook, now, person),
    )


def _labels(requirements: Iterable[Requirement]) -> tuple[str, ...]:
    return tuple(each.label for each in requirements)


def _months(since: date, until: date) -> list[date]:
    """Return the first day of each whole month from a day to another, both included."""
    found: list[date] = []
    first = since
    while (following := Duration(len(found) + 1, TimeUnit.MONTHS).after(since)) <= until + _DAY:
        found.append(first)
        first = following
    return found


def _over(months: list[date], since: date, until: date) -> str:
    """Say how many whole months there are, and how many days over."""
    first = Duration(len(months), TimeUnit.MONTHS).after(since) if months else since
    days, many = (until - first).days + 1, len(months)
    said = f"{many} whole month{'' if many == 1 else 's'} from {long_date(since)}"
    return said + (f", and {days} day{'' if days == 1 else 's'} of the next" if days else "")


def _owed(rulebook: Rulebook, now: Snapshot, person: str) -> Answer[Decimal]:
    work = Working.by(rulebook, now.day)
    rows = now.rows(Arrears, "person", person)
    if not rows:
        return work.known(_OWED, Decimal("0.00"), "no arrears are recorded")
    since = rows[0].start
    months = _months(since, now.day)
    rates = [_asked(rulebook, now, person, day)["subscription_paid"] for day in months]

    def add(*each: Decimal) -> tuple[Decimal, str]:
        return sum(each, Decimal("0.00")), _over(months, since, now.day)

    return work.out(_OWED, rates, add)


def _band_balance(rulebook: Rulebook, now: Snapshot, person: str) -> Answer[Decimal]:
    work = Working.by(rulebook, now.day)
    membership = now.membership(person)
    if membership is None or membership.status != "current":
        return work.not_known(_BAND, "the person is not a current member on that day")
    since = max([membership.start, *(job.start for job in now.jobs(person))])
    months = _months(since, now.day)
    found = [_asked(rulebook, now, person, day) for day in months]
    paid = [each["subscription_paid"] for each in found]
    due = [each["subscription_monthly"] for each in found]

    def subtract(*each: Decimal) -> tuple[Decimal, str]:
        half = len(each) // 2
        whole = sum(each[:half], Decimal("0.00")) - sum(each[half:], Decimal("0.00"))
        return whole, f"in {_over(months, since, now.day)}"

    return work.out(_BAND, [*paid, *due], subtract)


def _asked(rulebook: Rulebook, now: Snapshot, person: str, day: date) -> dict[str, Answer[Any]]:
    facts = member_facts(rulebook, now.union.on(day, known_on=now.known_on), person)
    return ask(rulebook, facts, "subscription_paid", "subscription_monthly", on=day)


def _may_waive(rulebook: Rulebook, on: date) -> Answer[frozenset[str]]:
    """Answer which roles alone let somebody use the branch's discretion."""
    work, allowed, using = Working.by(rulebook, on), set(), []
    no = dict.fromkeys(
        (f"author.{each}" for each in ("represents", "has_side", "gains", "made_it")), False
    )
    facts: dict[str, Any] = {"entry.act": "discretion", "author.tiers": frozenset(), **no}
    for role in rulebook.words_of("viewer_role"):
        given = {**facts, "author.roles": frozenset((role,)), "author.takes_own_step": False}
        found = ask(rulebook, given, "may_enter", on=on)["may_enter"]
        if found.known and found.value:
            allowed.add(role)
            using.append(found)
    if not allowed:
        return work.not_known(_WAIVERS, "no rule says who may")
    return work.known(_WAIVERS, frozenset(allowed), "the union's rules name them", using=using)
