"""The pages that authors look things up in leave nothing out."""

from importlib import resources
from pathlib import Path

import unioncore
from unioncore.describe import definition_tables, definition_tables_markdown, hooks_markdown
from unioncore.hookspecs import Hooks

TABLES = Path(str(resources.files("unioncore"))) / "templates" / "tables"

WITHOUT_EXAMPLE = {"calendar"}
"""The core has a calendar for each nation, and a nation has one."""


def test_the_examples_of_the_tables_make_a_rulebook() -> None:
    book = unioncore.compose(unioncore.TomlPlugin(TABLES, prefix="demo"), discover=False)
    assert book.not_proved == ()


def test_every_table_has_an_example() -> None:
    wholes = [table for table in definition_tables() if "." not in table.name]
    assert {table.name for table in wholes if not table.example} == WITHOUT_EXAMPLE


def test_the_page_of_tables_holds_every_table_and_every_key() -> None:
    page = definition_tables_markdown()
    told = set()
    for table in definition_tables():
        name, _, part = table.name.partition(".")
        if not part:
            assert f"## `{table.heading}`\n" in page
            if table.about in told:
                continue
            told |= {table.about, name}
        if name in told:
            assert f"## `{table.heading}`\n\n{table.about}" in page
            for key in table.keys:
                assert f" | {key.value} | {key.about} |\n" in page


def test_the_page_of_hooks_holds_every_hook() -> None:
    page = hooks_markdown()
    hooks = [name for name in vars(Hooks) if name.startswith("unioncore_")]
    assert [name for name in hooks if f"\n| `{name}` | " not in page] == []
