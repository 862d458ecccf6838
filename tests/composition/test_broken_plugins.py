"""Each kind of broken plugin is told apart, with its place, and all are told together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import unioncore
from unioncore.composition import FoundPlugin
from unioncore.errors import CompositionError, Fault
from unioncore.rules import FactType, Predicate

SOURCE = """
[[source]]
key = "s"
instrument = "A synthetic rule book"
url = ""
checked_on = 2026-01-01
confidence = "verified"
"""


def rule(
    key: str,
    *,
    when: str = "employer.kind == 'private-contractor-x'",
    value: str = "none",
    period: str = "start = 2020-01-01",
    citations: str = '[{ source = "s" }]',
    more: str = "",
    decides: str = "service_group",
) -> str:
    return f"""
[[rule]]
key = "{key}"
decides = "{decides}"
{more}
  [[rule.version]]
  period = {{ {period} }}
  when = "{when}"
  value = "{value}"
  citations = {citations}
"""


WORD = '[[employer_kind]]\nkey = "private-contractor-x"\nname = "a synthetic contractor"\n'


def toml(text: str) -> Callable[[Path, str], Any]:
    def make(folder: Path, name: str) -> Any:
        (folder / name).mkdir()
        content = SOURCE + text.replace("PREFIX", name)
        (folder / name / "x.toml").write_text(content, encoding="utf-8")
        return unioncore.TomlPlugin(folder / name, prefix=name)

    return make


def python(**hooks: Callable[[Any], Any]) -> Callable[[Path, str], Any]:
    def make(folder: Path, name: str) -> Any:
        def about(self: Any) -> unioncore.About:
            return unioncore.About(name)

        marked = {key: unioncore.hookimpl(hook) for key, hook in hooks.items()}
        members = {"unioncore_about": unioncore.hookimpl(about), "name": name, **marked}
        return type("Plugin", (), members)()

    return make


def unimportable(folder: Path, name: str) -> FoundPlugin:
    def load() -> Any:
        raise ImportError("no module named lighthouse")

    return FoundPlugin(name, "", "", load)


OVERLAPPING_PERIODS = (
    rule("PREFIX.r")
    + """
  [[rule.version]]
  period = { start = 2021-01-01 }
  when = "employer.kind == 'private-contractor-x'"
  value = "none"
  citations = [{ source = "s" }]
"""
)

CYCLE = """
[[fact]]
key = "cyc.first"
type = "yes-no"
label = "the first holds"
derived = true

[[fact]]
key = "cyc.second"
type = "yes-no"
label = "the second holds"
derived = true

[[rule]]
key = "PREFIX.first"
decides = "cyc.first"
  [[rule.version]]
  period = {}
  when = "cyc.second"
  value = true
  citations = [{ source = "s" }]

[[rule]]
key = "PREFIX.second"
decides = "cyc.second"
  [[rule.version]]
  period = {}
  when = "not cyc.first"
  value = true
  citations = [{ source = "s" }]
"""

BODY = """
[[negotiating_body]]
key = "synthetic-body"
  [[negotiating_body.version]]
  period = { start = 2020-01-01 }
  name = "A synthetic body"
  covers = "employer.nation == 'Wales'"
  citations = [{ source = "s" }]
    [[negotiating_body.version.side]]
    key = "trade-unions"
    unions = ["union-that-nobody-defines"]
"""

MEASURE = """
[[fact]]
key = "forum.met"
type = "yes-no"
label = "the forum met"
derived = true

