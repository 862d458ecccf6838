"""No name is public by accident."""

import ast
import re
from pathlib import Path

import pytest

griffe = pytest.importorskip("griffe", reason="in the lint group")

ROOT = Path(__file__).parents[2]
READERS = ("src", "plugins", "tests", "docs", "benchmarks")
LEFT_OUT = (
    *("unioncore.cli", "unioncore.builtin", "unioncore.sphinxext"),
    "unioncore.store.migrations",
)
"""What click, composition, docutils and Alembic find by its name."""


def imported() -> set[str]:
    """Return every name that a module imports from another one."""
    files = [file for part in READERS for file in (ROOT / part).rglob("*.py")]
    return {
        f"{node.module}.{name.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


@pytest.mark.slow
def test_a_name_is_offered_or_used_elsewhere_or_begins_with_an_underscore() -> None:
    """Whoever reads a module sees which of its names are its own affair; type variables aside."""
    waiting, used, strays = [griffe.load("unioncore", search_paths=[ROOT / "src"])], imported(), []
    while waiting:
        module = waiting.pop()
        waiting += module.modules.values()
        if module.path.startswith(LEFT_OUT):
            continue
        for name, member in module.members.items():
            is_own = not (member.is_alias or member.is_module or name.startswith("_"))
            is_variable = (
                is_own
                and member.is_attribute
                and re.match(r"\w*(TypeVar|ParamSpec)\(", str(member.value))
            )
            is_offered = name in (module.exports or ()) or f"{module.path}.{name}" in used
            if is_own and not is_variable and not is_offered:
                strays.append(f"{module.path}.{name}")
    assert strays == []
