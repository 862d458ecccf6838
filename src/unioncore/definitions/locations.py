"""Where in a TOML file something stands: its line and its column, and what it is called there.

The parser of the standard library keeps no positions. Files are looked at here only where something
is wrong with them.
"""

import re
import tomllib
from bisect import bisect
from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

import attrs

from unioncore.errors import Location

__all__ = ["Locations"]

P = TypeVar("P", bound=Location)

_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)[ \t]*(\.?)""")
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_VALUE = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'
    r"|'''[\s\S]*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}\n#]+"
)
_STEP = re.compile(r"([^.\[\]]+)((?:\[\d+\])*)")


class Locations:
    """The places in one TOML file that can be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def located(self, place: P) -> P:
        """Return a place, or a fault, with its line and column and its path in words.

        Of what is missing, such as a field that is needed, the place is that of what lacks it.
        """
        path = place.path
        if path not in self._starts and f"{path}[0]" in self._starts:
            path += "[0]"  # the first table of that name
        while path and path not in self._starts:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        if not path:
            return place
        line = bisect(self._lines, self._starts[path])
        column = self._starts[path] - self._lines[line - 1] + 1
        return attrs.evolve(place, line=line, column=column, where=self._called(place.path))

    def block(self, path: str) -> str:
        """Return what is written at a path: a table with all that stands under it, or one line.

        A line has the heading of its table before it. What the head of the file says of all that
        stands in it comes first.
        """
        begin = self._starts[path]
        within = (path, f"{path}.", f"{path}[")
        ends = (
            start
            for other, start in self._starts.items()
            if start > begin and other != path and not other.startswith(within[1:])
        )
        lines = self.text[begin : min(ends, default=len(self.text))].rstrip().splitlines()
        while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()  # it belongs to what comes next
        parent = path.rpartition(".")[0]
        if parent and not lines[0].startswith("["):
            lines.insert(0, f"[{parent}]")
        first = re.search(r"^\[", self.text, re.MULTILINE)
        above = self.text[: first.start()] if first else ""
        head = [each for each in above.splitlines() if each.strip() and each[0] != "#"]
        return "\n".join([*head, *([""] if head else []), *lines])

    def _called(self, path: str) -> str:
        """Return a path in words: by the keys and the days of what it leads through."""
        at: Any = self._content
        said: list[str] = []
        plain: list[str] = []
        for name, numbers in _STEP.findall(path):
            at = at.get(name) if isinstance(at, Mapping) else None
            if not numbers:
                plain.append(name)
                continue
            for number in re.findall(r"\d+", numbers):
                at = at[int(number)] if isinstance(at, list) and int(number) < len(at) else None
                said.append(".".join([*plain, _named(name, at, int(number))]))
                plain = []
        return ", ".join([*said, *([".".join(plain)] if plain else [])])

    @cached_property
    def _content(self) -> Mapping[str, Any]:
        return tomllib.loads(self.text)

    @cached_property
    def _starts(self) -> Mapping[str, int]:
        """Where each path of keys begins, as a number of characters."""
        return _Scan(self.text).starts


def _named(name: str, value: Any, number: int) -> str:
    """Return what one of several tables is called: by its key, its first day, or its number."""
    if isinstance(value, Mapping):
        if isinstance(value.get("key"), str):
            return f"{name} {value['key']}"
        period = value.get("period")
        if isinstance(period, Mapping) and "start" in period:
            return f"{name} of {period['start']}"
    return f"{name} {number + 1}"


class _Scan:
    """Goes through a text that is TOML, and keeps where each key and each item begins."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.starts: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        """How many tables each ``[[...]]`` has had so far."""
        within = ""
        while self._skipped() < len(text):
            start = self.at
            if text.startswith("[", start):
                many = text.startswith("[[", start)
                self.at += 1 + many
                within = self._headed(many, start)
                self.at += 1 + many
            else:
                self._line(within)

    def _skipped(self) -> int:
        """Go on past blanks and comments; where what follows begins."""
        found = _BLANK.match(self.text, self.at)
        self.at = self.at if found is None else found.end()
        return self.at

    def _keys(self) -> list[tuple[str, int]]:
        """Read a key with full stops: each part, and where it begins."""
        keys = []
        while found := _KEY.match(self.text, self.at):
            self.at = found.end()
            keys.append((found[1].strip("\"'"), found.start(1)))
            if not found[2]:
                break
        return keys

    def _headed(self, many: bool, start: int) -> str:
        """Read the key of a heading; the path of what stands under it."""
        path = ""
        keys = self._keys()
        for number, (key, _) in enumerate(keys, 1):
            path = _joined(path, key)
            if many and number == len(keys):
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path += f"[{self.counts[path] - 1}]"
            self.starts.setdefault(path, start)
        return path

    def _line(self, path: str) -> None:
        """Read a key and its value."""
        for key, start in self._keys():
            path = _joined(path, key)
            self.starts.setdefault(path, start)
        self.at += 1  # the sign of equality
        self._value(path)

    def _value(self, path: str) -> None:
        opened = self.text[self._skipped()]
        if opened not in "[{":
            found = _VALUE.match(self.text, self.at)
            self.at = self.at + 1 if found is None else found.end()
            return
        self.at += 1
        number = 0
        while self.text[self._skipped()] not in "]}":
            if opened == "{":
                self._line(path)
            else:
                self.starts[f"{path}[{number}]"] = self.at
                self._value(f"{path}[{number}]")
            number += 1
            self.at = self._skipped() + (self.text[self.at] == ",")
        self.at += 1


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
