"""The command that writes a new plugin."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from keyword import iskeyword
from pathlib import Path
from string import Template
from typing import Any

import click

from unioncore import builtin
from unioncore.cli.group import cli
from unioncore.cli.screen import Screen
from unioncore.composition import find_plugins
from unioncore.describe import definition_schema
from unioncore.paths import written_whole

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ENDING = ".template"
"""What tools would read as their own has this at the end of its name, and loses it."""

_SCHEMA = "definitions.schema.json"
"""What each file of definitions names in its first line, for an editor."""


@cli.command("new-plugin")
@click.argument("name")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--union", "of_union", is_flag=True, help="The plugin of a union of its own.")
def new_plugin(name: str, folder: Path | None, of_union: bool) -> None:
    """Write a new plugin: one of each kind of definition, with examples and a test.

    NAME is what the plugin is called, such as lighthouses. DIR is where it is written, and is made;
    the default is unioncore-NAME here.

    For example: unioncore new-plugin lighthouses
    """
    _check_name(name)
    folder = folder or Path(f"unioncore-{name}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already; give another folder, such as {name}-2")
    values = _values(name)
    template = resources.files("unioncore") / "templates" / ("union" if of_union else "group")
    files = {
        Template(path).substitute(values).removesuffix(_ENDING): Template(text).substitute(values)
        for path, text in _files(template)
    }
    files[_SCHEMA] = json.dumps(definition_schema(), indent=1)
    with written_whole(folder) as made:
        for path, text in files.items():
            file = made / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    screen = Screen()
    screen.lines(f"{folder}: {len(files)} files")
    screen.lines(f"now look at it with: unioncore check-plugin {folder}")


def _check_name(name: str) -> None:
    """Refuse a name that cannot be one, or that is taken; with what to do instead."""
    if not _NAME.fullmatch(name):
        meant = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f"; did you mean {meant!r}?" if _NAME.fullmatch(meant) else ""
        said = "a name is small letters, digits and hyphens, and begins with a letter"
        raise click.UsageError(f"{name!r}: {said}{hint}")
    installed = find_plugins()
    if name.startswith("unioncore"):
        raise click.UsageError(f"{name!r}: leave unioncore out; the package is unioncore-NAME")
    if name == "builtin" or name in {each.name for each in installed}:
        raise click.UsageError(f"a plugin called {name!r} is installed; choose another name")
    prefix = _package(name)
    if iskeyword(prefix):
        said = f"{name!r}: the notation of conditions has this word; choose another name"
        raise click.UsageError(said)
    loads = {"builtin": lambda: builtin.plugin, **{each.name: each.load for each in installed}}
    for other, load in loads.items():
        if prefix == _prefix(load):
            said = f"the prefix {prefix} belongs to the plugin {other}; choose another name"
            raise click.UsageError(said)


def _prefix(load: Callable[[], Any]) -> str | None:
    """Return the prefix of a plugin; None where it is broken."""
    try:
        return str(load().unioncore_about().prefix)
    except Exception:  # whatever a plugin does; "unioncore plugins" tells it
        return None


def _package(name: str) -> str:
    return name.replace("-", "_")


def _values(name: str) -> dict[str, str]:
    """Return what stands in a template for each of its words with a ``$``."""
    label = name.replace("-", " ")
    return {
        "name": name,
        "package": _package(name),
        "label": label,
        "title": label.capitalize(),
        "today": date.today().isoformat(),
        "bounds": bounds(version("unioncore")),
    }


def bounds(version: str) -> str:
    """Return the versions of the core, or of a plugin, that fit beside ``version``: its series."""
    major, minor = map(int, version.split(".")[:2])
    following = f"0.{minor + 1}" if major == 0 else f"{major + 1}"
    return f">={major}.{minor},<{following}"


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    """Give each file of a template with its path from there and its text."""
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{path}{each.name}/")
        else:
            yield f"{path}{each.name}", each.read_text("utf-8")
