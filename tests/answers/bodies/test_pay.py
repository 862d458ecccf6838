"""What a point was worth, and whether each published table follows from the one before."""

from datetime import date
from pathlib import Path

import pytest
from tests.books import everything
from tests.synthetic import source

import unioncore
from unioncore.answers import point_worth, table_checks
from unioncore.describe import items
from unioncore.errors import CompositionError, UnknownName
from unioncore.model import PayScale
from unioncore.rulebook import Rulebook

SCALE = """
[[pay_scale]]
key = "spine"
name = "the spine"
bodies = ["b"]
nations = "Wales"
  [pay_scale.rounding]
  to = 1
  citations = [{ source = "s" }]
  [[pay_scale.version]]
  period = { start = 2024-04-01, end = 2025-04-01 }
  citations = [{ source = "s" }]
    [pay_scale.version.pay]
    1 = [20000, 21000, 22000]
    8 = { entry = "50000.50", top = 60000 }
"""
BODY = """
[[negotiating_body]]
key = "b"
period = { start = 2020-01-01 }
name = "a body"
covers = "employer.nation == 'Wales'"
level = "national"
citations = [{ source = "s" }]
"""
ROUND = """
[pay_round.r-2025]
body = "b"
year = "2025-26"
ending = "agreed"
holds = { start = 2025-04-01, end = 2026-04-01 }
rises = [{ start = 2025-04-01, percent = "2.5" }]
citations = [{ source = "s" }]
"""


