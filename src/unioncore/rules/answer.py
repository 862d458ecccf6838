"""Answers: a value, or that it is not known; and in both cases why, on whose authority."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, Generic, NoReturn, TypeVar, get_args

from attrs import field, frozen

from unioncore import forms
from unioncore.errors import AnswerIsNotYesOrNo, NotKnown
from unioncore.forms import SomeDay, Stored, Unexpected
from unioncore.legal import Citation
from unioncore.rules.fact import FactType, InPart
from unioncore.shown import Shown, one_line, plain, table

__all__ = ["Answer", "Part", "Reason", "Why"]

T_co = TypeVar("T_co", covariant=True)

_TRUTHS = {True: "yes", False: "no", None: "not known"}


@frozen
class Part(Shown, shows="truth parts"):
    """One part of a condition, with its truth for this subject."""

    text: str
    truth: bool | None
    parts: tuple["Part", ...] = ()

    def lines(self, indent: int = 0) -> list[str]:
        """Return the part and everything under it, one line each."""
        own = f"{'  ' * indent}{_TRUTHS[self.truth]}: {self.text}"
        return [own, *(line for part in self.parts for line in part.lines(indent + 1))]


@frozen
class Reason(Shown, shows="fact rule version plugin"):
    """One thing that an answer rests on: a version of a rule, or a row of a table."""

    fact: str
    """The fact that it decides: the one asked about, or one that this rests on."""
    rule: str
    version: str
    """The first day of the version, or ``..`` where it has none."""
    plugin: str
    text: str
    why: str = ""
    """The clause after "because" with which ``text`` ends; empty where it has none."""
    condition: Part | None = None
    overrides: tuple[Part, ...] = ()
    """The rules that would override it, each with whether it holds."""
    dated_by: str = "on"
    """The fact whose day chose the version."""
    day: str = ""
    """That day."""
    citations: tuple[Citation, ...] = ()
    not_required: bool = False
    """Whether it says only that another fact's requirement does not apply, and so gives neither the
    condition nor the sources; asking for the requirement gives them."""
    step: bool = False
    """Whether it is no rule but a step that the library takes itself: arithmetic, or a look at what
    is recorded. What it counts with is cited by the reasons that follow."""


_NOT_AT_A_GLANCE = (FactType.TEXT, FactType.MONEY, FactType.COLLECTION)
"""What may be about somebody: then the ``repr`` of an answer shows the type in its place."""


@frozen
class Why(Shown, shows="reason missing"):
    """What an answer rests on, or why it is not known."""

    because: tuple[Reason, ...] = ()
    """The rule versions that decided it first, then what those rest on."""
    reason: str = ""
    """Why it is not known; empty where it is known."""
    missing: tuple[str, ...] = ()
    """The facts not given that could still decide it; facts that no longer matter are left out."""
    warnings: tuple[str, ...] = ()


@frozen(eq=False)
class Answer(Stored, Generic[T_co]):
    """What the rulebook says to one question about one subject on one day.

    ``bool(answer)`` raises, so that "not known" cannot pass for "no": test ``known`` first.

    The value is decided at once. Why it is so is worked out when it is first looked at, in
    ``because``, ``reason``, ``missing`` or ``warnings`` or by comparing or storing the answer;
    until then the answer keeps the facts that were given, and afterwards no longer.
    """

    fact: str
    type: FactType
    on: date
    known: bool
    _value: Any = field(alias="value")
    in_part: InPart | None = None
    """What is known of a set that is not known as a whole; None for all else."""
    _why: Why | Callable[[], Why] = field(alias="why", default=Why())
    rulebook: str = ""
    """The fingerprint of the rulebook that answered."""
    label: str = ""
    """How a sentence speaks of the fact; empty where nothing says so, as after ``from_dict``."""

    @property
    def value(self) -> T_co:
        """The value; raises ``NotKnown``, which carries the missing facts, where there is none."""
        if not self.known:
            raise NotKnown(self.fact, self.reason, self.missing)
        found: T_co = self._value
        return found

    @property
    def at_least(self) -> frozenset[str]:
        """The words that are surely in a set; raises ``TypeError`` where the fact is no set."""
        if self.type is not FactType.SET:
            raise TypeError(f"{self.fact} is {self.type}, and only a set has parts")
        if self.known:
            return frozenset(self._value)
        return frozenset() if self.in_part is None else self.in_part.at_least

    @property
    def why(self) -> Why:
        """What it rests on, or why it is not known."""
        why = self._why
        if not isinstance(why, Why):
            why = why()
            object.__setattr__(self, "_why", why)
        return why

    @property
    def because(self) -> tuple[Reason, ...]:
        """The rule versions that decided it first, then what those rest on."""
        return self.why.because

    @property
    def reason(self) -> str:
        """Why it is not known; empty where it is known."""
        return self.why.reason

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts not given that could still decide it, in the order of their keys."""
        return self.why.missing

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the answer should know."""
        return self.why.warnings

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it rests on, each once."""
        return tuple(dict.fromkeys(cited for each in self.because for cited in each.citations))

    def _all(self) -> tuple[Any, ...]:
        asked = (self.fact, self.type, self.on, self.known, self._value, self.in_part)
        return (*asked, self.why, self.rulebook)

    def __eq__(self, other: object) -> bool:
        return self._all() == other._all() if isinstance(other, Answer) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.fact, self.on, self.known, self._value, self.rulebook))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self._all(), self.label)

    def __bool__(self) -> NoReturn:
        raise AnswerIsNotYesOrNo(self.fact)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data; ``from_dict`` gives an equal answer back.

        ``in_part`` is there only where a set is known in part.
        """
        part = self.in_part
        return {
            "fact": self.fact,
            "type": self.type.value,
            "on": self.on.isoformat(),
            "known": self.known,
            "value": plain(self._value),
            **({} if part is None else {"in_part": part.to_dict()}),
            **plain(self.why),
            "rulebook": self.rulebook,
        }

    def short(self) -> dict[str, Any]:
        """Return only ``known``, ``value``, ``missing`` and ``warnings``, as plain data."""
        return {
            "known": self.known,
            "value": plain(self._value),
            "missing": list(self.missing),
            "warnings": list(self.warnings),
        }

    def value_to_text(self) -> str:
        """Return the value for people, or ``not known``: a set as words between commas.

        Of a set known in part, what is sure and what is open.
        """
        if not self.known:
            return "not known" if self.in_part is None else self.in_part.to_text()
        shown = plain(self._value)
        if isinstance(shown, bool):
            return "yes" if shown else "no"
        return (", ".join(shown) or "none") if isinstance(shown, list) else str(shown)

    def to_text(self) -> str:
        """Return the answer as lines for people: the value, why, by what authority, warnings."""
        lines = [f"{self.fact}: {self.value_to_text()}"]
        if not self.known:
            lines.append(f"  why not known: {self.reason}")
        if self.missing:
            lines.append(f"  missing: {', '.join(self.missing)}")
        for reason in self.because:
            if reason.not_required:
                continue
            about = "" if reason.fact == self.fact else f"{reason.fact}: "
            because = "" if reason.why else "because "
            lines.append(f"  {because}{about}{reason.text}")
            if not reason.step:
                dated = f" of {reason.version}" if reason.version else ""
                chosen = f", chosen by {reason.dated_by}" if reason.dated_by != "on" else ""
                lines.append(f"    rule {reason.rule}{dated}{chosen} ({reason.plugin})")
            if reason.condition is not None:
                lines.extend(f"    {line}" for line in reason.condition.lines())
            lines.extend(
                f"    overridden? {line}" for part in reason.overrides for line in part.lines()
            )
            lines.extend(f"    source: {citation}" for citation in reason.citations)
        spared = [reason.fact for reason in self.because if reason.not_required]
        if spared:
            lines.append(f"  not required: {', '.join(spared)}")
        lines.extend(f"  warning: {warning}" for warning in self.warnings)
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Answer {one_line(self._glance(f'{self.fact} on {self.on.isoformat()}'))}>"

    def _glance(self, name: str) -> str:
        hidden = self.known and self.type in _NOT_AT_A_GLANCE
        return f"{name}: {self.type if hidden else self.value_to_text()}"

    def _repr_html_(self) -> str:
        return table([self._row(self.fact)])

    def _row(self, name: str) -> tuple[str, str, str, str]:
        """Return the name, the value, why, and the warnings, as a row of ``table``."""
        why = self.because[0].text if self.known and self.because else self.reason
        return name, self.value_to_text(), why, "; ".join(self.warnings)


# -- from plain data -------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class _WrittenAnswer:
    """An answer as ``Answer.to_dict`` writes it."""

    fact: str
    type: FactType
    on: date
    known: bool
    value: Any
    in_part: InPart | None = None
    because: tuple[Reason, ...]
    reason: str
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    rulebook: str


_VALUES: Mapping[FactType, Any] = {
    FactType.CHOICE: str,
    FactType.TEXT: str,
    FactType.WHOLE: int,
    FactType.MONEY: Decimal,
    FactType.DAY: SomeDay,
    FactType.YES_NO: bool,
    FactType.SET: frozenset[str],
    FactType.COLLECTION: tuple[Mapping[str, Any], ...],
}
"""What the value of an answer is, by its type."""


def _read(written: Any, _: Any) -> Answer[Any]:
    found = forms.structure(written, _WrittenAnswer)
    kind = _VALUES[found.type] if found.known else NoneType
    try:
        if kind is NoneType and found.value is not None:
            raise Unexpected("null, as it is not known")
        value = None if kind is NoneType else forms.structure(found.value, kind)
    except Exception as error:
        raise forms.within(_WrittenAnswer, ("value", error)) from None
    why = Why(found.because, found.reason, found.missing, found.warnings)
    asked = (found.fact, found.type, found.on)
    return Answer(
        *asked, found.known, value, in_part=found.in_part, why=why, rulebook=found.rulebook
    )


def _schema(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an answer whose value is of one type, or of any."""
    if "Answer" not in shared:
        shared["Answer"] = {
            **forms.object_schema(_WrittenAnswer, shared),
            "if": {"properties": {"known": {"const": False}}},
            "then": {"properties": {"value": {"type": "null"}}},
        }
    answer = {"$ref": "#/$defs/Answer"}
    (of,) = get_args(kind) or (Any,)
    if of is Any or isinstance(of, TypeVar):
        return answer
    value = forms.schema_of((SomeDay if of is date else of) | None, shared)
    return {"allOf": [answer, {"properties": {"value": value}}]}


forms.own_form(Answer, _read, _schema)
