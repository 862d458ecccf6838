"""The worked examples that plugins ship."""

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from unioncore.checked import checked
from unioncore.composition import FoundPlugin
from unioncore.replay import Example, read_examples

__all__ = ["shipped_examples"]


@checked
def shipped_examples(plugins: Iterable[FoundPlugin]) -> tuple[Example, ...]:
    """Return the worked examples of the built-in definitions and of plugins, plugin by plugin."""
    modules = ["unioncore.builtin", *(each.module for each in plugins if each.module)]
    return tuple(each for module in modules for each in _examples(module.partition(":")[0]))


def _examples(module: str) -> Iterator[Example]:
    folder = resources.files(module) / "examples"
    if isinstance(folder, Path) and folder.is_dir():
        for file in sorted(folder.glob("*.json")):
            yield from read_examples(file)
