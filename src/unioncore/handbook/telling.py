"""What pages of many kinds tell alike: versions, conditions, sources, examples, passages."""

import json
from collections.abc import Iterable, Iterator, Sequence

from unioncore.describe import in_words
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import (
    Block,
    Bullets,
    Caution,
    Cite,
    Details,
    Listing,
    Page,
    Paragraph,
    Point,
    Section,
    Text,
    Typed,
)
from unioncore.legal import Citation, Period
from unioncore.replay import Outcome, Status
from unioncore.rulebook import At
from unioncore.rules import Outline, Rule, RuleVersion
from unioncore.rules.condition import TRUE, Condition

__all__: list[str] = []

_MANY = 12
"""How many entries a list has that is still shown at once."""
_EXAMPLES = 6
"""How many worked examples a page shows."""


def paragraph(*pieces: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph(tuple(pieces))


def bullets(texts: Iterable[Text]) -> Bullets:
    """Return a list without further entries."""
    return Bullets(tuple(Point(text) for text in texts))


def listed(title: str, texts: Sequence[Text], lead: str = "") -> Iterator[Block]:
    """Give a list under a title; one that is long is opened by the reader. Nothing for none."""
    if not texts:
        return
    if len(texts) > _MANY:
        yield Details(f"{title} ({len(texts)})", (bullets(texts),))
    else:
        yield Section(_anchor(title), title, (*_lead(lead), bullets(texts)))


def _lead(lead: str) -> Iterator[Block]:
    if lead:
        yield paragraph(lead)


def _anchor(title: str) -> str:
    return "-".join(title.lower().split())


# ---- conditions and versions -----------------------------------------------------------------


def _outlined(outline: Outline) -> tuple[Point, ...]:
    """Return the parts of a condition as entries of a list."""
    return tuple(
        Point((capital(part),))
        if isinstance(part, str)
        else Point((_joined(part),), _outlined(part))
        for part in outline.parts
    )


def _joined(outline: Outline) -> str:
    return "All of these hold:" if outline.word == "and" else "One of these holds:"


def condition(book: Book, lead: str, node: Condition) -> Iterator[Block]:
    """Give a condition after a lead such as "It covers people where": short ones in a sentence."""
    outline = book.prose.outline(node)
    if node == TRUE:
        yield paragraph(f"{lead}: always.")
    elif len(outline.parts) == 1:
        yield paragraph(f"{lead}: {outline.text}.")
    else:
        every = "all of these hold" if outline.word == "and" else "one of these holds"
        yield paragraph(f"{lead}, when {every}:")
        yield Bullets(_outlined(outline))


def version(book: Book, rule: Rule, one: RuleVersion, lead: str = "") -> Iterator[Block]:
    """Give one version of a rule: what it gives, when, its exceptions, reason and doubts.

    ``lead`` is what it gives in other words, such as "It covers somebody".
    """
    lead = lead or capital(book.prose.decides(rule, one))
    if rule.otherwise:
        lead += ", unless another rule decides it"
    yield from condition(book, lead, one.when)
    yield from _exceptions(book, rule, one)
    if one.because:
        yield paragraph(f"Why: {one.because}.")
    yield from doubts(one.conflict, one.not_known)


def _exceptions(book: Book, rule: Rule, one: RuleVersion) -> Iterator[Block]:
    """Give to whom it does not apply after all, and why."""
    prose = book.prose
    of_set = prose.is_set(rule.decides)
    points = []
    for each in one.exceptions:
        when = capital(prose.condition(each.when))
        if of_set or each.value is None:
            points.append(Point((f"{when}: {each.because}.",)))
        else:
            told = prose.given(rule.decides, each.value)
            points.append(Point((f"{when}: then {told}, because {each.because}.",)))
    if points:
        several = "; the first that holds counts" if len(points) > 1 and not of_set else ""
        yield paragraph(f"But not so where one of these holds{several}:")
        yield Bullets(tuple(points))


def doubts(conflict: str, not_known: str = "") -> Iterator[Block]:
    """Give what sources disagree about, and what is not known."""
    if not_known:
        yield Caution((f"Whether this holds is not known: {not_known}.",))
    if conflict:
        yield Caution((f"Sources disagree: {conflict}.",))


def versions(book: Book, rule: Rule, lead: str = "") -> Iterator[Block]:
    """Give every version of a rule, the newest first, each with its sources."""
    for one in reversed(rule.versions):
        yield dated(one.period, *version(book, rule, one, lead), *sources(one.citations))


def dated(period: Period, *blocks: Block, called: str = "") -> Section:
    """Return what is so during a period, under it; ``called`` is what it was called then."""
    return Section(
        dated_key(period), capital(in_words(period)) + (f": {called}" if called else ""), blocks
    )


def dated_key(period: Period) -> str:
    """Return the anchor of what is so during a period, which lasts as its first day does."""
    return f"from-{period.start.isoformat()}" if period.start else "at-first"


def sources(citations: Iterable[Citation]) -> Iterator[Block]:
    """Give the sources of one statement; nothing where there are none."""
    cited = tuple(dict.fromkeys(citations))
    if cited:
        yield Bullets(tuple(Point((Cite(each),)) for each in cited))


# ---- what stands at the end of a page --------------------------------------------------------


def ends(book: Book, at: At, address: str, keys: Iterable[str] = ()) -> Iterator[Block]:
    """Give what it asks about, its worked examples, and how it is written.

    ``keys`` are those of its rules, where they are not its own.
    """
    yield from listed("What it asks about", [book.fact(key) for key in book.reads(address)])
    yield from examples(book, keys or (at[1],))
    yield from passage(book, at)


def examples(book: Book, keys: Iterable[str]) -> Iterator[Block]:
    """Give worked examples whose answers rest on rules of these keys."""
    found = {each.example.id: each for key in keys for each in book.exercised(key)}
    if not found:
        return
    outcomes = [each for each in found.values() if each.status is Status.PASSED]
    shown = [_example(each) for each in outcomes[:_EXAMPLES]]
    more = f"; {len(shown)} of them are shown here" if len(outcomes) > len(shown) else ""
    number = f"{len(outcomes)} worked example{'s' if len(outcomes) != 1 else ''}"
    lead = paragraph(f"{number} rest on it{more}.")
    yield Details("Worked examples", (lead, Bullets(tuple(shown))))


def _example(outcome: Outcome) -> Point:
    example = outcome.example
    given = example.inputs.get("facts", {})
    told = [f"{key} = {_json(value)}" for key, value in given.items() if value is not None]
    on = example.inputs.get("on")
    lead = example.question or example.kind.replace("_", " ")
    under = [Point((f"Given: {'; '.join(told)}.",))] if told else []
    expected = "; ".join(f"{key}: {_json(value)}" for key, value in example.expected.items())
    under.append(Point((f"{f'On {on}: ' if on else ''}{expected}.",)))
    return Point((Typed(example.id), f" {lead}"), tuple(under))


def _json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def passage(book: Book, at: At) -> Iterator[Block]:
    """Give a definition as it is written, with its file."""
    if at not in book.rulebook.origins:
        return
    found = book.writings.of(at)
    place = found.place
    if not found.text:
        told = f"It is written in Python, in the plugin {place.plugin}."
        yield Details("As it is written", (paragraph(told),))
        return
    where = Paragraph((f"In {place.file} of the plugin {place.plugin}:",))
    yield Details("As it is written", (where, Listing(found.text, "toml")))


def page(
    book: Book, address: str, about: str, blocks: Iterable[Block], words: Iterable[str] = ()
) -> Page:
    """Return the page of a thing under its own name."""
    thing = book.things[address]
    typed = (*words, *(() if thing.kind == "source" else (thing.key,)))
    own = (each for each in typed if not book.is_led_elsewhere(each, address))
    known_as = (*book.synonyms(address), *own)
    return Page(address, thing.name, about, tuple(blocks), known_as, thing.kind)


def page_of(
    address: str, title: str, about: str, blocks: Iterable[Block], words: Iterable[str] = ()
) -> Page:
    """Return a page that is of no thing of the rulebook."""
    kind = address.partition("/")[0] if not address.endswith("/index") else ""
    return Page(address, title, about, tuple(blocks), tuple(words), kind)


def separated(texts: Iterable[Text]) -> Iterator[Text]:
    """Give texts with a semicolon between them."""
    for number, text in enumerate(texts):
        if number:
            yield ("; ",)
        yield text


def item_blocks(book: Book, address: str) -> Iterator[Block]:
    """Give what the items of a page say, the newest version first, with notes and sources."""
    for item in book.items_at(address):
        if item.notes:
            yield bullets((note,) for note in item.notes)
        for one in reversed(item.versions):
            blocks: list[Block] = [paragraph(one.text)]
            if one.notes:
                blocks.append(bullets((note,) for note in one.notes))
            yield dated(one.period, *blocks, *sources(one.citations))
