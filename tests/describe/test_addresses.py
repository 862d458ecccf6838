"""What has a page, and that its address is one that lasts and works in any browser."""

import re

import pytest
from tests.books import everything

from unioncore.describe import THING_KINDS, source_key, things


def test_each_thing_is_found_by_its_address() -> None:
    found = things(everything())
    for address, thing in found.items():
        assert found[address] is thing
        assert address == f"{thing.kind}/{thing.key}"
        assert thing.name


def test_addresses_need_no_escapes() -> None:
    assert [each for each in things(everything()) if not re.fullmatch(r"[\w./-]+", each)] == []


def test_every_kind_that_the_core_has_is_there() -> None:
    assert len({*THING_KINDS}) == len(THING_KINDS)
    assert things(everything()).of("claim")["claim/unfair-dismissal"].name == "Unfair dismissal"


def test_what_is_not_there_is_a_key_error() -> None:
    for address in ("claim/unfair-dismisal", "nothing/x", "claim"):
        with pytest.raises(KeyError):
            things(everything())[address]


def test_a_source_is_called_by_the_letters_and_digits_of_its_name() -> None:
    assert source_key("Employment Rights Act 1996") == "employment-rights-act-1996"
    other = source_key("Employment Rights Act 1996 (c. 18)")
    assert other == "employment-rights-act-1996-c-18"
