"""No count that is suppressed can be worked out: held against flows of networkx and brute force."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import attrs
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.synthetic import case_type, source

import unioncore
from unioncore.answers import Axis, Pattern, Published, Withheld, publish, publish_counts
from unioncore.answers.figures.suppression import ALL, Counts, Place, suppress
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import UNION_TRACK, Case, Open
from unioncore.rulebook import Rulebook

Table = list[list[int]]
VALUES = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 30])


@st.composite
def tables(draw: st.DrawFn, how_many: int, rows: int = 4, columns: int = 4) -> list[Table]:
    """Draw tables with the same row totals."""
    height = draw(st.integers(1, rows))
    width = draw(st.integers(1, columns))
    first = [[draw(VALUES) for _ in range(width)] for _ in range(height)]
    found = [first]
    for _ in range(how_many - 1):
        width = draw(st.integers(1, columns))
        table = []
        for line in first:
            cuts = sorted(draw(st.integers(0, sum(line))) for _ in range(width - 1))
            bounds = [0, *cuts, sum(line)]
            table.append([high - low for low, high in pairwise(bounds)])
        found.append(table)
    return found


def small(counts: Counts, least: int) -> list[Place]:
    return [place for place, value in counts.values.items() if value < least]


# ---- the first oracle: one or two tables are one network, whose flows are whole numbers ----------


def arcs(counts: Counts) -> Iterator[tuple[Place, str, str]]:
    """Yield each count as an arc: from the second table's columns over rows to the first's."""
    two = len(counts.columns) == 2
    for place in counts.values:
        table, row, column = place
        if place == ALL:
            yield place, "end", "start"
        elif table is None:
            yield place, *((f"in{row}", f"row{row}") if two else ("start", f"row{row}"))
        elif table == 0:
            yield (
                place,
                *((f"row{row}", f"a{column}") if row is not None else (f"a{column}", "end")),
            )
        else:
            yield (
                place,
                *((f"b{column}", f"in{row}") if row is not None else ("start", f"b{column}")),
            )


def ranges(counts: Counts, hidden: frozenset[Place]) -> dict[Place, int]:
    """Return by how much each hidden count may differ, for somebody who knows all the others."""
    most = counts.values[ALL] + 100
    found = {}
    for asked in hidden:
        ends = []
        for sign in (1, -1):
            graph: Any = nx.DiGraph()
            demand: dict[str, int] = {}
            for place, start, end in arcs(counts):
                if place in hidden:
                    weight = sign if place == asked else 0
                    graph.add_edge(start, end, capacity=most, weight=weight)
                else:
                    value = counts.values[place]
                    demand[start] = demand.get(start, 0) + value
                    demand[end] = demand.get(end, 0) - value
            for node, value in demand.items():
                graph.add_node(node, demand=value)
            ends.append(sign * nx.network_simplex(graph)[0])
        found[asked] = ends[1] - ends[0]
    return found


@settings(max_examples=150)
@given(st.data(), st.integers(1, 2), st.sampled_from([2, 5, 10]))
def test_no_suppressed_count_is_known_within_the_threshold(
    data: st.DataObject, how_many: int, least: int
) -> None:
    counts = Counts.of(data.draw(tables(how_many)))
    hidden = suppress(counts, small(counts, least), least)
    assert hidden is not None
    assert hidden >= set(small(counts, least))
    found = ranges(counts, hidden)
    assert {place: width for place, width in found.items() if width < least} == {}


@given(st.data())
def test_without_secondary_suppression_some_would_be_known(data: st.DataObject) -> None:
    """The oracle is not blind: one small cell in a table is always worked out."""
    table = data.draw(tables(1))[0]
    table = [[max(value, 5) for value in line] for line in table]
    table[0][0] = 1
    counts = Counts.of([table])
    cells = frozenset({Place(0, 0, 0)})
    if len(table) > 1 and len(table[0]) > 1:
        assert ranges(counts, cells) == {Place(0, 0, 0): 0}
        assert suppress(counts, cells, 5) != cells


# ---- the second oracle: every world of small tables ----------------------------------------------


def worlds(counts: Counts, hidden: frozenset[Place], most: int) -> dict[Place, set[int]]:
    """Return the values of each count in all worlds of tables with two rows and two columns."""
    value = counts.values
    seen: dict[Place, set[int]] = {place: set() for place in value}

    def agrees(place: Place, guess: int) -> bool:
        return place in hidden or value[place] == guess

    for one, two in product(range(most), repeat=2):
        totals = {Place(None, 0): one, Place(None, 1): two, ALL: one + two}
        if not all(agrees(place, guess) for place, guess in totals.items()):
            continue
        each_table = []
        for table in range(len(counts.columns)):
            fits = []
            for a, b in product(range(one + 1), range(two + 1)):
                world = {
                    Place(table, 0, 0): a,
                    Place(table, 0, 1): one - a,
                    Place(table, 1, 0): b,
                    Place(table, 1, 1): two - b,
                    Place(table, None, 0): a + b,
                    Place(table, None, 1): one + two - a - b,
                }
                if all(agrees(place, guess) for place, guess in world.items()):
                    fits.append(world)
            each_table.append(fits)
        if all(each_table):  # what one table says of the others is their row totals only
            for world in (totals, *(world for fits in each_table for world in fits)):
                for place, guess in world.items():
                    seen[place].add(guess)
    return seen


@given(st.data(), st.integers(1, 3), st.sampled_from([2, 3]))
def test_every_world_of_three_tables(data: st.DataObject, how_many: int, least: int) -> None:
    first = [[data.draw(st.integers(0, 5)) for _ in range(2)] for _ in range(2)]
    every = [first]
    for _ in range(how_many - 1):
        cuts = [data.draw(st.integers(0, sum(line))) for line in first]
        every.append([[cut, sum(line) - cut] for cut, line in zip(cuts, first, strict=True)])
    counts = Counts.of(every)
    hidden = suppress(counts, small(counts, least), least)
    assert hidden is not None
    seen = worlds(counts, hidden, most=14)
    assert all(len(seen[place]) == 1 for place in seen if place not in hidden)
    assert [p for p in hidden if max(seen[p]) - min(seen[p]) < least] == []


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert suppress(Counts.of([[[5, 9], [7, 8]]]), [], 5) == frozenset()


def test_one_small_cell_takes_a_rectangle_with_it() -> None:
    counts = Counts.of([[[1, 9, 50], [8, 7, 60], [70, 80, 90]]])
    hidden = suppress(counts, [Place(0, 0, 0)], 5)
    assert hidden == {Place(0, 0, 0), Place(0, 0, 1), Place(0, 1, 0), Place(0, 1, 1)}


@pytest.mark.parametrize(
    ("every", "least", "shown"),
    [
        ([[[1, 1], [9, 9], [12, 12]]], 5, []),
        ([[[6, 7], [9, 2], [1, 7], [6, 12]]], 3, []),
        ([[[30], [1], [5], [12]]], 5, []),
        ([[[1], [1], [2]]], 3, []),
        ([[[3, 0, 12], [1, 1, 3]]], 5, []),
        ([[[1, 12, 2], [2, 6, 3]]], 3, []),
        ([[[1, 7, 3], [3, 5, 3], [3, 4, 12]]], 5, []),
        ([[[30, 30], [5, 3], [5, 9]], [[18, 42], [8, 0], [2, 12]]], 3, []),
        ([[[6, 7, 9], [2, 1, 7], [6, 12, 9]]], 3, [Place(0, 0, 0)]),
    ],
)
def test_no_more_counts_are_suppressed_than_must_be(
    every: list[Table], least: int, shown: list[Place]
) -> None:
    """No fewer would do, by the oracle, for these tables; that is not so for each there may be."""
    counts = Counts.of(every)
    places = small(counts, least)
    hidden = suppress(counts, places, least, shown=shown)
    assert hidden is not None
    others = [place for place in counts.values if place not in (*places, *shown)]
    for further in range(len(hidden) - len(places)):
        for some in combinations(others, further):
            assert min(ranges(counts, frozenset((*places, *some))).values()) < least


@given(st.data())
def test_one_table_is_suppressed_in_one_way(data: st.DataObject) -> None:
    counts = Counts.of(data.draw(tables(2)))
    places = small(counts, 5)
    assert suppress(counts, data.draw(st.permutations(places)), 5) == suppress(counts, places, 5)


def test_what_was_shown_before_cannot_be_suppressed_any_more() -> None:
    counts = Counts.of([[[1, 9], [8, 7]]])
    cell = Place(0, 0, 0)
    assert suppress(counts, [cell], 5, shown=[cell]) is None
    assert (
        suppress(counts, [cell], 5, shown=[each for each in counts.values if each != cell]) is None
    )


def test_a_total_is_not_shown_by_what_adds_up_to_it() -> None:
    one = Counts.of([[[12]]])
    total = Place(None, 0)
    assert suppress(one, [total], 2, shown=[Place(0, None, 0), ALL]) is None
    two = Counts.of([[[4], [12]]])
    shown = [place for place in two.values if place.table is not None or place == ALL]
    assert suppress(two, [Place(None, 1)], 1, shown=shown) is None


def test_the_rows_of_a_table_are_of_one_length() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Counts.of([[[1, 2], [3]]])


# ---- tables of cases ----------------------------------------------------------------------------

PLUGIN = "".join(
    (
        source("s", "A synthetic handbook"),
        case_type(
            "demo.grievance",
            states="begun",
            outcomes="upheld rejected",
            transitions="""
