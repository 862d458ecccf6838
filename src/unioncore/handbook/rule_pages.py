"""The pages of rules: rules proper, tables, requirements, measures, predicates, and parameters."""

from collections.abc import Iterator, Mapping

from unioncore.describe import Thing, in_words
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.drawings import parameter_drawing
from unioncore.handbook.page import (
    Block,
    Details,
    Grid,
    Page,
    Paragraph,
    Section,
    Text,
    Typed,
    cell,
)
from unioncore.handbook.telling import (
    bullets,
    condition,
    dated,
    doubts,
    ends,
    page,
    paragraph,
    separated,
    sources,
    versions,
)
from unioncore.rules import (
    ON,
    Definition,
    Impossible,
    Measure,
    Parameter,
    Predicate,
    Requirement,
    Row,
    Rule,
    Silence,
    Table,
    series,
)
from unioncore.rules.condition import TRUE

__all__: list[str] = []

_ROWS = 12
"""How many values of a parameter stand open on its page; the reader opens those before."""


def rule_page(book: Book, thing: Thing) -> Page:
    """Return the page of a rule, table, requirement, measure, predicate or impossibility."""
    at, definition = next(
        ((name, thing.key), found)
        for name, kind in _KINDS.items()
        if (found := book.rulebook.named(kind).get(thing.key)) is not None
    )
    blocks = (*_told(book, definition), *ends(book, at, thing.address))
    return page(book, thing.address, _about(book, thing), blocks)


def _told(book: Book, definition: Definition) -> Iterator[Block]:
    match definition:
        case Rule():
            yield from _rule(book, definition)
        case Table():
            yield from _table(book, definition)
        case Requirement():
            yield from _requirement(book, definition)
        case Measure():
            yield from _measure(book, definition)
        case Predicate():
            yield from _predicate(definition)
        case Impossible():
            yield from _impossible(book, definition)
        case Silence():
            yield from _silence(book, definition)


def _about(book: Book, thing: Thing) -> str:
    """Return the first sentence of what it says."""
    item = next(iter(book.items_at(thing.address)), None)
    said = item.versions[-1].text if item is not None and item.versions else thing.name
    return said if len(said) <= 200 else f"{said[:197].rsplit(' ', 1)[0]} ..."


def _dated(book: Book, dated_by: str) -> Iterator[Block]:
    if dated_by != ON:
        said = "Which version counts is decided not by the day of the question, but by: "
        yield Paragraph(cell(said, book.fact(dated_by), "."))


def _rule(book: Book, rule: Rule) -> Iterator[Block]:
    yield Paragraph(cell("A rule that decides ", book.fact(rule.decides), "."))
    yield from _dated(book, rule.dated_by)
    if rule.overrides:
        links = [book.link(f"rule/{key}") for key in rule.overrides]
        yield Paragraph(cell("It counts before ", *separated((each,) for each in links), "."))
    yield from versions(book, rule)


def _table(book: Book, table: Table) -> Iterator[Block]:
    decides, by = book.fact(table.decides), book.fact(table.by)
    yield Paragraph(cell("A table that gives ", decides, " by ", by, "."))
    yield from _dated(book, table.dated_by)
    if not table.otherwise:
        yield paragraph("What it does not list is not known.")
    rows = [_row(book, table, row) for row in (*table.rows, *table.otherwise)]
    label = capital(book.prose.label(table.by).removeprefix("the "))
    given = capital(book.prose.label(table.decides).removeprefix("the "))
    yield Grid((label, given, "When", "Source"), tuple(rows))
    conflicts = dict.fromkeys(row.conflict for row in table.rows if row.conflict)
    for conflict in conflicts:
        yield from doubts(conflict)


def _row(book: Book, table: Table, row: Row) -> tuple[Text, ...]:
    names = [book.prose.value(table.by, key) for key in row.keys]
    value = book.prose.value(table.decides, row.value.value)
    cited = cell(*separated(book.cites(row.citations)))
    return ((series(names, "or") or "any other",), (value,), (in_words(row.period),), cited)


