"""The pages of employers and their kinds: who bargains for somebody who works there, and the rest.

An employer that rules name is asked about as each kind of employer for which its name matters.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from unioncore.answers import Placement, ask_many
from unioncore.describe import Thing
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Details, Grid, Listing, Page, Paragraph, Text, cell
from unioncore.handbook.structure_pages import naming
from unioncore.handbook.telling import bullets, page, paragraph, separated
from unioncore.legal import Nation
from unioncore.rules import Answer, long_date, series

__all__: list[str] = []

KIND, KEY, NATION, JOB = "employer.kind", "employer.key", "employer.nation", "job.group"
_BARGAIN = "negotiating_bodies"
_EVERY = tuple(str(nation) for nation in Nation)
_NOT_KNOWN: Text = ("not known",)
_NONE: Text = ("none",)
_OPEN = 12
"""How many groups of jobs are shown at once; the reader opens more."""
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
        *_lead(book),
        *_told(book, {KIND: thing.key}, _EVERY),
        *_command({KIND: thing.key}, book),
        *naming(book, thing),
    ]
    return page(book, thing.address, about, blocks)


def employer_page(book: Book, thing: Thing) -> Page:
    """Return the page of an employer that rules name: what its name decides, and the rest."""
    about = f"I work for {thing.name}. Who bargains for me, and where I belong."
    blocks = list(_lead(book))
    for kind in book.things.of("employer-kind").values():
        given = {KIND: kind.key, KEY: thing.key}
        if nations := _nations(book, given):
            blocks.append(Paragraph(cell("As ", book.link(kind.address), ":")))
            blocks += [*_told(book, given, nations), *_command(given, book)]
    blocks += naming(book, thing)
    return page(book, thing.address, about, blocks)


def _nations(book: Book, given: Mapping[str, str]) -> list[str]:
    """Return the nations where this employer's name decides who bargains, as no other would."""
    jobs = [{**given, JOB: job.key} for job in book.things.of("job-group").values()]
    others = [{**job, KEY: _OTHER} for job in jobs]
    both = [_by_nation(book, people, (_BARGAIN,), _EVERY) for people in (jobs, others)]
    return [
        nation
        for nation in _EVERY
        if any(_matters(one[nation], other[nation]) for one, other in zip(*both, strict=True))
    ]


def _says(
    book: Book, person: Mapping[str, str], nation: str, answer: Mapping[str, Answer[Any]]
) -> bool:
    """Say whether nobody bargains for a job because of this employer, and would for another."""
    (other,) = _by_nation(book, [{**person, KEY: _OTHER}], (_BARGAIN,), [nation])
    return _matters(answer, other[nation])


def _matters(one: Mapping[str, Answer[Any]], other: Mapping[str, Answer[Any]]) -> bool:
    """Whether two answers differ about a body that may be meant."""
    mine, theirs = _words_of(one[_BARGAIN]), _words_of(other[_BARGAIN])
    return mine != theirs and bool(mine[0] or theirs[0])


def _words_of(answer: Answer[Any]) -> tuple[frozenset[str], bool]:
    """Return the words that are, or may be, in a set, and whether it is known as a whole."""
    if answer.known:
        return answer.value, True
    part = answer.in_part
    return (frozenset() if part is None else part.at_least | part.perhaps), False


def _lead(book: Book) -> Iterator[Block]:
    yield paragraph(
        f"What the rules say on {long_date(book.on)} of somebody who works there, as far as the "
        "employer decides it. What the job is, and more, may matter too."
    )


