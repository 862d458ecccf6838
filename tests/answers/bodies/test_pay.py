"""What a point was worth, and whether each published table follows from the one before."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.books import everything
from tests.synthetic import source

import unioncore
from unioncore.answers import point_worth, table_checks
from unioncore.describe import items
from unioncore.errors import CompositionError, UnknownName
from unioncore.legal import Period
from unioncore.model import Ending, PayScale, PointPay, Rise
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
RISE = 'percent = "2.5"'
DAY, DAY_AFTER = date(2025, 4, 1), date(2026, 4, 1)


def made(folder: Path, text: str) -> Rulebook:
    (folder / "pay.toml").write_text(source("s", "A synthetic circular") + BODY + text, "utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return made(tmp_path_factory.mktemp("demo"), SCALE + ROUND)


def changed(book: Rulebook, **kinds: tuple[Any, ...]) -> Rulebook:
    """Return the rulebook with other definitions of some kinds."""
    return attrs.evolve(book, definitions=attrs.evolve(book.definitions, **kinds))


def of_round(book: Rulebook, **fields: Any) -> Rulebook:
    """Return the rulebook with its one round changed."""
    (only,) = book.definitions.pay_rounds
    return changed(book, pay_rounds=(attrs.evolve(only, **fields),))


def why(book: Rulebook, point: str, on: date) -> str:
    return point_worth(book, "b", point, on=on).pay.reason


def test_past_a_table_a_round_tells_and_past_the_round_nothing_does(book: Rulebook) -> None:
    after = point_worth(book, "b", "2", on=date(2025, 6, 1))
    assert (after.pay.value, after.round.value, after.within) == (21525, "r-2025", 0)
    assert after.worked_out
    assert "worked out; no published table of this day is recorded" in after.pay.warnings
    assert point_worth(book, "b", "8 entry", on=date(2024, 6, 1)).pay.value == Decimal("50000.50")
    assert "the first is that from 1 April 2024" in why(book, "2", date(2024, 3, 31))
    assert "no round from 1 April 2026 is recorded" in why(book, "2", date(2026, 4, 1))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ending": Ending.OFFER}, "an offer; that it was agreed is not recorded"),
        ({"ending": Ending.CLAIM}, "a claim; no offer is recorded"),
        ({"rises": ()}, "its figures, or its end, are not"),
        ({"holds": Period(DAY)}, "its figures, or its end, are not"),
        ({"holds": Period(date(2025, 7, 1), DAY_AFTER)}, "no round from 1 April 2025 is recorded"),
        ({"rises": (Rise(not_known="it was not read", start=DAY),)}, "it was not read"),
        ({"rises": (Rise(("2",), deleted=True, start=DAY),)}, "point 2 was deleted on 1 April"),
    ],
)
def test_why_a_later_day_is_not_known(book: Rulebook, fields: dict[str, Any], said: str) -> None:
    assert said in why(of_round(book, **fields), "2", date(2025, 6, 1))


FAULTS = {
    "to = 0": "expected a step above zero",
    "1 = [20000.5,": "a whole number, or one in quotes",
    "one = [": "a whole number, or one in quotes",
    "3 = 5\n    8 = {": "point 3 stands twice",
    "top = 0": "expected pay above zero",
    'bodies = ["bb"]': "did you mean 'b'?",
    'remembered = ["9"]': "the table has no point 9",
    "deleted = true": "needs one of these",
    "once = true": "needs one of these",
    'points = ["9-3"]': "the lower point first",
    "at_least = 9, at_most = 3": "is more than at_most",
    'moves_to = "3"': "only for points that are deleted",
    "first_set_for = 2025-01-01": "expected a day after start",
    'percent = "1" }, { start': "needs the field start",
}
"""What is written wrongly in a scale or in a round, each with what is told of it."""


def test_a_scale_or_a_round_that_cannot_be_is_a_fault(tmp_path: Path) -> None:
    def scale(number: int, old: str, new: str) -> str:
        return SCALE.replace('"spine"', f'"spine-{number}"').replace(old, new, 1)

    def round_(number: int, rise: str) -> str:
        return ROUND.replace("r-2025", f"r-{number}").replace(f"start = {DAY}, {RISE}", rise)

    places = ("to = 1", "1 = [20000,", "1 = [", "8 = {", "top = 60000", 'bodies = ["b"]')
    wrong = list(FAULTS)
    text = "".join(map(scale, range(6), places, wrong))
    text += scale(6, "start = 2024-04-01, end = 2025-04-01 }", f"start = {DAY} }}\n  {wrong[6]}")
    rises = (wrong[7], wrong[8], *wrong[9:13])
    amounts = (RISE, "", RISE, "", RISE, RISE)
    for number, (rise, amount) in enumerate(zip(rises, amounts, strict=True)):
        text += round_(number, ", ".join(filter(None, (f"start = {DAY}", rise, amount))))
    text += round_(6, RISE)
    with pytest.raises(CompositionError) as raised:
        made(tmp_path, text)
    told = "\n".join(fault.message for fault in raised.value.faults)
    assert [said for said in FAULTS.values() if said not in told] == []


def test_a_slip_is_told_with_the_nearest_spelling(book: Rulebook) -> None:
    with pytest.raises(UnknownName, match="did you mean '8 entry'"):
        point_worth(book, "b", "8entry", on=date(2024, 6, 1))
    with pytest.raises(UnknownName, match="did you mean 'spine'"):
        table_checks(book, "spin")
    without = changed(book, pay_scales=())
    assert "no pay scale of b is recorded" in why(without, "1", date(2024, 6, 1))


def test_a_table_that_does_not_follow_is_told_point_by_point(book: Rulebook) -> None:
    (scale,) = book.definitions.pay_scales
    pay = {"1": 20500, "2": 21526, "4": 30000, "8 entry": 51251, "8 top": 61500}
    later = attrs.evolve(
        scale.versions[0],
        period=Period(DAY, DAY_AFTER),
        pay=tuple(PointPay(point, Decimal(sum_)) for point, sum_ in pay.items()),
    )
    both = changed(book, pay_scales=(attrs.evolve(scale, versions=(*scale.versions, later)),))
    (check,) = table_checks(both, "b")
    assert (check.rounds, check.same, check.new) == (("r-2025",), 3, ("4",))
    told = [(each.point, each.published, each.worked_out) for each in check.differences]
    assert told == [("2", 21526, 21525), ("3", None, 22550)]


SENTENCES = {
    "2.5% from 1 April 2025": Rise(percent=Decimal("2.5")),
    "6.5% and at least £1,548 from": Rise(percent=Decimal("6.5"), at_least=Decimal(1548)),
    "£250, paid once on points 1 and 7-9": Rise(("1", "7-9"), flat=Decimal(250), once=True),
    "£9, paid once, whatever the hours": Rise(flat=Decimal(9), once=True, per_head=True),
    "1% on pay from £20,500 up to £39,000": Rise(
        percent=Decimal(1), pay_from=Decimal(20500), pay_to=Decimal(39000)
    ),
    "£18,174 on point 1 from": Rise(("1",), becomes=Decimal(18174)),
    "point 1 deleted from 1 April 2025, and moved to 2": Rise(("1",), deleted=True, moves_to="2"),
    "3% on standby from": Rise(percent=Decimal(3), of="standby"),
    "not known (it was not read) from": Rise(not_known="it was not read"),
    "4% from 1 April 2025, brought forward from 1 October 2025": Rise(
        percent=Decimal(4), first_set_for=date(2025, 10, 1)
    ),
}


def test_what_a_round_gave_is_said_in_a_sentence(book: Rulebook) -> None:
    rises = tuple(attrs.evolve(rise, start=DAY) for rise in SENTENCES.values())
    told = {each.key: each.versions[0].text for each in items(of_round(book, rises=rises))}
    assert [said for said in SENTENCES if said not in told["r-2025"]] == []
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
