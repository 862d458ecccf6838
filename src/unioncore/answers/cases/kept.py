"""What is due for each kind of record of one case, by the branch's policy and the record."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from unioncore.answers.by_name import ask
from unioncore.answers.cases.compartments import case_type_of
from unioncore.answers.cases.deadlines import deadlines
from unioncore.model import Case, ClockSetting, Note, Setting, Track
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__: list[str] = []

_CASE_FILE = "case-file"
_WORKING_NOTES = "working-notes"


def whats_due(
    rulebook: Rulebook,
    case: Case,
    on: date,
    mine: Iterable[Setting],
    clock_settings: Iterable[ClockSetting],
    others: Iterable[Case],
) -> Mapping[str, Answer[str]]:
    """Return what is due on a day for each kind of record of a case, ``nothing`` among it.

    ``mine`` is what the branch of the case lays down on the day.
    """
    facts = _record_facts(rulebook, case, on, clock_settings, others)
    facts |= {each.fact: each.value for each in mine if each.fact.startswith("retention.")}
    found = {}
    for kind in _kinds(rulebook, case, on):
        answer = ask(rulebook, {**facts, "record.kind": kind}, "record.due", on=on)
        found[kind] = answer["record.due"]
    return found


def laid_down(case: Case, settings: Iterable[Setting], on: date) -> list[Setting]:
    """Return what the branch of a case lays down on a day."""
    return [
        each
        for each in settings
        if (each.of, each.key) == ("branch", case.branch) and on in each.period
    ]


def _record_facts(
    rulebook: Rulebook,
    case: Case,
    on: date,
    settings: Iterable[ClockSetting] = (),
    others: Iterable[Case] = (),
) -> dict[str, Any]:
    """Return what is so of a case on a day, as the rules of retention ask it."""
    ends = [_ended(rulebook, track) for track in case.tracks.values()]
    dates = deadlines(rulebook, case, on=on, settings=settings, others=others)
    clocks = [each.runs_on(on) for each in dates]
    running: bool | None
    if any(rulebook.case_type_version(track) is None for track in case.tracks.values()):
        running = None
    else:
        running = True if None in ends or True in clocks else None if None in clocks else False
    return {
        "record.closed": None if None in ends else max(filter(None, ends), default=None),
        "record.is_running": running,
        "record.on_hold": case.on_hold(on),
    }


def _kinds(rulebook: Rulebook, case: Case, on: date) -> tuple[str, ...]:
    kinds = {_CASE_FILE: None}
    if any(isinstance(entry, Note) for entry in case.entries):
        kinds[_WORKING_NOTES] = None
    for key in case.tracks:
        kind = case_type_of(rulebook, case, key)
        if kind is not None:
            facts = {"record.family": kind.family}
            answer = ask(rulebook, facts, "record.kind_of_track", on=on)["record.kind_of_track"]
            if answer.known:
                kinds[answer.value] = None
    return tuple(kinds)


def _ended(rulebook: Rulebook, track: Track) -> date | None:
    """Return the day on which a track came to its outcome; None while it has none."""
    return None if rulebook.outcome(track) is None else track.since