begun.uphold = { to = "upheld", actor = "employer" }
begun.reject = { to = "rejected", actor = "employer" }
""",
        ),
        case_type(
            "demo.appeal",
            states="begun",
            outcomes="upheld",
            transitions='begun.uphold = { to = "upheld", actor = "employer" }',
        ),
    )
)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "types.toml").write_text(PLUGIN, encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


DAY = date(2026, 3, 2)
EMPLOYER = Axis("employer", ("kent-police", "surrey-police"), other=True)
CASE_TYPE = Axis("case_type", ("demo.grievance",))
OUTCOME = Axis("outcome", ("open", "upheld", "rejected"))


def a_case(
    number: int, employer: str, state: str = "begun", person: str = "", tracks: int = 1
) -> Case:
    common: Any = {"on": DAY, "by": "R1", "version": ".."}
    entries = (
        Open(**common, track=UNION_TRACK, case_type="demo.union", to="open"),
        *(
            Open(
                **common, track=f"t{each}", case_type="demo.grievance", employer=employer, to=state
            )
            for each in range(tracks)
        ),
    )
    return Case(
        reference=f"C{number}",
        person=person or f"M{number}",
        branch="b1",
        opened=DAY,
        fingerprint="",
        entries=entries,
    )


def cases(*groups: tuple[int, str, str]) -> list[Case]:
    made = [(employer, state) for count, employer, state in groups for _ in range(count)]
    return [a_case(number, *each) for number, each in enumerate(made)]


CASES = cases(
    (14, "kent-police", "upheld"),
    (1, "kent-police", "rejected"),
    (11, "surrey-police", "upheld"),
    (12, "surrey-police", "rejected"),
    (8, "surrey-police", "begun"),
    (9, "elsewhere", "begun"),
)


def published(rulebook: Rulebook, some: Sequence[Case], *columns: Axis, **more: Any) -> Published:
    found = publish(rulebook, some, EMPLOYER, columns, on=DAY, protected=False, **more)
    assert isinstance(found, Published), str(found)
    return found


def test_small_counts_are_suppressed_and_the_others_rounded(rulebook: Rulebook) -> None:
    found = published(rulebook, CASES, OUTCOME)
    (table,) = found.tables
    assert table.rows.all() == ("kent-police", "surrey-police", "other")
    kent = table.cells[0]
    assert kent[2] is None
    assert kent.count(None) > 1
    assert (table.row_totals, table.total) == ((15, 30, 10), 55)
    plain = table.to_dict()
    assert plain["cells"][0][2] == "suppressed"
    counts = [*sum(table.cells, ()), *table.row_totals, *table.column_totals, table.total]
    assert all(count is None or count >= 5 for count in counts)
    assert all(count is None or count % 5 == 0 for count in counts)
    assert all(answer.because[0].citations for answer in found.because)


def test_where_the_labels_are_all_there_are_nothing_is_hidden_for_the_sake_of_others(
    rulebook: Rulebook,
) -> None:
    many = [(31, "kent-police"), (22, "surrey-police")]
    some = cases(*((count, employer, "upheld") for count, employer in many))
    rows, column = Axis("employer", ("kent-police", "surrey-police")), Axis("outcome", ("upheld",))
    found = publish(rulebook, some, rows, [column], on=DAY, protected=False)
    assert isinstance(found, Published)
    (table,) = found.tables
    assert (table.cells, table.row_totals, table.total) == (((30,), (20,)), (30, 20), 55)
    # That nobody is elsewhere is a count of nobody, where somebody might be.
    rows = attrs.evolve(rows, other=True)
    found = publish(rulebook, some, rows, [column], on=DAY, protected=False)
    assert isinstance(found, Published)
    assert found.tables[0].cells[2] == (None,)
    assert found.tables[0].cells.count((None,)) > 1


def test_a_case_that_no_label_fits_is_not_left_out_in_silence(rulebook: Rulebook) -> None:
    rows = Axis("employer", ("kent-police", "surrey-police"))
    found = publish(rulebook, CASES, rows, [OUTCOME], on=DAY, protected=False)
    assert str(found) == "a track has none of the labels of employer: add its label, or other=True"


def test_what_goes_out_holds_no_reference_and_no_exact_count(rulebook: Rulebook) -> None:
    found = published(rulebook, CASES, OUTCOME)
    text = json.dumps(found.to_dict()) + repr(found)
    assert not any(f"'{case.reference}'" in text or f'"{case.person}"' in text for case in CASES)
    assert "14" not in json.dumps([table.to_dict() for table in found.tables])


def test_several_cases_of_one_member_are_small(rulebook: Rulebook) -> None:
    many = [a_case(100 + number, "kent-police", person="M0") for number in range(20)]
    found = published(rulebook, [*CASES[15:], *many], CASE_TYPE)
    assert found.tables[0].row_totals[0] is None


def test_every_track_counts_and_those_of_one_member_are_small(rulebook: Rulebook) -> None:
    twice = [a_case(200 + number, "surrey-police", tracks=2) for number in range(10)]
    many = a_case(300, "kent-police", tracks=20)
    found = published(rulebook, [*CASES, *twice], CASE_TYPE)
    assert (found.tables[0].row_totals, found.tables[0].total) == ((15, 50, 10), 75)
    found = published(rulebook, [*CASES[15:], many], CASE_TYPE)
    assert found.tables[0].row_totals[0] is None


KINDS = Axis("case_type", ("demo.grievance", "demo.appeal"))


def test_an_outcome_that_a_case_type_does_not_have_is_no_secret(rulebook: Rulebook) -> None:
    """Twelve in a cell: the appeal's rejection is 0 as everybody knows, and nothing is hidden."""
    kinds = [
        ("demo.grievance", "upheld"),
        ("demo.grievance", "rejected"),
        ("demo.appeal", "upheld"),
    ]
    some = [of_kind(number, *kinds[number % 3]) for number in range(36)]
    columns = [Axis("outcome", ("upheld", "rejected"))]
    found = publish(rulebook, some, KINDS, columns, on=DAY, protected=False)
    assert isinstance(found, Published)
    assert found.tables[0].cells == ((10, 10), (10, 0))
    # Where it might have been, nobody may learn that it is 0.
    named = [of_kind(number, "demo.grievance", "upheld") for number in range(12)]
    unsaid = publish(rulebook, named, KINDS, columns, on=DAY, protected=False)
    assert isinstance(unsaid, Published)
    assert unsaid.tables[0].cells[0][1] is None
    assert unsaid.tables[0].cells[1][1] == 0


