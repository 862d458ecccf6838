"""Where the commands print: colours and tables on a terminal, plain text everywhere else."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from unioncore.legal import Citation
from unioncore.rules import Answer, long_date, to_plain

if TYPE_CHECKING:
    from unioncore.cli.terminal import Terminal

__all__ = ["Screen", "rests_on", "shown", "values", "why_not"]


class Screen:
    """Standard output, written so that no text can stop it: what it cannot spell is escaped."""

    def __init__(self) -> None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        self._terminal = _terminal() if sys.stdout.isatty() else None

    def lines(self, text: str, style: str = "") -> None:
        """Print lines; a line that begins with a known word has its own colour."""
        if self._terminal is None:
            click.echo(text)
        else:
            self._terminal.lines(text, style)

    def styled(self, lines: Iterable[tuple[str, str]]) -> None:
        """Print lines, each with its style."""
        for text, style in lines:
            self.lines(text, style)

    def markdown(self, text: str) -> None:
        """Print Markdown, laid out on a terminal and as it stands elsewhere."""
        if self._terminal is None:
            click.echo(text)
        else:
            self._terminal.markdown(text)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], plain: str) -> None:
        """Print a table on a terminal; elsewhere each row by the template ``plain``."""
        if self._terminal is None:
            for row in rows:
                click.echo(plain.format(*row))
        else:
            self._terminal.table(heads, rows)

    def json(self, plain: Any) -> None:
        """Print JSON and nothing else, in letters that every encoding has."""
        click.echo(json.dumps(plain, indent=2))


def _terminal() -> "Terminal":
    from unioncore.cli.terminal import Terminal  # what it needs is slow to load

    return Terminal()


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
