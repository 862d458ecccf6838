"""The list of a ballot over many members, beside hand-written Polars doing the same joins.

The members, jobs and counts are made up, with every reason among them. Both ways must find the same
people in, and the same out and doubtful by the first reason. Polars reads columns that are made
beforehand, and gives no rule, no source and no second doubt. How both are timed: ``rounds``.

    python benchmarks/ballot_list.py [ROUNDS] [MEMBERS]
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rounds import Line, Way, asked, peer, race, same, show, size, within

import unioncore
from unioncore.answers import BallotList, CalledOn, ballot_list
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    Job,
    JobCategory,
    Membership,
    Person,
    Union,
    Workforce,
    Workplace,
)

ROUNDS = 5
MEMBERS = 100_000
SECONDS = 10
LONG_AGO = date(2015, 1, 1)
OPENS, CLOSES, CUT_OFF = date(2026, 3, 2), date(2026, 3, 27), date(2026, 3, 18)
ACTION, LISTED = date(2026, 4, 20), date(2026, 4, 1)
CATEGORIES = {"nurse": "nurse", "porter": "porter", "clerk": "clerk", "cook": "caterer"}
WANTED = frozenset({"nurse", "porter"})
PLACES = 200


def a_union(members: int) -> Union:
    """Return a union with one employer at which all of its members work, or seem to."""
    draw = random.Random(1)
    roles = (*CATEGORIES, "runner", "")
    people, memberships, jobs, arrears, letters = [], [], [], [], []
    for number in range(members):
        key = f"m{number:06d}"
        people.append(Person(key=key, name="Test"))
        joined = OPENS + timedelta(draw.randrange(40)) if draw.random() < 0.1 else LONG_AGO
        lapsed = draw.random() < 0.03
        memberships.append(
            Membership(
                person=key,
                start=joined,
                category="full",
                status="lapsed" if lapsed else "current",
            )
        )
        end = ACTION + timedelta(draw.randrange(-10, 10)) if draw.random() < 0.05 else None
        jobs.append(
            Job(
                person=key,
                employer="e",
                workplace="" if draw.random() < 0.02 else f"p{draw.randrange(PLACES)}",
                workplace_confirmed=False if draw.random() < 0.02 else None,
                role=draw.choices(roles, (40, 30, 15, 10, 3, 2))[0],
                leaving=True if draw.random() < 0.02 else None,
                start=LONG_AGO,
                end=end,
            )
        )
        if draw.random() < 0.04:
            arrears.append(Arrears(person=key, start=LONG_AGO))
        letters.append(Address(person=key, channel="letter", place="home"))
    many = members // PLACES
    return Union(
        key="u",
        employers=(Employer(key="e", kind="", name="E"),),
        workplaces=tuple(
            Workplace(
                key=f"p{n}", employer="e", name=f"P{n}", region="", end=None if n % 20 else LONG_AGO
            )
            for n in range(PLACES)
        ),
        workforce=tuple(
            Workforce(employer="e", workplace=f"p{n}", day=LONG_AGO, staff=many * (1 + n % 10) // 2)
            for n in range(PLACES)
        ),
        job_categories=tuple(JobCategory(role=r, category=c) for r, c in CATEGORIES.items()),
        people=tuple(people),
        memberships=tuple(memberships),
        jobs=tuple(jobs),
        arrears=tuple(arrears),
        addresses=tuple(letters),
    )


def frames(union: Union, pl: Any) -> Mapping[str, Any]:
    """Return the records as data frames."""

    def frame(rows: Any, *names: str) -> Any:
        return pl.DataFrame(
            {name: [getattr(row, name) for row in rows] for name in names}, strict=False
        )

    return {
        "memberships": frame(union.memberships, "person", "start", "status"),
        "jobs": frame(
            union.jobs, "person", "workplace", "workplace_confirmed", "role", "leaving", "end"
        ),
        "arrears": frame(union.arrears, "person"),
        "workplaces": frame(union.workplaces, "key", "end"),
        "workforce": frame(union.workforce, "workplace", "staff"),
        "categories": frame(union.job_categories, "role", "category"),
    }


def by_polars(tables: Mapping[str, Any], pl: Any) -> Any:
    """Return everybody with the first reason; none for those in."""
    member = (pl.col("status") == "current") & (pl.col("start") <= LISTED)
    rows = (
        tables["jobs"]
        .join(tables["memberships"].with_columns(member=member), on="person")
        .join(tables["categories"], on="role", how="left")
        .join(
            tables["workplaces"].rename({"key": "workplace", "end": "closed"}),
            on="workplace",
            how="left",
        )
        .join(tables["workforce"], on="workplace", how="left")
        .join(tables["arrears"].with_columns(behind=True), on="person", how="left")
    )
    there = pl.col("member").sum().over("workplace")
    joined = pl.col("member") & (pl.col("start") > CLOSES)
    late = pl.col("member") & (pl.col("start") > CUT_OFF) & ~joined
    called = pl.col("category").is_in(sorted(WANTED))
    out = (
        pl.when(~pl.col("member"))
        .then(pl.lit("not-a-member"))
        .when(joined)
        .then(pl.lit("joined-after-ballot"))
        .when(pl.col("end").is_not_null() & (pl.col("end") <= ACTION))
        .then(pl.lit("job-ends-before-action"))
        .when(pl.col("category").is_not_null() & ~called)
        .then(pl.lit("not-called-on"))
    )
    doubt = (
        pl.when(late)
        .then(pl.lit("joined-after-cut-off"))
        .when(pl.col("role") == "")
        .then(pl.lit("job-not-recorded"))
        .when(pl.col("leaving").fill_null(value=False) & pl.col("end").is_null())
        .then(pl.lit("job-end-not-known"))
        .when(pl.col("category").is_null())
        .then(pl.lit("category-ambiguous"))
        .when(pl.col("workplace") == "")
        .then(pl.lit("workplace-not-recorded"))
        .when(~pl.col("workplace_confirmed").fill_null(value=True))
        .then(pl.lit("workplace-not-confirmed"))
        .when(pl.col("closed").is_not_null())
        .then(pl.lit("workplace-ended"))
        .when(there > pl.col("staff"))
        .then(pl.lit("more-members-than-staff"))
        .when(pl.col("behind").fill_null(value=False))
        .then(pl.lit("arrears-not-verified"))
    )
    return rows.select("person", reason=pl.coalesce(out, doubt, pl.lit("in")))


def counted(found: BallotList) -> dict[str, int]:
    """Return how many there are by the first reason."""
    return {
        reason: len(keys)
        for reason, keys in ({"in": found.entitled} | found.out | found.doubtful).items()
    }


def main(rounds: int, members: int) -> None:
    """Print the ratio."""
    rulebook = unioncore.compose(discover=False)
    union = a_union(members)

    def fresh() -> Union:
        """Return the union as one that has not yet kept what it looked up."""
        return Union(**union.__getstate__())

    def looked_up() -> int:
        now = fresh().on(LISTED)
        return sum(
            len(now.rows(Job, "person", row.key)) + len(now.memberships(row.key))
            for row in now.every(Person)
        )

    def ours() -> BallotList:
        return ballot_list(
            rulebook,
            fresh().on(LISTED),
            "e",
            called_on=CalledOn(WANTED),
            opens=OPENS,
            closes=CLOSES,
            cut_off=CUT_OFF,
            action_from=ACTION,
        )

    found = ours()
    print(f"{found.members:,} members; {rounds} rounds")
    ways = {"the ballot list": Way(ours), "looking up jobs and memberships": Way(looked_up)}
    if pl := peer("polars"):
        tables = frames(union, pl)
        reasons = dict(by_polars(tables, pl).iter_rows())
        theirs: dict[str, list[str]] = {}
        for person, reason in reasons.items():
            theirs.setdefault(reason, []).append(person)
        same("how many by reason", counted(found), {r: len(keys) for r, keys in theirs.items()})
        same("who is in", sorted(found.entitled), sorted(theirs["in"]))
        ways["hand-written Polars"] = Way(lambda: by_polars(tables, pl))
    took = race(ways, rounds)
    within(took, "the ballot list", 1000 * SECONDS)
    show(
        took,
        [
            Line("the ballot list", "looking up jobs and memberships", 10),
            Line("the ballot list", "hand-written Polars"),
        ],
    )


if __name__ == "__main__":
    main(asked(ROUNDS), size(MEMBERS))
