"""Records: what a union enters about itself, row by row, and never changes in place.

A record says that something held from ``start`` up to but not including ``end``, and may say on
which day it was ``recorded``. A change is a new record. A correction is a record with the same
identity that was recorded later: it replaces the earlier one from the day on which it was recorded,
and the earlier one stays, so that both "as of" and "as known on" can be asked.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any, ClassVar

import attrs
from attrs import field, frozen

from unioncore.legal import Period
from unioncore.shown import Shown, plain

__all__ = ["Dated", "Record", "columns"]


@frozen
class Form(Shown, shows="pattern"):
    """How a kind of text is spelt, such as an identifier."""

    pattern: str
    """A regular expression that the whole text matches."""
    looks: str
    """What such a text looks like, for people."""


KEY = Form(
    r"[A-Za-z0-9][A-Za-z0-9._/-]{0,79}",
    "at most 80 letters, digits, full stops, hyphens and slashes",
)
"""How keys are spelt."""


@frozen
class Column(Shown, shows="refers words"):
    """What the reader must know of a column beyond its type."""

    about: str
    refers: str = ""
    """The table in which the value must be a key."""
    words: str = ""
    """The vocabulary of the rulebook that the value is a word of."""
    choices: tuple[str, ...] = ()
    """A closed list of values."""
    form: Form | None = None
    """How the text is spelt."""
    zero: bool = False
    """Whether a whole number may be zero."""


def column(
    about: str,
    *,
    default: Any = attrs.NOTHING,
    refers: str = "",
    words: str = "",
    choices: tuple[str, ...] = (),
    form: Form | None = None,
    zero: bool = False,
) -> Any:
    """Return an attrs field with what the reader must know of it; no default: never blank."""
    about_it = Column(about, refers, words, choices, form, zero)
    return field(default=default, metadata={"column": about_it})


@frozen(kw_only=True)
class Record(Shown):
    """One row of one table."""

    table: ClassVar[str] = ""
    """The name of the table, and of its file."""
    subject: ClassVar[tuple[str, ...]] = ()
    """The columns that say what the row is about."""
    personal: ClassVar[bool] = False
    """Whether it is about a person: then no report shows a value out of it."""

    recorded: date | None = column(
        "The day on which this was entered; blank: from the beginning.", default=None
    )
    struck: bool = column(
        "Whether the row only says that an earlier one of the same key never held.", default=False
    )
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Columns of the union's own, each with its text."""

    @property
    def about(self) -> tuple[Any, ...]:
        """What the record is about: records about the same thing never hold on the same day."""
        return tuple(getattr(self, name) for name in self.subject)

    @property
    def identity(self) -> tuple[Any, ...]:
        """What a correction shares with the record that it corrects."""
        return self.about

    def holds(self, day: date) -> bool:
        """Say whether it holds on ``day``; what happened on a day has held since."""
        return True

    def to_dict(self) -> dict[str, Any]:
        """Return it as a row of NDJSON: its columns by name, without those that are blank."""
        given = ((name, getattr(self, name)) for name in columns(type(self)))
        kept = {name: _cell(value) for name, value in given if value not in (None, "")}
        return kept | dict(self.extra)


@frozen(kw_only=True)
class Dated(Record):
    """A row that holds for a time."""

    start: date | None = column(
        "The first day on which it holds; blank: as far back as is known.", default=None
    )
    end: date | None = column(
        "The first day on which it no longer holds; blank: no end is known.", default=None
    )

    @property
    def identity(self) -> tuple[Any, ...]:
        """What it is about, and its first day."""
        return (*self.about, self.start)

    @property
    def period(self) -> Period:
        """The days on which it holds; raises ``ValueError`` where it ends before it starts."""
        return Period(self.start, self.end)

    def holds(self, day: date) -> bool:
        """Say whether it holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meets(self, other: "Dated") -> bool:
        """Say whether some day lies in both."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )


def identity_of(kind: type[Record]) -> Callable[[Any], Any]:
    """Return what gives the identity of rows of one table: as ``Record.identity``, and faster."""
    return attrgetter(*kind.subject, *(("start",) if issubclass(kind, Dated) else ()))


def _cell(value: Any) -> Any:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else plain(value)


def columns(kind: type[Record]) -> Mapping[str, "attrs.Attribute[Any]"]:
    """Return the columns of a table by name: its own first, then the days, then the entry."""
    found = _COLUMNS.get(kind)
    if found is None:
        last = ("start", "end", "recorded", "struck")
        fields = {each.name: each for each in attrs.fields(kind) if "column" in each.metadata}
        own = {name: each for name, each in fields.items() if name not in last}
        own |= {name: fields[name] for name in last if name in fields}
        found = _COLUMNS[kind] = MappingProxyType(own)
    return found


_COLUMNS: dict[type[Record], Mapping[str, "attrs.Attribute[Any]"]] = {}
