"""How numbers changed over time: a parameter, or the pay of a scale, as text or as a plot."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median_low

from attrs import frozen

from unioncore.answers import UnitMovement
from unioncore.answers.bodies.pay import scales_of
from unioncore.checked import checked
from unioncore.describe.axes import Number
from unioncore.describe.item_texts import capital
from unioncore.describe.pages import in_words
from unioncore.describe.plots import amount, step_plot
from unioncore.errors import CannotBe
from unioncore.legal import Period, Timeline
from unioncore.model import PayScale
from unioncore.rulebook import Rulebook
from unioncore.rules import FactType, Named, Parameter, Prose, series
from unioncore.rules.condition import TRUE
from unioncore.shown import Shown

__all__ = ["HISTORY_FORMATS", "History", "members_history", "parameter_history", "pay_history"]


@frozen
class History(Shown, shows="lines"):
    """The values of something over time, as one series or several."""

    title: str
    unit: str
    """What stands behind the numbers."""
    lines: Mapping[str, Sequence[tuple[Period, Number]]]
    """The values of each series by its name, in order; on other days they are not known."""

    def drawn(self, style: str = "text", *, until: date | None = None) -> str:
        """Return it as ``text``, or as ``svg`` that can stand in a page.

        Args:
            style: one of ``HISTORY_FORMATS``.
            until: a day to which a plot reaches at least, where the last period has no end.

        Raises:
            UnknownName: when there is no such style.
        """
        return HISTORY_FORMATS[style](self, until)


@checked
def members_history(found: UnitMovement) -> History:
    """Return how many members a unit had, from the eve of a period to its last day."""
    days = [day for day, _ in found.over_time]
    ends = (*days[1:], found.end + timedelta(days=1))
    steps = [
        (Period(day, end), count)
        for (day, count), end in zip(found.over_time, ends, strict=True)
        if day < end
    ]
    return History(f"Members of {found.name}", "members", {"": steps})


@checked
def parameter_history(rulebook: Rulebook, key: str) -> History:
    """Return the dated values of a parameter: a series for each condition that they are under.

    Raises:
        UnknownName: when there is no such parameter.
        CannotBe: when its values are no numbers.
    """
    found, prose = rulebook.named(Parameter)[key], Prose(rulebook.rules)
    lines: dict[str, list[tuple[Period, Number]]] = {}
    for version in found.versions:
        value = version.value.value
        if found.type not in (FactType.WHOLE, FactType.MONEY) or isinstance(value, str | date):
            raise CannotBe(f"{key} is no number, and is not drawn")
        name = found.label if version.when == TRUE else prose.condition(version.when)
        lines.setdefault(name, []).append((version.period, value))
    for steps in lines.values():
        steps.sort(key=lambda each: each[0].start or date.min)
    return History(capital(found.label), found.unit, lines)


@checked
def pay_history(rulebook: Rulebook, body: str) -> History:
    """Return what the lowest, the middle and the highest point of a pay scale paid, by its tables.

    Where a table is not complete it is not known which they are. Then it is the pay of the points
    that are these in the last table.

    Args:
        rulebook: holds the scale.
        body: the key of a body whose rounds move one scale, or of a scale.

    Raises:
        UnknownName: when there is no such body or scale.
        CannotBe: when the body has no scale, or several.
    """
    scales = scales_of(rulebook, body)
    if len(scales) != 1:
        every = series(each.key for each in scales)
        raise CannotBe(
            f"{body} has several pay scales; name one of {every}"
            if scales
            else f"no pay scale of {body} is recorded"
        )
    (scale,) = scales
    return History(capital(scale.name), f"pounds {scale.unit}", _pay(scale))


_Steps = list[tuple[Period, Number]]


def _pay(scale: PayScale) -> dict[str, _Steps]:
    tables = Timeline(scale.versions).versions
    spines = [(table.period, table.spine) for table in tables]
    last = spines[-1][1]
    if len(last) > 1 and all(table.complete for table in tables):
        sums = [(period, sorted(spine.values())) for period, spine in spines]
        return {
            "lowest": [(period, pay[0]) for period, pay in sums],
            "middle": [(period, median_low(pay)) for period, pay in sums],
            "highest": [(period, pay[-1]) for period, pay in sums],
        }
    points = sorted(last, key=last.__getitem__)
    chosen = dict.fromkeys((points[0], points[(len(points) - 1) // 2], points[-1]))
    return {
        f"point {point}": [(period, spine[point]) for period, spine in spines if point in spine]
        for point in chosen
    }


def _text(history: History, until: date | None) -> str:
    """Write it as lines; ``until`` is for plots."""
    lines = [f"{history.title}, in {history.unit}" if history.unit else history.title]
    for name, steps in history.lines.items():
        if len(history.lines) > 1:
            lines.append(f"{name}:")
        for period, value in _every(steps):
            said = "not known" if value is None else amount(value)
            lines.append(f"  {in_words(period)}: {said}")
    return "\n".join(lines)


def _every(steps: Iterable[tuple[Period, Number]]) -> Iterator[tuple[Period, Number | None]]:
    """Give the periods, and those between, before and after them with None."""
    reached: date | None = None
    for period, value in steps:
        if period.start is not None and period.start != reached:
            yield Period(reached, period.start), None
        yield period, value
        reached = period.end
    if reached is not None:
        yield Period(reached), None


HISTORY_FORMATS: Mapping[str, Callable[[History, date | None], str]] = Named(
    "format",
    {
        "text": _text,
        "svg": lambda history, until: step_plot(
            history.lines, title=history.title, unit=history.unit, until=until
        ),
    },
)
"""How a history may be drawn."""
