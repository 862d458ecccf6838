"""What each act does to a case: the entry as it is taken, or why the case type does not let it be.

Who may enter something is another question; ``authority`` asks the rules.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs
from attrs import frozen

from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.compartments import UNION_INTERNAL, moved_to, strictness
from unioncore.answers.cases.deadlines import waiting
from unioncore.answers.cases.fitness import not_covered, unfit
from unioncore.answers.cases.matters import ballot_figures, ballot_results
from unioncore.answers.cases.proofs import way_taken
from unioncore.answers.cases.recorded import is_for
from unioncore.answers.cases.refusals import Lacking, Refusal, refusal
from unioncore.answers.cases.representation import about_track, tier_of
from unioncore.answers.cases.words import mistyped
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, NotInForce, UnknownName, did_you_mean, nearest
from unioncore.legal import in_force, uk_time
from unioncore.model import (
    UNION_TRACK,
    Adopt,
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    CaseForm,
    CaseType,
    CaseTypeVersion,
    Clock,
    Correct,
    Figures,
    Happened,
    Happening,
    Hold,
    Involve,
    Lift,
    Link,
    Note,
    Open,
    Plan,
    Release,
    Secure,
    Share,
    Track,
    Transition,
    Unshare,
)
from unioncore.model.entries import changed
from unioncore.records import check_figures
from unioncore.rulebook import Rulebook

__all__ = ["Possible", "possible"]

E = TypeVar("E", bound=CaseEntry)


def ready(asked: Asked, entry: CaseEntry) -> CaseEntry | Refusal:
    """Return the entry as it is taken, with what is filled in, or the refusal."""
    act = _ACTS.get(type(entry))
    return entry if act is None else act(asked, entry)


def order(case: Case, entry: CaseEntry) -> Iterator[Lacking]:
    """Give what is wrong with the days of an entry."""
    if entry.recorded < entry.on and not isinstance(entry, Plan):
        yield Lacking(f"it is entered on {entry.recorded.isoformat()}, before it happened")
    if not case.entries:
        if entry.recorded < case.opened:
            yield Lacking(f"the matter was opened later, on {case.opened.isoformat()}")
    elif entry.recorded < case.entries[-1].recorded:
        last = case.entries[-1].recorded.isoformat()
        yield Lacking(f"the last entry was made later, on {last}")
    at = getattr(entry, "at", None)
    if at is not None and uk_time(at).date() != entry.on:
        yield Lacking("the moment lies on another day")


# -- one function for each act that does more than stand there -------------------------------------


def _refused(entry: CaseEntry, reason: str, needed: str = "") -> Refusal:
    return refusal(entry, Lacking(reason, needed))


def _running(asked: Asked, entry: CaseEntry) -> tuple[Track, CaseTypeVersion] | Refusal:
    """Return the track of an entry and the version of its case type that it runs."""
    track = asked.case.track(entry.track)
    version = asked.rulebook.case_type_version(track)
    if version is not None:
        return track, version
    said = f"the rulebook lacks {track.case_type} in the version of {track.version}"
    return _refused(entry, said, "the plugin that the case began with, or an entry 'adopt'")


def _open(asked: Asked, entry: Open) -> Open | Refusal:
    case, found = asked.case, []
    if entry.track in case.tracks:
        found.append(Lacking("a track needs a key that the case does not have yet"))
    try:
        kind = asked.rulebook.case_type(entry.case_type)
    except UnknownName as error:
        known = Lacking(str(error), "a case type of a plugin that is loaded")
        return refusal(entry, *found, known)
    if not case.person and not kind.collective:
        said = f"{kind.key} is about one member, and this is a collective matter"
        found.append(Lacking(said, "a case of the member, linked with the matter"))
    version = in_force(kind.versions, entry.on)
    full = entry if entry.track == UNION_TRACK else _with_employer(asked, entry, kind)
    if version is None:
        found.append(Lacking(f"{kind.key} is not known on {entry.on.isoformat()}"))
    nations = [str(nation) for nation in kind.nations]
    if nations and entry.nation not in nations:
        in_it = f"there is no {kind.key} in {entry.nation}"
        said = in_it if entry.nation else f"the nation of {kind.key} is not given"
        found.append(Lacking(said, f"one of the nations {', '.join(nations)}"))
    found += _only_for_others(asked, full, version) if version is not None else ()
    if entry.incident is not None and entry.incident > entry.recorded:
        found.append(Lacking("the day of the incident lies after the day of the entry"))
    if found or version is None:
        return refusal(entry, *found)
    return attrs.evolve(full, version=version.name, to=version.initial)


def _only_for_others(asked: Asked, entry: Open, version: CaseTypeVersion) -> Iterator[Lacking]:
    told = is_for(asked, version.covers, entry)
    if told.holds is False:
        said = f"{entry.case_type} is not for this member: {told.reason}"
        yield Lacking(said, "a case type that is for the member", version.citations)


def doubted(asked: Asked, entry: Open) -> Iterator[str]:
    """Give what is not known of the member and decides whether a track is for them."""
    version = asked.rulebook.case_type_version(asked.case.track(entry.track))
    assert version is not None  # the track was opened just now
    told = is_for(asked, version.covers, entry)
    if told.holds is None:
        said = f"whether {entry.case_type} is for this member is not known"
        yield f"{said}: the records lack {told.missing}"


def _with_employer(asked: Asked, entry: Open, kind: CaseType) -> Open:
    """Return the entry with the member's employer, where none is given and the records know one.

    The nation is not taken from the employer: the work may be elsewhere. The union's own discipline
    concerns no employer.
    """
    person = asked.case.person
    if not person or entry.employer or kind.compartment == UNION_INTERNAL:
        return entry
    employers = {job.employer for job in asked.now(entry.incident or entry.on).jobs(person)}
    return attrs.evolve(entry, employer=employers.pop()) if len(employers) == 1 else entry


def _event(asked: Asked, entry: CaseEvent) -> CaseEvent | Refusal:
    running = _running(asked, entry)
    if isinstance(running, Refusal):
        return running
    track, version = running
    late = list(_late(track, entry))
    ways = version.ways(track.state, entry.event)
    if not ways:
        return refusal(entry, *late, *_no_way(track, version, entry))
    if entry.actor and entry.actor not in {each.actor for each in ways}:
        actors = ", ".join(dict.fromkeys(each.actor for each in ways))
        late.append(Lacking(f"{entry.event} is an act of the {actors}, not of the {entry.actor}"))
    if late:
        return refusal(entry, *late)
    way = way_taken(asked, entry, ways)
    if not isinstance(way, Transition):
        return refusal(entry, *way)
    unfinished = list(_unfinished(asked, entry, way.form)) if way.form else []
    if unfinished:
        return refusal(entry, *unfinished)
    return _figured(asked, changed(entry, to=way.to_state, actor=way.actor), version)


def _no_way(track: Track, version: CaseTypeVersion, entry: CaseEvent) -> Iterator[Lacking]:
    """Say that an event does not lead on from where a track is, and what does."""
    state = version.state(track.state)
    said = f"{entry.event} does not follow on: {track.state if state is None else state.name}"
    leaving = version.leaving(track.state)
    there = [each.event for each in leaving if not each.reopens or state is None]
    known = version.events()
    hint = nearest(entry.event, known) if entry.event not in known else None
    if there:
        yield Lacking(said, f"one of: {', '.join(dict.fromkeys(there))}")
    if hint:
        yield Lacking(said, f"did you mean {hint!r}?")
    if not there and not hint:
        yield Lacking(said, "nothing; the track has ended")


def _unfinished(asked: Asked, entry: CaseEntry, form: str) -> Iterator[Lacking]:
    """Give what the union's form still lacks before a case goes on."""
    try:
        count = asked.rulebook.parameter(form, on=entry.on)
    except NotInForce as error:
        yield Lacking(str(error), "a day on which the union's form is known")
        return
    forms = (each for each in asked.case.standing if isinstance(each, CaseForm))
    done = {number for each in forms for number in each.sections}
    lacking = [number for number in range(1, count + 1) if number not in done]
    if lacking:
        said = f"{len(lacking)} of {count} sections of the case form are not complete"
        yield Lacking(said, f"sections {', '.join(map(str, lacking))}")
    tracks = asked.case.tracks.values()
    unknown = [each.key for each in tracks if each.key != UNION_TRACK and each.incident is None]
    if unknown:
        said = "a track has no day of the incident, so no time limit can be told"
        yield Lacking(said, f"the day of the incident of: {', '.join(unknown)}")