def of_kind(number: int, kind: str, state: str) -> Case:
    case = a_case(number, "kent-police", state)
    opened = attrs.evolve(case.entries[1], case_type=kind)
    return attrs.evolve(case, entries=(case.entries[0], opened))


def test_what_everybody_knows_to_be_empty_may_be_named(rulebook: Rulebook) -> None:
    rows = Axis("employer", ("kent-police", "surrey-police"))
    some = cases((12, "kent-police", "upheld"), (12, "surrey-police", "rejected"))
    columns = [Axis("outcome", ("upheld", "rejected"))]

    def asked(*pairs: tuple[str, str]) -> Published | Withheld:
        return publish(rulebook, some, rows, columns, on=DAY, protected=False, impossible=pairs)

    known = asked(("kent-police", "rejected"), ("surrey-police", "upheld"))
    assert isinstance(known, Published)
    assert known.tables[0].cells == ((10, 0), (0, 10))
    assert str(asked(("kent-police", "upheld"))) == (
        "something is where nothing is said to be possible"
    )
    with pytest.raises(UnknownName, match="called 'rejectd'; did you mean 'rejected'"):
        asked(("kent-police", "rejectd"))


def test_five_members_are_as_many_as_may_be_shown(rulebook: Rulebook) -> None:
    rows = Axis("employer", ("kent-police", "surrey-police"))
    groups = [(5, "kent-police", "upheld"), (12, "kent-police", "rejected")]
    groups += [(12, "surrey-police", "upheld"), (12, "surrey-police", "rejected")]
    columns = [Axis("outcome", ("upheld", "rejected"))]
    found = publish(rulebook, cases(*groups), rows, columns, on=DAY, protected=False)
    assert isinstance(found, Published)
    assert found.tables[0].cells == ((5, 10), (10, 10))


