"""The first gate of every entry: its fields have the right type, and its words are known."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.refusals import Lacking
from unioncore.errors import UnknownName, did_you_mean, nearest
from unioncore.legal import Jurisdiction
from unioncore.model import TABLES, CaseEntry, Correct, Open
from unioncore.model.record import Column
from unioncore.rulebook import Rulebook


@frozen(repr=False)
class _Field:
    """What is checked of one field of an act."""

    name: str
    kinds: tuple[type, ...]
    required: bool
    filled: bool
    column: Column | None


_KINDS: dict[Any, str] = {date: "a day", datetime: "a moment", str: "text", int: "a whole number"}


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    found = []
    for each in attrs.fields(kind):
        hint = hints[each.name]
        kinds = tuple(get_origin(part) or part for part in get_args(hint) or (hint,))
        if get_origin(hint) is not None and type(None) not in get_args(hint):
            kinds = (get_origin(hint),)
        required = each.default is attrs.NOTHING
        filled = each.name in kind.filled
        found.append(_Field(each.name, kinds, required, filled, each.metadata.get("column")))
    return tuple(found)


def _fields_of(entry: CaseEntry) -> tuple[_Field, ...]:
    kind: Any = type(entry)
    return _fields(kind)


def mistyped(entry: CaseEntry) -> Iterator[Lacking]:
    """Give the fields that hold something of another type; nothing else is asked then."""
    for each in _fields_of(entry):
        value = getattr(entry, each.name)
        if type(value) in each.kinds and not (value and each.filled):
            continue
        right = isinstance(value, each.kinds) and not (
            isinstance(value, datetime) and datetime not in each.kinds
        )
        if not right or (isinstance(value, bool) and bool not in each.kinds):
            expected = next((_KINDS[kind] for kind in each.kinds if kind in _KINDS), "")
            expected = expected or each.kinds[0].__name__
            yield Lacking(f"{each.name}: expected {expected}, got {type(value).__name__}")
        elif value and each.filled:
            yield Lacking(f"{each.name}: it is filled in, and never given", "the entry without it")


def unknown(asked: Asked, entry: CaseEntry) -> Iterator[Lacking]:
    """Give the fields that are blank and may not be, and the words that nobody knows."""
    case = asked.case
    for each in _fields_of(entry):
        if (column := each.column) is None:
            continue
        value = getattr(entry, each.name)
        text = value.strip() if isinstance(value, str) else value
        if each.required and text in ("", ()):
            about = column.about[0].lower() + column.about[1:].rstrip(".")
            yield Lacking(f"{each.name}: it is blank", f"{each.name}: {about}")
        elif not value:
            continue
        elif column.words:
            words = asked.rulebook.words_of(column.words)
            if value not in words:
                yield Lacking(f"{each.name}: {_no_such(value, words)}")
        elif column.refers:
            kind = TABLES[column.refers]
            if not asked.union.knows(kind, value):
                meant = "" if kind.personal else str(asked.union.unknown(kind, value))
                said = meant or "nobody in the union's records has this key"
                yield Lacking(f"{each.name}: {said}")
    if entry.track and not isinstance(entry, Open) and entry.track not in case.tracks:
        said = f"the case has no track {entry.track!r}"
        meant = did_you_mean(nearest(entry.track, case.tracks))
        yield Lacking(said + meant, f"one of the tracks {', '.join(case.tracks)}")
    if isinstance(entry, Open) and entry.nation and not _is_nation(asked.rulebook, entry.nation):
        yield Lacking(f"nation: {_no_such(entry.nation, asked.rulebook.words_of('nation'))}")
    if isinstance(entry, Correct) and entry.instead is not None:
        for lacking in unknown(asked, entry.instead):
            yield attrs.evolve(lacking, reason=f"instead.{lacking.reason}")


def _no_such(word: str, words: Any) -> str:
    hint = nearest(word, words)
    return f"no such word: {word!r}" + (did_you_mean(hint) or f"; expected {', '.join(words)}")


def _is_nation(rulebook: Rulebook, nation: str) -> bool:
    """Say whether it is a nation, or several that share a law, such as GB."""
    try:
        return nation in rulebook.words_of("nation") or bool(Jurisdiction.parse(nation))
    except UnknownName:
        return False
