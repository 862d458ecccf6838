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

    Changes by several rules from one answer to another are one bar; suppressed numbers have none.

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
    return bar_plot(rows, title="Answers that change", unit="members")


def _said(move: AnswerMove) -> str:
    return f"{move.before} to {move.after}"
