"""The notation of conditions: a small part of Python's expressions, parsed and never evaluated.

``parse`` reads it and ``render`` writes it; ``parse(render(node)) == node`` for every node that
has a notation. Names are the keys of facts and parameters. There are ``and or not``, comparisons,
``in`` and ``not in``, text in quotes, whole numbers, ``True`` and ``False``, ``day('2026-02-18')``,
``money('719.00')``, groups in brackets, ``+ - *`` on whole numbers and money, and a few functions.
"""

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, get_args

from unioncore.errors import NotationError, UnknownName, WrongArgument, nearest
from unioncore.forms import Unexpected, own_form
from unioncore.legal import Jurisdiction, Nation
from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    NotReviewed,
    OneOf,
    Words,
)
from unioncore.shown import plain

__all__ = ["FUNCTIONS", "parse", "render"]

FUNCTIONS: Mapping[str, str] = {
    "add_days": "add_days(day, n): the day n days after (before, where n is below zero)",
    "last_day_of_months": "last_day_of_months(day, n): last day of n months beginning with day",
    "months_after": "months_after(day, n): the day n months after day, which is not counted",
    "next_new_year": "next_new_year(day): 1 January of the year after that of day",
    "days_from": "days_from(a, b): how many days b is after a",
    "later": "later(a, b): the later of two days",
    "percent_of": "percent_of(money, n): n per cent of money, half up to the penny",
    "known": "known(fact): whether the fact is known at all",
}
"""The functions of the notation, each with its use."""

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}

_WRITTEN: Mapping[str, str] = {"day": "day('2026-02-18')", "money": "money('719.00')"}
"""Values that are written as a call, each with an example."""

_DEPTH = 50
"""How deeply parts may stand in parts; every reading goes as deep, one call or more for each."""

_EXPECTED = "expected a condition such as employer.kind == 'police-force' and not job.is_manager"


_SLIPS = (
    (re.compile("[\u2018\u2019\u201c\u201d]"), "write straight quotes, ' and not \u2019"),
    (re.compile(r"&&|\|\||\b(AND|OR|NOT|IN)\b"), "write the words and, or, not"),
    (re.compile("<>"), "write != for 'is not'"),
)
"""What people write who know another notation, each with what to write here."""


