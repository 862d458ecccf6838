"""Each kind of broken plugin is told apart, with its place, and all are told together."""

from pathlib import Path

import pytest
from attrs import frozen

from tests.composition.making import Make, compose, fact, faults_of, python, rule, sound, toml
from unioncore.composition import look_at
from unioncore.errors import Fault, Location

VERSION = """
  [[rule.version]]
  period = { start = 2021-01-01 }
  when = "employer.nation == 'England'"
  value = "b"
  citations = [{ source = "s" }]
"""

CYCLE = (
    fact("NAME.first", derived=True)
    + fact("NAME.second", derived=True)
    + rule("NAME.a", "NAME.second", "true", decides="NAME.first")
    + rule("NAME.b", "not NAME.first", "true", decides="NAME.second")
)

BODY = """
[[negotiating_body]]
key = "NAME-council"
  [[negotiating_body.version]]
  period = { start = 2020-01-01 }
  name = "A synthetic council"
  covers = "employer.nation == 'Wales'"
  citations = [{ source = "s" }]
    [negotiating_body.version.side.trade-unions]
    unions = ["synthetik-union"]

[union.synthetic-union]
name = "A synthetic union"
"""

ROLE = """
[words.unit_kind]
hall = "hall"

[[office_role]]
key = "NAME-keeper"
of = ["hall"]
  [[office_role.version]]
  period = { start = 2020-01-01 }
  name = "Keeper"
  citations = [{ source = "s" }]
"""

PAY = """
[[table]]
key = "NAME.rates"
decides = "NAME.pay"
by = "employer.kind"
period = {}
citations = [{ source = "s" }]
row = [{ employer.kind = "farm", value = "1.30" }, { value = "2.50" }]

[words.employer_kind]
farm = "farm"
"""

FEE = """
[[parameter]]
key = "NAME.fee"
type = "money"
label = "the fee"
value = "-1.30"
period = { start = 2020-01-01 }
citations = [{ source = "s" }]
"""

MEASURE = (
    fact("NAME.met", derived=True)
    + fact("NAME.meetings", "collection", more='of = "meeting"')
    + """
[measure.NAME.measure]
decides = "NAME.met"
over = ""
take = "any"
where = "True"
citations = [{ source = "s" }]
"""
)

PREDICATE = """
from unioncore.rules import FactType, Predicate

def is_odd(number):
    return number % 2 == 1

@hookimpl
def unioncore_predicates():
    return [Predicate("NAME.is_odd", "the number is odd", (FactType.WHOLE,), is_odd)]
"""


@frozen
class Broken:
    """A plugin with one fault, and how that is told."""

    make: Make
    path: str
    message: str
    python: bool = False


