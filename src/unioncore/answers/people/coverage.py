"""For how many people that can exist it is known where they belong and who bargains for them."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import product
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, Subject

__all__ = ["Combination", "Coverage", "Extent", "coverage"]

_WHO_BARGAINS = ("service_group", "negotiating_bodies")
"""What is asked where no fact is named."""


class Extent(StrEnum):
    """How much is known."""

    KNOWN = "known"
    IN_PART = "known in part"
    NOT_KNOWN = "not known"


@frozen
class Combination(Answers, shows="employer_kind job_group nation extent"):
    """Staff of one kind of employer, one job group and one nation."""

    employer_kind: str
    job_group: str
    nation: str
    extents: Mapping[str, Extent]
    """For each fact: how much of it is known."""
    missing: tuple[str, ...] = ()
    """Where nothing is known: the facts that could still decide something, in the order of keys."""
    reason: str = ""
    """Where nothing is known: why."""

    @property
    def extent(self) -> Extent:
        """Known where all facts are; not known where none is, not even in part."""
        found = set(self.extents.values())
        return found.pop() if len(found) == 1 else Extent.IN_PART


@frozen
class Coverage(Answers, shows="on facts combinations"):
    """How much is known on a day for each combination that can exist."""

    on: date
    facts: tuple[str, ...]
    combinations: tuple[Combination, ...]
    """Those that can exist, in the order of their words."""
    impossible: Mapping[str, int] = field(factory=dict)
    """Why others cannot exist, each with how many; one may be ruled out for several reasons."""
    rulebook: str = ""
    """The fingerprint of the rulebook that was asked."""

    def count(self, extent: Extent, fact: str | None = None) -> int:
        """Return for how many combinations a fact is known so far, or all facts together."""
        return sum(
            (each.extent if fact is None else each.extents[fact]) is extent
            for each in self.combinations
        )

    @property
    def decided(self) -> Fraction | None:
        """The share of the combinations of which something is known; None where there is none."""
        if not self.combinations:
            return None
        return 1 - Fraction(self.count(Extent.NOT_KNOWN), len(self.combinations))


@checked
def coverage(rulebook: Rulebook, *names: str, on: date) -> Coverage:
    """Say for every kind of employer, job group and nation how much is known on a day.

    Only these three facts are given, as of somebody of whom nothing else is on record. What a
    definition calls impossible is left out. A set is known in part where a word is surely in it, or
    where it is known which words it could hold at most.

    Args:
        rulebook: what ``compose`` returned.
        names: the derived facts to ask; where there are none, the service group and who negotiates.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` or a name is something else, or a recorded fact's.
        UnknownName: when no fact has one of the names.
        NotADay: when ``on`` is not a plain day.
    """
    facts = names or _WHO_BARGAINS
    ask(rulebook, {}, *facts, on=on)  # what cannot be asked of anybody is refused at once
    ruled_out: dict[str, int] = {}
    found = tuple(_combinations(rulebook, facts, on, ruled_out))
    return Coverage(on, facts, found, ruled_out, rulebook.fingerprint)


def _combinations(
    rulebook: Rulebook, names: tuple[str, ...], on: date, ruled_out: dict[str, int]
) -> Iterator[Combination]:
    words = (rulebook.words_of(each) for each in ("employer_kind", "job_group", "nation"))
    for kind, group, nation in product(*(list(each) for each in words)):
        given = {"employer.kind": kind, "job.group": group, "employer.nation": nation}
        subject = Subject(rulebook.rules, {**given, ON: on})
        against = [
            each.because for each in rulebook.rules.impossible if subject.truth(each.when) is True
        ]
        for because in against:
            ruled_out[because] = ruled_out.get(because, 0) + 1
        if against:
            continue
        answers = ask(rulebook, given, *names, on=on)
        extents = {name: _extent(answer) for name, answer in answers.items()}
        missing: tuple[str, ...] = ()
        reason = ""
        if set(extents.values()) == {Extent.NOT_KNOWN}:
            missing = tuple(sorted({key for each in answers.values() for key in each.missing}))
            reason = "; ".join(dict.fromkeys(each.reason for each in answers.values()))
        yield Combination(kind, group, nation, extents, missing, reason)


def _extent(answer: Answer[Any]) -> Extent:
    if answer.known:
        return Extent.KNOWN
    part = answer.in_part
    in_part = part is not None and bool(part.at_least or part.closed)
    return Extent.IN_PART if in_part else Extent.NOT_KNOWN
