"""For whom the rules leave a fact undecided, and no definition says why."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, series
from unioncore.rules.condition import TRUE, Literal, Name, OneOf
from unioncore.rules.silence import Decided, Gap, silent

__all__ = ["Decided", "UndecidedFact", "UndecidedPeople", "gaps"]

EVERYBODY = "everybody"
"""Who they are, where nothing tells them from others."""


@frozen
class UndecidedPeople(Answers, shows="who"):
    """People for whom no rule says what a fact is."""

    who: str
    """Who they are, in a sentence's part."""
    person: Mapping[str, Any]
    """The fewest recorded facts of one of them, such as ``{"job.group": "police-staff"}``."""
    reason: str
    """Why the fact is not known of this one."""
    plugins: tuple[str, ...]
    """The plugins whose words describe them, in the order of names."""


@frozen
class UndecidedFact(Answers, shows="fact found"):
    """Whether the rules decide one derived fact for everybody on a day."""

    fact: str
    found: Decided
    people: tuple[UndecidedPeople, ...] = field(factory=tuple)
    """For whom they do not, and no definition says why; none of them is part of another.

    Where only a version is missing on the day, for whom it is.
    """
    more: bool = False
    """Whether there may be further ones."""
    reason: str = ""
    """Where it is not proved: what stands in the way."""
    idle: tuple[str, ...] = ()
    """The silences declared for it that are of no use: of all their people something speaks."""


@checked
def gaps(rulebook: Rulebook, *facts: str, on: date) -> tuple[UndecidedFact, ...]:
    """Say of derived facts whether the rules decide them for everybody on a day.

    Whatever dates the rules is taken to be of that day. Whom an exception without a value or a
    ``Silence`` leaves undecided, with its reason, is passed over. Where values are compared with
    each other, the search may end without a proof.

    Args:
        rulebook: what ``compose`` returned.
        facts: the derived facts to look at; where there are none, all of them.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` or a name is something else, or a recorded fact's.
        UnknownName: when no fact has one of the names.
        NotADay: when ``on`` is not a plain day.
    """
    ask(rulebook, {}, *facts, on=on)  # what cannot be asked of anybody is refused at once
    names = dict.fromkeys(facts) or sorted(
        key for key, fact in rulebook.rules.facts.items() if fact.derived
    )
    return tuple(_looked_at(rulebook, name, on) for name in names)


def _looked_at(rulebook: Rulebook, name: str, on: date) -> UndecidedFact:
    found = silent(rulebook.rules, name, on)
    people = tuple(_people(rulebook, name, gap, on) for gap in found.gaps)
    return UndecidedFact(name, found.found, people, found.more, found.reason, found.idle)


def _people(rulebook: Rulebook, name: str, gap: Gap, on: date) -> UndecidedPeople:
    about = rulebook.explainer.about({**gap.person, ON: on})
    prose = rulebook.explainer.prose
    said = [prose.condition(gap.when)] if gap.when != TRUE else []
    for key, named in gap.unnamed.items():
        one_of = OneOf(Name(key), tuple(map(Literal, named)))
        is_one = f"{prose.condition(one_of)} or" if named else f"{prose.label(key)} is"
        said.append(f"{is_one} none that a rule names")
    who = series(said) or EVERYBODY
    return UndecidedPeople(
        who, gap.person, about.answer(name).reason, tuple(sorted({*_plugins(rulebook, gap)}))
    )


def _plugins(rulebook: Rulebook, gap: Gap) -> Iterator[str]:
    """Give the plugin of each word that describes them."""
    for vocabulary, word in gap.words:
        for at, definition in rulebook.definitions.meant():
            meant = definition.word()
            if meant is not None and (meant.vocabulary, meant.key) == (vocabulary, word):
                yield rulebook.origins[at].plugin
