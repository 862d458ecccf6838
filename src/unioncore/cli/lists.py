"""Lists of what can be asked and given: one form for them all, and which command prints which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click
from attrs import frozen

from unioncore.cli.completion import Completer
from unioncore.cli.screen import Screen
from unioncore.errors import UnknownName, nearest
from unioncore.rules import series

__all__ = ["Listed", "about_option", "print_list", "where_listed"]

F = TypeVar("F", bound=Callable[..., Any])


@frozen
class Listed:
    """One thing of a list."""

    key: str
    name: str
    """What people call it."""
    further: tuple[str, ...]
    """What its other columns say."""
    plain: Mapping[str, Any]
    """What ``--json`` prints of it beside its key and its name."""

    def is_about(self, text: str) -> bool:
        """Whether a text stands in its key, its name, its columns or what is said about it."""
        said = (self.key, self.name, *self.further, str(self.plain.get("about", "")))
        return any(text.casefold() in each.casefold() for each in said)


def about_option(completer: Completer) -> Callable[[F], F]:
    """Return the option that lists only what has to do with something."""
    return click.option(
        "--about",
        metavar="TEXT",
        help="Only those with this text in their key, their name or what is said about them.",
        shell_complete=completer,
    )


def print_list(
    kind: str,
    heads: Sequence[str],
    every: Iterable[Listed],
    about: str | None,
    *,
    as_json: bool,
    head: str = "",
) -> None:
    """Print a list: a table on a terminal, elsewhere a line each, or JSON.

    ``head`` is the line that says of which day it is, if that matters.

    Raises:
        UnknownName: when nothing in it is about what was asked for.
    """
    listed = list(every)
    kept = [each for each in listed if about is None or each.is_about(about)]
    if about is not None and not kept:
        words = dict.fromkeys(word for each in listed for word in (each.key, *each.further))
        raise UnknownName(kind, about, nearest(about, words))
    screen = Screen()
    if as_json:
        screen.json([{"key": each.key, "name": each.name, **each.plain} for each in kept])
        return
    if head:
        screen.lines(f"{head}\n")
    screen.table(heads, [(each.key, each.name, *each.further) for each in kept], _line)


def _line(key: str, name: str, *further: str) -> str:
    said = ", ".join(each for each in further if each)
    return f"{key}: {name}" + (f" ({said})" if said else "")


_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "fact": ("facts",),
    "derived fact": ("facts",),
    "fact, body or rule": ("facts", "bodies", "rules"),
    "rule": ("rules",),
    "rule or plugin": ("rules", "plugins"),
    "vocabulary": ("words",),
    "word": ("words",),
    "jurisdiction": ("words --about nation",),
    "claim": ("claims",),
    "body": ("bodies",),
    "body or pay scale": ("bodies",),
    "case type": ("case-types",),
    "table": ("tables",),
    "schema": ("schema",),
    "definition": ("rules",),
    "language": ("languages",),
}
"""The commands that list what errors call so."""


def where_listed(kind: str, about: str = "") -> str:
    """Say which command lists the things of a kind; nothing where none does."""
    narrowed = f" --about {about}" if about else ""
    found = [f"unioncore {each}{narrowed}" for each in _COMMANDS.get(kind, ())]
    return f"{series(found)} list{'s' if len(found) == 1 else ''} them" if found else ""
