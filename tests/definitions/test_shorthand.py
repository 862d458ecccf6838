"""The short forms of definition files mean what the long ones mean, and faults name the short."""

from datetime import date
from pathlib import Path

import pytest

import unioncore
from tests.composition.making import faults_of
from tests.synthetic import source
from unioncore.definitions.loader import load_files, load_folder

SOURCES = source("act", "A synthetic Act") + source("change", "A synthetic Act that amends it")

FACTS = """
[fact.mill.nation]
type = "choice"
vocabulary = "nation"
label = "the nation of the mill"

[fact.mill.kind]
type = "choice"
vocabulary = "mill_kind"
label = "the kind of mill"

[fact.mill.opened]
type = "day"
label = "the day on which the mill opened"

[fact.mill.months]
type = "whole"
derived = true
label = "the months"
"""

LONG = f"""
{FACTS}
[words.mill_kind]
wind = "windmill"
water = "watermill"
steam = "steam mill"

[[rule]]
key = "m.months-wind"
decides = "mill.months"
dated_by = "mill.opened"
  [[rule.version]]
  period = {{ end = 2026-10-01 }}
  when = "mill.kind == 'wind' and mill.nation in ('England', 'Wales', 'Scotland')"
  value = 3
  citations = [{{ source = "act", provision = "section 1" }}]
  [[rule.version]]
  period = {{ start = 2026-10-01 }}
  when = "mill.kind == 'wind' and mill.nation in ('England', 'Wales', 'Scotland')"
  value = 6
  citations = [{{ source = "act", provision = "section 1" }}, {{ source = "change" }}]

[[rule]]
key = "m.months-water"
decides = "mill.months"
dated_by = "mill.opened"
  [[rule.version]]
  period = {{ start = 2000-01-01, end = 2010-01-01 }}
  when = "mill.kind in ('water', 'steam') and mill.nation == 'Wales'"
  value = 2
  citations = [{{ source = "act", provision = "section 2" }}]
  [[rule.version]]
  period = {{ start = 2010-01-01, end = 2026-10-01 }}
  when = "mill.kind in ('water', 'steam') and mill.nation == 'Wales'"
  value = 3
  citations = [{{ source = "act", provision = "section 2" }}]
  [[rule.version]]
  period = {{ start = 2026-10-01, end = 2027-01-01 }}
  when = "mill.kind in ('water', 'steam') and mill.nation == 'Wales'"
  value = 6
  citations = [{{ source = "act", provision = "section 2" }}, {{ source = "change" }}]
  [[rule.version]]
  period = {{ start = 2027-01-01 }}
  when = "mill.kind in ('water', 'steam') and mill.nation == 'Wales'"
  value = 9
  because = "the months are nine"
  citations = [
    {{ source = "act", provision = "section 2" }},
    {{ source = "change" }},
    {{ source = "change", provision = "section 3" }},
    {{ source = "act", provision = "section 9" }},
  ]

[[rule]]
key = "m.elsewhere"
decides = "mill.months"
dated_by = "mill.opened"
  [[rule.version]]
  period = {{}}
  when = "mill.kind == 'wind' and mill.nation == 'Northern Ireland' and known(mill.opened)"
  value = 1
  citations = [{{ source = "act" }}]

[[rule]]
key = "m.months-otherwise"
decides = "mill.months"
dated_by = "mill.opened"
otherwise = true
  [[rule.version]]
  period = {{}}
  when = "True"
  value = 12
  citations = [{{ source = "act" }}]
"""

SHORT = f"""
dated_by = "mill.opened"
{FACTS}
[words.mill_kind]
wind = "windmill"
water = "watermill"
steam = {{ name = "steam mill" }}

[[amendment]]
key = "six-months"
start = 2026-10-01
value = 6
citations = [{{ source = "change" }}]

[[amendment]]
key = "new-decade"
start = 2010-01-01
citations = [{{ source = "change" }}]

[[amendment]]
key = "new-year"
start = 2027-01-01
citations = [{{ source = "change", provision = "section 3" }}]

[[table]]
key = "m.months"
decides = "mill.months"
by = ["mill.kind", "mill.nation"]
period = {{}}
citations = [{{ source = "act" }}]

  [[table.row]]
  mill.kind = "wind"
  mill.nation = "GB"
  value = 3
  amended_by = "six-months"
  citations = [{{ source = "act", provision = "section 1" }}]

  [[table.row]]
  mill.kind = ["water", "steam"]
  mill.nation = "Wales"
  value = 2
  period = {{ start = 2000-01-01, end = "new-decade" }}
  citations = [{{ source = "act", provision = "section 2" }}]

  [[table.row]]
  mill.kind = ["water", "steam"]
  mill.nation = "Wales"
  value = 3
  period = {{ start = 2010-01-01 }}
  citations = [{{ source = "act", provision = "section 2" }}]
    [table.row.amended_by]
    six-months = {{}}
    new-year = {{ value = 9, because = "the months are nine", citations = [
      {{ source = "act", provision = "section 9" }},
    ] }}

  [[table.row]]
  key = "m.elsewhere"
  mill.kind = "wind"
  mill.nation = "NI"
  when = "known(mill.opened)"
  value = 1

  [[table.row]]
  value = 12
"""


