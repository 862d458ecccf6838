"""The pages of bodies, of their pay rounds and of their pay scales."""

from collections.abc import Iterator

from unioncore.describe import Thing, how_it_works, in_words
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.drawings import body_drawing, pay_drawing, rounds_drawing
from unioncore.handbook.page import Block, Details, Grid, Page, Paragraph, Section, Text, cell
from unioncore.handbook.telling import (
    bullets,
    dated,
    dated_key,
    doubts,
    ends,
    item_blocks,
    page,
    paragraph,
    separated,
    sources,
    version,
)
from unioncore.model import (
    Body,
    BodyKind,
    BodyVersion,
    Ending,
    PayRound,
    PayScale,
    PayTable,
    Side,
    SideKey,
)
from unioncore.rules import Rule, RuleVersion, pounds, series

__all__: list[str] = []

_KINDS = {
    BodyKind.NEGOTIATING: "a negotiating body: it settles pay and conditions",
    BodyKind.CONSULTATIVE: "a consultative body: it is heard, and settles nothing",
    BodyKind.ADVISORY: "an advisory body: it advises, and settles nothing",
    BodyKind.REVIEW: "a pay review body: it recommends, and the government decides",
    BodyKind.COMMITTEE: "a committee of the union",
    BodyKind.FORUM: "a national forum of the union",
}

_COVERS = {
    BodyKind.NEGOTIATING: "It bargains for somebody",
    BodyKind.CONSULTATIVE: "It is heard for somebody",
    BodyKind.ADVISORY: "It advises for somebody",
    BodyKind.REVIEW: "It reviews the pay of somebody",
    BodyKind.COMMITTEE: "It is the committee of somebody",
    BodyKind.FORUM: "It is the forum of somebody",
}

_SIDES = {SideKey.EMPLOYERS: "Employers", SideKey.UNIONS: "Trade unions"}

_CAME_TO = {
    Ending.CLAIM: "claim submitted; no more is recorded",
    Ending.OFFER: "offer made; no more is recorded",
    Ending.REJECTED: "offer rejected; what followed is not recorded",
    Ending.AGREED: "agreed",
    Ending.IMPOSED: "put into effect without agreement",
    Ending.AWARDED: "awarded after a review body's report",
}


def body_page(book: Book, thing: Thing) -> Page:
    """Return the page of a body: whom it covers, its sides, how it decides, and its rounds."""
    body = book.rulebook.body(thing.key)
    names = [each.name for each in body.versions if each.name != thing.name]
    about = f"{thing.name}: whom it covers, who sits on it, how it decides, and its pay rounds."
    return page(book, thing.address, about, _body(book, body), names)


def _body(book: Book, body: Body) -> Iterator[Block]:
    yield paragraph(f"This is {_KINDS[body.kind]}.")
    yield from _family(book, body)
    yield from body_drawing(book, body)
    rule = body.rules(book.rulebook.own_union)[0]
    for one, covers in reversed(list(zip(body.versions, rule.versions, strict=True))):
        yield _version(book, body, rule, one, covers)
    yield from _pay(book, body)
    keys = [each.key for each in body.rules(book.rulebook.own_union)]
    yield from ends(book, ("bodies", body.key), f"body/{body.key}", keys)


def _family(book: Book, body: Body) -> Iterator[Block]:
    if body.existed is not None:
        there = "It existed" if body.existed.end else "It has existed"
        yield paragraph(f"{there} {in_words(body.existed)}.")
    if body.parent:
        yield Paragraph(cell("It works under the ", book.link(f"body/{body.parent}"), "."))
    bodies = book.rulebook.definitions.bodies
    before = [each.key for each in bodies if body.key in each.succeeded_by]
    for lead, keys in (("It took over from: ", before), ("Taken over by: ", body.succeeded_by)):
        if keys:
            links = book.links(f"body/{key}" for key in keys)
            yield Paragraph(cell(lead, *separated(links), "."))


def _version(book: Book, body: Body, rule: Rule, one: BodyVersion, covers: RuleVersion) -> Section:
    key = dated_key(one.period)
    called = one.name if one.name != body.word().name else ""
    blocks = [*version(book, rule, covers, _COVERS[body.kind]), *sources(one.citations)]
    if one.sides:
        rows = tuple(row for side in one.sides for row in _side(book, side))
        table = Grid(("Side", "Who sits on it", "Seats"), rows)
        blocks.append(Section(f"{key}-sides", "Who sits on it", (table, *_secretaries(one))))
    works = list(how_it_works(book.rulebook, one))
    if works:
        told = bullets((each,) for each in works)
        blocks.append(Section(f"{key}-works", "How it works", (told,)))
    return dated(one.period, *blocks, called=called)


