"""A question to many rows at once, in columns: what ``ask`` answers of each row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import narwhals as nw
from attrs import field, frozen

from unioncore.answers.by_name import check_names
from unioncore.bulk.columns import ColumnWriter, Spelling, steps
from unioncore.bulk.fact_lines import KEY_EXPECTED
from unioncore.bulk.frames import (
    IN_PARTS,
    FactColumn,
    Frame,
    column_names,
    frame_kind,
    given_facts,
)
from unioncore.bulk.grounds import Grounds
from unioncore.bulk.missing import Missing
from unioncore.bulk.parts import worked_out
from unioncore.bulk.people_files import file_problems
from unioncore.bulk.terms import ColumnTerm, ColumnTerms
from unioncore.bulk.translating import ColumnTranslation
from unioncore.bulk.views import Many
from unioncore.errors import UnknownName, WrongArgument, nearest
from unioncore.legal import check_day
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Fact, FactType
from unioncore.rules.compile import kept
from unioncore.rules.fact import EXPECTED
from unioncore.rules.ruleset import Gathering
from unioncore.shown import Shown

__all__ = ["ask", "problems"]

_PROBLEM = ("row", "column", "expected")
"""The columns of problems beside the key."""


def ask(
    frame: Any,
    rulebook: Rulebook,
    *names: str,
    on: date,
    key: str = "key",
    rule: bool = True,
    warns: bool = True,
    missing: bool = False,
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
    - ``R.missing``, for each recorded fact ``R`` that may be: whether it is not known, and could
      still decide one of the facts asked.

    The order of the rows is the engine's.

    Args:
        frame: of Polars (eager or lazy), PyArrow, pandas, DuckDB, PySpark or Dask.
        rulebook: what ``compose`` returned.
        names: the derived facts to answer.
        on: the day of the question.
        key: the column that holds the key of each row's subject.
        rule: whether the rule that decided is wanted.
        warns: whether it is wanted that a warning attaches.
        missing: whether it is wanted which recorded facts are missing.

    Raises:
        WrongArgument: when ``frame``, ``rulebook`` or a name is something else, or a recorded
            fact's.
        UnknownName: when no fact has one of the names, or no column is called ``key``.
        BadFacts: when a column's name must be a slip, or one of DuckDB has more decimal places than
            it can compare.
        NoColumnForm: when a fact rests on what no column can hold or work out; nothing has run.
        NotADay: when ``on`` is not a plain day.
    """
    check_rulebook(rulebook)
    check_names(rulebook, names)
    check_day(on, "on")
    facts = _facts_of(frame, rulebook, key)
    _check_key(key, key in names or key.startswith(tuple(f"{name}." for name in names)))

    def make() -> _RowsPlan:
        question = _RowsQuestion(rulebook, on, facts)
        answers = tuple(question.answer(name, rule, warns) for name in dict.fromkeys(names))
        lacks = question.missing(names) if missing else {}
        given = _given_in(_all_terms(answers, lacks))
        return _RowsPlan(key, given, _described(rulebook, facts, given), answers, rule, lacks)

    asked = ("columns", names, on, tuple(facts), key, rule, warns, missing)
    plan = kept(rulebook.rules, asked, make)
    return worked_out(frame, [key, *plan.given], plan.of)


def problems(frame: Any, rulebook: Rulebook, *, key: str = "key") -> Any:
    """Return what is wrong with the cells of a frame: a frame of the same kind, a row a problem.

    Each row of which another has the key is among them; in Spark and Dask, another of its part.

    Its columns are ``row``, from 1, where the engine keeps the order of rows; ``key``, the
    subject's key; ``column``, the name of the column; and ``expected``, what belongs there. It
    never shows what a cell holds.

    ``frame`` may be the path of a file of people too. Then a frame of Polars comes back, ``row`` is
    the line, or in Parquet the row, and ``suggestion`` the nearest word or name.

    Raises what ``ask`` raises of a frame, or ``read_people`` of a file.
    """
    check_rulebook(rulebook)
    if isinstance(frame, str | Path):
        return file_problems(frame, rulebook, key)
    facts = _facts_of(frame, rulebook, key)
    _check_key(key, key in _PROBLEM)
    numbered = frame_kind(frame) not in IN_PARTS
    plan = _ProblemsPlan(key, _described(rulebook, facts, facts), numbered)
    return worked_out(frame, [key, *facts], plan.of)


def facts_read(
    rulebook: Rulebook, names: Iterable[str], on: date, *, missing: bool = False
) -> list[str]:
    """Return the recorded facts that the answers to ``names`` rest on, on one day.

    With ``missing``, those that answers may lack are among them.
    Raises what ``ask`` raises of names.
    """
    names = tuple(names)
    check_names(rulebook, names)
    question = _RowsQuestion(rulebook, on, rulebook.rules.recorded)
    answers = [question.answer(name, rule=False, warns=False) for name in names]
    lacks = question.missing(names) if missing else {}
    return sorted(_given_in(_all_terms(answers, lacks)))


def _check_key(key: str, taken: bool) -> None:
    if taken:
        expected, advice = "a column that is called as none of the answers", "rename the column"
        raise WrongArgument("key", expected, key, advice)


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


