"""What is at hand when an entry is asked about: the rules, the records, the case and the others."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from unioncore.model import Case, Snapshot, Union
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown


@frozen(kw_only=True, slots=False)
class Asked(Shown, shows="case"):
    """The case that an entry is for, and the world that the gates may look at."""

    rulebook: Rulebook
    union: Union
    case: Case
    cases: Mapping[str, Case]
    """Every case that is open, by reference."""
    known_on: date = date.max
    """The other cases are looked at as far as they had been entered by the end of this day."""

    @cached_property
    def others(self) -> Collection[Case]:
        """Every other case that is open; most entries need none of them."""
        others = (each for key, each in self.cases.items() if key != self.case.reference)
        if self.known_on == date.max:
            return tuple(others)
        return tuple(each.known_on(self.known_on) for each in others)

    def now(self, on: date) -> Snapshot:
        """Return the union on a day."""
        return self.union.on(on)