def composed(folder: Path, text: str) -> unioncore.Rulebook:
    folder.mkdir()
    (folder / "mills.toml").write_text(text, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="m"), discover=False)


def test_short_forms_mean_what_the_long_ones_mean(tmp_path: Path) -> None:
    long, short = composed(tmp_path / "long", LONG), composed(tmp_path / "short", SHORT)
    assert short.definitions == long.definitions
    assert short.fingerprint == long.fingerprint


NESTED = f"""
{FACTS}
[[rule]]
key = "m.two"
decides = "mill.months"
  [[rule.version]]
  period = {{ start = 2000-01-01 }}
  when = "mill.nation == 'Wales'"
  value = 2
  citations = [{{ source = "act" }}]
    [[rule.version.except]]
    when = "mill.kind == 'wind'"
    because = "a windmill has none"

[[case_type]]
key = "m.repair"
name = "Repair"
family = "repair"
  [[case_type.version]]
  period = {{}}
  initial = "broken"
  citations = [{{ source = "act" }}]
    [case_type.version.states]
    broken = "Broken"
    mended = {{ name = "Mended", outcome = true }}
    [case_type.version.transitions]
    broken.mend = {{ to = "mended", actor = "miller" }}
{SOURCES}
"""
FLAT = f"""
{FACTS}
[[rule]]
key = "m.two"
decides = "mill.months"
period = {{ start = 2000-01-01 }}
when = "mill.nation == 'Wales'"
value = 2
citations = [{{ source = "act" }}]
  [[rule.except]]
  when = "mill.kind == 'wind'"
  because = "a windmill has none"

[[case_type]]
key = "m.repair"
name = "Repair"
family = "repair"
period = {{}}
initial = "broken"
citations = [{{ source = "act" }}]
  [case_type.states]
  broken = "Broken"
  mended = {{ name = "Mended", outcome = true }}
  [case_type.transitions]
  broken.mend = {{ to = "mended", actor = "miller" }}
{SOURCES}
"""


def test_a_definition_with_one_version_may_have_its_fields_itself() -> None:
    nested, flat = (load_files({"x.toml": text.encode()}) for text in (NESTED, FLAT))
    assert flat.definitions == nested.definitions
    assert flat.faults == nested.faults == ()


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        ('when = "mill.n', 'wen = "mill.n', "rule[0].wen", "no such field; did you mean 'when'?"),
        ("value = 2", "value = 2.5", "rule[0].value", "a decimal number is not exact"),
        ("decides = ", "decide = ", "rule[0].decide", "no such field; did you mean 'decides'?"),
        (
            "broken.mend = {",
            "broken.mend = { x = 1,",
            "case_type[0].transitions.broken.mend.x",
            "no such",
        ),
        (
            "value = 2",
            "value = 2\n  [[rule.version]]",
            "rule[0]",
            "move into each version: ",
        ),
    ],
)
def test_a_fault_of_the_only_version_names_the_definition(
    old: str, new: str, path: str, said: str
) -> None:
    assert old in FLAT
    found = load_files({"x.toml": FLAT.replace(old, new, 1).encode()}).faults
    assert any(fault.path == path and said in fault.message for fault in found), found


