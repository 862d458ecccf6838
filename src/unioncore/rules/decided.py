"""The compiled reading as it is offered: values at once, and warnings when they are looked at."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from unioncore.rules.compile import compile_values
from unioncore.rules.explain import Explainer
from unioncore.rules.rule import ON
from unioncore.rules.ruleset import RuleSet

__all__ = ["ValuesFound", "compile_rules"]


class ValuesFound(tuple[Any, ...]):
    """The values of facts for one record, in the order in which the facts were asked for.

    None is "not known", and a set that is not known as a whole is an ``InPart``.
    """

    _warn: Callable[[], tuple[str, ...]]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the values should know, such as that sources conflict.

        They are worked out when they are looked at, from the record as it then is.
        """
        return self._warn()

    def __reduce__(self) -> tuple[Any, ...]:
        return _found, (tuple(self), self.warnings)

    def __repr__(self) -> str:
        said = "; ".join(self.warnings)
        return f"{super().__repr__()}, with a warning: {said}" if said else super().__repr__()


def compile_rules(
    rules: RuleSet, names: Iterable[str], *, on: date | None = None
) -> Callable[[Mapping[str, Any]], ValuesFound]:
    """Return a function from a mapping of recorded facts to the values of the facts ``names``.

    The facts must have been read by ``read_value``; None is "not known". With ``on`` the function
    answers for that day; without it each mapping holds its own ``on``, and a time between two
    changes of the rules that is often asked about gets a faster function of its own.
    """
    names = tuple(names)
    values, explainer = compile_values(rules, names, on=on), Explainer(rules, {})

    def decide(record: Mapping[str, Any]) -> ValuesFound:
        def warn() -> tuple[str, ...]:
            about = explainer.about(record if on is None else {**record, ON: on})
            answers = map(about.answer, names)
            return tuple(dict.fromkeys(said for each in answers for said in each.warnings))

        found = ValuesFound(values(record))
        found._warn = warn
        return found

    return decide


def _found(values: tuple[Any, ...], warnings: tuple[str, ...]) -> ValuesFound:
    """Return again what was stored."""
    found = ValuesFound(values)
    found._warn = lambda: warnings
    return found
