"""Bodies: whatever covers people and speaks, decides or advises for them."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from attrs import frozen

from unioncore.errors import NO_UNION
from unioncore.legal import Citation, Period
from unioncore.model.pay import Offer, Rise
from unioncore.rules import (
    Condition,
    Definition,
    Rule,
    RuleException,
    RuleSet,
    RuleVersion,
    Word,
)
from unioncore.rules.condition import FALSE, InSet, Literal, NotReviewed, all_of
from unioncore.shown import Shown

__all__ = [
    "BargainingLevel",
    "Body",
    "BodyKind",
    "BodyVersion",
    "Chair",
    "Ending",
    "PayRound",
    "Position",
    "Recommendation",
    "Seats",
    "Side",
    "SideKey",
    "Step",
    "Votes",
    "WayOfDeciding",
]


class BodyKind(StrEnum):
    """What a body does; only a negotiating body settles terms."""

    NEGOTIATING = "negotiating"
    CONSULTATIVE = "consultative"
    ADVISORY = "advisory"
    REVIEW = "review"
    COMMITTEE = "committee"
    """A committee of the union itself."""
    FORUM = "forum"
    """A national forum of the union for one kind of member."""


class BargainingLevel(StrEnum):
    """How widely a negotiating body bargains."""

    NATIONAL = "national"
    REGIONAL = "regional"
    EMPLOYER = "employer"
    """For one employer, however large."""


class Votes(StrEnum):
    """What a union's voice counts on the union side of a body."""

    SEATS = "seats"
    """As many votes as it has seats, or weights."""
    ONE_EACH = "one-each"
    NONE = "none"
    """Nothing is counted: how the side comes to its position is its own affair."""


@frozen
class WayOfDeciding(Definition, shows="key votes"):
    """A way in which the union side of a body comes to an agreement; the employers are as one."""

    key: str
    name: str
    """How it decides, as a clause: "each union has one vote"."""
    about: str
    """The same as a sentence, for the reference pages."""
    votes: Votes
    """What a union's voice counts."""
    at_least: str = ""
    """The share of all votes that is enough, such as ``2/3``; ``1`` for every vote."""
    more_than: str = ""
    """The share of all votes that is not enough, such as ``1/2``."""

    def word(self) -> Word:
        """Return the way as a word of the vocabulary ``way_of_deciding``."""
        return Word("way_of_deciding", self.key, self.name)

    def needed(self, votes: int) -> int:
        """Return how many of ``votes`` must accept."""
        if self.at_least:
            return ceil(votes * Fraction(self.at_least))
        return floor(votes * Fraction(self.more_than)) + 1

    @property
    def is_unanimous(self) -> bool:
        """Whether one refusal is enough to stop an agreement."""
        return bool(self.at_least) and Fraction(self.at_least) == 1

    @property
    def is_by_majority(self) -> bool:
        """Whether more than half of the votes decide."""
        return bool(self.more_than) and Fraction(self.more_than) == Fraction(1, 2)

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give shares that cannot be, and those that are missing or too many."""
        shares = {name: getattr(self, name) for name in ("at_least", "more_than")}
        given = [name for name, share in shares.items() if share]
        if len(given) != (self.votes is not Votes.NONE):
            said = "at_least or more_than" if self.votes is not Votes.NONE else "neither share"
            yield "votes", f"needs {said} beside votes = {self.votes.value!r}"
        for name in given:
            try:
                share = Fraction(shares[name])
                fits = 0 < share < 1 or (share == 1 and name == "at_least")
            except (ValueError, ZeroDivisionError):
                fits = False
            if not fits:
                yield name, "expected a share such as 1/2 or 2/3"


_DECIDES = {
    BodyKind.NEGOTIATING: "negotiating_bodies",
    BodyKind.CONSULTATIVE: "consultative_bodies",
    BodyKind.ADVISORY: "consultative_bodies",
    BodyKind.REVIEW: "pay_reviewed_by",
    BodyKind.COMMITTEE: "committees",
    BodyKind.FORUM: "national_forums",
}


class Chair(StrEnum):
    """Who chairs a joint body."""

    INDEPENDENT = "independent"
    """Somebody who is of neither side."""
    ALTERNATING = "alternating"
    """A member of each side in turn."""
    JOINT = "joint"
    """One of each side, together."""
    EMPLOYERS = "employers"
    UNIONS = "trade-unions"


@frozen
class Seats(Shown, shows="who seats"):
    """How many seats, or votes, one union or employers' body has on a side."""

    who: str
    """A union's key, or the name of an employers' body."""
    seats: int


