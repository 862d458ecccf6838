"""Entries: what was done in a case, one class for each act, and nothing is ever taken back.

An entry has the fields of its act and no others. ``CaseEntry.act`` is the word for it where an
entry is written as plain data.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, ClassVar, TypeVar

import attrs
from attrs import Factory, field, frozen

from unioncore.forms import Stored
from unioncore.model.record import column
from unioncore.shown import plain

__all__ = [
    "ACTS",
    "Adopt",
    "Assign",
    "CaseEntry",
    "CaseEvent",
    "CaseForm",
    "Correct",
    "Disclose",
    "Discretion",
    "Document",
    "Happened",
    "Hold",
    "Involve",
    "Lift",
    "Link",
    "Note",
    "OfCompartment",
    "OfPart",
    "OnTrack",
    "Open",
    "Plan",
    "Release",
    "Secure",
    "Share",
    "Unshare",
]

T = TypeVar("T")


def _as_json(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return figures as they are stored, so that they come back as they were entered."""
    found: Mapping[str, Any] = plain(given)
    return found


ACTS: dict[str, type["CaseEntry"]] = {}
"""The class of each act, by its word."""


@frozen(kw_only=True)
class CaseEntry(Stored, shows="act on"):
    """What every entry has."""

    one_of: ClassVar[tuple[str, Mapping[str, type]]] = ("act", ACTS)
    act: ClassVar[str] = ""
    """The word for what the entry does."""
    filled: ClassVar[tuple[str, ...]] = ()
    """The fields that are filled in when the entry is taken; they are never given."""

    on: date = column("The day on which it happened.")
    recorded: date = column(
        "The day on which it was entered; the day on which it happened, if it is not given.",
        default=Factory(lambda self: self.on, takes_self=True),
    )
    by: str = column("Who entered it, by key.", refers="people")
    mark: str = field(default="", eq=False)
    """A digest of the entry and of all before it; filled in when it is taken."""

    @property
    def track(self) -> str:
        """The key of the track that it is about; empty: none."""
        return ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, its act first, without what is blank."""
        given = ((name, getattr(self, name)) for name in _names(type(self)))
        needed = _needed(type(self))
        return {"act": self.act} | {
            name: plain(value)
            for name, value in given
            if value not in ("", None, (), {}) or name in needed
        }

    def __init_subclass__(cls, act: str = "", **more: Any) -> None:
        super().__init_subclass__(**more)
        if act:
            cls.act = act
        if "act" in vars(cls):  # attrs makes the class a second time, with its fields
            ACTS[cls.act] = cls


@frozen(kw_only=True)
class OnTrack(CaseEntry, shows="act track on"):
    """An entry about one track."""

    track: str = column("The key of the track.")


@frozen(kw_only=True)
class OfPart(CaseEntry, shows="act track on"):
    """An entry about one track, or about the case as a whole."""

    track: str = column("The key of the track; empty: the whole case.", default="")


@frozen(kw_only=True)
class Open(OnTrack, act="open"):
    """Opens a track."""

    filled = ("version", "to")

    case_type: str = column("The kind of case.")
    nation: str = column("The nation whose law holds; empty: not known.", default="")
    employer: str = column("The employer; empty: none.", default="", refers="employers")
    incident: date | None = column("The day of the incident; empty: not known.", default=None)
    claim: str = column(
        "The claim that is pleaded; empty: that of the case's other tracks.",
        default="",
        words="claim",
    )
    version: str = ""
    """The first day of the version of the case type; ``..`` where it has none."""
    to: str = ""
    """The state in which the track begins."""


@frozen(kw_only=True)
class CaseEvent(OnTrack, act="event", shows="act track event on"):
    """An event of the track's case type."""

    filled = ("to",)

    event: str = column("Which event.")
    at: datetime | None = column("The moment, where an hour matters.", default=None)
    actor: str = column("Whose act it was, in the words of the case type.", default="")
    says: tuple[str, ...] = column(
        "What the author says is so, where the event needs it.", default=()
    )
    figures: Mapping[str, Any] = field(factory=dict, converter=_as_json, hash=False)
    """Plain data, where the event holds figures, such as a ballot's result; days are text."""
    to: str = ""
    """The state after the event."""


@frozen(kw_only=True)
class Happened(OnTrack, act="happening", shows="act track event on"):
    """Something outside the case type's events, with which clocks start or end."""

    event: str = column("Which happening.")
    at: datetime | None = column("The moment, where an hour matters.", default=None)
    figures: Mapping[str, Any] = field(factory=dict, converter=_as_json, hash=False)
    """Plain data, where the happening holds figures."""


@frozen(kw_only=True)
class Plan(OnTrack, act="plan", shows="act track event on"):
    """That an event or a happening is planned for a day, which ``on`` gives."""

    recorded: date = column("The day on which it was entered.")
    event: str = column("Which event or happening.")
    at: datetime | None = column("The moment, where an hour matters.", default=None)


@frozen(kw_only=True)
class Assign(OnTrack, act="assign"):
    """Gives the track a representative."""

    filled = ("tier",)

    person: str = column("Who represents.", refers="people")
    role: str = column("The office by which they represent.", words="office_role")
    tier: str = ""
    """The tier that the office gives; empty: none."""


@frozen(kw_only=True)
class Release(OnTrack, act="release"):
    """Takes a representative off the track."""

    person: str = column("Who no longer represents.", refers="people")
    reason: str = column("Why.", default="")


