"""Where something stands in a TOML file, found without a parser that keeps positions."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.composition.making import faults_of, sound
from unioncore.definitions import Locations
from unioncore.errors import Location

ROOT = Path(__file__).parents[2]
FILES = [
    file
    for each in ("src/**/*.toml", "plugins/*/src/**/*.toml")
    for file in sorted(ROOT.glob(each))
    if "$" not in str(file)  # a template is not TOML yet
]
TEXT = '''# A comment with [brackets] and "quotes".
checked_on = 2026-11-28

[words.employer_kind]
"light house" = "a light, # and no comment"

[[rule]]
key = "lh.keepers"
because = """
[[rule]] that is no heading, and a "quote"
"""
  [[rule.version]]
  period = { start = 2003-01-01 }
  when = 'job.group == "keeper"'
  citations = [
    { source = "a" }, # the first
    { source = "b", provision = "2" },
  ]
  [[rule.version]]
  period = {}
  job.band = "4"

[fact.lh.pay]
type = "money"
'''


def steps(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give each path of a parsed file, with the last key in it."""
    match value:
        case dict():
            for key, each in value.items():
                whole = f"{path}.{key}" if path else key
                many = isinstance(each, list) and each and isinstance(each[0], dict)
                if not many:
                    yield whole, key
                yield from steps(each, whole)
        case list():
            for number, each in enumerate(value):
                yield f"{path}[{number}]", ""
                yield from steps(each, f"{path}[{number}]")


def where(text: str, path: str) -> Location:
    return Locations(text).located(Location("", "x.toml", path))


@pytest.mark.parametrize(
    ("path", "line", "column", "said"),
    [
        ("checked_on", 2, 1, "checked_on"),
        ("words.employer_kind.light house", 5, 1, "words.employer_kind.light house"),
        ("rule[0].because", 9, 1, "rule lh.keepers, because"),
        ("rule[0].version[0].when", 14, 3, "rule lh.keepers, version of 2003-01-01, when"),
        (
            "rule[0].version[0].citations[1].provision",
            17,
            21,
            "rule lh.keepers, version of 2003-01-01, citations 2, provision",
        ),
        ("rule[0].version[1].job.band", 21, 7, "rule lh.keepers, version 2, job.band"),
        # What is missing is looked for in what lacks it.
        ("rule[0].version[1].when", 19, 3, "rule lh.keepers, version 2, when"),
        ("fact.lh.pay.type", 24, 1, "fact.lh.pay.type"),
        ("fact.lh.pay.label", 23, 1, "fact.lh.pay.label"),
    ],
)
def test_a_path_has_its_line_its_column_and_its_words(
    path: str, line: int, column: int, said: str
) -> None:
    found = where(TEXT, path)
    assert (found.line, found.column, found.where) == (line, column, said)


def test_nothing_is_said_of_a_path_that_is_not_there() -> None:
    assert where(TEXT, "table[0].row[1]").told == "x.toml: table[0].row[1]"


def agree(text: str) -> None:
    """Check that each path of the parser is found, and stands where its key or value does."""
    lines, locations = text.split("\n"), Locations(text)
    for path, key in steps(tomllib.loads(text)):
        found = locations.located(Location("", "x.toml", path))
        assert found.line, path
        rest = lines[found.line - 1][found.column - 1 :]
        assert rest.startswith(("[", key, f'"{key}"', f"'{key}'")) or not key, path


def test_every_path_of_the_text_is_found() -> None:
    agree(TEXT)


@pytest.mark.parametrize("file", FILES[::8], ids=[file.name for file in FILES[::8]])
def test_every_path_of_the_parser_is_found_in_what_ships(file: Path) -> None:
    agree(file.read_text(encoding="utf-8"))


@given(
    st.recursive(
        st.sampled_from(
            ['"a"', "'b ] }'", '"c \\" # d"', "4", "2003-01-01", '"""e\n"f" ]"""', "true"]
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda each: f"[ {' , '.join(each)} ]"),
            st.lists(inner, max_size=3).map(
                lambda each: "{ " + ", ".join(f"k{n} = {v}" for n, v in enumerate(each)) + " }"
            ),
        ),
        max_leaves=8,
    )
)
def test_every_value_ends_where_the_parser_says(value: str) -> None:
    text = f"# first\n[a.b]\nx.y = {value} # after\n[[a.c]]\nz = {value}\n[[a.c]]\nlast = 1\n"
    agree(text)
    assert where(text, "a.c[1].last").line == text.count("\n")


def test_a_fault_names_file_line_and_definition(tmp_path: Path) -> None:
    (fault,) = faults_of(sound("employer.nation", "employer.naton")(tmp_path, "lh"))
    assert (fault.line, fault.column) == (20, 3)
    assert str(fault) == (
        "lh: lh.toml:20:3: rule lh.rule, version of 2020-01-01, when: "
        "no fact is called employer.naton; did you mean 'employer.nation'?"
    )


BLOCKS = """# What this file is about.
checked_on = 2026-11-25 # for all

[words.lamp]
oil = "an oil lamp"
# Not seen since.
gas = "a gas lamp"

# ---- rules ----

[[rule]]
key = "a"
  [[rule.version]]
  when = "x"

# Another one.
[[rule]]
key = "b"
"""


def test_a_block_has_what_it_needs_and_ends_where_the_next_begins() -> None:
    locations, head = Locations(BLOCKS), "checked_on = 2026-11-25 # for all\n\n"
    assert locations.block("rule[0]") == (
        head + '[[rule]]\nkey = "a"\n  [[rule.version]]\n  when = "x"'
    )
    assert locations.block("rule[1]") == head + '[[rule]]\nkey = "b"'
    assert locations.block("words.lamp.oil") == head + '[words.lamp]\noil = "an oil lamp"'
