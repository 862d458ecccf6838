"""The mistakes that authors of definitions make most, each with the message that it gets.

All are made in one small plugin; each message names file, line, definition, cause and cure, and no
second fault follows from the first.
"""

from pathlib import Path

import pytest

from tests.composition.making import SOURCE, compose, faults_of, toml
from unioncore import TomlPlugin

LIGHTS = """
[words.employer_kind]
lighthouse-board = "lighthouse board"

[words.job_group]
keeper = "keepers"

[fact.NAME.group]
type = "choice"
choices = ["lights", "buoys"]
derived = true
label = "the group"

[[rule]]
key = "NAME.keepers"
decides = "NAME.group"
  [[rule.version]]
  period = { start = 2003-01-01 }
  when = "job.group == 'keeper' and employer.kind == 'lighthouse-board'"
  value = "lights"
  because = "keepers belong to the group"
  citations = [{ source = "s", provision = "2" }]

[[negotiating_body]]
key = "NAME-council"
existed = { start = 2019-05-01 }
  [[negotiating_body.version]]
  period = { start = 2019-05-01 }
  name = "Lighthouse Council"
  covers = "job.group == 'keeper'"
  level = "national"
  pay_date = "04-01"
  citations = [{ source = "s", provision = "3" }]
  side.employers = { complete = false }
  side.trade-unions = { unions = ["guild"] }

[union.guild]
name = "Guild of Keepers"

[[parameter]]
key = "NAME.days"
type = "whole"
label = "the days of a dispute"
unit = "days"
period = { start = 2003-01-01 }
value = 14
citations = [{ source = "s", provision = "5" }]

[[case_type]]
key = "NAME.dispute"
name = "Dispute about a light"
family = "bargaining"
counted = "terms"
collective = true
  [[case_type.version]]
  period = { start = 2003-01-01 }
  citations = [{ source = "s", provision = "6" }]
  initial = "failure"
    [case_type.version.states]
    failure = "No agreement"
    declared = "Dispute declared"
    ended = { name = "Settled", outcome = true }
    [case_type.version.transitions]
    failure.declare_dispute = { to = "declared", actor = "union" }
    declared.settle = { to = "ended", actor = "both_sides" }
    [case_type.version.clock.meeting]
    name = "The first meeting"
    starts = "declare_dispute"
    must = "settle"
    owed_by = "employer"
    nature = "agreement"
    count = 10
    unit = "working-days"
    citations = [{ source = "s", provision = "6" }]
"""
OTHERS = (
    "".join(
        f"""
[[negotiating_body]]
key = "NAME-{key}"
parent = "NAME-{parent}"
period = {{ start = 2019-05-01 }}
name = "Council {key}"
covers = "job.group == 'keeper'"
level = "national"
citations = [{{ source = "s", provision = "4" }}]
"""
        for key, parent in ("ab", "ba")
    )
    + "\n[union.guild]"
)
WHEN = "rule NAME.keepers, version of 2003-01-01, when: "
MISTAKES = [
    ("period = {", "perod = {", "version 1: no such field: perod; did you mean 'period'?"),
    (
        "start = 2003-01-01",
        'start = "2003-01-01"',
        "period.start: expected a day such as 2009-06-19, without quotes, got text",
    ),
    (
        "start = 2003-01-01",
        "start = 01-05-2003",
        "this is not TOML: Unclosed inline table; write a day as 2003-05-01",
    ),
    (
        '  citations = [{ source = "s", provision = "2" }]\n',
        "",
        "citations: needs the field citations",
    ),
    (
        'value = "lights"',
        'value = "ligths"',
        "NAME.group has no word 'ligths'; did you mean 'lights'?",
    ),
    (
        '"NAME.keepers"',
        '"other.keepers"',
        "keys of this plugin start with NAME. and not with other",
    ),
    ("== 'keeper' and", "= 'keeper' and", WHEN + "column 11: compare with == and not with ="),
    (" and ", " && ", WHEN + "column 24: this is not an expression; write the words and, or, not"),
    (" and ", " OR ", WHEN + "column 23: this is not an expression; write the words and, or, not"),
    ("== 'keeper' and", "<> 'keeper' and", "write != for 'is not'"),
    ("== 'keeper' and", "== \u2018keeper\u2019 and", "write straight quotes, ' and not \u2019"),
    (
        "job.group == 'keeper' and",
        "true and",
        WHEN + "no fact is called true; did you mean 'True'?",
    ),
    (
        "job.group == 'keeper' and",
        "day > 3 and",
        WHEN + "no fact is called day; did you mean 'on'?",
    ),
    (
        "  [[rule.version]]\n  period = { start = 2003-01-01 }",
        "  period = { start = 2003-01-01 }\n  [[rule.version]]",
        "rule NAME.keepers: move into each version: period",
    ),
    (
        '["guild"]',
        '["keepers-of-the-north"]',
        "refers to the union keepers-of-the-north, which no plugin defines; if it is right, add "
        '[union.keepers-of-the-north] with name = "..."',
    ),
    (
        '"declare_dispute"',
        '"declare_disput"',
        "clock.meeting.starts: no event or happening is "
        "called declare_disput; did you mean 'declare_dispute'?",
    ),
    ('to = "declared"', 'to = "declard"', "no state is called declard; did you mean 'declared'?"),
    ("count = 10", "count = -10", "clock.meeting.count: expected zero or more"),
    ('"04-01"', '"1 April"', "pay_date: expected a day of the year such as 04-01, for 1 April"),
    (
        "existed = { start = 2019-05-01 }",
        "existed = { start = 2025-01-01 }",
        "this version is from 2019-05-01, and the body existed from 2025-01-01",
    ),
    ("existed = {", 'parent = "NAME-council"\nexisted = {', "parent: a body is not its own parent"),
    ("complete = false", "seats = -3", "side.employers.seats: expected zero or more"),
    (
        "complete = false",
        'seats = "three"',
        "seats: expected a whole number, got text",
    ),
    (
        "side.trade-unions",
        "side.trade-union",
        "expected one of employers, trade-unions; did you mean 'trade-unions'?",
    ),
    (
        '"NAME.keepers"',
        '"NAME.keep\u2014ers"',
        "key: expected letters from a to z, digits, full stops, _ and -, got 'NAME.keep\\u2014ers'",
    ),
    ("because =", 'value = "buoys"\n  because =', "this is not TOML: value stands here twice"),
    (
        "[words.job_group]",
        "[words.job_grop]",
        "no fact or column takes its words from job_grop; did you mean 'job_group'?",
    ),
    ('owed_by = "employer"', 'owed_by = "employr"', "actor employr, which no plugin defines"),
    (
        'actor = "union"',
        'actor = "lantern"',
        'defines; if it is right, add lantern = "..." under [words.actor]',
    ),
    ('"bargaining"', '"bargainig"', "family bargainig, which no plugin defines; did you mean"),
    (
        'level = "national"',
        'chair = "the kng"',
        "chair: expected one of independent, alternating, joint, employers, trade-unions",
    ),
    ("collective = true", 'needs = "erx"', "there are health-and-safety, job-evaluation"),
    ("existed = {", 'succeeded_by = ["NAME-council"]\nexisted = {', "does not succeed itself"),
    (
        "[union.guild]",
        OTHERS,
        "bodies are parents of one another: NAME-a -> NAME-b -> NAME-a",
    ),
    ('["guild"]', '["guild", "guild"]', "side.trade-unions.unions: guild stands here twice"),
    (
        '["guild"]',
        '["guild"], seats = 3, seats_by = [{ who = "guild", seats = 5 }]',
        "seats_by: gives 5 seats of 3",
    ),
    ("value = 14", "value = -14", "parameter NAME.days, value: expected zero or more days"),
    ("start = 2003-01-01", "start = 2003-02-30", "Invalid date or datetime; there is no such day"),
    ("start = 2003-01-01", "start = 1 May 2003", "write a day as 2003-05-01"),
    (
        "start = 2003-01-01",
        "start = 2003-01-01, end = 2002-01-01",
        "a period starts before it ends: start 2003-01-01, end (not included) 2002-01-01",
    ),
    ("declared =", 'declared = "Again"\n    declared =', "TOML: declared stands here twice"),
    ("declared.settle", "declard.settle", "no state is called declard; did you mean 'declared'?"),
    ('"keepers"', '""', "words.job_group.keeper: expected the name that people read"),
    ('"keepers"', "3", 'expected the name in quotes, such as clerk = "clerk"'),
    (
        "[words.employer_kind]\n",
        "[[employer_kind]]\n",
        "no such table; if it is a vocabulary, its words stand under [words.employer_kind]",
    ),
    ("[[rule]]", "[rule]", "rule: expected [[rule]], with two brackets"),
    ("[union.guild]", "[[union]]", "union: expected [union.KEY], with one pair of brackets"),
    ('source = "s", provision = "6"', 'source = "t"', "source: there is no [source.t]"),
]


