"""A question to a frame has the answers that each row gets alone, whatever the engine."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import everything
from tests.rules.strategies import ASKED, RECORDED, days, rule_sets, subjects
from unioncore import ask, bulk
from unioncore.errors import BadFacts, NoColumnForm, UnknownName, WrongArgument
from unioncore.legal import DayRange
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import Answer, FactType, compile_rules

TYPES: dict[FactType, Any] = {
    FactType.CHOICE: pl.String,
    FactType.TEXT: pl.String,
    FactType.YES_NO: pl.Boolean,
    FactType.WHOLE: pl.Int64,
    FactType.MONEY: pl.Decimal(20, 2),
    FactType.DAY: pl.Date,
    FactType.SET: pl.List(pl.String),
}
GIVEN = [each for each in RECORDED if each.subject == "person" and each.type in TYPES][1:]

Engine = Callable[[pl.DataFrame], Any]
"""Makes a frame that an engine works out."""

ENGINES: dict[str, Engine] = {
    "polars": lambda frame: frame,
    "polars-lazy": pl.DataFrame.lazy,
    "pyarrow": pl.DataFrame.to_arrow,
    "pandas": lambda frame: frame.to_arrow().to_pandas(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Return rulebooks of which some versions of rules warn."""
    rules = draw(rule_sets())
    doubted = st.sampled_from(["", "", "they disagree"])
    made = tuple(
        attrs.evolve(
            rule,
            versions=tuple(
                attrs.evolve(version, conflict=draw(doubted)) for version in rule.versions
            ),
        )
        for rule in rules.rules
    )
    return Rulebook(
        Definitions(
            facts=tuple(rules.facts.values()),
            rules=made,
            tables=rules.tables,
            measures=rules.measures,
            predicates=tuple(rules.predicates.values()),
        )
    )


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return what a frame can hold of some subjects, some columns left out of it."""
    found = draw(st.lists(subjects(), min_size=1, max_size=8))
    kept = draw(st.sets(st.sampled_from([fact.key for fact in GIVEN]), min_size=5))
    return [
        {
            key: value.earliest if isinstance(value, DayRange) else value
            for key, value in each.items()
            if key in kept
        }
        for each in found
    ]


def framed(facts: list[dict[str, Any]]) -> pl.DataFrame:
    held = {key for each in facts for key in each}
    columns = [
        pl.Series(
            fact.key,
            [_cell(each.get(fact.key)) for each in facts],
            dtype=TYPES[fact.type],
        )
        for fact in GIVEN
        if fact.key in held
    ]
    return pl.DataFrame([pl.Series("key", range(len(facts))), *columns])


def _cell(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def in_rows(found: Any) -> list[dict[str, Any]]:
    """Return the rows of a frame of any kind, in the order of their keys."""
    if isinstance(found, pl.LazyFrame):
        found = found.collect()
    elif isinstance(found, duckdb.DuckDBPyRelation):
        found = pl.from_arrow(found.to_arrow_table())
    elif hasattr(found, "mapInArrow"):
        found = pl.from_arrow(found.toArrow())
    elif hasattr(found, "map_partitions"):
        found = pl.from_pandas(found.compute())
    elif not isinstance(found, pl.DataFrame):
        pandas = hasattr(found, "iloc")
        found = pl.from_pandas(found) if pandas else pl.from_arrow(found)
    rows: list[dict[str, Any]] = found.sort("key").to_dicts()
    return rows


def columns_of(key: str, answer: Answer[Any]) -> Iterator[tuple[str, Any]]:
    """Give what the columns of one row hold, from its explained answer."""
    value = answer.value if answer.known else None
    own = [each.rule for each in answer.because if each.fact == key]
    if answer.type is FactType.SET:
        part = answer.in_part
        sure = value if part is None else part.at_least
        for word in ("k", "l", "m"):
            yield f"{key}.{word}", word in (sure or ())
    else:
        yield key, value
        own = own if answer.known else []
    yield f"{key}.known", answer.known
    yield f"{key}.rule", own[0] if own else None
    yield f"{key}.warns", bool(answer.warnings)


def may_be_asked(frame: Any, rulebook: Rulebook, on: date) -> list[str]:
    """Return the facts that columns can answer; the others are refused, and say by what."""
    found, because = [], []
    for key in ASKED:
        try:
            bulk.ask(frame, rulebook, key, on=on)
            found.append(key)
        except NoColumnForm as refused:
            because.append(refused.node)
    known = {"the measure t.measure over meetings", "the predicate t.is_even"}
    assert set(because) <= known
    return found


def check(
    rulebook: Rulebook, facts: list[dict[str, Any]], on: date, engines: dict[str, Engine]
) -> None:
    frame = framed(facts)
    asked = may_be_asked(frame, rulebook, on)
    given = [{**each, "on": on} for each in facts]
    decide = compile_rules(rulebook.rules, asked, on=on)
    expected = []
    for number, each in enumerate(given):
        answers = rulebook.explainer.answers(each, tuple(asked))
        values = (a.value if a.known else a.in_part for a in answers.values())
        assert tuple(values) == decide(each)
        columns = {name: held for key, a in answers.items() for name, held in columns_of(key, a)}
        missing = {key for answer in answers.values() for key in answer.missing}
        columns |= {f"{fact.key}.missing": fact.key in missing for fact in RECORDED}
        expected.append({"key": number, **columns})
    for engine, given_to in engines.items():
        found = in_rows(bulk.ask(given_to(frame), rulebook, *asked, on=on, missing=True))
        words = {name for row in expected for name in row}
        for row, right in zip(found, expected, strict=True):
            # A word that no rule gives has no column, nor has a fact that is never missing.
            right = {name: held for name, held in right.items() if name in row or held}
            assert {name: row[name] for name in row if name in words} == right, engine


@settings(max_examples=4, deadline=None)
@given(rulebooks(), rows(), days)
def test_a_frame_is_answered_as_each_row_alone(
    rulebook: Rulebook, facts: list[dict[str, Any]], on: date
) -> None:
    check(rulebook, facts, on, {"polars": ENGINES["polars"]})


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(rulebooks(), rows(), days)
def test_every_engine_gives_the_answers_that_each_row_gets_alone(
    rulebook: Rulebook, facts: list[dict[str, Any]], on: date
) -> None:
    check(rulebook, facts, on, ENGINES)


POLICE = {
    "key": ["a", "b", "c", "d"],
    "employer.kind": ["police-force", "police-force", "polise-force", None],
    "employer.key": ["kent-police"] * 4,
    "employer.nation": ["England"] * 4,
    "job.group": ["police-staff", None, "police-staff", "police-staff"],
}
DAY = date(2026, 6, 1)


@pytest.mark.needs_plugins
def test_a_frame_says_who_belongs_where_by_which_rule() -> None:
    found = bulk.ask(pl.DataFrame(POLICE), everything(), "service_group", on=DAY).to_dicts()
    assert found[0] == {
        "key": "a",
        "service_group": "police-justice",
        "service_group.known": True,
        "service_group.rule": "pj.police-staff",
        "service_group.warns": False,
    }
    assert [row["service_group"] for row in found[1:]] == [None, None, None]


@pytest.mark.needs_plugins
def test_what_a_cell_says_wrong_is_a_problem_with_row_and_column_and_never_shown() -> None:
    frame = pl.DataFrame({**POLICE, "key": ["a", None, "c", "d"]})
    found = in_rows(bulk.problems(frame, everything()))
    assert found == [
        {
            "row": 2,
            "key": None,
            "column": "key",
            "expected": "text or a whole number that says whose row it is",
        },
        {
            "row": 3,
            "key": "c",
            "column": "employer.kind",
            "expected": "one of the words declared for it",
        },
    ]
    lazy = bulk.problems(frame.lazy(), everything())
    assert isinstance(lazy, pl.LazyFrame)
    assert in_rows(lazy) == found


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_of_a_wrong_kind_is_as_if_nothing_were_in_it(engine: str) -> None:
    empty = {"person.roles": pl.List(pl.String), "membership.joined": pl.Date}
    for fact, held in empty.items():
        wrong = pl.DataFrame({"key": ["a", "b"], fact: [True, False]})
        nothing = wrong.with_columns(pl.lit(None, held).alias(fact))
        answers = [
            in_rows(
                bulk.ask(
                    ENGINES[engine](frame),
                    everything(),
                    "may_vote",
                    "may_hold_office",
                    on=DAY,
                    missing=True,
                )
            )
            for frame in (wrong, nothing)
        ]
        assert answers[0] == answers[1]
        told = in_rows(bulk.problems(ENGINES[engine](wrong), everything()))
        assert [row["column"] for row in told] == [fact, fact]


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ENGINES)
def test_a_set_with_a_word_that_nobody_declared_is_not_known(engine: str) -> None:
    held = pl.List(pl.String)
    told = [["steward", "stewrd"], ["steward"], [None], [], None]
    meant = [None, ["steward"], None, [], None]
    frames = [
        pl.DataFrame({"key": list("abcde"), "person.roles": pl.Series(roles, dtype=held)})
        for roles in (told, meant)
    ]
    answers = [
        in_rows(
            bulk.ask(ENGINES[engine](frame), everything(), "may_hold_office", on=DAY, missing=True)
        )
        for frame in frames
    ]
    assert answers[0] == answers[1]
    assert [row["person.roles.missing"] for row in answers[0]] == [True, False, True, False, True]
    wrong = in_rows(bulk.problems(ENGINES[engine](frames[0]), everything()))
    assert [(row["key"], row["column"]) for row in wrong] == [
        ("a", "person.roles"),
        ("c", "person.roles"),
    ]


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ENGINES)
def test_nan_is_no_problem_whatever_the_fact(engine: str) -> None:
    frame = pl.DataFrame({"key": ["a", "b"], "employer.kind": [1.5, float("nan")]})
    found = in_rows(bulk.problems(ENGINES[engine](frame), everything()))
    assert [row["key"] for row in found] == ["a"]


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ([["a", "council", "x"]], "one with int"),
        (pd.DataFrame([["a", "x", "y"]], columns=["key", "note", "note"]), "note twice"),
        (pl.DataFrame({"service_group": ["a"]}), "as none of the answers, got service_group"),
    ],
)
def test_columns_whose_names_say_nothing_for_sure_are_refused(frame: Any, expected: str) -> None:
    key = "key" if "key" in getattr(frame, "columns", ()) else "service_group"
    given = pd.DataFrame(frame) if isinstance(frame, list) else frame
    with pytest.raises(WrongArgument, match=expected):
        bulk.ask(given, everything(), "service_group", on=DAY, key=key)


def test_a_column_called_row_is_left_alone_and_is_no_key_of_problems() -> None:
    frame = pl.DataFrame({"key": ["a", None], "row": [7, 8]})
    assert bulk.problems(frame, everything())["row"].to_list() == [2]
    with pytest.raises(WrongArgument, match="as none of the answers, got row"):
        bulk.problems(frame, everything(), key="row")


@pytest.mark.parametrize("engine", ENGINES)
def test_each_row_with_a_key_that_another_has_is_a_problem(engine: str) -> None:
    frame = pl.DataFrame({"key": ["a", "b", "a", None, None]})
    found = in_rows(bulk.problems(ENGINES[engine](frame), everything()))
    told = sorted((row["key"] or "", row["expected"]) for row in found)
    without, repeated = (
        "text or a whole number that says whose row it is",
        "a key that no other row has",
    )
    assert told == [("", without), ("", without), ("a", repeated), ("a", repeated)]


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ENGINES)
def test_the_frame_that_comes_back_is_of_the_kind_that_was_given(engine: str) -> None:
    frame = ENGINES[engine](pl.DataFrame(POLICE))
    assert type(bulk.ask(frame, everything(), "service_group", on=DAY)) is type(frame)
    assert type(bulk.problems(frame, everything())) is type(frame)


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_answers_with_money(engine: str) -> None:
    member = {
        "employer.nation": "England",
        "employer.public_function": True,
        "membership.joined": date(2020, 1, 1),
        "person.studying": False,
        "person.working": True,
    }
    paid = pl.Series("person.earnings", [Decimal(2000), Decimal(35_000), None], pl.Decimal(18, 2))
    name = "subscription_monthly"
    alone = [ask(everything(), {**member, paid.name: each}, name, on=DAY)[name] for each in paid]
    frame = pl.DataFrame({"key": ["a", "b", "c"], paid.name: paid})
    frame = frame.with_columns(pl.lit(value).alias(key) for key, value in member.items())
    found = in_rows(bulk.ask(ENGINES[engine](frame), everything(), name, on=DAY))
    assert [row[name] for row in found] == [each.value if each.known else None for each in alone]
    assert [each.known for each in alone] == [True, True, False]


@pytest.mark.needs_plugins
def test_a_column_whose_decimals_duckdb_cannot_compare_is_named() -> None:
    def frame(places: int) -> duckdb.DuckDBPyRelation:
        pay = f'cast(9 as decimal(38, {places})) as "person.earnings"'
        return duckdb.sql(f"select 'a' as key, {pay}")

    (row,) = in_rows(bulk.ask(frame(25), everything(), "subscription_band", on=DAY))
    assert row["subscription_band"] == "A"
    for asked in (
        lambda: bulk.ask(frame(26), everything(), "subscription_band", on=DAY),
        lambda: bulk.problems(frame(26), everything()),
    ):
        with pytest.raises(BadFacts, match=r"person.earnings: expected pounds with at most 25"):
            asked()


@pytest.mark.needs_plugins
def test_what_has_no_column_form_is_refused_with_the_fact_and_what_it_rests_on() -> None:
    frame = pl.DataFrame({"key": ["a"]})
    with pytest.raises(NoColumnForm) as refused:
        bulk.ask(frame, everything(), "forum.all_costed", on=DAY)
    assert refused.value.to_dict()["node"].startswith("the measure ")


@pytest.mark.needs_plugins
def test_keys_of_several_kinds_are_refused_and_a_column_that_nobody_needs_is_not() -> None:
    frame = pd.DataFrame({"key": ["a", "b"], "employer.kind": ["council", 3], "mixed": [1, "Doe"]})
    assert [row[1] for row in bulk.problems(frame, everything()).to_numpy()] == ["b"]
    with pytest.raises(WrongArgument, match="columns of one kind each, got key, which") as refused:
        bulk.ask(frame.assign(key=frame["mixed"]), everything(), "organised", on=DAY)
    assert "Doe" not in str(refused.value)


@pytest.mark.needs_plugins
def test_a_column_that_must_be_a_slip_is_refused_and_others_are_left_alone() -> None:
    frame = pl.DataFrame({"key": ["a"], "employer.knd": ["council"], "surname": ["Doe"]})
    for slip in ("employer_kind", "Employer.Kind", " employer kind ", "EmployerKind"):
        with pytest.raises(BadFacts, match=f"{slip}: .* did you mean 'employer.kind'"):
            bulk.ask(frame.rename({"employer.knd": slip}), everything(), "organised", on=DAY)
    with pytest.raises(BadFacts, match=r"employer.knd: .* did you mean 'employer.kind'"):
        bulk.ask(frame, everything(), "service_group", on=DAY)
    with pytest.raises(BadFacts, match="this one is decided"):
        bulk.ask(frame.rename({"employer.knd": "organised"}), everything(), "organised", on=DAY)
    with pytest.raises(BadFacts, match="the day of the question is given apart"):
        bulk.ask(frame.rename({"employer.knd": "on"}), everything(), "organised", on=DAY)
    with pytest.raises(UnknownName, match="no column is called 'member'"):
        bulk.ask(frame, everything(), "service_group", on=DAY, key="member")
    with pytest.raises(UnknownName, match="no derived fact is called 'service_grop'"):
        bulk.ask(frame, everything(), "service_grop", on=DAY)
    with pytest.raises(WrongArgument, match="frame: expected a frame of Polars"):
        bulk.ask([{"key": "a"}], everything(), "service_group", on=DAY)


@pytest.mark.slow
def test_nothing_in_the_library_loads_dataframes() -> None:
    code = "import sys, unioncore; unioncore.compose(discover=False)"
    code += "; print(*({'narwhals', 'polars'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
