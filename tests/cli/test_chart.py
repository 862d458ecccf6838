"""A union, and a case type, drawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
DAY = "2026-06-01"
CHART = ("chart", "--case-type", "core.grievance", "--on", DAY)


@pytest.mark.parametrize(
    ("style", "head", "lines"),
    [
        (
            "text",
            "Individual grievance (core.grievance)",
            [
                "Issue identified with member (begins here)",
                "  lodge grievance (member) -> Formal written grievance lodged",
                "Any open state",
                "  withdraw grievance (member) -> Resolved or withdrawn",
                "May happen at any time",
                "Clocks",
            ],
        ),
        (
            "mermaid",
            "stateDiagram-v2",
            [
                "  [*] --> identified",
                "  identified --> lodged : lodge grievance",
                "  any : Any open state",
                "  any --> resolved : withdraw grievance",
            ],
        ),
        (
            "dot",
            "digraph case_type {",
            [
                '  "identified" -> "lodged" [label=" lodge \\n grievance " '
                'tooltip="lodge grievance (member)"];',
                "}",
            ],
        ),
    ],
)
def test_a_case_type_is_drawn_in_each_format(
    run: Run, style: str, head: str, lines: list[str]
) -> None:
    result = run(*CHART, "--format", style)
    assert result.exit_code == 0
    drawn = result.stdout.splitlines()
    assert drawn[0] == head
    assert set(lines) <= set(drawn)
    assert sum("withdraw grievance" in line for line in drawn) == 1
    if style == "text":
        assert run(*CHART).stdout == result.stdout


def test_what_cannot_be_drawn_is_said(run: Run) -> None:
    tree = run(*CHART, "--format", "tree")
    assert tree.exit_code == 2
    assert "a case type is drawn as text, mermaid, dot or svg" in tree.stderr
    slip = run("chart", "--case-type", "core.grievence")
    assert slip.exit_code == 2
    assert "core.grievance" in slip.stderr
    nothing = run("chart")
    assert nothing.exit_code == 2
    assert "--case-type" in nothing.stderr


def test_values_over_time_are_a_list_or_a_picture(run: Run) -> None:
    parameter = ("chart", "--parameter", "core.week_pay_cap")
    assert "  before 1 April 1998: not known" in run(*parameter).stdout.splitlines()
    assert run(*parameter, "--format", "svg").stdout.startswith("<svg ")
    mermaid = run(*parameter, "--format", "mermaid")
    assert mermaid.exit_code == 2
    assert "values are drawn as text or svg" in mermaid.stderr
    both = run(*parameter, "--body", "njc")
    assert both.exit_code == 2
    assert "give one of --case-type, --parameter and --body" in both.stderr


@pytest.mark.needs_plugins
def test_the_pay_of_a_body_with_several_scales_wants_one_of_them(run: Run) -> None:
    assert run("chart", "--body", "psc-ew").exit_code == 2
    assert run("chart", "--body", "psc-standby", "--format", "svg").exit_code == 0


@pytest.mark.needs_plugins
def test_past_the_last_day_of_the_records_nothing_is_drawn(run: Run, tmp_path: Path) -> None:
    head = 'union = "unison"\nname = "UNISON"\nkept_until = 2024-12-31\n'
    (tmp_path / "union.toml").write_text(head)
    later = run("chart", str(tmp_path), "--on", "2025-01-01")
    assert (later.exit_code, later.stdout) == (3, "")
    assert "not known on 2025-01-01: the records are kept until 2024-12-31" in later.stderr