class SideKey(StrEnum):
    """The sides of a joint body."""

    EMPLOYERS = "employers"
    UNIONS = "trade-unions"


@frozen
class Side(Shown, shows="key seats"):
    """One side of a joint body."""

    key: SideKey
    """Which side it is."""
    seats: int | None = None
    """Seats in all; without it the number is not known."""
    unions: tuple[str, ...] = ()
    """The unions that sit on it, by key."""
    bodies: tuple[str, ...] = ()
    """The employers' bodies that sit on it, by name."""
    complete: bool = True
    """Whether those named are all; where not, an unnamed union's seat is not known."""
    seats_by: tuple[Seats, ...] = ()
    """Seats by union or body, as far as they are known."""
    seats_as_of: str = ""
    """When seats and majorities were so, where a source says it of no more than that time."""
    majorities: tuple[tuple[str, ...], ...] = ()
    """Unions, by key, that a source says are a majority of the side together, such as
    ``("gmb", "unite")``; it holds also where seats by union are not known."""
    secretary: str = ""
    """Who provides the side's secretary."""

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Give what no side can be: with seats below zero, or more seats by union than in all."""
        by = [each.seats for each in self.seats_by]
        if any(each is not None and each < 0 for each in (self.seats, *by)):
            yield "seats", "expected zero or more"
        elif self.seats is not None and sum(by) > self.seats:
            yield "seats_by", f"gives {sum(by)} seats of {self.seats}"
        elif (
            self.complete
            and self.seats is not None
            and self.seats_by
            and {each.who for each in self.seats_by} == {*self.unions, *self.bodies}
            and sum(by) < self.seats
        ):
            said = "and complete says that nobody else has one"
            yield "seats_by", f"gives {sum(by)} seats of {self.seats}, {said}"
        for name in ("unions", "bodies"):
            named = getattr(self, name)
            if twice := [each for each in dict.fromkeys(named) if named.count(each) > 1]:
                yield name, f"{twice[0]} stands here twice"


@frozen
class BodyVersion(Shown):
    """What a body was, and whom it covered, during one period."""

    period: Period
    name: str
    covers: Condition
    """For whom it works."""
    citations: tuple[Citation, ...]
    exceptions: tuple[RuleException, ...] = ()
    level: BargainingLevel | None = None
    """For a negotiating body: how widely it bargains."""
    sides: tuple[Side, ...] = ()
    """Its sides, and who sits on them."""
    decides_by: str = ""
    """The way in which it decides, by key; empty where that is not known."""
    chair: Chair | None = None
    """Who chairs; None where that is not known."""
    quorum: str = ""
    """How many must be there for a meeting to decide."""
    subjects: tuple[str, ...] = ()
    """What it settles, or is asked about."""
    handbook: str = ""
    """The handbook that holds its agreements."""
    pay_date: str = ""
    """The day of the year on which pay is settled, such as ``04-01``."""
    binds: str = ""
    """Whom an agreement binds, where that is not everybody covered."""
    dispute_steps: tuple[str, ...] = ()
    """Where a dispute goes, step by step."""
    note: str = ""
    """What else a reader should know."""
    conflict: str = ""
    not_known: str = ""
    """Why it is not known whether it covered those whom ``covers`` describes."""


@frozen
class Body(Definition, shows="kind key versions"):
    """A negotiating, consultative, advisory or review body, a committee or a forum.

    Outside ``existed`` it covers nobody; inside, where no version covers the day, whom it covers is
    not known.
    """

    asks: ClassVar[tuple[str, ...]] = ("covers",)

    key: str
    kind: BodyKind
    versions: tuple[BodyVersion, ...]
    existed: Period | None = None
    """When there was such a body; it covers nobody on other days."""
    succeeded_by: tuple[str, ...] = ()
    """The bodies that took over from it."""
    parent: str = ""
    """The body whose agreements it applies or adds to."""

    @property
    def decides(self) -> str:
        """The set that the body is a word of."""
        return _DECIDES[self.kind]

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give what no body can be: its own parent, or there before it existed."""
        if self.parent == self.key:
            yield "parent", "a body is not its own parent"
        if self.key in self.succeeded_by:
            yield "succeeded_by", "a body does not succeed itself"
        for number, version in enumerate(self.versions):
            path = f"version[{number}]"
            there, existed = version.period, self.existed or Period()
            if not existed.overlaps(there) or (
                (there.start or date.max) < (existed.start or date.min)
                or (existed.end or date.max) < (there.end or date.min)
            ):
                said = f"this version is {there}, and the body existed {existed}"
                yield f"{path}.period", said
            if version.pay_date and not _is_day_of_year(version.pay_date):
                yield f"{path}.pay_date", "expected a day of the year such as 04-01, for 1 April"
            for place, side in enumerate(version.sides):
                yield from ((f"{path}.side[{place}].{at}", said) for at, said in side.flaws())

    def word(self) -> Word:
        """Return the body as a word of the vocabulary ``body``."""
        return Word("body", self.key, self.versions[-1].name if self.versions else self.key)

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return whom it covers and, where it negotiates, its level and the seat of ``own``.

        The seat has a version for each of the body, for on a day without one it is not known; nor
        is it where ``own`` is None.
        """
        covered = InSet(Literal(self.key), self.decides)
        covers = Rule(
            self.key,
            self.decides,
            tuple(
                RuleVersion(
                    v.period,
                    v.covers,
                    Literal(self.key),
                    v.citations,
                    exceptions=v.exceptions,
                    conflict=v.conflict,
                    not_known=v.not_known,
                )
                for v in self.versions
            ),
            existed=self.existed,
        )
        if self.kind is not BodyKind.NEGOTIATING:
            return (covers,)
        levels = tuple(
            RuleVersion(v.period, covered, Literal(v.level.value), v.citations)
            for v in self.versions
            if v.level is not None
        )
        rules = [covers, Rule(f"{self.key}/level", "body_levels", levels, existed=self.existed)]
        seats = []
        for v in self.versions:
            named = any(own in side.unions for side in v.sides)
            complete = bool(v.sides) and all(side.complete for side in v.sides)
            when: Condition = covered
            if own is None:
                when = all_of(covered, NotReviewed(NO_UNION))
            elif complete and not named:
                when = FALSE
            elif not named:
                when = all_of(covered, NotReviewed(f"the seats on {self.key} are not all known"))
            seats.append(RuleVersion(v.period, when, Literal(self.key), v.citations))
        if any(each.when != FALSE for each in seats):
            seat = Rule(f"{self.key}/seat", "seated_bodies", tuple(seats), existed=self.existed)
            rules.append(seat)
        return tuple(rules)


def _is_day_of_year(text: str) -> bool:
    try:
        return date.fromisoformat(f"2000-{text}").strftime("%m-%d") == text
    except ValueError:
        return False


class Ending(StrEnum):
    """How a pay round stands, as it was recorded."""

    CLAIM = "claim"
    """A claim was lodged, and no more is recorded."""
    OFFER = "offer"
    """An offer was made, and no more is recorded."""
    REJECTED = "rejected"
    """Members or a union rejected the offer; what followed is not recorded."""
    AGREED = "agreed"
    IMPOSED = "imposed"
    """The employers put it into effect without agreement."""
    AWARDED = "awarded"
    """A government or employer decided after a review body's report."""