[[measure]]
key = "PREFIX.met"
decides = "forum.met"
over = ""
take = "any"
where = "True"
citations = [{ source = "s" }]
"""

VOCABULARY = """
[[word]]
vocabulary = "nation"
key = "Wales"
name = "The Principality"
"""

KINDS: dict[str, tuple[Callable[[Path, str], Any], str, str]] = {
    "import": (unimportable, "", "cannot be imported: ImportError"),
    "type": (
        python(unioncore_rules=lambda self: ["not a rule"]),
        "",
        "unioncore_rules returns Rule objects, not str",
    ),
    "hook": (
        python(unioncore_ruls=lambda self: []),
        "",
        "no hook is called unioncore_ruls; did you mean 'unioncore_rules'?",
    ),
    "key": (
        toml(WORD + rule("PREFIX.r").replace("when =", "whn =")),
        "rule[0].version[0]",
        "no such field: whn; did you mean 'when'?",
    ),
    "parse": (
        toml(WORD + rule("PREFIX.r", when="employer.kind ==")),
        "rule[0].version[0].when",
        "this is not an expression",
    ),
    "fact": (
        toml(WORD + rule("PREFIX.r", when="employer.knd == 'x'")),
        "rule[0].version[0].when",
        "no fact is called employer.knd; did you mean 'employer.kind'?",
    ),
    "mismatch": (
        toml(WORD + rule("PREFIX.r", when="employer.key == 3")),
        "rule[0].version[0].when",
        "employer.key == 3 compares text with whole",
    ),
    "periods": (toml(WORD + OVERLAPPING_PERIODS), "rule[0].version", "two versions overlap"),
    "citation": (
        toml(WORD + rule("PREFIX.r", citations="[]")),
        "rule[0].version[0].citations",
        "has no citation",
    ),
    "clash": (
        toml(WORD + rule("PREFIX.r") + rule("PREFIX.r")),
        "rule[1].key",
        "clash.r is defined in x.toml: rule[0] already",
    ),
    "vocabulary": (toml(VOCABULARY), "word[0]", "nation:Wales is declared differently by builtin"),
    "dangling": (
        toml(BODY),
        "negotiating_body[0].version[0].side[0].unions",
        "refers to the union union-that-nobody-defines, which no plugin defines",
    ),
    "cycle": (toml(CYCLE), "rule[0]", "derived facts depend on themselves"),
    "override": (
        toml(WORD + rule("PREFIX.r", more='overrides = ["core.nothing"]')),
        "rule[0].overrides",
        "overrides core.nothing, but no rule of that key decides service_group",
    ),
    "date": (
        toml(WORD + rule("PREFIX.r", period="start = '2020-13-01'")),
        "rule[0].version[0].period.start",
        "expected a day such as 2009-06-19",
    ),
    "measure": (toml(MEASURE), "measure[0].over", "measures nothing; name a collection"),
    "prefix": (
        toml(WORD + rule("wrong.r")),
        "rule[0].key",
        "the key wrong.r does not start with the plugin's prefix prefix.",
    ),
    "function": (
        toml(WORD + rule("PREFIX.r", when="add_dys(on, 1) == on")),
        "rule[0].version[0].when",
        "no function is called 'add_dys'; did you mean 'add_days'?",
    ),
    "predicate": (
        python(
            unioncore_predicates=lambda self: [
                Predicate("predicate.odd", "it is odd", (FactType.WHOLE,), bool)
            ]
        ),
        "Predicate predicate.odd.citations",
        "has no citation",
    ),
}


def faults_of(*plugins: Any) -> tuple[Fault, ...]:
    with pytest.raises(CompositionError) as caught:
        unioncore.compose(*plugins, discover=False)
    return caught.value.faults


def tells(faults: tuple[Fault, ...], plugin: str, path: str, message: str) -> bool:
    return any(f.plugin == plugin and f.path == path and message in f.message for f in faults)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_message_and_place(kind: str, tmp_path: Path) -> None:
    make, path, message = KINDS[kind]
    faults = faults_of(make(tmp_path, kind))
    assert tells(faults, kind, path, message), "\n".join(map(str, faults))


CLASHING = (
    WORD
    + rule("PREFIX.a")
    + rule("PREFIX.b", when="employer.nation == 'Wales'", value="pj")
    + '\n[[word]]\nvocabulary = "service_group"\nkey = "pj"\nname = "pj"\n'
)


def test_all_kinds_are_told_together(tmp_path: Path) -> None:
    broken = [make(tmp_path, kind) for kind, (make, _, _) in KINDS.items()]
    faults = faults_of(*broken, toml(CLASHING)(tmp_path, "overlap"))
    assert tells(faults, "overlap", "rule[0]", "overlap.a and overlap.b decide service_group")
    silent = [
        kind for kind, (_, path, message) in KINDS.items() if not tells(faults, kind, path, message)
    ]
    assert silent == []


def test_overlapping_rules_are_shown_with_a_person_for_whom_they_clash(tmp_path: Path) -> None:
    (fault,) = faults_of(toml(CLASHING)(tmp_path, "clashing"))
    assert (fault.file, fault.path) == ("x.toml", "rule[0]")
    assert "employer.kind = private-contractor-x" in fault.message
    assert "employer.nation = Wales" in fault.message


def test_rules_apart_in_time_do_not_clash(tmp_path: Path) -> None:
    text = WORD + rule("PREFIX.a", period="start = 2020-01-01, end = 2021-01-01")
    text += rule("PREFIX.b", period="start = 2021-01-01", when="employer.nation == 'Wales'")
    unioncore.compose(toml(text)(tmp_path, "apart"), discover=False)
