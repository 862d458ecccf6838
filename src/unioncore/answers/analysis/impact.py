"""What a change of the rules does: whose answers change, from what to what, by which rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask_many
from unioncore.answers.figures import Withheld, publish_counts
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, FactType
from unioncore.shown import plain

__all__ = ["AnswerMove", "FactImpact", "Impact", "impact"]

NOT_KNOWN, NONE, PERHAPS = "not known", "none", "and perhaps others"
"""How an answer without a value is told, a set without a word, and one that is known in part."""

MoveKey = tuple[str, str, str, str]
"""An answer before and after, and the rules that decided them."""


@frozen
class AnswerMove(Answers, shows="before after members"):
    """Members whose answer becomes another one."""

    before: str
    """The value, such as ``police-justice`` or ``yes``; of a set its words, with commas between."""
    after: str
    rule_before: str
    """The rule that decided; empty where it is not known, or where rules are not told apart."""
    rule_after: str
    members: int | None
    """How many; None where the number is suppressed."""


@frozen
class FactImpact(Answers, shows="fact changed"):
    """What becomes of the answers to one fact."""

    fact: str
    changed: int | None
    """Of how many members the answer changes; None where numbers are suppressed."""
    moves: tuple[AnswerMove, ...]
    """From what to what, the most members first."""
    withheld: str = ""
    """Why no numbers are given."""


@frozen
class Impact(Answers, shows="members changed"):
    """What a change of the rules does to the answers about many members."""

    members: int
    changed: int | None
    """Of how many of them at least one answer changes; None where numbers are suppressed."""
    facts: tuple[FactImpact, ...]
    """Each fact that was asked about, in that order."""

    @checked
    def suppressed(self, rulebook: Rulebook, *, on: date) -> "Impact":
        """Return it as it may go out, without small numbers; rules are not told apart.

        Numbers are suppressed and rounded by ``publish_counts``, by the limits that hold on a day
        where a protected characteristic is counted. Each fact is a table of its own. What is
        suppressed stands last, in the order of the words, which tells nothing of the numbers.

        Raises:
            WrongArgument: when ``rulebook`` is something else.
            NotADay: when ``on`` is not a plain day.
        """
        facts = tuple(_suppressed(each, self.members, rulebook, on) for each in self.facts)
        return Impact(self.members, None, facts)

    def to_text(self) -> str:
        """Return it as lines for people."""
        lines = [f"members: {self.members:,}"]
        if self.changed is not None:
            lines.append(f"members with an answer that changes: {self.changed:,}")
        return "\n".join([*lines, *(line for each in self.facts for line in _lines(each))])


def _lines(found: FactImpact) -> Iterator[str]:
    if found.withheld:
        yield f"{found.fact}: withheld, because {found.withheld}"
        return
    yield f"{found.fact}{'' if found.changed is None else f': {found.changed:,}'}"
    for each in found.moves:
        count = "suppressed" if each.members is None else f"{each.members:,}"
        rules = " -> ".join(dict.fromkeys(filter(None, (each.rule_before, each.rule_after))))
        yield f"  {each.before} -> {each.after}: {count}{f' ({rules})' if rules else ''}"


def _suppressed(found: FactImpact, members: int, rulebook: Rulebook, on: date) -> FactImpact:
    counts: Counter[str] = Counter()
    pairs = {f"{each.before} -> {each.after}": each for each in found.moves}
    for each in found.moves:
        counts[f"{each.before} -> {each.after}"] += each.members or 0
    if not counts:
        return FactImpact(found.fact, 0, ())
    table = {"members": {**counts, "": members - sum(counts.values())}}
    told = publish_counts(rulebook, table, rows="members", columns="change", on=on, protected=True)
    if isinstance(told, Withheld):
        return FactImpact(found.fact, None, (), str(told))
    shown = told.counts("members")
    moves = [
        AnswerMove(pair.before, pair.after, "", "", shown[label]) for label, pair in pairs.items()
    ]
    moves.sort(key=lambda each: (-(each.members or 0), each.before, each.after))
    return FactImpact(found.fact, None, tuple(moves))


@checked
def impact(
    rulebook: Rulebook,
    rows: Iterable[Mapping[str, Any]],
    *names: str,
    on: date,
    later: date | None = None,
    changed: Rulebook | None = None,
) -> Impact:
    """Say how many answers about many members change from one day, or rulebook, to another.

    The recorded facts stay as they are; only the rules are others.

    Args:
        rulebook: what ``compose`` returned.
        rows: the recorded facts that are known of each member.
        names: the derived facts to look at.
        on: the day of the first question.
        later: the day of the second; the same where it is left out.
        changed: the rulebook of the second; the same where it is left out.

    Raises:
        what ``ask_many`` raises of a rulebook, of rows, of names and of days.
    """
    every, names = list(rows), tuple(dict.fromkeys(names))
    before = ask_many(rulebook, every, *names, on=on)
    after = ask_many(changed or rulebook, every, *names, on=later or on)
    moves: dict[str, Counter[MoveKey]] = {name: Counter() for name in names}
    members = 0
    for one, other in zip(before, after, strict=True):
        differs = False
        for name in names:
            pair = _told(one[name]), _told(other[name])
            if pair[0] != pair[1]:
                differs = True
                moves[name][(*pair, _rule(one[name]), _rule(other[name]))] += 1
        members += differs
    return counted(len(every), members, moves)


def counted(members: int, changed: int, moves: Mapping[str, Counter[MoveKey]]) -> Impact:
    """Return counts of changes, the most first."""
    facts = []
    for name, counts in moves.items():
        in_order = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        told = tuple(AnswerMove(*key, members=count) for key, count in in_order)
        facts.append(FactImpact(name, sum(counts.values()), told))
    return Impact(members, changed, tuple(facts))


def _told(answer: Answer[Any]) -> str:
    """Return an answer as one word or several."""
    if not answer.known:
        sure = answer.in_part.at_least if answer.in_part is not None else ()
        return f"{', '.join(sorted(sure))} {PERHAPS}" if sure else NOT_KNOWN
    match answer.value:
        case bool() as value:
            return "yes" if value else "no"
        case frozenset() as words:
            return ", ".join(sorted(words)) or NONE
        case value:
            return str(plain(value))


def _rule(answer: Answer[Any]) -> str:
    sure = answer.known or answer.type is FactType.SET
    return answer.because[0].rule if sure and answer.because else ""