def _side(book: Book, side: Side) -> Iterator[tuple[Text, ...]]:
    """Give the rows of one side: the side as a whole, then each that sits on it."""
    when = f" ({side.seats_as_of})" if side.seats_as_of else ""
    total = f"{side.seats}{when}" if side.seats is not None else "not known"
    name = _SIDES.get(side.key, capital(str(side.key)))
    whole = "in all" if side.complete else "in all; not all who sit on it are known"
    yield ((name,), (whole,), (total,))
    seats = {each.who: str(each.seats) for each in side.seats_by}
    for union in side.unions:
        yield ((name,), (book.link(f"union/{union}"),), (seats.get(union, "not known"),))
    for body in side.bodies:
        yield ((name,), (body,), (seats.get(body, "not known"),))


def _secretaries(one: BodyVersion) -> Iterator[Block]:
    for side in one.sides:
        if side.secretary:
            name = _SIDES.get(side.key, capital(str(side.key)))
            yield paragraph(f"Secretary of the side of the {name.lower()}: {side.secretary}.")


def _pay(book: Book, body: Body) -> Iterator[Block]:
    rounds = [each for each in book.rulebook.definitions.pay_rounds if each.body == body.key]
    scales = [each for each in book.rulebook.definitions.pay_scales if body.key in each.bodies]
    blocks: list[Block] = []
    if scales:
        links = book.links(f"pay-scale/{each.key}" for each in scales)
        blocks.append(Paragraph(cell("Its pay scale: ", *separated(links), ".")))
    if len(scales) == 1:
        blocks += pay_drawing(book, scales[0].key)
    if rounds:
        blocks += rounds_drawing(book, body, sorted(rounds, key=lambda each: each.year))
        rows = [
            (
                cell(book.link(f"pay-round/{each.key}", each.year)),
                (_CAME_TO[each.ending],),
                (in_words(each.holds) if each.holds else "not recorded",),
            )
            for each in sorted(rounds, key=lambda each: each.year, reverse=True)
        ]
        blocks.append(Grid(("Year", "How it came out", "It holds"), tuple(rows)))
    if blocks:
        yield Section("pay", "Pay rounds", tuple(blocks))


def pay_round_page(book: Book, thing: Thing) -> Page:
    """Return the page of a pay round."""
    round_ = book.rulebook.named(PayRound)[thing.key]
    name = book.rulebook.rules.name_of("body", round_.body)
    about = f"Pay round {round_.year} of the {name}: what was claimed, offered and decided."
    lead = Paragraph(cell("A pay round of the ", book.link(f"body/{round_.body}"), "."))
    blocks = (lead, *item_blocks(book, thing.address), *ends(book, ("pay_rounds", thing.key), ""))
    return page(book, thing.address, about, blocks)


def pay_scale_page(book: Book, thing: Thing) -> Page:
    """Return the page of a pay scale: what each point pays, table by table."""
    scale = book.rulebook.named(PayScale)[thing.key]
    about = f"What each point of {scale.name} pays, from when to when."
    return page(book, thing.address, about, _scale(book, scale))


def _scale(book: Book, scale: PayScale) -> Iterator[Block]:
    yield from pay_drawing(book, scale.key)
    for item in book.items_at(f"pay-scale/{scale.key}"):
        yield bullets((note,) for note in item.notes)
    for number, table in enumerate(reversed(scale.versions)):
        blocks = tuple(_points(table, scale.unit))
        title = capital(in_words(table.period))
        if number:
            yield Details(title, blocks)
        else:
            yield dated(table.period, *blocks)
    yield from ends(book, ("pay_scales", scale.key), f"pay-scale/{scale.key}")


def _points(table: PayTable, unit: str) -> Iterator[Block]:
    if table.note:
        yield paragraph(table.note)
    yield paragraph(f"Pay {unit} by point:")
    paid = [f"{each.point}: {pounds(each.pay)}" for each in table.pay]
    yield paragraph(f"{series(paid)}.")
    if not table.complete:
        yield paragraph("Other points were not found.")
    yield from doubts(table.conflict)
    yield from sources(table.citations)
