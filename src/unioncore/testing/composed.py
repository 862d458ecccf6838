"""Rulebooks that many tests ask; each is composed once in a process."""

from functools import cache
from types import ModuleType

from unioncore.composition import compose, find_plugins
from unioncore.rulebook import Rulebook

__all__ = ["alone", "beside_others", "installed"]


@cache
def installed() -> Rulebook:
    """Return the rulebook of all plugins that are installed."""
    return compose()


@cache
def alone(package: ModuleType) -> Rulebook:
    """Return the rulebook of the plugin of a package and of what it requires."""
    return compose(package.plugin, discover=False)


@cache
def beside_others(package: ModuleType) -> Rulebook:
    """Return the rulebook of the plugin of a package and of all that are installed."""
    if any(each.module == package.__name__ for each in find_plugins()):
        return installed()
    return compose(package.plugin)
