"""How far long work is, told on standard error where that is a terminal, and nowhere else."""

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import Protocol, TypeVar

import click

__all__ = ["Progress", "counted", "meanwhile"]

OFTEN = 0.2
"""How many seconds lie between two lines, at least."""
T_co = TypeVar("T_co", covariant=True)


class _Several(Sized, Iterable[T_co], Protocol[T_co]):
    """What can be counted before it is gone through."""


class Progress:
    """Writes one line, again and again; ``end`` leaves it empty."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.told = time.monotonic()

    def __call__(self, what: str, done: int, of: int) -> None:
        """Say how many are done, of how many; the line is not written anew for each."""
        now = time.monotonic()
        if now - self.told >= OFTEN:
            self.told = now
            self.say(f"{what}: {done:,} of {of:,}")

    def say(self, text: str) -> None:
        """Write the line."""
        if self.live:
            click.echo(f"\r\x1b[K{text}", err=True, nl=False)

    def end(self) -> None:
        """Leave the line empty."""
        self.say("")


@contextmanager
def meanwhile(text: str) -> Iterator[None]:
    """Say what is done while it is done."""
    progress = Progress()
    progress.say(f"{text} ...")
    try:
        yield
    finally:
        progress.end()


def counted(what: str, things: _Several[T_co]) -> Iterator[T_co]:
    """Give each thing, and say how many were given."""
    progress = Progress()
    try:
        for done, each in enumerate(things):
            progress(what, done, len(things))
            yield each
    finally:
        progress.end()
