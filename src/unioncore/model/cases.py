"""Cases: what happened in one matter, entry after entry, and nothing is ever taken back.

A case belongs to one member, or is a collective matter: about a body, a forum, an employer or an
agreement. It has tracks; each runs one case type. The union's own handling of a member's case is a
track like any other, called ``union``, and may end before the rest.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs
from attrs import field, frozen

from unioncore import forms
from unioncore.errors import BadCase, DataFault, UnknownName, nearest
from unioncore.forms import Stored
from unioncore.model.entries import (
    Adopt,
    Assign,
    CaseEntry,
    CaseEvent,
    Correct,
    Happened,
    Hold,
    Involve,
    Lift,
    Link,
    Open,
    Plan,
    Release,
    changed,
    digest,
    mark_of,
)
from unioncore.shown import Shown

__all__ = [
    "UNION_TRACK",
    "Assignment",
    "Case",
    "Collective",
    "Track",
]

_FORMAT = 1
"""The version of the format in which cases are stored."""

UNION_TRACK = "union"
"""The key of the track of the union's own handling."""


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
    claim: str
    """The claim that it pleads; empty: none is said."""
    opened: date
    state: str
    since: date
    """The day of the last event, or of the opening: since when the track is in its state."""
    entries: tuple[CaseEntry, ...]
    """Its entries as they stand, in order."""

    def happened(self, on: date) -> tuple[CaseEvent | Happened, ...]:
        """Return its events and happenings by a day, in the order in which they were entered."""
        return _happened(self.entries, on)

    def last(self, event: str) -> CaseEvent | Happened | None:
        """Return the last entry of an event or happening."""
        found = [each for each in self.happened(date.max) if each.event == event]
        return found[-1] if found else None

    def planned(self, event: str, known_on: date = date.max) -> Plan | None:
        """Return the last plan for an event that was entered by a day."""
        plans = [e for e in self.entries if isinstance(e, Plan) and e.recorded <= known_on]
        return next((each for each in reversed(plans) if each.event == event), None)

    def assigned(self, on: date) -> tuple[Assignment, ...]:
        """Return who represented on a day."""
        assigned: dict[str, Assignment] = {}
        for entry in self.entries:
            if entry.on > on:
                continue
            if isinstance(entry, Assign):
                assigned[entry.person] = Assignment(entry.person, entry.tier, entry.role, entry.on)
            elif isinstance(entry, Release):
                assigned.pop(entry.person, None)
        return tuple(assigned.values())

    def moved(self, entry: CaseEntry) -> "Track":
        """Return the track after a further entry."""
        changes: dict[str, Any] = {"entries": _and(self.entries, entry)}
        if isinstance(entry, CaseEvent):
            changes |= {"state": entry.to, "since": entry.on}
        elif isinstance(entry, Adopt):
            changes["version"] = entry.version
        return changed(self, **changes)


