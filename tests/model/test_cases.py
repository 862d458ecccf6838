"""A track is looked up by its key, and a slip is an error that names the nearest."""

from datetime import date

import pytest

from unioncore.errors import UnknownName
from unioncore.model import Case, Open

DAY = date(2025, 6, 2)
CASE = Case(
    reference="C",
    person="ada",
    branch="b",
    opened=DAY,
    fingerprint="",
    entries=(Open(on=DAY, by="edda", track="grievance", case_type="grievance"),),
)


def test_a_track_is_found_by_its_key() -> None:
    assert CASE.track("grievance") is CASE.tracks["grievance"]


def test_a_misspelt_track_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="no track is called 'grievence'; did you mean 'grie"):
        CASE.track("grievence")
