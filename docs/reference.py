"""The reference pages that are made from the code: one for each name, command, table and fault.

``pages`` gives their text by address; ``write`` puts them beside the pages that people wrote. Git
ignores what it writes.
"""

import inspect
import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from unioncore.describe import definition_tables, faults_told, folder_tables, mistakes
from unioncore.describe.keys import DefinitionKey, told_under
from unioncore.errors import FaultKind
from unioncore.hookspecs import Hooks
from unioncore.rulebook import Definitions
from unioncore.schemas import schemas

FACES = (
    *("unioncore", "unioncore.answers", "unioncore.model", "unioncore.changes"),
    *("unioncore.rules", "unioncore.legal", "unioncore.records", "unioncore.stories"),
    *("unioncore.replay", "unioncore.describe", "unioncore.handbook", "unioncore.testing"),
    *("unioncore.testing.promises", "unioncore.testing.scenarios", "unioncore.testing.strategies"),
    *("unioncore.composition", "unioncore.definitions", "unioncore.hookspecs"),
    *("unioncore.rulebook", "unioncore.errors", "unioncore.bulk", "unioncore.store"),
)
"""What people import from. A name that several offer has its page under the first of them."""

FEW = 40
"""How many names a list may hold before its parts are folded."""

FOLDERS = ("api", "command", "table", "folder", "fault", "_generated")
"""The folders that are made here, and hold nothing else."""


def write(docs: Path) -> None:
    """Write every page under ``docs`` that is not there as it should be, and remove all others."""
    wanted = {docs / name: text for name, text in pages().items()}
    for folder in FOLDERS:
        for file in {*(docs / folder).glob("*.*")} - wanted.keys():
            file.unlink()
    for file, text in wanted.items():
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")


def pages() -> dict[str, str]:
    """Return the text of every page by the name of its file, and of what other pages include."""
    kinds = (
        _api_pages,
        _command_pages,
        _table_pages,
        _folder_pages,
        _fault_pages,
        _hooks,
        _schemas,
        _changes,
    )
    return {name: text for kind in kinds for name, text in kind()}


Pages = Iterator[tuple[str, str]]


def _page(title: str, description: str, up: str, *blocks: str) -> str:
    """Return a page that is linked from another one, and stands in no list at the side."""
    plain = json.dumps(description.replace("`", ""))
    meta = f"---\norphan: true\nmyst:\n  html_meta:\n    description: {plain}\n---"
    return "\n\n".join((meta, f"{{.breadcrumbs}}\n{up}", f"# {title}", *blocks)) + "\n"


def _folded(title: str, *lines: str, is_open: bool = False) -> str:
    """Return what a reader unfolds; a long page would be many screens tall on a phone."""
    opened = (":open:", "") if is_open else ("",)
    return "\n".join((f":::{{dropdown}} {title}", *opened, *lines, ":::"))


def _flat(text: str | None) -> str:
    """Return a docstring as one line of Markdown."""
    return " ".join((text or "").split()).replace("``", "`")


def _first_sentence(text: str | None) -> str:
    paragraph = _flat(inspect.cleandoc(text or "").split("\n\n")[0])
    return re.split(r"(?<=\w\w[.?)`])\s(?=[A-Z`])", paragraph)[0]


# ---- the public names --------------------------------------------------------------------------


def public_names() -> Mapping[str, str]:
    """Return every public name with the address of its page.

    Names that differ only in their first letter, such as a question and the class of what it
    returns, share a page: not every system tells such files apart.
    """
    addresses: dict[str, str] = {}
    seen: list[tuple[str, object]] = []
    for face in FACES:
        module = import_module(face)
        for name in sorted(module.__all__, reverse=True):  # a function before its class
            if (name, getattr(module, name)) in seen:
                continue
            seen.append((name, getattr(module, name)))
            full = f"{face}.{name}"
            same = (address for address in addresses.values() if address.lower() == full.lower())
            addresses[full] = next(same, full)
    return {full: f"api/{address}" for full, address in addresses.items()}


def _api_pages() -> Pages:
    names = public_names()
    for address, group in groupby(
        sorted(names, key=lambda n: (names[n], n)), key=names.__getitem__
    ):
        yield f"{address}.rst", _name_page(address.removeprefix("api/"), [*group][::-1])
    index = []
    for face in FACES:
        module = import_module(face)
        own = [full for full in names if full.rpartition(".")[0] == face]
        index.append(f"[`{face}`](api/{face}.md) ({len(own)})\n: {_first_sentence(module.__doc__)}")
        yield f"api/{face}.md", _face_page(face, own, names)
    yield "_generated/api.md", "\n\n".join(index)


