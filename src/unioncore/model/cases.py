"""Cases: what happened in one matter, entry after entry, and nothing is ever taken back.

A case belongs to one member, or is a collective matter: about a body, a forum, an employer or an
agreement. It has tracks; each has one case type. The union's own handling of a member's case is a
track like any other, called ``union``, and may end before the rest.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.convert import from_plain, to_plain
from unioncore.errors import UnknownFormat, UnknownName, WrongArgument, nearest
from unioncore.shown import Shown

__all__ = [
    "UNION_TRACK",
    "Act",
    "Assignment",
    "Case",
    "Collective",
    "Entry",
    "Track",
    "check_case",
]

FORMAT = 1
"""The version of the format in which cases are stored."""

UNION_TRACK = "union"
"""The key of the track of the union's own handling."""


class Act(StrEnum):
    """What an entry does."""

    OPEN = "open"
    """Opens a track."""
    EVENT = "event"
    """An event of the track's case type."""
    HAPPENING = "happening"
    """Something outside the case type with which clocks start or end."""
    PLAN = "plan"
    """That an event of the case type is planned for a day."""
    ASSIGN = "assign"
    """Gives the track a representative."""
    RELEASE = "release"
    """Takes a representative off the track."""
    FORM = "form"
    """That sections of the case form are complete."""
    DISCRETION = "discretion"
    """That somebody used a discretion in the member's favour."""
    NOTE = "note"
    SHARE = "share"
    """Lets somebody else see a compartment."""
    UNSHARE = "unshare"
    """Ends the shares of a compartment with somebody."""
    SECURE = "secure"
    """Moves a track, or the note of a reference, to a stricter compartment."""
    DISCLOSE = "disclose"
    """That somebody was shown what they may see."""
    LINK = "link"
    """Links the case with another one."""
    HOLD = "hold"
    """A legal hold: nothing is erased while it lasts."""
    LIFT = "lift"
    """Ends a legal hold."""
    ADOPT = "adopt"
    """Moves a track to another version of its case type."""


@frozen(kw_only=True)
class Entry(Shown, shows="act track event on"):
    """One thing that was entered into a case; columns that an act does not need stay empty."""

    act: Act
    on: date
    """The day on which it happened."""
    recorded: date
    """The day on which it was entered."""
    track: str = ""
    at: datetime | None = None
    """The moment, where an hour matters."""
    event: str = ""
    """The event or happening; for a link, how the cases go together."""
    actor: str = ""
    """Whose act it was, in the words of the case type."""
    by: str = ""
    """Who entered it, by key."""
    says: tuple[str, ...] = ()
    """What they say is so; an event may need it."""
    to: str = ""
    """The state after the event; filled in when it is applied."""
    case_type: str = ""
    version: str = ""
    """The first day of the case type's version; ``..`` where it has none."""
    nation: str = ""
    employer: str = ""
    incident: date | None = None
    """The day of the incident behind the track."""
    person: str = ""
    """Who is assigned, released, or shown something, by key."""
    role: str = ""
    """In which role."""
    tier: str = ""
    sections: tuple[int, ...] = ()
    """For a form: the sections that are complete."""
    compartment: str = ""
    """For a note, a share or a disclosure: what it belongs to; for ``secure``: where it goes."""
    level: str = ""
    """For a note: how confidential it is."""
    reference: str = ""
    """For a link: the other case; for a note: what it is called by, so that it can be moved."""
    reason: str = ""
    text: str = ""
    """For a note: what it says. Nothing but a view gives it out."""
    figures: Mapping[str, Any] = field(factory=dict, converter=deepcopy, hash=False)
    """For an event or happening that holds figures: plain data, such as a ballot's result."""


@frozen
class Assignment(Shown, shows="tier since"):
    """Who represents on a track, in which tier, since when."""

    person: str
    tier: str
    role: str
    since: date


