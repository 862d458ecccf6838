"""What changed in the rulebook between two days."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
needs_plugins = pytest.mark.needs_plugins


@needs_plugins
@pytest.mark.parametrize("days", ["2009-06-01 2010-06-01", "2021-06-01 2021-07-31"])
def test_what_changed_has_its_sources(run: Run, days: str) -> None:
    changes = json.loads(run(f"diff {days} --json").stdout)
    assert changes
    for change in changes:
        for version in filter(None, (change["before"], change["after"])):
            assert version["text"]
            assert version["citations"]
    text = run(f"diff {days}").stdout
    assert "    source: " in text
    assert text.splitlines()[-1].startswith(f"{len(changes)} change")