def _face_page(face: str, own: list[str], names: Mapping[str, str]) -> str:
    module = import_module(face)
    blocks = [_flat(inspect.cleandoc(module.__doc__ or ""))]

    by_home = sorted(own, key=lambda full: (not _home(full).startswith(face), _home(full), full))
    for where, group in groupby(by_home, key=_home):
        lines = [
            f"- [`{full.rpartition('.')[2]}`](/{names[full]}.rst): {summary(full)}"
            for full in group
        ]
        if where != face:
            title = _first_sentence(import_module(where).__doc__).rstrip(".")
            lines = [_folded(title, *lines, is_open=len(own) <= FEW)]
        blocks.append("\n".join(lines))
    return _page(
        f"`{face}`",
        f"What {face} offers: {_first_sentence(module.__doc__)}",
        "[Public names](/api.md)",
        *blocks,
    )


def _name_page(title: str, full_names: list[str]) -> str:
    """Return the page in reStructuredText, which is what docstrings are written in."""
    face, _, _ = title.rpartition(".")
    imported = ", ".join(full.rpartition(".")[2] for full in full_names)
    blocks = [
        f":orphan:\n\n.. meta::\n   :description: {summary(full_names[0]).replace('`', '')}",
        f".. rst-class:: breadcrumbs\n\n:doc:`Public names </api>` / :doc:`{face} </api/{face}>`",
        f"{title}\n{'=' * len(title)}",
        f".. code-block:: python\n\n   from {face} import {imported}",
    ]
    for full in full_names:
        if inspect.isclass(_found(full)):
            blocks.append(f".. autoclass:: {full}")
        elif _is_function(_found(full)):
            blocks.append(f".. autofunction:: {full}")
        else:
            told = textwrap.indent(_told_of_data(full), "   ")
            blocks.append(f".. py:data:: {full}\n\n{told}")
    return "\n\n".join(blocks) + "\n"


def summary(full: str) -> str:
    """Return the first sentence about a public name."""
    found = _found(full)
    has_own = inspect.isclass(found) or _is_function(found)
    return _first_sentence(found.__doc__ if has_own else _told_of_data(full))


def _found(full: str) -> Any:
    face, _, name = full.rpartition(".")
    return getattr(import_module(face), name)


def _is_function(found: Any) -> bool:
    return callable(found) and inspect.isfunction(inspect.unwrap(found))


def _home(full: str) -> str:
    """Return the module whose own name it is."""
    face, _, name = full.rpartition(".")
    return _homes().get((name, id(_found(full))), face)


@cache
def _homes() -> Mapping[tuple[str, int], str]:
    modules = {
        name: module for name, module in sys.modules.items() if name.startswith("unioncore.")
    }
    return {
        (name, id(getattr(module, name))): where
        for where, module in reversed(modules.items())
        if not hasattr(module, "__path__")
        for name in getattr(module, "__all__", ())
    }


def _told_of_data(full: str) -> str:
    """Return what stands under an assignment."""
    return inspect.cleandoc(told_under(_home(full))[""].get(full.rpartition(".")[2], ""))


# ---- the commands ------------------------------------------------------------------------------


def commands() -> dict[str, Any]:
    """Return the commands by name; none without the extra ``cli``."""
    try:
        import click

        from unioncore.cli.group import cli
    except ModuleNotFoundError:
        return {}
    context = click.Context(cli, info_name="unioncore")
    return {name: cli.get_command(context, name) for name in cli.list_commands(context)}


def _command_pages() -> Pages:
    index = []
    for name, command in commands().items():
        about = _first_sentence(command.help)
        index.append(f"[`unioncore {name}`](command/{name}.md)\n: {about}")
        yield f"command/{name}.md", _command_page(name, command)
    yield "_generated/commands.md", "\n\n".join(index)


def _command_page(name: str, command: Any) -> str:
    program = f"unioncore {name}"
    blocks = [*_command_told(program, command, "## Options")]
    for each, part in getattr(command, "commands", {}).items():
        blocks.append(f"## `{program} {each}`")
        blocks += _command_told(f"{program} {each}", part, "### Options")
    return _page(f"`{program}`", _first_sentence(command.help), "[Commands](/commands.md)", *blocks)


def _command_told(program: str, command: Any, options_head: str) -> Iterator[str]:
    import click

    context = click.Context(command, info_name=program)
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield f"```text\n{' '.join(usage.split())}\n```"
    for paragraph in inspect.cleandoc(command.help).replace("\b\n", "").split("\n\n"):
        _, example, line = _flat(paragraph).partition("For example: ")
        yield f"For example:\n\n```console\n$ {line}\n```" if example else paragraph
    options = [param.get_help_record(context) for param in command.get_params(context)]
    yield from (options_head, f"```{{program}} {program}\n```")
    for names, told in (option for option in options if option and option[1]):
        yield f"```{{option}} {names.replace(' / ', ', ')}\n{_flat(told)}\n```"


# ---- the tables of a definition file -----------------------------------------------------------


