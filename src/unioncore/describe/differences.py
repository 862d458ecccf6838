"""What a rulebook says differently on two days."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.item_texts import Item, ItemVersion, items
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["Change", "diff"]


@frozen
class Change(Shown, shows="kind key plugin"):
    """One difference between two days."""

    kind: str
    """``begun``, ``ended`` or ``replaced``."""
    key: str
    plugin: str
    decides: str
    before: ItemVersion | None
    """What it said; None for what has begun."""
    after: ItemVersion | None
    """What it says; None for what has ended."""


@checked
def diff(rulebook: Rulebook, first: date, second: date) -> tuple[Change, ...]:
    """Return what the rulebook says differently on two days, as seen from the first of them.

    A version that came and went between the two days has both begun and ended.
    """
    return tuple(change for item in items(rulebook) for change in _changes(item, first, second))


def _changes(item: Item, first: date, second: date) -> Iterator[Change]:
    before, after = item.at(first), item.at(second)

    def change(kind: str, then: ItemVersion | None, now: ItemVersion | None) -> Change:
        return Change(kind, item.key, item.plugin, item.decides, then, now)

    if before != after:
        kind = "begun" if before is None else "ended" if after is None else "replaced"
        yield change(kind, before, after)
    earlier, later = min(first, second), max(first, second)
    for version in item.versions:
        start, end = version.period.start, version.period.end
        if start is not None and end is not None and earlier < start and end <= later:
            yield change("begun", None, version)
            yield change("ended", version, None)