WHEN = "rule[0].version[0].when"
NATION = "employer.nation == 'Wales'"
KINDS: dict[str, Broken] = {
    "import_error": Broken(
        python("import lighthouse_that_nobody_built"),
        "",
        "cannot be imported: ModuleNotFoundError: No module named 'lighthouse_that_nobody_built'",
    ),
    "wrong_type": Broken(
        python("@hookimpl\ndef unioncore_rules():\n    return ['not a rule']"),
        "unioncore_rules",
        "expected Rule, got str",
        python=True,
    ),
    "misspelt_hook": Broken(
        python("@hookimpl\ndef unioncore_ruls():\n    return ()"),
        "unioncore_ruls",
        "no hook has this name; did you mean 'unioncore_rules'?",
        python=True,
    ),
    "unknown_key": Broken(
        sound("  value", '  becuase = "it is so"\n  value'),
        "rule[0].version[0].becuase",
        "no such field; did you mean 'because'?",
    ),
    "unparsable_condition": Broken(
        sound(NATION, "employer.nation =="),
        WHEN,
        "column 1: this is not an expression; expected a condition such as "
        "employer.kind == 'police-force' and not job.is_manager, in: employer.nation ==",
    ),
    "unknown_fact": Broken(
        sound("employer.nation", "employer.naton"),
        WHEN,
        "no fact is called employer.naton; did you mean 'employer.nation'?",
    ),
    "type_mismatch": Broken(
        sound(NATION, "job.is_manager == 'yes'"),
        WHEN,
        "job.is_manager == 'yes' compares yes-no with text",
    ),
    "overlapping_periods": Broken(
        sound(more=VERSION),
        "rule[0].version[1].period",
        "the period from 2021-01-01 overlaps that of rule[0].version[0], from 2020-01-01; "
        "end one where the other starts",
    ),
    "overlapping_rules": Broken(
        sound(more=rule("NAME.other", "job.is_manager", '"b"')),
        "rule[1]",
        "NAME.other and NAME.rule decide NAME.answer differently for one person: "
        "employer.nation=Wales, job.is_manager=yes, on=2020-01-01; "
        "narrow one, or let one override the other, which is "
        "NAME: NAME.toml: rule NAME.rule",
    ),
    "missing_citation": Broken(
        sound('[{ source = "s" }]', "[]"),
        "rule[0].version[0].citations",
        "has no citation; a value without a source cannot stand",
    ),
    "clashing_keys": Broken(
        sound(more=rule("NAME.rule", "employer.nation == 'England'")),
        "rule[1].key",
        "NAME.rule is defined already by NAME: NAME.toml: rule NAME.rule",
    ),
    "vocabulary_declared_differently": Broken(
        toml('[words.nation]\nWales = "The Principality"'),
        "words.nation.Wales",
        "nation:Wales is declared differently (name) by builtin: placement.toml: "
        "words.nation.Wales",
    ),
    "dangling_reference": Broken(
        toml(BODY),
        "negotiating_body[0].version[0].side.trade-unions.unions",
        "refers to the union synthetik-union, which no plugin defines; "
        "did you mean 'synthetic-union'?",
    ),
    "cyclic_facts": Broken(
        toml(CYCLE),
        "rule[0]",
        "derived facts depend on themselves: NAME.first -> NAME.second -> NAME.first",
    ),
    "override_of_nothing": Broken(
        sound(
            'decides = "NAME.answer"',
            'decides = "NAME.answer"\noverrides = ["NAME.othr"]',
            more=rule("NAME.other", "employer.nation == 'England'", '"b"'),
        ),
        "rule[0].overrides",
        "overrides NAME.othr, but no rule of that key decides NAME.answer; "
        "did you mean 'NAME.other'?",
    ),
    "bad_date": Broken(
        sound("2020-01-01", "'2020-13-01'"),
        "rule[0].version[0].period.start",
        "expected a day such as 2009-06-19, without quotes, got text",
    ),
    "empty_measure_target": Broken(
        toml(MEASURE),
        "measure.NAME.measure.over",
        "measures nothing; name a collection, such as NAME.meetings",
    ),
    "wrong_prefix": Broken(
        sound('key = "NAME.rule"', 'key = "wrong.rule"'),
        "rule[0].key",
        "keys of this plugin start with NAME. and not with wrong",
    ),
    "unknown_function": Broken(
        sound(NATION, "add_dys(on, 1) == on"),
        WHEN,
        "column 1: no function is called 'add_dys'; did you mean 'add_days'?, "
        "in: add_dys(on, 1) == on",
    ),
    "predicate_without_citation": Broken(
        python(PREDICATE),
        "Predicate NAME.is_odd.citations",
        "has no citation; a value without a source cannot stand",
        python=True,
    ),
}


def told(fault: Fault) -> tuple[str, str, str, str]:
    """Return a fault without lines, and without its own path in words."""
    other = fault.other
    beside = f" {other.plugin}: {other.file}: {other.where}" if other is not None else ""
    return fault.plugin, fault.file, fault.path, fault.message + beside


def expected(name: str, broken: Broken) -> tuple[str, str, str, str]:
    is_toml = "[" in broken.path or broken.path.startswith(("words.", "measure."))
    file = f"{name}.toml" if is_toml else f"{name}.py" if broken.python else ""
    path, message = (text.replace("NAME", name) for text in (broken.path, broken.message))
    return name, file, path, message


