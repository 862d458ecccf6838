"""What is known of values before any row is read: which they can be, and when each is the one."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from unioncore.bulk.terms import ColumnTerm
from unioncore.rules import FactType
from unioncore.shown import Shown

__all__ = ["ColumnRails", "Few", "Many", "View"]


@frozen
class ColumnRails(Shown, shows=""):
    """When something is surely so, and when surely not; where neither holds it is not known."""

    true: ColumnTerm
    false: ColumnTerm


@frozen
class Few(Shown, shows=""):
    """A value that is one of a few; no two of them at once."""

    when: Mapping[Any, ColumnTerm]
    """For each value, when it is the one."""
    known: ColumnTerm
    """When it is any of them."""


@frozen
class Many(Shown, shows="type"):
    """A value that a column holds."""

    column: ColumnTerm | None
    """None where it is never known."""
    type: FactType
    counted: bool = False
    """Of a day: whether the column counts days since 1 January 1970."""


View = Few | Many
