"""A claim of ten thousand members beside one loop by hand, as a ratio, and in seconds.

The loop does by hand what the library asks of its rules: who left on which day, six months from
there with the days of conciliation, and which papers are missing. It reads the same records, and
knows only equal pay of whoever left; it gives no reason. Both must put everybody in the same group
with the same last day. How all are timed: ``rounds``.

    python benchmarks/mass_claim.py [ROUNDS]
"""

import random
from datetime import date, timedelta

import attrs
from rounds import Line, Way, asked, race, same, show, within

import unioncore
from unioncore.answers import mass_claim
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Claimant, Employer, Job, MassClaim, Membership, Union

ROUNDS = 5
CLAIMANTS = 10_000
SECONDS = 5
ON = date(2026, 10, 1)
FORMS_BY = date(2026, 9, 1)
ONE_DAY = timedelta(days=1)
SIX_MONTHS, ONE_MONTH = Duration(6, TimeUnit.MONTHS), Duration(1, TimeUnit.MONTHS)

Found = dict[str, tuple[str, date | None]]
"""For each person the group and the last day."""


def made_up() -> Union:
    """Return a union in which many left a council in two years, with their papers."""
    draw = random.Random(1)
    people = [f"M{number:05}" for number in range(CLAIMANTS)]
    jobs, rows = [], []
    for person in people:
        end = ON - timedelta(days=draw.randrange(700)) if draw.random() < 0.8 else None
        jobs.append(Job(person=person, employer="council", start=date(2015, 1, 5), end=end))
        if draw.random() < 0.2:
            continue
        form = ON - timedelta(days=draw.randrange(300))
        day_a = form if draw.random() < 0.6 else None
        day_b = None if day_a is None else min(day_a + timedelta(days=draw.randrange(42)), ON)
        rows.append(Claimant(person=person, claim="pay", form=form, day_a=day_a, day_b=day_b))
    claim = MassClaim(
        key="pay", name="Equal pay", claim="equal-pay", employer="council", forms_by=FORMS_BY
    )
    council = Employer(key="council", kind="council", name="Council", nation="England")
    memberships = (
        Membership(person=each, start=date(2015, 1, 5), category="full") for each in people
    )
    return Union(key="union").append(council, claim, *memberships, *jobs, *rows)


def by_hand(union: Union) -> Found:
    """Return the same from one loop over the records."""
    rows = {row.person: row for row in union.claimants}
    found: Found = {}
    for job in union.jobs:
        row = rows.get(job.person)
        last = None
        if job.end is not None and job.end - ONE_DAY <= ON:
            last = limit(job.end - ONE_DAY, row)
        if row is not None and row.form is not None and row.form > FORMS_BY:
            group = "form-after-union-day"
        elif row is None:
            group = "no-form"
        elif last is None:
            group = "no-day-runs"
        elif last < ON:
            group = "late"
        else:
            group = "open" if row.day_b is None else "can-be-filed"
        found[job.person] = group, last
    return found


def limit(starts: date, row: Claimant | None) -> date:
    """Return the last day of six months, with the days of conciliation."""
    primary = SIX_MONTHS.last_day_beginning_with(starts)
    if row is None or row.day_a is None or row.day_b is None:
        return primary
    if row.day_a > primary or row.day_b <= starts:
        return primary
    stopped = max(0, (row.day_b - max(row.day_a, starts)).days)
    extended, month = primary + timedelta(days=stopped), ONE_MONTH.after(row.day_b)
    return month if row.day_a <= extended <= month else extended


def main(rounds: int) -> None:
    """Print the ratio, and the time of the whole."""
    rulebook, union = unioncore.compose(), made_up()

    def asked_of_rules() -> Found:
        # A union whose indexes are not made yet, as a command has it.
        now = attrs.evolve(union).on(ON)
        claimants = mass_claim(rulebook, now, "pay").claimants
        return {each.person: (each.group, each.safe_last_day) for each in claimants}

    same("the library and the loop by hand", asked_of_rules(), by_hand(union))
    print(f"{CLAIMANTS:,} claimants; {rounds} rounds")
    whole, hand = "a claim of 10,000 members", "one loop by hand"
    took = race({whole: Way(asked_of_rules), hand: Way(lambda: by_hand(union))}, rounds)
    show(took, [Line(whole, hand)])
    within(took, whole, 1000 * SECONDS)


if __name__ == "__main__":
    main(asked(ROUNDS))
