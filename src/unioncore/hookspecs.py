"""Every extension point, and the two markers.

A plugin is any object with some of these hooks, marked ``@hookimpl``. Each hook is called at
composition; most take nothing and return an iterable of frozen definitions of one kind. What order
plugins come in never matters.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pluggy
from attrs import frozen

from unioncore.errors import Fault
from unioncore.rulebook import Definitions, Kind, Origin
from unioncore.shown import Shown

__all__ = ["About", "Hooks", "hookimpl", "hookspec"]

hookspec = pluggy.HookspecMarker("unioncore")
"""Marks a function that a plugin may have; only the library marks with it."""

hookimpl = pluggy.HookimplMarker("unioncore")
"""Marks a function of a plugin as one of the hooks; its name says which."""


@frozen
class About(Shown, shows="prefix requires"):
    """What composition must know of a plugin before its definitions."""

    prefix: str
    """Keys of its rules, tables, parameters and the like start with this and a full stop."""
    requires: tuple[str, ...] = ()
    """Plugins whose definitions it refers to; they are loaded with it."""


class Hooks:
    """The hooks: these, and one for each kind of definition, such as ``unioncore_rules``.

    ``Definitions`` registers the kinds, and the class of a definition says what it means.
    """

    @hookspec(firstresult=True)
    def unioncore_about(self) -> About | None:
        """Return the plugin's prefix and what it requires. Every plugin has this hook."""

    @hookspec
    def unioncore_faults(self) -> Iterable[Fault]:
        """Return what was found wrong while the plugin read its own files."""
        return ()

    @hookspec(firstresult=True)
    def unioncore_text(self, file: str) -> str | None:
        """Return the text of a file of definitions: it is looked at where something is wrong."""

    @hookspec
    def unioncore_origins(self) -> Mapping[tuple[str, str], Origin]:
        """Return the file, and the path in it, where each kind and key is defined."""
        return {}


def _hook(kind: Kind) -> Callable[[Hooks], Iterable[Any]]:
    def hook(self: Hooks) -> Iterable[Any]:
        return ()

    hook.__name__, hook.__qualname__ = kind.hook, f"Hooks.{kind.hook}"
    hook.__doc__ = kind.about
    return hookspec(hook)


# One hook for each kind of definition, as ``Definitions`` registers it.
for _kind in Definitions.kinds():
    setattr(Hooks, _kind.hook, _hook(_kind))