def test_the_plugin_that_is_broken_below_is_sound(tmp_path: Path) -> None:
    names = [info.name for info in compose(sound()(tmp_path, "fine")).plugins]
    assert names == ["builtin", "fine"]
    assert len(KINDS) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_one_fault_with_its_place_and_a_way_out(kind: str, tmp_path: Path) -> None:
    plugin = KINDS[kind].make(tmp_path, kind)
    assert [told(each) for each in faults_of(plugin)] == [expected(kind, KINDS[kind])]


def test_all_kinds_are_told_together(tmp_path: Path) -> None:
    plugins = [broken.make(tmp_path, kind) for kind, broken in KINDS.items()]
    # The collection to measure is named by its first key, whoever declares it.
    assert {told(each) for each in faults_of(*plugins)} == {
        expected(kind, broken) for kind, broken in KINDS.items()
    }


def test_a_broken_plugin_is_looked_at_beside_a_sound_one(tmp_path: Path) -> None:
    broken = KINDS["unknown_fact"].make(tmp_path, "broken")
    looked = look_at(broken, sound()(tmp_path, "fine"))
    assert {info.name: [told(each) for each in faults] for info, faults in looked} == {
        "broken": [expected("broken", KINDS["unknown_fact"])],
        "builtin": [],
        "fine": [],
    }


# -- further ways to go wrong --------------------------------------------------------------------

TABLE = (
    fact("NAME.listed", derived=True)
    + """
[[table]]
key = "NAME.table"
decides = "NAME.listed"
by = "employer.key"
period = {}
citations = [{ source = "s" }]
  [[table.row]]
  employer.key = "somewhere"
  value = true
"""
)
BY_FIRST = TABLE.replace("NAME.listed", "NAME.first", 1).replace("employer.key", "NAME.first")
SET = fact("NAME.tags", "set", derived=True, more='choices = ["a", "b"]')
ODD = "from unioncore.rules import *\nfrom unioncore.legal import Period\n"


