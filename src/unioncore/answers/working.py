"""Answers that are worked out from dated parameters by arithmetic, with what they rest on."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from unioncore.rules import Answer, FactType, Reason

__all__ = ["work_out"]


def work_out(
    key: str,
    type_: FactType,
    on: date,
    using: Sequence[Answer[Any]],
    calculate: Callable[..., tuple[Any, str]],
) -> Answer[Any]:
    """Return what ``calculate`` makes of the values of other answers.

    Not known where one of those is not known, with its reason.

    Args:
        key: what is worked out.
        type_: the type of the result.
        on: the day of the question.
        using: the answers that it rests on.
        calculate: takes their values; returns the result and how it came about, in words.
    """
    warnings = tuple(dict.fromkeys(warning for each in using for warning in each.warnings))
    below = tuple(dict.fromkeys(reason for each in using for reason in each.because))
    rulebook = using[0].rulebook if using else ""
    lacking = [each for each in using if not each.known]
    if lacking:
        return Answer(
            key,
            type_,
            on,
            known=False,
            value=None,
            because=below,
            reason="; ".join(f"{each.fact} is not known: {each.reason}" for each in lacking),
            missing=tuple(dict.fromkeys(name for each in lacking for name in each.missing)),
            warnings=warnings,
            rulebook=rulebook,
        )
    value, text = calculate(*(each.value for each in using))
    worked = Reason(key, rule="worked out", version="", plugin="unioncore", text=text)
    return Answer(
        key, type_, on, True, value, (worked, *below), warnings=warnings, rulebook=rulebook
    )