class _Parser:
    """Turns Python's syntax tree into our nodes, refusing whatever is not in the notation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0

    def refuse(self, node: ast.AST, problem: str, suggestion: str | None = None) -> NotationError:
        column = int(getattr(node, "col_offset", 0)) + 1
        return NotationError(self.text, column, problem, suggestion)

    def read(self, node: ast.expr) -> Expression:
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.refuse(node, "parts stand too deep in parts; give a part a fact of its own")
        found = self.read_part(node)
        self.depth -= 1
        return found

    def read_part(self, node: ast.expr) -> Expression:
        match node:
            case ast.BoolOp(ast.And(), values):
                return AllOf(tuple(self.read(value) for value in values))
            case ast.BoolOp(ast.Or(), values):
                return AnyOf(tuple(self.read(value) for value in values))
            case ast.UnaryOp(ast.Not(), operand):
                return Not(self.read(operand))
            case ast.UnaryOp(ast.USub(), ast.Constant(int() as number)) if type(number) is int:
                return Literal(-number)
            case ast.Compare(left, [operator], [right]):
                return self.read_comparison(node, left, operator, right)
            case ast.Compare():
                raise self.refuse(node, "comparisons are not chained; write 'a < b and b < c'")
            case ast.BinOp(left, operator, right) if type(operator) in _ARITHMETIC:
                return Arithmetic(_ARITHMETIC[type(operator)], self.read(left), self.read(right))
            case ast.BinOp():
                raise self.refuse(node, "the only arithmetic is + - *; compare products instead")
            case ast.Constant(bool() | int() | str() as value):
                return Literal(value)
            case ast.Constant(float()):
                raise self.refuse(
                    node, "a decimal Constant is not in the notation; write money('0.50')"
                )
            case ast.Tuple(items) | ast.List(items):
                return Words(tuple(self.read_literal(item) for item in items))
            case ast.Call():
                return self.read_call(node)
            case ast.Name() | ast.Attribute():
                return Name(self.read_key(node))
        raise self.refuse(node, f"{type(node).__name__} is not in the notation; {_EXPECTED}")

    def read_comparison(
        self, node: ast.expr, left: ast.expr, operator: ast.cmpop, right: ast.expr
    ) -> Expression:
        if isinstance(operator, ast.In | ast.NotIn):
            among = self.read_among(self.read(left), right)
            return among if isinstance(operator, ast.In) else Not(among)
        if type(operator) not in _COMPARISONS:
            raise self.refuse(node, "compare with == != < <= > >= or in")
        compared = Compare(_COMPARISONS[type(operator)], self.read(left), self.read(right))
        match compared:
            case Compare("==", Name(key), Words(())) | Compare("==", Words(()), Name(key)):
                return IsEmpty(key)
            case Compare("!=", Name(key), Words(())) | Compare("!=", Words(()), Name(key)):
                return Not(IsEmpty(key))
        return compared

    def read_among(self, item: Expression, right: ast.expr) -> Expression:
        match self.read(right):
            case Literal(str() as name):
                try:
                    meant = Jurisdiction.parse(name)
                except UnknownName as error:
                    raise self.refuse(right, str(error)) from None
                return OneOf(item, tuple(Literal(str(n)) for n in Nation if n in meant))
            case Words(options):
                return OneOf(item, options)
            case Name(key):
                return InSet(item, key)
        raise self.refuse(right, "'in' needs a group in brackets, a set, or nations such as 'GB'")

    def read_literal(self, node: ast.expr) -> Literal:
        found = self.read(node)
        if not isinstance(found, Literal):
            raise self.refuse(node, "a group holds plain values only")
        return found

    def read_key(self, node: ast.expr) -> str:
        match node:
            case ast.Name(name):
                return name
            case ast.Attribute(value, name):
                return f"{self.read_key(value)}.{name}"
        raise self.refuse(node, "a name is words joined by full stops")

    def read_call(self, node: ast.Call) -> Expression:
        function = self.read_key(node.func)
        if node.keywords:
            raise self.refuse(node, "functions take no named arguments")
        if function in _WRITTEN:
            return self.read_special(node, function)
        if function == "known":
            match node.args:
                case [ast.Name() | ast.Attribute() as asked]:
                    return Known(self.read_key(asked))
            raise self.refuse(node, f"write {FUNCTIONS['known']}")
        if function not in FUNCTIONS and "." not in function:
            known = [*FUNCTIONS, *_WRITTEN]
            raise self.refuse(node, f"no function is called {function!r}", nearest(function, known))
        return Call(function, tuple(self.read(argument) for argument in node.args))

    def read_special(self, node: ast.Call, function: str) -> Literal:
        match node.args:
            case [ast.Constant(str() as written)]:
                try:
                    if function == "money":
                        amount = Decimal(written)
                        if amount.is_finite():
                            return Literal(amount)
                    elif date.fromisoformat(written).isoformat() == written:
                        return Literal(date.fromisoformat(written))
                except (ValueError, InvalidOperation):
                    pass
        raise self.refuse(node, f"expected {_WRITTEN[function]}")


def _check_tokens(text: str) -> None:
    """Refuse what Python reads without a word, and what a reader would not see."""
    before = tokenize.ENCODING
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        column = token.start[1] + 1
        if token.type == tokenize.COMMENT:
            raise NotationError(text, column, "a comment cannot stand inside a condition")
        if token.type == tokenize.STRING == before:
            raise NotationError(text, column, "a comma is missing between two texts")
        if token.string == "=":
            raise NotationError(text, column, "compare with == and not with =")
        before = token.type


def parse(text: str) -> Expression:
    """Read one condition or computed value.

    Raises ``NotationError`` with the column, what was expected and the nearest known spelling, and
    ``WrongArgument`` where ``text`` is none.
    """
    if not isinstance(text, str):
        raise WrongArgument("text", "text", type(text).__name__, "give a condition as text")
    return _expression(text)


@lru_cache(maxsize=4096)
def _expression(text: str) -> Expression:
    flat = " ".join(text.expandtabs(1).splitlines()).strip()
    if not flat.isprintable():
        column = next(place for place, each in enumerate(flat, 1) if not each.isprintable())
        raise NotationError(ascii(flat), column, "a character stands here that does not show")
    try:
        _check_tokens(flat)
        tree = ast.parse(flat, mode="eval")
        return _Parser(flat).read(tree.body)
    except (SyntaxError, tokenize.TokenError) as error:
        column = getattr(error, "offset", None) or 1
        said = next((advice for slip, advice in _SLIPS if slip.search(flat)), _EXPECTED)
        raise NotationError(flat, column, f"this is not an expression; {said}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, NotationError):
            raise
        raise NotationError(flat, 1, f"this is not an expression; {_EXPECTED}") from None


_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(7)


def _render_literal(value: object) -> str:
    match value:
        case date():
            return f"day('{value.isoformat()}')"
        case Decimal():
            return f"money('{value}')"
        case _:
            return repr(value)


def _bracket(text: str, strength: int, needed: int) -> str:
    return text if strength >= needed else f"({text})"


def _join(parts: tuple[Expression, ...], word: str, strength: int) -> tuple[str, int]:
    # A part of the same kind keeps its brackets, so that reading back gives the same tree.
    return f" {word} ".join(_bracket(*_write(part), strength + 1) for part in parts), strength


def _infix(left: Expression, operator: str, right: Expression, strength: int) -> tuple[str, int]:
    loose = strength if strength in (_SUM, _PRODUCT) else strength + 1
    first = _bracket(*_write(left), loose)
    return f"{first} {operator} {_bracket(*_write(right), strength + 1)}", strength


def _write(node: Expression) -> tuple[str, int]:
    """Return the text of ``node`` and how strongly it binds."""
    match node:
        case Literal(value):
            return _render_literal(value), _ATOM
        case Words(items):
            inner = ", ".join(_render_literal(item.value) for item in items)
            return f"({inner}{',' if len(items) == 1 else ''})", _ATOM
        case Name(key):
            return key, _ATOM
        case Call(function, arguments):
            return f"{function}({', '.join(render(argument) for argument in arguments)})", _ATOM
        case Arithmetic(operator, left, right):
            return _infix(left, operator, right, _PRODUCT if operator == "*" else _SUM)
        case Compare(operator, left, right):
            return _infix(left, operator, right, _COMPARE)
        case OneOf(item, options):
            return _infix(item, "in", Words(options), _COMPARE)
        case InSet(item, key):
            return _infix(item, "in", Name(key), _COMPARE)
        case IsEmpty(key):
            return f"{key} == ()", _COMPARE
        case Known(key):
            return f"known({key})", _ATOM
        case Not(OneOf(item, options)):
            return _infix(item, "not in", Words(options), _COMPARE)
        case Not(InSet(item, key)):
            return _infix(item, "not in", Name(key), _COMPARE)
        case Not(IsEmpty(key)):
            return f"{key} != ()", _COMPARE
        case Not(part):
            return f"not {_bracket(*_write(part), _NOT)}", _NOT
        case AllOf(parts):
            return _join(parts, "and", _AND)
        case AnyOf(parts):
            return _join(parts, "or", _OR)
        case NotReviewed(reason):
            return f"<not reviewed: {reason}>", _ATOM


def render(node: Expression) -> str:
    """Write ``node`` in the notation; ``NotReviewed`` alone has none and is shown in brackets."""
    return _write(node)[0]


def _parsed(text: Any, _: Any) -> Expression:
    if not isinstance(text, str):
        raise Unexpected("a condition, or a calculation")
    try:
        return parse(text)
    except NotationError as error:
        raise Unexpected("a condition, or a calculation", error.suggestion) from None


for _node in get_args(Expression):
    plain.register(_node, render)
own_form(Expression, _parsed, lambda _, __: {"type": "string", "minLength": 1})
