"""Fifty rules over members, beside rule engines, OpenFisca and one loop fused by hand, as ratios.

Seven checks for each of seven groups, and one for all; each is written once, as text that all can
read. The loop by hand is what a developer would write for speed: one loop, one branch a group.
Each way must find the same members. rule-engine and zen-engine take them one by one. OpenFisca
takes columns of many of them at once, with words as numbers, and has no third truth value. They are
many, so that what it does once for each rule counts for little. How all are timed: ``rounds``.

    python benchmarks/rules50.py [ROUNDS]
"""

import ast
import importlib
import random
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import reduce
from types import CodeType
from typing import Any

from rounds import Line, Way, asked, peer, race, same, show, size, within

from unioncore.legal import Period
from unioncore.rules import Fact, FactType, Rule, RuleSet, RuleVersion, compile_many, parse

ROUNDS = 7
DAY = date(2026, 6, 30)
GROUPS = (
    "health",
    "local-government",
    "higher-education",
    "energy",
    "police",
    "community",
    "water",
)
MEMBERS, FEW, MANY = 2_000, 150, 200_000

SHAPES = (
    "status == 'full' and not (pence >= {rate} or band in ['A', 'B'])",
    "role in ['nurse', 'porter', 'paramedic', 'cleaner']"
    " and not (hours >= 160 or band in ['A', 'B', 'C'])",
    "status == 'retired' and not (method != 'docas' or band == 'A')",
    "fund in ['party', 'both'] and not (joined < <2018-03-01> or status == 'full')",
    "paid_to < <2026-03-30> and not (status in ['lapsed', 'suspended'] or pence < 2000)",
    "joined > <2025-01-01> and not (hours > 100 or pence <= 1500)",
    "status == 'student' and not (pence <= 2100 and not (hours > 365))",
)
"""What is wrong with a member of a group; days in angle brackets."""

A_DAY = r"<(\d{4}-\d\d-\d\d)>"

ALL = "joined <= paid_to and not (joined < <2026-06-28>)"


def checks() -> list[tuple[str, str]]:
    """Return the group ("" for all) and the text of each rule."""
    found = [
        (group, shape.format(rate=400 + 30 * number))
        for number, group in enumerate(GROUPS)
        for shape in SHAPES
    ]
    return [*found, ("", ALL)]


def text(group: str, check: str, day: str) -> str:
    """Return the text of a rule with its days written as an engine wants them."""
    whole = f"group == '{group}' and {check}" if group else check
    return re.sub(A_DAY, day, whole)


def members() -> list[dict[str, Any]]:
    draw = random.Random(3)
    return [
        {
            "id": f"M{number:06d}",
            "group": draw.choice(GROUPS),
            "status": draw.choices(
                ("full", "student", "retired", "lapsed", "suspended"), (84, 3, 10, 2, 1)
            )[0],
            "role": draw.choice(
                ("nurse", "porter", "paramedic", "cleaner", "clerk", "engineer", "cook")
            ),
            "band": draw.choice("ABCDEFGHIJK"),
            "method": draw.choices(("docas", "direct-debit", "cash"), (70, 28, 2))[0],
            "fund": draw.choices(("party", "general", "both", "none"), (4, 3, 1, 2))[0],
            "pence": draw.randrange(130, 2250),
            "hours": draw.choice((370, 360, 300, 225, 185, 160, 100)),
            "paid_to": DAY - timedelta(draw.choice([0] * 19 + [draw.randrange(30, 500)])),
            "joined": DAY - timedelta(draw.randrange(12_000)),
            "on": DAY,
        }
        for number in range(MEMBERS)
    ]


