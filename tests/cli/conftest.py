"""Runs the command ``unioncore`` in this process."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command with its words, or with one text that holds them all."""
    from click.testing import CliRunner

    from unioncore.cli.commands import cli

    monkeypatch.delenv("UNIONCORE_PLUGINS", raising=False)

    def invoke(*words: str) -> Any:
        given = words[0].split() if len(words) == 1 else words
        return CliRunner().invoke(cli, given, prog_name="unioncore")

    return invoke
