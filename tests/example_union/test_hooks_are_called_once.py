"""Plugins are asked while a rulebook is composed, and never again for a member."""

from importlib import resources

import pluggy
import pytest

import unioncore
from unioncore import Rulebook
from unioncore.answers import member, placements
from unioncore.model import Membership, Snapshot
from unioncore.records import member_facts, read_union

pytestmark = [pytest.mark.needs_plugins, pytest.mark.slow]
FEW = 5
"""How many are explained, which takes longest."""


def test_no_hook_is_called_in_a_loop_over_members(
    rulebook: Rulebook, now: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    call = pluggy.HookCaller.__call__

    def counted(hook: pluggy.HookCaller, **given: object) -> object:
        calls.append(hook.name)
        return call(hook, **given)

    monkeypatch.setattr(pluggy.HookCaller, "__call__", counted)
    unioncore.compose(discover=False)
    assert calls
    calls.clear()
    present = [row.person for row in now.union.every(Membership) if row.holds(now.day)]
    read_union(resources.files("unioncore_unison") / "example_union", rulebook)
    for person in present[:FEW]:
        assert member(rulebook, now, person)
    facts = [member_facts(rulebook, now, person) for person in present]
    assert len(placements(rulebook, facts, on=now.day)) == len(facts)
    assert calls == []