def _table_pages() -> Pages:
    index: list[str] = []
    for _, group in groupby(definition_tables(), key=lambda table: table.name.partition(".")[0]):
        whole, *parts = group
        index.append(f"[`{whole.heading}`](table/{whole.name}.md)\n: {whole.about}")
        blocks = [whole.about, *_in_python(whole.name)]
        if whole.example:
            blocks.append(f"```toml\n{whole.example}\n```")
        blocks.append(_keys(whole.keys))
        for part in parts:
            target = f"({_anchor(part.name)})="
            blocks += [f"{target}\n## `{part.heading}`", part.about, _keys(part.keys)]
        yield (
            f"table/{whole.name}.md",
            _page(f"`{whole.heading}`", whole.about, "[Every table](/every-table.md)", *blocks),
        )
    yield "_generated/every-table.md", "\n\n".join(index)


def _in_python(table: str) -> Iterator[str]:
    for kind in Definitions.kinds():
        if table in kind.tables:
            name = kind.of.__name__
            yield (
                f"In Python it is {{py:class}}`unioncore.{name}`, which the hook "
                f"[`{kind.hook}`](/every-hook.md#{_anchor(kind.hook)}) returns."
            )


def _keys(keys: tuple[DefinitionKey, ...]) -> str:
    return "\n\n".join(_key(key) for key in keys)


def _key(key: DefinitionKey) -> str:
    needed = " *(needed)*" if key.is_needed else ""
    _, see, part = key.value.partition("see ")
    value = f"see [`{part}`](#{_anchor(part)})" if see else key.value
    return f"`{key.name}`{needed}\n: {key.about} Written: {value}."


def _anchor(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower())


# ---- the tables of a union's folder ------------------------------------------------------------


def _folder_pages() -> Pages:
    index = []
    for table in folder_tables():
        index.append(f"[`{table.name}`](folder/{table.name}.md)\n: {table.about}")
        yield (
            f"folder/{table.name}.md",
            _page(
                f"`{table.name}.csv`",
                table.about,
                "[A union's own folder](/union-folder.md) / [Every file](/every-file.md)",
                table.about,
                table.rows,
                _keys(table.columns),
            ),
        )
    yield "_generated/every-file.md", "\n\n".join(index)


# ---- the faults --------------------------------------------------------------------------------


def _fault_pages() -> Pages:
    index = []
    for fault in faults_told():
        kind = fault.kind
        index.append(f"[{fault.title}](fault/{kind}.md) (`{kind}`)\n: {fault.about}")
        blocks = [fault.about, fault.cure]
        for each in mistakes():
            if each.kind is kind:
                is_toml = kind is not FaultKind.NOT_READ
                language = "python" if each.in_python else "toml" if is_toml else "text"
                blocks += [f"```{language}\n{each.lines}\n```", f"It says: `{each.said}`"]
                if "\n" not in each.right:
                    blocks.append(f"Right: `{each.right}`")
        page = _page(f"{fault.title} (`{kind}`)", fault.about, "[Faults](/faults.md)", *blocks)
        yield f"fault/{kind}.md", page
    yield "_generated/faults.md", "\n\n".join(index)


# ---- the hooks ---------------------------------------------------------------------------------


def _hooks() -> Pages:
    kinds = {kind.hook: kind for kind in Definitions.kinds()}
    blocks = []
    for name, hook in vars(Hooks).items():
        if not name.startswith("unioncore_"):
            continue
        blocks += [f"({_anchor(name)})=\n## `{name}`", _flat(hook.__doc__)]
        if name in kinds:
            tables = kinds[name].tables
            written = ", ".join(f"[`{each}`](/table/{each}.md)" for each in tables)
            of = f"{{py:class}}`unioncore.{kinds[name].of.__name__}`"
            blocks.append(f"Each is a {of}; in a file: {written}.")
    yield "_generated/every-hook.md", "\n\n".join(blocks)


# ---- the JSON Schemas --------------------------------------------------------------------------


def _schemas() -> Pages:
    """List the schemas: first what goes in, then the answers, folded by the package they are in."""
    blocks = []
    for room, group in groupby(
        sorted(schemas(), key=lambda each: each.room), lambda each: each.room
    ):
        lines = [
            f'- <a href="schema/{each.name}.json"><code>{each.name}</code></a>: {each.of}'
            for each in group
        ]
        if room:
            title = _first_sentence(import_module(room).__doc__).rstrip(".")
            lines = [_folded(title, *lines)]
        blocks.append("\n".join(lines))
    yield "_generated/schemas.md", "\n\n".join(blocks)


# ---- the changelog -----------------------------------------------------------------------------


def _changes() -> Pages:
    text = (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8")
    head, *releases = re.split(r"^## ", text.partition("\n")[2], flags=re.M)
    blocks = [head.strip()]
    for release in releases:
        name, _, said = release.partition("\n")
        said = re.sub(r"^### (.+)$", r"**\1**", said.strip(), flags=re.M)
        blocks.append(_folded(name.strip("[]"), "", said))
    yield "_generated/changelog.md", "\n\n".join(blocks)