@frozen
class Step(Shown, shows="what on"):
    """One recorded step of a pay round."""

    what: str
    """An event of a case type for pay rounds, such as ``submit_claim``."""
    on: str = ""
    """The day, month or year, as far as it is recorded; empty where it is not."""
    by: str = ""
    """Whose step it was: a union's key or a side."""
    text: str = ""
    """What was claimed, offered, recommended or decided."""


class Recommendation(StrEnum):
    """What a union's committee says to its members about an offer; it is more than yes or no."""

    ACCEPT = "accept"
    REJECT = "reject"
    NEUTRAL = "neutral"
    """It says that it leaves the decision to the members."""
    NONE = "none"
    """It makes no recommendation."""


@frozen
class Position(Shown, shows="union accepts"):
    """What one union said to an offer, with its ballot or consultation where that is recorded."""

    union: str
    """The union, by key."""
    accepts: bool | None = None
    """Whether it accepts; without it that is not recorded."""
    entitled: int | None = None
    """How many members could vote."""
    yes: int | None = None
    """How many voted yes."""
    no: int | None = None
    """How many voted no."""
    turnout_percent: str = ""
    """As it was published, a decimal."""
    yes_percent: str = ""
    """The share of yes votes, where only that is known."""

    @property
    def turnout(self) -> Fraction | None:
        """The Yes and No votes in per cent of those entitled, or as published; None: not known."""
        votes = None if self.yes is None or self.no is None else self.yes + self.no
        return _share(votes, self.entitled, self.turnout_percent)

    @property
    def support(self) -> Fraction | None:
        """The Yes votes in per cent of Yes and No, or as published; None: not known."""
        votes = None if self.yes is None or self.no is None else self.yes + self.no
        return _share(self.yes, votes, self.yes_percent)


