"""What somebody may see of a case: nothing that no rule opens to them.

``Desk.viewer`` says who looks, ``view`` gives what the rules of confidentiality open to them on a
day, ``seen_deadlines`` gives the dates that go with it, and ``disclosures`` gives the entries with
which a case remembers that it was shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.cases.claims import joined
from unioncore.answers.cases.compartments import (
    GENERAL,
    case_type_of,
    compartment_of_case,
    compartment_of_note,
    compartment_of_track,
    strictest,
)
from unioncore.answers.cases.deadlines import Deadline, deadlines
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import WrongViewer
from unioncore.model import (
    UNION_TRACK,
    Case,
    CaseEntry,
    ClockSetting,
    Disclose,
    Note,
    Office,
    Person,
    Share,
    Snapshot,
    Unshare,
)
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = [
    "SeenEvent",
    "SeenLog",
    "SeenNote",
    "SeenTrack",
    "View",
    "Viewer",
    "disclosures",
    "seen_deadlines",
    "view",
]


@frozen(kw_only=True)
class Viewer(Shown, shows="case roles"):
    """Who looks at one case, as far as the case itself does not say."""

    person: str
    """By key; empty for whoever has none, such as an employer."""
    case: str
    """The reference of the case."""
    roles: frozenset[str] = frozenset()
    """Roles by office, or given; those by assignment follow from the case on the day."""
    is_opposed: bool | None = None
    """Whether they are on the other side; None, where that is not known, opens nothing."""
    on: date | None = None
    """The day for which that was found, and the only one for which it counts; None: for any."""


@frozen
class SeenEvent(Answers, shows="on event"):
    """That something happened on a track."""

    on: date
    event: str
    actor: str


@frozen(kw_only=True)
class SeenTrack(Answers, shows="key case_type state events people"):
    """What may be seen of a track; what is closed is empty."""

    key: str = ""
    case_type: str = ""
    employer: str = ""
    nation: str = ""
    incident: date | None = None
    opened: date | None = None
    state: str = ""
    events: tuple[SeenEvent, ...] = ()
    people: tuple[str, ...] = ()
    """Who represents on the day, by key."""


@frozen
class SeenNote(Answers, shows="on compartment"):
    """A note that may be seen."""

    on: date
    by: str
    compartment: str
    text: str


@frozen
class SeenLog(Answers, shows="on act compartment"):
    """That something was shared with somebody or shown to them."""

    on: date
    act: str
    person: str
    compartment: str
    reason: str


@frozen(kw_only=True)
class View(Answers, shows="reference on tracks notes log"):
    """What one viewer may see of one case on one day; everything else is not in it."""

    viewer: str
    on: date
    rulebook: str
    """The fingerprint of the rulebook that decided."""
    reference: str = ""
    branch: str = ""
    opened: date | None = None
    person: str = ""
    """The member, by key."""
    about: str = ""
    """What a collective matter is about, by key."""
    tracks: tuple[SeenTrack, ...] = ()
    notes: tuple[SeenNote, ...] = ()
    log: tuple[SeenLog, ...] = ()
    compartments: tuple[str, ...] = ()
    """The compartments of what is shown."""
    not_known: tuple[str, ...] = ()
    """The facts that were not known, so that something was taken as closed."""


def roles_over(rulebook: Rulebook, case: Case, now: Snapshot, person: str) -> frozenset[str]:
    """Return the roles towards a case that somebody's offices give."""
    found: set[str] = set()
    for office in offices_over(now, case, person):
        gives = ("viewer.office", office.role, now.day, "viewer.role_of_office")
        found |= _role(rulebook, *gives)
    return frozenset(found)


def offices_over(now: Snapshot, case: Case, person: str) -> tuple[Office, ...]:
    """Return the offices of somebody in the branch of a case and above it."""
    if not case.branch or not now.union.knows(Person, person):
        return ()
    return tuple(each for each in now.held(person) if _is_over(now, each.unit, case.branch))


def _is_over(now: Snapshot, unit: str, branch: str) -> bool:
    """Say whether a unit is a branch itself, a unit above it, or an office of one above it."""
    above = set(now.ancestors(branch, "region"))
    found = now.unit(unit)
    beside = found is not None and found.kind != "branch"
    return unit in {branch, *above} or (beside and bool(above & {*now.parents(unit).values()}))


def _role(rulebook: Rulebook, fact: str, value: str, on: date, derived: str) -> frozenset[str]:
    """Return the role that an office or a tier gives, if any."""
    answer = ask(rulebook, {fact: value or None}, derived, on=on)[derived]
    return frozenset({answer.value}) if answer.known else frozenset()


