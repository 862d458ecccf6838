"""The pages of facts: what is asked, in which words, what decides it and what reads it."""

from collections import deque
from collections.abc import Iterator

from unioncore.describe import Thing
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import (
    Block,
    Details,
    Grid,
    Listing,
    Page,
    Paragraph,
    Text,
    Typed,
    cell,
)
from unioncore.handbook.telling import bullets, examples, listed, page, paragraph, passage
from unioncore.rules import Fact, FactType

__all__: list[str] = []

_TYPES = {
    FactType.CHOICE: "one of these words",
    FactType.TEXT: "text",
    FactType.WHOLE: "a whole number",
    FactType.MONEY: "pounds, such as 719.00",
    FactType.DAY: "a day, or a month or a year where no more is known",
    FactType.YES_NO: "yes or no",
    FactType.SET: "any number of these words",
    FactType.COLLECTION: "a list of records",
}

_VALUES = {
    FactType.TEXT: "TEXT",
    FactType.WHOLE: "12",
    FactType.MONEY: "719.00",
    FactType.DAY: "2026-06-01",
    FactType.YES_NO: "yes",
}

_PAGES = {
    "body": "body",
    "claim": "claim",
    "case_type": "case-type",
    "employer_kind": "employer-kind",
    "job_group": "job-group",
    "service_group": "service-group",
    "region": "region",
    "branch_type": "branch-type",
    "branch": "branch",
    "office_role": "office",
    "union": "union",
}
"""For each vocabulary whose words have pages, the kind of thing that they are."""


def fact_page(book: Book, thing: Thing) -> Page:
    """Return the page of a fact."""
    fact = book.rulebook.rules.fact(thing.key)
    about = fact.about or f"{capital(fact.label)}."
    return page(book, thing.address, about, _fact(book, fact), [fact.key.replace("_", " ")])


def _fact(book: Book, fact: Fact) -> Iterator[Block]:
    if fact.about:
        yield paragraph(fact.about)
    how = "decided by rules" if fact.derived else "recorded: somebody gives it"
    said = f"It is {how}. It is about: {fact.subject}. Its key is "
    yield Paragraph((said, Typed(fact.key), "."))
    yield paragraph(f"It is answered by {_TYPES[fact.type]}.")
    yield from _words(book, fact)
    yield Listing(_command(book, fact), "console")
    if fact.derived:
        yield from listed("What decides it", book.links(book.deciding(fact.key)))
        yield from listed(
            "What may have to be given",
            [book.fact(key) for key in _recorded(book, fact.key)],
            "Which of these matter depends on the answers to the others.",
        )
    yield from listed("What asks about it", book.links(book.reading(fact.key)))
    yield from examples(book, [each.partition("/")[2] for each in book.deciding(fact.key)])
    yield from passage(book, ("facts", fact.key))


def _command(book: Book, fact: Fact) -> str:
    """Return what somebody types who asks about the fact, or gives it."""
    if fact.derived:
        return f"$ unioncore ask {fact.key} --set KEY=VALUE --on {book.on.isoformat()}"
    word = next(iter(sorted(book.rulebook.rules.names_of(fact))), "WORD")
    return f"$ unioncore ask ... --set {fact.key}={_VALUES.get(fact.type, word)}"


def _words(book: Book, fact: Fact) -> Iterator[Block]:
    names = book.rulebook.rules.names_of(fact)
    if not names:
        return
    kind = _PAGES.get(fact.vocabulary, "")
    rows: list[tuple[Text, ...]] = []
    for word, name in sorted(names.items()):
        told = book.link(f"{kind}/{word}", capital(name)) if kind else capital(name)
        rows.append(((Typed(word),), (told,)))
    table = Grid(("word", "what it means"), tuple(rows))
    if len(rows) > 12:
        yield Details(f"The words ({len(rows)})", (table,))
    else:
        yield table


def _recorded(book: Book, key: str) -> tuple[str, ...]:
    """Return the recorded facts on which a fact may rest, directly or by way of others."""
    found, queue = {key}, deque([key])
    while queue:
        for address in book.deciding(queue.popleft()):
            for each in book.reads(address):
                if each not in found:
                    found.add(each)
                    queue.append(each)
    facts = book.rulebook.rules.facts
    return tuple(sorted(each for each in found if each in facts and not facts[each].derived))


def facts_index(book: Book) -> Iterator[Block]:
    """Give the facts by what they are about, on one page."""
    groups: dict[str, list[Text]] = {}
    for thing in sorted(book.things.of("fact").values(), key=lambda each: each.key):
        subject = thing.key.partition(".")[0] if "." in thing.key else "a person's place"
        groups.setdefault(subject, []).append(cell(book.link(thing.address, thing.key)))
    for subject, links in sorted(groups.items()):
        yield Details(f"{capital(subject.replace('_', ' '))} ({len(links)})", (bullets(links),))
