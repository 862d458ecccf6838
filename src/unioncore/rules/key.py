"""Keys with a type: the name of a fact or a parameter, and what its value is."""

from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar, get_origin

from unioncore.errors import WrongArgument
from unioncore.rules.fact import FactType

__all__ = ["Key"]

V_co = TypeVar("V_co", bound=str | int | bool | Decimal | date | frozenset[str], covariant=True)

_TYPES: dict[object, tuple[FactType, ...]] = {
    str: (FactType.CHOICE, FactType.TEXT),
    int: (FactType.WHOLE,),
    bool: (FactType.YES_NO,),
    Decimal: (FactType.MONEY,),
    date: (FactType.DAY,),
    frozenset: (FactType.SET,),
}


class Key(str, Generic[V_co]):
    """The name of a fact, or of a parameter, with the type of its value.

    It is text, and stands wherever the name may stand. What is asked by it has its type, so that a
    type checker knows of ``ask(rulebook, facts, GROUP, on=day)[GROUP]`` that it is an
    ``Answer[str]``. The type is that of Python: ``str`` for a word or text, ``int``, ``bool``,
    ``Decimal`` for money, ``date``, and ``frozenset[str]`` for a set of words.

    >>> GROUP = Key("service_group", str)
    >>> GROUP == "service_group"
    True
    """

    __slots__ = ("of",)
    of: type[V_co]

    def __new__(cls, name: str, of: type[V_co]) -> "Key[V_co]":
        """Return a key; raises ``WrongArgument`` for a type that no fact has."""
        if (get_origin(of) or of) not in _TYPES:
            advice = "give str, int, bool, Decimal, date or frozenset[str]"
            raise WrongArgument("of", "the type of a fact's value", str(of), advice)
        made = super().__new__(cls, name)
        made.of = of
        return made

    def must_fit(self, kind: FactType) -> None:
        """Raise ``WrongArgument`` where facts of the kind have values of another type."""
        self._must_be(next(of for of, kinds in _TYPES.items() if kind in kinds))

    def must_hold(self, value: object) -> None:
        """Raise ``WrongArgument`` where a value is of another type."""
        self._must_be(type(value))

    def _must_be(self, fitting: object) -> None:
        if fitting is not (get_origin(self.of) or self.of):
            named = getattr(fitting, "__name__", str(fitting))
            advice = f"write Key({str(self)!r}, {named})"
            raise WrongArgument("names", f"a key of type {named}", str(self.of), advice)