@checked
def view(rulebook: Rulebook, case: Case, viewer: Viewer, *, on: date) -> View:
    """Return what a viewer may see of a case on a day, as far as it had been entered by then.

    Every part is asked about by itself. What no rule opens is left out, and so is what is not
    known; the view does not say whether there is more.

    Raises:
        NotADay: when ``on`` is not a plain day.
        WrongViewer: when the viewer's roles are about another case or day.
    """
    if viewer.case != case.reference:
        raise WrongViewer("case")
    if viewer.on not in (None, on):
        raise WrongViewer("day")
    return _Looking(rulebook, case.known_on(on), viewer, on).view()


@checked
def seen_deadlines(
    rulebook: Rulebook,
    case: Case,
    seen: View,
    *,
    settings: Iterable[ClockSetting] = (),
    others: Iterable[Case] = (),
) -> tuple[Deadline, ...]:
    """Return the deadlines that a view entitles to, on its day; ``to_icalendar`` writes them.

    They are those of the tracks of which the view shows what they are and how they stand, in a case
    that it shows. A day is the true one, even where something on another track has moved it: a
    limit that leaves it out would be wrong.

    Args:
        rulebook: holds the case types and parameters.
        case: the case.
        seen: the view of it; the view of another case gives nothing.
        settings: how long the clocks run that an employer or a branch lays down for itself.
        others: the cases with which it may be linked, as ``deadlines`` takes them.
    """
    if not seen.reference or seen.reference != case.reference:
        return ()
    open_ = {track.key for track in seen.tracks if track.state}
    then = case.known_on(seen.on)
    beside = [each.known_on(seen.on) for each in joined(then, others)]
    found = deadlines(rulebook, then, on=seen.on, settings=settings, others=beside)
    return tuple(each for each in found if each.track in open_)


@checked
def disclosures(seen: View, *, reason: str, by: str) -> tuple[Disclose, ...]:
    """Return the entries that log a view, one for each compartment that it shows.

    A view that shows nothing leaves no entry. ``Desk.enter`` takes them into the case.
    """
    return tuple(
        Disclose(
            on=seen.on,
            person=seen.viewer,
            by=by,
            compartment=compartment,
            reason=reason,
        )
        for compartment in seen.compartments
    )


