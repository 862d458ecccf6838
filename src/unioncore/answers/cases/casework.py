"""Running a case: an entry gives a new case, or a refusal that says why and what is needed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import attrs
from attrs import frozen

from unioncore.answers.cases.compartments import moved_to, strictness
from unioncore.answers.cases.matters import ballot_figures, ballot_results
from unioncore.answers.cases.proofs import way_taken
from unioncore.answers.together import Answers
from unioncore.errors import (
    BadFacts,
    NotInForce,
    NoUnion,
    UnknownName,
    did_you_mean,
    nearest,
)
from unioncore.legal import in_force
from unioncore.model import (
    UNION_TRACK,
    Act,
    Case,
    CaseTypeVersion,
    Entry,
    Figures,
    Track,
    TradeUnion,
    Transition,
    check_case,
)
from unioncore.records import check_figures
from unioncore.rulebook import Rulebook, check_rulebook

__all__ = [
    "Refusal",
    "apply",
    "open_case",
    "open_matter",
    "possible",
    "replay_case",
]


@frozen
class Refusal(Answers, shows="entry reasons needed", inside="entry"):
    """Why an entry was not taken; the case stays as it was."""

    entry: Entry
    reasons: tuple[str, ...]
    """Every reason, as sentences without a full stop."""
    needed: tuple[str, ...] = ()
    """What would have to be so, or could be entered instead."""

    def __str__(self) -> str:
        said = "; ".join(self.reasons)
        stop = "" if said.endswith("?") else "."
        return f"{said}{stop} Needed: {'; '.join(self.needed)}" if self.needed else said


def open_case(
    rulebook: Rulebook, *, reference: str, person: str, branch: str, on: date, by: str = ""
) -> Case:
    """Open a case, with the track of the union's own handling.

    Raises:
        NoUnion: when no union's rules are loaded, or they say nothing of how it handles a case.
        UnknownName: when its own handling was not known on the day.
    """
    check_rulebook(rulebook)
    union = rulebook.named(TradeUnion).get(rulebook.own_union or "")
    if union is None or not union.case_type:
        raise NoUnion("how a union handles a member's case")
    kind = rulebook.case_type(union.case_type)
    version = in_force(kind.versions, on)
    if version is None:
        raise UnknownName("case type in force", f"{kind.key} on {on.isoformat()}")
    case = Case(
        reference=reference,
        person=person,
        branch=branch,
        opened=on,
        fingerprint=rulebook.fingerprint,
    )
    first = Entry(
        act=Act.OPEN,
        on=on,
        recorded=on,
        track=UNION_TRACK,
        case_type=kind.key,
        version=version.name,
        to=version.initial,
        by=by,
    )
    return attrs.evolve(case, entries=(first,))


def open_matter(
    rulebook: Rulebook, *, reference: str, about: str, on: date, branch: str = ""
) -> Case:
    """Open a collective matter, which is of no member and has no track yet.

    Args:
        rulebook: the rules.
        reference: what the matter is called by.
        about: the body, forum, employer or agreement, by key. A pay round needs the body's key.
        on: the day.
        branch: the branch whose matter it is; empty where it is of none, such as a national one.

    Raises:
        ValueError: when it is about nothing.
    """
    check_rulebook(rulebook)
    if not about:
        raise ValueError("about: expected a body, forum, employer or agreement, by key")
    return Case(
        reference=reference,
        person="",
        branch=branch,
        opened=on,
        fingerprint=rulebook.fingerprint,
        about=about,
    )


def apply(rulebook: Rulebook, case: Case, entry: Entry) -> Case | Refusal:
    """Return the case with a further entry, or why it is refused and what would be needed.

    What the case type wants proved, such as that a body has agreed, is found here from what was
    entered before; nobody's word stands in for it.

    Raises:
        WrongArgument: when ``case`` is something else, such as a refusal.
    """
    check_rulebook(rulebook)
    check_case(case)
    reasons = list(_order(case, entry))
    if entry.figures and entry.act not in (Act.EVENT, Act.HAPPENING, Act.PLAN):
        reasons.append("only an event or a happening holds figures")
    ready: Entry | Refusal = _ACTS.get(entry.act, _as_it_stands)(rulebook, case, entry)
    if isinstance(ready, Refusal):
        return attrs.evolve(ready, reasons=(*reasons, *ready.reasons))
    if reasons:
        return Refusal(entry, tuple(reasons))
    return attrs.evolve(case, entries=(*case.entries, ready))


def replay_case(rulebook: Rulebook, case: Case) -> Case | Refusal:
    """Enter everything again, from the beginning; equal to the case where nothing was tampered."""
    # The first entry of a member's case comes with its opening; a matter begins empty.
    begun = 1 if case.person else 0
    again: Case = attrs.evolve(case, entries=case.entries[:begun])
    for entry in case.entries[begun:]:
        bare = attrs.evolve(entry, to="") if entry.act in (Act.EVENT, Act.OPEN) else entry
        found = apply(rulebook, again, bare)
        if isinstance(found, Refusal):
            return found
        again = found
    return again


def _order(case: Case, entry: Entry) -> Iterator[str]:
    """Give what is wrong with the days of an entry."""
    if entry.recorded < entry.on and entry.act is not Act.PLAN:
        yield f"it is entered on {entry.recorded.isoformat()}, before it happened"
    if not case.entries:
        if entry.recorded < case.opened:
            yield f"the matter was opened later, on {case.opened.isoformat()}"
    elif entry.recorded < case.entries[-1].recorded:
        yield f"the last entry was made later, on {case.entries[-1].recorded.isoformat()}"
    if entry.at is not None and entry.at.date() != entry.on:
        yield "the moment lies on another day"


# -- one function for each act that does more than stand there -------------------------------------

_Ready = Entry | Refusal


def _track(case: Case, entry: Entry) -> Track | Refusal:
    track = case.tracks.get(entry.track)
    if track is None:
        meant = did_you_mean(nearest(entry.track, case.tracks))
        return Refusal(
            entry,
            (f"the case has no track {entry.track!r}{meant}",),
            (f"one of the tracks {', '.join(case.tracks)}",),
        )
    return track


def _running(
    rulebook: Rulebook, case: Case, entry: Entry
) -> tuple[Track, CaseTypeVersion] | Refusal:
    """Return the track of an entry and the version of its case type."""
    track = _track(case, entry)
    if isinstance(track, Refusal):
        return track
    version = rulebook.case_type_version(track)
    if version is not None:
        return track, version
    said = f"the rulebook lacks {track.case_type} in the version of {track.version}"
    return Refusal(entry, (said,), ("the plugin that the case began with, or an entry 'adopt'",))


def _open(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    reasons, needed = [], []
    if not entry.track or entry.track in case.tracks:
        reasons.append("a track needs a key that the case does not have yet")
    try:
        kind = rulebook.case_type(entry.case_type)
    except UnknownName as error:
        reasons.append(str(error))
        return Refusal(entry, tuple(reasons), ("a case type of a plugin that is loaded",))
    if not case.person and not kind.collective:
        reasons.append(f"{kind.key} is about one member, and this is a collective matter")
        needed.append("a case of the member, linked with the matter")
    version = in_force(kind.versions, entry.on)
    if version is None:
        reasons.append(f"{kind.key} is not known on {entry.on.isoformat()}")
    nations = [str(nation) for nation in kind.nations]
    if nations and entry.nation not in nations:
        in_it = f"there is no {kind.key} in {entry.nation}"
        reasons.append(in_it if entry.nation else f"the nation of {kind.key} is not given")
        needed.append(f"one of the nations {', '.join(nations)}")
    if reasons or version is None:
        return Refusal(entry, tuple(reasons), tuple(needed))
    return attrs.evolve(entry, version=version.name, to=version.initial)


def _event(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    found = _running(rulebook, case, entry)
    if isinstance(found, Refusal):
        return found
    track, version = found
    reasons = list(_late(track, entry))
    leaving = version.leaving(track.state)
    ways = [each for each in leaving if each.event == entry.event]
    if not ways:
        state = version.state(track.state)
        name = track.state if state is None else state.name
        reasons.append(f"{entry.event} does not follow on: {name}")
        there = [each.event for each in leaving if not each.reopens or state is None]
        needed = [f"one of: {', '.join(dict.fromkeys(there))}"] if there else []
        if entry.event not in version.events() and (hint := nearest(entry.event, version.events())):
            needed.append(f"did you mean {hint!r}?")
        return Refusal(entry, tuple(reasons), tuple(needed or ["nothing; the track has ended"]))
    if entry.actor and entry.actor not in {each.actor for each in ways}:
        actors = ", ".join(dict.fromkeys(each.actor for each in ways))
        reasons.append(f"{entry.event} is an act of the {actors}, not of the {entry.actor}")
    if reasons:
        return Refusal(entry, tuple(reasons))
    way = way_taken(rulebook, case, entry, ways)
    if not isinstance(way, Transition):
        said, needed = [each.reason for each in way], [each.needed for each in way]
        return Refusal(entry, tuple(dict.fromkeys(said)), tuple(dict.fromkeys(needed)))
    if way.form:
        refused = _unfinished(rulebook, case, entry, way.form)
        if refused is not None:
            return refused
    return _figured(rulebook, case, attrs.evolve(entry, to=way.to_state, actor=way.actor), version)


def _unfinished(rulebook: Rulebook, case: Case, entry: Entry, form: str) -> Refusal | None:
    """Return what the union's form still lacks before a case goes on, if anything."""
    try:
        count = rulebook.parameter(form, on=entry.on)
    except NotInForce as error:
        return Refusal(entry, (str(error),), ("a day on which the union's form is known",))
    done = {number for each in case.entries if each.act is Act.FORM for number in each.sections}
    lacking = [number for number in range(1, count + 1) if number not in done]
    reasons, needed = [], []
    if lacking:
        reasons.append(f"{len(lacking)} of {count} sections of the case form are not complete")
        needed.append(f"sections {', '.join(map(str, lacking))}")
    unknown = [t.key for t in case.tracks.values() if t.key != UNION_TRACK and t.incident is None]
    if unknown:
        reasons.append("a track has no day of the incident, so no time limit can be told")
        needed.append(f"the day of the incident of: {', '.join(unknown)}")
    return Refusal(entry, tuple(reasons), tuple(needed)) if reasons else None


