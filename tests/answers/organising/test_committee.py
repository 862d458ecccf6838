"""Whom a committee represents."""

from datetime import date

import pytest
from tests.books import everything

import unioncore
from unioncore.answers import committee_representative
from unioncore.errors import UnknownName

ON = date(2025, 2, 1)


@pytest.fixture(scope="module")
def book() -> unioncore.Rulebook:
    return unioncore.compose(discover=False)


@pytest.fixture(scope="module")
def unison() -> unioncore.Rulebook:
    return everything()


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("officers", "employers", "expected"),
    [
        ({"chair": "a", "secretary": "a"}, ["a", "b"], False),
        ({"chair": "a", "secretary": "b"}, ["a", "b"], True),
        ({"chair": "a"}, ["a"], True),
        ({"chair": "a", "secretary": "b"}, ["a", "b", "c"], None),
        ({"chair": "a", "secretary": None}, ["a", "b"], None),
        ({}, ["a"], None),
    ],
)
def test_a_committee(
    unison: unioncore.Rulebook,
    officers: dict[str, str | None],
    employers: list[str],
    expected: bool | None,
) -> None:
    found = committee_representative(unison, officers, employers, on=ON)
    assert (found.value if found.known else None) is expected
    assert found.known or found.reason
    assert not found.known or found.because[1].citations


@pytest.mark.needs_plugins
def test_where_some_employers_have_no_officer_the_branch_judges(
    unison: unioncore.Rulebook,
) -> None:
    found = committee_representative(
        unison, {"chair": "a", "secretary": "b"}, ["a", "b", "c"], on=ON
    )
    assert found.reason == (
        "no officer is from c; whether the committee represents the members of such an employer "
        "is for the branch to judge"
    )


def test_without_the_rules_of_a_union_nothing_says_whom_a_committee_represents(
    book: unioncore.Rulebook,
) -> None:
    found = committee_representative(book, {"chair": "a"}, ["a"], on=ON)
    assert not found.known
    assert "no plugin that is loaded decides" in found.reason


def test_an_officer_of_no_employer_of_the_branch_is_told(book: unioncore.Rulebook) -> None:
    with pytest.raises(UnknownName, match="council"):
        committee_representative(book, {"chair": "counsil"}, ["council"], on=ON)
