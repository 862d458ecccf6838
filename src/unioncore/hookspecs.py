"""Every extension point, and the two markers.

A plugin is any object with some of these hooks, marked ``@hookimpl``. Each hook takes nothing, is
called once, at composition, and returns an iterable of frozen definitions of one kind. What order
plugins come in never matters.
"""

from collections.abc import Iterable, Mapping

import pluggy
from attrs import frozen

from unioncore.errors import Fault
from unioncore.legal import WorkingDayCalendar
from unioncore.model import (
    Body,
    Branch,
    BranchType,
    CaseType,
    OfficeRole,
    PayRound,
    Region,
    ServiceGroup,
    TradeUnion,
)
from unioncore.rulebook import Origin
from unioncore.rules import (
    Fact,
    Impossible,
    Measure,
    Parameter,
    Predicate,
    Requirement,
    Rule,
    Table,
    Word,
)
from unioncore.shown import Shown

__all__ = ["About", "Hooks", "hookimpl", "hookspec"]

hookspec = pluggy.HookspecMarker("unioncore")
hookimpl = pluggy.HookimplMarker("unioncore")


@frozen
class About(Shown, shows="prefix requires"):
    """What composition must know of a plugin before its definitions."""

    prefix: str
    """Keys of its rules, tables, parameters and the like start with this and a full stop."""
    requires: tuple[str, ...] = ()
    """Plugins whose definitions it refers to; they are loaded with it."""


class Hooks:
    """The hooks. A definition's class says what each part of it means."""

    @hookspec(firstresult=True)
    def unioncore_about(self) -> About | None:
        """Return the plugin's prefix and what it requires. Every plugin has this hook."""

    @hookspec
    def unioncore_faults(self) -> Iterable[Fault]:
        """Return what was found wrong while the plugin read its own files."""
        return ()

    @hookspec
    def unioncore_origins(self) -> Mapping[tuple[str, str], Origin]:
        """Return the file, and the path in it, where each kind and key is defined."""
        return {}

    @hookspec
    def unioncore_facts(self) -> Iterable[Fact]:
        """Return the facts that the plugin's rules ask about or decide."""
        return ()

    @hookspec
    def unioncore_words(self) -> Iterable[Word]:
        """Return words of shared vocabularies, such as employer kinds and job groups."""
        return ()

    @hookspec
    def unioncore_rules(self) -> Iterable[Rule]:
        """Return rules that decide derived facts."""
        return ()

    @hookspec
    def unioncore_tables(self) -> Iterable[Table]:
        """Return dated reference tables."""
        return ()

    @hookspec
    def unioncore_parameters(self) -> Iterable[Parameter]:
        """Return dated values."""
        return ()

    @hookspec
    def unioncore_requirements(self) -> Iterable[Requirement]:
        """Return tests that are met, not met or not required."""
        return ()

    @hookspec
    def unioncore_measures(self) -> Iterable[Measure]:
        """Return measures over collections."""
        return ()

    @hookspec
    def unioncore_predicates(self) -> Iterable[Predicate]:
        """Return cited Python functions that conditions may call."""
        return ()

    @hookspec
    def unioncore_impossible(self) -> Iterable[Impossible]:
        """Return combinations of facts that nobody can have."""
        return ()

    @hookspec
    def unioncore_unions(self) -> Iterable[TradeUnion]:
        """Return trade unions: the rulebook's own, and those that sit beside it."""
        return ()

    @hookspec
    def unioncore_service_groups(self) -> Iterable[ServiceGroup]:
        """Return service groups with their dated names."""
        return ()

    @hookspec
    def unioncore_regions(self) -> Iterable[Region]:
        """Return regions with their dated names."""
        return ()

    @hookspec
    def unioncore_branch_types(self) -> Iterable[BranchType]:
        """Return kinds of branches and whom they take in."""
        return ()

    @hookspec
    def unioncore_branches(self) -> Iterable[Branch]:
        """Return the branches that rules name."""
        return ()

    @hookspec
    def unioncore_bodies(self) -> Iterable[Body]:
        """Return negotiating, consultative, advisory and review bodies, committees and forums."""
        return ()

    @hookspec
    def unioncore_office_roles(self) -> Iterable[OfficeRole]:
        """Return kinds of offices and posts."""
        return ()

    @hookspec
    def unioncore_case_types(self) -> Iterable[CaseType]:
        """Return kinds of cases, each with its procedure and clocks."""
        return ()

    @hookspec
    def unioncore_pay_rounds(self) -> Iterable[PayRound]:
        """Return pay rounds as they are recorded."""
        return ()

    @hookspec
    def unioncore_calendars(self) -> Iterable[WorkingDayCalendar]:
        """Return calendars of working days."""
        return ()
