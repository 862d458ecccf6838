"""Every membership rule and every part of its condition is held by a worked example.

Each is dropped in turn, and at least one example must then fail.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest

import unioncore
import unioncore_unison
from unioncore.replay import Example, read_examples
from unioncore.rules import ON, Rule, RuleSet, RuleVersion, Subject, from_plain, render, to_plain
from unioncore.rules.condition import TRUE, AllOf, AnyOf, Expression, Not

EXAMPLES = Path(unioncore_unison.__file__).parent / "examples"


def only_explains(rule: Rule) -> bool:
    """Whether a rule says no more than why it is not known; without it, it is not known either."""
    return all(version.not_known for version in rule.versions)


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
        before, after = version.exceptions[:number], version.exceptions[number + 1 :]
        yield f"except {render(exception.when)}", attrs.evolve(version, exceptions=before + after)
        for name, when in without_a_part(exception.when):
            changed = (*before, attrs.evolve(exception, when=when), *after)
            yield f"except {name}", attrs.evolve(version, exceptions=changed)


def mutants(rules: RuleSet) -> Iterator[tuple[str, RuleSet]]:
    explaining = {rule.key for rule in rules.rules if only_explains(rule)}
    for place, rule in enumerate(rules.rules):
        if not rule.key.startswith("unison.") or rule.key in explaining:
            continue
        before, after = rules.rules[:place], rules.rules[place + 1 :]
        yield rule.key, attrs.evolve(rules, rules=(*before, *after))
        for above in sorted(set(rule.overrides) - explaining):
            fewer = tuple(each for each in rule.overrides if each != above)
            changed: Rule = attrs.evolve(rule, overrides=fewer)
            name = f"{rule.key} overrides {above}"
            yield name, attrs.evolve(rules, rules=(*before, changed, *after))
        for number, version in enumerate(rule.versions):
            name = f"{rule.key} [{version.period.start or '..'}]"
            rest = rule.versions[:number] + rule.versions[number + 1 :]
            if rest:
                changed = attrs.evolve(rule, versions=rest)
                yield name, attrs.evolve(rules, rules=(*before, changed, *after))
            for what, other in changed_versions(version):
                versions = (*rule.versions[:number], other, *rule.versions[number + 1 :])
                changed = attrs.evolve(rule, versions=versions)
                yield f"{name}: {what}", attrs.evolve(rules, rules=(*before, changed, *after))


def holds(rules: RuleSet, example: Example) -> bool:
    facts = {
        key: from_plain(rules.facts[key], plain) for key, plain in example.inputs["facts"].items()
    }
    subject = Subject(rules, {**facts, ON: date.fromisoformat(example.inputs["on"])})
    for key, wanted in example.expected.items():
        value = subject.value(key)
        if wanted != ("unknown" if value is None else to_plain(value)):
            return False
    return True


@pytest.mark.slow
def test_each_rule_and_each_condition_is_held_by_an_example() -> None:
    book = unioncore.compose()
    examples = [each for file in sorted(EXAMPLES.glob("*.json")) for each in read_examples(file)]
    survivors = []
    for name, rules in mutants(book.rules):
        for number, example in enumerate(examples):
            if not holds(rules, example):
                # What caught the last one often catches the next: its neighbours are alike.
                examples.insert(0, examples.pop(number))
                break
        else:
            survivors.append(name)
    assert survivors == []