FURTHER: list[tuple[Make, str, str]] = [
    # hooks
    (python("", about="x = 1"), "unioncore_about", "every plugin has this hook"),
    (
        python(
            "",
            about="from unioncore import hookimpl\n@hookimpl\ndef unioncore_about():\n    1 / 0",
        ),
        "unioncore_about",
        "failed: ZeroDivisionError: division by zero",
    ),
    (
        python("@hookimpl\ndef unioncore_rules():\n    rules = ()"),
        "unioncore_rules",
        "returns nothing at all; return () where there is nothing",
    ),
    (
        python("@hookimpl\ndef unioncore_rules():\n    yield from ()\n    1 / 0"),
        "unioncore_rules",
        "failed: ZeroDivisionError: division by zero",
    ),
    (
        python("def unioncore_rules():\n    return ()"),
        "unioncore_rules",
        "is not marked @hookimpl, so it would never be called",
    ),
    (
        python("@hookimpl\ndef union_core_rules():\n    return ()"),
        "union_core_rules",
        "no hook has this name; did you mean 'unioncore_rules'?",
    ),
    (
        python("@hookimpl\ndef unioncore_rules(book):\n    return ()"),
        "",
        "Argument(s) {'book'} are declared in the hookimpl",
    ),
    (
        python(
            "from unioncore import Word\n"
            "@hookimpl\ndef unioncore_words():\n    return Word('nation', 'Mars', 'Mars')"
        ),
        "unioncore_words",
        "failed: TypeError: return a list, not one Word",
    ),
    (
        python("@hookimpl\ndef unioncore_origins():\n    return {'rules': 3}"),
        "unioncore_origins",
        "expected tuple, got str",
    ),
    (
        python("@hookimpl\ndef unioncore_faults():\n    return ['it is broken']"),
        "unioncore_faults",
        "expected Fault, got str",
    ),
    (
        python("", about="raise SystemExit(3)"),
        "",
        "cannot be imported: SystemExit: 3",
    ),
    (
        python(
            "",
            about="from unioncore import *\n@hookimpl\ndef unioncore_about():\n"
            "    return About('local-government')",
        ),
        "unioncore_about.prefix",
        "expected one word of letters, digits and _",
    ),
    (
        python(
            "",
            about="from unioncore import *\n@hookimpl\ndef unioncore_about():\n"
            "    return About('NAME', requires='unison')",
        ),
        "unioncore_about.requires",
        "expected tuple, got str",
    ),
    # definitions that were built in Python
    (
        python(
            f"{ODD}@hookimpl\ndef unioncore_rules():\n"
            "    return [Rule('NAME.r', 'organised',"
            " (RuleVersion(Period(), 'job.is_manager', parse('True'), ()),))]"
        ),
        "Rule NAME.r.version[0].when",
        "expected a condition: parse() the text",
    ),
    (
        python(
            f"{ODD}@hookimpl\ndef unioncore_facts():\n"
            "    return [Fact('NAME.f', 'choice', 'label')]"
        ),
        "Fact NAME.f.type",
        "expected FactType, got str",
    ),
    (
        python(
            PREDICATE.replace(
                "is_odd)]",
                "lambda number: None, (Citation(instrument='Act', provision='', url='',"
                " checked_on=date(2026, 1, 1), confidence=Confidence.VERIFIED),))]",
            )
            + "from datetime import date\nfrom unioncore import Citation, Confidence\n"
        ),
        "Predicate NAME.is_odd.test",
        "expected a function that stands in a module by name",
    ),
    # keys and words
    (
        toml(fact("NAME.some-fact")),
        "fact.NAME.some-fact",
        "conditions cannot name NAME.some-fact; use letters, digits and _, and full stops",
    ),
    (toml(fact("NAME.or")), "fact.NAME.or", "conditions cannot name NAME.or"),
    (
        toml('[words.employer_kind]\n"a/b" = "a or b"'),
        "words.employer_kind.a/b",
        "expected letters from a to z, digits, full stops, _ and -, got 'a/b'",
    ),
    (
        toml('[words.employer_kind]\n" " = "nothing"'),
        "words.employer_kind. ",
        "expected letters from a to z, digits, full stops, _ and -, got ' '",
    ),
    (
        toml(
            '[[region]]\nkey = "NAME"\n[[region.version]]\nperiod = {}\nname = "North"\n'
            'citations = [{ source = "s" }]\n'
            '[words.region]\nNAME = "South"'
        ),
        "region[0].key",
        "NAME is also a word of region, and named differently",
    ),
    (
        sound(
            more=fact("NAME.limit", "whole")
            + '[[parameter]]\nkey = "NAME.limit"\ntype = "whole"\nlabel = "the limit"\n'
            '[[parameter.version]]\nperiod = {}\nvalue = 3\ncitations = [{ source = "s" }]'
        ),
        "parameter[0].key",
        "NAME.limit is the key of one of the facts too",
    ),
    # deciding
    (
        toml(fact("NAME.f") + rule("NAME.r", "job.is_manager", "true", decides="NAME.f")),
        "rule[0].decides",
        "NAME.f is recorded, so nothing decides it",
    ),
    (
        sound('decides = "NAME.answer"', 'decides = "NAME.answr"'),
        "rule[0].decides",
        "no fact is called NAME.answr; did you mean 'NAME.answer'?",
    ),
    (
        sound('value = "a"', 'value = "c"'),
        "rule[0].version[0].value",
        "NAME.answer has no word 'c'; expected a or b",
    ),
    (
        sound('value = "a"', "value = 3"),
        "rule[0].version[0].value",
        "expected one word in quotes for NAME.answer, got 3",
    ),
    (
        sound('value = "a"', 'value = ["a"]'),
        "rule[0].version[0].value",
        "expected one word in quotes for NAME.answer, and no list",
    ),
    (
        sound('value = "a"', 'compute = "employer.nation"'),
        "rule[0].version[0].value",
        "NAME.answer and employer.nation are not answered by the same words",
    ),
    (
        toml(SET + rule("NAME.r", "job.is_manager", "3", decides="NAME.tags")),
        "rule[0].version[0].value",
        "NAME.tags is a set: give its words, in quotes",
    ),
    (
        toml(
            SET
            + rule(
                "NAME.r",
                "job.is_manager",
                decides="NAME.tags",
                version='except = [{ when = "on == on", because = "so", value = "b" }]',
            )
        ),
        "rule[0].version[0].except[0].value",
        "an exception of a set says no, and gives no value",
    ),
    (
        sound('decides = "NAME.answer"', 'decides = "NAME.answer"\ndated_by = "job.role"'),
        "rule[0].dated_by",
        "job.role is not a fact that holds a day",
    ),
    (
        toml(
            fact("NAME.pay", "money", derived=True)
            + rule("NAME.r", "job.is_manager", '"719.00"', decides="NAME.pay")
        ),
        "rule[0].version[0].value",
        "an amount of money for NAME.pay, got '719.00'; write compute = \"money('719.00')\"",
    ),
    *(
        (
            toml(fact("NAME.pay", "money", derived=True) + PAY.replace('"1.30"', value)),
            "table[0].row[0].value",
            'NAME.pay is money: expected money in quotes, such as "719.00"',
        )
        for value in ('"£1.30"', '"NaN"', "1", "true")
    ),
    *(
        (toml(fact("NAME.pay", "money", derived=True) + body), at, "expected pounds, zero or more")
        for body, at in (
            (PAY.replace("1.30", "-1.30"), "table[0].row[0].value"),
            (
                rule("NAME.r", "job.is_manager", "0", decides="NAME.pay").replace(
                    "value = 0", "compute = \"money('-1.30')\""
                ),
                "rule[0].version[0].value",
            ),
            (FEE, "parameter[0].value"),
        )
    ),
    # overriding
    (
        sound(
            'decides = "NAME.answer"',
            'decides = "NAME.answer"\noverrides = ["NAME.rule"]',
        ),
        "rule[0].overrides",
        "rules override one another: NAME.rule -> NAME.rule",
    ),
    (
        toml(
            fact("NAME.answer", "choice", derived=True, more='choices = ["a", "b"]')
            + rule("NAME.x", "job.is_manager", more='overrides = ["NAME.y"]')
            + rule("NAME.y", "on == on", '"b"', more='overrides = ["NAME.x"]')
        ),
        "rule[0].overrides",
        "rules override one another: NAME.x -> NAME.y -> NAME.x",
    ),
    # facts
    (
        toml(fact("NAME.size", "whole", more='denial = "it is small"')),
        "fact.NAME.size.denial",
        "only a yes-no fact has a denial",
    ),
    (
        toml(fact("NAME.flag", more='denial = "NAME.flag"')),
        "fact.NAME.flag.denial",
        "the denial says the opposite of the label, not the same",
    ),
    # tables and measures
    (
        toml(TABLE + "  [[table.row]]\n  value = 3"),
        "table[0].row[1].value",
        "expected true or false without quotes for NAME.listed, got 3",
    ),
    (
        toml(TABLE + '  [[table.row]]\n  employer.key = "somewhere"\n  value = false'),
        "table[0].row[1]",
        "somewhere: the period always overlaps that of table[0].row[0], always",
    ),
    (
        toml(TABLE.replace("employer.key", "employer.nation")),
        "table[0].row[0].employer.nation",
        "employer.nation has no word 'somewhere'",
    ),
    (
        toml(TABLE.replace("employer.key", "job.is_manager")),
        "table[0].by",
        "a table is looked up by a word or text, and job.is_manager is yes-no",
    ),
    (
        toml(SET + TABLE.replace('decides = "NAME.listed"', 'decides = "NAME.tags"')),
        "table[0].decides",
        "NAME.tags is a set, and a table gives one value",
    ),
    (
        toml(TABLE + rule("NAME.r", "job.is_manager", "true", decides="NAME.listed")),
        "rule[0].decides",
        "NAME.listed is decided already by NAME: NAME.toml: table NAME.table",
    ),
    (
        toml(
            TABLE
            + TABLE.partition("[[table]]")[2]
            .join(["[[table]]", ""])
            .replace('"NAME.table"', '"NAME.twin"')
        ),
        "table[1].decides",
        "NAME.listed is decided already by NAME: NAME.toml: table NAME.table",
    ),
    (
        toml(
            TABLE.replace("employer.key", "NAME.second")
            .replace('"yes-no"', '"text"')
            .replace("value = true", 'value = "x"')
            + fact("NAME.second", "text", derived=True)
            + '[[table]]\nkey = "NAME.back"\ndecides = "NAME.second"\nby = "NAME.listed"\n'
            'row = [{ NAME.listed = "x", value = "somewhere", period = {}, '
            'citations = [{ source = "s" }] }]'
        ),
        "table[1]",
        "derived facts depend on themselves: NAME.listed -> NAME.second -> NAME.listed",
    ),
    (
        toml(MEASURE.replace('over = ""', 'over = "NAME.meetngs"')),
        "measure.NAME.measure.over",
        "NAME.meetngs is no collection; did you mean 'NAME.meetings'?",
    ),
    (
        toml(MEASURE.replace('over = ""', 'over = "NAME.meetings"').replace('"any"', '"count"')),
        "measure.NAME.measure.decides",
        "count gives whole, and NAME.met is yes-no",
    ),
    # conditions
    (sound(NATION, f"{NATION} # in Wales"), WHEN, "a comment cannot stand inside"),
    (sound(NATION, "job.role in ('x' 'y')"), WHEN, "a comma is missing between two texts"),
    (sound(NATION, "employer.nation = 'Wales'"), WHEN, "compare with == and not with ="),
    (sound(NATION, "not " * 300 + "job.is_manager"), WHEN, "parts stand too deep in parts"),
    (sound(NATION, "employer.nation"), WHEN, "employer.nation is choice, not a condition"),
    (sound(NATION, "employer.nation == 'Wale'"), WHEN, "did you mean 'Wales'?"),
    (sound(NATION, "NAME.tests(on)"), WHEN, "no function is called NAME.tests"),
    (sound(NATION, "employer.naton == ()"), WHEN, "no fact is called employer.naton"),
    (sound(NATION, "later(on, 3) == on"), WHEN, "write later(a, b): the later of two days"),
    # versions and unions
    (
        sound(more='[[rule]]\nkey = "NAME.none"\ndecides = "NAME.answer"\nversion = []'),
        "rule[1].version",
        "has no version; add one, with its period",
    ),
    (
        toml('[union.one]\nname = "One"\nown = true\n[union.two]\nname = "Two"\nown = true'),
        "union.two.own",
        "a rulebook is one union's own, and one is marked so too",
    ),
    # office roles
    (
        toml(ROLE.replace('["hall"]', '["hull"]')),
        "office_role[0].of",
        "refers to the unit_kind hull, which no plugin defines; did you mean 'hall'?",
    ),
]


