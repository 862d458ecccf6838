"""A terminal, with colours and tables."""

from collections.abc import Iterable, Sequence

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
    """Standard output where it is a terminal."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)

    def lines(self, text: str, style: str) -> None:
        """Print lines, each in its own colour or else in ``style``."""
        for line in text.split("\n"):
            bare = line.strip()
            own = next((each for start, each in _STYLES.items() if bare.startswith(start)), style)
            self._console.print(Text(line, own), soft_wrap=True)

    def markdown(self, text: str) -> None:
        """Print Markdown, laid out."""
        self._console.print(Markdown(text))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table."""
        table = Table(*heads)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table)