def faults(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    assert old in SHORT
    folder.mkdir()
    (folder / "mills.toml").write_text(SHORT.replace(old, new, 1), encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    # What the files alone show is told without composing anything.
    found = load_folder(folder).faults or faults_of(unioncore.TomlPlugin(folder, prefix="m"))
    assert {fault.file for fault in found} == {"mills.toml"}
    return [(fault.path, fault.message) for fault in found]


LEAVE_OUT = "the heading says this already; leave key out"

WRONG = [
    (
        'mill.kind = "wind"',
        'mill.kind = "winf"',
        "table[0].row[0].mill.kind",
        "mill.kind has no word 'winf'; did you mean 'wind'?",
    ),
    (
        'mill.nation = "GB"',
        'mill.nation = "GBR"',
        "table[0].row[0].mill.nation",
        "mill.nation has no word 'GBR'",
    ),
    (
        'mill.nation = "GB"',
        'mill.natoin = "GB"',
        "table[0].row[0]",
        "no such field: mill.natoin; did you mean 'mill.nation'?",
    ),
    (
        'decides = "mill.months"\nby',
        'decides = "mill.month"\nby',
        "table[0].decides",
        "no fact is called mill.month; did you mean 'mill.months'?",
    ),
    (
        'key = "m.months"\ndecides',
        'key = "n.months"\ndecides',
        "table[0].key",
        "keys of this plugin start with m. and not with n",
    ),
    (
        "value = 12",
        'value = "12"',
        "table[0].row[4].value",
        "expected a whole number without quotes for mill.months, got '12'",
    ),
    (
        '"GB"\n  value = 3',
        '"GB"\n  value = true',
        "table[0].row[0].value",
        "expected a whole number without quotes for mill.months, got True",
    ),
    (
        'citations = [{ source = "act" }]\n\n  [[table.row]]',
        'citatons = [{ source = "act" }]\n\n  [[table.row]]',
        "table[0].citatons",
        "no such field; did you mean 'citations'?",
    ),
    (
        'citations = [{ source = "act" }]\n\n  [[table.row]]',
        "citations = []\n\n  [[table.row]]",
        "table[0].citations",
        "has no citation; a value without a source cannot stand",
    ),
    (
        'amended_by = "six-months"',
        'amended_by = "six-moths"',
        "table[0].row[0].amended_by",
        "no [[amendment]] has the key six-moths; did you mean 'six-months'?",
    ),
    (
        "period = { start = 2010-01-01 }",
        "period = { start = 2010-01-01, end = 2026-10-01 }",
        "table[0].row[2].amended_by",
        "six-months changes the law on 2026-10-01, outside the period",
    ),
    (
        'amended_by = "six-months"',
        'amended_by = "new-year"',
        "table[0].row[0].amended_by",
        "new-year does not say what becomes of this; say it here, such as "
        'amended_by = { "new-year" = { value = 6 } }',
    ),
    (
        'amended_by = "six-months"',
        'amended_by = ["six-months"]',
        "table[0].row[0].amended_by",
        'expected the key of an [[amendment]], or { "KEY" = { value = 6 } }',
    ),
    (
        "six-months = {}",
        "six-months = 6",
        "table[0].row[2].amended_by",
        "expected what becomes of this, such as { six-months = { value = 6 } }",
    ),
    (
        "value = 9",
        "value = 'nine'",
        "table[0].row[2].amended_by",
        "expected a whole number without quotes for mill.months, got 'nine'",
    ),
    (
        "start = 2026-10-01\n",
        "start = '2026-10-01'\n",
        "amendment[0].start",
        "an amendment needs the day from which it holds, such as start = 2026-10-01",
    ),
    (
        "[[amendment]]",
        '[[amendment]]\nkey = "idle"\nstart = 2020-01-01\nvalue = 2\n'
        'citations = [{ source = "change" }]\n\n[[amendment]]',
        "amendment[0].key",
        "nothing is amended_by idle",
    ),
    (
        'key = "m.elsewhere"\n',
        "",
        "table[0].row[3]",
        "another row stands for the rule m.months-wind; give this one a key of its own",
    ),
    (
        "known(mill.opened)",
        "known(mill.opend)",
        "table[0].row[3].when",
        "no fact is called mill.opend; did you mean 'mill.opened'?",
    ),
    (
        'dated_by = "mill.opened"',
        'dated_by = "mill.opend"',
        "dated_by",
        "mill.opend is not a fact that holds a day; did you mean 'mill.opened'?",
    ),
    (
        'dated_by = "mill.opened"',
        'dated_by = "mill.opened"\nsubjct = "mill"',
        "subjct",
        "stands at the head of the file, and no such field: subjct; did you mean 'subject'?",
    ),
    (
        'water = "watermill"',
        'water = "watermill"\nhand = 3',
        "words.mill_kind.hand",
        'expected the name in quotes, such as clerk = "clerk"',
    ),
    (
        '{ name = "steam mill" }',
        '{ name = "steam mill" }\ntide = { name = "tide mill", nme = "mill" }',
        "words.mill_kind.tide.nme",
        "no such field; did you mean 'name'?",
    ),
    (
        "[words.mill_kind]",
        '[[word]]\nvocabulary = "mill_kind"\n\n[words.mill_kind]',
        "word",
        'words stand one a line, KEY = "its name", under [words.VOCABULARY]',
    ),
    (
        "[words.mill_kind]",
        '[[source]]\nkey = "plan"\n\n[words.mill_kind]',
        "source",
        "expected [source.KEY], with one pair of brackets",
    ),
    (
        "[words.mill_kind]",
        '[[measure]]\nkey = "m.one"\n\n[words.mill_kind]',
        "measure",
        "expected [measure.KEY], with one pair of brackets",
    ),
    ("[fact.mill.kind]", '[fact.mill.kind]\nkey = "mill.kind"', "fact.mill.kind.key", LEAVE_OUT),
    (
        'type = "choice"\nvocabulary = "mill_kind"',
        "",
        "fact.mill.kind.type",
        "needs the field type",
    ),
    (FACTS, FACTS + '[fact.mill]\nlabel = "a mill"', "fact.mill.type", "needs the field type"),
    (
        "[fact.mill.kind]",
        "[fact]\nkind = 1\n\n[fact.mill.kind]",
        "fact.kind",
        "expected [fact.KEY], with fields under it",
    ),
    (
        "[words.mill_kind]",
        '[source]\nplan = "A plan"\n\n[words.mill_kind]',
        "source.plan",
        "expected [source.KEY], with fields under it",
    ),
    (
        "[words.mill_kind]",
        '[source.plan]\nkey = "plan"\n\n[words.mill_kind]',
        "source.plan.key",
        LEAVE_OUT,
    ),
    (
        "[words.mill_kind]",
        '[source.plan]\ninstrument = "A plan"\nurl = ""\nchecked_on = "soon"\n'
        'confidence = "verified"\n\n[words.mill_kind]',
        "source.plan.checked_on",
        "expected a day such as 2009-06-19, without quotes, got text",
    ),
]


@pytest.mark.parametrize(("old", "new", "path", "said"), WRONG)
def test_a_fault_names_what_was_written_and_once(
    old: str, new: str, path: str, said: str, tmp_path: Path
) -> None:
    assert faults(tmp_path / "mills", old, new) == [(path, said)]


def test_faults_come_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    strange = [f"strange_{number}" for number in range(9)]
    head = "".join(f"{key} = 1\n" for key in strange)
    found = faults(
        tmp_path / "mills", 'dated_by = "mill.opened"\n', f'dated_by = "mill.opened"\n{head}'
    )
    assert [path for path, _ in found] == strange


def test_no_period_is_invented(tmp_path: Path) -> None:
    found = faults(tmp_path / "mills", "period = {}\ncitations", "citations")
    assert found == [(f"table[0].row[{row}].period", "needs the field period") for row in (0, 3, 4)]


def test_a_fact_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    text = SHORT.replace("mill.kind", "mill.kund").replace("[fact.mill.kund]", "[fact.mill.kind]")
    (tmp_path / "mills").mkdir()
    (tmp_path / "mills" / "mills.toml").write_text(text + SOURCES, encoding="utf-8")
    (fault,) = faults_of(unioncore.TomlPlugin(tmp_path / "mills", prefix="m"))
    assert fault.path == "table[0].by"
    assert fault.message == "no fact is called mill.kund; did you mean 'mill.kind'?"


def test_an_entry_may_say_otherwise_than_the_head() -> None:
    head = 'confidence = "remembered"\n' + SOURCES.replace('confidence = "verified"\n', "", 1)
    cited = """
[measure.m.one]
decides = "m.any"
over = "mills"
take = "any"
where = "True"
citations = [{ source = "act" }, { source = "change" }]
"""
    (measure,) = load_files({"x.toml": (head + cited).encode()}).definitions.measures
    assert [str(each.confidence) for each in measure.citations] == ["remembered", "verified"]


BUILTIN = Path(unioncore.__file__).parent / "builtin" / "definitions"


def test_a_commencement_is_moved_by_one_line() -> None:
    keys = ("core.two-months-after-assent", "core.commenced-18-february-2026")
    files = {file.name: file.read_text(encoding="utf-8") for file in BUILTIN.glob("*.toml")}
    moving = {name: text for name, text in files.items() if any(key in text for key in keys)}
    days = "commencement_days.toml"
    moving[days] = moving[days].replace("start = 2026-02-18", "start = 2026-03-02")
    found = load_files({name: text.encode() for name, text in moving.items()}).definitions
    rules, parameters = found.rules or (), found.parameters or ()
    versions = (version for item in (*rules, *parameters) for version in item.versions)
    bounds = {day for each in versions for day in (each.period.start, each.period.end)}
    assert date(2026, 3, 2) in bounds
    assert date(2026, 2, 18) not in bounds