def test_a_row_and_a_column_that_everybody_knows_to_be_empty_have_totals_of_0(
    rulebook: Rulebook,
) -> None:
    rows = Axis("employer", ("kent-police", "surrey-police", "essex-police"))
    states = ("upheld", "rejected", "open")
    none = {("essex-police", state) for state in states}
    none |= {(employer, "open") for employer in rows.labels}
    groups = [(12, employer, state) for employer in rows.labels[:2] for state in states[:2]]
    found = publish(
        rulebook,
        cases(*groups),
        rows,
        [Axis("outcome", states)],
        on=DAY,
        protected=False,
        impossible=none,
    )
    assert isinstance(found, Published)
    (table,) = found.tables
    assert table.cells == ((10, 10, 0), (10, 10, 0), (0, 0, 0))
    assert (table.row_totals, table.column_totals, table.total) == ((25, 25, 0), (25, 25, 0), 50)


def test_earlier_tables_that_do_not_fit_each_other_are_refused(rulebook: Rulebook) -> None:
    one = published(rulebook, CASES, OUTCOME)
    other = published(rulebook, CASES, Axis("outcome", ("upheld",), other=True))
    found = publish(
        rulebook, CASES, EMPLOYER, [CASE_TYPE], on=DAY, protected=False, before=[one, other]
    )
    assert str(found) == "the same columns were published with other labels"


