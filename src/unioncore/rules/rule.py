"""Rules: who decides a derived fact, from when to when, and by what authority.

Everything here is a plain frozen definition. ``ruleset`` puts definitions together and is what the
readings (explain, compile, prose) read.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

from unioncore.legal import Citation, Period
from unioncore.rules.condition import (
    TRUE,
    Compare,
    Condition,
    Expression,
    Literal,
    Name,
    NotReviewed,
    any_of,
    not_,
)
from unioncore.rules.definition import Definition
from unioncore.rules.fact import Fact, FactType
from unioncore.shown import Shown

__all__ = [
    "ON",
    "Impossible",
    "Measure",
    "Measuring",
    "Parameter",
    "ParameterVersion",
    "Predicate",
    "Requirement",
    "RequirementVersion",
    "Row",
    "Rule",
    "RuleException",
    "RuleVersion",
    "Silence",
    "Table",
    "verdicts",
]

ON = "on"
"""The fact that holds the day of the question."""

OUTCOMES = ("met", "not-met", "not-required")
"""What a requirement's own fact may be."""


@frozen
class RuleException(Shown):
    """Where a rule's condition holds and the rule still does not give its value.

    With a ``value`` the exception decides the fact; without one the rule is silent. For a set,
    the exception always says "no" to the rule's words.
    """

    when: Condition
    because: str
    value: Expression | None = None
    citations: tuple[Citation, ...] = ()


@frozen
class RuleVersion(Shown):
    """What a rule says during one period."""

    period: Period
    when: Condition
    value: Expression | None
    """What the fact is then. In Python a rule about a set may give none of its words: None."""
    citations: tuple[Citation, ...]
    because: str = ""
    """Why, in one sentence for people; the condition is rendered where this is empty."""
    exceptions: tuple[RuleException, ...] = ()
    """In order: the first exception that holds is the one that counts."""
    conflict: str = ""
    """Where sources disagree: what each says. An answer that rests on this version warns."""
    not_known: str = ""
    """Why it is not known whether the rule holds for those whom ``when`` describes; for everybody
    else it surely does not."""


@frozen
class Rule(Definition, shows="key decides versions"):
    """A derived fact has a value when a condition holds.

    For a fact with one value, rules that could decide it differently for one person are a fault,
    unless one overrides the other. For a set, each word is a yes/no of its own: in the set when
    one of its rules gives it, not in it when none does, not known where no version covers the day.
    """

    asks: ClassVar[tuple[str, ...]] = ("when",)

    key: str
    decides: str
    versions: tuple[RuleVersion, ...]
    overrides: tuple[str, ...] = ()
    """Keys of rules that do not count where this one holds."""
    otherwise: bool = False
    """Whether it counts only where no other rule of the fact holds. For a set, an ``otherwise``
    says that the set holds nothing else; without one the whole set is never known."""
    dated_by: str = ON
    """The fact whose day chooses the version."""
    existed: Period | None = None
    """For a set: outside this period the answer is no, since the thing did not exist."""
    counted: str = ""
    """The counting by which it counts months, where it does."""

    def rules(self, own: str | None = None) -> "tuple[Rule, ...]":
        """Return the rule itself."""
        return (self,)

    def expressions(self) -> Iterator[Expression]:
        """Give its conditions, and what it gives or computes."""
        yield from super().expressions()
        for version in self.versions:
            values = (version.value, *(each.value for each in version.exceptions))
            yield from (value for value in values if value is not None)


@frozen
class ParameterVersion(Shown):
    """A parameter's value during one period, where its condition holds."""

    period: Period
    value: Literal
    citations: tuple[Citation, ...]
    when: Condition = TRUE
    conflict: str = ""


