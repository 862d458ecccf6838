"""All that the library prints in words, by kind: what its definitions, code and pages say."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import click

from tests.books import everything
from tests.plain_words.reading_score import Sentence, sentences_in
from unioncore.cli.group import COMMANDS, cli
from unioncore.describe import folder_tables, glossary, items
from unioncore.legal import Citation
from unioncore.rules import Fact

__all__ = ["gathered"]

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "unioncore"

SENTENCES = {
    *("about", "award", "because", "conflict", "denial", "elected", "label", "means", "not_known"),
    *("note", "question", "said", "text"),
}
"""Fields of definitions that hold sentences or parts of them; others hold names, keys and codes."""
FIGURES = {"pay scale", "pay round", "calendar"}
"""Kinds of definitions whose sentences are tables written out."""
IN_CODE = "it"
"""What stands for what a sentence is filled with: one short word."""
LAYERS = {
    **{each: f"{each}, in code" for each in ("answers", "changes", "cli", "records", "rules")},
    **dict.fromkeys(("describe", "handbook", "sphinxext"), "describe, in code"),
    **dict.fromkeys(("replay", "stories"), "stories, in code"),
}
"""The kind of what the code of a layer says; all others say what is wrong with definitions."""

_FENCE = re.compile(r"(?ms)^(?:`{3,}|:{3,})(.*?)\n(.*?)^(?:`{3,}|:{3,})$")
_MARKUP = re.compile(
    r"\{[\w:-]+\}(?=`)|\]\([^)]*\)|\]\{[^}]*\}|[*`\[]|<[!/]?[^>`]*>|^#+ |^- |^: ", re.M
)
_COMMAND_FIRST = re.compile(r"(?<=[.?!:] `)[a-z]|(?<=[.?!:]\n`)[a-z]")
"""The first letter of a sentence that begins with what is typed."""
_NOTATION = re.compile(r"[<>={}|_]|\w\[|\w\(\w")
"""What stands in patterns and programs, and in no sentence."""


def gathered() -> dict[str, list[Sentence]]:
    """Return every sentence once, by the kind of text that it stands in."""
    found: dict[str, list[Sentence]] = {}
    seen: set[str] = set()
    for kind, text, place in (*_definitions(), *_help(), *_pages(), *_code()):
        for sentence in sentences_in(text, place):
            if sentence.text not in seen:
                seen.add(sentence.text)
                found.setdefault(kind, []).append(sentence)
    return found


def _definitions() -> Iterator[tuple[str, str, str]]:
    """Give what definitions say, each text and the sentences that are made of them."""
    book = everything()
    for (kind, key), definition in book.definitions.every():
        for name, text in _texts(definition):
            if isinstance(definition, Fact):
                said = "facts" if name == "about" else "labels"
            else:
                said = "definitions"
            yield said, text, f"{kind} {key}, {name}"
    for item in items(book):
        for version in item.versions:
            for text in (version.listed or version.text, *version.notes, *item.notes):
                for part in text.split("\n"):
                    yield "figures" if item.kind in FIGURES else "rules", part, item.key
    for term in glossary():
        yield "glossary", term.means, term.key
    for table in folder_tables():
        yield "tables", table.about, table.name
        for column in table.columns:
            yield "tables", column.about, f"{table.name}, {column.name}"


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if name in SENTENCES:
            yield name, value
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _texts(each, name)
    elif attrs.has(type(value)) and not isinstance(value, Citation):
        for field in attrs.fields(type(value)):
            yield from _texts(getattr(value, field.name), field.name)


def _help() -> Iterator[tuple[str, str, str]]:
    for name in COMMANDS:
        import_module(f"unioncore.cli.{name.replace('-', '_')}")
        command = cli.commands[name]
        yield "help", (command.help or "").partition("For example:")[0], name
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                yield "help", option.help, f"{name} {option.opts[0]}"


def _code() -> Iterator[tuple[str, str, str]]:
    """Give the sentences that stand in the code of each layer, as they stand there."""
    for file in sorted(CORE.rglob("*.py")):
        layer = file.relative_to(CORE).parts[0].removesuffix(".py")
        kind = LAYERS.get(layer, "faults, in code")
        for line, text in _said_in(ast.parse(file.read_text("utf-8"))):
            yield kind, text, f"{file.relative_to(ROOT)}:{line}"


def _said_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        text = ""
        match node:
            case ast.Expr(ast.Constant()):
                continue  # what a docstring says, nobody prints
            case ast.JoinedStr(values):
                parts = (v.value if isinstance(v, ast.Constant) else IN_CODE for v in values)
                text = "".join(map(str, parts))
            case ast.Constant(str() as text):
                pass
            case _:
                waiting += ast.iter_child_nodes(node)
        if " " in text and not _NOTATION.search(text):
            yield getattr(node, "lineno", 0), text


def _pages() -> Iterator[tuple[str, str, str]]:
    """Give the prose of the pages that people wrote, and what the commands in them print."""
    made = [ROOT / line for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    found = (*(ROOT / "docs").rglob("*.md"), *(CORE / "templates").rglob("*.md"))
    written = (page for page in found if not {*page.parents} & {*made})
    for page in (ROOT / "README.md", *sorted(written)):
        name = str(page.relative_to(ROOT))
        text = re.sub(r"(?s)\A---\n.*?\n---\n", "", page.read_text("utf-8"))
        for info, block in _FENCE.findall(text):
            if info.strip() in ("console", "text"):
                for line in block.splitlines():
                    if not line.lstrip().startswith(("$", "source:")):
                        yield "printed", line, name
        for paragraph in re.split(r"\n\s*\n|\n(?=[-*|] |\d+\. |: )", _FENCE.sub("", text)):
            if not paragraph.lstrip().startswith("|"):
                begun = _COMMAND_FIRST.sub(lambda found: found[0].upper(), paragraph)
                yield "pages", _MARKUP.sub("", begun), name
