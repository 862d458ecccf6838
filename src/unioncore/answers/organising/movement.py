"""How the membership of a branch moves in a year."""

from fractions import Fraction

from attrs import frozen

from unioncore.answers.checked import checked
from unioncore.answers.together import Answers
from unioncore.errors import BadFacts, Problem

__all__ = ["Movement", "movement"]


@frozen
class Movement(Answers, shows="net_change average joiner_rate leaver_rate"):
    """How the membership of a branch moved in a year."""

    net_change: int | None
    average: Fraction | None
    """The mean of the membership at the start and at the end: what the rates are shares of."""
    joiner_rate: Fraction | None
    leaver_rate: Fraction | None


@checked
def movement(
    *, at_start: int | None, at_end: int | None, joiners: int | None, leavers: int | None
) -> Movement:
    """Return the movement of a year; None stands for what is not known.

    Raises:
        BadFacts: when a count is negative, or the four do not add up.
    """
    net = joiners - leavers if joiners is not None and leavers is not None else None
    if net is None and at_start is not None and at_end is not None:
        net = at_end - at_start
    elif at_start is not None and at_end is not None and at_end - at_start != net:
        said = f"{at_start} at the start, with those who joined and without those who left"
        raise BadFacts((Problem("at_end", said),))
    if at_start is None and at_end is not None and net is not None:
        at_start = at_end - net
    if at_end is None and at_start is not None and net is not None:
        at_end = at_start + net
    average = (
        Fraction(at_start + at_end, 2) if at_start is not None and at_end is not None else None
    )

    def rate(count: int | None) -> Fraction | None:
        return Fraction(count) / average if count is not None and average else None

    return Movement(net, average, rate(joiners), rate(leavers))
