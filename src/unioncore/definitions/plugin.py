"""A folder of definition files, as a plugin with every hook."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from unioncore.definitions.loader import Contents, Loaded, contents_of, load, text_of
from unioncore.errors import Fault, FaultKind
from unioncore.hookspecs import About, hookimpl
from unioncore.paths import as_names
from unioncore.rulebook import Definitions, Kind, Origin

__all__ = ["TomlPlugin"]


class TomlPlugin:
    """A plugin made of the ``definitions`` folder of a package, or of any folder.

    What stands in a folder ``with-PLUGIN`` there is left out where that plugin is not loaded. Files
    are read when composition asks, not when the plugin is imported.

    >>> plugin = TomlPlugin("unioncore.builtin", prefix="core")
    """

    def __init__(
        self, package: str | Path, *, prefix: str, requires: Iterable[str] = (), name: str = ""
    ) -> None:
        self.package = package
        self.name = name
        """What the plugin is called where it is not installed; empty: as its package or folder."""
        self.about = About(prefix, as_names(requires, "requires"))

    @property
    def home(self) -> Traversable | Path:
        """The folder that holds the worked examples and stories, mostly beside the definitions."""
        if isinstance(self.package, Path):
            folder = self.package.absolute()
            return folder if (folder / "examples").is_dir() else folder.parent
        return resources.files(self.package)

    @property
    def folder(self) -> Traversable | Path:
        """The folder that the files are in."""
        if isinstance(self.package, Path):
            return self.package
        return self.home / "definitions"

    @cached_property
    def contents(self) -> Contents:
        """The files as they were when they were first asked for."""
        if isinstance(self.package, str) and re.search(r"[/\\]|^\.", self.package):
            said = "a text names a package; pass a Path for a folder: TomlPlugin(Path(...), ...)"
            return Contents({}, (Fault("", self.package, "", said),))
        try:
            folder = self.folder
        except ImportError as error:
            said = f"the package cannot be imported: {error}"
            fault = Fault("", str(self.package), "", said, kind=FaultKind.PLUGIN)
            return Contents({}, (fault,))
        return contents_of(folder)

    @cached_property
    def _loaded(self) -> Loaded:
        return load(self.contents)

    @hookimpl
    def unioncore_about(self) -> About:
        """Return the plugin's prefix and what it requires."""
        return self.about

    @hookimpl
    def unioncore_faults(self) -> Iterable[Fault]:
        """Return what is wrong with the files."""
        return self._loaded.faults

    @hookimpl
    def unioncore_text(self, file: str) -> str | None:
        """Return the text of one of the files; None where it cannot be read."""
        return text_of(self.folder, file)

    @hookimpl
    def unioncore_origins(self) -> Mapping[tuple[str, str], Origin]:
        """Return where in the files each definition stands."""
        return self._loaded.origins


def _hook(kind: Kind) -> Callable[[TomlPlugin], Any]:
    def hook(self: TomlPlugin) -> Any:
        return getattr(self._loaded.definitions, kind.name)

    hook.__name__ = kind.hook
    hook.__doc__ = f"Return the {kind.name.replace('_', ' ')} that the files define."
    return hookimpl(hook)


# One hook for each kind of definition; written out they would all read the same.
for _kind in Definitions.kinds():
    setattr(TomlPlugin, _kind.hook, _hook(_kind))
