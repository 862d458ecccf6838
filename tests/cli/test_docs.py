"""``unioncore docs``: a handbook as a site of its own."""

from pathlib import Path

import pytest

pytest.importorskip("click")
pytest.importorskip("sphinx")
from click.testing import CliRunner

from unioncore.cli.group import cli

pytestmark = [pytest.mark.slow, pytest.mark.needs_cli]

RUN = ("--on", "2026-06-01", "--plugin", "builtin")


def test_a_handbook_has_a_page_for_each_thing_and_a_search(tmp_path: Path) -> None:
    out = tmp_path / "site"
    result = CliRunner().invoke(cli, ["docs", str(out), *RUN], catch_exceptions=False)
    assert result.exit_code == 0
    assert "on 2026-06-01" in result.output
    limit = (out / "claim" / "unfair-dismissal.html").read_text("utf-8")
    assert "Employment Rights Act 1996" in limit
    assert (out / "index.html").is_file()
    assert "sacked" in (out / "searchindex.js").read_text("utf-8")
