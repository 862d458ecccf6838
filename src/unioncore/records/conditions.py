"""Conditions over members that stand in a union's records, or that somebody asks with."""

from collections.abc import Iterator

from unioncore.checked import checked
from unioncore.model import Employer, Record, Union, Unit
from unioncore.rulebook import Rulebook
from unioncore.rules import Condition
from unioncore.rules.condition import Compare, Literal, Name, OneOf, walk
from unioncore.rules.typecheck import read_condition

__all__ = ["member_condition"]

_KEYS: dict[str, type[Record]] = {"employer.key": Employer, "membership.branch": Unit}
"""The facts that hold a key of the records."""


@checked
def member_condition(rulebook: Rulebook, union: Union, text: str) -> Condition:
    """Return the condition over a member's facts that a text is, in the notation of rules.

    Raises:
        NotationError: when it is none, or names a fact or a word that no plugin declares.
        UnknownName: when it names a branch or an employer that no record knows.
    """
    found = read_condition(rulebook.rules, text)
    for fact, key in _texts(found):
        kind = _KEYS.get(fact)
        if kind is not None and key != "none" and not union.knows(kind, key):
            raise union.unknown(kind, key)
    return found


def _texts(condition: Condition) -> Iterator[tuple[str, str]]:
    """Give every fact that is compared with a text, and that text."""
    for node in walk(condition):
        match node:
            case Compare(_, Name(fact), Literal(str() as text)) | Compare(
                _, Literal(str() as text), Name(fact)
            ):
                yield fact, text
            case OneOf(Name(fact), options):
                for each in options:
                    if isinstance(each.value, str):
                        yield fact, each.value