def _figured(asked: Asked, entry: E, version: CaseTypeVersion) -> E | Refusal:
    """Return an event or happening, or what is wrong with its figures."""
    figures: Mapping[str, Any] = getattr(entry, "figures", {})
    if not figures:
        return entry
    event: str = getattr(entry, "event", "")
    kind = version.figures_of(event)
    if kind is None:
        return _refused(entry, f"{event} holds no figures", "the entry without its figures")
    try:
        if kind is Figures.BALLOT:
            figures = ballot_figures(
                asked.rulebook, asked.case.track(entry.track), figures, entry.on
            )
            ballot_results(asked.rulebook, figures)
        check_figures(kind, figures, unions=asked.rulebook.words_of("union"))
    except BadFacts as error:
        needed = f"the figures of a {kind}"
        return refusal(entry, *(Lacking(f"figures.{each}", needed) for each in error.problems))
    return entry


def _late(track: Track, entry: CaseEntry) -> Iterator[Lacking]:
    if entry.on < track.since:
        yield Lacking(f"something happened later on the track, on {track.since.isoformat()}")


def _happening(asked: Asked, entry: Happened | Plan) -> CaseEntry | Refusal:
    running = _running(asked, entry)
    if isinstance(running, Refusal):
        return running
    track, version = running
    known = [each.key for each in version.happenings]
    if isinstance(entry, Plan):
        known += version.events()
    if entry.event not in known:
        hint = nearest(entry.event, known)
        needed = f"did you mean {hint!r}?" if hint else f"one of: {', '.join(known) or 'none'}"
        return _refused(entry, f"{track.case_type} knows nothing called {entry.event!r}", needed)
    return _figured(asked, entry, version)


