"""What a store shows to one person: what the rules open to them, and no way to anything else."""

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from unioncore.answers import Deadline, Desk, View, seen_deadlines, view
from unioncore.shown import Shown

__all__ = ["Window"]


@frozen
class Window(Shown, shows="on roles"):
    """One person's look at the cases of a store on a day.

    A case that is closed to them looks like one that is not there.
    """

    _desk: Desk = field(repr=False, eq=False)
    person: str
    """By key; empty for whoever has none, such as an employer."""
    on: date
    roles: frozenset[str] = frozenset()
    """Further roles that no record holds, such as ``employer``."""

    def view(self, reference: str) -> View:
        """Return what they may see of a case."""
        rulebook = self._desk.rulebook
        nothing = View(viewer=self.person, on=self.on, rulebook=rulebook.fingerprint)
        if reference not in self._desk.cases:
            return nothing
        viewer = self._desk.viewer(reference, self.person, on=self.on, roles=self.roles)
        seen = view(rulebook, self._desk.case(reference), viewer, on=self.on)
        return seen if seen.compartments else nothing

    def views(self) -> Iterator[View]:
        """Give what they may see of each case, without those of which they may see nothing."""
        views = (self.view(reference) for reference in self._desk.cases)
        return (each for each in views if each.compartments)

    def deadlines(self, reference: str) -> tuple[Deadline, ...]:
        """Return the deadlines to which their view of a case entitles them."""
        seen = self.view(reference)
        if not seen.reference:
            return ()
        union, others = self._desk.union, self._desk.cases.values()
        case = self._desk.case(reference)
        settings = union.clock_settings
        return seen_deadlines(self._desk.rulebook, case, seen, settings=settings, others=others)
