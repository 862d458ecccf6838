"""The glossary names what there is, and explains every concept that somebody writes down."""

import re

import pytest
from tests.books import everything

import unioncore
from unioncore import answers, legal, model
from unioncore.describe import GlossaryPart, glossary, glossary_markdown
from unioncore.rulebook import Definitions

PUBLIC = {*unioncore.__all__, *answers.__all__, *legal.__all__, *model.__all__}


def test_every_class_and_vocabulary_that_a_term_names_is_there() -> None:
    known = {*everything().rules.words}
    for term in glossary():
        assert {*term.names} <= PUBLIC, term
        assert not term.vocabulary or term.vocabulary in known, term


def test_every_kind_of_definition_and_every_table_of_a_union_is_explained() -> None:
    kinds = {kind.of.__name__ for kind in Definitions.kinds()}
    tables = {record.__name__ for record in model.TABLES.values()}
    named = [name for term in glossary() for name in term.names]
    assert kinds | tables <= {*named}
    assert len({*named}) == len(named)


def test_every_term_is_explained_in_short_sentences() -> None:
    for term in glossary():
        assert term.means.endswith((".", "...")), term
        assert len(term.means) <= 220, term


@pytest.mark.parametrize("part", GlossaryPart)
def test_each_term_stands_once_with_an_anchor(part: GlossaryPart) -> None:
    page = glossary_markdown(everything(), part)
    terms = [term for term in glossary() if term.about is part]
    assert re.findall(r"{#([a-z-]+)}", page) == [term.anchor for term in terms]


def test_a_term_is_in_the_index_unless_a_thing_is_called_so() -> None:
    pages = "".join(glossary_markdown(everything(), part) for part in GlossaryPart)
    indexed = re.findall(r"<! (.*?)>", pages)
    assert "rulebook" in indexed
    assert not {"political fund", "early conciliation"} & {*indexed}