def _assign(asked: Asked, entry: Assign) -> Assign | Refusal:
    case, rulebook, now = asked.case, asked.rulebook, asked.now(entry.on)
    if entry.person == case.person:
        return _refused(entry, "nobody represents themselves", "somebody else")
    if entry.person in {each.person for each in case.track(entry.track).assigned(entry.on)}:
        return _refused(entry, "the representative is on the track already")
    kind = rulebook.case_type(case.track(entry.track).case_type)
    represented = about_track(rulebook, case, entry.track, "track.represented", now.day)
    if represented.known and not represented.value:
        said = f"nobody represents in a matter of this kind: {kind.name}"
        return _refused(entry, said, "those who decide on it")
    lacking = list(not_covered(asked, entry.track, entry.on))
    lacking += unfit(asked, entry.track, entry.person, entry.role, entry.on)
    if lacking:
        return refusal(entry, *lacking)
    return attrs.evolve(entry, tier=tier_of(rulebook, entry.role, now.day))


def _release(asked: Asked, entry: Release) -> Release | Refusal:
    now = {each.person for each in asked.case.track(entry.track).assigned(entry.on)}
    if entry.person not in now:
        return _refused(entry, "the person does not represent on the track")
    return entry


def _adopt(asked: Asked, entry: Adopt) -> Adopt | Refusal:
    track = asked.case.track(entry.track)
    kind = asked.rulebook.case_type(track.case_type)
    version = kind.version(entry.version)
    if version is None:
        names = ", ".join(each.name for each in kind.versions)
        said = f"{kind.key} has no version of {entry.version}"
        return _refused(entry, said, f"one of: {names}")
    if version.state(track.state) is None:
        said = f"the version of {entry.version} has no state {track.state}"
        return _refused(entry, said, "an event that leads to a state that both have")
    return entry


