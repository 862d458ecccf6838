"""The JSON Schema of definition files takes every file that ships, and finds slips."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.second_union import SECOND_UNION

import unioncore
from unioncore import find_plugins
from unioncore.describe import definition_schema

SCHEMA = definition_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LIBRARY = Path(unioncore.__file__).parent / "builtin" / "definitions"
PLUGINS = [Path(str(each.load().folder)) for each in find_plugins()]
FOLDERS = (LIBRARY, Path(str(SECOND_UNION.folder)), *PLUGINS)
FILES = [file for folder in FOLDERS for file in sorted(folder.rglob("*.toml"))]


def as_checked(text: str) -> Any:
    """Return TOML as what checks it by a schema sees it: days are texts."""

    def plain(value: Any) -> Any:
        match value:
            case dict():
                return {key: plain(each) for key, each in value.items()}
            case list():
                return [plain(each) for each in value]
            case date():
                return value.isoformat()
            case _:
                return value

    return plain(tomllib.loads(text))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_takes_every_file_that_ships(file: Path) -> None:
    wrong = list(VALIDATOR.iter_errors(as_checked(file.read_text("utf-8"))))
    assert not wrong, wrong[0].json_path + ": " + wrong[0].message[:300]


RULE = """
[[rule]]
key = "lh.keepers"
decides = "service_group"
value = "lights"
citations = [{ source = "rules", provision = "rule 2" }]
"""


@pytest.mark.parametrize(
    "slip",
    [
        RULE.replace("decides", "decide"),
        RULE.replace("source =", "sorce ="),
        RULE.replace("[[rule]]", "[[rules]]"),
        RULE + "when = 5",
        RULE + "period = { from = 2003-01-01 }",
        "[source.rules]\ninstrument = 7",
        '[source.rules]\nconfidence = "sure"',
        '[[negotiating_body]]\nkey = "x"\n[negotiating_body.side.unions]\nseats = "five"',
        '[[case_type]]\nkey = "x"\n[case_type.clock.reply]\nname = "reply"\nunit = "day"',
        '[[parameter]]\nkey = "x"\nperod = { start = 2003-01-01 }',
    ],
)
def test_it_finds_a_slip(slip: str) -> None:
    assert not list(VALIDATOR.iter_errors(as_checked(RULE)))
    assert list(VALIDATOR.iter_errors(as_checked(slip)))