def _requirement(book: Book, requirement: Requirement) -> Iterator[Block]:
    if requirement.verdict:
        yield Paragraph(cell("It is needed for ", book.fact(requirement.verdict), "."))
    if requirement.lasting:
        yield paragraph("It must be met for as long as the office is held, not only at first.")
    yield from _dated(book, requirement.dated_by)
    for one in reversed(requirement.versions):
        blocks = [*condition(book, "It is met", one.holds)]
        if one.applies != TRUE:
            blocks += condition(book, "It is required only of those", one.applies)
        blocks += [*doubts(one.conflict, one.not_known), *sources(one.citations)]
        yield dated(one.period, *blocks)


def _measure(book: Book, measure: Measure) -> Iterator[Block]:
    yield Paragraph(cell("A measure that gives ", book.fact(measure.decides), "."))
    yield paragraph(f"{capital(book.prose.measure(measure))}.")
    yield from sources(measure.citations)


def _predicate(predicate: Predicate) -> Iterator[Block]:
    yield paragraph("It is worked out by a function, not by a condition.")
    yield from sources(predicate.citations)


def _impossible(book: Book, impossible: Impossible) -> Iterator[Block]:
    yield paragraph("Nobody can be so. Rules that would clash only for such people do not clash.")
    yield from condition(book, "Impossible", impossible.when)
    yield paragraph(f"Why: {impossible.because}.")
    yield from sources(impossible.citations)


def _silence(book: Book, silence: Silence) -> Iterator[Block]:
    labels = series(book.prose.label(key) for key in silence.of)
    yield paragraph(f"No rule decides {labels} for these people, on purpose.")
    yield from condition(book, "Who they are", silence.when)
    yield paragraph(f"Why: {silence.because}.")
    yield from sources(silence.citations)


_KINDS: Mapping[str, type[Definition]] = {
    "rules": Rule,
    "tables": Table,
    "requirements": Requirement,
    "measures": Measure,
    "predicates": Predicate,
    "impossible": Impossible,
    "silences": Silence,
}
"""The kinds of definitions that are told as rules."""


def parameter_page(book: Book, thing: Thing) -> Page:
    """Return the page of a parameter: its dated values, and what reads it."""
    parameter = book.rulebook.named(Parameter)[thing.key]
    blocks = (*_parameter(book, parameter), *ends(book, ("parameters", thing.key), thing.address))
    return page(book, thing.address, f"The dated values of {parameter.label}.", blocks)


def _parameter(book: Book, parameter: Parameter) -> Iterator[Block]:
    unit = f", in {parameter.unit}" if parameter.unit else ""
    yield paragraph(f"A dated value{unit}.")
    yield from _dated(book, parameter.dated_by)
    conditional = any(one.when != TRUE for one in parameter.versions)
    yield from parameter_drawing(book, parameter.key)
    heads = ("When", "Value", *(["For whom"] * conditional), "Source")
    rows = []
    for one in reversed(parameter.versions):
        value = book.prose.value(parameter.key, one.value.value)
        where = book.prose.condition(one.when) if one.when != TRUE else "everybody"
        cited = cell(*separated(book.cites(one.citations)))
        middle = [(where,)] * conditional
        rows.append(((in_words(one.period),), (value,), *middle, cited))
    yield Grid(heads, tuple(rows[:_ROWS]))
    if earlier := tuple(rows[_ROWS:]):
        yield Details(f"Earlier values ({len(earlier)})", (Grid(heads, earlier),))
    for conflict in dict.fromkeys(one.conflict for one in parameter.versions if one.conflict):
        yield from doubts(conflict)
    reading = book.links(book.reading(parameter.key))
    if reading:
        yield Section("read-by", "What asks for it", (bullets(reading),))
    on = book.on.isoformat()
    said = ("In Python: ", Typed(f'rulebook.parameter("{parameter.key}", on=...)'))
    yield Paragraph((*said, f"; on {on} it is what the table says of that day."))
