"""The built-in calendars."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import pytest

from unioncore.legal import (
    Citation,
    Confidence,
    Holiday,
    Nation,
    Period,
    WorkingDayCalendar,
)


def load_calendars() -> dict[str, WorkingDayCalendar]:
    path = files("unioncore") / "builtin" / "definitions" / "calendars.toml"
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = {source.pop("key"): source for source in text["source"]}

    def citation(given: dict[str, str]) -> Citation:
        fields = sources[given["source"]] | given
        del fields["source"]
        return Citation(**fields | {"confidence": Confidence(fields["confidence"])})

    return {
        calendar["key"]: WorkingDayCalendar(
            key=calendar["key"],
            name=calendar["name"],
            nations=frozenset(map(Nation, calendar["nations"])),
            period=Period(**calendar["period"]),
            holidays=tuple(
                Holiday(
                    name=holiday["name"],
                    days=tuple(holiday["days"]),
                    citations=tuple(map(citation, holiday["citations"])),
                )
                for holiday in calendar["holiday"]
            ),
        )
        for calendar in text["calendar"]
    }


@pytest.fixture(scope="session")
def calendars() -> Mapping[str, WorkingDayCalendar]:
    return load_calendars()
