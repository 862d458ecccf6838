"""What a rule rests on, and to whom it applies."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.books import core, everything
from tests.synthetic import source

from unioncore import TomlPlugin, compose
from unioncore.answers import applies_to, ask, rests_on
from unioncore.errors import UnknownName

ON = date(2026, 6, 1)


def test_the_facts_that_decide_it_are_found_through_others() -> None:
    found = rests_on(core(), "core.access-workers")
    assert found.decides == "access.employer_is_large_enough"
    assert set(found.named) <= {*found.recorded, *found.derived}
    assert found.recorded == ("access.workers", "on", "right.nation")
    for key in found.affects:
        assert key in core().rules.deciders


@pytest.mark.needs_plugins
def test_a_body_rests_on_what_its_exceptions_ask() -> None:
    found = rests_on(everything(), "psc-ew")
    assert "employer.in_police_staff_council" in found.derived
    assert "employer.in_police_staff_council" in found.named
    assert {"employer.key", "job.group"} <= {*found.recorded}
    assert "bargaining_level" in found.affects


ROWS: list[tuple[str, dict[str, Any]]] = [
    ("a", {"right.nation": "England", "access.workers": 21}),
    ("b", {"right.nation": "England", "access.workers": 20}),
    ("c", {"right.nation": "England"}),
    ("d", {"right.nation": "Northern Ireland", "access.workers": 50}),
]


def test_members_are_counted_and_known_by_their_keys() -> None:
    found = applies_to(core(), "core.access-workers", ROWS, on=ON)
    held = [
        key
        for key, row in ROWS
        if (answer := ask(core(), row, "access.employer_is_large_enough", on=ON))
        and "core.access-workers"
        in [each.rule for each in answer["access.employer_is_large_enough"].because]
    ]
    assert list(found.keys) == held
    assert found.members == 4
    assert "keys" not in found.to_dict()


def test_a_table_applies_where_it_has_a_row() -> None:
    rows = [("a", {"ballot.service": word}) for word in ("fire", "none-of-these")]
    with pytest.raises(Exception, match=r"ballot\.service"):
        applies_to(core(), "core.important-services", rows, on=ON)
    assert applies_to(core(), "core.important-services", [("a", {})], on=ON).not_known == 1


LIGHTS = """
[fact.demo.colour]
type = "choice"
derived = true
choices = ["red", "white"]
label = "the colour of the light"
about = "The colour of the light."

[fact.demo.harbour]
type = "text"
label = "the harbour"
about = "The harbour."

[[table]]
key = "demo.colours"
decides = "demo.colour"
by = "demo.harbour"
citations = [{ source = "s" }]
  [[table.row]]
  demo.harbour = ["old", "older"]
  period = { end = 2020-01-01 }
  value = "red"
  [[table.row]]
  demo.harbour = "new"
  period = { start = 2020-01-01 }
  value = "red"
  [[table.row]]
  period = { start = 2000-01-01 }
  value = "white"
"""


def test_a_word_whose_row_has_ended_is_not_among_all_others(tmp_path: Path) -> None:
    (tmp_path / "lights.toml").write_text(f"# Lights.\n{source()}{LIGHTS}", encoding="utf-8")
    book = compose(TomlPlugin(tmp_path, prefix="demo"), discover=False)
    rows: list[tuple[str, dict[str, Any]]] = [
        (key, {"demo.harbour": key} if key else {}) for key in ("old", "new", "another", "")
    ]
    found = applies_to(book, "demo.colours", rows, on=ON)
    answered = [
        key for key, row in rows if ask(book, row, "demo.colour", on=ON)["demo.colour"].known
    ]
    assert list(found.keys) == answered == ["new", "another"]
    assert found.not_known == 1  # whoever has no harbour


def test_a_measure_applies_where_there_are_records() -> None:
    rows: list[tuple[str, dict[str, Any]]] = [
        ("none", {"forum.proposals": ()}),
        ("one", {"forum.proposals": ({},)}),
        ("unknown", {}),
    ]
    found = applies_to(core(), "core.forum-all-benchmarked", rows, on=ON)
    assert (found.keys, found.not_known) == (("one",), 1)


def test_a_misspelt_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'core\.access-workers'"):
        rests_on(core(), "core.acces-workers")
