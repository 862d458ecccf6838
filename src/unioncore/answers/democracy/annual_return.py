"""The annual return of a union: what its records say of it, and by when it is sent.

Names are left out. What the records do not hold is told as not recorded; nothing is added to it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask, ask_many
from unioncore.answers.democracy.register_certificate import (
    RegisterCertificate,
    register_certificate,
)
from unioncore.answers.figures import Pattern, Withheld, publish_counts
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.model import AccountFigure, Holding, Membership, Office, Snapshot, Union
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, pounds

__all__ = ["AnnualReturn", "OfficeChange", "OfficesInPost", "annual_return", "return_in_time"]

_IN_TIME = Fact("in_time", FactType.YES_NO, "the return is in time")
_NOT_RECORDED = "not recorded"
_GIVEN = ("names-on-register", "changes-of-officers")
"""The parts of a return that the records always give."""
_ASKED = (
    "contains",
    "last_day_to_send",
    "industrial_action_details",
    "political_expenditure_details",
)
"""The facts about the return that the answer gives."""
_ACCOUNTS = "income-and-expenditure"
"""The part that the table of accounts gives, where it has figures."""


@frozen
class OfficesInPost(Answers, shows="holders places"):
    """The offices of one kind, on the last day of the year; who holds them is left out."""

    role: str
    holders: int
    places: int


@frozen
class OfficeChange(Answers, shows="on"):
    """That an office got a holder in the year, or lost one."""

    office: str
    role: str
    on: date
    change: str
    """``began``, or ``ended``: then ``on`` is the first day without the holder."""


@frozen(kw_only=True)
class AnnualReturn(Answers, shows="year members", inside="by_place"):
    """What the records say for the return of one calendar year."""

    year: int
    contains: Answer[frozenset[str]]
    """What the law says that the return contains."""
    last_day_to_send: Answer[date]
    industrial_action_details: Answer[str]
    political_expenditure_details: Answer[str]
    certificate: RegisterCertificate
    """Who certifies the register of members, as the members at the end of the year before say."""
    members: int
    """The members on 31 December, those of no branch included."""
    by_place: Mapping[str, Mapping[str, int]] = field(repr=False)
    """For each heading of the form how many members of each gender; a member whose nation or
    gender is not recorded is counted under ``not recorded``."""
    return_of_members: Mapping[str, Mapping[str, int]] | Pattern | Withheld
    """The same as it is shown: small counts are suppressed where it is to be published."""
    places_not_recorded: tuple[str, ...]
    """The headings under which the records, which know the nations of the United Kingdom, can place
    nobody."""
    contributors: int
    """The members who contribute to the political fund, as far as that is known."""
    contributors_not_known: int
    """The members of whom it is not known whether they contribute."""
    in_post: tuple[OfficesInPost, ...]
    changes: tuple[OfficeChange, ...]
    income: Decimal | None
    """The sum of the figures of the accounts; None: none are recorded for the year."""
    expenditure: Decimal | None
    accounts: tuple[AccountFigure, ...]
    not_recorded: tuple[str, ...]
    """What the return contains besides, and no table holds."""
    warnings: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Annual return for {self.year}"
        due = self.last_day_to_send
        sent = long_date(due.value) if due.known else f"not known: {due.reason}"
        yield f"last day to send it: {sent}"
        for name, answer in (
            ("details of industrial action", self.industrial_action_details),
            ("details of political expenditure", self.political_expenditure_details),
        ):
            said = answer.value if answer.known else f"not known: {answer.reason}"
            yield f"{name}: {said}"
        yield self.certificate.to_text()
        yield f"members on 31 December: {self.members}"
        yield from self._members()
        for place in self.places_not_recorded:
            yield f"  {place}: {_NOT_RECORDED}"
        yield f"contributors to the political fund: {self.contributors}"
        if self.contributors_not_known:
            yield f"  not known of {self.contributors_not_known} members"
        yield "officers in post"
        for post in self.in_post:
            yield f"  {post.role}: {post.holders} of {post.places}"
        yield f"changes of officers in the year: {len(self.changes)}"
        for change in self.changes:
            yield f"  {long_date(change.on)}: {change.office} {change.change}"
        for name, amount in (("income", self.income), ("expenditure", self.expenditure)):
            yield f"{name}: {_NOT_RECORDED if amount is None else pounds(amount)}"
        if self.not_recorded:
            yield f"not recorded: {'; '.join(self.not_recorded)}"
        else:
            yield f"what else it contains: not known: {self.contains.reason}"
        yield from (f"warning: {each}" for each in self.warnings)

    def _members(self) -> Iterator[str]:
        found = self.return_of_members
        if isinstance(found, Withheld):
            yield f"  not shown: {found}"
        elif isinstance(found, Pattern):
            yield f"  rounded to {found.base}; counts below {found.smallest} suppressed"
            for place, cells in zip(found.rows.all(), found.cells, strict=True):
                yield f"  {place}: {_told(zip(found.columns.all(), cells, strict=True))}"
        else:
            for place, genders in found.items():
                yield f"  {place}: {_told(genders.items())}"


def _told(counts: Iterable[tuple[str, int | None]]) -> str:
    return ", ".join(f"{name} {'suppressed' if count is None else count}" for name, count in counts)


@checked
def annual_return(
    rulebook: Rulebook,
    union: Union,
    year: int,
    *,
    nation: Where = "GB",
    publish: bool = False,
) -> AnnualReturn:
    """Answer what a union's records say for its annual return of a calendar year.

    Args:
        rulebook: the rules.
        union: the union.
        year: the calendar year that the return is about.
        nation: the nation whose law governs the return.
        publish: whether the return of members is to be published: then small counts are suppressed,
            as for a protected characteristic.

    Raises:
        BadFacts: when the records are not kept up to the end of the year, or there is no such year.
        UnknownName: when no nation has such a name.
    """
    now = union.on(_last_day_of(year))
    if now.warnings:
        said = f"a year that has ended by the day until which records are kept, not {year}"
        raise BadFacts((Problem("year", said),))
    people = _members_of(now)
    rows = [member_facts(rulebook, now, each) for each in people]
    fund = [
        each["political_fund"] for each in ask_many(rulebook, rows, "political_fund", on=now.day)
    ]
    by_place = _by_place(rulebook, now, people, rows)
    figures = tuple(row for row in union.every(AccountFigure) if row.year == year)
    places = rulebook.words_of("annual_return_place")
    headed = {rulebook.rules.name_of("annual_return_place", key): key for key in places}
    about = {name: _about(rulebook, now.day, nation, f"annual_return.{name}") for name in _ASKED}
    reached = _reached(rulebook, now.day)
    given = (*_GIVEN, _ACCOUNTS) if figures else _GIVEN
    return AnnualReturn(
        year=year,
        **about,
        certificate=register_certificate(
            rulebook,
            begins=date(year, 1, 1),
            ends=now.day,
            members_before=len(_members_of(union.on(date(year - 1, 12, 31)))),
            nation=nation,
        ),
        members=len(people),
        by_place=by_place,
        return_of_members=publish_counts(
            rulebook, by_place, rows="place", columns="gender", on=now.day, protected=True
        )
        if publish
        else by_place,
        places_not_recorded=tuple(name for name, key in headed.items() if key not in reached),
        contributors=sum(each.known and each.value for each in fund),
        contributors_not_known=sum(not each.known for each in fund),
        in_post=tuple(_in_post(rulebook, now)),
        changes=tuple(_changes(rulebook, union, year)),
        income=_sum(figures, "income"),
        expenditure=_sum(figures, "expenditure"),
        accounts=figures,
        not_recorded=tuple(
            rulebook.rules.name_of("annual_return_part", key)
            for key in rulebook.words_of("annual_return_part")
            if key in about["contains"].at_least and key not in given
        ),
        warnings=now.warnings,
    )


@checked
def return_in_time(
    rulebook: Rulebook, year: int, sent: date, *, nation: Where = "GB"
) -> Answer[bool]:
    """Answer whether the return of a calendar year is in time when it is sent on a day.

    Raises:
        BadFacts: when there is no such year.
        UnknownName: when no nation has such a name.
    """
    last = _about(rulebook, _last_day_of(year), nation, "annual_return.last_day_to_send")

    def compare(day: date) -> tuple[bool, str]:
        return sent <= day, f"the last day to send it is {long_date(day)}"

    return Working.by(rulebook, sent).out(_IN_TIME, [last], compare)


def _last_day_of(year: int) -> date:
    if not date.min.year < year < date.max.year:
        raise BadFacts((Problem("year", "a calendar year such as 2025"),))
    return date(year, 12, 31)


def _about(rulebook: Rulebook, end: date, nation: Where, fact: str) -> Answer[Any]:
    def answer(each: Any, _: Any) -> Answer[Any]:
        facts = {
            "annual_return.nation": each,
            "annual_return.period_begins": date(end.year, 1, 1),
            "annual_return.period_ends": end,
        }
        return ask(rulebook, facts, fact, on=end)[fact]

    return in_each(nation, None, answer)


def _members_of(now: Snapshot) -> list[str]:
    """Return the members of the union itself, with or without a branch."""
    own = ("", now.union.key)
    return [row.person for row in now.rows(Membership, "status", "current") if row.union in own]


def _by_place(
    rulebook: Rulebook, now: Snapshot, people: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, int]]:
    """Count the members by the heading of the form and by gender."""
    found: dict[str, Counter[str]] = {}
    genders = Counter[str]()
    for who, facts in zip(people, rows, strict=True):
        place = _heading(rulebook, facts.get("employer.nation"), now.day)
        person = now.person(who)
        gender = (person.gender if person is not None else "") or _NOT_RECORDED
        found.setdefault(place, Counter())[gender] += 1
        genders[gender] += 1
    return {
        place: {gender: found[place][gender] for gender in sorted(genders)}
        for place in sorted(found)
    }


def _heading(rulebook: Rulebook, nation: Any, end: date) -> str:
    """Return the heading of the form under which a member of a nation is counted."""
    if nation is None:
        return _NOT_RECORDED
    facts = {"annual_return.member_in": nation, "annual_return.period_ends": end}
    key = "annual_return.counted_under"
    answer = ask(rulebook, facts, key, on=end)[key]
    if not answer.known:
        return _NOT_RECORDED
    return rulebook.rules.name_of("annual_return_place", answer.value)


def _reached(rulebook: Rulebook, end: date) -> set[str]:
    """Return the headings under which some nation is counted."""
    key = "annual_return.counted_under"
    rows = [
        {"annual_return.member_in": nation, "annual_return.period_ends": end}
        for nation in rulebook.words_of("nation")
    ]
    found = (each[key] for each in ask_many(rulebook, rows, key, on=end))
    return {each.value for each in found if each.known}


def _is_named(rulebook: Rulebook, office: Office | None, on: date) -> bool:
    """Say whether the return tells of an office, as far as the union's rules say it."""
    if office is None:
        return False
    key = "annual_return.names_holder"
    answer = ask(rulebook, {"office.role": office.role}, key, on=on)[key]
    return answer.known and answer.value


