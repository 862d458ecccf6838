"""Texts of law compared with what was read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_a_change_is_told_and_ends_with_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ukpga-1996-18.md").write_text("##### 86\n\nNo notice.\n", encoding="utf-8")
    told = run("verify-sources", str(tmp_path))
    assert told.exit_code == 1
    assert "ukpga-1996-18, section 86: changed since it was read" in told.stdout
    assert "  not reviewed since: core.statutory-notice-none [1996-08-22]" in told.stdout
    plain = json.loads(run("verify-sources", str(tmp_path), "--json").stdout)
    assert [each["at"] for each in plain if each["changed"]] == ["section 86"]
    written = run("verify-sources", str(tmp_path), "--digests", "2026-11-28").stdout
    assert 'key = "ukpga-1996-18"\nprovisions = [\n  { at = "section 86"' in written
    assert run("verify-sources", str(tmp_path / "none")).exit_code == 2


def test_what_the_folder_does_not_hold_is_not_known(run: Run, tmp_path: Path) -> None:
    told = run("verify-sources", str(tmp_path))
    assert told.exit_code == 3
    assert f"{tmp_path} holds none of the " in told.stdout
    (tmp_path / "uk").mkdir()
    text = "##### 155\n\nNobody has a right.\n\n## Signed\n"
    (tmp_path / "uk" / "ukpga-1996-18.md").write_text(text.replace("155", "1"), encoding="utf-8")
    assert run("verify-sources", str(tmp_path)).exit_code == 3
    (tmp_path / "uk" / "ukpga-1996-18.md").write_text(text, encoding="utf-8")
    told = run("verify-sources", str(tmp_path))
    assert told.exit_code == 1
    assert "ukpga-1992-52, section 226: not in the folder" in told.stdout
