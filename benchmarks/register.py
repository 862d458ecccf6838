"""The check of a register and of an employer's file, beside hand-written Polars doing the joins.

The members and the file are made up, with differences of each kind among them. Both ways must find
the same number of each. Polars reads columns that are made beforehand, and gives no rule, no source
and no day that runs. How both are timed: ``rounds``.

    python benchmarks/register.py [ROUNDS] [MEMBERS]
"""

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rounds import Line, Way, asked, peer, race, same, show, size, within

import unioncore
from unioncore.answers import check_off, check_register
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    Job,
    JobCategory,
    Membership,
    PaymentMethod,
    Person,
    Union,
    Workplace,
)
from unioncore.records import Deduction

ROUNDS = 3
MEMBERS = 100_000
SECONDS = 30
LONG_AGO = date(2010, 1, 1)
MONTH = date(2016, 11, 1)
CHECKED = date(2016, 11, 30)
DUE = {"18000": "11.50", "22000": "14.00", "26000": "17.25", "31000": "20.30", "36000": "22.50"}
"""Pounds a month for a year's earnings, by the union's printed table of October 2016."""
CODES = (
    "no-address",
    "workplace-ended",
    "workplace-not-recorded",
    "role-not-mapped",
    "arrears-without-payment-method",
)
KINDS = ("matched", "wrong_amount", "gone_from_file", "pays_twice", "no_match")