def _form(asked: Asked, entry: CaseForm) -> CaseForm | Refusal:
    """Check the sections against the union's form, as the case types of the case ask for it."""
    forms = {
        way.form
        for track in asked.case.tracks.values()
        if (version := asked.rulebook.case_type_version(track)) is not None
        for way in version.transitions
        if way.form
    }
    if not forms:
        return _refused(entry, "no case type of the case asks for a form")
    try:
        count = max(asked.rulebook.parameter(form, on=entry.on) for form in forms)
    except NotInForce as error:
        return _refused(entry, str(error), "a day on which the union's form is known")
    wrong = sorted(each for each in entry.sections if not 1 <= each <= count)
    if wrong:
        said = f"sections: the form has no section {', '.join(map(str, wrong))}"
        return _refused(entry, said, f"sections from 1 to {count}")
    return entry


def _note(asked: Asked, entry: Note) -> Note | Refusal:
    if not entry.track and not entry.compartment:
        said = "a note that is about no track belongs to no compartment"
        return _refused(entry, said, "a track, or a compartment")
    notes = (each for each in asked.case.standing if isinstance(each, Note))
    if entry.reference and entry.reference in {each.reference for each in notes}:
        return _refused(entry, "another note has this reference", "a reference of its own")
    return entry


def _unshare(asked: Asked, entry: Unshare) -> Unshare | Refusal:
    tracks = {entry.track} if entry.track else {"", *asked.case.tracks}
    shares = (each for each in asked.case.standing if isinstance(each, Share))
    if not any(
        (each.person, each.compartment) == (entry.person, entry.compartment)
        and each.track in tracks
        for each in shares
    ):
        said = "nothing of this compartment was shared with them, for this track"
        return _refused(entry, said, "the person, compartment and track of the share")
    return entry


def _secure(asked: Asked, entry: Secure) -> Secure | Refusal:
    rulebook, words = asked.rulebook, asked.rulebook.words_of("compartment")
    to = strictness(rulebook, entry.compartment, entry.on)
    since = strictness(rulebook, moved_to(rulebook, asked.case, entry), entry.on)
    if to is None or since is None:
        said = "it is not known in which compartment it is"
        return _refused(
            entry, said, "a track whose case type is loaded, or the reference of a note"
        )
    if to <= since:
        stricter = [each for each in words if (strictness(rulebook, each, entry.on) or 0) > since]
        said = f"{entry.compartment} is not stricter than where it is"
        needed = f"one of: {', '.join(stricter)}" if stricter else "nothing; none is stricter"
        return _refused(entry, said, needed)
    return entry


def _link(asked: Asked, entry: Link) -> Link | Refusal:
    known = [each.reference for each in asked.others]
    if entry.reference not in known:
        meant = did_you_mean(nearest(entry.reference, known))
        said = f"reference: no other case is called {entry.reference!r}{meant}"
        return _refused(entry, said, "a case that is at hand")
    if any(
        (each.how, each.reference) == (entry.how, entry.reference) for each in asked.case.links()
    ):
        return _refused(entry, "the cases are linked in this way already")
    return entry


def _involve(asked: Asked, entry: Involve) -> Involve | Refusal:
    parts = {(each.person, each.capacity) for each in asked.case.involved()}
    if (entry.person, entry.capacity) in parts:
        return _refused(entry, "the person has this part already")
    return entry


def _hold(asked: Asked, entry: Hold) -> Hold | Refusal:
    if asked.case.on_hold(entry.on):
        return _refused(entry, "a legal hold lasts already")
    return entry


