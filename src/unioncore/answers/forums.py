"""Whether a partnership forum works as it should, rule by rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.model import Act, Case, Track
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["FORUM", "Finding", "ForumHealth", "forum_facts", "forum_health"]

FORUM = "core.partnership_forum"
"""The case type of a forum's meetings; each meeting is a track."""

_VERDICT = "forum.healthy"


@frozen
class Finding:
    """What one rule finds."""

    rule: str
    """The key of the requirement."""
    label: str
    outcome: Answer[str]
    """``met``, ``not-met`` or ``not-required``, with the records that it rests on."""


@frozen
class ForumHealth:
    """What the rules find about one forum."""

    healthy: Answer[bool]
    """No where a rule is not met; not known where none is, but something is not recorded."""
    findings: tuple[Finding, ...]

    @property
    def to_do(self) -> tuple[Finding, ...]:
        """Return the findings that are amiss."""
        return tuple(f for f in self.findings if f.outcome.known and f.outcome.value == "not-met")

    @property
    def not_known(self) -> tuple[Finding, ...]:
        """Return the findings that the records do not settle."""
        return tuple(f for f in self.findings if not f.outcome.known)


def forum_health(rulebook: Rulebook, facts: Mapping[str, Any], *, on: date) -> ForumHealth:
    """Check a forum against every rule on forums; raises what ``ask`` raises.

    Args:
        rulebook: the rules.
        facts: about the forum, with its meetings, proposals and disputes of the period as records.
        on: the last day of the period that is looked at.
    """
    checked = [each for each in rulebook.definitions.requirements if each.verdict == _VERDICT]
    found = ask(rulebook, facts, _VERDICT, *(each.key for each in checked), on=on)
    findings = tuple(Finding(each.key, each.label, found[each.key]) for each in checked)
    return ForumHealth(found[_VERDICT], findings)


def forum_facts(case: Case, *, on: date) -> dict[str, Any]:
    """Return what the tracks of a forum's matter tell about its meetings that were due by a day.

    What they do not tell stays not known, such as who came where nobody recorded it.
    """
    tracks = [each for each in case.tracks.values() if each.case_type == FORUM]
    meetings = [_meeting(each, on) for each in tracks if each.opened <= on]
    return {"forum.meetings": [each for each in meetings if each is not None]}


def _meeting(track: Track, on: date) -> dict[str, Any] | None:
    told = [e for e in track.entries if e.act is Act.EVENT and e.on <= on]
    opened = [each.on for each in told if each.event == "open_meeting"]
    plans = [e.on for e in track.entries if e.act is Act.PLAN and e.event == "open_meeting"]
    # It was called for the day first planned; a later plan is that of its being held again.
    day = plans[0] if plans else opened[0] if opened else None
    if day is not None and day > on:
        return None
    found: dict[str, Any] = {"meeting.day": day}
    for each in told:
        match each.event:
            case "cancel":
                found["meeting.held"] = False
            case "issue_agenda":
                found.setdefault("meeting.papers_sent", each.on)
            case "open_meeting" if "meeting.held" in found:
                found.setdefault("meeting.reconvened", each.on)
            case "open_meeting":
                found["meeting.held"] = True
            case "confirm_quorum" | "record_inquorate":
                found.setdefault("meeting.had_quorum", each.event == "confirm_quorum")
        for key, value in each.figures.items():
            found.setdefault(f"meeting.{key}", value)
    return {key: value for key, value in found.items() if value is not None}
