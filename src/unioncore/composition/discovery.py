"""Which plugins there are: those that are installed, and those that are given."""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import frozen

from unioncore.checked import checked
from unioncore.definitions import TomlPlugin, load_folder
from unioncore.errors import BadDefinition, Fault, FaultKind
from unioncore.paths import AnyPath, as_path, content_of, parse_toml
from unioncore.rulebook import Definitions
from unioncore.shown import Shown

__all__ = ["FoundPlugin", "example_union", "find_plugins", "plugin_in", "without_plugin"]

_GROUP = "unioncore"
"""The entry-point group by which plugins are found."""

BUILTIN = "builtin"
_DEFINITIONS = "definitions"


@frozen
class FoundPlugin(Shown, shows="name distribution version"):
    """A plugin that is installed: an entry point that has not been imported yet."""

    name: str
    distribution: str
    version: str
    load: Callable[[], Any]
    module: str = ""
    """The module that it is in; empty where it is no more than a folder of definitions."""
    entry: str = ""
    """Its entry point, as its distribution writes it."""


def find_plugins() -> tuple[FoundPlugin, ...]:
    """Return the installed plugins, by name; nothing is imported."""
    from importlib import metadata  # slow to load, and most modules look for no plugin

    plugins = []
    for entry in metadata.entry_points(group=_GROUP):
        dist = entry.dist
        name, version = (dist.name, dist.version) if dist is not None else ("", "")
        written = f'{entry.name} = "{entry.value}"'
        load, module = entry.load, ""
        if entry.pattern.match(entry.value) is None:
            load = partial(_malformed, entry.value)
        else:
            module = entry.module
        plugins.append(FoundPlugin(entry.name, name, version, load, module, written))
    return tuple(sorted(plugins, key=lambda each: (each.name, each.distribution)))


def _malformed(value: str) -> Any:
    """Load what an entry point names that cannot be read."""
    raise ImportError(f"expected PACKAGE:NAME in the entry point, got {value!r}")


def plugin_in(folder: AnyPath) -> FoundPlugin:
    """Return the plugin that a folder holds, which need not be installed or packaged.

    That is a distribution, with a ``pyproject.toml`` that names the plugin as an entry point; or
    a folder of definitions, or one with a folder ``definitions``, whose plugin is called as the
    folder is, with the prefix that most of its keys have. The package of a distribution is
    imported from the folder, where a package of that name is not imported already.

    Raises:
        BadDefinition: when the folder holds no plugin, or several.
    """
    folder = as_path(folder, "folder").absolute()
    if not folder.is_dir():
        raise BadDefinition((Fault("", folder.name, "", "there is no such folder"),))
    if (folder / "pyproject.toml").is_file():
        return _in_distribution(folder)
    if (folder / _DEFINITIONS).is_dir():
        folder /= _DEFINITIONS
    if not any(folder.glob("*.toml")):
        said = f"no plugin is here: no pyproject.toml, no *.toml, and no folder {_DEFINITIONS}"
        raise BadDefinition((Fault("", folder.name, "", said),))
    name = _by_convention((folder.parent if folder.name == _DEFINITIONS else folder).name)
    plugin = TomlPlugin(folder, prefix=_prefix_in(folder, name), name=name)
    return FoundPlugin(name, "", "", lambda: plugin)


def _in_distribution(folder: Path) -> FoundPlugin:
    from importlib import metadata

    file = folder / "pyproject.toml"
    try:
        project = parse_toml(content_of(file)).get("project", {})
        entries = project.get("entry-points", {}).get(_GROUP, {})
        [(name, written)] = entries.items()
        entry = metadata.EntryPoint(name, written, _GROUP)
        module = entry.module
    except (OSError, ValueError, AttributeError) as error:
        said = 'expected one plugin, as NAME = "PACKAGE:plugin" under '
        said += f"[project.entry-points.{_GROUP}]"
        if isinstance(error, tomllib.TOMLDecodeError):
            said = f"this is not TOML: {error}"
        raise BadDefinition((Fault("", file.name, "", said),)) from None
    package = Path(*module.split("."))
    for root in (folder / "src", folder):
        if (root / package).is_dir() or (root / package).with_suffix(".py").is_file():
            sys.path[:] = [str(root), *(each for each in sys.path if each != str(root))]
            break
    distribution, version = (str(project.get(key, "")) for key in ("name", "version"))
    return FoundPlugin(name, distribution, version, entry.load, module, f'{name} = "{written}"')


def _prefix_in(folder: Path, name: str) -> str:
    """Return the prefix of most keys in a folder; where none has one, that of the name."""
    found = load_folder(folder).definitions
    keys: Iterable[str] = (
        each.key
        for kind in Definitions.kinds()
        if kind.prefixed
        for each in getattr(found, kind.name)
    )
    counts = Counter(key.partition(".")[0] for key in keys if "." in key)
    return counts.most_common(1)[0][0] if counts else name.replace("-", "_")


def without_plugin() -> tuple[str, ...]:
    """Return the distributions that depend on unioncore and offer no plugin, by name."""
    from importlib import metadata

    offering = {plugin.distribution for plugin in find_plugins()}
    return tuple(
        sorted(
            dist.name
            for dist in metadata.distributions()
            if dist.name not in offering and any(map(_is_ours, dist.requires or ()))
        )
    )


def _is_ours(requirement: str) -> bool:
    """Whether a requirement is that of unioncore itself, with or without an extra or a version."""
    name = re.match(r"[\w.-]+", requirement)
    return name is not None and name[0].lower() == "unioncore" and "extra ==" not in requirement


@checked
def example_union(plugin: FoundPlugin) -> Traversable | None:
    """Return the folder of the example union that a plugin ships, or None."""
    if not plugin.module:
        return None
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
            faults.append(Fault(plugin.name, "", "", message, kind=FaultKind.TWICE))
        installed.setdefault(plugin.name, plugin)
    installed.pop(BUILTIN, None)
    return installed


def named(plugin: Any, name: str = "") -> tuple[FoundPlugin, Any]:
    """Return what is known of a plugin without its hooks, and its object; None: not loaded yet."""
    if isinstance(plugin, FoundPlugin):
        return plugin, None
    from importlib import metadata

    name = name or getattr(plugin, "name", "")
    if not isinstance(name, str) or not name:
        name = str(getattr(plugin, "__name__", "") or getattr(plugin, "package", ""))
        name = _by_convention(name.replace("\\", "/").rpartition("/")[2]) or type(plugin).__name__
    own = next(iter(metadata.Distribution.discover(name="unioncore")), None)
    distribution, version = ("unioncore", own.version) if name == BUILTIN and own else ("", "")
    return FoundPlugin(name, distribution, version, lambda: plugin), plugin


def _by_convention(package: str) -> str:
    """Return what the plugin of a package is called: ``some-group`` of unioncore_some_group."""
    return package.replace("-", "_").removeprefix("unioncore_").replace("_", "-")
