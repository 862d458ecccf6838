"""A handbook in the making: one rulebook with everything that its pages look up."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from unioncore.composition import Writings
from unioncore.describe import (
    Item,
    ItemVersion,
    address_of,
    items,
    signposts_of_words,
    source_key,
    things,
)
from unioncore.handbook.page import Cite, PageLink, Piece, Text, Typed, cell
from unioncore.legal import Citation, Period
from unioncore.model import Snapshot
from unioncore.replay import Example, Outcome, replay
from unioncore.rulebook import At, Rulebook
from unioncore.rules import Prose
from unioncore.rules.condition import Compare, InSet, Literal, Name, OneOf, walk
from unioncore.rules.ruleset import words_given

__all__ = ["Book"]


FIRST_YEAR = 2015
"""The first year of which the changes are told, day by day."""

Told = tuple[Item, ItemVersion | None, ItemVersion | None]
"""An item, what it said on the day before a change, and what it says on the day."""

_Resting = tuple[Citation, str, Period]
"""A citation, the address of what cites it, and the period of the version."""


class Book:
    """Everything that the pages of one handbook look up, each worked out once."""

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        on: date,
        examples: Iterable[Example] = (),
        plugins: Iterable[Any] = (),
        now: Snapshot | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.on = on
        """The day for what holds "now"."""
        self.now = now
        """The union of which the handbook is, if it is of one."""
        self.things = things(rulebook)
        self.prose = Prose(rulebook.rules)
        self.writings = Writings(rulebook, *plugins)
        self._examples = tuple(examples)

    # -- what is said -------------------------------------------------------------------------

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every definition that says something."""
        return items(self.rulebook)

    @cached_property
    def _by_address(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.items:
            address = address_of(item.definition)
            found[address] = (*found.get(address, ()), item)
        return found

    def items_at(self, address: str) -> tuple[Item, ...]:
        """Return what the page at an address says; of a table, an item for each row."""
        return self._by_address.get(address, ())

    @cached_property
    def _deciding(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for item in self.items:
            for fact in (item.decides, *item.also):
                found.setdefault(fact, {})[address_of(item.definition)] = None
        return {fact: tuple(addresses) for fact, addresses in found.items()}

    def deciding(self, fact: str) -> tuple[str, ...]:
        """Return the addresses of what decides a fact."""
        return self._deciding.get(fact, ())

    @cached_property
    def _reading(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for item in self.items:
            for fact in item.reads:
                found.setdefault(fact, {})[address_of(item.definition)] = None
        return {fact: tuple(addresses) for fact, addresses in found.items()}

    def reading(self, fact: str) -> tuple[str, ...]:
        """Return the addresses of what asks about a fact."""
        return self._reading.get(fact, ())

    @cached_property
    def _naming(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        found: dict[str, dict[str, dict[str, None]]] = {}
        for at, fact, word in _named_in(self.rulebook):
            if address := address_of(at):
                found.setdefault(fact, {}).setdefault(word, {})[address] = None
        return {
            fact: {word: tuple(addresses) for word, addresses in words.items()}
            for fact, words in found.items()
        }

    def naming(self, fact: str, word: str) -> tuple[str, ...]:
        """Return the addresses of what names a word of a fact: in a condition or as a value."""
        return self._naming.get(fact, {}).get(word, ())

    def reads(self, address: str) -> tuple[str, ...]:
        """Return the facts that a page's definition asks about."""
        return tuple(dict.fromkeys(each for item in self.items_at(address) for each in item.reads))

    @cached_property
    def _resting(self) -> Mapping[str, tuple[_Resting, ...]]:
        found: dict[str, dict[_Resting, None]] = {}
        for item in self.items:
            for version in item.versions:
                for each in version.citations:
                    rests = (each, address_of(item.definition), version.period)
                    found.setdefault(source_key(each.instrument), {})[rests] = None
        return {key: tuple(rests) for key, rests in found.items()}

    def resting(self, source: str) -> tuple[_Resting, ...]:
        """Return what rests on a source: the citation, the address, and the version's period."""
        return self._resting.get(source, ())

    @cached_property
    def _synonyms(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for each in signposts_of_words(self.rulebook):
            # Who types the word is led to the first.
            found[each.see[0]] = (*found.get(each.see[0], ()), each.said)
        return found

    def synonyms(self, address: str) -> tuple[str, ...]:
        """Return the other words that lead to a page first."""
        return self._synonyms.get(address, ())

    @cached_property
    def _led(self) -> Mapping[str, str]:
        named = {thing.name.casefold(): address for address, thing in self.things.items()}
        every = signposts_of_words(self.rulebook)
        return named | {each.said.casefold(): each.see[0] for each in every}

    def is_led_elsewhere(self, word: str, address: str) -> bool:
        """Say whether a word is the name of another thing, or another word for one."""
        return self._led.get(word.casefold(), address) != address

    @cached_property
    def changes(self) -> Mapping[date, tuple[Told, ...]]:
        """What changed on each day since ``FIRST_YEAR``, up to a year ahead, the latest first."""
        found: dict[date, list[Told]] = {}
        last = self.on + timedelta(366)
        for item in self.items:
            if item.kind in ("pay round", "calendar"):
                continue  # nothing that holds goes over into something else
            days = {day for one in item.versions for day in (one.period.start, one.period.end)}
            for day in days - {None}:
                assert day is not None
                before, after = item.at(day - timedelta(1)), item.at(day)
                if day.year >= FIRST_YEAR and day <= last and before != after:
                    found.setdefault(day, []).append((item, before, after))
        return {day: tuple(found[day]) for day in sorted(found, reverse=True)}

    # -- examples -----------------------------------------------------------------------------

    @cached_property
    def _outcomes(self) -> Mapping[str, tuple[Outcome, ...]]:
        found: dict[str, list[Outcome]] = {}
        for example in self._examples:
            outcome = replay(self.rulebook, example)
            rules = {rule for each in outcome.compared for rule in each.rules}
            for rule in sorted(rules):
                found.setdefault(rule, []).append(outcome)
        return {rule: tuple(outcomes) for rule, outcomes in found.items()}

    def exercised(self, key: str) -> tuple[Outcome, ...]:
        """Return the worked examples whose answers rest on a rule."""
        return self._outcomes.get(key, ())

    def actor(self, key: str) -> str:
        """Return who takes a step, such as "the employer's manager"."""
        word = self.rulebook.words_of("actor").get(key)
        return word.name if word is not None else key.replace("_", " ").replace("-", " ")

    # -- links --------------------------------------------------------------------------------

    def link(self, address: str, text: str = "") -> Piece:
        """Return a link to a thing, or only its name where there is no page of it."""
        thing = self.things.get(address)
        if thing is None:
            return text or address.partition("/")[2]
        return PageLink(text or thing.name, address)

    def links(self, addresses: Iterable[str]) -> tuple[Text, ...]:
        """Return a link to each of several things, by name."""
        pieces = [self.link(address) for address in addresses]
        return tuple((each,) for each in sorted(pieces, key=_text_of))

    def fact(self, key: str) -> Text:
        """Return a link to a fact, or the parameter or rule that it is, with its key."""
        for kind in ("fact", "parameter", "rule"):
            if f"{kind}/{key}" in self.things:
                return cell(self.link(f"{kind}/{key}"), " (", Typed(key), ")")
        return (Typed(key),)

    def cites(self, citations: Iterable[Citation]) -> Iterator[Text]:
        """Give each citation once, with a link to what else rests on its source."""
        yield from ((Cite(each),) for each in dict.fromkeys(citations))


def _named_in(rulebook: Rulebook) -> Iterator[tuple[At, str, str]]:
    """Give each word of a fact that a definition names, with the kind and key of that."""
    for table in rulebook.definitions.tables:
        at = ("tables", table.key)
        yield from ((at, table.by, key) for row in table.rows for key in row.keys)
        rows = (*table.rows, *table.otherwise)
        yield from ((at, table.decides, str(row.value.value)) for row in rows)
    for at, rule in rulebook.definitions.declared():
        for node in (node for each in rule.expressions() for node in walk(each)):
            match node:
                case Compare(left=Name(fact), right=Literal(str() as word)):
                    yield at, fact, word
                case OneOf(item=Name(fact), options=options):
                    yield from ((at, fact, str(option.value)) for option in options)
                case InSet(item=Literal(str() as word), key=fact):
                    yield at, fact, word
        values = [version.value for version in rule.versions]
        values += [each.value for version in rule.versions for each in version.exceptions]
        yield from ((at, rule.decides, word) for value in values for word in words_given(value))


def _text_of(piece: Piece) -> str:
    return piece.text.lower() if isinstance(piece, PageLink) else str(piece).lower()