def _share(part: int | None, whole: int | None, published: str) -> Fraction | None:
    if part is not None and whole:
        return Fraction(100 * part, whole)
    return Fraction(published) if published else None


_YEAR = re.compile(r"[12][0-9]{3}(-[0-9]{2})?")


@frozen
class PayRound(Definition):
    """A pay round of a body as far as it is recorded; what is not recorded stays unknown."""

    key: str
    body: str
    """The body that settles it."""
    year: str
    """The pay year, such as ``2024-25``."""
    ending: Ending
    """How it came out, or how far it is known."""
    citations: tuple[Citation, ...]
    steps: tuple[Step, ...] = ()
    """What happened on which day."""
    positions: tuple[Position, ...] = ()
    """What each union decided."""
    rises: tuple[Rise, ...] = ()
    """What was agreed, imposed or awarded; where nothing was settled, what was offered last."""
    award: str = ""
    """What else it is, in words, such as a day of leave."""
    holds: Period | None = None
    """The time for which it settles pay, where that is recorded."""
    conflict: str = ""
    note: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether pay was settled by it: agreed, imposed or awarded."""
        return self.ending in (Ending.AGREED, Ending.IMPOSED, Ending.AWARDED)

    @property
    def offer(self) -> Offer:
        """What it does to pay; nothing where that is not recorded in numbers."""
        return Offer(self.rises, self.holds)

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give a year that is none, and rises that cannot be."""
        if not _YEAR.fullmatch(self.year):
            yield "year", "expected a year such as 2024-25, or 2024"
        for number, rise in enumerate(self.rises):
            for at, flaw in rise.flaws():
                yield f"rises[{number}].{at}".removesuffix("."), flaw
            if rise.start is None:
                yield f"rises[{number}]", "needs the field start"