class _Looking:
    """One viewer looking at one case: asks the rules about each part."""

    def __init__(self, rulebook: Rulebook, case: Case, viewer: Viewer, on: date) -> None:
        self.rulebook, self.case, self.viewer, self.on = rulebook, case, viewer, on
        self.assigned: dict[str, frozenset[str]] = {}
        """The roles that the viewer has by assignment, for each track."""
        self.allocated = False
        tiers = rulebook.words_of("tier")
        for key, track in case.tracks.items():
            for each in track.assigned(on):
                self.allocated = True
                if viewer.person and each.person == viewer.person and each.tier in tiers:
                    tier = ("assignment.tier", each.tier, on, "viewer.role_of_assignment")
                    self.assigned[key] = _role(rulebook, *tier)
        own = {"member"} if viewer.person and viewer.person == case.person else set()
        # Whoever says to be the member is so only where the case says so.
        self.roles = frozenset((viewer.roles - {"member"}) | own)
        self.general = compartment_of_case(rulebook, case)
        self.shown: dict[str, None] = {}
        self.not_known: dict[str, None] = {}
        self.ask = cache(self._ask)

    def view(self) -> View:
        case = self.case
        known = self.may_see("case", None, GENERAL)
        tracks = tuple(found for key in case.tracks if (found := self.track(key)) is not None)
        return View(
            viewer=self.viewer.person,
            on=self.on,
            rulebook=self.rulebook.fingerprint,
            reference=case.reference if known else "",
            branch=case.branch if known else "",
            opened=case.opened if known else None,
            about=case.about if known else "",
            person=case.person if self.may_see("identity", None, GENERAL) else "",
            tracks=tracks,
            notes=tuple(self.notes()),
            log=tuple(self.log()),
            compartments=tuple(self.shown),
            not_known=tuple(self.not_known),
        )

    def track(self, key: str) -> SeenTrack | None:
        track = self.case.track(key)
        compartment = compartment_of_track(self.rulebook, self.case, key)
        seen: dict[str, Any] = {}
        if self.may_see("track", key, compartment):
            seen |= {
                "key": key,
                "case_type": track.case_type,
                "employer": track.employer,
                "nation": track.nation,
                "incident": track.incident,
                "opened": track.opened,
            }
        if self.may_see("progress", key, compartment):
            seen["state"] = track.state
            seen["events"] = tuple(
                SeenEvent(each.on, each.event, getattr(each, "actor", ""))
                for each in track.happened(self.on)
            )
        if self.may_see("people", key, compartment):
            seen["people"] = tuple(each.person for each in track.assigned(self.on))
        return SeenTrack(**seen) if seen else None

    def notes(self) -> Iterator[SeenNote]:
        for entry in self.case.standing:
            if isinstance(entry, Note):
                own = compartment_of_note(self.rulebook, self.case, entry)
                if self.may_see_all("note", entry, own, entry.level):
                    yield SeenNote(entry.on, entry.by, own or "", entry.text)

    def log(self) -> Iterator[SeenLog]:
        for entry in self.case.standing:
            if isinstance(entry, Share | Unshare | Disclose):
                own = entry.compartment
                if self.may_see_all("log", entry, own, "ordinary"):
                    yield SeenLog(entry.on, entry.act, entry.person, own, entry.reason)

    def may_see_all(self, kind: str, entry: CaseEntry, own: str | None, level: str) -> bool:
        """Say whether an entry may be seen, which its track's compartment closes like its own."""
        compartments: tuple[str | None, ...] = (own,)
        if entry.track:
            compartments += (compartment_of_track(self.rulebook, self.case, entry.track),)
        needed = strictest(self.rulebook, compartments, self.on)
        return self.may_see(kind, entry.track or None, *needed, level=level)

    def may_see(
        self, kind: str, track: str | None, *compartments: str | None, level: str = "ordinary"
    ) -> bool:
        """Say whether a part that belongs to these compartments may be seen: in each of them."""
        compartments = tuple(self.general if each == GENERAL else each for each in compartments)
        # All are asked, so that what is not known is told whatever the order.
        seen = all([self.is_open(kind, track, each, level) for each in compartments])
        if seen:
            self.shown.update((each, None) for each in compartments if each is not None)
        return seen

    def is_open(self, kind: str, track: str | None, compartment: str | None, level: str) -> bool:
        """Ask the rules about a part as one compartment has it; what is not known is closed."""
        family, needed = "none", None
        on = set(self.assigned)
        if track is not None:
            found = case_type_of(self.rulebook, self.case, track)
            family = "" if found is None else found.family
            needed = None if found is None else compartment == found.compartment
            on &= {track, UNION_TRACK}
        # On a track one has the roles with which one is on that track, or on the union's own.
        roles = self.roles.union(*(self.assigned[each] for each in on))
        facts = {
            "part.kind": kind,
            "part.compartment": self.word("compartment", compartment),
            "part.level": self.word("confidentiality", level),
            "part.is_needed": False if track is None else needed,
            "track.family": family or None,
            "viewer.roles": roles & frozenset(self.rulebook.words_of("viewer_role")),
            "viewer.on_track": bool(on),
            "viewer.has_share": self.has_share(track, compartment),
        }
        seen, missing = self.ask(tuple(facts.items()))
        self.not_known.update(dict.fromkeys(missing))
        return seen

    def word(self, vocabulary: str, word: str | None) -> str | None:
        """Return a word that is declared, or None: what nobody declares is not known."""
        return word if word in self.rulebook.words_of(vocabulary) else None

    def has_share(self, track: str | None, compartment: str | None) -> bool:
        """Say whether a share of a compartment lasts, for the whole case or for a track."""
        found: set[str] = set()
        for entry in self.case.standing:
            if not isinstance(entry, Share | Unshare) or entry.on > self.on:
                continue
            if (entry.compartment, entry.person) != (compartment, self.viewer.person):
                continue
            if isinstance(entry, Share):
                found.add(entry.track)
            elif entry.track:
                found.discard(entry.track)
            else:  # the end of a share is the end of its parts
                found.clear()
        return bool(found & {"", track})

    def _ask(self, part: tuple[tuple[str, Any], ...]) -> tuple[bool, tuple[str, ...]]:
        facts: Mapping[str, Any] = {
            **dict(part),
            "viewer.is_opposed": self.viewer.is_opposed,
            "case.is_allocated": self.allocated,
        }
        answer = ask(self.rulebook, facts, "may_see", on=self.on)["may_see"]
        return (answer.value, ()) if answer.known else (False, answer.missing)
