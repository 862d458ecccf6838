"""The result of a ballot, judged on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from unioncore.records import ballot_schema

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
LAWFUL = {
    "jurisdiction": "GB",
    "statutory_ballot": True,
    "opened": "2026-02-18",
    "closed": "2026-03-10",
    "entitled": 1000,
    "papers_returned": 500,
    "yes": 300,
    "no": 199,
    "spoiled": 1,
    "action_notice_received": "2026-03-12",
}


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("UNIONCORE_PLUGINS", "builtin")

    def judge(plain: Any, *options: str) -> Any:
        file = tmp_path / "result.json"
        file.write_text(plain if isinstance(plain, str) else json.dumps(plain), encoding="utf-8")
        return run("ballot", str(file), *options)

    return judge


def test_the_verdict_with_margins_and_days(run: Run) -> None:
    result = run(LAWFUL, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["lawful_by_numbers"] == "yes"
    assert found["turnout_pct"] == "50.00"
    assert found["margins"] == {"majority": 100, "turnout": 0, "support": "not-required"}
    assert found["mandate_last_day"] == "2027-03-09"
    assert found["lawful_action_days"] == {"first": "2026-03-22", "last": "2027-03-09"}
    assert [test["outcome"] for test in found["tests"]] == ["met", "met", "not-required"]


def test_each_result_is_judged_alone(run: Run) -> None:
    sites = [{"name": "north"}, {"name": "south", "papers_returned": 499, "spoiled": 0}]
    result = run({**LAWFUL, "results": sites}, "--json")
    assert result.exit_code == 0
    found = {each["name"]: each for each in json.loads(result.stdout)["results"]}
    assert {name: each["lawful_by_numbers"] for name, each in found.items()} == {
        "north": "yes",
        "south": "no",
    }
    assert found["south"]["mandate_last_day"] == "none"


def test_people_read_by_how_many_and_by_which_law(run: Run) -> None:
    result = run({**LAWFUL, "papers_returned": 499, "spoiled": 0})
    assert "not met, 1 paper short (500 needed)" in result.stdout
    assert "section 226(2)(a)(iia)" in result.stdout


def test_what_is_not_known_ends_with_3_and_says_what_to_give(run: Run) -> None:
    result = run({key: value for key, value in LAWFUL.items() if key != "entitled"})
    assert result.exit_code == 3
    assert "give ballot.entitled" in result.stdout


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        (
            {**LAWFUL, "spoilt": 1},
            "spoilt: expected a key that a ballot has; did you mean 'spoiled'",
        ),
        ({**LAWFUL, "jurisdiction": "Scotlnd"}, "did you mean 'Scotland'"),
        ({**LAWFUL, "entitled": 499}, "entitled: expected as many as voted"),
        ({**LAWFUL, "service": "passenger-rial"}, "did you mean 'passenger-rail'"),
        ({**LAWFUL, "turnout_pct_reported": "much"}, "turnout_pct_reported: expected a percentage"),
        ({**LAWFUL, "results": [{"yess": 1}]}, "results[1].yess"),
        ([], "the file: expected one object"),
        ("{", "the file: expected readable JSON"),
    ],
)
def test_bad_input_is_told_with_its_key_and_ends_with_1(run: Run, plain: Any, said: str) -> None:
    result = run(plain)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_the_schema_is_printed_and_knows_good_from_bad(run: Run) -> None:
    result = run(LAWFUL, "--schema")
    schema = json.loads(result.stdout)
    assert schema == ballot_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    good = {**LAWFUL, "results": [{"name": "north", "yes": 1}]}
    jsonschema.validate(good, schema)
    for wrong in ({**LAWFUL, "yess": 1}, {**LAWFUL, "yes": -1}, {"yes": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
