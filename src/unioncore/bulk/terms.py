"""What columns are worked out from: terms, each made once, with what is certain folded away.

A term is a yes-or-no column, which is never null, or a column of values, which is null where the
value is not known. Equal terms are one object, so that what two facts need is worked out once.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from unioncore.shown import Shown

__all__ = ["FALSE", "TRUE", "ColumnTerm", "ColumnTerms"]


@frozen(eq=False)
class ColumnTerm(Shown, shows="given"):
    """One column, by what makes it of others; told from others by identity."""

    makes: str
    """What makes it; ``columns`` says how each kind is written."""
    parts: tuple["ColumnTerm", ...] = ()
    given: tuple[Any, ...] = ()
    """What is no column: a name, values, an operator."""

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Let a term be sent to another process, where what is certain is the same object."""
        if self.makes in ("always", "never"):
            return "TRUE" if self.makes == "always" else "FALSE"
        return ColumnTerm, (self.makes, self.parts, self.given)


TRUE, FALSE = ColumnTerm("always"), ColumnTerm("never")


class ColumnTerms:
    """Makes terms; asked for the same again, it gives the one that it made."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], ColumnTerm] = {}

    def of(self, makes: str, *parts: ColumnTerm, given: tuple[Any, ...] = ()) -> ColumnTerm:
        """Return the term of an operation, such as ``and``, on ``parts``."""
        at = (makes, *map(id, parts), *((type(each), each) for each in given))
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = ColumnTerm(makes, parts, given)
        return found

    def negated(self, part: ColumnTerm) -> ColumnTerm:
        """Return whether ``part`` is not so."""
        if part is TRUE or part is FALSE:
            return FALSE if part is TRUE else TRUE
        return part.parts[0] if part.makes == "not" else self.of("not", part)

    def all(self, parts: Iterable[ColumnTerm]) -> ColumnTerm:
        """Return whether all parts are so."""
        return self._joined("and", parts, TRUE, FALSE)

    def any(self, parts: Iterable[ColumnTerm]) -> ColumnTerm:
        """Return whether at least one part is so."""
        return self._joined("or", parts, FALSE, TRUE)

    def _joined(
        self, word: str, parts: Iterable[ColumnTerm], neutral: ColumnTerm, absorbing: ColumnTerm
    ) -> ColumnTerm:
        kept: dict[ColumnTerm, None] = {}
        for part in _flat(word, parts):
            if part is absorbing or self.negated(part) in kept:
                return absorbing
            if part is not neutral:
                kept[part] = None
        if len(kept) < 2:
            return next(iter(kept), neutral)
        return self.of(word, *sorted(kept, key=id))

    def chosen(self, choices: Iterable[tuple[ColumnTerm, ColumnTerm | None]]) -> ColumnTerm | None:
        """Return the value of the first choice that is so, null where none is or its value is None.

        None stands for a column without any value.
        """
        kept: list[tuple[ColumnTerm, ColumnTerm | None]] = []
        for when, value in choices:
            if when is not FALSE:
                kept.append((when, value))
            if when is TRUE:
                break
        while kept and kept[-1][1] is None:
            kept.pop()
        if not kept:
            return None
        if kept[0][0] is TRUE:
            return kept[0][1]
        known = next(value for _, value in kept if value is not None)
        null = self.of("null", known)  # typed as the values are
        parts = (part for when, value in kept for part in (when, null if value is None else value))
        return self.of("first", *parts)


def _flat(word: str, parts: Iterable[ColumnTerm]) -> Iterator[ColumnTerm]:
    for part in parts:
        if part.makes == word:
            yield from part.parts
        else:
            yield part
