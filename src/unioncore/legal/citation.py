"""On whose authority something is said."""

from datetime import date
from enum import StrEnum
from typing import Any

import attrs
from attrs import frozen

from unioncore.errors import CannotBe
from unioncore.legal.period import must_be_a_day
from unioncore.shown import Shown

__all__ = ["Citation", "Confidence", "must_be_an_address"]


class Confidence(StrEnum):
    """How far a citation may be relied on."""

    VERIFIED = "verified"
    """Somebody read it in the source cited, or in a source that quotes it, on the day given."""
    REMEMBERED = "remembered"
    """Nobody looked: it is well known, and must be checked before anything rests on it."""
    CHANGED = "changed"
    """It was read on the day given; its text has changed since, and nobody has looked again."""


def must_be_an_address(_: Any, field: "attrs.Attribute[Any]", value: str) -> None:
    """Let only addresses of the web into a field, or nothing; a validator for attrs classes.

    Raises:
        CannotBe: for anything else: a reader opens it with one click.
    """
    if value and not value.startswith(("https://", "http://")):
        raise CannotBe(f"{field.name}: expected an address that begins with https://")


@frozen(kw_only=True)
class Citation(Shown, shows="instrument provision"):
    """The instrument and provision that a dated version rests on, and when it was last looked at.

    "Unchanged since 2022" and "not looked at since 2022" are different statements; this holds
    the second, and the version's period the first.

    Raises:
        NotADay: when ``checked_on`` is not a plain day.
        CannotBe: when ``instrument`` is empty, or ``url`` is no address of the web.
    """

    instrument: str = attrs.field(validator=attrs.validators.min_len(1))
    """The Act, order, agreement, rule book, policy or judgment, by its usual full name."""
    provision: str
    """Where in it, such as ``section 63`` or ``Schedule 1, paragraph 2``; empty for the whole."""
    url: str = attrs.field(validator=must_be_an_address)
    """Where to read it, an address of the web; empty when it is not published."""
    checked_on: date = attrs.field(validator=must_be_a_day)
    """The day on which somebody last compared what we say with what it says."""
    confidence: Confidence
    """Whether it was read, or is only remembered."""

    def __str__(self) -> str:
        place = f"{self.instrument}, {self.provision}" if self.provision else self.instrument
        return f"{place} (checked {self.checked_on.isoformat()}{_MARKS[self.confidence]})"

    @property
    def doubt(self) -> str:
        """What an answer that rests on it warns of; empty where it may be relied on."""
        said = _DOUBTS.get(self.confidence)
        return f"{said} {self}" if said else ""


_MARKS = {
    Confidence.VERIFIED: "",
    Confidence.REMEMBERED: ", remembered",
    Confidence.CHANGED: ", changed since",
}
_DOUBTS = {
    Confidence.REMEMBERED: "not verified: rests on",
    Confidence.CHANGED: "not reviewed since the text changed: rests on",
}