def _lift(asked: Asked, entry: Lift) -> Lift | Refusal:
    if not asked.case.on_hold(entry.on):
        return _refused(entry, "there is no legal hold on the day")
    return entry


def _correct(asked: Asked, entry: Correct) -> Correct | Refusal:
    """Check that what stands after a correction still follows, entry after entry."""
    case, new = asked.case, entry.instead
    if not 0 <= entry.corrects < len(case.entries):
        return _refused(entry, f"corrects: the case has no entry {entry.corrects}")
    old = case.entries[entry.corrects]
    if isinstance(old, Correct) or (case.person and entry.corrects == 0):
        said = "neither the opening of a case nor a correction can be corrected"
        return _refused(entry, said, "a correction of the entry that was wrong")
    if new is not None:
        if type(new) is not type(old) or new.track != old.track:
            said = "instead: it is of another act or track than the entry that it corrects"
            return _refused(entry, said, f"an entry '{old.act}' of the same track")
        wrong = list(mistyped(new))
        if wrong:
            return refusal(entry, *wrong)
    again = attrs.evolve(case, entries=(), mark="")
    filled = new
    for each in case.entered(entry).standing:
        is_new = each is new
        if each.track and not isinstance(each, Open) and each.track not in again.tracks:
            return _refused(entry, f"then {_named(each)} has no track")
        if is_new or not isinstance(each, Assign | Link):
            found = ready(attrs.evolve(asked, case=again), bare(each))
            if isinstance(found, Refusal):
                said = "; ".join(found.reasons)
                said = said if is_new else f"then {_named(each)} does not follow: {said}"
                return _refused(entry, said, "; ".join(found.needed))
            if is_new:
                filled = found
            elif found != each:
                return _refused(entry, f"then {_named(each)} leads elsewhere")
            each = found
        again = again.entered(each)
    return attrs.evolve(entry, instead=filled)


def _named(entry: CaseEntry) -> str:
    """Name an entry by what it is and its day."""
    return f"{getattr(entry, 'event', '') or entry.act} of {entry.on.isoformat()}"


def bare(entry: CaseEntry) -> CaseEntry:
    """Return an entry as it was given: without its mark, and without what is filled in."""
    changes: dict[str, Any] = dict.fromkeys((*entry.filled, "mark"), "")
    if isinstance(entry, Correct) and entry.instead is not None:
        changes["instead"] = bare(entry.instead)
    return attrs.evolve(entry, **changes)


_ACTS: Mapping[type[CaseEntry], Callable[[Asked, Any], CaseEntry | Refusal]] = {
    CaseEvent: _event,
    Happened: _happening,
    Plan: _happening,
    Open: _open,
    Note: _note,
    Assign: _assign,
    Release: _release,
    CaseForm: _form,
    Unshare: _unshare,
    Secure: _secure,
    Link: _link,
    Involve: _involve,
    Hold: _hold,
    Lift: _lift,
    Adopt: _adopt,
    Correct: _correct,
}


@frozen
class Possible(Answers, shows="transitions happenings clocks"):
    """What may come next on a track."""

    transitions: tuple[Transition, ...] = ()
    """What leads out of its state, each with what it asks for."""
    happenings: tuple[Happening, ...] = ()
    """What may be entered at any time, as it lies outside the events of the case type."""
    clocks: tuple[Clock, ...] = ()
    """Those that have not started. ``starts`` is what would start each; one that is counted back
    starts with a plan of its ``must`` as well."""


@checked
def possible(rulebook: Rulebook, case: Case, track: str, *, on: date) -> Possible:
    """Return what may come next on a track; nothing where its case type is not known.

    Args:
        rulebook: the rules.
        case: the case.
        track: the track, by key.
        on: the day; a clock that had started by then is left out.
    """
    found = case.track(track)
    version = rulebook.case_type_version(found)
    if version is None:
        return Possible()
    clocks = waiting(rulebook, case, found, on=on)
    return Possible(version.leaving(found.state), version.happenings, clocks)
