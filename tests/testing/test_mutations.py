"""What is left out of a plugin is seen by an example that holds it, and told where none does."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.synthetic import source

import unioncore
from unioncore.testing.mutations import mutants, survivors

TEXT = (
    source()
    + """
[fact.halls.rate]
type = "money"
label = "the rate"
derived = true

[fact.halls.since]
type = "day"
label = "the day since"
derived = true

[fact.halls.welcome]
type = "yes-no"
label = "the person is welcome"
derived = true

[[table]]
key = "halls.rates"
decides = "halls.rate"
by = "job.role"
period = { start = 2020-01-01 }
citations = [{ source = "s" }]
row = [{ job.role = ["porter", "keeper"], value = "1.30" }, { value = "2.50" }]

[[parameter]]
key = "halls.limit"
type = "money"
label = "the limit"
  [[parameter.version]]
  period = { start = 2020-01-01 }
  value = "2.00"
  citations = [{ source = "s" }]

[[rule]]
key = "halls.counted"
decides = "halls.since"
  [[rule.version]]
  period = { start = 2020-01-01 }
  when = "job.is_manager or job.role == 'porter'"
  compute = "later(membership.joined, day('2021-01-01'))"
  except = [{ when = "job.role == 'guest'", because = "guests come and go" }]
  citations = [{ source = "s" }]

[[rule]]
key = "halls.uncounted"
decides = "halls.since"
  [[rule.version]]
  period = { start = 2020-01-01 }
  when = "not job.is_manager and job.role == 'cook'"
  compute = "membership.joined"
  not_known = "what is counted for cooks was not found"
  citations = [{ source = "s" }]

[[requirement]]
key = "halls.cheap"
label = "the rate is below the limit"
verdict = "halls.welcome"
  [[requirement.version]]
  period = { start = 2020-01-01 }
  applies = "not job.is_manager"
  holds = "halls.rate < halls.limit"
  citations = [{ source = "s" }]
"""
)

DROPS = {
    "halls.rates [2020-01-01]: porter",
    "halls.rates [2020-01-01]: keeper",
    "halls.rates [2020-01-01]: otherwise",
    "halls.limit [2020-01-01]",
    "halls.counted [2020-01-01]",
    "halls.counted [2020-01-01]: job.is_manager",
    "halls.counted [2020-01-01]: job.role == 'porter'",
    "halls.counted [2020-01-01]: except job.role == 'guest'",
    "halls.cheap: halls.welcome",
    "halls.cheap [2020-01-01]",
    "halls.cheap [2020-01-01]: holds halls.rate < halls.limit",
    "halls.cheap [2020-01-01]: applies not job.is_manager",
}
"""Everything that the plugin says, apart from what only says why something is not known."""


def example(number: int, facts: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    inputs = {"on": "2024-06", "facts": facts}
    return {"id": f"M-{number}", "kind": "placement", "inputs": inputs, "expected": expected}


EXAMPLES = [
    example(1, {"job.role": "porter"}, {"halls.rate": "1.30"}),
    example(2, {"job.role": "keeper"}, {"halls.rate": "1.3"}),
    example(
        3,
        {"job.role": "porter", "job.is_manager": False, "membership.joined": "2022-02-01"},
        {"halls.since": "2022-02", "halls.cheap": "met"},
    ),
    example(
        4, {"job.is_manager": True, "membership.joined": "2020-01-01"}, {"halls.since": "unknown"}
    ),
    example(
        5,
        {"job.role": "cook", "job.is_manager": True, "membership.joined": "2020-01-01"},
        {"halls.since": "2021-01-01", "halls.cheap": "not-required", "halls.limit": "2.00"},
    ),
    example(
        6,
        {"job.role": "guest", "job.is_manager": True, "membership.joined": "2020-01-01"},
        {"halls.since": "unknown"},
    ),
    example(
        7,
        {"job.role": "cook", "job.is_manager": False},
        {"halls.rate": "2.50", "halls.cheap": "not-met"},
    ),
]
VERDICT = example(8, {"job.role": "cook", "job.is_manager": False}, {"halls.welcome": False})
ELSEWHERE = example(9, {"another.fact": 1}, {"halls.rate": "1.30"})


@pytest.fixture
def rulebook(tmp_path: Path) -> unioncore.Rulebook:
    folder = tmp_path / "halls"
    folder.mkdir()
    (folder / "halls.toml").write_text(TEXT, encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="halls"), discover=False)


def written(folder: Path, *examples: dict[str, Any]) -> Path:
    (folder / "examples.json").write_text(json.dumps(examples), encoding="utf-8")
    return folder


def test_everything_that_a_plugin_says_is_left_out_once(rulebook: unioncore.Rulebook) -> None:
    names = [mutant.name for mutant in mutants(rulebook, "halls")]
    assert sorted(names) == sorted(DROPS)
    assert list(mutants(rulebook, "another")) == []


@pytest.mark.slow
def test_what_no_example_holds_survives(rulebook: unioncore.Rulebook, tmp_path: Path) -> None:
    some = written(tmp_path, *EXAMPLES, ELSEWHERE)
    assert survivors(rulebook, "halls", some) == ["halls.cheap: halls.welcome"]
    every = written(tmp_path, *EXAMPLES, VERDICT)
    assert survivors(rulebook, "halls", every) == []
    one = survivors(rulebook, "halls", written(tmp_path, EXAMPLES[0]))
    assert sorted(DROPS - set(one)) == ["halls.rates [2020-01-01]: porter"]


def test_examples_that_show_nothing_are_refused(
    rulebook: unioncore.Rulebook, tmp_path: Path
) -> None:
    wrong = example(10, {"job.role": "porter"}, {"halls.rate": "9.99"})
    with pytest.raises(ValueError, match="M-10: failed"):
        survivors(rulebook, "halls", written(tmp_path, wrong))
    with pytest.raises(ValueError, match="no worked example"):
        survivors(rulebook, "halls", written(tmp_path, ELSEWHERE))


PARTS = (
    'counted = "terms"\n'
    + source()
    + """
