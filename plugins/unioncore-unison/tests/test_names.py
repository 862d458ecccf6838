"""Groups and regions have had other names, each known for some days only."""

from datetime import date

import pytest

import unioncore_unison
from unioncore.legal import Timeline
from unioncore.testing.composed import alone

BOOK = alone(unioncore_unison)


def name_of(kind: str, key: str, on: date) -> str | None:
    definition = next(each for each in getattr(BOOK.definitions, kind) if each.key == key)
    version = Timeline(definition.versions).at(on)
    return None if version is None else version.name


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2003, 2, 1), "Police Support Staff"),
        (date(2005, 1, 1), "Police Staff"),
        (date(2009, 6, 17), None),
        (date(2010, 1, 1), "Police and Justice"),
        (date(2024, 8, 1), None),
        (date(2025, 1, 1), "Police, Probation and CAFCASS"),
    ],
)
def test_the_police_group_keeps_its_key_through_its_names(on: date, name: str | None) -> None:
    assert name_of("service_groups", "police-justice", on) == name


def test_thirteen_regions_became_twelve() -> None:
    def count(on: date) -> int:
        keys = [region.key for region in BOOK.definitions.regions]
        return sum(name_of("regions", key, on) is not None for key in keys)

    assert count(date(2002, 6, 1)) == 13
    assert count(date(2025, 6, 1)) == 12


def test_the_rulebook_is_unisons_own() -> None:
    assert [union.key for union in BOOK.definitions.unions if union.own] == ["unison"]
