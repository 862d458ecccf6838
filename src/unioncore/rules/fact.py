"""Facts: the typed questions that rules ask and answer, and the words they may be answered with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from numbers import Integral
from typing import Any

from attrs import field, frozen

from unioncore.errors import Problem, nearest
from unioncore.forms import Stored
from unioncore.legal import Citation, DayRange
from unioncore.rules.definition import Definition

__all__ = [
    "Fact",
    "FactType",
    "InPart",
    "Value",
    "Word",
    "facts_from_plain",
    "from_plain",
    "read_value",
]

Value = str | int | bool | Decimal | date | DayRange | frozenset[str] | tuple[Any, ...]
"""What a fact may hold. None stands for "not known" everywhere, and for nothing else."""


@frozen
class InPart(Stored, shows="at_least closed"):
    """What is known of a set of words that is not known as a whole."""

    at_least: frozenset[str]
    """The words that are surely in it."""
    perhaps: frozenset[str]
    """The words of which it is not known whether they are in it."""
    closed: bool
    """Whether nothing but these words can be in it; False where no rule says so."""

    def to_text(self, name: Callable[[str], str] = str) -> str:
        """Return what is sure, then what is open; more than three open words are not named.

        ``name`` gives what people call a word.
        """
        few = sorted(self.perhaps) if len(self.perhaps) <= 3 else []
        beside = self.closed and len(self.perhaps) <= 3
        perhaps = [*map(name, few), *(() if beside else ("anything else",))]
        if self.at_least:
            sure, whether = ", ".join(map(name, sorted(self.at_least))), " or ".join(perhaps)
            there = "" if few else "there is "
            return f"{sure}; it is not known whether {there}{whether}"
        return f"not known, perhaps {' or '.join(perhaps)}" if beside else "not known"


class FactType(StrEnum):
    """What kind of value answers a fact."""

    CHOICE = "choice"
    """One word out of a vocabulary, such as an employer kind."""
    TEXT = "text"
    """Any text, such as an employer's key."""
    WHOLE = "whole"
    """A whole number, such as the members entitled to vote."""
    MONEY = "money"
    """Pounds, exactly: a ``Decimal``, never a float; zero or more, unless it is computed."""
    DAY = "day"
    """A day, or a ``DayRange`` where only bounds of it are known."""
    YES_NO = "yes-no"
    SET = "set"
    """Any number of words out of a vocabulary; an empty set is an answer, not a gap."""
    COLLECTION = "collection"
    """Records of another subject, such as the meetings of a forum; only measures read it."""


@frozen
class Word(Definition, shows="vocabulary key"):
    """One word of a shared vocabulary, such as the employer kind ``police-force``.

    Two plugins that declare the same word must declare it alike.
    """

    vocabulary: str
    """Which vocabulary the word belongs to, such as ``employer_kind``."""
    key: str
    name: str
    """The name that people read."""
    citations: tuple[Citation, ...] = ()

    def word(self) -> "Word":
        """Return the word itself."""
        return self


@frozen
class Fact(Definition, shows="key type"):
    """A typed question about a subject.

    A recorded fact is read from the data; a derived one is decided by rules, a table or a measure.
    """

    key: str
    type: FactType
    """What kind of value answers it."""
    label: str
    """How a sentence speaks of it: "the employer's kind", or for yes/no "the ballot was postal"."""
    denial: str = field(default="", kw_only=True)
    """For yes/no: how a sentence says the opposite, "the ballot was not postal"."""
    subject: str = "person"
    """What the question is about: person, case, ballot, branch, forum, meeting ..."""
    derived: bool = False
    """Whether rules decide it; where not, it is recorded."""
    vocabulary: str = ""
    """The shared vocabulary that a choice or a set is answered from."""
    choices: tuple[str, ...] = ()
    """A closed list of words of its own, in place of a vocabulary."""
    of: str = ""
    """For a collection: the subject of its records."""
    about: str = field(default="", eq=True)
    """What exactly is asked, for the reference pages."""
    counted: str = ""
    """Of a number of months that rules decide: the counting by which they are counted."""

    def fact(self) -> "Fact":
        """Return the fact itself."""
        return self


