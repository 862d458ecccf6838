"""Random values of any class, made from the types of its fields."""

import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st

from tests.records.strategies import days, keys, moments, ranges, records, texts
from unioncore.answers import Axis
from unioncore.forms import SomeDay
from unioncore.legal import Citation, Confidence, DayRange, Period
from unioncore.model import ACTS, Case, CaseEntry, Record
from unioncore.rules import Answer, Expression, FactType, InPart, parse
from unioncore.rules.answer import Part, Reason, Why

OPEN = ("CaseEntry", "OnTrack", "OfPart", "OfCompartment")
"""The classes of entries that stand for several acts."""

EXPRESSIONS = ("True", "job.group == 'police-staff'", "a.b > 3 and not c.d", "a.b in ('x', 'y')")

_periods = st.lists(days, min_size=2, max_size=2, unique=True).map(
    lambda pair: Period(*sorted(pair))
)
_citations = st.builds(
    Citation,
    instrument=texts,
    provision=texts,
    url=st.sampled_from(["", "https://www.legislation.gov.uk/ukpga/1996/18"]),
    checked_on=days,
    confidence=st.sampled_from(Confidence),
)
_words = st.frozensets(keys, max_size=3)
_parts = st.builds(Part, texts, st.sampled_from([True, False, None]), st.just(()))
_reasons = st.builds(
    Reason,
    fact=keys,
    rule=keys,
    version=keys,
    plugin=keys,
    text=texts,
    condition=st.none() | _parts,
    citations=st.tuples(_citations) | st.just(()),
)
_whys = st.builds(
    Why, because=st.tuples(_reasons), missing=st.tuples(keys), warnings=st.tuples(texts)
)
_IN_ANSWERS: Mapping[Any, tuple[FactType, st.SearchStrategy[Any]]] = {
    str: (FactType.TEXT, texts),
    bool: (FactType.YES_NO, st.booleans()),
    int: (FactType.WHOLE, st.integers(-99, 10**6)),
    date: (FactType.DAY, days | ranges),
    Decimal: (FactType.MONEY, st.decimals(-9999, 9999, places=2)),
    frozenset[str]: (FactType.SET, _words),
}


@st.composite
def _answers(draw: st.DrawFn, of: Any) -> Answer[Any]:
    kind, values = _IN_ANSWERS.get(of, _IN_ANSWERS[str])
    known = draw(st.booleans())
    part = None
    if kind is FactType.SET and not known:
        part = draw(st.none() | st.builds(InPart, _words, _words, st.booleans()))
    return Answer(
        draw(keys),
        kind,
        draw(days),
        known,
        draw(values) if known else None,
        in_part=part,
        why=draw(_whys),
        rulebook=draw(keys),
    )


SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-99, 10**6),
    date: days,
    datetime: moments,
    time: st.times(),
    Decimal: st.decimals(-9999, 9999, places=2),
    Fraction: st.fractions(),
    types.NoneType: st.none(),
    DayRange: ranges,
    Period: _periods,
    Citation: _citations,
    Any: texts,
    Mapping[str, Any]: st.dictionaries(keys, texts | st.booleans() | st.integers(), max_size=2),
    SomeDay: days | ranges,
    Expression: st.sampled_from([parse(each) for each in EXPRESSIONS]),
}


@cache
def value_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type; what a class keeps to itself is empty."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if (origin or kind) is Answer:
        return _answers(arguments[0] if arguments else str)
    if origin in (typing.Union, types.UnionType):
        without = tuple(each for each in arguments if each is not types.NoneType)
        if len(without) < len(arguments):
            return st.none() | value_of(typing.Union[without])  # noqa: UP007
        return st.one_of(map(value_of, without))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[1:] != (Ellipsis,):
        return st.tuples(*map(value_of, arguments))
    if origin is tuple:
        return st.lists(value_of(arguments[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(value_of(arguments[0]), max_size=2)
    if origin is not None:
        name, item = arguments
        names = keys if name is str else value_of(name)
        return st.dictionaries(names, value_of(item), max_size=2)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    if issubclass(kind, Record):
        return records(kind)
    if kind is Case:
        return cases()
    if kind is Axis:  # the label for what fits no other is added, and is none of them
        labels = st.lists(keys, max_size=2).map(tuple)
        return st.builds(Axis, texts, labels, st.booleans())
    if kind.__name__ in OPEN:
        return st.one_of(*(value_of(each) for each in ACTS.values() if issubclass(each, kind)))
    return _built(kind)


def _built(kind: Any) -> st.SearchStrategy[Any]:
    attrs.resolve_types(kind)
    inside = getattr(kind, "_inside", ())
    given = {}
    for each in attrs.fields(kind):
        if each.name == "instead":  # a correction of a correction of ...
            given[each.alias] = st.none() | value_of(ACTS["hold"])
        elif each.name not in inside:
            given[each.alias] = st.deferred(lambda of=each.type: value_of(of))
        elif types.NoneType in typing.get_args(each.type):
            given[each.alias] = st.none()
        else:
            origin = typing.get_origin(each.type) or each.type
            given[each.alias] = st.just({} if origin is Mapping else origin())
    return st.builds(kind, **given)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Cases with entries of any acts, which carry on one chain of marks."""
    case = draw(
        st.builds(Case, reference=keys, person=keys, branch=keys, opened=days, fingerprint=keys)
    )
    entries: list[CaseEntry] = draw(st.lists(value_of(CaseEntry), max_size=3))
    for each in entries:
        case = case.entered(each)
    return case