def _described(
    rulebook: Rulebook, facts: Mapping[str, Fact], keys: Iterable[str]
) -> dict[str, FactColumn]:
    return {key: FactColumn(facts[key], dict(rulebook.rules.names_of(facts[key]))) for key in keys}


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

    def columns(self, written: ColumnWriter, rule: bool) -> Iterator[tuple[str, Any]]:
        """Give the columns by name."""
        if self.type is not FactType.SET:
            yield self.name, self._value(written)
        for word, term in self.words.items():
            yield f"{self.name}.{word}", written.expression(term)
        yield f"{self.name}.known", written.expression(self.known)
        if rule:
            yield f"{self.name}.rule", self._rule(written)
        if self.warns is not None:
            yield f"{self.name}.warns", written.expression(self.warns)

    def _value(self, written: ColumnWriter) -> Any:
        if self.value is None:
            return written.null(self.type)
        value = written.expression(self.value)
        if self.counted:
            return written.as_day(value)
        return value.cast(written.of.String) if self.type is FactType.CHOICE else value

    def _rule(self, written: ColumnWriter) -> Any:
        if not self.deciding:
            return written.null(FactType.TEXT)
        return written.first(
            (written.expression(when), written.of.lit(rule)) for rule, when in self.deciding
        )


def _all_terms(
    answers: Iterable[_AnswerColumns], missing: Mapping[str, ColumnTerm]
) -> list[ColumnTerm]:
    return [*(term for answer in answers for term in answer.terms()), *missing.values()]


_Steps = list[Mapping[str, Any]]


@frozen
class _RowsPlan(Shown, shows="key"):
    """What answers facts about the rows of any frame that gives the same facts.

    It can be sent to another process, where its expressions are written anew.
    """

    key: str
    given: Mapping[str, ColumnTerm]
    """The recorded facts that the answers rest on."""
    facts: Mapping[str, FactColumn]
    answers: tuple[_AnswerColumns, ...]
    rule: bool
    missing: Mapping[str, ColumnTerm]
    """For each recorded fact that may be missing, when it is."""
    _written: dict[str, _Steps] = field(factory=dict, init=False)
    """The columns to add in each step, and last those that answer, by how they are spelt."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a plan be sent without what it has written."""
        own = (self.key, self.given, self.facts, self.answers, self.rule, self.missing)
        return _RowsPlan, own

    def of(self, frame: Any) -> Any:
        """Return the answers about the rows of a frame, as the same kind of frame."""
        held = Frame.of(frame, self.facts, key=self.key)
        nothing = ColumnWriter({}, nw)
        read = {
            f"_{place}": nothing.null(self.facts[fact].type) if each.column is None else each.column
            for place, (fact, each) in enumerate(held.reads().items())
        }
        found = held.spelt(held.lazy.select(_key=nw.col(self.key), **read))
        *steps, last = self._steps(held.spelling)
        for step in steps:
            found = found.with_columns(**step)
        return held.back(found.select(**last))

    def _steps(self, spelling: Spelling) -> _Steps:
        found = self._written.get(spelling.__name__)
        if found is None:
            wanted = _all_terms(self.answers, self.missing)
            names = {term: f"_{place}" for place, term in enumerate(self.given.values())}
            layers, written = steps(wanted, names, spelling)
            last = {self.key: spelling.col("_key")}
            for answer in self.answers:
                last |= answer.columns(written, self.rule)
            for fact, term in self.missing.items():
                last[f"{fact}.missing"] = written.expression(term)
            found = self._written[spelling.__name__] = [*layers, last]
        return found


@frozen
class _ProblemsPlan(Shown, shows="key"):
    """What finds the cells that mean nothing, in any frame with the same columns."""

    key: str
    facts: Mapping[str, FactColumn]
    numbered: bool
    """Whether the number of a row says anything: in one part of many it does not."""

    def of(self, frame: Any) -> Any:
        """Return the problems of a frame, as the same kind of frame."""
        held = Frame.of(frame, self.facts, key=self.key, numbered=True)
        where = [nw.col(each).alias("row") for each in held.row if self.numbered]
        where.append(nw.col(self.key))

        def told(column: str, expected: str, wrong: nw.Expr) -> nw.LazyFrame[Any]:
            said = {"column": nw.lit(column), "expected": nw.lit(expected)}
            return held.lazy.filter(wrong.fill_null(False)).select(*where, **said)

        key = nw.col(self.key)
        found = [
            told(self.key, KEY_EXPECTED, key.is_null()),
            told(self.key, "a key that no other row has", key.is_duplicated() & ~key.is_null()),
        ]
        for fact, each in held.reads().items():
            if each.wrong is not None:
                found.append(told(fact, EXPECTED[self.facts[fact].type], each.wrong))
        for fact, places in held.odd.items():
            if places:
                wrong = nw.col(*held.row).is_in([place + 1 for place, _ in places])
                found.append(told(fact, EXPECTED[self.facts[fact].type], wrong))
        return held.back(held.spelt(nw.concat(found)))


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

    def missing(self, names: Iterable[str]) -> dict[str, ColumnTerm]:
        """Return the recorded facts that facts wait for, each with when one of them does."""
        return Missing(self.translation).of_facts(names)


def _together(
    terms: ColumnTerms, deciding: list[tuple[str, ColumnTerm]]
) -> list[tuple[str, ColumnTerm]]:
    """Return the rules that decide with one entry for each run of the same rule."""
    return [
        (rule, terms.any(when for _, when in each))
        for rule, each in groupby(deciding, key=lambda pair: pair[0])
    ]