def test_the_plugin_is_sound_without_them(tmp_path: Path) -> None:
    assert compose(toml(LIGHTS)(tmp_path, "lh")).body("lh-council")


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=[each[2] for each in MISTAKES])
def test_one_mistake_is_one_fault_with_its_line_and_its_cure(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in LIGHTS
    (fault,) = faults_of(toml(LIGHTS.replace(old, new, 1))(tmp_path, "lh"))
    assert (fault.plugin, fault.file, bool(fault.line)) == ("lh", "lh.toml", True)
    assert said.replace("NAME", "lh") in str(fault)


def lights_in(folder: Path, file: str, text: str) -> list[str]:
    """Return the faults where the words stand in a file of their own."""
    head, tail = LIGHTS.replace("NAME", "lh").split("[fact.lh.group]")
    (folder / file).write_text(text or head, encoding="utf-8")
    (folder / "group.toml").write_text(SOURCE + "[fact.lh.group]" + tail, encoding="utf-8")
    return [str(fault) for fault in faults_of(TomlPlugin(folder, prefix="lh"))]


@pytest.mark.parametrize("name", ["kinds.tml", "kinds.TOML", "kinds.toml.txt"])
def test_a_file_that_is_not_read_for_its_name_is_named(name: str, tmp_path: Path) -> None:
    (fault,) = lights_in(tmp_path, name, "")
    assert f"{name}: this was not read: the name of a file of definitions ends in .toml" in fault


def test_what_a_broken_file_defines_is_not_missed_elsewhere(tmp_path: Path) -> None:
    (fault,) = lights_in(tmp_path, "kinds.toml", '[words.job_group]\nkeeper = "keepers\n')
    assert "kinds.toml:2:" in fault
    assert "this is not TOML" in fault


def test_what_a_broken_definition_stands_for_is_not_missed_elsewhere(tmp_path: Path) -> None:
    text = LIGHTS.replace('label = "the group"', 'lable = "the group"')
    (fault,) = faults_of(toml(text)(tmp_path, "lh"))
    assert "fact.lh.group: no such field: lable; did you mean 'label'?" in str(fault)


def test_a_folder_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "kinds.toml").write_text("", encoding="utf-8")
    (fault,) = lights_in(tmp_path, "kinds.toml", "")
    assert "more: this was not read: a folder of definitions here is called with-PLUGIN" in fault
