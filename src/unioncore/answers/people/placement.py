"""Where a person belongs in the union, and who negotiates for them."""

from collections.abc import Iterable, Mapping
from datetime import date

import attrs
from attrs import frozen

from unioncore.answers.by_name import ask, ask_many, explanation
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["Placement", "covers", "placement", "placements"]


@frozen
class Placement(Answers, shows="organised service_group negotiating_bodies"):
    """The answers about one person's place; each field is the derived fact of the same name."""

    organised: Answer[bool]
    """Whether the union organises people in such a post."""
    service_group: Answer[str]
    """The service group, or ``none``."""
    branch_type: Answer[str]
    branch: Answer[str]
    """The branch, where a rule names it."""
    region: Answer[str]
    """The region of the branch."""
    negotiating_bodies: Answer[frozenset[str]]
    """The standing joint bodies that negotiate the terms of the post."""
    consultative_bodies: Answer[frozenset[str]]
    national_forums: Answer[frozenset[str]]
    committees: Answer[frozenset[str]]
    """Committees of the union, below national level."""
    joint_unions: Answer[frozenset[str]]
    """The unions of a joint membership open to the person."""
    union_has_seat: Answer[bool]
    bargaining_level: Answer[str]
    pay_reviewed_by: Answer[frozenset[str]]


_NAMES = tuple(field.name for field in attrs.fields(Placement))


def placement(rulebook: Rulebook, facts: Mapping[str, object], *, on: date) -> Placement:
    """Place one person on one day; raises what ``ask`` raises."""
    return Placement(**ask(rulebook, facts, *_NAMES, on=on))


def placements(
    rulebook: Rulebook, rows: Iterable[Mapping[str, object]], *, on: date
) -> list[Placement]:
    """Place many people on one day, each as ``placement`` does; raises what ``ask_many`` raises."""
    return [Placement(**answers) for answers in ask_many(rulebook, rows, *_NAMES, on=on)]


@checked
def covers(rulebook: Rulebook, body: str, facts: Mapping[str, object], *, on: date) -> Answer[bool]:
    """Say whether one body covers a person on one day, whatever else does.

    Raises:
        UnknownName: when no body has the key.
        BadFacts: when facts given cannot be used; every problem is listed.
        NotADay: when ``on`` is not a plain day.
    """
    found = rulebook.body(body)
    return explanation(rulebook, facts, on=on).has(found.decides, found.key)
