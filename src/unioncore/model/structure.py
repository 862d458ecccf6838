"""The parts a union is made of, each with its dated names."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from unioncore.legal import Citation, Period
from unioncore.rules import Condition, Definition, Rule, RuleException, RuleVersion, Word
from unioncore.rules.condition import Compare, Literal, Name
from unioncore.shown import Shown

__all__ = [
    "Affiliation",
    "Branch",
    "BranchType",
    "BranchTypeVersion",
    "BranchVersion",
    "LedBy",
    "NamedVersion",
    "OfficeRole",
    "Region",
    "ServiceGroup",
    "TradeUnion",
]


@frozen
class NamedVersion(Shown):
    """What something was called during one period."""

    period: Period
    name: str
    citations: tuple[Citation, ...]
    conflict: str = ""


def _newest_name(versions: "tuple[NamedVersion | BranchVersion, ...]", key: str) -> str:
    by_start = sorted(versions, key=lambda version: version.period.start or date.min)
    return by_start[-1].name if by_start else key


@frozen
class Affiliation(Shown, shows="to period"):
    """That a union is affiliated to a body, such as a political party or a congress of unions."""

    to: str
    """The body, by name."""
    period: Period
    citations: tuple[Citation, ...]
    through: str = ""
    """What pays for it, such as a section of the political fund; empty where that is not known."""
    locally: bool | None = None
    """Whether parts of the union are affiliated to local parts of the body; None: not known."""


class LedBy(StrEnum):
    """Who leads a union between its conferences."""

    LAY_MEMBERS = "lay-members"
    """Members who are no staff of it: most of its executive, and whoever presides."""
    OFFICIALS = "officials"


@frozen
class TradeUnion(Definition):
    """A trade union, as an actor: one that this rulebook serves, or one that sits beside it."""

    key: str
    name: str
    own: bool = False
    """Whether the rulebook is this union's own; ``union_has_seat`` asks about it."""
    case_type: str = ""
    """The case type of its own handling of a member's case; empty: it has none."""
    citations: tuple[Citation, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    """The federations and parties that it belongs to, and when."""
    led_by: LedBy | None = None
    """Who leads it; None: not known."""
    countries: tuple[str, ...] = ()
    """The countries in which it has members, as far as a source names them; empty: not known."""
    venture_of: tuple[str, ...] = ()
    """The unions whose joint venture it is, by key."""
    merged_into: str = ""
    """The union that it became a part of, by key."""
    merged_on: date | None = None
    """The first day on which it was a part of that union."""

    def word(self) -> Word:
        """Return the union as a word of the vocabulary ``union``."""
        return Word("union", self.key, self.name)


@frozen
class ServiceGroup(Definition):
    """Members of one public service, who decide together on their pay and conditions.

    Its key outlives its names.
    """

    key: str
    versions: tuple[NamedVersion, ...]

    def word(self) -> Word:
        """Return the group as a word of the vocabulary ``service_group``."""
        return Word("service_group", self.key, _newest_name(self.versions, self.key))


@frozen
class Region(Definition):
    """A region or nation of the union."""

    key: str
    versions: tuple[NamedVersion, ...]
    succeeded_by: str = ""
    """The region that it was merged into."""

    def word(self) -> Word:
        """Return the region as a word of the vocabulary ``region``."""
        return Word("region", self.key, _newest_name(self.versions, self.key))


@frozen
class OfficeRole(Definition):
    """A kind of office or post, such as branch secretary or regional organiser.

    Who may hold it is said by requirements.
    """

    key: str
    of: tuple[str, ...]
    """The kinds of units that have it."""
    versions: tuple[NamedVersion, ...]
    staff: bool = False
    """Whether it is a post of the union's staff, which decides ``office.held_by_staff``; otherwise
    members hold it."""
    core: bool = False
    """Whether every unit of these kinds should have a holder."""
    shareable: bool = False
    """Whether several people may share it."""
    elected: str = ""
    """By whom and how often it is filled, in words."""

    def word(self) -> Word:
        """Return the role as a word of the vocabulary ``office_role``."""
        return Word("office_role", self.key, _newest_name(self.versions, self.key))

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return whether the office is a post of the union's staff, while the office is known."""
        versions = tuple(
            RuleVersion(
                v.period,
                Compare("==", Name("office.role"), Literal(self.key)),
                Literal(self.staff),
                v.citations,
                conflict=v.conflict,
            )
            for v in self.versions
        )
        return (Rule(f"{self.key}/staff", "office.held_by_staff", versions),)


@frozen
class BranchTypeVersion(Shown):
    """Whom branches of a type take in during one period."""

    period: Period
    takes: Condition
    """Whom branches of the type take in."""
    citations: tuple[Citation, ...]
    exceptions: tuple[RuleException, ...] = ()
    conflict: str = ""


@frozen
class BranchType(Definition):
    """A kind of branch, such as a police branch."""

    asks: ClassVar[tuple[str, ...]] = ("takes",)

    key: str
    name: str
    versions: tuple[BranchTypeVersion, ...] = ()
    regional: bool = False
    """Whether the branch lies in the region of the workplace."""

    def word(self) -> Word:
        """Return the type as a word of the vocabulary ``branch_type``."""
        return Word("branch_type", self.key, self.name)

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return who belongs in such a branch, and in which region it lies."""
        takes = Rule(
            f"{self.key}/takes",
            "branch_type",
            tuple(
                RuleVersion(
                    v.period,
                    v.takes,
                    Literal(self.key),
                    v.citations,
                    exceptions=v.exceptions,
                    conflict=v.conflict,
                )
                for v in self.versions
            ),
        )
        # A named branch lies where its definition says, so this counts only for the others.
        here = Rule(
            f"{self.key}/region",
            "region",
            otherwise=True,
            versions=tuple(
                RuleVersion(
                    v.period,
                    Compare("==", Name("branch_type"), Literal(self.key)),
                    Name("work.region"),
                    v.citations,
                )
                for v in self.versions
            ),
        )
        return (takes, here) if self.regional else (takes,)


@frozen
class BranchVersion(Shown):
    """A branch's name and region, and whom it takes in, during one period."""

    period: Period
    name: str
    region: str
    """The region that it lies in."""
    takes: Condition
    """Whom it takes in."""
    citations: tuple[Citation, ...]
    exceptions: tuple[RuleException, ...] = ()
    conflict: str = ""


@frozen
class Branch(Definition):
    """A branch that a rule names; every other branch comes from the union's own records."""

    asks: ClassVar[tuple[str, ...]] = ("takes",)

    key: str
    versions: tuple[BranchVersion, ...]

    def word(self) -> Word:
        """Return the branch as a word of the vocabulary ``branch``."""
        return Word("branch", self.key, _newest_name(self.versions, self.key))

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return who belongs in the branch, and that its region is theirs."""

        def versions(value: Callable[[BranchVersion], str]) -> tuple[RuleVersion, ...]:
            return tuple(
                RuleVersion(
                    v.period,
                    v.takes,
                    Literal(value(v)),
                    v.citations,
                    exceptions=v.exceptions,
                    conflict=v.conflict,
                )
                for v in self.versions
            )

        return (
            Rule(f"{self.key}/takes", "branch", versions(lambda _: self.key)),
            Rule(f"{self.key}/region", "region", versions(lambda version: version.region)),
        )
