"""Whether a partnership forum works as it should, rule by rule."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["Finding", "ForumHealth", "forum_health"]

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
