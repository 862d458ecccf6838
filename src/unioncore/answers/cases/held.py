"""What is held on a person: where it stands in a union's records and in cases, never what it says.

A branch passes a request about personal data on; whoever answers it must know where to look.
"""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from unioncore.answers.cases.desk import Desk
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import TABLES, Case, Person, Record, Union, columns

__all__ = ["HeldAt", "held_on"]


@frozen
class HeldAt(Answers, shows="where what"):
    """One place where something is held on a person."""

    where: str
    """The table, or the reference of the case."""
    number: int | None
    """Which row or which entry, counted from 0; None: the case itself."""
    what: str
    """``row``, ``case``, or what the entry does."""
    because: str
    """The column or the field that names the person; ``case`` where the case is their own."""
    day: date | None
    """The first day on which it holds, or on which it happened; None: not known."""


@checked
def held_on(desk: Desk, person: str) -> tuple[HeldAt, ...]:
    """Return every place where something is held on a person.

    That is each row that names them, also where it was corrected or struck; everything in a case of
    their own; and in other cases each entry that names them, such as one who represents. What
    nothing but a text says of somebody, such as a note in another member's case, cannot be found.

    Those of the records come first, table by table; then those of the cases in their order.

    Args:
        desk: the union's records, and every case that is kept.
        person: the person, by key.

    Raises:
        UnknownName: when neither the records nor a case name the person.
    """
    union = desk.union
    found = [each for kind in TABLES.values() for each in _in_table(union, kind, person)]
    for case in desk.cases.values():
        found += _in_case(case, person)
    if not found:
        raise union.unknown(Person, person)
    return tuple(found)


def _in_table(union: Union, kind: type[Record], person: str) -> Iterator[HeldAt]:
    refer = [
        name
        for name, each in columns(kind).items()
        if each.metadata["column"].refers == Person.table or (kind is Person and name == "key")
    ]
    rows: tuple[Record, ...] = getattr(union, kind.table) if refer else ()
    for number, row in enumerate(rows):
        for name in refer:
            if getattr(row, name) == person:
                yield HeldAt(kind.table, number, "row", name, getattr(row, "start", None))


def _in_case(case: Case, person: str) -> Iterator[HeldAt]:
    if case.person == person:
        yield HeldAt(case.reference, None, "case", "person", case.opened)
    for number, entry in enumerate(case.entries):
        named = [name for name in _NAMING if getattr(entry, name, "") == person]
        if case.person == person and not named:
            named = ["case"]
        for name in named:
            yield HeldAt(case.reference, number, entry.act, name, entry.on)


_NAMING = ("person", "by")
"""The fields of an entry that name people."""