def made(folder: Path, text: str) -> Rulebook:
    (folder / "pay.toml").write_text(source("s", "A synthetic circular") + BODY + text, "utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def why(book: Rulebook, point: str, on: date) -> str:
    return point_worth(book, "b", point, on=on).pay.reason


def test_past_a_table_a_round_tells_and_past_the_round_nothing_does(tmp_path: Path) -> None:
    book = made(tmp_path, SCALE + ROUND)
    after = point_worth(book, "b", "2", on=date(2025, 6, 1))
    assert (after.pay.value, after.round.value, after.within) == (21525, "r-2025", 0)
    assert after.worked_out
    assert "worked out; no published table of this day is recorded" in after.pay.warnings
    assert point_worth(book, "b", "8 entry", on=date(2024, 6, 1)).pay.value == 50000.5
    assert "the first is that from 1 April 2024" in why(book, "2", date(2024, 3, 31))
    assert "no round from 1 April 2026 is recorded" in why(book, "2", date(2026, 4, 1))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ending = "agreed"', 'ending = "offer"', "an offer; that it was agreed is not recorded"),
        ('ending = "agreed"', 'ending = "claim"', "a claim; no offer is recorded"),
        (", end = 2026-04-01", "", "its figures, or its end, are not"),
        (
            "2025-04-01, end = 2026",
            "2025-07-01, end = 2026",
            "no round from 1 April 2025 is recorded",
        ),
        ('percent = "2.5"', 'not_known = "it was not read"', "it was not read"),
        (
            'percent = "2.5"',
            'points = ["2"], deleted = true',
            "point 2 was deleted on 1 April 2025",
        ),
    ],
)
def test_why_a_later_day_is_not_known(tmp_path: Path, old: str, new: str, said: str) -> None:
    book = made(tmp_path, SCALE + ROUND.replace(old, new, 1))
    assert said in why(book, "2", date(2025, 6, 1))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to = 1", "to = 0", "expected a step of more than nothing"),
        ("20000,", "20000.5,", "a whole number, or one in quotes"),
        ("1 = [", "one = [", "a whole number, or one in quotes"),
        ("8 = {", "3 = 5\n    8 = {", "point 3 stands twice"),
        ("top = 60000", "top = 0", "expected pay of more than nothing"),
        ('bodies = ["b"]', 'bodies = ["bb"]', "did you mean 'b'?"),
        ('citations = [{ source = "s" }]\n    [', "citations = []\n    [", "has no citation"),
        ("1 = [20000,", "2 = 5\n    1 = [20000,", "point 2 stands twice"),
        ('percent = "2.5"', 'percent = "2.5", deleted = true', "needs one of these"),
        ('percent = "2.5"', "once = true", "needs one of these"),
        ("start = 2025-04-01, percent", "percent", "needs the field start"),
        ('percent = "2.5"', 'percent = "2.5", points = ["9-3"]', "the lower point first"),
        ('percent = "2.5"', 'percent = "2.5", at_least = 9, at_most = 3', "is more than at_most"),
        ('percent = "2.5"', 'percent = "2.5", moves_to = "3"', "only for points that are deleted"),
        (
            'percent = "2.5"',
            'percent = "2.5", first_set_for = 2025-01-01',
            "expected a day after start",
        ),
    ],
)
def test_a_scale_or_a_round_that_cannot_be_is_a_fault(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(CompositionError) as raised:
        made(tmp_path, (SCALE + ROUND).replace(old, new, 1))
    assert any(said in fault.message for fault in raised.value.faults)


def test_a_slip_is_told_with_the_nearest_spelling(tmp_path: Path) -> None:
    book = made(tmp_path, SCALE)
    with pytest.raises(UnknownName, match="did you mean '8 entry'"):
        point_worth(book, "b", "8entry", on=date(2024, 6, 1))
    with pytest.raises(UnknownName, match="did you mean 'spine'"):
        table_checks(book, "spin")
    other = made(tmp_path, "")
    assert "no pay scale of b is recorded" in why(other, "1", date(2024, 6, 1))


def test_a_table_that_does_not_follow_is_told_point_by_point(tmp_path: Path) -> None:
    later = """
  [[pay_scale.version]]
  period = { start = 2025-04-01, end = 2026-04-01 }
  citations = [{ source = "s" }]
    [pay_scale.version.pay]
    1 = [20500, 21526]
    4 = 30000
    8 = { entry = 51251, top = 61500 }
"""
    (check,) = table_checks(made(tmp_path, SCALE + later + ROUND), "b")
    assert (check.rounds, check.same, check.new) == (("r-2025",), 3, ("4",))
    told = [(each.point, each.published, each.worked_out) for each in check.differences]
    assert told == [("2", 21526, 21525), ("3", None, 22550)]


@pytest.mark.parametrize(
    ("rise", "said"),
    [
        ('percent = "2.5"', "2.5% from 1 April 2025"),
        ('percent = "6.5", at_least = 1548', "6.5% and at least £1,548 from 1 April 2025"),
        ('flat = 250, once = true, points = ["1", "7-9"]', "£250, paid once on points 1 and 7-9"),
        ("flat = 9, per_head = true, once = true", "£9, paid once, whatever the hours from"),
        ('percent = "1", pay_from = 20500, pay_to = 39000', "1% on pay from £20,500 up to £39,000"),
        ('becomes = 18174, points = ["1"]', "£18,174 on point 1 from 1 April 2025"),
        (
            'deleted = true, points = ["1"], moves_to = "2"',
            "point 1 deleted from 1 April 2025, and",
        ),
        ('percent = "3", of = "standby"', "3% on standby from 1 April 2025"),
        ('not_known = "it was not read"', "not known (it was not read) from 1 April 2025"),
        (
            'percent = "3", first_set_for = 2025-10-01',
            "3% from 1 April 2025, brought forward from 1 October 2025",
        ),
    ],
)
def test_what_a_round_gave_is_said_in_a_sentence(tmp_path: Path, rise: str, said: str) -> None:
    text = SCALE + ROUND.replace('percent = "2.5"', rise)
    told = {each.key: each.versions[0].text for each in items(made(tmp_path, text))}
    assert f"Terms: {said}" in told["r-2025"]
    assert told["spine"].startswith("The spine: pay a year by point: 1 £20,000, 2 £21,000, 3 £22,")


@pytest.mark.needs_plugins
def test_every_published_table_follows_from_the_awards_or_is_within_its_rounding() -> None:
    book = everything()
    checks = {
        (each.scale, each.start): each
        for scale in book.named(PayScale)
        for each in table_checks(book, scale)
    }
    # Every point of the spine of 43, and of 42 since point 1 is deleted.
    same = [each.same for (key, _), each in checks.items() if key == "njc-spine"]
    assert same == [43, 43, 42, 42, 42]
    assert all(not each.differences for (key, _), each in checks.items() if key != "afc-england")
    for each in checks.values():
        assert all(found.within for found in each.differences), each
        assert each.citations
    # What the percentage of 2007 was, no source says.
    assert [key for key, each in checks.items() if each.not_known] == [
        ("soulbury-improvement", date(2007, 9, 1))
    ]
