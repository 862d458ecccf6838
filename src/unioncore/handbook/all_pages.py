"""The pages of a handbook, each made when it is asked for."""

from collections.abc import Callable, Collection, Iterator, Mapping

from unioncore.describe import THING_KINDS, Thing
from unioncore.describe.item_texts import capital
from unioncore.errors import UnknownName, nearest
from unioncore.handbook.body_pages import body_page, pay_round_page, pay_scale_page
from unioncore.handbook.book import Book
from unioncore.handbook.by_pages import BY, by_page
from unioncore.handbook.case_pages import case_type_page
from unioncore.handbook.change_pages import change_addresses, change_page
from unioncore.handbook.claim_pages import claim_page, claims_index
from unioncore.handbook.employer_pages import employer_kind_page, employer_page
from unioncore.handbook.fact_pages import fact_page, facts_index
from unioncore.handbook.page import Block, Details, Page, PageLink, Section
from unioncore.handbook.rule_pages import parameter_page, rule_page
from unioncore.handbook.source_pages import source_page
from unioncore.handbook.structure_pages import (
    branch_page,
    calendar_page,
    part_page,
    union_page,
    word_page,
)
from unioncore.handbook.telling import bullets, paragraph
from unioncore.handbook.union_pages import folder_page, union_addresses
from unioncore.rules import long_date

__all__ = ["Handbook"]

_PAGES: Mapping[str, Callable[[Book, Thing], Page]] = {
    "body": body_page,
    "case-type": case_type_page,
    "claim": claim_page,
    "employer-kind": employer_kind_page,
    "employer": employer_page,
    "job-group": word_page,
    "service-group": part_page("service_groups", "The service group {}: names and rules."),
    "region": part_page("regions", "The region {}: names and rules."),
    "branch-type": branch_page,
    "branch": branch_page,
    "office": part_page("office_roles", "The office of {}: of what, who fills it, and rules."),
    "union": union_page,
    "pay-round": pay_round_page,
    "pay-scale": pay_scale_page,
    "pay-clause": part_page("pay_clauses", "{}: which hours pay more, by how much, since when."),
    "fact": fact_page,
    "parameter": parameter_page,
    "rule": rule_page,
    "calendar": calendar_page,
    "counting": part_page("countings", "{}: how it is counted, and how it ends."),
    "source": source_page,
}
"""What makes the page of each kind of thing."""

_INDEXES: Mapping[str, Callable[[Book], Iterator[Block]]] = {
    "claim": claims_index,
    "fact": facts_index,
}
"""What lists the things of a kind, where that is not simply by name."""

_VERY_MANY = 100
"""How many things stand open on one page; a phone shows them on about seven screens."""


class Handbook:
    """The pages of one book by address: one for each thing, and indexes."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def addresses(self) -> Iterator[str]:
        """Give the address of every page."""
        yield "index"
        yield from self.book.things
        yield from (f"{kind}/index" for kind in THING_KINDS if self.book.things.of(kind))
        yield from change_addresses(self.book)
        yield from BY
        yield from union_addresses(self.book)

    def page(self, address: str) -> Page:
        """Return the page at an address; raises ``UnknownName`` where there is none."""
        kind, _, key = address.partition("/")
        if address == "index":
            return self._front()
        if key == "index" and kind in THING_KINDS:
            return self._index(kind)
        makers = (change_page, by_page, folder_page)
        special = next((each for make in makers if (each := make(self.book, address))), None)
        if special is not None:
            return special
        thing = self.book.things.get(address)
        if thing is None:
            raise UnknownName("page", address, nearest(address, self.book.things))
        return _PAGES[kind](self.book, thing)

    def _front(self) -> Page:
        links = [
            (PageLink(f"{capital(kind.many)} ({len(found)})", f"{key}/index"),)
            for key, kind in THING_KINDS.items()
            if (found := self.book.things.of(key))
        ]
        about = "What the rulebook says, a page for each thing."
        day = f"What holds now is said for {long_date(self.book.on)}. It is not legal advice."
        ways = [(PageLink(title, address),) for address, (title, _, _) in BY.items()]
        ways.append((PageLink("By date: what changed", "change/index"),))
        own = [each for each in union_addresses(self.book) if each.endswith("/index")]
        ways += [(PageLink(self.page(each).title, each),) for each in own]
        blocks = (
            paragraph(about),
            paragraph(day),
            Section("ways", "Find your way", (bullets(ways),)),
            Section("things", "Everything, by kind", (bullets(links),)),
        )
        return Page("index", "Handbook", about, blocks)

    def _index(self, kind: str) -> Page:
        many = THING_KINDS[kind].many
        things = self.book.things.of(kind).values()
        if kind in _INDEXES:
            blocks = tuple(_INDEXES[kind](self.book))
        else:
            blocks = tuple(_by_name(self.book, things))
        return Page(f"{kind}/index", capital(many), f"All {many}, by name.", blocks)


def _by_name(book: Book, things: Collection[Thing]) -> Iterator[Block]:
    """Give things by name; where they are very many, each first letter is opened by the reader."""
    if len(things) <= _VERY_MANY:
        yield bullets(book.links(each.address for each in things))
        return
    letters: dict[str, list[Thing]] = {}
    for each in things:
        first = next(filter(str.isalnum, each.name), "").upper()
        letters.setdefault("0 to 9" if first.isdigit() else first, []).append(each)
    for letter, found in sorted(letters.items()):
        links = bullets(book.links(each.address for each in found))
        yield Details(f"{letter} ({len(found)})", (links,))
