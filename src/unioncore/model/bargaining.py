"""Bodies: whatever covers people and speaks, decides or advises for them."""

from enum import StrEnum

from attrs import frozen

from unioncore.legal import Citation, Period
from unioncore.rules import Condition, Rule, RuleException, RuleVersion, Word
from unioncore.rules.condition import Among, Literal, Name, NotReviewed, all_of

__all__ = ["Body", "BodyKind", "BodyVersion", "Side", "Tier"]


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


class Tier(StrEnum):
    """How widely a negotiating body bargains."""

    NATIONAL = "national"
    REGIONAL = "regional"
    EMPLOYER = "employer"
    """For one employer, however large."""


_DECIDES = {
    BodyKind.NEGOTIATING: "negotiating_bodies",
    BodyKind.CONSULTATIVE: "consultative_bodies",
    BodyKind.ADVISORY: "consultative_bodies",
    BodyKind.REVIEW: "pay_reviewed_by",
    BodyKind.COMMITTEE: "committees",
    BodyKind.FORUM: "national_forums",
}


@frozen
class Side:
    """One side of a joint body."""

    key: str
    """``employers`` or ``trade-unions``."""
    seats: int | None = None
    """Seats in all; None where the number is not known."""
    unions: tuple[str, ...] = ()
    """The unions that sit on it, by key."""
    bodies: tuple[str, ...] = ()
    """The employers' bodies that sit on it, by name."""
    complete: bool = True
    """Whether those named are all; where not, an unnamed union's seat is not known."""


@frozen
class BodyVersion:
    """What a body was, and whom it covered, during one period."""

    period: Period
    name: str
    covers: Condition
    citations: tuple[Citation, ...]
    exceptions: tuple[RuleException, ...] = ()
    tier: Tier | None = None
    """For a negotiating body: how widely it bargains."""
    sides: tuple[Side, ...] = ()
    note: str = ""
    """What a reader should know, such as the name of its handbook or its pay date."""
    conflict: str = ""
    not_known: str = ""
    """Why it is not known whether it covered those whom ``covers`` describes."""


@frozen
class Body:
    """A negotiating, consultative, advisory or review body, a committee or a forum.

    Outside ``existed`` it covers nobody; inside, where no version covers the day, whom it covers is
    not known.
    """

    key: str
    kind: BodyKind
    versions: tuple[BodyVersion, ...]
    existed: Period | None = None
    succeeded_by: tuple[str, ...] = ()

    @property
    def decides(self) -> str:
        """The set that the body is a word of."""
        return _DECIDES[self.kind]

    def word(self) -> Word:
        """Return the body as a word of the vocabulary ``body``."""
        return Word("body", self.key, self.versions[-1].name if self.versions else self.key)

    def rules(self, union: str | None) -> tuple[Rule, ...]:
        """Return whom it covers and, where it negotiates, its tier and the seat of ``union``."""
        covered = Among(Literal(self.key), Name(self.decides))
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
        tiers = tuple(
            RuleVersion(v.period, covered, Literal(v.tier.value), v.citations)
            for v in self.versions
            if v.tier is not None
        )
        found = [covers, Rule(f"{self.key}/tier", "bargaining_tiers", tiers, existed=self.existed)]
        seats = []
        for v in self.versions:
            named = any(union in side.unions for side in v.sides)
            complete = bool(v.sides) and all(side.complete for side in v.sides)
            if named or not complete:
                when = (
                    covered
                    if named
                    else all_of(covered, NotReviewed(f"the seats on {self.key} are not all known"))
                )
                seats.append(RuleVersion(v.period, when, Literal(self.key), v.citations))
        if seats and union is not None:
            seat = Rule(f"{self.key}/seat", "seated_bodies", tuple(seats), existed=self.existed)
            found.append(seat)
        return tuple(found)
