"""A slip in an example is a failure or a fault with its place, never a silent pass."""

import json
from pathlib import Path
from typing import Any

import pytest

from unioncore import Rulebook, compose
from unioncore.errors import BadDefinition
from unioncore.replay import Example, Status, read_examples, replay


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(discover=False)


NOT_KNOWN = {"organised": "unknown"}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"facts": {}}, "on: expected the day"),
        ({"on": "1 June 2024", "facts": {}}, "on: expected the day"),
        ({"on": "20240601", "facts": {}}, "on: expected the day"),
        ({"on": 2024, "fact": {}}, "fact: expected one of the inputs"),
        ({"on": "2024-06-01", "facts": []}, "facts: expected an object"),
        ({"on": "2024-06-01", "facts": {"on": "2024-06-01"}}, "facts.on"),
        ({"on": "2024-06-01", "facts": {"service_group": "none"}}, "cannot be given"),
        ({"on": "2024-06-01", "facts": {"job.is_manager": "perhaps"}}, "job.is_manager"),
        ({"on": "2024-06-01", "facts": {"job.band": 4}}, "job.band: expected text"),
        ({"on": "2024-06-01", "facts": {"employer.nation": ["England"]}}, "employer.nation"),
    ],
)
def test_inputs_of_no_use_fail(rulebook: Rulebook, inputs: dict[str, Any], said: str) -> None:
    outcome = replay(rulebook, Example("E", "placement", inputs, NOT_KNOWN))
    assert outcome.status is Status.FAILED
    assert said in outcome.reason
    assert said in outcome.to_text()


@pytest.mark.parametrize("bodies", ["psc-ew", [["psc-ew"]], {"psc-ew": True}])
def test_bodies_that_do_not_cover_are_a_list(rulebook: Rulebook, bodies: Any) -> None:
    expected = {"not_covered_by": bodies}
    outcome = replay(rulebook, Example("E", "placement", {"on": "2024-06-01"}, expected))
    assert outcome.status is Status.FAILED


def test_an_example_that_expects_nothing_fails(rulebook: Rulebook) -> None:
    outcome = replay(rulebook, Example("E", "placement", {"on": "2024-06-01"}, {}))
    assert outcome.status is Status.FAILED


def test_an_odd_expected_value_is_a_difference(rulebook: Rulebook) -> None:
    for odd in ([["none"]], {"none": True}, [1, "none"], 7):
        expected = {"service_group": odd}
        outcome = replay(rulebook, Example("E", "placement", {"on": "2024-06-01"}, expected))
        assert outcome.status is Status.FAILED


def test_a_recorded_fact_is_no_answer(rulebook: Rulebook) -> None:
    expected = {"employer.nation": "England"}
    outcome = replay(rulebook, Example("E", "placement", {"on": "2024-06-01"}, expected))
    assert outcome.status is Status.NOT_SUPPORTED


# -- files -----------------------------------------------------------------------------------------

GOOD = {"id": "A", "kind": "placement", "inputs": {}, "expected": {"organised": "unknown"}}


def faults(folder: Path, content: str) -> dict[str, str]:
    path = folder / "some.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadDefinition) as raised:
        read_examples(path)
    return {fault.path: fault.message for fault in raised.value.faults}


def test_all_faults_of_a_file_come_together(tmp_path: Path) -> None:
    records = [
        {**GOOD, "expected": None},
        GOOD,
        GOOD,
        {"id": "", "kind": 1, "input": {}, "expected": {}},
    ]
    found = faults(tmp_path, json.dumps(records))
    assert list(found) == ["[0].expected", "[2].id", "[3].id", "[3].kind", "[3].inputs"]
    assert "expected an object, got null" in found["[0].expected"]
    assert "another record has the id A" in found["[2].id"]
    assert "got empty text" in found["[3].id"]
    assert "is it 'input'?" in found["[3].inputs"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"id": "A", "id": "B"}]', "'id' stands twice"),
        ('[{"id": NaN}]', "NaN is not a number"),
        ("[1,", "line 1"),
    ],
)
def test_what_json_lets_pass_in_silence_is_said(tmp_path: Path, content: str, said: str) -> None:
    assert said in faults(tmp_path, content)[""]


def test_decimal_numbers_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps([GOOD]).replace('"unknown"', "0.1"), encoding="utf-8")
    (example,) = read_examples(path)
    assert str(example.expected["organised"]) == "0.1"


# -- slips of what is declared ---------------------------------------------------------------------

PERSON = {
    "id": "X",
    "kind": "placement",
    "inputs": {"on": "2024-06-01", "facts": {"employer.nation": "Wales"}},
    "expected": {"organised": "unknown"},
}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("placement", "placment", "no kind is called placment; did you mean 'placement'?"),
        ("organised", "organisd", "a derived fact organisd; did you mean 'organised'?"),
        (
            "employer.nation",
            "employer.naton",
            "fact employer.naton; did you mean 'employer.nation'?",
        ),
    ],
)
def test_a_slip_fails_and_what_no_plugin_has_is_not_supported(
    rulebook: Rulebook, tmp_path: Path, old: str, new: str, said: str
) -> None:
    def outcome(record: str) -> Any:
        path = tmp_path / "some.json"
        path.write_text(f"[{record}]", encoding="utf-8")
        (example,) = read_examples(path)
        return replay(rulebook, example)

    plain = json.dumps(PERSON)
    assert outcome(plain).status is Status.PASSED
    slip = outcome(plain.replace(old, new))
    assert (slip.status, said in slip.reason) == (Status.FAILED, True)
    assert outcome(plain.replace(old, "lighthouse")).status is Status.NOT_SUPPORTED


def test_a_slip_in_a_field_of_a_record_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, json.dumps([{**PERSON, "sourc": "made up", "reviewed": True}]))
    assert found == {"[0].sourc": "no such field; did you mean 'source'?"}
