"""What is at hand when an entry is asked about: the rules, the records, the case and the others."""

from collections.abc import Collection
from datetime import date

from attrs import frozen

from unioncore.model import Case, Snapshot, Union
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown


@frozen
class Asked(Shown, shows="case"):
    """The case that an entry is for, and the world that the gates may look at."""

    rulebook: Rulebook
    union: Union
    case: Case
    others: Collection[Case]
    """Every other case that is open."""

    def now(self, on: date) -> Snapshot:
        """Return the union on a day."""
        return self.union.on(on)
