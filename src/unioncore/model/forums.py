"""The constitution of a joint forum, and how its staff side shares out seats."""

from enum import StrEnum

from attrs import frozen

from unioncore.model.bargaining import Side
from unioncore.shown import Shown

__all__ = ["ForumConstitution", "SeatRule"]


class SeatRule(StrEnum):
    """How the seats of a side go to its unions."""

    BY_MEMBERSHIP = "by-membership"
    """In proportion to members, by the largest remainder."""
    EQUAL = "equal"
    """The same number for each union."""
    AS_WRITTEN = "as-written"
    """As the constitution says, in the side's ``seats_by``."""


@frozen(kw_only=True)
class ForumConstitution(Shown, shows="sides seat_rule bodies"):
    """What the constitution of a joint forum says.

    Of the texts, None is what was not read, and an empty one what the constitution does not settle.
    """

    purpose: str | None = None
    consulted: str | None = None
    """Who is consulted, when and about what."""
    negotiated: tuple[str, ...] = ()
    """Matters that are negotiated there."""
    excluded: tuple[str, ...] = ()
    """Matters that are not for the forum, such as individual cases."""
    frequency: str | None = None
    """How often it meets, in words."""
    meetings_a_year: int | None = None
    """The least number of meetings in a year; None where no number is known."""
    disputes: str | None = None
    """How disputes are handled, step by step."""
    sides: tuple[Side, ...] = ()
    """Both sides, as for a negotiating body: seats, unions, secretaries."""
    seat_rule: SeatRule | None = None
    """How the staff side's seats go to its unions; None where that is not known."""
    chair: str = ""
    staff_side_chair: str = ""
    """Who chairs the staff side, or how that is decided."""
    quorum: str = ""
    senior_percent: int | None = None
    """The share of meetings, in per cent, that each senior manager named is to attend."""
    decides: str = ""
    """How it comes to an agreement."""
    bodies: tuple[str, ...] = ()
    """The negotiating bodies, by key, whose agreements it applies."""

    def side(self, key: str) -> Side | None:
        """Return the side ``employers`` or ``trade-unions``; None where it is not described."""
        return next((each for each in self.sides if each.key == key), None)