@pytest.mark.slow  # the quick test is of each kind
@pytest.mark.parametrize(("make", "path", "said"), FURTHER, ids=[each[2] for each in FURTHER])
def test_one_thing_wrong_is_one_fault(make: Make, path: str, said: str, tmp_path: Path) -> None:
    (fault,) = faults_of(make(tmp_path, "broken"))
    assert (fault.plugin, fault.path) == ("broken", path.replace("NAME", "broken"))
    assert said.replace("NAME", "broken") in told(fault)[-1]
    assert len(str(fault).splitlines()) == 1


def test_what_cannot_be_a_plugin_at_all(tmp_path: Path) -> None:
    class Plugin:
        pass

    assert [fault.message for fault in faults_of(Plugin)] == [
        "is not a plugin: it is a class; give an object of it"
    ]
    assert [fault.path for fault in faults_of("unison")] == ["unioncore_about"]
    assert [fault.path for fault in faults_of(None)] == ["unioncore_about"]


def test_a_plugin_without_its_folder_is_not_empty_but_broken(tmp_path: Path) -> None:
    from unioncore import TomlPlugin

    absent = TomlPlugin(tmp_path / "absent", prefix="absent")
    assert faults_of(absent) == (
        Fault(
            "absent",
            "absent",
            "",
            "there is no such folder; an installed plugin ships its *.toml as package data",
        ),
    )
    (tmp_path / "bare").mkdir()
    bare = TomlPlugin(tmp_path / "bare", prefix="bare")
    assert faults_of(bare) == (
        Fault("bare", "bare", "", "the folder of definitions holds no .toml file"),
    )
    (tmp_path / "odd" / "folder.toml").mkdir(parents=True)
    odd = TomlPlugin(tmp_path / "odd", prefix="odd")
    assert faults_of(odd) == (
        Fault("odd", "folder.toml", "", "this cannot be read: Is a directory"),
    )
    named = TomlPlugin("somewhere", prefix="x", requires="unison")
    assert named.about.requires == ("unison",)