[union.halls-union]
name = "Union of Halls"
own = true

[[negotiating_body]]
key = "halls-council"
existed = { start = 2020-01-01 }
period = { start = 2020-01-01 }
name = "Council of Halls"
covers = "job.role == 'porter'"
level = "national"
citations = [{ source = "s" }]
  [negotiating_body.side.trade-unions]
  unions = ["halls-union"]

[[pay_scale]]
key = "halls-scale"
name = "Scale of Halls"
bodies = ["halls-council"]
nations = "England"
rounding = { to = "1" }
  [[pay_scale.version]]
  period = { start = 2020-04-01, end = 2021-04-01 }
  citations = [{ source = "s" }]
    [pay_scale.version.pay]
    1 = [20000, 21000]

[pay_round.halls-2021]
body = "halls-council"
year = "2021-22"
ending = "agreed"
rises = [
  { start = 2021-04-01, percent = "2.00" },
  { start = 2020-04-01, of = "allowances", percent = "2.00" },
]
citations = [{ source = "s" }]

[[case_type]]
key = "halls.review"
name = "Review"
family = "grievance"
collective = true
period = { start = 2020-01-01 }
initial = "asked"
citations = [{ source = "s" }]
  [case_type.states]
  asked = "Asked"
  over = { name = "Over", outcome = true }
  [case_type.transitions]
  asked.answer = { to = "over", actor = "employer_manager", when = "job.is_manager" }
  any.withdraw = { to = "over", actor = "union" }
  [case_type.clock.answer]
  name = "Answer"
  starts = "answer"
  must = "withdraw"
  owed_by = "employer"
  nature = "agreement"
  count = 1
  unit = "months"
  citations = [{ source = "s" }]
"""
)


def test_parts_of_bodies_rounds_and_case_types_are_left_out_too(tmp_path: Path) -> None:
    (tmp_path / "halls.toml").write_text(PARTS, encoding="utf-8")
    plugin = unioncore.TomlPlugin(tmp_path, prefix="halls", name="halls")
    rulebook = unioncore.compose(plugin, discover=False)
    names = {each.name for each in mutants(rulebook, "halls")}
    assert names == {
        "halls-council [2020-01-01]",
        "halls-council [2020-01-01]: job.role == 'porter'",
        "halls-council [2020-01-01]: level",
        "halls-council [2020-01-01]: side trade-unions",
        "halls-scale [2020-04-01]",
        "halls-2021",
        "halls-2021 [2021-04-01]: rise 1",
        "halls.review",
        "halls.review [2020-01-01]: transition asked.answer to over",
        "halls.review [2020-01-01]: transition asked.answer to over: job.is_manager",
        "halls.review [2020-01-01]: transition any.withdraw to over",
        "halls.review [2020-01-01]: clock answer",
    }
