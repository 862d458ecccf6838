"""A wrong answer becomes a worked example, which fails until the rule is mended."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]

LAMPS = """
[source.lamps]
instrument = "Rules of the lamps"
url = ""
checked_on = 2026-11-29
confidence = "verified"

[fact.demo.lit]
label = "the lamp is lit"
type = "yes-no"
derived = true

[fact.demo.wick]
label = "how many wicks it has"
type = "whole"

[[rule]]
key = "demo.lit"
decides = "demo.lit"
period = { start = 2020-01-01 }
value = true
when = "demo.wick > 1"
because = "it has wicks"
citations = [{ source = "lamps", provision = "rule 1" }]
"""


def test_it_fails_now_and_passes_when_the_rule_is_mended(run: Run, tmp_path: Path) -> None:
    lamps = _plugin(tmp_path / "lamps", LAMPS)
    mended = _plugin(tmp_path / "mended", LAMPS.replace("demo.wick > 1", "demo.wick > 0"))
    asked = "report demo.lit=yes --set demo.wick=1 --on 2024-06-01 --source rule-1 --plugin"
    found = run(f"{asked} {lamps}")
    assert found.exit_code == 0
    assert 'got:      "unknown"' in found.stderr
    assert json.loads(found.stdout)[0]["expected"] == {"demo.lit": True}
    wrong = tmp_path / "wrong.json"
    wrong.write_text(found.stdout, encoding="utf-8")
    assert run(f"replay {wrong} --plugin {lamps}").exit_code == 1
    assert run(f"replay {wrong} --plugin {mended}").exit_code == 0
    again = run(f"{asked} {mended}")
    assert again.exit_code == 1
    assert "the rulebook says so already" in again.stderr
    assert not again.stdout


def _plugin(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "lamps.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("service_grup=unknown", "no plugin declares a derived fact service_grup"),
        ("region", "expected key=value"),
        ("on=2024-06-01", "the day is given with --on"),
    ],
)
def test_what_cannot_be_put_is_told(run: Run, words: str, said: str) -> None:
    found = run(f"report {words} --on 2024-06-01 --source S")
    assert found.exit_code in (1, 2)
    assert said in found.stderr
    assert not found.stdout
