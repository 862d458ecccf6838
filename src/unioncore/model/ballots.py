"""Ballots: who could vote, what they voted, and when."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import attrs
from attrs import frozen

from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Jurisdiction
from unioncore.numbers import is_count
from unioncore.shown import Shown

__all__ = ["Ballot"]


_LONGEST = timedelta(days=365)
"""How long before its last day a ballot is taken to have opened at most."""


@frozen
class Ballot(Shown, shows="nation opened closed"):
    """The constituency and the result of one question in one ballot; None is not known.

    Raises:
        BadFacts: with every number that cannot be, such as more papers than people.
    """

    nation: Jurisdiction
    """Whose law governs the action."""
    opened: date | DayRange | None = None
    """The first day on which any voting paper is sent."""
    closed: date | DayRange | None = None
    """The date of the ballot: the last day on which votes may be cast."""
    statutory: bool | None = None
    """Whether it is held under the Act."""
    entitled: int | None = None
    papers_returned: int | None = None
    """Spoiled papers included."""
    yes: int | None = None
    no: int | None = None
    spoiled: int | None = None
    important_public_service: bool | None = None
    """Whether most of those entitled are normally engaged in important public services."""
    service: str | None = None
    """A word of the vocabulary ``balloted_service``."""
    devolved_welsh_authority: bool | None = None
    turnout_pct_reported: Decimal | None = None
    """The turnout as published, where the counts do not say it; taken as rounded half up."""
    yes_pct_reported: Decimal | None = None
    """The share of Yes among the votes, likewise."""

    def __attrs_post_init__(self) -> None:
        problems = tuple(self._problems())
        if problems:
            raise BadFacts(problems)

    def _problems(self) -> Iterator[Problem]:
        counts = ("entitled", "papers_returned", "yes", "no", "spoiled")
        given = {name: getattr(self, name) for name in counts}
        wrong = [name for name, each in given.items() if each is not None and not is_count(each)]
        for name in wrong:
            yield Problem(name, "a whole number, zero or more")
        if wrong:
            return
        for name in ("turnout_pct_reported", "yes_pct_reported"):
            percent = getattr(self, name)
            if percent is not None and not 0 <= percent <= 100:
                yield Problem(name, "a percentage from 0 to 100")
        parts = [part for part in (self.yes, self.no, self.spoiled) if part is not None]
        most, least = self.papers_returned, sum(parts)
        if most is not None and (least > most or (len(parts) == 3 and least != most)):
            yield Problem("papers_returned", f"the Yes, No and spoiled papers together, {least}")
        if self.entitled is not None and max(most or 0, least) > self.entitled:
            yield Problem("entitled", f"as many as voted or more, {max(most or 0, least)}")
        if self.opened is not None and self.closed is not None:
            closed = DayRange.of(self.closed).latest
            if DayRange.of(self.opened).earliest > closed:
                yield Problem("closed", "a day on or after that on which the ballot opened")

    @property
    def opening(self) -> date | DayRange:
        """The opening day, or its bounds: a ballot is taken to be open for a year at most.

        The law sets no longest time; ballots run for weeks. Where not even the closing day is
        known, any day is possible.
        """
        first, last = date.min, date.max
        if self.opened is not None:
            first, last = DayRange.of(self.opened).earliest, DayRange.of(self.opened).latest
        if self.closed is not None:
            last = min(last, DayRange.of(self.closed).latest)
        if self.is_opening_taken:
            first = (last if self.closed is None else DayRange.of(self.closed).earliest) - _LONGEST
        return last if last == first else DayRange(first, last)

    @property
    def is_opening_taken(self) -> bool:
        """Whether the first day on which it can have opened is taken from its last."""
        lower = None if self.opened is None else DayRange.of(self.opened).earliest
        upper = None if self.opened is None else DayRange.of(self.opened).latest
        bounded = self.closed is not None or upper not in (None, date.max)
        return lower in (None, date.min) and bounded

    def complete(self) -> "Ballot":
        """Return the ballot with the one count that the others leave no choice about."""
        papers, yes, no, spoiled = self.papers_returned, self.yes, self.no, self.spoiled
        match papers, yes, no, spoiled:
            case None, int(), int(), int():
                return attrs.evolve(self, papers_returned=yes + no + spoiled)
            case int(), None, int(), int():
                return attrs.evolve(self, yes=papers - no - spoiled)
            case int(), int(), None, int():
                return attrs.evolve(self, no=papers - yes - spoiled)
            case int(), int(), int(), None:
                return attrs.evolve(self, spoiled=papers - yes - no)
        return self