def _in_post(rulebook: Rulebook, now: Snapshot) -> Iterator[OfficesInPost]:
    holders: Counter[str] = Counter()
    places: Counter[str] = Counter()
    told: dict[str, bool] = {}
    for office in now.every(Office):
        if told.setdefault(office.role, _is_named(rulebook, office, now.day)):
            places[office.role] += office.places
            holders[office.role] += len(now.holders(office.key))
    for role in sorted(places):
        name = rulebook.rules.name_of("office_role", role)
        yield OfficesInPost(name, holders[role], places[role])


def _changes(rulebook: Rulebook, union: Union, year: int) -> Iterator[OfficeChange]:
    found = []
    for row in union.every(Holding):
        for on, change in ((row.start, "began"), (row.end, "ended")):
            if on is not None and on.year == year:
                office = union.on(row.start).office(row.office)
                if office is not None and _is_named(rulebook, office, on):
                    role = rulebook.rules.name_of("office_role", office.role)
                    found.append(OfficeChange(row.office, role, on, change))
    yield from sorted(found, key=lambda each: (each.on, each.office, each.change))


def _sum(figures: Iterable[AccountFigure], kind: str) -> Decimal | None:
    amounts = [row.amount for row in figures if row.kind == kind]
    return sum(amounts, Decimal("0.00")) if amounts else None
