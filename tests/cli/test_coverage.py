"""How much is known for each kind of employer, job group and nation, as a table."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_the_table_and_its_json_say_the_same(run: Run) -> None:
    plain = json.loads(run("coverage --on 2024-06-01 --json").stdout)
    text = run("coverage --on 2024-06-01").stdout
    assert f"{len(plain['combinations'])} combinations can exist" in text
    council = text.split("\ncouncil\n")[1].split("\n\n")[0]
    assert "Wales +" in council
    assert "local-government-services" in council
    assert "private-contractor: give employer.serves" in text
