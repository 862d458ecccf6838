"""What the entries of a collective matter prove: a body's decision, a ballot, the days of action.

A pay round is a matter about a body, whose way of deciding combines the positions of its unions. A
dispute holds the figures of its ballot, and the days on which notices were received. What was not
entered did not happen: without an entry that says so, no employer agreed to anything.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from unioncore.answers.action.ballots import BallotResult, ballot_result
from unioncore.answers.action.industrial_action import ActionDays, Mandate, judge
from unioncore.answers.bodies.bargaining import Decision, decide
from unioncore.answers.cases.refusals import Lacking
from unioncore.answers.happened import called, happened
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName
from unioncore.legal import DayRange, Jurisdiction, Nation, in_force
from unioncore.model import (
    Ballot,
    Case,
    CaseEvent,
    Figures,
    Meaning,
    Position,
    Proof,
    SideKey,
    Track,
)
from unioncore.records import BallotFile, read_ballot, read_position
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date, series

__all__ = [
    "ballot_results",
    "body_decision",
    "positions",
    "track_ballot",
]

# -- pay rounds ------------------------------------------------------------------------------------


@checked
def positions(rulebook: Rulebook, case: Case, track: str, *, on: date) -> Mapping[str, Position]:
    """Return what each union said to the last offer by a day, by union; its last word counts."""
    found = case.track(track)
    version = rulebook.case_type_version(found)
    meant = rulebook.meant(found)
    given: dict[str, tuple[date, Position]] = {}
    offered = date.min
    for entry in found.happened(on):
        if meant.get(entry.event) is Meaning.OFFER_MADE:
            offered, given = entry.on, {}
        holds = version is not None and version.figures_of(entry.event) is Figures.POSITION
        if not holds or not entry.figures or entry.on < offered:
            continue
        said = read_position(entry.figures)
        if said.union not in given or given[said.union][0] <= entry.on:
            given[said.union] = (entry.on, said)
    return {union: said for union, (_, said) in sorted(given.items())}


@checked
def body_decision(rulebook: Rulebook, case: Case, track: str, *, on: date) -> Decision:
    """Answer what the body that a matter is about came to, from the positions that are entered.

    Raises:
        UnknownName: when the matter is about no body.
    """
    said = positions(rulebook, case, track, on=on)
    given = {union: each.accepts for union, each in said.items()}
    return decide(rulebook, case.about, given, on=on)


# -- disputes --------------------------------------------------------------------------------------


def ballot_figures(
    rulebook: Rulebook, track: Track, figures: Mapping[str, Any], on: date
) -> Mapping[str, Any]:
    """Return the figures of a ballot that closed on a day, with its track's nation and days.

    Raises:
        BadFacts: when they say otherwise than the track.
    """
    opened = happened(rulebook, track, Meaning.BALLOT_OPENS, on=on)
    told = {"closed": on, **({"opened": opened[-1].on} if opened else {})}
    wrong = []
    questions = figures.get("results")
    listed = questions if isinstance(questions, list) else ()
    parts = {f"results[{number}].": each for number, each in enumerate(listed, 1)}
    for at, part in {"": figures, **parts}.items():
        for key, day in told.items():
            said = part.get(key) if isinstance(part, Mapping) else None
            if said is not None and said != day.isoformat():
                wrong.append(Problem(f"{at}{key}", f"the day of the track, {day.isoformat()}"))
    if not _covers(figures.get("jurisdiction"), track.nation):
        wrong.append(Problem("jurisdiction", f"the nation of the track, {track.nation}"))
    if figures.get("action_notice_received") is not None:
        wrong.append(Problem("action_notice_received", "an entry of its own, once it happened"))
    if wrong:
        raise BadFacts(tuple(wrong))
    where = {"jurisdiction": track.nation} if track.nation else {}
    days = {key: day.isoformat() for key, day in told.items()}
    return {**where, **figures, **days}


def _covers(jurisdiction: Any, nation: str) -> bool:
    """Say whether a jurisdiction has the nation; what cannot be read is reported elsewhere."""
    if not isinstance(jurisdiction, str) or nation not in map(str, Nation):
        return True
    try:
        return Nation(nation) in Jurisdiction.parse(jurisdiction)
    except UnknownName:
        return True


@checked
def track_ballot(rulebook: Rulebook, case: Case, track: str, *, on: date) -> BallotFile | None:
    """Return the last ballot of a track that had ended by a day; None where it has no figures."""
    found = case.track(track)
    version = rulebook.case_type_version(found)
    if version is None:
        return None
    ended = [e for e in found.happened(on) if version.figures_of(e.event) is Figures.BALLOT]
    if not ended or not ended[-1].figures:
        return None
    return read_ballot(ballot_figures(rulebook, found, ended[-1].figures, ended[-1].on))


@checked
def ballot_results(
    rulebook: Rulebook, given: BallotFile | Mapping[str, Any]
) -> Mapping[str, BallotResult]:
    """Return what the numbers of each question come to, by its name.

    Raises:
        BadFacts: when the figures cannot be used.
    """
    file = given if isinstance(given, BallotFile) else read_ballot(given)
    return {name: ballot_result(rulebook, each) for name, each in file.results.items()}


_Allowed = list[tuple[Mandate, ActionDays | None]]
"""For each lawful result how long it supports action, and on which days if notice was received."""


def _allowed(rulebook: Rulebook, track: Track, file: BallotFile, on: date) -> _Allowed:
    received = happened(rulebook, track, Meaning.NOTICE_RECEIVED, on=on)
    found: _Allowed = []
    for ballot in file.results.values():
        since = partial(_since, rulebook, track, ballot, on)
        judged = judge(
            rulebook,
            ballot,
            notice_received=received[-1].on if received else None,
            agreed_extension=file.employer_agreed_extension or since(Meaning.EXTENSION_AGREED),
            agreed_notice=since(Meaning.SHORTER_NOTICE_AGREED),
            began_in_time=file.action_began_in_time or since(Meaning.ACTION_BEGINS),
        )
        if judged.lawful and judged.mandate is not None:
            found.append((judged.mandate, judged.days))
    return found


def _goes_on(until: Mandate) -> bool:
    return until.goes_on.known and until.goes_on.value


def _since(rulebook: Rulebook, track: Track, ballot: Ballot, on: date, meaning: Meaning) -> bool:
    """Say whether something happened on the track since its ballot opened."""
    opened = DayRange.of(ballot.opened).earliest if ballot.opened is not None else date.min
    return any(each.on >= opened for each in happened(rulebook, track, meaning, on=on))


# -- what an event needs ---------------------------------------------------------------------------


def unproved(rulebook: Rulebook, case: Case, entry: CaseEvent, proof: Proof) -> Lacking | None:
    """Return why a proof fails on the day of an entry; None where it holds."""
    if proof in (Proof.BODY_DECIDES, Proof.BODY_AGREES, Proof.BODY_DOES_NOT_AGREE):
        return _body(rulebook, case, entry, proof)
    track = case.track(entry.track)
    file = track_ballot(rulebook, case, entry.track, on=entry.on)
    if file is None:
        return Lacking("the figures of the ballot are not entered", "the figures of its result")
    if proof is Proof.BALLOT_IS_LAWFUL:
        return _lawful(ballot_results(rulebook, file))
    if proof is Proof.BALLOT_IS_NOT_LAWFUL:
        return _not_lawful(rulebook, track, ballot_results(rulebook, file))
    found = _allowed(rulebook, track, file, entry.on)
    if not found:
        return Lacking("no question of the ballot is lawful by its numbers", "another ballot")
    if proof is Proof.MANDATE_IS_OVER:
        return _over(found, entry.on)
    return _not_allowed(rulebook, track, found, entry.on)


def _other_way(rulebook: Rulebook, track: Track, proof: Proof) -> str:
    """Return what the case type calls the event that may come instead, by what it wants proved."""
    version = rulebook.case_type_version(track)
    leaving = version.leaving(track.state) if version is not None else ()
    return next((each.event for each in leaving if each.proof is proof), "another event")


def _body(rulebook: Rulebook, case: Case, entry: CaseEvent, proof: Proof) -> Lacking | None:
    try:
        found = body_decision(rulebook, case, entry.track, on=entry.on)
    except UnknownName as error:
        return Lacking(str(error), "a matter that is opened about the body, by its key")
    if not found.agreed.known:
        said = positions(rulebook, case, entry.track, on=entry.on)
        silent = _silent(rulebook, case.about, said, entry.on)
        needed = f"the position of {series(silent)}" if silent else "how the body decides"
        return Lacking(f"whether {case.about} agrees is not known: {found.agreed.reason}", needed)
    why, track = found.agreed.because[0].text, case.track(entry.track)
    if proof is Proof.BODY_AGREES and not found.agreed.value:
        other = _other_way(rulebook, track, Proof.BODY_DOES_NOT_AGREE)
        return Lacking(f"{case.about} does not agree: {why}", other)
    if proof is Proof.BODY_DOES_NOT_AGREE and found.agreed.value:
        other = _other_way(rulebook, track, Proof.BODY_AGREES)
        return Lacking(f"{case.about} agrees: {why}", other)
    return None


def _silent(
    rulebook: Rulebook, body: str, said: Mapping[str, Position], on: date
) -> tuple[str, ...]:
    """Return the unions on a body whose position is not entered."""
    version = in_force(rulebook.body(body).versions, on)
    sides = [each for each in version.sides if each.key == SideKey.UNIONS] if version else []
    unions = [union for side in sides for union in side.unions]
    return tuple(u for u in unions if u not in said or said[u].accepts is None)


def _lawful(results: Mapping[str, BallotResult]) -> Lacking | None:
    reasons = []
    for name, result in results.items():
        lawful = result.lawful_by_numbers
        if lawful.known and lawful.value == "yes":
            return None
        head = f"{name}: " if name else ""
        if not lawful.known:
            reasons.append(f"{head}whether it is lawful is not known: {lawful.reason}")
        elif lawful.value != "no":
            reasons.append(f"{head}it is {lawful.value.replace('-', ' ')}")
        else:
            failed = [e for e in result.tests if e.outcome.known and e.outcome.value == "not-met"]
            why = "; ".join(f"{each.label}, {_short(each.margin)}" for each in failed)
            reasons.append(f"{head}not met: {why}")
    return Lacking("; ".join(reasons), "a ballot that passes every test that applies to it")


def _not_lawful(
    rulebook: Rulebook, track: Track, results: Mapping[str, BallotResult]
) -> Lacking | None:
    found = [result.lawful_by_numbers for result in results.values()]
    if any(each.known and each.value == "yes" for each in found):
        other = _other_way(rulebook, track, Proof.BALLOT_IS_LAWFUL)
        return Lacking("the ballot is lawful by its numbers", other)
    for each in found:
        if not each.known:
            needed = series(each.missing) or "what is missing"
            return Lacking(f"whether it is lawful is not known: {each.reason}", needed)
    return None


def _short(margin: Answer[int]) -> str:
    return f"{-margin.value} short" if margin.known else "by how much is not known"


def _over(found: _Allowed, on: date) -> Lacking | None:
    for until, _ in found:
        last = until.last_day
        if _goes_on(until):
            said = "action began in time, and the mandate goes on with it"
            return Lacking(said, "what ends the action")
        if not last.known:
            why = last.reason
            return Lacking(f"until when the mandate lasts is not known: {why}", "what is missing")
        if on <= last.value:
            said = f"the mandate lasts until {long_date(last.value)}"
            return Lacking(said, "a day after that")
    return None


def _not_allowed(rulebook: Rulebook, track: Track, found: _Allowed, on: date) -> Lacking | None:
    received = happened(rulebook, track, Meaning.NOTICE_RECEIVED, on=on)
    given = happened(rulebook, track, Meaning.NOTICE_GIVEN, on=on)
    if not received or (given and received[-1].on < given[-1].on):
        said = "the day on which the employer received the notice is not entered"
        return Lacking(said, called(rulebook, track, Meaning.NOTICE_RECEIVED))
    reasons = []
    for until, days in found:
        assert days is not None  # a notice was received
        if not days.first.known or not days.any_day.known:
            why = days.any_day.reason if days.first.known else days.first.reason
            reasons.append(f"which days are lawful is not known: {why}")
        elif on < days.first.value:
            reasons.append(f"the notice allows no day before {long_date(days.first.value)}")
        elif _goes_on(until) or (days.any_day.value and on <= days.last.value):
            return None
        elif not days.any_day.value:
            reasons.append(f"no day is lawful: {days.any_day.because[0].text}")
        else:
            reasons.append(f"the mandate ended on {long_date(days.last.value)}")
    return Lacking("; ".join(dict.fromkeys(reasons)), "a day that notice and mandate allow")
