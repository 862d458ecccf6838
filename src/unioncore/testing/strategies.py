"""Random people for property tests of a rulebook; needs hypothesis."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Fact, FactType
from unioncore.rules.mentions import mentioned, with_neighbours

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["days", "facts"]

_ONE_DAY = timedelta(days=1)


def facts(rulebook: Rulebook) -> "SearchStrategy[dict[str, Any]]":
    """Return recorded facts of one person, any of which may be left out.

    Values are drawn from what the rulebook speaks of: declared words, keys of tables, and literals
    that conditions compare a fact with, each beside values that no rule mentions.
    """
    from hypothesis import strategies as st

    said = _said(rulebook)
    recorded = [
        fact
        for fact in rulebook.rules.facts.values()
        if fact.subject == "person" and not fact.derived and fact.key != ON
    ]
    values = {fact.key: _values(rulebook, fact, said[fact.key]) for fact in recorded}
    return st.fixed_dictionaries(
        {}, optional={key: value for key, value in values.items() if value is not None}
    )


def days(rulebook: Rulebook) -> "SearchStrategy[date]":
    """Return days on both sides of every day on which something in the rulebook changes."""
    from hypothesis import strategies as st

    periods = [version.period for rule in rulebook.rules.rules for version in rule.versions]
    periods += [row.period for table in rulebook.rules.tables for row in table.rows]
    turns = {day for period in periods for day in (period.start, period.end) if day is not None}
    near = sorted(turns | {day - _ONE_DAY for day in turns})
    anywhen = st.dates(date(1990, 1, 1), date(2030, 1, 1))
    return st.one_of(st.sampled_from(near), anywhen) if near else anywhen


def _values(rulebook: Rulebook, fact: Fact, said: set[Any]) -> "SearchStrategy[Any] | None":
    from hypothesis import strategies as st

    near = with_neighbours(fact.type, said)
    words = sorted(rulebook.rules.names_of(fact))
    match fact.type:
        case FactType.CHOICE:
            return st.sampled_from(words) if words else None
        case FactType.SET:
            return st.frozensets(st.sampled_from(words)) if words else st.just(frozenset())
        case FactType.YES_NO:
            return st.booleans()
        case FactType.TEXT:
            return st.sampled_from([*near, "something else"])
        case FactType.WHOLE:
            whole = st.integers(1 - 10**12, 10**12 - 1)
            return st.one_of(st.sampled_from(near), whole) if near else whole
        case FactType.MONEY:
            return st.sampled_from([*near, Decimal("0.01"), Decimal(1000000)])
        case FactType.DAY:
            turns = days(rulebook)
            return st.one_of(st.sampled_from(near), turns) if near else turns
    return None


def _said(rulebook: Rulebook) -> defaultdict[str, set[Any]]:
    """Return, for each fact, the values that conditions and tables compare it with."""
    deciders = rulebook.rules.deciders.values()
    found = mentioned(chain.from_iterable(decider.reads() for decider in deciders))
    for table in rulebook.rules.tables:
        found[table.by].update(key for row in table.rows for key in row.keys)
    return found
