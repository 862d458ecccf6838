"""Runs the command ``unioncore`` in this process."""

from collections.abc import Callable
from typing import Any

import pytest

_COMPOSED: dict[Any, Any] = {}
"""The rulebooks of installed plugins, each composed once: by the plugins, and by those left out."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command with its words, or with one text that holds them all."""
    from click.testing import CliRunner

    from unioncore.cli import chosen
    from unioncore.cli.group import cli
    from unioncore.composition import compose

    def once(*plugins: Any, discover: bool, block: Any, on_fault: str) -> Any:
        asked = (*((each.name, each.distribution) for each in plugins), frozenset(block))
        if asked not in _COMPOSED:
            book = compose(*plugins, discover=discover, block=block, on_fault=on_fault)
            if book.left_out:
                return book
            _COMPOSED[asked] = book
        return _COMPOSED[asked]

    monkeypatch.setattr(chosen, "compose", once)
    for name in ("UNIONCORE_PLUGINS", "UNIONCORE_UNION", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*words: str) -> Any:
        given = words[0].split() if len(words) == 1 else words
        return CliRunner().invoke(cli, given, prog_name="unioncore")

    return invoke