@frozen(kw_only=True)
class CaseForm(CaseEntry, act="form"):
    """That sections of the case form are complete."""

    sections: tuple[int, ...] = column("The numbers of the sections.")


@frozen(kw_only=True)
class Involve(CaseEntry, act="involve"):
    """That somebody has a part in the matter, such as a witness."""

    person: str = column("Who.", refers="people")
    capacity: str = column("In which capacity.", words="capacity")


@frozen(kw_only=True)
class Discretion(OnTrack, act="discretion"):
    """That the author used a discretion in the member's favour."""

    reason: str = column("Why.")


@frozen(kw_only=True)
class Note(OfPart, act="note", shows="act track on"):
    """A note, which nothing but a view gives out."""

    level: str = column("How confidential it is.", words="confidentiality")
    compartment: str = column(
        "What it belongs to; empty: what its track does.", default="", words="compartment"
    )
    reference: str = column("What it is called by, so that it can be moved.", default="")
    text: str = column("What it says.", default="")


@frozen(kw_only=True)
class Document(OfPart, act="document"):
    """That there is a document: never what it says."""

    name: str = column("What it is, in the words of the case type where it has one for it.")
    place: str = column("Where it is kept.")
    compartment: str = column(
        "What it belongs to; empty: what its track does.", default="", words="compartment"
    )


@frozen(kw_only=True)
class OfCompartment(OfPart, shows="act track compartment on"):
    """What a share, its end and a disclosure have in common."""

    person: str = column("Whom it is opened to or was shown.", refers="people")
    compartment: str = column("What is opened.", words="compartment")
    reason: str = column("Why.")


@frozen(kw_only=True)
class Share(OfCompartment, act="share"):
    """Lets somebody else see a compartment."""


@frozen(kw_only=True)
class Unshare(OfCompartment, act="unshare"):
    """Ends the shares of a compartment with somebody."""


@frozen(kw_only=True)
class Disclose(OfCompartment, act="disclose"):
    """That somebody was shown what they may see. They may stand in no record, as employers do."""

    person: str = column("Whom it was shown.")


@frozen(kw_only=True)
class Secure(OfPart, act="secure"):
    """Moves a track, or the note of a reference, to a stricter compartment."""

    compartment: str = column("Where it goes.", words="compartment")
    reference: str = column("The note's reference; empty: the track is moved.", default="")
    reason: str = column("Why.")


@frozen(kw_only=True)
class Link(CaseEntry, act="link", shows="act how on"):
    """Links the case with another one."""

    how: str = column("How the cases go together.", words="link")
    reference: str = column("The other case.")


@frozen(kw_only=True)
class Hold(CaseEntry, act="hold"):
    """A legal hold: nothing is erased while it lasts."""

    reason: str = column("Why.")


@frozen(kw_only=True)
class Lift(CaseEntry, act="lift"):
    """Ends a legal hold."""

    reason: str = column("Why.")


@frozen(kw_only=True)
class Adopt(OnTrack, act="adopt"):
    """Moves a track to another version of its case type."""

    version: str = column("The first day of the version; ``..`` where it has none.")


@frozen(kw_only=True)
class Correct(CaseEntry, act="correct", shows="act corrects on"):
    """Puts an earlier entry right, or strikes it out; both stay on record."""

    corrects: int = column("The place of the entry, counted from 0 in ``Case.entries``.")
    instead: CaseEntry | None = column(
        "What holds in its place, an entry of the same act; None: nothing.", default=None
    )
    reason: str = column("Why.")


def changed(value: T, **changes: Any) -> T:
    """Return a value with other fields, as ``attrs.evolve`` does, in half the time.

    Nothing is converted or checked: what is given must be right already.
    """
    made = object.__new__(type(value))
    for name in _names(type(value)):
        each = changes[name] if name in changes else getattr(value, name)
        if type(each) is dict:
            # Whoever holds the old value cannot reach into the new one.
            each = deepcopy(each) if each else {}
        object.__setattr__(made, name, each)
    return made


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in attrs.fields(kind))
    return _NAMES[kind]


_NEEDED: dict[type, frozenset[str]] = {}


def _needed(kind: type[Any]) -> frozenset[str]:
    """Return the fields that are never left out."""
    if kind not in _NEEDED:
        needed = (each.name for each in attrs.fields(kind) if each.default is attrs.NOTHING)
        _NEEDED[kind] = frozenset(needed)
    return _NEEDED[kind]


def mark_of(before: str, entry: CaseEntry) -> str:
    """Return the digest of an entry that stands after what has the digest ``before``."""
    return digest(before, *_told(entry))


def digest(*parts: str) -> str:
    """Return a digest of texts in their order."""
    told = "\x1f".join(parts).encode(errors="surrogatepass")  # whatever a text may hold
    return blake2b(told, digest_size=16).hexdigest()


_AS_TEXT = (str, date)


def _told(entry: CaseEntry) -> Iterator[str]:
    """Give what an entry says as texts; what is blank is left out."""
    yield entry.act
    for each in _names(type(entry)):
        value = getattr(entry, each)
        if each == "mark" or (not value and value != 0):
            continue
        if not isinstance(value, _AS_TEXT):
            if isinstance(value, CaseEntry):
                value = digest(*_told(value))
            elif isinstance(value, Mapping):
                value = json.dumps(value, sort_keys=True, default=str)
        yield f"{each}={value}"