def test_a_plugin_whose_package_is_not_there(tmp_path: Path) -> None:
    from unioncore import TomlPlugin

    faults = faults_of(TomlPlugin("package_that_nobody_wrote", prefix="x"))
    assert len(faults) == 1
    assert "package_that_nobody_wrote" in faults[0].message


def test_a_key_that_two_plugins_define_names_both_places(tmp_path: Path) -> None:
    one, two = BODY.replace("synthetik", "synthetic"), BODY.replace("synthetik", "synthetic")
    first = toml(one.replace("NAME-council", "council"))(tmp_path, "one")
    second = toml(two.replace("NAME-council", "council"))(tmp_path, "two")
    assert faults_of(first, second) == (
        Fault(
            "two",
            "two.toml",
            "negotiating_body[0]",
            "council is defined already by",
            Location("one", "one.toml", "negotiating_body[0]"),
        ),
    )


def test_a_key_of_two_kinds_names_the_other_kind(tmp_path: Path) -> None:
    text = BODY.replace("synthetik", "synthetic") + (
        '[[branch_type]]\nkey = "NAME-council"\nname = "a branch"\n'
    )
    (fault,) = faults_of(toml(text)(tmp_path, "both"))
    assert (fault.path, fault.message) == (
        "branch_type[0].key",
        "both-council is the key of one of the bodies too",
    )


