"""A question to many rows at once, in columns: what ``ask`` answers of each row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import narwhals as nw
from attrs import frozen

from unioncore.answers.by_name import check_names
from unioncore.bulk.columns import ColumnWriter, as_day, null, write
from unioncore.bulk.frames import Frame, column_names, given_facts
from unioncore.bulk.grounds import Grounds
from unioncore.bulk.terms import ColumnTerm, ColumnTerms
from unioncore.bulk.translating import ColumnTranslation
from unioncore.bulk.views import Many
from unioncore.errors import UnknownName, nearest
from unioncore.legal import check_day
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Fact, FactType
from unioncore.rules.compile import kept
from unioncore.rules.fact import EXPECTED
from unioncore.rules.ruleset import Gathering
from unioncore.shown import Shown

__all__ = ["ask", "problems"]


def ask(
    frame: Any,
    rulebook: Rulebook,
    *names: str,
    on: date,
    key: str = "key",
    rule: bool = True,
    warns: bool = True,
) -> Any:
    """Answer derived facts about every row of a frame, on one day.

    A column that is called as a recorded fact gives that fact; a cell that is missing, or that
    means nothing (``problems`` lists these), is not known. The frame that comes back is of the same
    kind, lazy where that is, and holds the column ``key`` and for each fact ``F``:

    - ``F``: the value, null where it is not known. Of a set, ``F.WORD`` instead: whether the word
      is surely in it, for each word that a rule gives.
    - ``F.known``: whether the value is known; of a set, whether it is known as a whole.
    - ``F.rule``: the rule or table that decided it; of a set, the first one of those that did.
    - ``F.warns``: whether a warning attaches to the answer. ``ask`` of one row gives its text.

    The order of the rows is the engine's.

    Args:
        frame: of Polars (eager or lazy), PyArrow, pandas or DuckDB.
        rulebook: what ``compose`` returned.
        names: the derived facts to answer.
        on: the day of the question.
        key: the column that holds the key of each row's subject.
        rule: whether the rule that decided is wanted.
        warns: whether it is wanted that a warning attaches.

    Raises:
        WrongArgument: when ``frame``, ``rulebook`` or a name is something else.
        UnknownName: when no derived fact has one of the names, or no column is called ``key``.
        BadFacts: when a column's name must be a slip.
        NoColumnForm: when a fact rests on what no column can hold or work out; nothing has run.
        NotADay: when ``on`` is not a plain day.
    """
    check_rulebook(rulebook)
    check_names(rulebook, names)
    check_day(on, "on")
    facts = _facts_of(frame, rulebook, key)

    def make() -> list[_AnswerColumns]:
        question = _RowsQuestion(rulebook, on, facts)
        return [question.answer(name, rule, warns) for name in dict.fromkeys(names)]

    at = ("columns", names, on, tuple(facts), rule, warns)
    answers: list[_AnswerColumns] = kept(rulebook.rules, at, make)
    wanted = [term for answer in answers for term in answer.terms()]
    given = _given_in(wanted)
    held = Frame.of(frame, {fact: facts[fact] for fact in given}, rulebook)
    read = {
        f"_{fact}": null(facts[fact].type) if each.column is None else each.column
        for fact, each in held.reads().items()
    }
    base = held.lazy.select(nw.col(key), **read)
    full, written = write(base, wanted, {term: f"_{fact}" for fact, term in given.items()})
    columns = {name: column for answer in answers for name, column in answer.columns(written, rule)}
    return held.back(full.select(nw.col(key), **columns))


def problems(frame: Any, rulebook: Rulebook, *, key: str = "key") -> Any:
    """Return what is wrong with the cells of a frame: a frame of the same kind, a row a problem.

    Its columns are ``row``, from 1, where the engine keeps the order of rows; ``key``, the
    subject's key; ``column``, the name of the column; and ``expected``, what belongs there. It
    never shows what a cell holds.

    Raises what ``ask`` raises of a frame.
    """
    check_rulebook(rulebook)
    facts = _facts_of(frame, rulebook, key)
    held = Frame.of(frame, facts, rulebook, numbered=True)
    where = [nw.col(each) for each in (*held.row, key)]

    def told(column: str, expected: str, wrong: nw.Expr) -> nw.LazyFrame[Any]:
        said = {"column": nw.lit(column), "expected": nw.lit(expected)}
        return held.lazy.filter(wrong.fill_null(False)).select(*where, **said)

    found = [told(key, "the key of the row's subject", nw.col(key).is_null())]
    for fact, each in held.reads().items():
        if each.wrong is not None:
            found.append(told(fact, EXPECTED[facts[fact].type], each.wrong))
    for fact, places in held.odd.items():
        if places:
            wrong = nw.col(*held.row).is_in([place + 1 for place, _ in places])
            found.append(told(fact, EXPECTED[facts[fact].type], wrong))
    return held.back(nw.concat(found))


def facts_read(rulebook: Rulebook, names: Iterable[str], on: date) -> list[str]:
    """Return the recorded facts that the answers to ``names`` rest on, on one day.

    Raises what ``ask`` raises of names.
    """
    names = tuple(names)
    check_names(rulebook, names)
    recorded = {key: fact for key, fact in rulebook.rules.facts.items() if not fact.derived}
    question = _RowsQuestion(rulebook, on, recorded)
    answers = [question.answer(name, rule=False, warns=False) for name in names]
    return sorted(_given_in([term for answer in answers for term in answer.terms()]))


def _facts_of(frame: Any, rulebook: Rulebook, key: str) -> dict[str, Fact]:
    columns = column_names(frame)
    if key not in columns:
        raise UnknownName("column", key, nearest(key, columns))
    return given_facts((name for name in columns if name != key), rulebook)


def _given_in(wanted: list[ColumnTerm]) -> dict[str, ColumnTerm]:
    """Return the recorded facts that terms are made of, by key."""
    seen: set[ColumnTerm] = set()
    found: dict[str, ColumnTerm] = {}
    waiting = list(wanted)
    while waiting:
        term = waiting.pop()
        if term not in seen:
            seen.add(term)
            waiting += term.parts
            if term.makes == "given":
                found[term.given[0]] = term
    return found


@frozen
class _AnswerColumns(Shown, shows="name"):
    """The columns that answer one fact, as terms."""

    name: str
    type: FactType
    value: ColumnTerm | None
    """None for a set, and where there is no value."""
    counted: bool
    """Whether the value is a day that is counted."""
    words: Mapping[str, ColumnTerm]
    known: ColumnTerm
    deciding: list[tuple[str, ColumnTerm]]
    warns: ColumnTerm | None

    def terms(self) -> Iterator[ColumnTerm]:
        """Give every term that a column needs."""
        if self.value is not None:
            yield self.value
        yield from self.words.values()
        yield self.known
        yield from (when for _, when in self.deciding)
        if self.warns is not None:
            yield self.warns

    def columns(self, written: ColumnWriter, rule: bool) -> Iterator[tuple[str, nw.Expr]]:
        """Give the columns by name."""
        if self.type is not FactType.SET:
            value = null(self.type) if self.value is None else written.expression(self.value)
            yield self.name, as_day(value) if self.counted else value
        for word, term in self.words.items():
            yield f"{self.name}.{word}", written.expression(term)
        yield f"{self.name}.known", written.expression(self.known)
        if rule:
            yield f"{self.name}.rule", self._rule(written)
        if self.warns is not None:
            yield f"{self.name}.warns", written.expression(self.warns)

    def _rule(self, written: ColumnWriter) -> nw.Expr:
        if not self.deciding:
            return null(FactType.TEXT)
        chain: Any = nw
        for rule, when in self.deciding:
            chain = chain.when(written.expression(when)).then(nw.lit(rule))
        found: nw.Expr = chain
        return found


class _RowsQuestion:
    """What is asked of a frame that gives some facts."""

    def __init__(self, rulebook: Rulebook, on: date, facts: Mapping[str, Fact]) -> None:
        self.translation = ColumnTranslation(rulebook.rules, on, facts)
        self.grounds = Grounds(self.translation, rulebook.explainer)

    def answer(self, name: str, rule: bool, warns: bool) -> _AnswerColumns:
        """Return the columns that answer a fact."""
        translation = self.translation
        fact = translation.rules.facts[name]
        words: dict[str, ColumnTerm] = {}
        value = Many(None, fact.type)
        decider = translation.rules.deciders.get(name)
        known = translation.is_known(name)
        if isinstance(decider, Gathering):
            words = {word: translation.word(name, word).true for word in decider.words}
        elif fact.type is not FactType.SET:
            value = translation.column(translation.fact(name))
        deciding = self.grounds.deciding(name) if rule else []
        if fact.type is not FactType.SET:
            terms = translation.terms
            deciding = [(key, terms.all([known, when])) for key, when in deciding]
        return _AnswerColumns(
            name,
            fact.type,
            value.column,
            value.counted,
            words,
            known,
            _together(translation.terms, deciding),
            self.grounds.warns(name) if warns else None,
        )


def _together(
    terms: ColumnTerms, deciding: list[tuple[str, ColumnTerm]]
) -> list[tuple[str, ColumnTerm]]:
    """Return the rules that decide with one entry for each run of the same rule."""
    return [
        (rule, terms.any(when for _, when in each))
        for rule, each in groupby(deciding, key=lambda pair: pair[0])
    ]
