"""The reference leaves nothing out: every name, hook, table, fault and command is in it."""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from unioncore.describe import definition_tables, folder_tables, mistakes
from unioncore.errors import FaultKind
from unioncore.hookspecs import Hooks

# The reference has the names of these extras, too.
for each in ("alembic", "narwhals", "polars", "sqlalchemy"):
    pytest.importorskip(each)

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = sorted(DOCS.glob("*.md"))


@cache
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    found: dict[str, str] = reference().pages()
    return found


def test_every_public_name_has_a_page_and_stands_in_the_list_of_its_face(
    pages: dict[str, str],
) -> None:
    names = reference().public_names()
    for full, address in names.items():
        face, _, name = full.rpartition(".")
        assert re.search(
            rf"^\.\. (auto|py:)\w+:: {re.escape(full)}$", pages[f"{address}.rst"], re.M
        )
        assert f"- [`{name}`](/{address}.rst): " in pages[f"api/{face}.md"]
    assert {full.rpartition(".")[2] for full in names} >= {
        name for face in reference().FACES for name in sys.modules[face].__all__
    }
    assert [full for full in names if not reference().summary(full)] == []


def test_a_face_is_every_package_that_offers_names() -> None:
    """What a program may import from has a page; what is behind a face has none."""
    faces = {*reference().FACES}
    layers = {
        name
        for name, module in sys.modules.items()
        if name.count(".") == 1
        and name.startswith("unioncore.")
        and (hasattr(module, "__path__") or name.endswith((".errors", ".rulebook", ".hookspecs")))
    }
    behind = {"unioncore.builtin", "unioncore.cli", "unioncore.handbook", "unioncore.sphinxext"}
    assert layers - behind <= faces


def test_every_table_and_every_key_of_it_has_a_page(pages: dict[str, str]) -> None:
    for table in definition_tables():
        page = pages[f"table/{table.name.partition('.')[0]}.md"]
        assert f"# `{table.heading}`\n\n" in page
        assert table.about in page
        assert table.example in page
        for key in table.keys:
            assert re.search(rf"^`{re.escape(key.name)}`.*\n: {re.escape(key.about)}", page, re.M)


def test_every_table_of_a_folder_and_every_column_of_it_has_a_page(pages: dict[str, str]) -> None:
    for table in folder_tables():
        page = pages[f"folder/{table.name}.md"]
        assert table.rows in page
        for column in table.columns:
            assert f"\n`{column.name}`" in page


def test_every_kind_of_fault_has_a_page_with_its_mistakes(pages: dict[str, str]) -> None:
    for kind in FaultKind:
        assert f"(`{kind}`)\n" in pages[f"fault/{kind}.md"]
    for each in mistakes():
        assert f"It says: `{each.said}`\n" in pages[f"fault/{each.kind}.md"]


def test_every_hook_is_listed(pages: dict[str, str]) -> None:
    hooks = [name for name in vars(Hooks) if name.startswith("unioncore_")]
    page = pages["_generated/every-hook.md"]
    assert [name for name in hooks if f"## `{name}`\n\n" not in page] == []


@pytest.mark.needs_cli
def test_every_command_and_every_option_of_it_has_a_page(pages: dict[str, str]) -> None:
    from unioncore.cli.group import COMMANDS

    assert {*reference().commands()} == {*COMMANDS}
    for name, command in reference().commands().items():
        page = pages[f"command/{name}.md"]
        assert f"\n# `unioncore {name}`\n" in page
        for option in command.params:
            assert all(option_name in page for option_name in option.opts if "-" in option_name)


def test_every_page_says_what_it_is(pages: dict[str, str]) -> None:
    """Search engines and readers of lists see a page's description."""
    texts = {name: text for name, text in pages.items() if not name.startswith("_generated/")}
    texts |= {page.name: page.read_text("utf-8") for page in WRITTEN}
    described = re.compile(r"^(    description|   :description): (?!\"?\"?$)", re.M)
    assert [name for name, text in texts.items() if not described.search(text)] == []
