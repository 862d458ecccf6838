"""What the front door offers: every name is there, explained, and costs little to import."""

import ast
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import pytest

import unioncore
from unioncore import answers, describe, model, records
from unioncore.rulebook import Definitions
from unioncore.rules import condition


def public_methods(cls: type) -> Iterator[tuple[str, object]]:
    """Yield the public methods and properties that unioncore gives to ``cls``, with their names."""
    for base in cls.__mro__:
        if not base.__module__.startswith("unioncore"):
            continue
        for name, member in vars(base).items():
            called = isinstance(member, classmethod | staticmethod | property | cached_property)
            if not name.startswith("_") and (called or inspect.isfunction(member)):
                yield f"{base.__name__}.{name}", member


@pytest.mark.parametrize("module", [unioncore, answers], ids=lambda module: module.__name__)
def test_the_public_names_exist_and_are_listed_once(module: object) -> None:
    names = list(module.__all__)
    assert names == sorted(set(names), key=names.index)
    assert [name for name in names if not hasattr(module, name)] == []


def test_whatever_a_definition_is_made_of_is_public() -> None:
    """An author who writes definitions in Python needs no other module."""
    waiting: list[Any] = [kind.of for kind in Definitions.kinds()]
    found: set[Any] = set()
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        own = isinstance(each, type) and each.__module__.startswith("unioncore")
        if own and each not in found and each.__module__ != condition.__name__:
            found.add(each)
            fields = attrs.fields(each) if attrs.has(each) else ()
            waiting += [get_type_hints(each)[field.name] for field in fields if field.init]
    assert {each.__name__ for each in found} <= {*unioncore.__all__}


def test_no_face_lists_a_name_that_its_modules_list() -> None:
    root = Path(unioncore.__file__).parent
    twice = []
    for face in root.glob("*/**/__init__.py"):
        body = ast.parse(face.read_text(encoding="utf-8")).body
        imported = {n.name for each in body if isinstance(each, ast.ImportFrom) for n in each.names}
        written = {
            n.value
            for each in body
            if isinstance(each, ast.Assign)
            for n in ast.walk(each)
            if isinstance(n, ast.Constant)
        }
        twice += [f"{face.relative_to(root)}: {name}" for name in imported & written]
    assert twice == []


@pytest.mark.parametrize("name", unioncore.__all__)
def test_a_public_name_has_a_docstring_and_so_has_every_public_method(name: str) -> None:
    found = getattr(unioncore, name)
    members = dict(public_methods(found)) if inspect.isclass(found) else {}
    assert [each for each, member in {name: found, **members}.items() if not member.__doc__] == []


@pytest.mark.parametrize(
    "face", [answers, answers.employment, describe, model, records], ids=lambda face: face.__name__
)
def test_no_name_of_a_face_on_demand_is_that_of_a_module(face: Any) -> None:
    """Which of the two a name meant would depend on what was imported before."""
    modules = {each.name for each in pkgutil.iter_modules(face.__path__)}
    assert modules.isdisjoint(face.__all__)
    assert {*face.__all__} <= {*dir(face)}


def test_importing_the_library_leaves_the_command_line_alone() -> None:
    code = "import sys, unioncore; print(*({'click', 'rich'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
