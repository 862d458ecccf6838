"""The command in this process, with a rulebook that is composed once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

LONGEST = 20_000
"""How many characters a command may say of what is wrong."""
_SECONDS = 20
"""Of processor time, after which an input counts as one that never ends."""


@contextmanager
def _ends() -> Iterator[None]:
    def hangs(*_: object) -> None:
        raise AssertionError(f"no answer in {_SECONDS} seconds")

    signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


_BOOKS: dict[Any, Any] = {}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs the command; it fails on anything but a report."""
    from click.testing import CliRunner

    from unioncore.cli import chosen
    from unioncore.cli.group import cli
    from unioncore.composition import compose

    def once(*plugins: Any, discover: bool, block: Any, on_fault: str) -> Any:
        asked = (*(each.name for each in plugins), frozenset(block))
        if asked not in _BOOKS:
            _BOOKS[asked] = compose(*plugins, discover=discover, block=block, on_fault=on_fault)
        return _BOOKS[asked]

    monkeypatch.setattr(chosen, "compose", once)

    def run(*words: str) -> str:
        with _ends():
            done = CliRunner().invoke(cli, words, prog_name="unioncore")
        raised = done.exception
        if raised is not None and not isinstance(raised, SystemExit):
            raise raised
        assert done.exit_code in (0, 1, 2, 3)
        assert "Traceback" not in done.output
        assert len(done.stderr) <= LONGEST
        return str(done.output)

    return run