def _figured(rulebook: Rulebook, case: Case, entry: Entry, version: CaseTypeVersion) -> _Ready:
    """Return the entry, or what is wrong with its figures."""
    if not entry.figures:
        return entry
    kind = version.figures_of(entry.event)
    if kind is None or entry.act is Act.PLAN:
        said = f"{entry.event} holds no figures" if kind is None else "a plan holds no figures"
        return Refusal(entry, (said,), ("the entry without its figures",))
    try:
        figures = entry.figures
        if kind is Figures.BALLOT:
            figures = ballot_figures(rulebook, case.track(entry.track), entry)
            ballot_results(rulebook, figures)
        check_figures(kind, figures, unions=rulebook.words_of("union"))
    except BadFacts as error:
        wrong = tuple(f"figures.{each}" for each in error.problems)
        return Refusal(entry, wrong, (f"the figures of a {kind}",))
    return entry


def _late(track: Track, entry: Entry) -> Iterator[str]:
    events = [each for each in track.entries if each.act in (Act.EVENT, Act.OPEN)]
    if entry.on < events[-1].on:
        yield f"something happened later on the track, on {events[-1].on.isoformat()}"


def _happening(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    found = _running(rulebook, case, entry)
    if isinstance(found, Refusal):
        return found
    track, version = found
    known = [each.key for each in version.happenings]
    if entry.act is Act.PLAN:
        known += version.events()
    if entry.event not in known:
        hint = nearest(entry.event, known)
        return Refusal(
            entry,
            (f"{track.case_type} knows nothing called {entry.event!r}",),
            (f"did you mean {hint!r}?",) if hint else (f"one of: {', '.join(known) or 'none'}",),
        )
    return _figured(rulebook, case, entry, version)


def _assign(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    track = _track(case, entry)
    if isinstance(track, Refusal):
        return track
    now = {each.person for each in track.assigned(entry.on)}
    if entry.act is Act.ASSIGN and entry.person == case.person:
        return Refusal(entry, ("nobody represents themselves",))
    if entry.act is Act.ASSIGN and entry.person in now:
        return Refusal(entry, ("the representative is on the track already",))
    if entry.act is Act.RELEASE and entry.person not in now:
        return Refusal(entry, ("the person does not represent on the track",))
    return entry


def _adopt(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    track = _track(case, entry)
    if isinstance(track, Refusal):
        return track
    kind = rulebook.case_type(track.case_type)
    version = kind.version(entry.version)
    if version is None:
        names = ", ".join(each.name for each in kind.versions)
        return Refusal(
            entry, (f"{kind.key} has no version of {entry.version}",), (f"one of: {names}",)
        )
    if version.state(track.state) is None:
        said = f"the version of {entry.version} has no state {track.state}"
        return Refusal(entry, (said,), ("an event that leads to a state that both have",))
    return entry


def _as_it_stands(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    if entry.track:
        track = _track(case, entry)
        if isinstance(track, Refusal):
            return track
    return entry


def _reasoned(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    if not entry.reason:
        said = f"{entry.act} without a reason"
        return Refusal(entry, (said,), ("why, in the field reason",))
    return _as_it_stands(rulebook, case, entry)


def _share(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    needed = [
        said
        for value, said in (
            (entry.person, "with whom, in the field person"),
            (entry.compartment, "what, in the field compartment"),
            (entry.reason, "why, in the field reason"),
        )
        if not value
    ]
    if needed:
        said = f"an entry '{entry.act}' says with whom, what and why"
        return Refusal(entry, (said,), tuple(needed))
    return _as_it_stands(rulebook, case, entry)


def _unshare(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    before = [e for e in case.entries if e.act is Act.SHARE and e.person == entry.person]
    if not any((e.compartment, e.track) == (entry.compartment, entry.track) for e in before):
        said = "nothing of this compartment was shared with them, for this track"
        return Refusal(entry, (said,), ("the person, compartment and track of the share",))
    return _as_it_stands(rulebook, case, entry)


def _secure(rulebook: Rulebook, case: Case, entry: Entry) -> _Ready:
    ready = _reasoned(rulebook, case, entry)
    if isinstance(ready, Refusal):
        return ready
    words = rulebook.words_of("compartment")
    to = strictness(rulebook, entry.compartment, entry.on)
    if to is None:
        return Refusal(
            entry, ("it does not say where to",), (f"one of the compartments {', '.join(words)}",)
        )
    since = strictness(rulebook, moved_to(rulebook, case, entry), entry.on)
    if since is None:
        said = "it is not known in which compartment it is"
        needed = "a track whose case type is loaded, or the reference of a note"
        return Refusal(entry, (said,), (needed,))
    if to <= since:
        stricter = [each for each in words if (strictness(rulebook, each, entry.on) or 0) > since]
        said = f"{entry.compartment} is not stricter than where it is"
        needed = f"one of: {', '.join(stricter)}" if stricter else "nothing; none is stricter"
        return Refusal(entry, (said,), (needed,))
    return entry


_ACTS: Mapping[Act, Callable[[Rulebook, Case, Entry], _Ready]] = {
    Act.OPEN: _open,
    Act.EVENT: _event,
    Act.HAPPENING: _happening,
    Act.PLAN: _happening,
    Act.ASSIGN: _assign,
    Act.RELEASE: _assign,
    Act.SHARE: _share,
    Act.DISCLOSE: _share,
    Act.UNSHARE: _unshare,
    Act.SECURE: _secure,
    Act.DISCRETION: _reasoned,
    Act.HOLD: _reasoned,
    Act.LIFT: _reasoned,
    Act.ADOPT: _adopt,
}


def possible(rulebook: Rulebook, case: Case, track: str) -> tuple[Transition, ...]:
    """Return what may happen next on a track; nothing where its case type is not known."""
    found = case.track(track)
    version = rulebook.case_type_version(found)
    return () if version is None else version.leaving(found.state)
