"""What an offer costs: staged or at once, in full or in part, beside other offers."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import Offer, Rise, Rounding, compare_offers, offer_cost
from unioncore.errors import BadFacts, NotKnown, UnknownName
from unioncore.legal import Period
from unioncore.model import PayRound

DAY = date(2024, 4, 1)
YEAR = Period(DAY, date(2025, 4, 1))


def percent(text: str, **more: Any) -> Rise:
    return Rise(percent=Decimal(text), **more)


def test_the_greater_of_a_percentage_and_a_sum() -> None:
    # 2.2% or £400, whichever is greater: 2.2% of £15,000 is £330, of £20,000 it is £440.
    offer = Offer((Rise(percent=Decimal("2.2"), at_least=Decimal(400)),))
    spine = {"7": Decimal(15000), "20": Decimal(20000)}
    cost = offer_cost(spine, {"7": 3, "20": 2}, offer)
    assert cost.by_grade == {"7": Decimal(1200), "20": Decimal(880)}
    assert (cost.total, cost.bill) == (Decimal(2080), Decimal(85000))
    assert cost.percent == Decimal("2.45")


def test_a_flat_rise_is_worth_most_to_the_lowest_paid() -> None:
    # UNISON said in November 2022 that £1,925 was 10.5% for the lowest paid, then on £18,333.
    cost = offer_cost({"1": Decimal(18333)}, {"1": 1}, Offer((Rise(flat=Decimal(1925)),)))
    assert cost.percent == Decimal("10.50")
    figures = {"inflation": Decimal("11.80"), "an award": Decimal("10.5")}
    assert cost.beside(figures) == {"inflation": Decimal("-1.30"), "an award": Decimal("0.00")}


def test_two_years_compound() -> None:
    # The Scottish councils' offer of July 2025: 4% and then 3.5%, together 7.64%.
    first, second = (Offer((Rise(percent=Decimal(each)),)) for each in ("4", "3.5"))
    (after,) = first.stages({"1": Decimal(100)})
    (last,) = second.stages(after.pay)
    assert last.pay == {"1": Decimal("107.64")}


def test_each_group_of_points_has_its_own_rise() -> None:
    # £1,290 on points 2 to 43 and 2.50% above, as in 2024.
    offer = Offer((Rise(("2-43",), flat=Decimal(1290)), Rise(percent=Decimal("2.5"))))
    (after,) = offer.stages({"2": Decimal(22366), "44": Decimal(52000)})
    assert after.pay == {"2": Decimal(23656), "44": Decimal(53300)}
    (after,) = Offer((Rise(("1",), flat=Decimal(5)),)).stages({"2": Decimal(100)})
    assert after.pay == {"2": Decimal(100)}


def test_a_point_in_two_grades_counts_once_in_the_total() -> None:
    spine = {"1": Decimal(100), "2": Decimal(200), "3": Decimal(300)}
    offer = Offer((Rise(flat=Decimal(10)),))
    grades = {"A": ("1", "2"), "B": ("2",)}
    cost = offer_cost(spine, {"1": 1, "2": 1, "3": 1}, offer, grades=grades)
    assert cost.by_grade == {"A": Decimal(20), "B": Decimal(10)}
    assert (cost.total, cost.bill) == (Decimal(30), Decimal(600))  # whoever is on no grade, too


def test_nobody_costs_nothing_and_a_slip_in_a_point_is_told() -> None:
    cost = offer_cost({"1": Decimal(100)}, {}, Offer((Rise(flat=Decimal(10)),)))
    assert (cost.total, cost.percent) == (Decimal(0), None)
    assert cost.beside({"inflation": Decimal(3)}) == {"inflation": None}
    for heads, offer, grades in (
        ({"2": 1}, Offer(()), None),
        ({}, Offer((Rise(("2",)),)), None),
        ({}, Offer(()), {"A": ("2",)}),
    ):
        with pytest.raises(UnknownName, match="point of the spine"):
            offer_cost({"1": Decimal(100)}, heads, offer, grades=grades)


@pytest.mark.parametrize("people", [-1, 1.5, "2", True])
def test_so_many_people_cannot_stand_on_a_point(people: Any) -> None:
    with pytest.raises(BadFacts, match=r"heads\.1: expected a whole number, zero or more"):
        offer_cost({"1": Decimal(100)}, {"1": people}, Offer(()))


MONEY = st.decimals(0, 99999, places=2)
POINTS = ("1", "2", "3")
SPINES = st.fixed_dictionaries({point: MONEY for point in POINTS})
HEADS = st.dictionaries(st.sampled_from(POINTS), st.integers(0, 50))
RISES = st.builds(
    Rise,
    points=st.sets(st.sampled_from(POINTS)).map(lambda found: tuple(sorted(found))),
    percent=st.decimals(0, 20, places=2),
    flat=MONEY,
    at_least=st.none() | MONEY,
)


def apart(rises: list[Rise]) -> Offer:
    """Return an offer in which no two rises are for one point on one day."""
    return Offer(
        tuple(attrs.evolve(each, start=DAY + timedelta(at)) for at, each in enumerate(rises))
    )


OFFERS = st.lists(RISES, max_size=3).map(apart)


@given(SPINES, HEADS, OFFERS, st.permutations(POINTS))
def test_a_cost_is_whole_pence_whatever_the_order(
    spine: dict[str, Decimal], heads: dict[str, int], offer: Offer, order: list[str]
) -> None:
    cost = offer_cost(spine, heads, offer)
    for sum_ in (cost.total, cost.bill, *cost.by_grade.values()):
        assert sum_ * 100 == int(sum_ * 100)
    assert cost.total == sum(cost.by_grade.values())
    turned = {point: heads[point] for point in order if point in heads}
    assert offer_cost({point: spine[point] for point in order}, turned, offer) == cost


@given(SPINES, HEADS, HEADS, OFFERS)
def test_a_cost_adds_up_over_people(
    spine: dict[str, Decimal], some: dict[str, int], others: dict[str, int], offer: Offer
) -> None:
    both = {point: some.get(point, 0) + others.get(point, 0) for point in POINTS}
    parts = [offer_cost(spine, heads, offer) for heads in (some, others)]
    whole = offer_cost(spine, both, offer)
    assert whole.total == sum(part.total for part in parts)
    assert whole.bill == sum(part.bill for part in parts)


# -- rounding --------------------------------------------------------------------------------------


def test_a_spine_in_whole_pounds_stays_in_whole_pounds() -> None:
    # The NJC's point 3 went from £24,027 to £24,796 in 2025, by 3.20%: £769, and not £768.86.
    cost = offer_cost({"3": Decimal(24027)}, {"3": 1000}, Offer((percent("3.20"),)))
    assert cost.total == Decimal(769000)
    in_pence = offer_cost({"3": Decimal("24027.50")}, {"3": 1}, Offer((percent("3.20"),)))
    assert in_pence.total == Decimal("768.88")
    asked = offer_cost(
        {"3": Decimal(24027)}, {"3": 1}, Offer((percent("3.20"),)), rounding=Rounding()
    )
    assert asked.total == Decimal("768.86")


def test_the_police_staff_council_rounds_up_to_a_multiple_of_three() -> None:
    up = Rounding(Decimal(3), up=True)
    assert up.of(Decimal("16475.04")) == 16476
    assert up.of(Decimal(16476)) == 16476
    assert up.of(Decimal("16476.01")) == 16479


@given(st.decimals(1, 99999, places=4), st.sampled_from(["0.01", "1", "3"]), st.booleans())
def test_a_rounded_sum_is_a_step_and_near(exact: Decimal, to: str, up: bool) -> None:
    step = Decimal(to)
    found = Rounding(step, up=up).of(exact)
    assert found % step == 0
    assert (0 <= found - exact < step) if up else abs(found - exact) * 2 <= step
    assert Rounding(step, up=up).of(found) == found


# -- stages, and what is paid once -----------------------------------------------------------------


def test_a_staged_round_of_the_police_staff_council() -> None:
    # £250 on points 7 to 18 from September 2021, then 2.1% for seventeen months from April 2022.
    rises = (
        Rise(("7-18",), flat=Decimal(250), start=date(2021, 9, 1)),
        percent("2.1", points=("7-45",), start=date(2022, 4, 1)),
    )
    offer = Offer(rises, Period(date(2021, 9, 1), date(2023, 9, 1)))
    rounding = Rounding(Decimal(3), up=True)
    first, second = offer.stages({"7": Decimal(18000), "19": Decimal(24000)}, rounding)
    assert first.pay == {"7": 18252, "19": 24000}  # 18,250, up to a multiple of three
    assert second.pay == {"7": 18636, "19": 24504}  # 18,635.292 and 24,504
    cost = offer_cost({"7": Decimal(18000)}, {"7": 10}, offer, rounding=rounding)
    assert cost.from_day == {date(2021, 9, 1): 2520, date(2022, 4, 1): 6360}
    assert (cost.total, cost.percent, cost.years) == (6360, Decimal("3.53"), 2)
    assert cost.in_all == Decimal(2520) * 7 / 12 + Decimal(6360) * 17 / 12
    assert cost.yearly == Decimal("1.75")  # 1.0175 squared is 1.0353


def test_what_comes_after_the_time_of_an_offer_costs_nothing_in_it() -> None:
    # The NJC's point 1 was deleted on the day on which the next round began.
    after = Rise(("1",), deleted=True, moves_to="2", start=date(2026, 4, 1))
    offer = Offer((Rise(flat=Decimal(100), start=DAY), after), YEAR)
    cost = offer_cost({"1": Decimal(20000), "2": Decimal(20500)}, {"1": 1}, offer)
    assert (cost.in_all, cost.total) == (100, 600)


def test_what_is_paid_once_is_paid_on_the_pay_of_the_day_before() -> None:
    # The Police Staff Council in 2017: 1%, and 1% of the rates of the year before, paid once.
    offer = Offer((percent("1.0", start=DAY), percent("1.0", start=DAY, once=True)), YEAR)
    cost = offer_cost({"9": Decimal(20000)}, {"9": 3}, offer)
    assert (cost.total, cost.once, cost.in_all) == (600, 600, 1200)
    assert cost.percent == Decimal("1.00")  # what is paid once is no part of later pay


def test_part_timers_get_their_share_or_the_whole_sum() -> None:
    spine, half = {"1": Decimal(20000)}, {"1": Decimal("0.5")}
    shared = offer_cost(spine, half, Offer((Rise(flat=Decimal(250), once=True),)))
    assert shared.once == 125
    whole = Offer((Rise(flat=Decimal(250), once=True, per_head=True),))
    assert offer_cost(spine, half, whole, people={"1": 1}).once == 250
    assert offer_cost(spine, {"1": 2}, whole).once == 500
    with pytest.raises(BadFacts, match="people: expected how many people are on each point"):
        offer_cost(spine, half, whole)
    with pytest.raises(BadFacts, match=r"people\.1: expected a whole number"):
        offer_cost(spine, half, whole, people={"1": -1})


def test_full_time_equivalents_come_out_in_whole_pence() -> None:
    cost = offer_cost({"1": Decimal(24027)}, {"1": Decimal("0.6")}, Offer((percent("3.2"),)))
    assert str(cost.total) == "461.40"
    assert str(cost.bill) == "14416.20"


def test_what_employers_pay_on_top_is_given_and_said_apart() -> None:
    rates = {"pension": Decimal("20.5"), "national insurance": Decimal(15)}
    offer = Offer((Rise(flat=Decimal(1000), start=DAY),), YEAR)
    cost = offer_cost({"1": Decimal(20000)}, {"1": 2}, offer, on_costs=rates)
    assert cost.on_costs == {"pension": 410, "national insurance": 300}
    assert cost.with_on_costs(cost.total) == 2710
    assert cost.total == 2000


def test_those_on_a_deleted_point_are_paid_as_where_they_move() -> None:
    spine = {"1": Decimal(20000), "2": Decimal(20500)}
    gone = Rise(("1",), deleted=True, moves_to="2", start=DAY)
    offer = Offer((gone, Rise(("2",), flat=Decimal(100), start=DAY)))
    assert offer_cost(spine, {"1": 1}, offer).total == 600
    with pytest.raises(NotKnown, match="where those on point 1 move"):
        offer_cost(spine, {"1": 1}, Offer((attrs.evolve(gone, moves_to=""),)))


def test_an_edge_that_an_award_leaves_open_is_not_known() -> None:
    # Scottish councils in 2022: £2,000 up to £20,500, and £1,925 from there to £39,000.
    low, high = Decimal(20500), Decimal(39000)
    offer = Offer(
        (Rise(flat=Decimal(2000), pay_to=low), Rise(flat=Decimal(1925), pay_from=low, pay_to=high))
    )
    spine = {"a": Decimal(20499), "b": low, "c": Decimal(20501)}
    (after,) = offer.stages(spine)
    assert after.pay == {"a": 22499, "c": 22426}
    assert "differ" in after.not_known["b"]
    assert offer_cost(spine, {"a": 1, "c": 1}, offer).total == 3925
    with pytest.raises(NotKnown, match="several rises"):
        offer_cost(spine, {"b": 1}, offer)


def test_what_nobody_knows_of_a_rise_is_not_taken_for_nothing() -> None:
    offer = Offer((Rise(("1",), not_known="it was not published"), percent("2")))
    assert offer_cost({"1": Decimal(100), "2": Decimal(100)}, {"2": 1}, offer).total == 2
    with pytest.raises(NotKnown, match="it was not published"):
        offer_cost({"1": Decimal(100)}, {"1": 1}, offer)


def test_a_floor_and_a_cap_on_a_percentage() -> None:
    # The health service in Scotland in 2023: 6.5%, at least £1,548 and at most £3,755.
    rise = percent("6.5", at_least=Decimal(1548), at_most=Decimal(3755))
    assert [rise.more(Decimal(each)) for each in (20000, 40000, 80000)] == [1548, 2600, 3755]


@pytest.mark.needs_plugins
def test_a_recorded_round_is_an_offer() -> None:
    rounds = everything().named(PayRound)
    both = rounds["njc-2023"].offer.then(rounds["njc-2024"].offer)
    cost = offer_cost({"2": Decimal(20441)}, {"2": 100}, both)
    assert cost.total == 100 * (1925 + 1290)
    assert cost.years == 2
    assert offer_cost({"1": Decimal(22000)}, {"1": 1}, rounds["prob-2021"].offer).total == 250
    assert offer_cost({"1": Decimal(24000)}, {"1": 1}, rounds["prob-2021"].offer).total == 0


# -- beside one another ----------------------------------------------------------------------------


def test_offers_of_different_length_are_compared_by_the_year() -> None:
    spine, heads = {"1": Decimal(100000)}, {"1": 1}
    two = Offer(
        (percent("4", start=date(2025, 4, 1)), percent("3.5", start=date(2026, 4, 1))),
        Period(date(2025, 4, 1), date(2027, 4, 1)),
    )
    one = Offer(
        (percent("3.20", start=date(2025, 4, 1)),), Period(date(2025, 4, 1), date(2026, 4, 1))
    )
    costs = {name: offer_cost(spine, heads, each) for name, each in (("two", two), ("one", one))}
    prices = {"CPI": [Decimal(2), Decimal(4)]}
    long, short = compare_offers(costs, prices)
    assert (long.percent, long.years) == (Decimal("7.64"), Fraction(2))
    assert (long.yearly, short.yearly) == (Decimal("3.75"), Decimal("3.20"))
    # 1.02 by 1.04 is 1.0608: 3.00 a year to two places, from 2.995.
    assert long.above == {"CPI": Decimal("0.75")}
    assert short.above == {"CPI": Decimal("0.20")}
    with pytest.raises(BadFacts, match=r"figures\.CPI"):
        compare_offers(costs, {"CPI": []})


def test_how_long_an_offer_lasts_is_not_guessed() -> None:
    cost = offer_cost({"1": Decimal(100)}, {"1": 1}, Offer((percent("3"),)))
    (found,) = compare_offers({"an offer": cost}, {"CPI": [Decimal(2)]})
    assert (found.years, found.yearly, cost.in_all) == (None, None, None)
    assert found.above == {"CPI": None}
