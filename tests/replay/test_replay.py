import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.synthetic import cited

from unioncore import (
    About,
    Confidence,
    Fact,
    FactType,
    Period,
    Rule,
    Rulebook,
    RuleVersion,
    Word,
    compose,
    hookimpl,
    parse,
)
from unioncore.errors import BadDefinition
from unioncore.model import Body, BodyKind, BodyVersion
from unioncore.replay import Example, Outcome, Status, read_examples, replay
from unioncore.rules.condition import TRUE, Literal, Words

SOURCE = cited("An agreement", confidence=Confidence.REMEMBERED)


class Small:
    """Two words, one council that covers shops, and a rule that says there is nothing else."""

    name = "small"

    @hookimpl
    def unioncore_about(self) -> About:
        return About("small")

    @hookimpl
    def unioncore_words(self) -> list[Word]:
        return [
            Word("employer_kind", "shop", "shop"),
            Word("employer_kind", "farm", "farm"),
            Word("employer_kind", "mill", "mill"),
        ]

    @hookimpl
    def unioncore_facts(self) -> list[Fact]:
        return [Fact("small.rate", FactType.WHOLE, "the rate", derived=True)]

    @hookimpl
    def unioncore_bodies(self) -> list[Body]:
        version = BodyVersion(
            Period(date(2010, 1, 1)), "Shop Council", parse("employer.kind == 'shop'"), SOURCE
        )
        return [Body("shop-council", BodyKind.NEGOTIATING, (version,))]

    @hookimpl
    def unioncore_rules(self) -> list[Rule]:
        nothing_else = RuleVersion(
            Period(), parse("employer.kind in ['shop', 'farm']"), Words(()), SOURCE
        )
        return [
            Rule("small.no-other", "negotiating_bodies", (nothing_else,), otherwise=True),
            Rule(
                "small.rate-rule", "small.rate", (RuleVersion(Period(), TRUE, Literal(3), SOURCE),)
            ),
        ]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(Small(), discover=False)


Put = Callable[..., Outcome]


@pytest.fixture
def put(rulebook: Rulebook) -> Put:
    def ask(expected: dict[str, Any], *, on: Any = "2020-06-01", **facts: Any) -> Outcome:
        given = {key.replace("__", "."): value for key, value in facts.items()}
        return replay(rulebook, Example("E", "placement", {"on": on, "facts": given}, expected))

    return ask


def test_only_expected_keys_are_compared(put: Put) -> None:
    outcome = put({"negotiating_bodies": ["shop-council"]}, employer__kind="shop")
    assert outcome.status is Status.PASSED
    assert outcome.differences == ()


def test_an_empty_list_is_an_answer_and_not_a_gap(put: Put) -> None:
    assert put({"negotiating_bodies": []}, employer__kind="farm").status is Status.PASSED
    assert put({"negotiating_bodies": []}, employer__kind="mill").status is Status.FAILED
    assert put({"negotiating_bodies": []}).status is Status.FAILED


def test_a_difference_has_both_values_and_the_explanation(put: Put) -> None:
    (difference,) = put({"negotiating_bodies": []}, employer__kind="shop").differences
    assert (difference.key, difference.expected) == ("negotiating_bodies", [])
    assert difference.got == ["shop-council"]
    assert "An agreement" in difference.explanation


def test_unknown_means_that_the_answer_is_not_known(put: Put) -> None:
    assert put({"negotiating_bodies": "unknown"}).status is Status.PASSED
    outcome = put({"negotiating_bodies": "unknown"}, employer__kind="farm")
    assert [each.got for each in outcome.differences] == [[]]


def test_a_fact_given_as_null_is_not_known(put: Put) -> None:
    assert put({"negotiating_bodies": "unknown"}, employer__kind=None).status is Status.PASSED


@pytest.mark.parametrize(
    ("kind", "status"),
    [("farm", Status.PASSED), ("mill", Status.PASSED), ("shop", Status.FAILED)],
)
def test_not_covered_asks_about_the_body_alone(put: Put, kind: str, status: Status) -> None:
    # Of a mill it is not known which bodies there are, but this one surely does not cover it.
    assert put({"not_covered_by": ["shop-council"]}, employer__kind=kind).status is status


def test_coverage_that_is_not_known_is_a_failure(put: Put) -> None:
    (difference,) = put({"not_covered_by": ["shop-council"]}).differences
    assert difference.got == "unknown"


def test_the_day_counts(put: Put) -> None:
    expected = {"not_covered_by": ["shop-council"]}
    assert put(expected, on="2009-12-31", employer__kind="shop").status is Status.FAILED
    # Nobody looked at the time before: not known, rather than not covered.
    assert put(expected, on="2009-12-31", employer__kind="shop").differences[0].got == "unknown"
    assert put(expected, on="2010-01-01", employer__kind="shop").differences[0].got == "covered"


@pytest.mark.parametrize(
    ("expected", "facts", "named"),
    [
        ({"small.rate": 3}, {"employer.kind": "quarry"}, "employer.kind"),
        ({"small.rate": 3}, {"employer.colour": "red"}, "employer.colour"),
        ({"tide": "high"}, {}, "tide"),
        ({"negotiating_bodies": ["sea-council"]}, {}, "sea-council"),
        ({"not_covered_by": ["sea-council"]}, {}, "sea-council"),
    ],
)
def test_what_no_plugin_declares_is_not_supported(
    rulebook: Rulebook, expected: dict[str, Any], facts: dict[str, Any], named: str
) -> None:
    inputs = {"on": "2020-06-01", "facts": facts}
    outcome = replay(rulebook, Example("E", "placement", inputs, expected))
    assert outcome.status is Status.NOT_SUPPORTED
    assert named in outcome.reason


def test_a_kind_that_nobody_registered_is_not_supported(rulebook: Rulebook) -> None:
    outcome = replay(rulebook, Example("E", "tide_table", {}, {}))
    assert outcome.status is Status.NOT_SUPPORTED
    assert "tide_table" in outcome.reason


# -- reading files ---------------------------------------------------------------------------------

GOOD = {"id": "A", "kind": "placement", "inputs": {}, "expected": {}, "question": "Who?"}


def write(folder: Path, records: Any) -> Path:
    path = folder / "examples.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def test_records_are_read_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD, {**GOOD, "id": "B", "question": None, "note": "kept out"}])
    first, second = read_examples(path)
    assert (first.id, first.question, second.id, second.question) == ("A", "Who?", "B", "")


def test_every_fault_names_its_file_record_and_field(tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD, 7, {**GOOD, "id": None, "expected": []}])
    with pytest.raises(BadDefinition) as raised:
        read_examples(path)
    faults = raised.value.faults
    assert [fault.file for fault in faults] == ["examples.json"] * 3
    assert [fault.path for fault in faults] == ["[1]", "[2].id", "[2].expected"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"{}", b"[" * 100_000, b"9" * 5000])
def test_a_file_that_holds_no_records_is_one_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "examples.json"
    path.write_bytes(content)
    with pytest.raises(BadDefinition) as raised:
        read_examples(path)
    assert len(raised.value.faults) == 1


def test_a_file_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadDefinition):
        read_examples(tmp_path / "nothing.json")
