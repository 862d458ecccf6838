"""The pages of a union's own folder: its units, and its agreements with employers.

Nothing here names a person: who holds an office, or is a member, stands on no page.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from unioncore.answers import (
    Withheld,
    conference_calendar,
    density_of,
    percent,
    publish_counts,
    seats,
)
from unioncore.describe.item_texts import capital
from unioncore.describe.plots import bar_plot
from unioncore.describe.seat_drawing import seat_chart
from unioncore.describe.timetables import timetable_plot
from unioncore.handbook.book import Book
from unioncore.handbook.drawings import members_drawing
from unioncore.handbook.page import (
    Block,
    Grid,
    Page,
    PageLink,
    Paragraph,
    Picture,
    Section,
    Text,
    cell,
)
from unioncore.handbook.telling import bullets, listed, page_of, paragraph, separated
from unioncore.model import (
    Agreement,
    AgreementParty,
    Clause,
    Employer,
    Event,
    Holding,
    Office,
    Organises,
    Snapshot,
    Unit,
    Workforce,
)
from unioncore.rules import long_date

__all__: list[str] = []


def union_addresses(book: Book) -> Iterator[str]:
    """Give the addresses of the pages of the folder; none where the book has no folder."""
    if book.now is None:
        return
    for kind, keys in (("unit", _units(book.now)), ("agreement", _agreements(book.now))):
        if keys:
            yield f"{kind}/index"
            yield from (f"{kind}/{key}" for key in keys)


def folder_page(book: Book, address: str) -> Page | None:
    """Return a page of the folder; None where there is no such page."""
    now, (kind, _, key) = book.now, address.partition("/")
    if now is None:
        return None
    if address == "unit/index":
        return page_of(address, "Units", "The parts of the union, by kind.", _unit_index(book, now))
    if address == "agreement/index":
        about = "The agreements with employers."
        return page_of(address, "Agreements", about, _agreement_index(now))
    if kind == "unit" and key in (units := _units(now)):
        unit = units[key]
        about = f"{unit.called}: what it belongs to, what belongs to it, its offices."
        return page_of(address, unit.called, about, _unit(book, now, unit), [key])
    if kind == "agreement" and key in (agreements := _agreements(now)):
        each = agreements[key]
        about = f"{each.title}: who made it, and what it says."
        return page_of(address, each.title, about, _agreement(now, each), [key])
    return None


def _units(now: Snapshot) -> Mapping[str, Unit]:
    return {unit.key: unit for unit in now.units()}


def _agreements(now: Snapshot) -> Mapping[str, Agreement]:
    return {each.key: each for each in now.every(Agreement)}


def _unit_index(book: Book, now: Snapshot) -> Iterator[Block]:
    kinds: dict[str, list[Text]] = {}
    for unit in sorted(now.units(), key=lambda each: each.called):
        kinds.setdefault(unit.kind, []).append((PageLink(unit.called, f"unit/{unit.key}"),))
    for kind, links in kinds.items():
        name = capital(book.rulebook.rules.name_of("unit_kind", kind))
        text = Paragraph(cell(*separated(links), "."))
        yield Section(f"kind-{kind}", f"{name} ({len(links)})", (text,))


def _unit(book: Book, now: Snapshot, unit: Unit) -> Iterator[Block]:
    name = book.rulebook.rules.name_of
    yield paragraph(f"{capital(name('unit_kind', unit.kind))}. As it is on {long_date(now.day)}.")
    units = _units(now)
    for axis, above in sorted(now.parents(unit.key).items()):
        link = _to(units, above)
        yield Paragraph(cell(f"{capital(name('axis', axis))}: it belongs to ", link, "."))
    for axis in sorted({row.axis for row in now.union.parents}):
        below = [_to(units, key) for key in now.children(unit.key, axis)]
        title = f"What belongs to it: {name('axis', axis)}"
        yield from listed(title, [(each,) for each in sorted(below, key=lambda e: e.text)])
    if now.members(unit.key):
        yield from members_drawing(book, now, unit)
    offices = now.rows(Office, "unit", unit.key)
    if offices:
        rows = tuple(_office(book, now, office) for office in offices)
        grid = Grid(("Office", "Places", "Filled"), rows)
        yield Section("offices", "Offices", (grid, *_seats(book, now, unit, offices)))
    employers = {each.key: each.name for each in now.every(Employer)}
    served = {
        employers.get(e.employer, e.employer) for e in now.rows(Organises, "branch", unit.key)
    }
    yield from listed("Employers whose staff it organises", [(each,) for each in sorted(served)])
    yield from _timetable(book, now, unit)
    if unit.kind == "branch":
        yield from _density(book, now, unit)


def _timetable(book: Book, now: Snapshot, unit: Unit) -> Iterator[Block]:
    """Show the timetable of the edition of a conference that opened, or opens, last."""
    opens = {
        f"{row.at:%Y-%m-%d}": row.edition
        for row in now.rows(Event, "unit", unit.key)
        if row.what == "opens"
    }
    if not opens:
        return
    found = conference_calendar(book.rulebook, now, unit.key, opens[max(opens)])
    rows = tuple(
        ((step.what.replace("-", " "),), (long_date(step.day.value),))
        for step in found.steps
        if step.day.known
    )
    title = f"Timetable of {found.edition}"
    picture = Picture(timetable_plot(found), title)
    yield Section("timetable", title, (picture, Grid(("Step", "Day"), rows)))


def _seats(book: Book, now: Snapshot, unit: Unit, offices: Iterable[Office]) -> Iterator[Block]:
    """Draw the seats of a body that has some for regions or groups: held, vacant, not known."""
    if any(office.constituency for office in offices):
        svg = seat_chart(seats(book.rulebook, now, unit.key))
        yield Picture(svg, f"Seats: {unit.called}")


def _density(book: Book, now: Snapshot, unit: Unit) -> Iterator[Block]:
    """Show the density by workplace, without counts so small that they would tell of people."""
    organised = {row.employer for row in now.rows(Organises, "branch", unit.key)}
    if not any(now.rows(Workforce, "employer", employer) for employer in organised):
        return
    places = {
        each.name: {"members": each.members, "others": each.gap}
        for each in density_of(book.rulebook, now, unit.key).workplaces
        if each.gap is not None
    }
    found = publish_counts(
        book.rulebook, places, rows="workplace", columns="who", on=now.day, protected=False
    )
    if isinstance(found, Withheld):
        return
    shown: list[tuple[str, Decimal]] = []
    rows: list[tuple[Text, ...]] = []
    for name, (members, others) in zip(found.rows.all(), found.cells, strict=True):
        whole = None if members is None or others is None else members + others
        share = percent(Fraction(members or 0, whole), 0) if whole else None
        if share is not None:
            shown.append((name, share))
        said = "-" if share is None else f"{share} %"
        rows.append(((name,), (_count(members),), (_count(whole),), (said,)))
    said = (
        f"Counts are rounded to {found.base}. Those below {found.smallest} are not shown, nor what "
        "would tell them: there stands a dash."
    )
    blocks: list[Block] = [paragraph(said)]
    if shown:
        title = "Density by workplace"
        blocks.append(Picture(bar_plot(shown, title=title, unit="% of the workforce"), title))
    blocks.append(Grid(("Workplace", "Members", "Staff", "Density"), tuple(rows)))
    yield Section("density", "Density by workplace", tuple(blocks))


def _count(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


def _to(units: Mapping[str, Unit], key: str) -> PageLink:
    return PageLink(units[key].called if key in units else key, f"unit/{key}")


def _office(book: Book, now: Snapshot, office: Office) -> tuple[Text, ...]:
    filled = len(now.rows(Holding, "office", office.key))
    role = cell(book.link(f"office/{office.role}"))
    return (role, (str(office.places),), (str(filled) if filled else "vacant",))


def _agreement_index(now: Snapshot) -> Iterator[Block]:
    agreements = sorted(_agreements(now).values(), key=lambda each: each.title)
    yield bullets((PageLink(each.title, f"agreement/{each.key}"),) for each in agreements)


def _agreement(now: Snapshot, agreement: Agreement) -> Iterator[Block]:
    kind = capital(agreement.kind.replace("-", " "))
    made = f", made on {long_date(agreement.made_on)}" if agreement.made_on else ""
    yield paragraph(f"{kind}{made}. As it is on {long_date(now.day)}.")
    if agreement.bargaining_unit:
        yield paragraph(f"The bargaining unit: {agreement.bargaining_unit}.")
    employers = {each.key: each.name for each in now.every(Employer)}
    parties = now.rows(AgreementParty, "agreement", agreement.key)
    names = [employers.get(each.employer, each.employer) or each.union for each in parties]
    yield from listed("Who made it", [(name,) for name in sorted({*names})])
    clauses = now.rows(Clause, "agreement", agreement.key)
    if clauses:
        rows: list[tuple[Text, ...]] = [
            ((each.topic or each.key,), (each.value or "-",), (each.text or "-",))
            for each in clauses
        ]
        grid = Grid(("About", "What it gives", "Wording"), tuple(rows))
        yield Section("clauses", "Clauses", (grid,))
    if agreement.source:
        yield paragraph(f"Source: {agreement.source}.")
