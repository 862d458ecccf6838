"""Answers that belong together, as text, as plain data, and as a table in a notebook."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from unioncore.forms import Stored
from unioncore.legal import Citation
from unioncore.rules import Answer, FactType, pounds
from unioncore.shown import plain, table

__all__ = ["Answers"]


class Answers(Stored):
    """An object whose fields are answers, or hold answers.

    ``class Held(Answers, inside="facts")`` names the fields that it keeps to itself: they are left
    out of text, plain data and table alike.
    """

    __slots__ = ()

    def answers(self) -> dict[str, Answer[Any]]:
        """Return the answers among its fields, by name."""
        return {key: each for key, each in self._given().items() if isinstance(each, Answer)}

    def short(self) -> dict[str, Any]:
        """Return it as plain data in which each answer is in its short form."""
        return {key: _short(each) for key, each in self._given().items()}

    def to_text(self) -> str:
        """Return it as lines for people: every answer with its reasons, and what else it holds."""
        return "\n".join(
            f"{name}: {_after_name(each) if isinstance(each, Answer) else each}"
            for name, each in _leaves("", self)
        )

    def _repr_html_(self) -> str:
        rows = (
            each._row(name) if isinstance(each, Answer) else (name, each, "", "")
            for name, each in _leaves("", self)
        )
        return table(rows)


class Worked(Answers):
    """What answers that were worked out together share."""

    __slots__ = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """How it was worked out, one step after the other, in words."""
        known = (answer for answer in self.answers().values() if answer.known)
        worked = (each.because[0] for each in known if each.because)
        return tuple(dict.fromkeys(each.text for each in worked if each.step))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the answers should know."""
        every = (warning for each in self.answers().values() for warning in each.warnings)
        return tuple(dict.fromkeys(every))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Everything that the answers rest on."""
        return tuple(dict.fromkeys(c for each in self.answers().values() for c in each.citations))


def told(name: str, answer: Answer[Any]) -> str:
    """Return an answer as one line: the value, and why it is so or is not known."""
    value = answer.value_to_text()
    if answer.known and answer.type is FactType.MONEY:
        value = pounds(answer.value)
    why = answer.reason
    if answer.known and answer.because:
        why = answer.because[0].why or answer.because[0].text
    return f"{name}: {value} ({why})"


def _short(value: Any) -> Any:
    match value:
        case Answer() | Answers():
            return value.short()
        case Mapping():
            return {str(plain(key)): _short(each) for key, each in value.items()}
        case list() | tuple():
            return [_short(each) for each in value]
        case _:
            return plain(value)


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give every answer and every text in a value, with the way to it; nothing for what is empty.

    What has no answers inside is one text.
    """
    match value:
        case None | "":
            return
        case Answer():
            yield name, value
        case Answers():
            for key, each in value._given().items():
                yield from _leaves(f"{name}.{key}" if name else key, each)
        case Mapping() if any(_holds_answers(each) for each in value.values()):
            for key, each in value.items():
                yield from _leaves(f"{name}.{plain(key)}", each)
        case list() | tuple() if any(_holds_answers(each) for each in value):
            for number, each in enumerate(value, 1):
                yield from _leaves(f"{name}.{number}", each)
        case _:
            yield name, _text(value)


def _after_name(answer: Answer[Any]) -> str:
    return answer.to_text().removeprefix(f"{answer.fact}: ")


def _holds_answers(value: Any) -> bool:
    return isinstance(value, Answer | Answers)


def _text(value: Any) -> str:
    """Return a value in words: what has a name or a key by that."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str() | Citation():
            return str(value)
        case Mapping():
            items = {plain(key): each for key, each in value.items() if each not in (None, "")}
            return _joined(f"{key}: {_text(each)}" for key, each in items.items())
        case list() | tuple() | set() | frozenset():
            return _joined(_text(each) for each in value)
    named = getattr(value, "name", "") or getattr(value, "title", "") or getattr(value, "key", "")
    data = named or plain(value)
    return _text(data) if isinstance(data, Mapping) else str(data)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part) or "none"
