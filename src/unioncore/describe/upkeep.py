"""What a rulebook will soon not know any more, and when its sources were last looked at."""

from datetime import date, timedelta

from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.item_texts import Item, items
from unioncore.describe.sources import sourced
from unioncore.legal import Confidence
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["Horizon", "LookedAt", "horizons", "looked_at"]

_KNOWN_SO_FAR = frozenset({"calendar", "parameter", "pay scale"})
"""The kinds of items whose end may mean that what comes next is not entered yet."""


@frozen
class Horizon(Shown, shows="kind key last_day"):
    """The last day for which a calendar, a parameter or a pay scale is known."""

    kind: str
    """Such as ``calendar``."""
    key: str
    """Its key; that of a parameter is followed by its condition, where it has several."""
    plugin: str
    """The plugin that has to be kept up."""
    last_day: date
    """The last day that is known, inclusive."""

    def days_left(self, on: date) -> int:
        """Return the days from ``on`` to the last day; negative when that is past."""
        return (self.last_day - on).days


@frozen
class LookedAt(Shown, shows="instrument checked_on"):
    """A source, and the day on which somebody last read it."""

    instrument: str
    """The Act, order, agreement, rule book, policy or judgment."""
    checked_on: date
    """The day on which it was last compared with what is said; of several places, the earliest."""
    remembered: int
    """How many citations of it nobody has read."""


@checked
def horizons(rulebook: Rulebook, on: date) -> tuple[Horizon, ...]:
    """Return what is known for no longer than a day on or after ``on``, the first to end first.

    A calendar counts when it has ended too: all days are reckoned with it. A parameter or a pay
    scale that has ended may have been repealed; ``gaps`` tells what is not decided.
    """
    found = [
        Horizon(item.kind, item.key, item.plugin, end - timedelta(days=1))
        for item in items(rulebook)
        if item.kind in _KNOWN_SO_FAR and (end := _end(item)) is not None
        if end > on or item.kind == "calendar"
    ]
    return tuple(sorted(found, key=lambda each: (each.last_day, each.kind, each.key)))


def _end(item: Item) -> date | None:
    """Return the day from which an item says nothing; None where its last version is open."""
    ends = [version.period.end for version in item.versions]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def looked_at(rulebook: Rulebook) -> tuple[LookedAt, ...]:
    """Return each source that the rulebook cites, the one that was read longest ago first."""
    every: dict[str, list[tuple[date, bool]]] = {}
    for _, _, citation in sourced(rulebook):
        read = citation.confidence is not Confidence.REMEMBERED
        every.setdefault(citation.instrument, []).append((citation.checked_on, read))
    found = [
        LookedAt(instrument, min(day for day, _ in cited), sum(not read for _, read in cited))
        for instrument, cited in every.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.checked_on, each.instrument)))