@frozen(kw_only=True, slots=False)
class Case(Stored, shows="reference _states entries"):
    """Everything that was entered about one matter. It never changes.

    ``Desk.enter`` gives a desk whose case has a further entry, or says why not.
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
    entries: tuple[CaseEntry, ...] = ()
    """All entries, as they were entered; what holds after corrections is ``standing``."""
    mark: str = field(default="", eq=False)
    """The mark of the last entry, by which it shows when entries are changed or cut off."""
    format: int = _FORMAT

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is made again where it is needed.
        return {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}

    def entered(self, entry: CaseEntry) -> "Case":
        """Return the case with a further entry, which carries on the chain of marks."""
        marked = changed(entry, mark=mark_of(self.mark or self._begun(), entry))
        case = changed(self, entries=_and(self.entries, marked), mark=marked.mark)
        if not isinstance(entry, Correct) and self.standing is self.entries:
            # Both are carried on, not made again from all entries.
            vars(case)["standing"] = case.entries
            vars(case)["tracks"] = _with(self.tracks, marked)
        return case

    def _begun(self) -> str:
        """Return the mark with which the chain begins."""
        opened = self.opened.isoformat()
        return digest(
            self.reference, self.person, self.branch, opened, self.fingerprint, self.about
        )

    @property
    def altered(self) -> int | None:
        """The place of the first entry that is not as it was entered; None where all are.

        Where entries are missing at the end, it is the place after the last.
        """
        before = self._begun()
        for place, entry in enumerate(self.entries):
            if entry.mark != mark_of(before, entry):
                return place
            before = entry.mark
        last = before if self.entries else ""
        return None if last == self.mark else len(self.entries)

    @cached_property
    def standing(self) -> tuple[CaseEntry, ...]:
        """The entries that hold: each correction stands in the place of what it corrects."""
        found: dict[int, CaseEntry | None] = dict(enumerate(self.entries))
        corrections = [each for each in self.entries if isinstance(each, Correct)]
        for each in corrections:
            found[each.corrects] = each.instead
        if not corrections:
            return self.entries
        return tuple(
            each for each in found.values() if each is not None and not isinstance(each, Correct)
        )

    def known_on(self, day: date) -> "Case":
        """Return the case as far as it had been entered by the end of a day."""
        entries = tuple(each for each in self.entries if each.recorded <= day)
        return attrs.evolve(self, entries=entries, mark=entries[-1].mark if entries else "")

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """The tracks by key, the union's own first."""
        found: Mapping[str, Track] = {}
        for entry in self.standing:
            found = _with(found, entry)
        return found

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

    def happened(self, on: date) -> tuple[CaseEvent | Happened, ...]:
        """Return the events and happenings of all tracks by a day, in the order of entry."""
        return _happened(self.standing, on)

    def links(self) -> tuple[Link, ...]:
        """Return the entries that link the case with others."""
        return tuple(entry for entry in self.standing if isinstance(entry, Link))

    def linked(self, how: str, others: Iterable["Case"]) -> list["Case"]:
        """Return those of other cases that are linked with it so; either may hold the link."""
        named = {link.reference for link in self.links() if link.how == how}
        return [
            other
            for other in others
            if other.reference in named
            or any((e.how, e.reference) == (how, self.reference) for e in other.links())
        ]

    def involved(self) -> tuple[Involve, ...]:
        """Return the entries that say who has a part in the matter, such as a witness."""
        return tuple(entry for entry in self.standing if isinstance(entry, Involve))

    def on_hold(self, on: date) -> bool:
        """Say whether a legal hold lasts on a day."""
        marks = [e for e in self.standing if isinstance(e, Hold | Lift) and e.on <= on]
        return bool(marks) and isinstance(marks[-1], Hold)

    def to_dict(self) -> dict[str, Any]:
        """Return the case as plain data; ``from_dict`` gives an equal case back."""
        fields = [each.name for each in attrs.fields(type(self)) if each.name != "entries"]
        plain: dict[str, Any] = {name: getattr(self, name) for name in fields}
        plain["opened"] = self.opened.isoformat()
        for name in ("about", "mark"):
            if not plain[name]:
                del plain[name]
        plain["entries"] = [each.to_dict() for each in self.entries]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Case":
        """Read back what ``to_dict`` gave.

        Raises:
            BadCase: with the path of everything that cannot be read, or where an entry is not as
                it was entered.
        """
        case = case_of(plain)
        if case.altered is not None:
            raise BadCase((not_as_entered(case.altered),))
        return case


def case_of(plain: Any) -> Case:
    """Return the case that is written as plain data, whether or not it was altered since.

    Raises:
        BadCase: with the path of everything that cannot be read.
    """
    if isinstance(plain, Mapping) and plain.get("format") != _FORMAT:
        said = f"expected {_FORMAT}; the version of unioncore that wrote the case reads it"
        raise BadCase((DataFault("", 0, "format", said),))
    try:
        return forms.structure(plain, Case)
    except Exception as error:  # whatever a file holds is reported, never raised
        raise BadCase(forms.data_faults(error)) from None


def not_as_entered(place: int) -> DataFault:
    """Return the fault of an entry that was changed, or after which entries were cut off."""
    return DataFault("", 0, f"entries[{place}]", "it is not as it was entered")


def _happened(entries: tuple[CaseEntry, ...], on: date) -> tuple[CaseEvent | Happened, ...]:
    return tuple(e for e in entries if isinstance(e, CaseEvent | Happened) and e.on <= on)


def _and(entries: tuple[CaseEntry, ...], entry: CaseEntry) -> tuple[CaseEntry, ...]:
    """Return entries and one more; unpacking them would take five times as long."""
    return entries + (entry,)  # noqa: RUF005


def _with(tracks: Mapping[str, Track], entry: CaseEntry) -> Mapping[str, Track]:
    """Return tracks after a further entry."""
    if isinstance(entry, Open):
        opened = Track(
            key=entry.track,
            case_type=entry.case_type,
            version=entry.version,
            nation=entry.nation,
            employer=entry.employer,
            incident=entry.incident,
            claim=entry.claim,
            opened=entry.on,
            state=entry.to,
            since=entry.on,
            entries=(entry,),
        )
        return {**tracks, entry.track: opened}
    track = tracks.get(entry.track) if entry.track else None
    return tracks if track is None else {**tracks, track.key: track.moved(entry)}


@frozen
class Collective(Shown, shows="reference cases"):
    """A matter of several members: each of them has a case of their own."""

    reference: str
    name: str
    cases: tuple[str, ...] = ()
    """The references of the members' cases."""
