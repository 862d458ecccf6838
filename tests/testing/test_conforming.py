"""A plugin that conforms has no finding, and whatever does not conform is found."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.synthetic import INSTRUMENT, source

import unioncore
from unioncore.testing import Finding, FindingKind, conformance

TEXT = (
    source()
    + """
[[parameter]]
key = "halls.limit"
type = "whole"
label = "the limit"
  [[parameter.version]]
  period = { start = 2020-01-01, end = 2021-01-01 }
  value = 2
  citations = [{ source = "s" }]
  [[parameter.version]]
  period = { start = 2021-01-01 }
  value = 3
  citations = [{ source = "s" }]
"""
)
LATER = {
    "id": "H-2",
    "kind": "placement",
    "inputs": {"on": "2021-01-01"},
    "expected": {"halls.limit": 3},
    "source": "made up",
}
FIRST = LATER | {"id": "H-1", "inputs": {"on": "2020-12-31"}, "expected": {"halls.limit": 2}}


NOT_SEEN = "examples/not_seen.csv"


def found(home: Path, text: str, *examples: dict[str, Any], **files: str) -> list[Finding]:
    """Return the findings of a plugin of one file, with its examples and the files of a test."""
    for folder in ("halls", "examples", "stories"):
        (home / folder).mkdir()
    (home / "halls" / "halls.toml").write_text(text, encoding="utf-8")
    (home / "examples" / "a.json").write_text(json.dumps(examples), encoding="utf-8")
    for name, content in files.items():
        (home / name).write_text(content, encoding="utf-8")
    return list(conformance(unioncore.TomlPlugin(home / "halls", prefix="halls")))


def test_a_plugin_conforms_whose_examples_hold_all_that_it_says(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT, FIRST, LATER) == []


def test_what_no_example_sees_is_found_where_it_stands(tmp_path: Path) -> None:
    (one,) = found(tmp_path, TEXT, FIRST)
    assert one.what is FindingKind.DROP
    assert one.where == "halls: halls.toml:9:1: parameter halls.limit"
    assert one.message.endswith("left out: halls.limit [2021-01-01]")


def test_what_no_example_can_see_is_listed_and_the_list_is_held_to_it(tmp_path: Path) -> None:
    listed = "drop,because\nhalls.limit [2021-01-01],no matter\nhalls.gone,it was there once\n"
    (one,) = found(tmp_path, TEXT, FIRST, **{NOT_SEEN: listed})
    assert one.where == "halls: examples/not_seen.csv"
    assert one.message.endswith("take it off the list: halls.gone")


def test_faults_are_found_first(tmp_path: Path) -> None:
    (one,) = found(tmp_path, TEXT.replace("value = 3", "valeu = 3"), FIRST)
    assert one.what is FindingKind.FAULT
    assert one.where.startswith("halls: halls.toml:19:")
    assert "did you mean 'value'?" in one.message


@pytest.mark.slow
def test_examples_are_strict_and_have_sources(tmp_path: Path) -> None:
    wrong = FIRST | {"expected": {"halls.limit": 3}}
    strange = LATER | {"id": "H-3", "expected": {"other.limit": 3}}
    bare = {key: value for key, value in LATER.items() if key != "source"}
    findings = found(tmp_path, TEXT, wrong, strange, bare)
    assert [(str(each.what), each.where) for each in findings] == [
        ("example", "halls: examples/a.json:1: H-1"),
        ("example", "halls: examples/a.json:1: H-3"),
        ("example", "halls: examples/a.json:1: H-2"),
    ]
    said = "\n".join(map(str, findings))
    assert "got:      2" in said
    assert "not supported" in said
    assert "H-2: example: it names no source" in said


def test_what_is_nearly_declared_is_named(tmp_path: Path) -> None:
    far = LATER | {"expected": {"halls.max": 3}}
    (one,) = found(tmp_path, TEXT, FIRST, far)
    assert "not supported" in one.message
    assert one.message.endswith("did you mean 'halls.limit'?")


@pytest.mark.slow
def test_a_source_cannot_have_been_looked_at_on_a_day_to_come(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT, FIRST, LATER) == []
    plugin = unioncore.TomlPlugin(tmp_path / "halls", prefix="halls")
    assert conformance(plugin, today=date(2026, 1, 1)) == ()
    (one,) = conformance(plugin, today=date(2025, 12, 31))
    assert (str(one.what), one.message) == ("checked", f"{INSTRUMENT} on 2026-01-01")


def test_what_nobody_can_meet_and_what_nothing_decides_is_found(tmp_path: Path) -> None:
    text = """
[fact.halls.open]
type = "yes-no"
derived = true
label = "the hall is open"
denial = "the hall is not open"
about = "Whether the hall is open."

[impossible."halls.no-hall-in-wales"]
when = "job.role == 'porter' and employer.nation == 'Wales'"
because = "there is none"