def rule_set(rules_of: list[tuple[str, str]] | None = None) -> tuple[RuleSet, list[str]]:
    """Return the fifty rules, or others, as yes/no facts, and the names of these."""
    whole, days = ("pence", "hours"), ("paid_to", "joined")
    texts = ("id", "group", "status", "role", "band", "method", "fund")
    types = dict.fromkeys(texts, FactType.TEXT) | dict.fromkeys(whole, FactType.WHOLE)
    types |= dict.fromkeys(days, FactType.DAY)
    facts = {key: Fact(key, kind, key) for key, kind in types.items()}
    rules, names = [], []
    ever = Period(date(2018, 3, 1), None)
    for number, (group, check) in enumerate(rules_of or checks()):
        name = f"check{number}"
        names.append(name)
        facts[name] = Fact(name, FactType.YES_NO, name, derived=True)
        when = parse(text(group, check, r"day('\1')"))
        rules.append(Rule(f"{name}-yes", name, (RuleVersion(ever, when, parse("True"), ()),)))
        no = RuleVersion(ever, parse("True"), parse("False"), ())
        rules.append(Rule(f"{name}-no", name, (no,), otherwise=True))
    return RuleSet(facts=facts, rules=tuple(rules)), names


def hand_fused() -> Any:
    """Return one function over all members, with a branch for each group."""
    days: dict[str, date] = {}

    def held(match: "re.Match[str]") -> str:
        name = f"d{match[1].replace('-', '')}"
        days[name] = date.fromisoformat(match[1])
        return name

    names = ("status", "role", "band", "method", "fund", "pence", "hours", "paid_to", "joined")
    lines = ["def run(members, hits):", "    for m in members:", "        i = m['id']"]
    lines += [f"        {name} = m[{name!r}]" for name in names]
    lines.append("        group = m['group']")
    numbered = list(enumerate(checks()))
    for place, group in enumerate((*GROUPS, "")):
        if group:
            lines.append(f"        {'el' if place else ''}if group == {group!r}:")
        for number, (of, check) in numbered:
            if of == group:
                indent = " " * (12 if group else 8)
                lines.append(f"{indent}if {re.sub(A_DAY, held, check)}: hits[{number}](i)")
    space: dict[str, Any] = dict(days)
    exec("\n".join(lines), space)
    return space["run"]


class _Columns(ast.NodeTransformer):
    """Makes a check over one member one over columns; words become their numbers."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        self.codes = codes

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        joined = ast.BitAnd() if isinstance(node.op, ast.And) else ast.BitOr()
        return reduce(lambda one, two: ast.BinOp(one, joined, two), map(self.visit, node.values))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        return ast.UnaryOp(ast.Invert(), self.visit(node.operand))

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.comparators[0])
        if not isinstance(node.ops[0], ast.In):
            return ast.Compare(left, node.ops, [right])
        # Few words are compared one by one faster than they are looked up.
        found = (ast.Compare(left, [ast.Eq()], [each]) for each in right.elts)
        return reduce(lambda one, two: ast.BinOp(one, ast.BitOr(), two), found)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return node  # a day

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Constant(self.codes.get(node.value, node.value))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Call(ast.Name("column", ast.Load()), [ast.Constant(node.id)], [])


def formula(check: CodeType, space: dict[str, Any]) -> Callable[[Any, Any], Any]:
    """Return a formula of OpenFisca, which must take a population and a period and no more."""

    def decide(people: Any, period: Any) -> Any:
        return eval(check, space, {"column": lambda name: people(name, period)})

    return decide


def by_openfisca(everyone: list[dict[str, Any]]) -> Callable[[], list[Any]]:
    """Return what gives each rule's members by OpenFisca, from columns that are made beforehand."""
    numpy = importlib.import_module("numpy")
    entities, variables, builder, systems, periods = (
        importlib.import_module(f"openfisca_core.{name}")
        for name in ("entities", "variables", "simulation_builder", "taxbenefitsystems", "periods")
    )
    day, daily = DAY.isoformat(), periods.DateUnit.DAY
    person = entities.build_entity(key="person", plural="people", label="", is_person=True)
    codes: dict[str, int] = {}
    columns, kinds = {}, {}
    for name, value in everyone[0].items():
        cells = [each[name] for each in everyone]
        if name in ("id", "on"):
            continue
        if isinstance(value, str):
            codes |= {word: len(codes) + n for n, word in enumerate(sorted({*cells} - {*codes}))}
            cells = [codes[cell] for cell in cells]
        kinds[name] = date if isinstance(value, date) else int
        columns[name] = numpy.array(cells, "datetime64[D]" if kinds[name] is date else "int32")
    keys = numpy.array([each["id"] for each in everyone])

    def variable(name: str, kind: type, **more: Any) -> Any:
        given = {"value_type": kind, "entity": person, "definition_period": daily, **more}
        return type(name, (variables.Variable,), given)

    book = systems.TaxBenefitSystem([person])
    for name, kind in kinds.items():
        book.add_variable(variable(name, kind))
    space = {"day": lambda said: numpy.datetime64(said, "D")}
    for number, each in enumerate(checks()):
        tree = _Columns(codes).visit(ast.parse(text(*each, r"day('\1')"), mode="eval"))
        check = compile(ast.fix_missing_locations(tree), f"<check {number}>", "eval")
        book.add_variable(variable(f"check{number}", bool, formula=formula(check, space)))

    def run() -> list[Any]:
        simulation = builder.SimulationBuilder().build_default_simulation(book, len(everyone))
        for name, column in columns.items():
            simulation.set_input(name, day, column)
        return [keys[simulation.calculate(f"check{n}", day)] for n in range(len(checks()))]

    return run


