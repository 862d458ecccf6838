"""The pages of employers and their kinds: who bargains for somebody who works there, and the rest.

An employer that rules name is asked about as each kind of employer for which its name matters.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from unioncore.answers import Placement, ask_many
from unioncore.describe import Thing
from unioncore.describe.items import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Grid, Listing, Page, Paragraph, Section, Text, cell
from unioncore.handbook.structure_pages import naming
from unioncore.handbook.telling import page, paragraph, separated
from unioncore.legal import Nation
from unioncore.rules import Answer, long_date, series

__all__: list[str] = []

KIND, KEY, NATION = "employer.kind", "employer.key", "employer.nation"
_OTHER = "an employer that no rule names"
_FACTS = tuple(field.name for field in attrs.fields(Placement))

_PAGES = {
    "service_group": "service-group",
    "branch_type": "branch-type",
    "branch": "branch",
    "region": "region",
    "negotiating_bodies": "body",
    "consultative_bodies": "body",
    "national_forums": "body",
    "committees": "body",
    "joint_unions": "union",
    "pay_reviewed_by": "body",
}
"""For each fact whose words have pages, the kind of thing that they are."""


def employer_kind_page(book: Book, thing: Thing) -> Page:
    """Return the page of a kind of employer: what holds for those who work for one."""
    about = f"I work for: {thing.name.lower()}. Who bargains for me, and where I belong."
    blocks = [
        *_lead(book, thing.name.lower()),
        *_told(book, {KIND: thing.key}),
        *_command({KIND: thing.key}, book),
        *naming(book, thing),
    ]
    return page(book, thing.address, about, blocks)


def employer_page(book: Book, thing: Thing) -> Page:
    """Return the page of an employer that rules name."""
    about = f"I work for {thing.name}. Who bargains for me, and where I belong."
    blocks = list(_lead(book, thing.name))
    for kind in _kinds(book, thing.key):
        given = {KIND: kind, KEY: thing.key}
        link = book.link(f"employer-kind/{kind}")
        blocks.append(Paragraph(cell("As ", link, ":")))
        blocks += [*_told(book, given), *_command(given, book)]
    blocks += naming(book, thing)
    return page(book, thing.address, about, blocks)


def _lead(book: Book, name: str) -> Iterator[Block]:
    yield paragraph(
        f"What the rules say on {long_date(book.on)} of somebody who works for {name}, as far as "
        "that decides it. What the job is, and more, may matter too."
    )


def _kinds(book: Book, key: str) -> tuple[str, ...]:
    """Return the kinds of employers of which this name changes some answer, as no other would."""
    if KIND not in book.rulebook.rules.facts:
        return ()
    kinds = [thing.key for thing in book.things.of("employer-kind").values()]
    rows = [row for kind in kinds for row in ({KIND: kind, KEY: _OTHER}, {KIND: kind, KEY: key})]
    answers = ask_many(book.rulebook, rows, *_FACTS, on=book.on)
    pairs = zip(kinds, answers[::2], answers[1::2], strict=True)
    return tuple(kind for kind, other, named in pairs if _values(other) != _values(named))


def _values(answers: Mapping[str, Answer[Any]]) -> list[Any]:
    return [(each.known, each.value if each.known else each.in_part) for each in answers.values()]


def _told(book: Book, given: Mapping[str, str]) -> Iterator[Block]:
    """Give what is known, each fact with the nations for which it is so."""
    nations = [str(nation) for nation in Nation]
    rows = [{**given, NATION: nation} for nation in nations]
    answers = ask_many(book.rulebook, rows, *_FACTS, on=book.on)
    told: list[tuple[Text, ...]] = []
    missing: dict[str, None] = {}
    for fact in _FACTS:
        by_answer: dict[Text, list[str]] = {}
        for nation, each in zip(nations, answers, strict=True):
            by_answer.setdefault(_answer(book, each[fact]), []).append(nation)
            missing |= dict.fromkeys(each[fact].missing)
        label = capital(book.prose.label(fact).removeprefix("the "))
        for answer, where in by_answer.items():
            place = "everywhere" if len(where) == len(nations) else series(where)
            told.append(((label,), answer, (place,)))
    yield Grid(("What", "Answer", "Where"), tuple(told))
    known = book.rulebook.rules.facts
    asked = [book.fact(each) for each in sorted(missing) if each in known and each not in given]
    if asked:
        yield Section("missing", "What else decides it", (Paragraph(cell(*separated(asked), ".")),))


def _answer(book: Book, answer: Answer[Any]) -> Text:
    kind = _PAGES.get(answer.fact, "")
    if answer.known and isinstance(answer.value, frozenset):
        if not answer.value:
            return ("none",)
        return _words(book, kind, answer.value)
    if answer.known:
        if kind and f"{kind}/{answer.value}" in book.things:
            return (book.link(f"{kind}/{answer.value}"),)
        return (book.prose.value(answer.fact, answer.value),)
    if answer.in_part is not None and answer.in_part.at_least:
        return cell(_words(book, kind, answer.in_part.at_least), "; whether more is not known")
    return ("not known",)


def _words(book: Book, kind: str, words: frozenset[str]) -> Text:
    return cell(*separated((book.link(f"{kind}/{word}"),) for word in sorted(words)))


def _command(given: Mapping[str, str], book: Book) -> Iterator[Block]:
    settings = " ".join(f"--set {key}={value}" for key, value in given.items())
    yield Listing(f"$ unioncore ask {_FACTS[1]} {settings} --on {book.on.isoformat()}", "console")
