"""Days that are counted: a tribunal's limit and months beside dateutil, and working days.

The limit has three months, with the days of conciliation and the month after the certificate. The
sums of both sides give the same days. ``time_limit`` gives them with every reason and source, and
asks the rulebook how long the limit is; it stands beside the same sums. Months and dateutil differ
by law where the last month has no such day, so starts up to the 28th are compared. Working days
stand beside holidays. How all are timed: ``rounds``.

    python benchmarks/dates.py [ROUNDS]
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from rounds import Line, Way, asked, peer, race, same, show

import unioncore
from unioncore.legal import Duration, TimeUnit, with_clock_stopped, with_month_after_day_b

ROUNDS = 21
DAYS, FEW = 2_000, 40
ONE_DAY = timedelta(days=1)
THREE, ONE = Duration(3, TimeUnit.MONTHS), Duration(1, TimeUnit.MONTHS)

Stop = tuple[date, date, date]
"""The day from which time runs, Day A and Day B."""


def stops() -> list[Stop]:
    draw = random.Random(6)
    found = []
    for _ in range(DAYS):
        starts = date(2015, 1, 1) + timedelta(draw.randrange(3_800))
        starts -= max(0, starts.day - 28) * ONE_DAY
        day_a = starts + timedelta(draw.randrange(1, 80))
        found.append((starts, day_a, day_a + timedelta(draw.randrange(1, 84))))
    return found


def limit(starts: date, day_a: date, day_b: date) -> date:
    last = with_clock_stopped(THREE.last_day_beginning_with(starts), starts, day_a, day_b)
    return with_month_after_day_b(last, day_a, ONE.after(day_b))


def limit_by(relativedelta: Any) -> Callable[[date, date, date], date]:
    """Return the same sums as people write them with dateutil."""

    def limit(starts: date, day_a: date, day_b: date) -> date:
        last = starts + relativedelta(months=3) - ONE_DAY
        last += max(day_b - max(day_a, starts), timedelta())
        month_ends = day_b + relativedelta(months=1)
        return month_ends if day_a <= last <= month_ends else last

    return limit


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook, every = unioncore.compose(), stops()
    starts = [each[0] for each in every]
    calendar = rulebook.calendar("England")

    def explained() -> list[date]:
        return [
            unioncore.time_limit(
                rulebook,
                "unfair-dismissal",
                starts=start,
                nation="England",
                day_a=day_a,
                day_b=day_b,
            ).last_day.value
            for start, day_a, day_b in every[:FEW]
        ]

    def limits() -> list[date]:
        return [limit(*each) for each in every]

    def months() -> list[date]:
        return [THREE.last_day_beginning_with(start) for start in starts]

    def working() -> list[date]:
        return [calendar.add_working_days(start, 14) for start in starts]

    same("limits", explained(), limits()[:FEW])
    ways = {
        "a tribunal's limit": Way(limits, DAYS),
        "three months": Way(months, DAYS),
        "14 working days": Way(working, DAYS),
        "a limit with its reasons": Way(explained, FEW),
    }
    if dateutil := peer("dateutil.relativedelta"):
        relativedelta = dateutil.relativedelta
        sums = limit_by(relativedelta)

        def summed() -> list[date]:
            return [sums(*each) for each in every]

        def added() -> list[date]:
            return [start + relativedelta(months=3) - ONE_DAY for start in starts]

        same("limits and dateutil's sums", limits(), summed())
        same("months and dateutil's", months(), added())
        ways["dateutil's sums"] = Way(summed, DAYS)
        ways["months by dateutil"] = Way(added, DAYS)
    if holidays := peer("holidays"):
        closed = holidays.UnitedKingdom(subdiv="ENG", years=range(2010, 2032))

        def nth() -> list[date]:
            return [closed.get_nth_working_day(start, 14) for start in starts[:FEW]]

        same("working days", working()[:FEW], nth())
        ways["working days by holidays"] = Way(nth, FEW)
    print(f"{DAYS:,} days, for one; {rounds} rounds")
    lines = [
        Line("a tribunal's limit", "dateutil's sums", 0.15),
        Line("three months", "months by dateutil", 1.2),
        Line("14 working days", "working days by holidays", 0.02),
        Line("a limit with its reasons", "dateutil's sums"),
    ]
    show(race(ways, rounds), lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