@settings(max_examples=60)
@given(st.data(), st.sampled_from([2, 5]))
def test_no_suppressed_count_is_known_to_whoever_knows_what_is_empty(
    data: st.DataObject, least: int
) -> None:
    table = data.draw(tables(1))[0]
    cells = [(row, column) for row, line in enumerate(table) for column, _ in enumerate(line)]
    empty = {Place(0, *each) for each in data.draw(st.sets(st.sampled_from(cells), max_size=4))}
    table = [
        [0 if Place(0, row, column) in empty else value for column, value in enumerate(line)]
        for row, line in enumerate(table)
    ]
    counts = Counts.of([table])
    # A total is known to be 0 where all its cells are.
    width = range(len(table[0]))
    gone = [row for row in range(len(table)) if {Place(0, row, each) for each in width} <= empty]
    empty |= {Place(None, row) for row in gone} | ({ALL} if len(gone) == len(table) else set())
    for column in width:
        if {Place(0, row, column) for row in range(len(table))} <= empty:
            empty.add(Place(0, None, column))
    hidden = suppress(counts, set(small(counts, least)) - empty, least, shown=empty)
    assert hidden is not None
    assert not hidden & empty
    assert {place: width for place, width in ranges(counts, hidden).items() if width < least} == {}


def test_by_a_protected_characteristic_ten_is_the_smallest(rulebook: Rulebook) -> None:
    found = publish(rulebook, CASES, EMPLOYER, [CASE_TYPE], on=DAY, protected=True)
    assert isinstance(found, Published)
    assert found.tables[0].smallest == 10
    assert found.tables[0].row_totals[2] is None
    assert isinstance(publish(rulebook, CASES, EMPLOYER, [CASE_TYPE], on=DAY), Withheld)