def main(rounds: int) -> None:
    """Print the ratios."""
    everyone = members()
    keys = [member["id"] for member in everyone]
    rules, names = rule_set()
    find, fused = compile_many(rules, names, on=DAY), hand_fused()

    def ours() -> list[list[str]]:
        return [[keys[place] for place in found.yes] for found in find(everyone)]

    def by_hand(people: list[dict[str, Any]]) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in names]
        fused(people, [hits.append for hits in found])
        return found

    def compiling() -> None:
        rules.compiled.clear()  # a rule set keeps what is compiled
        compile_many(rules, names, on=DAY)

    few = everyone[:FEW]
    same("unioncore and by hand", ours(), by_hand(everyone))
    ways = {
        "unioncore": Way(ours, MEMBERS * len(names)),
        "the loop by hand": Way(lambda: by_hand(everyone), MEMBERS * len(names)),
        "compiling the rules": Way(compiling),
    }
    if engine := peer("rule_engine"):
        written = [engine.Rule(text(*each, r'd"\1"')) for each in checks()]

        def rule_engine() -> list[list[str]]:
            return [[m["id"] for m in few if rule.matches(m)] for rule in written]

        same("rule-engine and by hand", rule_engine(), by_hand(few))
        ways["rule-engine"] = Way(rule_engine, FEW * len(names))
    if zen := peer("zen"):
        plain = [
            {key: str(value) if isinstance(value, date) else value for key, value in each.items()}
            for each in few
        ]
        dated = [
            re.sub(r"\b(joined|paid_to)\b", r"d(\1)", text(*each, r"d('\1')")) for each in checks()
        ]
        compiled = [zen.compile_expression(each) for each in dated]

        def zen_engine() -> list[list[str]]:
            return [[m["id"] for m in plain if each.evaluate(m)] for each in compiled]

        same("zen-engine and by hand", zen_engine(), by_hand(few))
        ways["zen-engine"] = Way(zen_engine, FEW * len(names))
    if peer("openfisca_core"):
        many = [dict(each) for _ in range(size(MANY) // MEMBERS) for each in everyone]
        columns = by_openfisca(many)
        same("OpenFisca and by hand", [[*each] for each in columns()], by_hand(many))
        ways["many of them"] = Way(lambda: find(many), len(many) * len(names))
        ways["OpenFisca"] = Way(columns, len(many) * len(names))
    print(f"{len(names)} rules over {MEMBERS:,} members, for one member and rule; {rounds} rounds")
    took = race(ways, rounds)
    lines = [
        Line("unioncore", "the loop by hand", 2),
        Line("unioncore", "rule-engine", 0.01),
        Line("unioncore", "zen-engine", 0.0125),
        Line("many of them", "OpenFisca", 3),
    ]
    show(took, lines)
    within(took, "compiling the rules", 10)


if __name__ == "__main__":
    main(asked(ROUNDS))
