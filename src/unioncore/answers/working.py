"""The maker of every answer that is not read off rules alone: what is counted, combined or told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Self

import attrs
from attrs import frozen

from unioncore.errors import BeyondHorizon, BeyondYears
from unioncore.legal import Citation, DayRange, Jurisdiction, Nation
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, InPart, Reason, Why, long_date
from unioncore.shown import Shown

__all__ = ["Working"]


Where = Nation | Jurisdiction | str
"""A nation or a jurisdiction, such as ``Scotland`` or ``GB``."""

Said = str | Callable[[], str]
"""Words, or what gives them: for those that cost something and that nobody may ask for."""

Alternative = tuple[str, ...]
"""What a case is about, such as the nation and the day."""


@frozen
class Working(Shown, shows="on"):
    """Makes answers by one rulebook about one day.

    What an answer uses, it rests on: it gives their reasons and their warnings after its own.
    """

    rulebook: str
    """The fingerprint of the rulebook."""
    on: date
    """The day of the question."""
    warnings: tuple[str, ...] = ()
    """What every answer says that the rulebook gives."""

    @classmethod
    def by(cls, rulebook: Rulebook, on: date) -> Self:
        """Return what makes answers by a rulebook about a day."""
        return cls(rulebook.fingerprint, on, rulebook.warnings)

    def out(
        self,
        fact: Fact,
        using: Sequence[Answer[Any]],
        calculate: Callable[..., tuple[Any, Said]],
        *,
        citations: Iterable[Citation] = (),
        warnings: Sequence[str] = (),
    ) -> Answer[Any]:
        """Return what ``calculate`` makes of the values of other answers.

        Not known where one of those is not known, with its reason, and where a day lies beyond what
        a calendar holds, or beyond the year 9999.

        Args:
            fact: what is worked out.
            using: the answers that it rests on.
            calculate: takes their values; returns the result and how it came about, in words, or
                what says so when somebody asks for it.
            citations: those of the step itself.
            warnings: what else somebody who relies on it should know.
        """
        if lacking := [each for each in using if not each.known]:
            return self._made(fact, using, lambda: _lacking(lacking, warnings))
        try:
            value, text = calculate(*(each.value for each in using))
        except (BeyondHorizon, BeyondYears) as error:
            return self.not_known(fact, str(error), using=using, warnings=warnings)
        return self.known(fact, value, text, using=using, citations=citations, warnings=warnings)

    def known(
        self,
        fact: Fact,
        value: Any,
        text: Said,
        *,
        using: Sequence[Answer[Any]] = (),
        citations: Iterable[Citation] = (),
        warnings: Sequence[str] = (),
    ) -> Answer[Any]:
        """Return a value with the step that gave it, in words.

        ``citations`` are those of the step itself, such as how a body decides; what it counts with
        is cited by ``using``.
        """
        cited = tuple(citations)

        def own() -> Why:
            said = text if isinstance(text, str) else text()
            step = Reason(
                fact.key, rule="", version="", plugin="", text=said, citations=cited, step=True
            )
            doubts = (each.doubt for each in cited if each.doubt)
            return Why(because=(step,), warnings=(*doubts, *warnings))

        return self._made(fact, using, own, known=True, value=value)

    def not_known(
        self,
        fact: Fact,
        why: str,
        *,
        using: Sequence[Answer[Any]] = (),
        missing: tuple[str, ...] = (),
        warnings: Sequence[str] = (),
    ) -> Answer[Any]:
        """Return an answer that is not known, and why."""
        own = Why(reason=why, missing=missing, warnings=tuple(warnings))
        return self._made(fact, using, lambda: own)

    def _made(
        self,
        fact: Fact,
        using: Sequence[Answer[Any]],
        own: Callable[[], Why],
        *,
        known: bool = False,
        value: Any = None,
    ) -> Answer[Any]:
        """Combine what an answer says itself with what those say that it uses, when asked for."""

        def why() -> Why:
            mine = own()
            because = (*mine.because, *(reason for each in using for reason in each.because))
            used = (warning for each in using for warning in each.warnings)
            every = (*self.warnings, *used, *mine.warnings)
            return attrs.evolve(
                mine,
                because=tuple(dict.fromkeys(because)),
                warnings=tuple(dict.fromkeys(every)),
            )

        return Answer(
            fact.key,
            fact.type,
            self.on,
            known=known,
            value=value,
            why=why,
            rulebook=self.rulebook,
            label=fact.label,
        )


def warned(answer: Answer[Any], *warnings: str) -> Answer[Any]:
    """Return the same answer with more warnings."""

    def why() -> Why:
        every = dict.fromkeys((*answer.warnings, *warnings))
        return attrs.evolve(answer.why, warnings=tuple(every))

    return _made_of(answer, answer.in_part, why)


def _made_of(
    answer: Answer[Any], part: InPart | None, why: Callable[[], Why] | None = None
) -> Answer[Any]:
    """Return the same answer with another part where it is not known, or with other reasons."""
    return Answer(
        answer.fact,
        answer.type,
        answer.on,
        known=answer.known,
        value=answer.value if answer.known else None,
        in_part=part,
        why=why or (lambda: answer.why),
        rulebook=answer.rulebook,
        label=answer.label,
    )


def _lacking(lacking: Sequence[Answer[Any]], warnings: Sequence[str]) -> Why:
    """Return why something is not known that rests on answers that are not."""
    return Why(
        reason="; ".join(dict.fromkeys(map(_why, lacking))),
        missing=tuple(dict.fromkeys(name for each in lacking for name in each.missing)),
        warnings=tuple(warnings),
    )


def _asked(answer: Answer[Any]) -> Fact:
    return Fact(answer.fact, answer.type, answer.label)


def _why(lacking: Answer[Any]) -> str:
    """Return why an answer is not known, naming only the one where that began."""
    if " not known: " in lacking.reason:
        return lacking.reason
    asked = lacking.label or lacking.fact
    what = f"whether {asked}" if lacking.type is FactType.YES_NO else asked
    verb = "are" if lacking.type is FactType.SET else "is"
    return f"{what} {verb} not known: {lacking.reason}"


def not_without(fact: Fact, lacking: Answer[Any]) -> Answer[Any]:
    """Return an answer that is not known because another is not."""
    return Working(lacking.rulebook, lacking.on).out(fact, [lacking], lambda _: (None, ""))


def agree(cases: Sequence[tuple[Alternative, Answer[Any]]]) -> Answer[Any]:
    """Return the answer that holds in every case; not known where the cases differ.

    Of a set, what is sure in every case is sure.

    Args:
        cases: at least one; each with what it is about, such as ``("Scotland", "1 June 2016")``.
    """
    (_, first), *_ = cases
    part = _common([answer for _, answer in cases])
    for _, other in cases:
        if not other.known:
            return other if other.in_part == part else _made_of(other, part)
    by_value: dict[Any, list[Alternative]] = {}
    for case, answer in cases:
        by_value.setdefault(answer.value, []).append(case)
    if len(by_value) == 1:
        return first
    # A part tells where the values do not all have the same names in it.
    parts = [[set(names) for names in zip(*each, strict=True)] for each in by_value.values()]
    telling = [any(each != one for each in rest) for one, *rest in zip(*parts, strict=True)]
    if not any(telling):
        telling = [True] * len(telling)
    said = "; ".join(
        f"{_among(each, telling)}: {_in_text(value)}" for value, each in by_value.items()
    )
    using = [answer for _, answer in cases]
    work = Working(first.rulebook, first.on)
    differs = work.not_known(_asked(first), f"it differs ({said})", using=using)
    return differs if part is None else _made_of(differs, part)


def agree_by_name(
    cases: Sequence[tuple[Alternative, Mapping[str, Answer[Any]]]],
) -> dict[str, Any]:
    """Return by name what ``agree`` makes of answers that were worked out together in each case."""
    names = cases[0][1]
    return {name: agree([(case, found[name]) for case, found in cases]) for name in names}


def _common(answers: Sequence[Answer[Any]]) -> InPart | None:
    """Return what several answers about one set have in common; None for all else."""
    if any(each.type is not FactType.SET for each in answers):
        return None
    if not any(each.known or each.in_part for each in answers):
        return None
    parts = [each.in_part for each in answers]
    sure = frozenset.intersection(*(each.at_least for each in answers))
    every = [each.at_least for each in answers] + [part.perhaps for part in parts if part]
    closed = all(each.known or (each.in_part and each.in_part.closed) for each in answers)
    return InPart(sure, frozenset().union(*every) - sure, closed)


def _among(cases: Sequence[Alternative], telling: Sequence[bool]) -> str:
    """Name cases by what tells them apart from others."""
    parts = zip(*cases, strict=True)
    return ", ".join(
        " and ".join(dict.fromkeys(names))
        for names, tells in zip(parts, telling, strict=True)
        if tells
    )


def in_each(
    nation: Where,
    day: date | DayRange | None,
    answer: Callable[[Nation, Any], Answer[Any]],
) -> Answer[Any]:
    """Return what ``answer`` gives in every nation meant and on both bounds of a day.

    Raises:
        UnknownName: when no nation and no jurisdiction has such a name.
    """
    return agree(
        [
            ((str(each), "" if bound is None else long_date(bound)), answer(each, bound))
            for each in nations(nation)
            for (bound,) in bounds(day)
        ]
    )


def _in_text(value: Any) -> str:
    return long_date(value) if isinstance(value, date) else str(value)


def nations(nation: Where) -> tuple[Nation, ...]:
    """Return the nations that are meant, in the order of ``Nation``.

    Raises:
        UnknownName: when no nation and no jurisdiction has such a name.
    """
    found = nation if isinstance(nation, Jurisdiction) else Jurisdiction.parse(nation)
    return tuple(each for each in Nation if each in found)


def bounds(*days: date | DayRange | None) -> Iterable[tuple[Any, ...]]:
    """Give every choice of one bound for each day; a day that is known has one bound."""
    return product(*(_bounds(day) for day in days))


def _bounds(day: date | DayRange | None) -> tuple[date | None, ...]:
    if isinstance(day, DayRange):
        return tuple(dict.fromkeys((day.earliest, day.latest)))
    return (day,)
