"""What a union has set out to do, and how far it has come."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.books import core

from unioncore.answers.democracy.programmes import programmes
from unioncore.model import PlanLine, Undertaking, Union

DUE = date(2026, 6, 30)


def standing(kind: str, on: date, **more: Any) -> str:
    """Ask how one line of a plan stands on a day."""
    line = PlanLine(undertaking="p", kind=kind, name="n", **more)
    row = Undertaking(key="p", kind="programme", name="P")
    union = Union(key="u", undertakings=(row,), plan_lines=(line,))
    (found,) = programmes(core(), union.on(on)).others
    return found.lines[0].standing


@pytest.mark.parametrize(
    ("kind", "on", "more", "expected"),
    [
        ("step", date(2026, 6, 30), {"due": DUE}, "due"),
        ("step", date(2026, 7, 1), {"due": DUE}, "overdue"),
        ("step", date(2026, 7, 1), {"due": DUE, "done": date(2026, 6, 30)}, "done"),
        ("step", date(2026, 7, 1), {"due": DUE, "done": date(2026, 7, 1)}, "late"),
        ("step", date(2026, 6, 1), {"due": DUE, "done": date(2026, 6, 2)}, "due"),
        ("step", date(2026, 7, 1), {}, "open"),
        ("measure", date(2026, 7, 1), {"due": DUE, "target": Decimal(9)}, "overdue"),
        (
            "measure",
            date(2026, 7, 1),
            {"due": DUE, "target": Decimal(9), "value": Decimal(9), "done": DUE},
            "done",
        ),
        ("budget", date(2026, 7, 1), {"target": Decimal(9)}, "open"),
    ],
)
def test_a_line_stands_by_its_day(kind: str, on: date, more: dict[str, Any], expected: str) -> None:
    assert standing(kind, on, **more) == expected


def test_what_was_not_spent_yet_leaves_the_sum_not_recorded() -> None:
    rows = (Undertaking(key="p", kind="programme", name="P", committee="c"),)
    lines = (
        PlanLine(undertaking="p", kind="budget", name="a", target=Decimal(10), value=Decimal(4)),
        PlanLine(undertaking="p", kind="budget", name="b", target=Decimal(5)),
        PlanLine(undertaking="p", kind="approval", name="x", body="other", done=date(2026, 1, 1)),
    )
    union = Union(key="u", undertakings=rows, plan_lines=lines)
    (found,) = programmes(core(), union.on(date(2026, 6, 1))).others
    assert (found.budget, found.spent) == (15, None)
    assert found.approved is None  # only the committee in whose field it lies approves it


def test_nothing_is_nothing() -> None:
    nothing = programmes(core(), Union(key="u").on(DUE))
    assert nothing.to_text() == "no objective and no programme is recorded"
