"""The pages of case types: the steps of a procedure, who takes them, and by when."""

from collections.abc import Iterator

from unioncore.describe import Thing, case_type_chart, clock_text, in_words
from unioncore.describe.item_texts import capital
from unioncore.errors import MissingPart
from unioncore.handbook.book import Book
from unioncore.handbook.page import (
    Block,
    Bullets,
    Details,
    Grid,
    Page,
    PageLink,
    Paragraph,
    Picture,
    Point,
    Section,
    Text,
    cell,
)
from unioncore.handbook.structure_pages import naming
from unioncore.handbook.telling import (
    bullets,
    condition,
    dated,
    dated_key,
    doubts,
    listed,
    page,
    paragraph,
    passage,
    separated,
    sources,
)
from unioncore.model import ANY, PLEADED, CaseType, CaseTypeVersion, Clock, Transition
from unioncore.rules import series
from unioncore.rules.condition import TRUE

__all__: list[str] = []


def case_type_page(book: Book, thing: Thing) -> Page:
    """Return the page of a case type."""
    kind = book.rulebook.case_type(thing.key)
    about = f"{kind.name}: how it goes, step by step, who takes each step, and by when."
    family = _spaced(kind.family)
    return page(book, thing.address, about, _case_type(book, kind), [family])


def _case_type(book: Book, kind: CaseType) -> Iterator[Block]:
    yield bullets((said,) for said in _said(kind))
    if kind.links:
        links = book.links(f"case-type/{key}" for key in kind.links)
        yield Paragraph(cell("It may go with, or lead to: ", *separated(links), "."))
    for number, version in enumerate(reversed(kind.versions)):
        blocks = tuple(_version(book, kind, version))
        title = capital(in_words(version.period))
        if len(kind.versions) == 1:
            yield from blocks
        elif number:
            yield Details(title, _without_headings(blocks))
        else:
            yield dated(version.period, *_under(dated_key(version.period), blocks))
    yield from naming(book, book.things[f"case-type/{kind.key}"])
    if kind.documents:
        yield Section(
            "papers", "Papers that belong to it", (bullets((d,) for d in kind.documents),)
        )
    yield from passage(book, ("case_types", kind.key))


def _said(kind: CaseType) -> Iterator[str]:
    """Give what is so of it as a whole."""
    if kind.nations:
        yield f"It applies in {series(kind.nations)}."
    if kind.needs:
        yield f"The representative is accredited for {_spaced(kind.needs)}."
    if kind.companion is not None:
        has = "goes" if kind.companion else "does not go"
        yield f"The right to be accompanied at a hearing {has} with it."
    yield f"It begins in the compartment {_spaced(kind.compartment)}, which decides who may see it."
    yield from kind.notes


def _version(book: Book, kind: CaseType, version: CaseTypeVersion) -> Iterator[Block]:
    if version.covers != TRUE:
        yield from condition(book, "Whom it is for", version.covers)
    yield from _picture(book, kind, version)
    yield Section("steps", "Step by step", tuple(_steps(book, version)))
    if version.clocks:
        yield Section("clocks", "By when", tuple(_clocks(book, version)))
    if version.happenings:
        told = [(capital(each.name),) for each in version.happenings]
        yield from listed("What may happen at any time", told)
    yield from doubts(version.conflict)
    yield Section("sources", "What it rests on", tuple(sources(version.citations)))


def _picture(book: Book, kind: CaseType, version: CaseTypeVersion) -> Iterator[Block]:
    day = version.period.start or version.period.end or book.on
    if version.period.start is None and version.period.end is not None:
        return
    try:
        svg = case_type_chart(book.rulebook, kind.key, on=day, style="svg")
    except MissingPart as lacking:
        yield paragraph(f"There is no drawing: {lacking}.")
        return
    yield Picture(svg, f"{kind.name}: the steps")


def _steps(book: Book, version: CaseTypeVersion) -> Iterator[Block]:
    names = {state.key: state.name for state in version.states}
    points = []
    for state in version.states:
        ways = [way for way in version.transitions if way.from_state == state.key]
        first = " It begins here." if state.key == version.initial else ""
        last = " It may end so." if state.outcome else ""
        under = tuple(Point((_way(book, way, names),)) for way in ways)
        points.append(Point((f"{capital(state.name)}.{first}{last}",), under))
    anywhere = [way for way in version.transitions if way.from_state == ANY]
    if anywhere:
        under = tuple(Point((_way(book, way, names),)) for way in anywhere)
        points.append(Point(("At any time while it is open:",), under))
    yield Bullets(tuple(points))


def _way(book: Book, way: Transition, names: dict[str, str]) -> str:
    """Say what leads on from a state, by whose act, and what is asked for."""
    asked = [way.needs] if way.needs else []
    asked += [_spaced(str(way.proof))] if way.proof else []
    asked += [f"in time for {series(map(_spaced, way.in_time))}"] if way.in_time else []
    asked += [f"after {_spaced(way.after)}"] if way.after else []
    needs = f", if {series(asked)}" if asked else ""
    event, actor = capital(_spaced(way.event)), book.actor(way.actor)
    return f"{event} ({actor}{needs}): then {names.get(way.to_state, way.to_state).lower()}."


def _clocks(book: Book, version: CaseTypeVersion) -> Iterator[Block]:
    rows = [_clock(book, clock) for clock in version.clocks]
    yield Grid(("What", "How long", "From, to", "Who", "By what"), tuple(rows))
    notes = [(f"{clock.name}: {clock.note}",) for clock in version.clocks if clock.note]
    if notes:
        yield Details(f"Notes on these times ({len(notes)})", (bullets(notes),))
    conditions = [
        (f"{clock.name} runs only when {book.prose.condition(clock.when)}.",)
        for clock in version.clocks
        if clock.when != TRUE
    ]
    if conditions:
        yield bullets(conditions)


def _clock(book: Book, clock: Clock) -> tuple[Text, ...]:
    long: Text = (capital(clock_text(book.prose, clock)),)
    if clock.claim and clock.claim != PLEADED:
        long = cell("The limit of ", book.link(f"claim/{clock.claim}"))
    elif clock.parameter and f"parameter/{clock.parameter}" in book.things:
        long = (PageLink(capital(clock_text(book.prose, clock)), f"parameter/{clock.parameter}"),)
    ends = f"{_spaced(clock.starts)}, to {_spaced(clock.must)}"
    cited = cell(f"{clock.nature}: ", *separated(book.cites(clock.citations)))
    return ((clock.name,), long, (ends,), (capital(book.actor(clock.owed_by)),), cited)


def _under(key: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose sections are called by the version that they are of."""
    return tuple(
        Section(f"{key}-{each.key}", each.title, each.blocks) if isinstance(each, Section) else each
        for each in blocks
    )


def _without_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks as they stand in what a reader opens, which has no headings."""
    found: list[Block] = []
    for each in blocks:
        found += (
            [paragraph(f"{each.title}:"), *each.blocks] if isinstance(each, Section) else [each]
        )
    return tuple(found)


def _spaced(key: str) -> str:
    return key.replace("-", " ").replace("_", " ")
