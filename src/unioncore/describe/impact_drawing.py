"""What a change of the rules does, as bars."""

from unioncore.answers import AnswerMove, Impact
from unioncore.checked import checked
from unioncore.describe.plots import bar_plot

__all__ = ["impact_plot"]

_MOST = 30
"""How many bars there are at most."""


@checked
def impact_plot(found: Impact) -> str:
    """Return how many members' answers become which others, as SVG that can stand in a page.

    Changes by several rules from one answer to another are one bar; suppressed numbers have none,
    and the plot says so.

    Raises:
        ValueError: when there is no number to draw.
    """
    bars: dict[str, int] = {}
    for fact in found.facts:
        for move in fact.moves:
            if move.members:
                name = f"{fact.fact}: {_said(move)}"
                bars[name] = bars.get(name, 0) + move.members
    if not bars:
        raise ValueError("no answer changes, or every number is suppressed; there is no plot")
    most = sorted(bars.items(), key=lambda bar: -bar[1])
    rest = sum(count for _, count in most[_MOST:])
    rows = [*most[:_MOST], *([("further changes", rest)] if rest else [])]
    every = (move for fact in found.facts for move in fact.moves)
    left_out = any(move.members is None for move in every) or any(
        fact.withheld for fact in found.facts
    )
    unit = "members; suppressed numbers are left out" if left_out else "members"
    return bar_plot(rows, title="Answers that change", unit=unit)


def _said(move: AnswerMove) -> str:
    return f"{move.before} to {move.after}"