def _told(book: Book, given: Mapping[str, str], nations: Sequence[str]) -> Iterator[Block]:
    """Give what is known, each fact with the nations for which it is so, then by group of jobs."""
    answers = _by_nation(book, [given], _FACTS, nations)[0]
    told: list[tuple[Text, ...]] = []
    open_: list[Text] = []
    missing: dict[str, None] = {}
    for fact in _FACTS:
        label = capital(book.prose.label(fact).removeprefix("the "))
        for answer, where in _places(book, answers, fact):
            if answer != _NOT_KNOWN:
                told.append(((label,), answer, (_where(where),)))
            elif len(where) == len(nations):
                open_.append((label.lower(),))
        missing |= dict.fromkeys(m for each in answers.values() for m in each[fact].missing)
    if told:
        yield Grid(("What", "Answer", "Where"), tuple(told))
    if open_:
        yield Paragraph(cell("Not known until more is given: ", *separated(open_), "."))
    yield from _by_job(book, given, nations)
    known = book.rulebook.rules.facts
    asked = [book.fact(each) for each in sorted(missing) if each in known and each not in given]
    if asked:
        yield paragraph("What else decides it:")
        yield bullets(asked)


def _by_job(book: Book, given: Mapping[str, str], nations: Sequence[str]) -> Iterator[Block]:
    """Give who bargains for each group of jobs, where rules know that."""
    if JOB not in book.rulebook.rules.facts:
        return
    jobs = [*book.things.of("job-group").values()]
    people = [{**given, JOB: job.key} for job in jobs]
    each_job = _by_nation(book, people, (_BARGAIN,), nations)
    rows: list[tuple[Text, ...]] = [
        (cell(book.link(job.address)), answer, (_where(where),))
        for job, person, answers in zip(jobs, people, each_job, strict=True)
        for answer, where in _places(book, answers, _BARGAIN)
        # That nobody bargains says something only where it is because of this employer.
        if answer not in (_NOT_KNOWN, _NONE)
        or (answer == _NONE and KEY in given and _says(book, person, where[0], answers[where[0]]))
    ]
    if rows:
        grid = Grid(("Group of jobs", "Who bargains", "Where"), tuple(rows))
        yield paragraph("Who bargains for whom:")
        yield Details(f"Groups of jobs ({len(rows)})", (grid,)) if len(rows) > _OPEN else grid


def _by_nation(
    book: Book, people: Sequence[Mapping[str, str]], facts: Sequence[str], nations: Sequence[str]
) -> list[dict[str, dict[str, Answer[Any]]]]:
    """Return for each of several people what facts are in each nation."""
    rows = [{**person, NATION: nation} for person in people for nation in nations]
    answers = ask_many(book.rulebook, rows, *facts, on=book.on)
    size = len(nations)
    return [
        dict(zip(nations, answers[place * size : (place + 1) * size], strict=True))
        for place in range(len(people))
    ]


def _places(
    book: Book, answers: Mapping[str, Mapping[str, Answer[Any]]], fact: str
) -> list[tuple[Text, list[str]]]:
    """Return each answer to a fact with the nations where it is so."""
    found: dict[Text, list[str]] = {}
    for nation, each in answers.items():
        found.setdefault(_answer(book, each[fact]), []).append(nation)
    return [*found.items()]


def _where(nations: Sequence[str]) -> str:
    return "everywhere" if len(nations) == len(_EVERY) else series(nations)


def _answer(book: Book, answer: Answer[Any]) -> Text:
    kind = _PAGES.get(answer.fact, "")
    if answer.known and isinstance(answer.value, frozenset):
        if not answer.value:
            return _NONE
        return _words(book, kind, answer.value)
    if answer.known:
        if kind and f"{kind}/{answer.value}" in book.things:
            return (book.link(f"{kind}/{answer.value}"),)
        return (book.prose.value(answer.fact, answer.value),)
    if answer.in_part is not None and answer.in_part.at_least:
        return cell(_words(book, kind, answer.in_part.at_least), "; whether more is not known")
    return _NOT_KNOWN


def _words(book: Book, kind: str, words: frozenset[str]) -> Text:
    return cell(*separated((book.link(f"{kind}/{word}"),) for word in sorted(words)))


def _command(given: Mapping[str, str], book: Book) -> Iterator[Block]:
    settings = " ".join(f"--set {key}={value}" for key, value in given.items())
    yield Listing(f"$ unioncore ask {_FACTS[1]} {settings} --on {book.on.isoformat()}", "console")
