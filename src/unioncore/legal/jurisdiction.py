"""The parts of the United Kingdom whose law applies."""

from enum import StrEnum
from typing import Self

import attrs
from attrs import frozen

from unioncore.errors import UnknownName, nearest

__all__ = ["Jurisdiction", "Nation"]


class Nation(StrEnum):
    """A part of the United Kingdom."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


_EW = frozenset({Nation.ENGLAND, Nation.WALES})
_GB = _EW | {Nation.SCOTLAND}
_SHORT_NAMES = {
    "ENG": frozenset({Nation.ENGLAND}),
    "WAL": frozenset({Nation.WALES}),
    "SCO": frozenset({Nation.SCOTLAND}),
    "NI": frozenset({Nation.NORTHERN_IRELAND}),
    "E&W": _EW,
    "GB": _GB,
    "UK": frozenset(Nation),
}
# The codes of ISO 3166-2:GB that differ from the short names, and the names in full.
_OTHER_NAMES = {
    "WLS": _SHORT_NAMES["WAL"],
    "SCT": _SHORT_NAMES["SCO"],
    "NIR": _SHORT_NAMES["NI"],
    "EAW": _EW,
    "GBN": _GB,
    "UKM": _SHORT_NAMES["UK"],
    "England and Wales": _EW,
    "Great Britain": _GB,
    "United Kingdom": _SHORT_NAMES["UK"],
    **{str(nation): frozenset({nation}) for nation in Nation},
}
_NAMES = _SHORT_NAMES | _OTHER_NAMES


@frozen
class Jurisdiction:
    """A set of nations, under its usual short name where there is one.

    Raises:
        ValueError: when ``nations`` is empty.
    """

    nations: frozenset[Nation] = attrs.field(validator=attrs.validators.min_len(1))
    """The nations, at least one."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a short name (``E&W``, ``GB``), a nation, or several of them between commas.

        Raises:
            UnknownName: for any other name, with the nearest that there is.
        """
        nations: frozenset[Nation] = frozenset()
        for name in text.split(","):
            if name.strip() not in _NAMES:
                raise UnknownName("jurisdiction", name.strip(), nearest(name.strip(), _NAMES))
            nations |= _NAMES[name.strip()]
        return cls(nations)

    def __contains__(self, nation: Nation) -> bool:
        return nation in self.nations

    def __str__(self) -> str:
        """Return the short name, or the short names of the nations; ``parse`` reads both."""
        for name, nations in _SHORT_NAMES.items():
            if nations == self.nations:
                return name
        return ", ".join(
            name
            for name, nations in _SHORT_NAMES.items()
            if len(nations) == 1 and nations <= self.nations
        )
