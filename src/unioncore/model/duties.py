"""Occupational standards: what somebody's work consists of, and what of the library serves it."""

from collections.abc import Iterator

from attrs import field, frozen
from attrs.validators import min_len

from unioncore.legal import Citation
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = ["Duty", "OccupationalStandard"]


@frozen
class Duty(Shown, shows="name"):
    """One duty of a standard."""

    name: str = field(validator=min_len(1))
    """The duty, in a few words."""
    served_by: str
    """What the library does for it, in one sentence."""
    commands: tuple[str, ...] = field(validator=min_len(1))
    """The commands that do it, the first to try first."""


@frozen
class OccupationalStandard(Definition, shows="key version"):
    """An occupational standard with its duties; what its source shows empty stays empty."""

    key: str
    """Its reference, such as ``OCC0815``."""
    title: str
    """What the occupation is called."""
    level: int
    """The level of the work, as the standard has it."""
    version: str
    """The version of the standard."""
    reports_to: str
    """To whom somebody in the occupation reports."""
    unions: tuple[str, ...]
    """The employers behind it, as it names them."""
    soc_2020: str
    """Its groups of the Standard Occupational Classification of 2020; empty as in the source."""
    soc_group: str
    """The unit group that lists the occupation elsewhere, by its number."""
    soc_group_title: str
    """What that group is called."""
    soc_group_edition: str
    """The edition of the classification with that group; empty where the source shows none."""
    duties: tuple[Duty, ...] = field(validator=min_len(1))
    """The duties, in the order of the standard."""
    citations: tuple[Citation, ...]

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give each duty that stands twice."""
        names = [duty.name for duty in self.duties]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield f"duties[{number}].name", "stands twice"
