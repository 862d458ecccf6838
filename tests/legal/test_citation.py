from datetime import UTC, date, datetime

import attrs
import pytest

from unioncore.errors import NotADay
from unioncore.legal import Citation, Confidence

POLICE_ACT = Citation(
    instrument="Police Act 1996",
    provision="section 63",
    url="https://www.legislation.gov.uk/ukpga/1996/16/section/63",
    checked_on=date(2026, 11, 25),
    confidence=Confidence.VERIFIED,
)


def test_a_citation_says_where_and_when_it_was_checked() -> None:
    assert str(POLICE_ACT) == "Police Act 1996, section 63 (checked 2026-11-25)"


def test_a_remembered_citation_says_so() -> None:
    remembered = attrs.evolve(POLICE_ACT, confidence=Confidence.REMEMBERED)
    assert str(remembered) == "Police Act 1996, section 63 (checked 2026-11-25, remembered)"


def test_a_citation_of_the_whole_instrument_has_no_provision() -> None:
    assert str(attrs.evolve(POLICE_ACT, provision="")) == "Police Act 1996 (checked 2026-11-25)"


def test_a_citation_needs_an_instrument() -> None:
    with pytest.raises(ValueError, match="instrument"):
        attrs.evolve(POLICE_ACT, instrument="")


def test_a_citation_is_checked_on_a_day_and_not_at_an_hour() -> None:
    with pytest.raises(NotADay, match=r"Citation\.checked_on"):
        attrs.evolve(POLICE_ACT, checked_on=datetime(2026, 11, 25, 9, tzinfo=UTC))