def a_union(members: int) -> tuple[Union, tuple[Deduction, ...]]:
    """Return a union whose members all work for one employer, and the employer's file."""
    draw = random.Random(1)
    rows: dict[str, list[Any]] = {
        name: [] for name in ("people", "memberships", "jobs", "addresses", "arrears", "payments")
    }
    lines: list[tuple[str, str]] = []
    for number in range(members):
        key, payroll = f"m{number:06d}", f"{100_000 + number}"
        earnings = draw.choice(list(DUE))
        rows["people"].append(Person(key=key, name=f"Test {number}"))
        rows["memberships"].append(Membership(person=key, start=LONG_AGO, category="full"))
        rows["jobs"].append(
            Job(
                person=key,
                employer="e",
                workplace=draw.choices(("a", "b", ""), (90, 5, 5))[0],
                role=draw.choices(("clerk", "runner"), (95, 5))[0],
                payroll=payroll,
                earnings=Decimal(earnings),
                start=LONG_AGO,
            )
        )
        if draw.random() < 0.97:
            rows["addresses"].append(Address(person=key, channel="letter", place="home"))
        how = draw.choices(("check-off", "direct-debit", ""), (90, 5, 5))[0]
        if how:
            employer = "e" if how == "check-off" else ""
            rows["payments"].append(
                PaymentMethod(person=key, method=how, employer=employer, start=LONG_AGO)
            )
        elif draw.random() < 0.5:
            rows["arrears"].append(Arrears(person=key, start=date(2016, 10, 1)))
        if how == "check-off" and draw.random() < 0.97:
            paid = "7.85" if draw.random() < 0.03 else DUE[earnings]
            lines.append((payroll, paid))
        elif how == "direct-debit" and draw.random() < 0.3:
            lines.append((payroll, DUE[earnings]))
    lines += [(f"{900_000 + number}", "11.50") for number in range(members // 1000)]
    union = Union(
        key="unison",
        employers=(
            Employer(key="e", kind="council", name="E", nation="England", public_function=True),
        ),
        workplaces=(
            Workplace(key="a", employer="e", name="A", region=""),
            Workplace(key="b", employer="e", name="B", region="", end=date(2016, 1, 1)),
        ),
        job_categories=(JobCategory(role="clerk", category="clerk"),),
        people=tuple(rows["people"]),
        memberships=tuple(rows["memberships"]),
        jobs=tuple(rows["jobs"]),
        addresses=tuple(rows["addresses"]),
        arrears=tuple(rows["arrears"]),
        payment_methods=tuple(rows["payments"]),
    )
    file = tuple(Deduction(n, payroll, Decimal(paid)) for n, (payroll, paid) in enumerate(lines, 2))
    return union, file


def frames(union: Union, file: tuple[Deduction, ...], pl: Any) -> Mapping[str, Any]:
    """Return the records and the file as data frames."""

    def frame(rows: Any, *names: str) -> Any:
        return pl.DataFrame({name: [getattr(row, name) for row in rows] for name in names})

    return {
        "jobs": frame(union.jobs, "person", "workplace", "role", "payroll", "earnings"),
        "addresses": frame(union.addresses, "person"),
        "arrears": frame(union.arrears, "person"),
        "payments": frame(union.payment_methods, "person", "method"),
        "file": frame(file, "payroll", "amount"),
        "due": pl.DataFrame(
            {"earnings": [Decimal(each) for each in DUE], "due": [*map(Decimal, DUE.values())]}
        ),
    }


def checked_by_polars(tables: Mapping[str, Any]) -> dict[str, int]:
    """Return how many people each finding is about."""
    jobs, payments = tables["jobs"], tables["payments"]
    return {
        "no-address": jobs.join(tables["addresses"], on="person", how="anti").height,
        "workplace-ended": jobs.filter(jobs["workplace"] == "b").height,
        "workplace-not-recorded": jobs.filter(jobs["workplace"] == "").height,
        "role-not-mapped": jobs.filter(jobs["role"] != "clerk").height,
        "arrears-without-payment-method": tables["arrears"]
        .join(payments, on="person", how="anti")
        .height,
    }


def matched_by_polars(tables: Mapping[str, Any], pl: Any) -> dict[str, int]:
    """Return how many there are of each kind of finding in the file."""
    known = tables["jobs"].join(tables["payments"], on="person", how="left")
    known = known.join(tables["due"].cast({"earnings": known.schema["earnings"]}), on="earnings")
    both = tables["file"].join(known, on="payroll")
    twice = pl.col("method") == "direct-debit"
    right = pl.col("amount") == pl.col("due")
    by_pay = known.filter(pl.col("method") == "check-off")
    return {
        "matched": both.filter(~twice & right).height,
        "wrong_amount": both.filter(~twice & ~right).height,
        "gone_from_file": by_pay.join(tables["file"], on="payroll", how="anti").height,
        "pays_twice": both.filter(twice).height,
        "no_match": tables["file"].join(known, on="payroll", how="anti").height,
    }


def main(rounds: int, members: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    union, file = a_union(members)

    def fresh() -> Union:
        """Return the union as one that has not yet kept what it looked up."""
        return Union(**union.__getstate__())

    def register() -> dict[str, int]:
        found = check_register(rulebook, fresh().on(CHECKED))
        return {code: found.counts.get(code, 0) for code in CODES}

    def deductions() -> dict[str, int]:
        found = check_off(rulebook, fresh(), file, employer="e", month=MONTH)
        return {kind: len(getattr(found, kind)) for kind in KINDS}

    print(f"{members:,} members, {len(file):,} lines; {rounds} rounds")
    ways = {"the register check": Way(register), "the check-off": Way(deductions)}
    if pl := peer("polars"):
        tables = frames(union, file, pl)
        same("findings of the register", register(), checked_by_polars(tables))
        same("findings of the file", deductions(), matched_by_polars(tables, pl))
        ways["Polars, the register"] = Way(lambda: checked_by_polars(tables))
        ways["Polars, the file"] = Way(lambda: matched_by_polars(tables, pl))
    took = race(ways, rounds)
    for name in ("the register check", "the check-off"):
        within(took, name, 1000 * SECONDS)
    show(
        took,
        [
            Line("the register check", "Polars, the register"),
            Line("the check-off", "Polars, the file"),
        ],
    )


if __name__ == "__main__":
    main(asked(ROUNDS), size(MEMBERS))
