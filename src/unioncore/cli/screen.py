"""Where the commands print: colours and tables on a terminal, plain text everywhere else."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from unioncore.legal import Citation
from unioncore.rules import Answer, long_date, to_plain

__all__ = ["Screen", "leave_quietly", "rests_on", "shown", "values", "why_not"]

_STYLES = {
    "source:": "dim",
    "rule ": "dim",
    "warning:": "yellow",
    "why not": "magenta",
    "missing:": "magenta",
    "broken:": "red",
    "expected:": "green",
    "got:": "red",
}
"""How a line that starts so is shown."""


class Screen:
    """Standard output, written so that no text can stop it: what it cannot spell is escaped."""

    def __init__(self) -> None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        self._terminal = Console(highlight=False) if sys.stdout.isatty() else None

    def lines(self, text: str, style: str = "") -> None:
        """Print lines; a line that begins with a known word has its own colour."""
        if self._terminal is None:
            click.echo(text)
            return
        for line in text.split("\n"):
            bare = line.strip()
            own = next((each for start, each in _STYLES.items() if bare.startswith(start)), style)
            self._terminal.print(Text(line, own), soft_wrap=True)

    def styled(self, lines: Iterable[tuple[str, str]]) -> None:
        """Print lines, each with its style."""
        for text, style in lines:
            self.lines(text, style)

    def markdown(self, text: str) -> None:
        """Print Markdown, laid out on a terminal and as it stands elsewhere."""
        if self._terminal is None:
            click.echo(text)
        else:
            self._terminal.print(Markdown(text))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], plain: str) -> None:
        """Print a table on a terminal; elsewhere each row by the template ``plain``."""
        if self._terminal is None:
            for row in rows:
                click.echo(plain.format(*row))
            return
        table = Table(*heads)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._terminal.print(table)

    def json(self, plain: Any) -> None:
        """Print JSON and nothing else, in letters that every encoding has."""
        click.echo(json.dumps(plain, indent=2))


def leave_quietly(stream: TextIO) -> None:
    """Drop what is still to be written to ``stream``, because nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def values(answers: Mapping[str, Answer[Any]]) -> dict[str, Any]:
    """Return answers as ``--json`` prints them; null is "not known"."""
    return {key: to_plain(each.value) if each.known else None for key, each in answers.items()}


def why_not(answers: Mapping[str, Answer[Any]]) -> dict[str, str]:
    """Return why each answer that is not known is not, as ``--json`` prints it."""
    return {key: each.reason for key, each in answers.items() if not each.known}


def rests_on(citations: Iterable[Citation], warnings: Iterable[str] = ()) -> Iterator[str]:
    """Give a line for each source and each warning."""
    yield from (f"  source: {each}" for each in citations)
    yield from (f"  warning: {each}" for each in warnings)


def shown(answer: Answer[Any]) -> str:
    """Write a day, a word, yes or no on one line, or why it is not known."""
    if not answer.known:
        return f"not known: {answer.reason}"
    value = answer.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("-", " ")
    return f"{value:%A} {long_date(value)}"