@frozen
class Track(Shown, shows="key case_type state entries"):
    """One part of a case with a case type of its own, as its entries leave it."""

    key: str
    case_type: str
    version: str
    nation: str
    employer: str
    incident: date | None
    opened: date
    state: str
    entries: tuple[Entry, ...]
    """Its entries, in order."""

    def last(self, event: str) -> Entry | None:
        """Return the last entry of an event or happening."""
        kinds = (Act.EVENT, Act.HAPPENING)
        found = [each for each in self.entries if each.event == event and each.act in kinds]
        return found[-1] if found else None

    def planned(self, event: str) -> Entry | None:
        """Return the last plan for an event."""
        found = [each for each in self.entries if each.event == event and each.act is Act.PLAN]
        return found[-1] if found else None

    def assigned(self, on: date) -> tuple[Assignment, ...]:
        """Return who represented on a day."""
        assigned: dict[str, Assignment] = {}
        for entry in self.entries:
            if entry.on > on:
                continue
            if entry.act is Act.ASSIGN:
                assigned[entry.person] = Assignment(entry.person, entry.tier, entry.role, entry.on)
            elif entry.act is Act.RELEASE:
                assigned.pop(entry.person, None)
        return tuple(assigned.values())


@frozen(kw_only=True, slots=False)
class Case(Shown, shows="reference _states entries"):
    """Everything that was entered about one matter. It never changes.

    ``answers.apply`` gives a new case with a further entry, or says why not.
    """

    reference: str
    """What the case is called by outside; it says nothing about the member."""
    person: str
    """The member, by key; empty for a collective matter."""
    branch: str
    opened: date
    fingerprint: str
    """Of the rulebook with which the case began."""
    about: str = ""
    """For a collective matter: the body, forum, employer or agreement, by key."""
    entries: tuple[Entry, ...] = ()
    format: int = FORMAT

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is made again where it is needed.
        return {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """The tracks by key, the union's own first."""
        tracks: dict[str, Track] = {}
        for entry in self.entries:
            key = entry.track
            if entry.act is Act.OPEN:
                tracks[key] = Track(
                    key,
                    entry.case_type,
                    entry.version,
                    entry.nation,
                    entry.employer,
                    entry.incident,
                    entry.on,
                    entry.to,
                    (entry,),
                )
            elif key in tracks:
                track = tracks[key]
                changes: dict[str, Any] = {"entries": (*track.entries, entry)}
                if entry.to:
                    changes["state"] = entry.to
                if entry.act is Act.ADOPT:
                    changes["version"] = entry.version
                tracks[key] = attrs.evolve(track, **changes)
        return tracks

    @property
    def _states(self) -> str:
        """How each track stands."""
        return ", ".join(f"{key}: {track.state}" for key, track in self.tracks.items())

    def track(self, key: str) -> Track:
        """Return a track; raises ``UnknownName`` with the nearest where the case has none such."""
        track = self.tracks.get(key)
        if track is None:
            raise UnknownName("track", str(key), nearest(str(key), self.tracks))
        return track

    def links(self) -> tuple[Entry, ...]:
        """Return the entries that link the case with others."""
        return tuple(entry for entry in self.entries if entry.act is Act.LINK)

    def on_hold(self, on: date) -> bool:
        """Say whether a legal hold lasts on a day."""
        marks = [e for e in self.entries if e.act in (Act.HOLD, Act.LIFT) and e.on <= on]
        return bool(marks) and marks[-1].act is Act.HOLD

    def to_dict(self) -> dict[str, Any]:
        """Return the case as plain data; ``from_dict`` gives an equal case back."""
        plain: dict[str, Any] = to_plain(self)
        if not self.about:
            del plain["about"]
        blank = to_plain(Entry(act=Act.NOTE, on=date.min, recorded=date.min))
        plain["entries"] = [
            {key: value for key, value in entry.items() if key == "act" or value != blank[key]}
            for entry in plain["entries"]
        ]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Case":
        """Read back what ``to_dict`` gave; raises ``UnknownFormat`` for another format."""
        written = plain.get("format")
        if written != FORMAT:
            raise UnknownFormat("case", str(written), str(FORMAT))
        return from_plain(plain, Case)


def check_case(value: object) -> Case:
    """Return ``value`` when it is a case; raises ``WrongArgument`` for anything else."""
    if isinstance(value, Case):
        return value
    got = type(value).__name__
    advice = "a refused entry leaves the case as it was: go on with the case before the refusal"
    if got != "Refusal":
        advice = "pass what open_case, open_matter or apply returned"
    raise WrongArgument("case", "a Case", got, advice)


@frozen
class Collective(Shown, shows="reference cases"):
    """A matter of several members: each of them has a case of their own."""

    reference: str
    name: str
    cases: tuple[str, ...] = ()
    """The references of the members' cases."""
