"""Every rule and every part of a condition is held by a worked example.

Each is dropped in turn, and at least one example must then fail. A drop that changes no answer is
listed below with the reason.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import unioncore
import unioncore_police_justice
from unioncore.replay import Example, read_examples
from unioncore.rules import ON, Rule, RuleSet, RuleVersion, Subject, Table, render, to_plain
from unioncore.rules.condition import TRUE, AllOf, AnyOf, Expression, Not

EXAMPLES = Path(unioncore_police_justice.__file__).parent / "examples"

EQUIVALENT: dict[str, str] = {}
"""Drops that no example can see, by name, each with the reason."""


def _owner(key: str) -> str:
    return key.partition("/")[0]


def _written(key: str) -> bool:
    """Whether somebody wrote the rule; the others follow from a body's or branch's definition."""
    return "/" not in key or key.endswith("/takes")


def without_a_part(node: Expression) -> Iterator[tuple[str, Expression]]:
    """Give ``node`` with one part left out, for each part at any depth."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            for number, part in enumerate(parts):
                rest = parts[:number] + parts[number + 1 :]
                yield render(part), rest[0] if len(rest) == 1 else type(node)(rest)
                for name, changed in without_a_part(part):
                    yield name, type(node)((*parts[:number], changed, *parts[number + 1 :]))
        case Not(part):
            for name, changed in without_a_part(part):
                yield name, Not(changed)


def changed_versions(version: RuleVersion) -> Iterator[tuple[str, RuleVersion]]:
    drops = list(without_a_part(version.when))
    if not drops and version.when != TRUE:
        drops = [(render(version.when), TRUE)]
    for name, when in drops:
        yield name, attrs.evolve(version, when=when)
    for number, exception in enumerate(version.exceptions):
        rest = version.exceptions[:number] + version.exceptions[number + 1 :]
        yield f"except {render(exception.when)}", attrs.evolve(version, exceptions=rest)


def mutants(rules: RuleSet, own: set[str]) -> Iterator[tuple[str, RuleSet]]:
    for place, rule in enumerate(rules.rules):
        if rule.key not in own:
            continue
        before, after = rules.rules[:place], rules.rules[place + 1 :]
        yield rule.key, attrs.evolve(rules, rules=(*before, *after))
        for number, version in enumerate(rule.versions):
            name = f"{rule.key} [{version.period.start or '..'}]"
            rest = rule.versions[:number] + rule.versions[number + 1 :]
            fewer: Rule = attrs.evolve(rule, versions=rest)
            if rest:
                yield name, attrs.evolve(rules, rules=(*before, fewer, *after))
            for what, other in changed_versions(version):
                versions = (*rule.versions[:number], other, *rule.versions[number + 1 :])
                changed: Rule = attrs.evolve(rule, versions=versions)
                yield f"{name}: {what}", attrs.evolve(rules, rules=(*before, changed, *after))
    for place, table in enumerate(rules.tables):
        if table.key not in own:
            continue
        for number, row in enumerate(table.rows):
            rows = table.rows[:number] + table.rows[number + 1 :]
            fewer_rows: Table = attrs.evolve(table, rows=rows)
            tables = (*rules.tables[:place], fewer_rows, *rules.tables[place + 1 :])
            yield f"{table.key}: {row.keys[0]}", attrs.evolve(rules, tables=tables)
        if table.otherwise:
            bare: Table = attrs.evolve(table, otherwise=())
            tables = (*rules.tables[:place], bare, *rules.tables[place + 1 :])
            yield f"{table.key}: otherwise", attrs.evolve(rules, tables=tables)


def holds(rules: RuleSet, example: Example, bodies: dict[str, str]) -> bool:
    on = date.fromisoformat(example.inputs["on"])
    subject = Subject(rules, {**example.inputs["facts"], ON: on})
    for key, wanted in example.expected.items():
        if key == "not_covered_by":
            if any(subject.has(bodies[body], body) is not False for body in wanted):
                return False
            continue
        value = subject.value(key)
        got: Any = "unknown" if value is None else to_plain(value)
        if (sorted(wanted) if isinstance(wanted, list) else wanted) != got:
            return False
    return True


@pytest.mark.slow
def test_each_rule_and_each_condition_is_held_by_an_example() -> None:
    book = unioncore.compose()
    own = {key for key, plugin in book.plugin_of.items() if plugin == "police-justice"}
    own |= {rule.key for rule in book.rules.rules if _written(rule.key) and _owner(rule.key) in own}
    own = {key for key in own if _written(key)}
    bodies = {body.key: body.decides for body in book.definitions.bodies}
    examples = [each for file in sorted(EXAMPLES.glob("*.json")) for each in read_examples(file)]
    survivors = []
    for name, rules in mutants(book.rules, own):
        for number, example in enumerate(examples):
            if not holds(rules, example, bodies):
                # What caught the last one often catches the next: its neighbours are alike.
                examples.insert(0, examples.pop(number))
                break
        else:
            survivors.append(name)
    assert sorted(survivors) == sorted(EQUIVALENT)
