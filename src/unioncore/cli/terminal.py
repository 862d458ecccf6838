"""A terminal, with colours, tables and a pager."""

import re
import sys
from collections.abc import Iterable, Sequence
from textwrap import TextWrapper

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

__all__ = ["Terminal"]

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


class Terminal:
    """Standard output where it is a terminal; it keeps everything until it is shown."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._console.begin_capture()
        self.width = self._console.width

    def lines(self, lines: Iterable[str], style: str) -> None:
        """Print lines, which may be broken, each in its own colour or else in ``style``."""
        for line in lines:
            bare = line.strip()
            own = next((each for start, each in _STYLES.items() if bare.startswith(start)), style)
            self._console.print(Text(line, own), soft_wrap=True)

    def markdown(self, text: str) -> None:
        """Print Markdown, laid out."""
        self._console.print(Markdown(text))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Print a table; returns whether it fits: otherwise nothing is printed."""
        columns = [(head, *texts) for head, *texts in zip(heads, *rows, strict=True)]
        fitted = _fitted(columns, self.width - len(" │ " * len(heads)) - 1)
        if fitted is None:
            return False
        table = Table()
        for head, (cells, width) in zip(heads, fitted, strict=True):
            table.add_column(cells.broken(head, width), width=width)
        for row in rows:
            pairs = zip(row, fitted, strict=True)
            table.add_row(*(cells.broken(text, width) for text, (cells, width) in pairs))
        self._console.print(table)
        return True

    def show(self) -> None:
        """Show what was printed: as it is where it fits on the screen, and else in a pager."""
        text = self._console.end_capture()
        if text.count("\n") < self._console.height or not sys.stdin.isatty():
            click.echo(text, nl=False, color=True)
        else:
            click.echo_via_pager(text)


class _Cells(TextWrapper):
    """Breaks the texts of a table where a pattern says that they may be broken."""

    def __init__(self, where: re.Pattern[str]) -> None:
        super().__init__(1, break_long_words=False)
        self.wordsep_re = where

    def longest(self, texts: Iterable[str]) -> int:
        """Return the length of the longest part that is never broken."""
        self.width = 1
        return max(map(len, self.wrap(" ".join(texts))), default=0)

    def broken(self, text: str, width: int) -> Text:
        """Return a text in lines of a width."""
        self.width = width
        return Text("\n".join("\n".join(self.wrap(line)) for line in text.split("\n")))


_WORDS = re.compile(r"(\s+)")
_PARTS_OF_KEYS = re.compile(r"(\s+)|(?<=[-_./])(?=\w)")


def _fitted(columns: Sequence[Sequence[str]], room: int) -> list[tuple[_Cells, int]] | None:
    """Return for each column how it is broken, and how wide it is; None where there is no room.

    Keys are broken only where there is too little room otherwise, and last in the first column.
    """
    whole = [[max(map(len, text.split("\n"))) for text in texts] for texts in columns]
    for first, other in ((_WORDS, _WORDS), (_WORDS, _PARTS_OF_KEYS), (_PARTS_OF_KEYS,) * 2):
        cells = [_Cells(where) for where in (first, *[other] * (len(columns) - 1))]
        least = [each.longest(texts) for each, texts in zip(cells, columns, strict=True)]
        left = room - sum(least)
        if left >= 0:
            most = [max(lengths) for lengths in whole]
            # What is left is shared out by how much is longer than that.
            longer = [
                sum(max(length - few, 0) for length in lengths)
                for lengths, few in zip(whole, least, strict=True)
            ]
            share = [left * each // (sum(longer) or 1) for each in longer]
            widths = [few + more for few, more in zip(least, share, strict=True)]
            return list(zip(cells, most if sum(most) <= room else widths, strict=True))
    return None