def _whole(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # in JSON 3.0 is as whole as 3, and a data frame writes it so
    is_whole = isinstance(value, Integral) and not isinstance(value, bool)
    return int(value) if is_whole else None


TOO_MUCH = 10**12
"""From here on nobody means a number, above zero or below it, or an amount of money."""
_MEANT = "of at most twelve digits before the point"


def _money(value: Any) -> Decimal | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    is_amount = isinstance(value, Decimal) and value.is_finite() and value >= 0
    return value if is_amount else None


def _day(value: Any) -> date | DayRange | None:
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return value if is_day or isinstance(value, DayRange) else None


EXPECTED = {
    FactType.CHOICE: "one of the words declared for it",
    FactType.TEXT: "text",
    FactType.WHOLE: "a whole number",
    FactType.MONEY: "pounds, zero or more, as a Decimal or as text such as '719.00'",
    FactType.DAY: "a day (datetime.date, not datetime), a DayRange, or text such as '2024-06-01'",
    FactType.YES_NO: "True or False",
    FactType.SET: "a set of the words declared for it",
    FactType.COLLECTION: "a list of records, each a mapping of fact keys to values",
}


def _is_missing(value: Any) -> bool:
    """Say whether a value is what data frames write where there is none: it equals nothing."""
    try:
        return bool(value != value)
    except (TypeError, ArithmeticError):  # NA of pandas, and a NaN that signals
        return True
    except ValueError:  # a whole column
        return False


_COUNTED = {FactType.WHOLE: "a whole number", FactType.MONEY: "pounds"}


def read_value(fact: Fact, value: Any, words: Mapping[str, str]) -> tuple[Any, Problem | None]:
    """Return ``value`` as the rules use it, and what is wrong with it if it cannot be used.

    A day and money may be text, as JSON holds them; no amount of money is below zero. ``words``
    are the declared words of the fact; None stays None, for "not known".
    """
    if value is None:
        return None, None
    if _is_missing(value):
        return None, Problem(fact.key, "a value; where it is missing, leave it out or give None")
    if isinstance(value, str) and fact.type in (FactType.DAY, FactType.MONEY):
        value = from_plain(fact, value)
    good: Any = None
    match fact.type:
        case FactType.CHOICE:
            if isinstance(value, str):
                if value in words:
                    return str(value), None
                return None, Problem(fact.key, EXPECTED[fact.type], nearest(value, words))
        case FactType.TEXT:
            good = value if isinstance(value, str) and value else None
        case FactType.WHOLE:
            good = _whole(value)
        case FactType.MONEY:
            good = _money(value)
        case FactType.DAY:
            good = _day(value)
        case FactType.YES_NO:
            good = value if isinstance(value, bool) else None
        case FactType.SET:
            if isinstance(value, set | frozenset | list | tuple):
                strange = [w for w in value if not isinstance(w, str) or w not in words]
                if not strange:
                    return frozenset(value), None
                hint = nearest(strange[0], words) if isinstance(strange[0], str) else None
                return None, Problem(fact.key, EXPECTED[fact.type], hint)
        case FactType.COLLECTION:
            if isinstance(value, list | tuple) and all(isinstance(v, Mapping) for v in value):
                good = tuple(value)
    if good is None:
        return None, Problem(fact.key, EXPECTED[fact.type])
    if fact.type in _COUNTED and not fact.derived and not -TOO_MUCH < good < TOO_MUCH:
        return None, Problem(fact.key, f"{_COUNTED[fact.type]} {_MEANT}")
    return good, None


def from_plain(fact: Fact, plain: Any) -> Any:
    """Turn JSON or command-line text into the value a fact takes; what does not fit stays as it is.

    Days are ISO text (a month, a year or ``first/last`` gives bounds), money is decimal text,
    yes/no may be ``yes`` or ``no``, and the words of a set may be separated by commas.
    """
    if not isinstance(plain, str):
        return plain
    text = plain.strip()
    try:
        match fact.type:
            case FactType.DAY:
                return DayRange.parse(text)
            case FactType.WHOLE:
                return int(text)
            case FactType.MONEY:
                return Decimal(text)
            case FactType.YES_NO:
                said = {"yes": True, "true": True, "no": False, "false": False}
                return said.get(text.lower(), plain)
            case FactType.SET:
                return frozenset(part.strip() for part in text.split(",") if part.strip())
            case _:
                return plain
    except (ValueError, InvalidOperation):
        return plain


def facts_from_plain(declared: Mapping[str, Fact], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Turn JSON of several facts into the values they take, those of a collection's records too.

    Raises what ``declared`` raises for a key that it lacks.
    """
    found = {}
    for key, value in plain.items():
        fact = declared[key]
        records = fact.type is FactType.COLLECTION and isinstance(value, list)
        if records and all(isinstance(record, Mapping) for record in value):
            found[key] = [facts_from_plain(declared, record) for record in value]
        else:
            found[key] = from_plain(fact, value)
    return found
