"""Where the commands print: colours, tables and a pager on a terminal, plain text elsewhere."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from unioncore.legal import Citation
from unioncore.phrases import ENGLISH, Phrases
from unioncore.rules import Answer
from unioncore.shown import plain

if TYPE_CHECKING:
    from unioncore.cli.terminal import Terminal

__all__ = ["Screen", "rests_on", "shown", "values", "why_not"]


class Screen:
    """Standard output, written so that no text can stop it: what it cannot spell is escaped.

    On a terminal what is printed stands there when the command ends, through a pager where it is
    longer than the screen.
    """

    def __init__(self) -> None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        self._terminal = _terminal() if sys.stdout.isatty() else None
        if self._terminal is not None:
            click.get_current_context().call_on_close(self._terminal.show)

    def lines(self, text: str, style: str = "") -> None:
        """Print lines of words; one that begins with a known word has its own colour.

        Lines that are too long are broken between words: on a terminal, and elsewhere where
        ``COLUMNS`` asks for a width.
        """
        width = self._width()
        self._print((_broken(line, width) for line in text.split("\n")), style)

    def verbatim(self, text: str) -> None:
        """Print lines that mean something else when they are broken, such as a drawing."""
        self._print(text.split("\n"))

    def _print(self, lines: Iterable[str], style: str = "") -> None:
        if self._terminal is None:
            click.echo("\n".join(lines))
        else:
            self._terminal.lines(lines, style)

    def styled(self, lines: Iterable[tuple[str, str]]) -> None:
        """Print lines of words, each with its style."""
        for text, style in lines:
            self.lines(text, style)

    def markdown(self, text: str) -> None:
        """Print Markdown, laid out on a terminal and as it stands elsewhere."""
        if self._terminal is None:
            click.echo(text)
        else:
            self._terminal.markdown(text)

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], plain: Callable[..., str]
    ) -> None:
        """Print a table on a terminal; elsewhere each row as ``plain`` writes its cells.

        So it does on a terminal that is too narrow.
        """
        cells = [tuple(row) for row in rows]
        if self._terminal is None or not self._terminal.table(heads, cells):
            for row in cells:
                self.lines(plain(*row))

    def json(self, plain: Any) -> None:
        """Print JSON and nothing else, in letters that every encoding has."""
        click.echo(json.dumps(plain, indent=2))

    def _width(self) -> int:
        """Return the length of a line; 0: as long as it comes."""
        if self._terminal is not None:
            return self._terminal.width
        asked = os.environ.get("COLUMNS", "")
        return int(asked) if asked.isdecimal() else 0


def _terminal() -> "Terminal":
    from unioncore.cli.terminal import Terminal  # what it needs is slow to load

    return Terminal()


def _broken(line: str, width: int) -> str:
    """Break a line between words; what follows stands further to the right than its beginning."""
    if not width or len(line) <= width:
        return line
    further = " " * (len(line) - len(line.lstrip()) + 2)
    return fill(
        line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


def values(answers: Mapping[str, Answer[Any]]) -> dict[str, Any]:
    """Return answers as ``--json`` prints them; null is "not known"."""
    return {key: plain(each.value) if each.known else None for key, each in answers.items()}


def why_not(answers: Mapping[str, Answer[Any]]) -> dict[str, str]:
    """Return why each answer that is not known is not, as ``--json`` prints it."""
    return {key: each.reason for key, each in answers.items() if not each.known}


def rests_on(citations: Iterable[Citation], warnings: Iterable[str] = ()) -> Iterator[str]:
    """Give a line for each source and each warning."""
    yield from (f"  source: {each}" for each in citations)
    yield from (f"  warning: {each}" for each in warnings)


def shown(answer: Answer[Any], say: Phrases = ENGLISH) -> str:
    """Write a day, a word, yes or no on one line, or why it is not known."""
    if not answer.known:
        return f"{say('value.not-known')}: {answer.reason}"
    value = answer.value
    if isinstance(value, bool):
        return say("value.yes" if value else "value.no")
    if isinstance(value, str):
        return value.replace("-", " ")
    return say.weekday(value)
