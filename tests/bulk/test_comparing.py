"""A file is asked about twice, as its rows are one by one."""

from datetime import date
from pathlib import Path

import pytest

pl = pytest.importorskip("polars")

from tests.answers.analysis.test_impact import changed, people  # noqa: E402
from tests.books import core, everything  # noqa: E402
from unioncore.answers import AnswerMove, Impact, impact  # noqa: E402
from unioncore.bulk import file_impact  # noqa: E402

pytestmark = [pytest.mark.needs_plugins, pytest.mark.slow]

NAMES = ("service_group", "organised", "negotiating_bodies", "branch_type", "union_has_seat")
DAYS = date(2003, 6, 1), date(2026, 6, 1)


def test_a_file_gives_what_its_rows_give(tmp_path: Path) -> None:
    rows = people(400)
    file = tmp_path / "people.csv"
    keyed = [{"key": f"k{number}", **row} for number, row in enumerate(rows)]
    pl.DataFrame(keyed).write_csv(file)
    seen: list[int] = []
    book = everything()
    found, figures = file_impact(
        file,
        book,
        *NAMES,
        on=DAYS[0],
        later=DAYS[1],
        changed=book,
        key="key",
        tell=seen.append,
    )
    expected = impact(book, rows, *NAMES, on=DAYS[0], later=DAYS[1])
    assert told(found) == told(expected)
    assert (found.members, found.changed) == (expected.members, expected.changed)
    assert (seen, figures.problems) == ([400], {})


def told(found: Impact) -> dict[str, list[tuple[str, str, str, str, int | None]]]:
    """The moves of each fact; of a set without the rules, of which each path names another one."""

    def plain(fact: str, move: AnswerMove) -> tuple[str, str, str, str, int | None]:
        rules = (move.rule_before, move.rule_after)
        return move.before, move.after, *rules, move.members

    return {each.fact: sorted(plain(each.fact, m) for m in each.moves) for each in found.facts}


def test_another_rulebook_is_asked_with_the_same_rows(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("key,right.nation,access.workers\na,England,21\nb,England,x\n")
    day = date(2026, 6, 1)
    fact = "access.employer_is_large_enough"
    found, figures = file_impact(
        file, core(), fact, on=day, later=day, changed=changed(), key="key", tell=lambda _: None
    )
    assert [(m.before, m.after, m.members) for m in found.facts[0].moves] == [
        ("not known", "no", 1),
        ("yes", "no", 1),
    ]
    assert figures.problems == {"access.workers": 1}


def test_a_fact_that_rests_on_counted_months_can_be_compared(tmp_path: Path) -> None:
    # Only of a warning would it matter here that months may be counted in two ways.
    rows = [
        {"person.studying": True, "person.working": False, "membership.joined": date(2020, 2, 29)},
        {"person.working": False, "person.left_work": date(2019, 5, 31)},
    ]
    file = tmp_path / "people.csv"
    pl.DataFrame([{"key": str(number), **row} for number, row in enumerate(rows)]).write_csv(file)
    book, days = everything(), {"on": date(2010, 6, 1), "later": date(2026, 6, 1)}
    found, _ = file_impact(
        file, book, "category", **days, changed=book, key="key", tell=lambda _: None
    )
    expected = impact(book, rows, "category", **days)
    assert expected.changed
    assert told(found) == told(expected)