@pytest.mark.slow
def test_two_plugins_of_one_name_are_not_one(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    one, two = sound()(tmp_path, "same"), sound()(tmp_path / "x", "same")
    assert [str(fault) for fault in faults_of(one, two)] == [
        "same: two plugins have this name; give one another, as its attribute name"
    ]
    two.name = "twin"
    assert all(fault.plugin in ("same", "twin") for fault in faults_of(one, two))
    assert compose(one, one) == compose(one)


def test_a_fault_of_one_definition_does_not_hide_those_of_another(tmp_path: Path) -> None:
    text = fact("NAME.answer", "choice", derived=True, more='choices = ["a", "b"]')
    text += rule("NAME.a", "employer.nation == 'Wales'")
    text += rule("NAME.b", "job.is_manager", '"b"').replace('[{ source = "s" }]', "[]")
    text += rule("NAME.c", "employer.naton == 'Wales'", '"b"')
    faults = faults_of(toml(text)(tmp_path, "many"))
    assert [(fault.path, fault.message.partition(";")[0]) for fault in faults] == [
        (
            "rule[0]",
            "many.a and many.b decide many.answer differently for one person: "
            "employer.nation=Wales, job.is_manager=yes, on=2020-01-01",
        ),
        ("rule[1].version[0].citations", "has no citation"),
        ("rule[2].version[0].when", "no fact is called employer.naton"),
    ]


def test_rules_that_override_a_broken_rule_are_not_taken_to_clash(tmp_path: Path) -> None:
    text = fact("NAME.answer", "choice", derived=True, more='choices = ["a", "b", "c"]')
    text += rule("NAME.a", "employer.nation == 'Wales'")
    text += rule("NAME.b", "job.is_manager", '"b"')
    text += rule("NAME.c", "job.rol == 'x'", '"c"', more='overrides = ["NAME.a", "NAME.b"]')
    # Nobody can say whom the third rule leaves to the others.
    (fault,) = faults_of(toml(text)(tmp_path, "many"))
    assert fault.path == "rule[2].version[0].when"
