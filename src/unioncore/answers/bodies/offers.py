"""What an offer costs, and how offers and rounds of any length compare."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Any

from attrs import field, frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, NotKnown, Problem, UnknownName, nearest
from unioncore.legal import Period
from unioncore.model import Offer, Rise, Rounding, Stage, is_point
from unioncore.numbers import half_up, is_count

__all__ = [
    "Cost",
    "Offer",
    "OfferBeside",
    "Rise",
    "Rounding",
    "compare_offers",
    "offer_cost",
]

_WHOLE_POUNDS = Rounding(Decimal(1))


@frozen
class Cost(Answers, shows="total bill"):
    """What an offer costs, without what employers pay on top of pay unless it says so."""

    by_grade: Mapping[str, Decimal]
    """Of each grade, a year; a point that stands in two grades counts in both."""
    total: Decimal
    """Of everybody, a year, once all its rises are in force; each point counts once."""
    bill: Decimal
    """The yearly pay of everybody before."""
    once: Decimal = Decimal(0)
    """What is paid once, and is no part of later pay."""
    from_day: Mapping[date | None, Decimal] = field(factory=dict)
    """For each day on which something rises: the cost a year from then on."""
    in_all: Decimal | None = None
    """What people get in all over the time that it lasts, by calendar months, with what is paid
    once; None where that time is not known."""
    years: Fraction | None = None
    """How long it lasts; None where that is not known."""
    rates: Mapping[str, Decimal] = field(factory=dict)
    """What employers pay on top of pay, by name, in per cent of it."""

    @property
    def percent(self) -> Decimal | None:
        """The total as a share of the bill, to two places; None where the bill is nothing."""
        return half_up(self.total * 100 / self.bill, 2) if self.bill else None

    @property
    def yearly(self) -> Decimal | None:
        """The rise for each year that gives ``percent`` when it compounds, to two places.

        None where the bill is nothing, or how long the offer lasts is not known.
        """
        if not self.bill or not self.years:
            return None
        return half_up(_yearly(1 + self.total / self.bill, self.years), 2)

    @property
    def on_costs(self) -> dict[str, Decimal]:
        """What employers pay on top of the total a year, by name, in whole pence."""
        return {name: half_up(self.total * rate / 100, 2) for name, rate in self.rates.items()}

    def with_on_costs(self, pay: Decimal) -> Decimal:
        """Return a sum of pay, such as ``in_all``, with what employers pay on top, in pence."""
        return half_up(pay * (100 + sum(self.rates.values(), Decimal(0))) / 100, 2)

    def beside(self, figures: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
        """Return how far the percentage lies above each figure, such as inflation or an award."""
        own = self.percent
        return {name: None if own is None else own - figure for name, figure in figures.items()}


def _yearly(growth: Decimal, years: Fraction) -> Decimal:
    """Return the per cent a year that make a growth, such as 1.0764, in so many years."""
    root = Decimal(years.denominator) / Decimal(years.numerator)
    return (growth**root - 1) * 100 if growth > 0 else Decimal(-100)


@checked
def offer_cost(
    spine: Mapping[str, Decimal],
    heads: Mapping[str, int | Decimal],
    offer: Offer,
    *,
    rounding: Rounding | None = None,
    grades: Mapping[str, Sequence[str]] | None = None,
    people: Mapping[str, int] | None = None,
    on_costs: Mapping[str, Decimal] | None = None,
) -> Cost:
    """Return what an offer on basic pay costs, in whole pence.

    Args:
        spine: yearly pay in pounds, in whole pence, by point.
        heads: full-time equivalents by point: whole numbers, or decimals such as
            ``Decimal("0.6")``.
        offer: the offer, such as ``offer`` of a recorded round.
        rounding: how the body rounds a point after a rise. Default: half up, to whole pounds where
            the whole spine is in whole pounds, and to the penny otherwise.
        grades: the points of each grade; default: each point is its own.
        people: how many people are on each point, for sums that everybody gets whatever their
            hours; default: as many as ``heads`` says, where that is whole.
        on_costs: what employers pay on top, by name, in per cent of pay.

    Raises:
        BadFacts: when what stands on a point is no number of people, zero or more.
        NotKnown: when it is not known what the offer gives to a point that somebody is on.
        UnknownName: when somebody is on a point that the spine does not have, or a grade or a rise
            names such a point.
    """
    _check_heads(heads, people)
    of = grades if grades is not None else {point: (point,) for point in spine}
    rises = [each for each in offer.rises if not each.of]
    named: Iterable[str] = [
        *heads,
        *(point for points in of.values() for point in points),
        *(point for rise in rises for point in rise.points if not _is_several(point, spine)),
    ]
    for point in named:
        if point not in spine:
            raise UnknownName("point of the spine", point, nearest(point, spine))
    if rounding is None:
        whole = all(pay == pay.to_integral_value() for pay in spine.values())
        rounding = _WHOLE_POUNDS if whole else Rounding()
    count = {point: Decimal(each) for point, each in heads.items()}
    more = {point: Decimal(0) for point in spine}
    once, from_day = Decimal(0), {}
    for stage in offer.stages(spine, rounding):
        more = {
            point: _pay_after(point, stage) - pay if count.get(point) else Decimal(0)
            for point, pay in spine.items()
        }
        once += sum((stage.once.get(p, Decimal(0)) * each for p, each in count.items()), Decimal(0))
        once += sum(sum_ * _people(p, heads, people) for p, sum_ in stage.per_head.items())
        from_day[stage.start] = _pence(more[p] * each for p, each in count.items())
    by_grade = {
        grade: _pence(more[point] * count.get(point, Decimal(0)) for point in points)
        for grade, points in of.items()
    }
    lasts = offer.lasts
    return Cost(
        by_grade=by_grade,
        total=_pence(more[point] * each for point, each in count.items()),
        bill=_pence(spine[point] * each for point, each in count.items()),
        once=_pence([once]),
        from_day=from_day,
        in_all=_in_all(lasts, from_day, once),
        years=None if lasts is None else _years(lasts.start, lasts.end),
        rates=dict(on_costs or {}),
    )


def _is_several(point: str, spine: Mapping[str, Decimal]) -> bool:
    """Say whether a rise names several points at once, of which the spine has one."""
    return any(each != point and is_point(each, (point,)) for each in spine)


def _pence(sums: Iterable[Decimal]) -> Decimal:
    return half_up(sum(sums, Decimal(0)), 2)


def _check_heads(heads: Mapping[str, Any], people: Mapping[str, Any] | None) -> None:
    wrong = [
        Problem(f"heads.{point}", "a whole number, zero or more, or such a Decimal")
        for point, each in heads.items()
        if not (is_count(each) or (isinstance(each, Decimal) and each.is_finite() and each >= 0))
    ]
    wrong += [
        Problem(f"people.{point}", "a whole number, zero or more")
        for point, each in (people or {}).items()
        if not is_count(each)
    ]
    if wrong:
        raise BadFacts(tuple(wrong))


def _people(
    point: str, heads: Mapping[str, int | Decimal], people: Mapping[str, int] | None
) -> Decimal:
    found = heads.get(point, 0) if people is None else people.get(point, 0)
    if found != int(found):
        said = "how many people are on each point, because a sum is for everybody whatever hours"
        raise BadFacts((Problem("people", said),))
    return Decimal(found)


def _pay_after(point: str, stage: Stage) -> Decimal:
    """Return what those who were on a point are paid after a stage, wherever they were moved."""
    why = f"it is not known where those on point {point} move, which is deleted"
    while point in stage.moved:
        point = stage.moved[point]
    if point in stage.not_known or point not in stage.pay:
        raise NotKnown("offer", stage.not_known.get(point, why))
    return stage.pay[point]


def _in_all(
    lasts: Period | None, from_day: Mapping[date | None, Decimal], once: Decimal
) -> Decimal | None:
    """Return what people get over a time: of each stage the share of its year, and what is once."""
    if lasts is None or lasts.start is None or lasts.end is None:
        return None
    days = [min(max(day or lasts.start, lasts.start), lasts.end) for day in from_day]
    ends = [min(day, lasts.end) for day in (*days[1:], lasts.end)]
    whole = Fraction(once)
    for start, end, cost in zip(days, ends, from_day.values(), strict=True):
        whole += Fraction(cost) * (_years(start, end) or 0)
    return half_up(whole, 2)


def _years(start: date | None, end: date | None) -> Fraction | None:
    """Return how long it is from one day up to another, by calendar months."""
    if start is None or end is None:
        return None
    months = [
        Fraction(day.day - 1, monthrange(day.year, day.month)[1]) + 12 * day.year + day.month
        for day in (start, end)
    ]
    return (months[1] - months[0]) / 12


@frozen
class OfferBeside(Answers, shows="name percent yearly"):
    """One of several offers or rounds, for a comparison."""

    name: str
    years: Fraction | None
    """How long it lasts; None where that is not known."""
    percent: Decimal | None
    """What it adds to the bill in all."""
    yearly: Decimal | None
    """The same for each year, compounded."""
    above: Mapping[str, Decimal | None]
    """How far the yearly rise lies above each run of figures, such as inflation, a year."""


@checked
def compare_offers(
    costs: Mapping[str, Cost], figures: Mapping[str, Sequence[Decimal]] | None = None
) -> tuple[OfferBeside, ...]:
    """Compare offers or rounds with each other, however many years each lasts.

    Each is given as the rise a year that compounds to the whole, and so is each run of figures.

    Args:
        costs: what each costs, by name, as ``offer_cost`` gives it.
        figures: for each name, such as ``CPI``, one figure in per cent for each year.

    Raises:
        BadFacts: when a run of figures is empty, or holds what is no figure.
    """
    wrong = [
        name
        for name, run in (figures or {}).items()
        if not run or not all(isinstance(each, Decimal) for each in run)
    ]
    if wrong:
        raise BadFacts(
            tuple(Problem(f"figures.{name}", "a figure for each year") for name in wrong)
        )
    runs = {
        name: half_up(
            _yearly(prod((1 + each / 100 for each in run), start=Decimal(1)), Fraction(len(run))), 2
        )
        for name, run in (figures or {}).items()
    }
    return tuple(
        OfferBeside(
            name,
            cost.years,
            cost.percent,
            cost.yearly,
            {of: None if cost.yearly is None else cost.yearly - run for of, run in runs.items()},
        )
        for name, cost in costs.items()
    )
