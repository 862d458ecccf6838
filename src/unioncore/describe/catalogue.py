"""The catalogue of faults: each kind, how it is cured, and mistakes that cause it."""

import tomllib
from functools import cache
from importlib import resources
from textwrap import dedent
from typing import Any

from attrs import frozen

from unioncore.errors import FaultKind
from unioncore.shown import Shown

__all__ = ["FaultAbout", "Mistake", "faults_told", "mistakes"]


@frozen
class Mistake(Shown, shows="kind"):
    """One mistake in a plugin that is sound without it."""

    kind: FaultKind
    old: str
    """What should stand in the plugin."""
    new: str
    """What stands there instead."""
    said: str
    """What composition says, or the part of it that matters."""
    in_python: bool = False
    """Whether it is in a plugin of Python; otherwise in a file of definitions."""

    @property
    def text(self) -> str:
        """The plugin with the mistake: a file of definitions, or a module; its prefix is ``lh``."""
        return sound_plugin(in_python=self.in_python).replace(self.old, self.new, 1)

    @property
    def lines(self) -> str:
        """The lines with the mistake."""
        return _lines(self.text, sound_plugin(in_python=self.in_python).index(self.old), self.new)

    @property
    def right(self) -> str:
        """The same lines without it."""
        sound = sound_plugin(in_python=self.in_python)
        return _lines(sound, sound.index(self.old), self.old)


def _lines(text: str, at: int, part: str) -> str:
    """Return the whole lines of a text in which a part of it stands."""
    end = at + len(part.rstrip("\n"))
    start, stop = text.rfind("\n", 0, at) + 1, text.find("\n", end)
    return dedent(text[start : None if stop < 0 else stop]).strip("\n")


@cache
def _written() -> dict[str, Any]:
    file = resources.files("unioncore") / "describe" / "faults.toml"
    return tomllib.loads(file.read_text("utf-8"))


def sound_plugin(*, in_python: bool = False) -> str:
    """Return the plugin in which the mistakes are made, without any."""
    return str(_written()["python" if in_python else "definitions"])


@frozen
class FaultAbout(Shown, shows="kind"):
    """What one kind of fault is, in words."""

    kind: FaultKind
    title: str
    about: str
    cure: str


def faults_told() -> tuple[FaultAbout, ...]:
    """Return what each kind of fault is, and how it is cured."""
    return tuple(FaultAbout(kind, **_written()["kind"][kind]) for kind in FaultKind)


def mistakes() -> tuple[Mistake, ...]:
    """Return the mistakes of the catalogue, at least one of each kind of fault."""
    return tuple(
        Mistake(**{**each, "kind": FaultKind(each["kind"])}) for each in _written()["mistake"]
    )
