"""The units that a union is made of, and how they hang together.

A union is a matrix and not a tree. A unit has at most one parent on each axis: a branch lies in a
region and is labelled with a service group; a committee where axes cross has a parent on each.
"""

from datetime import date

from attrs import frozen

from unioncore.legal import DayRange
from unioncore.model.record import KEY, Dated, Form, Record, column

__all__ = ["Organises", "Parent", "Unit", "UnitSuccession"]


@frozen(kw_only=True)
class Unit(Dated):
    """A part of the union under one name: a branch, a region, a committee, a directorate."""

    table = "units"
    subject = ("key",)

    key: str = column("The unit's key, which outlives its names.", form=KEY)
    kind: str = column("What kind of unit it is.", words="unit_kind")
    name: str = column("The name that people read.")
    """Empty in a snapshot of a day between two rows: the unit is there, its name is not known."""
    number: str = column(
        "A branch's number.", default="", form=Form(r"[0-9]{1,6}", "1 to 6 digits, such as 2235")
    )
    branch_type: str = column(
        "For a branch: whom it takes in, by type.", default="", words="branch_type"
    )

    @property
    def called(self) -> str:
        """The name, or that it is not known on the day."""
        return self.name or f"{self.key} (name not known)"


@frozen(kw_only=True)
class Parent(Dated):
    """Under which unit a unit stands on one axis."""

    table = "parents"
    subject = ("unit", "axis")

    unit: str = column("The unit below.", refers="units")
    axis: str = column("On which axis.", words="axis")
    parent: str = column("The unit above.", refers="units")


@frozen(kw_only=True)
class UnitSuccession(Record):
    """What became of a unit that ended: it was merged, split or closed."""

    table = "unit_successions"
    subject = ("unit", "successor")

    unit: str = column("The unit that ended.", refers="units")
    successor: str = column("The unit that followed it; blank: none.", default="", refers="units")
    how: str = column("How.", choices=("merged", "split", "closed"))
    on: date | DayRange = column(
        "The first day after; or bounds such as 2003-01-01/2007-07-19, where no more is known."
    )

    def holds(self, day: date) -> bool:
        """Say whether it has surely happened by ``day``."""
        return DayRange.of(self.on).latest <= day


@frozen(kw_only=True)
class Organises(Dated):
    """Which branch organises whom; blank columns stand for everybody."""

    table = "organises"
    subject = ("branch", "employer", "workplace", "job_group")

    branch: str = column("The branch.", refers="units")
    employer: str = column("The employer.", refers="employers")
    workplace: str = column("Only this workplace.", default="", refers="workplaces")
    job_group: str = column("Only this group of staff.", default="", words="job_group")
