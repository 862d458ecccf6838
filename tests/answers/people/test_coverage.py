"""How much is known for each kind of employer, job group and nation."""

from datetime import date
from fractions import Fraction

import pytest
from tests.books import core, everything
from tests.synthetic import source

import unioncore
from unioncore.answers import Extent, coverage
from unioncore.errors import UnknownName

DAY = date(2026, 11, 28)
LIGHTS = """
[words.employer_kind]
lighthouse = "lighthouse"
ferry = "ferry"

[words.job_group]
keeper = "keepers"
pilot = "pilots"

[impossible.demo.no-lighthouse-in-scotland]
when = "employer.kind == 'lighthouse' and employer.nation == 'Scotland'"
because = "the lighthouses of Scotland have a board of their own"

[[rule]]
key = "demo.ferries"
decides = "service_group"
period = { start = 2020-01-01 }
when = "employer.kind == 'ferry' and employer.key == 'red-ferry'"
value = "none"
citations = [{ source = "s" }]

[[rule]]
key = "demo.keepers"
decides = "service_group"
period = { start = 2020-01-01 }
when = "employer.kind == 'lighthouse' and job.group == 'keeper'"
value = "none"
citations = [{ source = "s" }]

[[negotiating_body]]
key = "keepers-council"
period = { start = 2020-01-01 }
name = "Keepers' Council"
covers = "job.group == 'keeper' and employer.nation == 'Wales'"
level = "national"
citations = [{ source = "s" }]

[[rule]]
key = "demo.no-other-body-at-lighthouses"
decides = "negotiating_bodies"
otherwise = true
period = { start = 2020-01-01 }
when = "employer.kind == 'lighthouse'"
value = []
citations = [{ source = "s" }]
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> unioncore.Rulebook:
    folder = tmp_path_factory.mktemp("lights")
    (folder / "lights.toml").write_text(f"# Lights.\n{source()}{LIGHTS}", encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def test_each_combination_that_can_exist_is_known_in_part_or_not(book: unioncore.Rulebook) -> None:
    found = coverage(book, on=DAY)
    extents = {
        (each.employer_kind, each.job_group, each.nation): each.extent
        for each in found.combinations
    }
    # Two kinds, two groups, four nations, without the lighthouses of Scotland.
    assert len(extents) == 16 - 2
    assert found.impossible == {"the lighthouses of Scotland have a board of their own": 2}
    assert extents["lighthouse", "keeper", "Wales"] is Extent.KNOWN
    assert extents["lighthouse", "pilot", "Wales"] is Extent.IN_PART
    assert extents["ferry", "keeper", "Wales"] is Extent.IN_PART
    assert extents["ferry", "keeper", "England"] is Extent.NOT_KNOWN
    assert found.count(Extent.KNOWN) == 3
    assert found.count(Extent.IN_PART, "negotiating_bodies") == 1
    assert found.decided == Fraction(7, 14)


def test_what_is_not_known_says_what_would_decide_it(book: unioncore.Rulebook) -> None:
    found = coverage(book, on=DAY)
    for each in found.combinations:
        assert bool(each.reason) is (each.extent is Extent.NOT_KNOWN)
    ferry = next(each for each in found.combinations if each.extent is Extent.NOT_KNOWN)
    assert (ferry.employer_kind, ferry.missing) == ("ferry", ("employer.key",))


def test_facts_are_asked_by_name_and_on_a_day(book: unioncore.Rulebook) -> None:
    found = coverage(book, "negotiating_bodies", on=date(2019, 12, 31))
    assert found.facts == ("negotiating_bodies",)
    assert found.count(Extent.KNOWN) == 0
    with pytest.raises(UnknownName, match="negotiating_bodies"):
        coverage(book, "negotiating_bodys", on=DAY)


def test_without_plugins_there_are_no_employers_to_speak_of() -> None:
    found = coverage(core(), on=DAY)
    assert (found.combinations, found.decided) == ((), None)


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_nine_in_ten_combinations_are_decided_in_full_or_in_part() -> None:
    """Of those that can exist; each other one says what would decide it."""
    found = coverage(everything(), on=DAY)
    assert found.decided is not None
    assert found.decided >= Fraction(9, 10)
    undecided = [each for each in found.combinations if each.extent is Extent.NOT_KNOWN]
    assert all(each.reason for each in undecided)
