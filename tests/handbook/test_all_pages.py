"""The handbook: a page for each thing, whose links lead somewhere."""

from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

import attrs
import pytest
from tests.books import everything

import unioncore
from unioncore.describe import cited_in, signposts_of_words
from unioncore.errors import UnknownName
from unioncore.handbook import Book, Cite, Handbook, Page, PageLink, Section

DAY = date(2026, 6, 1)


@pytest.fixture(
    scope="module",
    params=[pytest.param(True, id="one-of-each-kind"), pytest.param(False, marks=pytest.mark.slow)],
)
def pages(request: pytest.FixtureRequest) -> dict[str, Page]:
    handbook = Handbook(Book(everything(), on=DAY))
    addresses = [*handbook.addresses()]
    if request.param:
        by_kind = {address.partition("/")[0]: address for address in addresses}
        addresses = [*by_kind.values()]
    return {address: handbook.page(address) for address in addresses}


def parts(value: Any, kind: type[Any]) -> Iterator[Any]:
    """Give every part of a page that is of a kind."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from parts(each, kind)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from parts(getattr(value, field.name), kind)


def test_every_page_has_a_title_a_description_and_says_something(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert page.address == address
        assert page.title.strip(), address
        assert page.about.strip(), address
        assert page.blocks, address


def test_every_link_leads_to_a_page(pages: dict[str, Page]) -> None:
    there = {*Handbook(Book(everything(), on=DAY)).addresses()}
    links = {(a, link.address) for a, page in pages.items() for link in parts(page, PageLink)}
    assert [each for each in links if each[1] not in there] == []


def test_no_page_has_two_parts_of_one_name(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        keys = [section.key for section in parts(page.blocks, Section)]
        assert len({*keys}) == len(keys), address


def test_a_page_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="unfair-dismissal"):
        Handbook(Book(everything(), on=DAY)).page("claim/unfair-dismisal")


def test_no_page_is_found_by_a_word_that_leads_elsewhere(pages: dict[str, Page]) -> None:
    led = {each.said.casefold(): each.see[0] for each in signposts_of_words(everything())}
    for address, page in pages.items():
        assert {led.get(word.casefold(), address) for word in page.words} <= {address}


def test_no_page_has_a_word_that_is_the_name_of_another_thing_or_another_word_for_it() -> None:
    handbook = Handbook(Book(everything(), on=DAY))
    assert "discrimination" not in handbook.page("case-type/core.discrimination").words
    assert "discrimination" in handbook.page("claim/discrimination").words
    assert "tupe" not in handbook.page("claim/tupe").words
    assert "equal-pay" in handbook.page("claim/equal-pay").words
    assert "TUPE" in handbook.page("case-type/core.tupe_transfer").words


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_no_page_of_a_union_names_a_person() -> None:
    example: Any = resources.files("unioncore_unison") / "example_union"
    union = unioncore.read_union(example, everything()).ok()
    handbook = Handbook(Book(everything(), on=DAY, now=union.on(DAY)))
    people = {each for person in union.people for each in (person.key, person.name)}
    own = [a for a in handbook.addresses() if a.startswith(("unit/", "agreement/"))]
    assert len(own) > 10
    for address in own:
        assert not people & {*parts(handbook.page(address), str)}, address


def test_a_page_cites_only_what_a_definition_cites(pages: dict[str, Page]) -> None:
    every = {c for _, each in everything().definitions.every() for c in cited_in(each)}
    for address, page in pages.items():
        assert {cite.citation for cite in parts(page, Cite)} <= every, address
