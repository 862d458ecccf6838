"""Which plugins there are: those that are installed, and those that are given."""

from collections.abc import Callable
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from attrs import frozen

from unioncore.errors import Fault
from unioncore.shown import Shown

__all__ = ["FoundPlugin", "example_union", "find_plugins"]

GROUP = "unioncore"
"""The entry-point group by which plugins are found."""

BUILTIN = "builtin"


@frozen
class FoundPlugin(Shown, shows="name distribution version"):
    """A plugin that is installed: an entry point that has not been imported yet."""

    name: str
    distribution: str
    version: str
    load: Callable[[], Any]
    module: str = ""
    """The module that it is in."""


def find_plugins() -> tuple[FoundPlugin, ...]:
    """Return the installed plugins, by name; nothing is imported."""
    plugins = []
    for entry in metadata.entry_points(group=GROUP):
        dist = entry.dist
        name, version = (dist.name, dist.version) if dist is not None else ("", "")
        plugins.append(FoundPlugin(entry.name, name, version, entry.load, entry.module))
    return tuple(sorted(plugins, key=lambda each: (each.name, each.distribution)))


def example_union(plugin: FoundPlugin) -> Traversable | None:
    """Return the folder of the example union that a plugin ships, or None."""
    folder = resources.files(plugin.module.partition(".")[0]) / "example_union"
    return folder if folder.is_dir() else None


def installed_plugins(block: frozenset[str], faults: list[Fault]) -> dict[str, FoundPlugin]:
    """Return the installed plugins that are not left out."""
    installed: dict[str, FoundPlugin] = {}
    for plugin in find_plugins():
        if plugin.name in block:
            continue
        if plugin.name in installed or plugin.name == BUILTIN:
            other = installed[plugin.name].distribution if plugin.name in installed else "unioncore"
            message = f"two distributions install it, {other} and {plugin.distribution}; remove one"
            faults.append(Fault(plugin.name, "", "", message))
        installed.setdefault(plugin.name, plugin)
    installed.pop(BUILTIN, None)
    return installed


def named(plugin: Any, name: str = "") -> tuple[FoundPlugin, Any]:
    """Return what is known of a plugin without its hooks, and its object; None: not loaded yet."""
    if isinstance(plugin, FoundPlugin):
        return plugin, None
    name = name or getattr(plugin, "name", "")
    if not isinstance(name, str) or not name:
        # By convention the package unioncore_some_group is the plugin some-group.
        name = str(getattr(plugin, "__name__", "") or getattr(plugin, "package", ""))
        name = name.replace("\\", "/").rpartition("/")[2].removeprefix("unioncore_")
        name = name.replace("_", "-") or type(plugin).__name__
    own = next(iter(metadata.Distribution.discover(name="unioncore")), None)
    distribution, version = ("unioncore", own.version) if name == BUILTIN and own else ("", "")
    return FoundPlugin(name, distribution, version, lambda: plugin), plugin
