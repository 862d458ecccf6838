"""What may stand in the arguments of a question: said by their types, and checked in one place."""

import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial, wraps
from inspect import Parameter, signature
from operator import is_
from types import NoneType, UnionType
from typing import Any, ParamSpec, TypeVar

import attrs
from attrs import frozen

from unioncore.errors import BadFacts, NotADay, Problem, UnioncoreError, WrongArgument
from unioncore.legal import DayRange, Jurisdiction, Nation
from unioncore.numbers import is_count

__all__ = ["check_counts", "check_ours", "check_several", "checked"]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_Read = Callable[[str, Any], Any]
"""Takes the name of a place and what stands there; gives it, an iterator as a tuple, or raises."""

_BY_PLACE = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_COUNT = "a whole number, zero or more"
_FROM = {
    "Case": "pass what open_case or open_matter of a desk gave, or desk.case(reference)",
    "CaseEntry": "make one of the acts, such as CaseEvent",
    "Desk": "pass Desk(rulebook=..., union=..., cases=...)",
    "Rulebook": "pass what unioncore.compose() returned",
    "RuleSet": "pass rulebook.rules",
    "Snapshot": "pass a union on a day: union.on(DAY)",
    "Union": "pass what read_union(...).ok() returned",
}
"""Where one comes from, for classes of ours that nobody makes field by field."""
_PLAIN: frozenset[Any] = frozenset(
    (bool, date, datetime, DayRange, Decimal, int, Jurisdiction, Nation, NoneType, str)
)


def checked(question: Callable[P, R]) -> Callable[P, R]:
    """Return the question with its arguments checked, each by its type.

    A count is a whole number, zero or more, and no money is below zero. Where several are asked
    for, each of them is checked, and a single text is not several. What type says nothing of, such
    as the values of facts, is checked by what uses it.

    Raises:
        BadFacts: when something else stands where a count, pounds, or true or false belong.
        NotADay: when something else stands where a day belongs.
        WrongArgument: when something else stands where a class of ours, several, a mapping, a
            moment or text belongs.
    """
    asked = signature(question).parameters
    places = [name for name, each in asked.items() if each.kind in _BY_PLACE]
    further = next((n for n, each in asked.items() if each.kind is Parameter.VAR_POSITIONAL), "")

    @cache
    def readers() -> tuple[dict[str, _Read], list[tuple[str, _Read]]]:
        """Return what reads each argument by its name, and those that have a place in order."""
        hints = typing.get_type_hints(question)  # which may name what is defined only later
        found = {name: _reader(hints.get(name, Any)) for name in asked}
        if further:
            found[further] = _SeveralOf(found[further], tuple).read
        return found, [(name, found[name]) for name in places]

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        # Too few arguments, or too many, are told by the question itself.
        read, by_place = readers()
        given = [of(name, each) for (name, of), each in zip(by_place, args, strict=False)]
        if more := args[len(by_place) :]:
            given += read[further](further, more) if further else more
        named: Any = {n: read[n](n, each) if n in read else each for n, each in kwargs.items()}
        return question(*given, **named)

    return ask


def check_counts(counts: Mapping[str, Any], at: str = "") -> None:
    """Let only counts pass, and None; raises ``BadFacts`` that names all else, after ``at``."""
    wrong = [name for name, each in counts.items() if each is not None and not is_count(each)]
    if wrong:
        raise BadFacts(tuple(Problem(f"{at}{name}", _COUNT) for name in wrong))


def check_ours(value: object, kind: type[T], where: str) -> T:
    """Return ``value`` when it is of a class of ours; raises ``WrongArgument`` for anything else.

    ``where`` names the place for the message.
    """
    if isinstance(value, kind):
        return value
    name = kind.__name__
    room = ".".join(kind.__module__.split(".")[:2])
    advice = _FROM.get(name, f"see {room}.{name}")
    raise WrongArgument(where, f"a {name}", type(value).__name__, advice)


def check_several(value: Iterable[Any], where: str) -> Iterable[Any]:
    """Let only several pass, such as a list, whatever each is; raises ``WrongArgument``."""
    found: Iterable[Any] = _SeveralOf(_anything, Iterable).read(where, value)
    return found


# -- by type ---------------------------------------------------------------------------------------


def _anything(_: str, value: Any) -> Any:
    """Let pass what its type says nothing of."""
    return value


@frozen(eq=False, repr=False)
class _SeveralOf:
    """Several of a kind, such as a list."""

    each: _Read
    kind: Any
    """``Iterable``, or what an iterator is made."""

    def fits(self, value: Any) -> bool:
        """Say whether it is several of anything."""
        return isinstance(value, Iterable) and not isinstance(value, str | bytes)

    def read(self, where: str, value: Any) -> Any:
        """Read each of them; those of an iterator when it comes to them."""
        if not self.fits(value):
            one = "put even one into a list"
            raise WrongArgument(where, "several, such as a list", type(value).__name__, one)
        several = value if isinstance(value, self.kind) else tuple(value)
        if self.each is _anything:
            return several
        if isinstance(several, Iterator):
            return self._in_turn(where, several)
        found = tuple(self._in_turn(where, several))
        return several if all(map(is_, found, several)) else found

    def _in_turn(self, where: str, several: Iterable[Any]) -> Iterator[Any]:
        for place, each in enumerate(several):
            yield self.each(f"{where}[{place}]", each)