@frozen
class Parameter(Definition):
    """A dated value, such as a limit in months or the cap on a week's pay."""

    asks: ClassVar[tuple[str, ...]] = ("when",)

    key: str
    type: FactType
    """What kind of value it has."""
    label: str
    versions: tuple[ParameterVersion, ...]
    unit: str = ""
    """What stands behind the number, such as ``months`` or ``pounds a night``."""
    dated_by: str = ON
    counted: str = ""
    """The counting by which it is counted, where it is a number of months or years."""

    def fact(self) -> Fact:
        """Return the derived fact that conditions read the parameter by."""
        return Fact(
            self.key,
            self.type,
            self.label,
            subject="rulebook",
            derived=True,
            counted=self.counted,
        )

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return the parameter as rules: one for each condition that its versions are under.

        Where there are several, each has the parameter's key and its number in it.
        """
        by_condition: dict[Condition, list[ParameterVersion]] = {}
        for version in self.versions:
            by_condition.setdefault(version.when, []).append(version)
        return tuple(
            Rule(
                key=self.key if len(by_condition) == 1 else f"{self.key}/{number}",
                decides=self.key,
                versions=tuple(
                    RuleVersion(v.period, v.when, v.value, v.citations, conflict=v.conflict)
                    for v in versions
                ),
                dated_by=self.dated_by,
            )
            for number, versions in enumerate(by_condition.values(), 1)
        )


@frozen
class RequirementVersion(Shown):
    """When a requirement applies and when it holds, during one period."""

    period: Period
    holds: Condition
    """What must be so for the requirement to be met."""
    citations: tuple[Citation, ...]
    applies: Condition = TRUE
    """To whom it applies; it is not required of others."""
    conflict: str = ""
    not_known: str = ""
    """Why it is not known whether the requirement holds for those to whom it applies; of everybody
    else it surely is not required."""


@frozen
class Requirement(Definition):
    """A test that is met, not met, not required, or not known."""

    asks: ClassVar[tuple[str, ...]] = (
        "holds",
        "applies",
    )

    key: str
    label: str
    versions: tuple[RequirementVersion, ...]
    verdict: str = ""
    """The yes-or-no fact that needs it: yes where none of its requirements is not met."""
    lasting: bool = False
    """Of an office: whether it is needed for as long as the office is held, not only at first."""
    subject: str = "person"
    dated_by: str = ON
    counted: str = ""
    """The counting by which it counts months, where it does."""

    def fact(self) -> Fact:
        """Return the derived fact that holds the requirement's outcome."""
        return Fact(
            self.key,
            FactType.CHOICE,
            self.label,
            subject=self.subject,
            derived=True,
            choices=OUTCOMES,
        )

    def rules(self, own: str | None = None) -> tuple[Rule, ...]:
        """Return the rule that the requirement stands for."""

        def version(v: RequirementVersion) -> RuleVersion:
            if v.not_known:
                # What is never known stands in its way, so that no fact given settles it.
                exceptions = [RuleException(NotReviewed(v.not_known), v.not_known)]
            else:
                fails, because = not_(v.holds), "the requirement does not hold"
                exceptions = [RuleException(fails, because, Literal("not-met"))]
            if v.applies != TRUE:
                spared = RuleException(
                    not_(v.applies), "the requirement does not apply", Literal("not-required")
                )
                exceptions.insert(0, spared)
            return RuleVersion(
                period=v.period,
                when=TRUE,
                value=Literal("met"),
                citations=v.citations,
                exceptions=tuple(exceptions),
                conflict=v.conflict,
            )

        return (
            Rule(
                self.key,
                self.key,
                tuple(map(version, self.versions)),
                dated_by=self.dated_by,
                counted=self.counted,
            ),
        )


def verdicts(requirements: Iterable[Requirement]) -> Iterator[Rule]:
    """Give, for each verdict, the rule that says no where a requirement is not met, else yes."""
    needed: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        if requirement.verdict:
            needed.setdefault(requirement.verdict, []).append(requirement)
    for verdict, found in needed.items():
        fails = any_of(*(Compare("==", Name(each.key), Literal("not-met")) for each in found))
        no = RuleException(fails, "a requirement is not met", Literal(False))
        # The citations are those of the requirements, which the answer lists as its reasons.
        yes = RuleVersion(
            Period(), TRUE, Literal(True), (), "every requirement is met or not required", (no,)
        )
        yield Rule(f"{verdict}/verdict", verdict, (yes,))


@frozen
class Row(Shown, shows="keys period"):
    """One line of a reference table: what holds for the keys named, during a period."""

    keys: tuple[str, ...]
    """The words that the row is for."""
    value: Literal
    period: Period
    citations: tuple[Citation, ...]
    conflict: str = ""


@frozen
class Table(Definition, shows="key decides rows"):
    """A dated reference table: looks a derived fact up by the value of another fact.

    A key that it does not list is not known, unless ``otherwise`` says that the table is complete.
    """

    key: str
    decides: str
    by: str
    """The fact, or the facts, whose words the rows give."""
    rows: tuple[Row, ...]
    """What holds for which words."""
    otherwise: tuple[Row, ...] = ()
    """Rows without keys: what holds for every key that is not listed."""
    dated_by: str = ON

    def reads(self, word: str = "") -> Iterator[Expression]:
        """Give the expressions that looking the fact up reads; it has no words of its own."""
        yield from (Name(self.by), Name(self.dated_by))


class Measuring(StrEnum):
    """The three ways to measure a collection."""

    COUNT = "count"
    ALL = "all"
    ANY = "any"


@frozen
class Measure(Definition, shows="key decides"):
    """Turns a collection of records into a derived fact; not known over an empty collection."""

    asks: ClassVar[tuple[str, ...]] = ("where",)

    key: str
    decides: str
    over: str
    """The collection that is measured."""
    take: Measuring
    """How many records fit, or whether all or any of them do."""
    where: Condition
    """Which records fit."""
    citations: tuple[Citation, ...]

    def reads(self, word: str = "") -> Iterator[Expression]:
        """Give the expressions that measuring reads; the fact has no words of its own."""
        yield from (Name(self.over), self.where)


@frozen
class Predicate(Definition):
    """A cited Python function for what the notation cannot say; None in, or out, is "not known"."""

    key: str
    label: str
    arguments: tuple[FactType, ...]
    test: Callable[..., bool | None] = field(eq=True)
    citations: tuple[Citation, ...] = ()
    columns: str | None = None
    """How dataframe columns say it; None declares that they cannot, and that answers which need it
    are for one subject at a time."""


@frozen
class Impossible(Definition):
    """People who cannot exist: keeps the search for overlapping rules to those who can."""

    asks: ClassVar[tuple[str, ...]] = ("when",)

    key: str
    when: Condition
    because: str
    citations: tuple[Citation, ...] = ()


@frozen
class Silence(Definition, shows="key of"):
    """People of whom the rules say on purpose nothing about some facts, and why."""

    asks: ClassVar[tuple[str, ...]] = ("when",)

    key: str
    of: tuple[str, ...]
    """The derived facts that stay undecided for them."""
    when: Condition
    because: str
    citations: tuple[Citation, ...] = ()
