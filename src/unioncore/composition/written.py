"""What a definition is written as in its file."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from unioncore import builtin
from unioncore.composition.discovery import BUILTIN, find_plugins, named
from unioncore.definitions import Locations
from unioncore.errors import Location, UnknownName, nearest
from unioncore.rulebook import At, Rulebook
from unioncore.shown import Shown

__all__ = ["Passage", "Writings", "written"]


@frozen
class Passage(Shown, shows="place"):
    """A definition as it is written."""

    place: Location
    """The plugin, the file and the line."""
    text: str
    """The TOML; empty where it is written in Python."""


def written(rulebook: Rulebook, key: str, *plugins: Any) -> tuple[Passage, ...]:
    """Return what is called ``key``, of whatever kind, as it stands in the file of its plugin.

    Args:
        rulebook: holds the definitions.
        key: a key, such as ``pj.police-staff``; a word is found by its own.
        plugins: those of the rulebook that are not installed, or take the place of one that is.

    Raises:
        UnknownName: when nothing is called so.
    """
    return Writings(rulebook, *plugins).called(key)


class Writings:
    """What the definitions of a rulebook are written as; each file is read once."""

    def __init__(self, rulebook: Rulebook, *plugins: Any) -> None:
        self._rulebook = rulebook
        self._plugins = plugins
        self._files: dict[tuple[str, str], Locations | None] = {}

    def called(self, key: str) -> tuple[Passage, ...]:
        """Return what is called ``key``; raises ``UnknownName`` when nothing is."""
        every = [(at, each.key) for at, each in self._rulebook.definitions.every()]
        found = [at for at, own in every if key in (at[1], own)]
        if not found:
            raise UnknownName("definition", key, nearest(key, [own for _, own in every]))
        return tuple(map(self.of, found))

    def of(self, at: At) -> Passage:
        """Return the passage of one definition, given its kind and key."""
        origin = self._rulebook.origins[at]
        place = Location(origin.plugin, origin.file, origin.path)
        file = origin.plugin, origin.file
        if file not in self._files:
            text = _text(*file, self._plugins)
            self._files[file] = None if text is None else Locations(text)
        locations = self._files[file]
        if locations is None:
            return Passage(place, "")
        return Passage(locations.located(place), locations.block(origin.path))


def _text(plugin: str, file: str, plugins: Iterable[Any]) -> str | None:
    """Return the text of a file of definitions of a plugin; None where it is no such file."""
    there = (named(builtin.plugin, BUILTIN), *map(named, (*plugins, *find_plugins())))
    found, loaded = next(each for each in there if each[0].name == plugin)
    text_of = getattr(found.load() if loaded is None else loaded, "unioncore_text", None)
    text = None if text_of is None else text_of(file=file)
    return text if isinstance(text, str) else None
