"""The compiled reading as it is offered: values at once, and warnings when they are looked at."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from unioncore.checked import check_ours, check_several
from unioncore.legal import check_day
from unioncore.rules.compile import compile_values
from unioncore.rules.explain import Explainer
from unioncore.rules.rule import ON
from unioncore.rules.ruleset import RuleSet

__all__ = ["ValuesFound", "compile_rules"]

_NO_DAY = "no day was given, so whatever rests on the day is not known"


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
    changes of the rules that is often asked about gets a faster function of its own. Of a mapping
    without a day, what rests on the day is not known, and a warning says so.

    Raises:
        WrongArgument: when ``rules`` or ``names`` is something else.
        UnknownName: when no fact has one of the names.
        NotADay: when ``on`` is no plain day.
    """
    rules, names = check_ours(rules, RuleSet, "rules"), tuple(check_several(names, "names"))
    for name in names:
        rules.fact(name)  # a slip would be not known of anybody
    if on is not None:
        check_day(on, "on")
    values, explainer = compile_values(rules, names, on=on), Explainer(rules, {})

    def decide(record: Mapping[str, Any]) -> ValuesFound:
        def warn() -> tuple[str, ...]:
            if on is None and record.get(ON) is None:
                return (_NO_DAY,)
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