@frozen(eq=False, repr=False)
class _MappingOf:
    """A mapping; of one whose values may be anything, the keys are not read either."""

    key: _Read
    each: _Read

    def fits(self, value: Any) -> bool:
        """Say whether it is a mapping of anything."""
        return isinstance(value, Mapping)

    def read(self, where: str, value: Any) -> Any:
        """Read each key and each value."""
        if not self.fits(value):
            raise WrongArgument(where, "a mapping", type(value).__name__, "pass a dict")
        if self.each is _anything:
            return value
        key, of = f"a key of {where}", f"a value of {where}"
        return {self.key(key, name): self.each(of, each) for name, each in value.items()}


@frozen(eq=False, repr=False)
class _TupleOf:
    """A tuple in which each place has a kind of its own."""

    places: tuple[_Read, ...]

    def fits(self, value: Any) -> bool:
        """Say whether it is a tuple or a list of so many."""
        return isinstance(value, tuple | list) and len(value) == len(self.places)

    def read(self, where: str, value: Any) -> Any:
        """Read what stands at each place."""
        if not self.fits(value):
            expected = f"a tuple of {len(self.places)}"
            raise WrongArgument(where, expected, type(value).__name__, "put them in brackets")
        pairs = enumerate(zip(self.places, value, strict=True))
        return tuple(read(f"{where}[{place}]", each) for place, (read, each) in pairs)


@frozen(eq=False, repr=False)
class _OfOurs:
    """A value of one class of ours."""

    kind: type

    def fits(self, value: Any) -> bool:
        """Say whether it is one."""
        return isinstance(value, self.kind)

    def read(self, where: str, value: Any) -> Any:
        """Let only such a value pass."""
        return check_ours(value, self.kind, where)


@cache
def _reader(hint: Any) -> _Read:
    """Return what reads a value of a type; it lets anything pass of which the type says nothing."""
    kinds = _kinds(hint)
    plain = _PLAIN.intersection(kinds)
    other = [_structured(each) for each in kinds if each not in plain]
    if None in other:
        return _anything
    if not other:
        return partial(_plain, plain, plain - {int, Decimal})
    if not plain and len(other) == 1:
        only: _Read = other[0].read
        return only

    def read(where: str, value: Any) -> Any:
        if _fits(value, plain):
            return value
        found = next((each for each in other if each.fits(value)), None)
        if found is None and plain - {NoneType}:
            raise _unfit(where, value, plain)
        return (found or other[0]).read(where, value)

    return read


def _each(hint: Any) -> _Read:
    """Return what reads one of several; what uses figures says at once which of them are wrong."""
    figures = {int, Decimal, NoneType}.issuperset(_kinds(hint))
    return _anything if figures else _reader(hint)


def _kinds(hint: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(hint) in (typing.Union, UnionType)
    return typing.get_args(hint) if is_union else (hint,)


def _structured(hint: Any) -> Any:
    """Return what reads a type that is not plain; None for one that is not checked here."""
    kind, args = typing.get_origin(hint) or hint, typing.get_args(hint)
    if kind is tuple and args[1:] != (...,):
        return _TupleOf(tuple(map(_reader, args)))
    if kind in (tuple, Sequence, Collection, Iterable):
        return _SeveralOf(_each(args[0]), kind)
    if kind is Mapping:
        return _MappingOf(_reader(args[0]), _each(args[1]))
    return _OfOurs(kind) if attrs.has(kind) or kind in (Fraction, bytes) else None


def _plain(kinds: frozenset[type], sure: frozenset[type], where: str, value: Any) -> Any:
    """Return a value of one of ``kinds``; of ``sure`` ones nothing but the class matters."""
    if type(value) in sure or _fits(value, kinds):
        return value
    raise _unfit(where, value, kinds)


def _fits(value: Any, kinds: frozenset[type]) -> bool:
    if isinstance(value, bool | datetime):  # which Python takes for a number and a day
        return isinstance(value, tuple(kinds & {bool, datetime}))
    if int in kinds and is_count(value):
        return True
    if isinstance(value, Decimal):
        return Decimal in kinds and value.is_finite() and value >= 0
    return isinstance(value, tuple(kinds - {int, bool}))


def _unfit(where: str, value: Any, kinds: frozenset[type]) -> UnioncoreError:
    got = type(value).__name__
    if date in kinds:
        return NotADay(where, got)
    if datetime in kinds:
        hour = "a moment (datetime.datetime)"
        return WrongArgument(where, hour, got, "the hour decides, so give it")
    if str in kinds:
        return WrongArgument(where, "text", got, "give a key, such as the records have")
    if Decimal in kinds:
        return BadFacts((Problem(where, "pounds as a Decimal, zero or more"),))
    expected = "True or False" if bool in kinds else _COUNT
    return BadFacts((Problem(where, expected),))