def test_a_second_table_that_would_reveal_the_first_is_refused(rulebook: Rulebook) -> None:
    first = published(rulebook, CASES, OUTCOME)
    for some in (CASES[1:], [*CASES, a_case(999, "kent-police")]):
        found = publish(
            rulebook, some, EMPLOYER, [OUTCOME], on=DAY, protected=False, before=[first]
        )
        assert str(found) == "some of the cases were counted in an earlier table, and some not"
    moved = [a_case(0, "surrey-police", "upheld"), *CASES[1:]]
    found = publish(rulebook, moved, EMPLOYER, [CASE_TYPE], on=DAY, protected=False, before=[first])
    assert str(found) == "the cases have changed since they were counted"
    for rows, columns, protected in (
        (CASE_TYPE, [OUTCOME], False),
        (EMPLOYER, [Axis("outcome", ("upheld",))], False),
        (Axis("employer", ("kent-police",)), [OUTCOME], False),
        (EMPLOYER, [OUTCOME], True),
        (EMPLOYER, [OUTCOME, OUTCOME], False),
        (EMPLOYER, [], False),
    ):
        found = publish(rulebook, CASES, rows, columns, on=DAY, protected=protected, before=[first])
        assert isinstance(found, Withheld)
    found = publish(
        rulebook,
        CASES,
        EMPLOYER,
        [Axis("outcome", ("upheld",), other=True)],
        on=DAY,
        protected=False,
        before=[first],
    )
    assert str(found) == "the same columns were published with other labels"


def test_an_outcome_that_is_open_is_one_of_every_case_type(rulebook: Rulebook) -> None:
    """Nobody knows that no case is open, so that a cell of none tells nothing away."""
    some = [of_kind(number, "demo.grievance", "upheld") for number in range(12)]
    some += [of_kind(number, "demo.appeal", "upheld") for number in range(12, 24)]
    columns = [Axis("outcome", ("upheld", "open"))]
    found = publish(rulebook, some, KINDS, columns, on=DAY, protected=False)
    assert isinstance(found, Published)
    assert found.tables[0].cells[0][1] is None


def test_further_tables_of_the_same_cases_and_of_others_may_follow(rulebook: Rulebook) -> None:
    first = published(rulebook, CASES, OUTCOME)
    second = published(rulebook, CASES, CASE_TYPE, before=[first])
    again = published(rulebook, CASES, CASE_TYPE, OUTCOME, before=[first, second])
    assert again.tables == (*second.tables, *first.tables)
    places = ("kent-police", "surrey-police", "elsewhere")
    others = [a_case(1000 + number, places[number % 3]) for number in range(21)]
    assert published(rulebook, others, CASE_TYPE, before=[first, second]).tables[0].total == 20


@given(st.data())
def test_tables_published_one_after_the_other_reveal_nothing(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    labels = ("kent-police", "surrey-police", "elsewhere")
    rows = data.draw(st.sampled_from([EMPLOYER, Axis("employer", labels)]))
    groups = [
        (data.draw(st.integers(0, 9)), employer, state)
        for employer in labels
        for state in ("begun", "upheld", "rejected")
    ]
    some = cases(*groups)
    first = publish(rulebook, some, rows, [CASE_TYPE], on=DAY, protected=False)
    assert isinstance(first, Published)
    second = publish(
        rulebook, some, rows, [OUTCOME, CASE_TYPE], on=DAY, protected=False, before=[first]
    )
    if isinstance(second, Published):
        assert second.tables[1] == first.tables[0]
        found = ranges(second.counts, second.hidden)
        assert all(width >= 5 for width in found.values())


def test_an_axis_is_one_of_those_that_are_known(rulebook: Rulebook) -> None:
    with pytest.raises(UnknownName, match="no axis is called 'employr'; did you mean 'employer'"):
        publish(rulebook, CASES, Axis("employr", ()), [OUTCOME], on=DAY)


# -- counts of the caller --------------------------------------------------------------------------

ROWS = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=4)


