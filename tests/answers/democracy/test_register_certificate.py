"""Who certifies a register for a year; the worked examples hold the edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import RegisterCertificate, register_certificate
from unioncore.errors import BadFacts, UnknownName


def certificate(
    year: int, members_before: int | None = None, nation: str = "GB"
) -> RegisterCertificate:
    return register_certificate(
        core(),
        begins=date(year, 1, 1),
        ends=date(year, 12, 31),
        members_before=members_before,
        nation=nation,
    )


@given(st.integers(0, 2_000_000), st.integers(2016, 2026))
def test_more_than_ten_thousand_need_an_assurer(members: int, year: int) -> None:
    found = certificate(year, members)
    assert found.required.value is True
    assert found.assurer_required.value is (members > 10_000)
    assert found.signed_by.value == ("assurer" if members > 10_000 else "officer")
    assert found.last_day_to_send.value == date(year + 1, 5, 31)


def test_a_period_that_began_before_the_first_day_needs_none() -> None:
    """SI 2015/717, article 3(1): for periods that commence on or after 6 April 2015."""

    def required(begins: date, ends: date) -> bool | None:
        found = register_certificate(core(), begins=begins, ends=ends).required
        return found.value if found.known else None

    assert required(date(2014, 4, 5), date(2015, 4, 5)) is False
    assert required(date(2014, 4, 7), date(2015, 4, 6)) is False
    assert required(date(2015, 4, 5), date(2016, 4, 4)) is False
    assert required(date(2015, 4, 6), date(2016, 4, 5)) is True


def test_what_the_text_says_depends_on_who_signs() -> None:
    assert "assurer" not in certificate(2025, 9_999).to_text().replace("need an assurer", "")
    assert "who may not be the assurer: employee, officer" in certificate(2025, 10_001).to_text()
    assert certificate(2014).to_text().count("\n") == 0
    assert "who may be the assurer" in certificate(2025).to_text()


def test_the_register_itself_has_duties() -> None:
    assert "own-entry" in certificate(2025).duties.value
    assert not certificate(2025, nation="Northern Ireland").duties.known


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadFacts):
        certificate(2025, -1)
    with pytest.raises(UnknownName):
        certificate(2025, nation="Englund")