[[rule]]
key = "halls.never"
decides = "organised"
period = { start = 2020-01-01 }
when = "job.role == 'porter' and employer.nation == 'Wales'"
value = true
citations = [{ source = "s" }]
"""
    findings = [e for e in found(tmp_path, TEXT + text, FIRST, LATER) if e.what != "drop"]
    assert [(str(e.what), e.where) for e in findings] == [
        ("never", "halls: halls.toml:37:1: rule halls.never, when"),
        ("not decided", "halls: halls.toml:22:1: fact.halls.open"),
    ]
    assert all(e.what.cure for e in findings)


COUNCIL = """
[[negotiating_body]]
key = "b-council"
existed = { start = 2019-05-01 }
period = { start = 2019-05-01 }
name = "Council of Porters"
covers = "job.role == 'porter'"
citations = [{ source = "s" }]
"""
NO_BODY = """
[[rule]]
key = "halls.no-body"
decides = "negotiating_bodies"
otherwise = true
period = { start = 2020-01-01 }
when = "job.role == 'porter'"
value = []
citations = [{ source = "s" }]
"""


@pytest.mark.slow
def test_what_a_plugin_changes_in_the_answers_of_others_is_found(tmp_path: Path) -> None:
    nobody = LATER | {"id": "H-3", "expected": {"negotiating_bodies": []}}
    nobody["inputs"] = {"on": "2024-06-01", "facts": {"job.role": "porter"}}
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    alone = found(ours, TEXT + NO_BODY, FIRST, LATER, nobody)
    assert {each.what for each in alone} <= {FindingKind.DROP}
    (theirs / "b" / "examples").mkdir(parents=True)
    (theirs / "b" / "b.toml").write_text(source() + COUNCIL, encoding="utf-8")
    covered = nobody | {"id": "B-1", "expected": {"negotiating_bodies": ["b-council"]}}
    (theirs / "b" / "examples" / "b.json").write_text(json.dumps([covered]), encoding="utf-8")
    halls = unioncore.TomlPlugin(ours / "halls", prefix="halls")
    council = unioncore.TomlPlugin(theirs / "b", prefix="b")
    (one,) = conformance(council, beside=[halls], drops=False)
    assert (one.what, one.where) == (FindingKind.OTHERS, "halls: examples/a.json:1: H-3")
    assert one.message.startswith("this fails beside b and not without it:")


@pytest.mark.slow
def test_another_plugin_that_is_broken_is_no_finding_of_this_one(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT, FIRST, LATER) == []
    broken = unioncore.TomlPlugin(tmp_path / "nowhere", prefix="nowhere")
    halls = unioncore.TomlPlugin(tmp_path / "halls", prefix="halls")
    assert conformance(halls, beside=[broken], drops=False) == ()
    assert {each.what for each in conformance(broken)} == {FindingKind.FAULT}


def test_a_story_and_a_file_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    files = {"stories/a.json": "{}", "examples/b.json": "{"}
    kinds = [str(each.what) for each in found(tmp_path, TEXT, FIRST, LATER, **files)]
    assert kinds == ["example", "story", "story"]  # it has neither a title nor a day


@pytest.mark.parametrize("name", ["examples/b.jsn", "examples/b", "stories/a.JSON"])
def test_a_file_that_is_not_read_for_its_name_is_found(tmp_path: Path, name: str) -> None:
    files = {name: "[]", "examples/LICENSE": "Free for all.", "examples/notes.md": "Notes."}
    (one,) = found(tmp_path, TEXT, FIRST, LATER, **files)
    assert one.where == f"halls: {name}"
    assert one.message == "this was not read: the name of a file here ends in .json"


def test_everything_wrong_with_a_story_is_a_finding_of_its_own(tmp_path: Path) -> None:
    story = '{"title": "t", "as_of": "2024-06-01", "casses": [], "expct": []}'
    both = found(tmp_path, TEXT, FIRST, LATER, **{"stories/a.json": story})
    assert [str(each) for each in both] == [
        "halls: stories/a.json: story: casses: no such field; did you mean 'cases'?",
        "halls: stories/a.json: story: expct: no such field; did you mean 'expect'?",
    ]


def test_a_plugin_without_examples_does_not_conform(tmp_path: Path) -> None:
    assert [each.message for each in found(tmp_path, TEXT)] == ["there is no worked example"]


PORTERS = """
[words.job_role]
porter = "porters"
warden = "wardens"

[fact.halls.role]
type = "choice"
vocabulary = "job_role"
label = "the role"
about = "What the person does."

[fact.halls.lodge]
type = "yes-no"
derived = true
label = "there is a lodge"
denial = "there is no lodge"
about = "Whether there is a lodge."

[silence.halls.wardens]
of = ["halls.lodge"]
when = "halls.role == 'warden'"
because = "wardens live elsewhere"

[[rule]]
key = "halls.lodges"
decides = "halls.lodge"
period = { start = 2020-01-01 }
when = "halls.role == 'porter'"
value = true
citations = [{ source = "s" }]
"""
CLERKS = '[words.job_role]\nclerk = "clerks"\n'


@pytest.mark.slow
def test_people_of_whom_no_rule_speaks_are_found_whose_words_the_plugin_brings(
    tmp_path: Path,
) -> None:
    def told(plugin: unioncore.TomlPlugin, *beside: unioncore.TomlPlugin) -> list[tuple[str, str]]:
        findings = conformance(plugin, beside=beside, today=date(2026, 11, 29))
        kinds = (FindingKind.GAP, FindingKind.SILENCE)
        return [(each.where, each.message) for each in findings if each.what in kinds]

    (tmp_path / "halls").mkdir()
    found(tmp_path / "halls", source() + PORTERS)
    halls = unioncore.TomlPlugin(tmp_path / "halls" / "halls", prefix="halls")
    assert told(halls) == []
    (tmp_path / "clerks").mkdir()
    (tmp_path / "clerks" / "clerks.toml").write_text(CLERKS, encoding="utf-8")
    clerks = unioncore.TomlPlugin(tmp_path / "clerks", prefix="clerks")
    gap = "no rule decides halls.lodge where the role is clerks: halls.role=clerk"
    assert told(clerks, halls) == [("clerks", gap)]

    (tmp_path / "more").mkdir()
    wider = PORTERS.replace("halls.role == 'porter'", "halls.role in ['porter', 'warden']")
    found(tmp_path / "more", source() + wider)
    more = unioncore.TomlPlugin(tmp_path / "more" / "halls", prefix="halls")
    ((where, message),) = told(more)
    assert where.endswith("silence.halls.wardens")
    assert message == "something decides halls.lodge for all whom it is for"