@given(ROWS)
def test_no_small_count_goes_out_nor_can_be_subtracted(
    rulebook: Rulebook, rows: list[list[int]]
) -> None:
    counts = {
        f"e{number}": dict(zip(("pay", "moved", "other"), row, strict=True))
        for number, row in enumerate(rows)
    }
    found = publish_counts(
        rulebook, counts, rows="employer", columns="reason", on=DAY, protected=False
    )
    assert isinstance(found, Pattern)
    for row, cells, total in zip(rows, found.cells, found.row_totals, strict=True):
        shown = [value for value, cell in zip(row, cells, strict=True) if cell is not None]
        assert all(value >= found.smallest for value in shown)
        # One hidden count beside a total that is shown would be known.
        assert total is None or len(row) - len(shown) != 1


def test_what_goes_out_is_written_whole_and_read_again(rulebook: Rulebook) -> None:
    counts = {"a": {"pay": 50, "moved": 61}, "b": {"pay": 23, "moved": 42}}
    found = publish_counts(
        rulebook, counts, rows="employer", columns="reason", on=DAY, protected=False
    )
    assert isinstance(found, Pattern)
    assert found.to_dict() == {
        "rows": {"by": "employer", "labels": ["a", "b"]},
        "columns": {"by": "reason", "labels": ["pay", "moved"]},
        "cells": [[50, 60], [25, 40]],
        "row_totals": [110, 65],
        "column_totals": [75, 105],
        "total": 175,
        "smallest": 5,
        "base": 5,
    }
    assert Pattern.from_dict(found.to_dict()) == found
    assert found.counts("b") == {"pay": 25, "moved": 40}
    with pytest.raises(UnknownName) as refused:
        found.counts("bb")
    wrong = refused.value
    assert (wrong.kind, wrong.name, wrong.suggestion) == ("employer", "bb", "b")


def test_what_is_suppressed_is_written_so_and_read_again(rulebook: Rulebook) -> None:
    # Nobody of b is said to have gone for the pay: that is a count of 0, and small.
    counts = {
        "a": {"pay": 50, "moved": 61},
        "b": {"moved": 42},
        "c": {"pay": 30, "moved": 30},
    }
    found = publish_counts(
        rulebook, counts, rows="employer", columns="reason", on=DAY, protected=False
    )
    assert isinstance(found, Pattern)
    assert found.counts("b")["pay"] is None
    assert found.to_dict()["cells"][1][0] == "suppressed"
    assert Pattern.from_dict(found.to_dict()) == found
    with_other = attrs.evolve(found, rows=Axis("employer", ("a", "b"), other=True))
    assert with_other.to_dict()["rows"]["labels"] == ["a", "b", "other"]
    assert Pattern.from_dict(with_other.to_dict()) == with_other


def test_the_schema_of_a_table_has_the_word_for_what_is_suppressed() -> None:
    count = {"anyOf": [{"type": "integer"}, {"const": "suppressed"}]}
    schema = Published.json_schema()
    assert schema["properties"]["tables"]["items"] == {"$ref": "#/$defs/Pattern"}
    for table in (Pattern.json_schema(), schema["$defs"]["Pattern"]):
        assert table["properties"]["total"] == count
        assert table["properties"]["row_totals"]["items"] == count


def test_reasons_are_told_one_after_the_other() -> None:
    assert str(Withheld(("a table needs columns", "the cases have changed"))) == (
        "a table needs columns; the cases have changed"
    )


def test_a_table_without_columns_is_withheld(rulebook: Rulebook) -> None:
    found = publish_counts(rulebook, {"a": {}}, rows="r", columns="c", on=DAY, protected=False)
    assert str(found) == "a table needs rows and columns"


def test_small_counts_need_to_know_whether_they_are_of_a_protected_kind(
    rulebook: Rulebook,
) -> None:
    counts = {"a": {"pay": 50, "moved": 60}}
    unknown = publish_counts(rulebook, counts, rows="employer", columns="reason", on=DAY)
    assert isinstance(unknown, Withheld)
    assert isinstance(
        publish_counts(rulebook, counts, rows="employer", columns="reason", on=DAY, protected=True),
        Pattern,
    )
    assert isinstance(publish_counts(rulebook, {}, rows="a", columns="b", on=DAY), Withheld)
    with pytest.raises(BadFacts, match="zero or more"):
        publish_counts(rulebook, {"a": {"pay": -1}}, rows="a", columns="b", on=DAY, protected=False)
