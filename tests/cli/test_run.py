"""A told story from a file, run on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from unioncore.stories import story_schema

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
DAY = "2026-06-01"
STORY: dict[str, Any] = {
    "title": "A grievance that is lodged",
    "as_of": DAY,
    "cases": [{"reference": "C-1", "person": "M-1", "branch": "b", "opened": DAY}],
    "told": [
        {
            "act": "open",
            "on": DAY,
            "track": "g",
            "case_type": "core.grievance",
            "nation": "England",
        },
        {"act": "event", "on": DAY, "track": "g", "event": "lodge_grievance"},
        {
            "act": "event",
            "on": DAY,
            "track": "g",
            "event": "lodge_appeal",
            "refused": "does not follow",
        },
    ],
    "expect": [
        {"what": "state", "track": "g", "is": "lodged", "from": "she handed it in"},
        {"what": "view", "name": "M-1", "shows": ["C-1", "g"], "from": "her own case"},
    ],
}


def a_file(folder: Path, **changed: Any) -> str:
    path = folder / "story.json"
    path.write_text(json.dumps({**STORY, **changed}), encoding="utf-8")
    return str(path)


@pytest.mark.needs_plugins
def test_a_story_that_comes_out_ends_with_0(run: Run, tmp_path: Path) -> None:
    result = run("run", a_file(tmp_path))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "A grievance that is lodged"
    heads = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert heads == [
        *("What happened", "Where things stand", "Dates that matter", "What the story expects"),
    ]
    assert "  C-1/g: core.grievance is lodged" in lines
    assert "  state C-1/g: lodged (she handed it in)" in lines
    assert "  view C-1/M-1: C-1, M-1, union, g (her own case)" in lines
    assert "otherwise" not in result.stdout


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"expect": [{"what": "state", "track": "g", "is": "heard", "from": "a slip"}]},
            "  otherwise: state C-1/g: lodged (a slip); expected heard",
        ),
        (
            {"expect": [{"what": "view", "name": "M-1", "hides": ["g"]}]},
            "  otherwise: view C-1/M-1: C-1, M-1, union, g; expected not g",
        ),
        (
            {"told": [STORY["told"][0], {**STORY["told"][1], "refused": "does not follow"}]},
            f"  otherwise: {DAY} C-1: g event lodge_grievance",
        ),
    ],
)
def test_what_comes_out_otherwise_is_named_and_ends_with_1(
    run: Run, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    result = run("run", a_file(tmp_path, **changed))
    assert result.exit_code == 1
    assert said in result.stdout.splitlines()


@pytest.mark.needs_plugins
def test_json_has_the_lines_the_states_and_the_deadlines(run: Run, tmp_path: Path) -> None:
    expect = [*STORY["expect"], {"what": "view", "name": "M-1", "hides": ["g"]}]
    result = run("run", a_file(tmp_path, expect=expect), "--json")
    assert result.exit_code == 1
    plain = json.loads(result.stdout)
    assert list(plain) == ["title", "good", "lines", "tracks", "deadlines"]
    assert plain["good"] is False
    assert [line["good"] for line in plain["lines"] if line["what"] == "expected"] == [
        *(True, True, False)
    ]
    assert {"case": "C-1", "track": "g", "state": "lodged"}.items() <= next(
        each.items() for each in plain["tracks"] if each["track"] == "g"
    )
    assert {each["track"] for each in plain["deadlines"]} == {"g"}


@pytest.mark.slow
def test_the_schema_is_printed_and_knows_good_from_bad(run: Run, tmp_path: Path) -> None:
    result = run("run", a_file(tmp_path), "--schema")
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert schema == story_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(STORY, schema)
    matter = {"reference": "P-1", "about": "psc-ew", "opened": DAY}
    jsonschema.validate({**STORY, "cases": [matter]}, schema)
    for wrong in (
        {**STORY, "cases": [{**matter, "person": "M-1"}]},
        {**STORY, "cases": [{"reference": "P-1", "opened": DAY}]},
        {**STORY, "cases": [{**matter, "abuot": "x"}]},
        {**STORY, "told": [{"act": "event", "on": DAY, "figures": 5}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"as_of": "2026-06-31"}, "story.json: as_of: expected a day such as 2025-04-15"),
        (
            {"told": [{**STORY["told"][0], "case_typ": "core.grievance"}]},
            "story.json: told[0].case_typ: no such field; did you mean 'case_type'?",
        ),
        (
            {"expect": [{"what": "view", "name": "M-2", "hides": ["g"]}]},
            "story.json: expect[0].name: no person 'M-2' is told; did you mean 'M-1'?",
        ),
        (
            {"cases": [{"reference": "C-1", "person": "M-1", "opened": "in June"}]},
            "story.json: cases[0].opened: expected a day such as 2025-04-15",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(
    run: Run, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    result = run("run", a_file(tmp_path, **changed))
    assert result.exit_code == 1
    assert f"{tmp_path}/{said}" in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_json_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "story.json"
    path.write_text("{", encoding="utf-8")
    result = run("run", str(path))
    assert result.exit_code == 1
    # The file is named as it was given.
    assert f"{path}: cannot be read as JSON" in result.stderr
    assert run("run", str(tmp_path / "nowhere.json")).exit_code == 2
