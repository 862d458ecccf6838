"""Worked examples without answers, on both sides of every clause."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest
from tests.books import core, everything

from unioncore.errors import UnknownName
from unioncore.replay import Draft, Example, Status, drafts, read_examples, replay
from unioncore.replay.drafts import records

ON = date(2026, 6, 1)
RULE = "core.access-workers"


def sides(found: list[Draft]) -> Iterator[Example]:
    for each in found:
        if each.inside is not None and each.outside is not None:
            yield from (each.inside, each.outside)


def written(found: list[Draft], tmp_path: Path) -> tuple[Example, ...]:
    file = tmp_path / "drafts.json"
    file.write_text(json.dumps(records(sides(found))), encoding="utf-8")
    return read_examples(file)


def test_they_are_read_back_and_have_no_answer_yet(tmp_path: Path) -> None:
    found = list(drafts(core(), RULE, on=ON))
    examples = written(found, tmp_path)
    assert examples == tuple(sides(found))
    for example in examples:
        outcome = replay(core(), example)
        assert outcome.status is Status.BLANK
        assert outcome.reason == (
            'write the answer to access.employer_is_large_enough in place of null, or "unknown"'
        )


def test_an_answer_that_is_written_in_is_compared(tmp_path: Path) -> None:
    """Above 20 workers, by section 70ZE."""
    by_number = written([*drafts(core(), RULE, on=ON)], tmp_path)[2:4]
    workers = [each.inputs["facts"]["access.workers"] for each in by_number]
    assert workers == [21, 20]
    for example, answer in zip(by_number, (True, False), strict=True):
        right = attrs.evolve(example, expected={"access.employer_is_large_enough": answer})
        assert replay(core(), right).status is Status.PASSED
        wrong = attrs.evolve(example, expected={"access.employer_is_large_enough": not answer})
        assert replay(core(), wrong).status is Status.FAILED


def test_two_sides_differ_in_one_fact() -> None:
    for each in drafts(core(), RULE, on=ON):
        assert each.inside is not None
        assert each.outside is not None
        one, other = each.inside.inputs["facts"], each.outside.inputs["facts"]
        assert len({key for key in {*one, *other} if one.get(key) != other.get(key)}) <= 1


def test_a_version_that_is_not_in_force_is_left_out_on_request() -> None:
    every = list(drafts(core(), "core.assurer", on=ON))
    now = list(drafts(core(), "core.assurer", on=ON, in_force=True))
    assert {str(each.period) for each in now} < {str(each.period) for each in every} or now == every
    assert all(ON in each.period for each in now)


def test_records_of_a_collection_stand_in_it(tmp_path: Path) -> None:
    found = list(drafts(core(), "core.forum-papers-in-time", on=ON))
    (inside, outside) = written(found, tmp_path)[:2]
    assert inside.inputs["facts"]["forum.meetings"] != outside.inputs["facts"]["forum.meetings"]
    answer = attrs.evolve(inside, expected={"forum.papers_in_time": True})
    assert replay(core(), answer).status is Status.PASSED
    answer = attrs.evolve(outside, expected={"forum.papers_in_time": False})
    assert replay(core(), answer).status is Status.PASSED


def test_a_misspelt_rule_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'core\.access-workers'"):
        drafts(core(), "core.acces-workers", on=ON)


@pytest.mark.needs_plugins
@pytest.mark.slow
def test_nearly_every_clause_of_what_ships_has_people_on_both_sides(tmp_path: Path) -> None:
    book = everything()
    found = [each for info in book.plugins for each in drafts(book, info.name, on=ON)]
    lacking = [each for each in found if each.inside is None]
    assert len(lacking) <= 0.01 * len(found)
    assert sum(each.left_out for each in found) <= 0.03 * len(found)
    for example in written(found, tmp_path)[::20]:
        unknown = attrs.evolve(example, expected=dict.fromkeys(example.expected, "unknown"))
        assert replay(book, unknown).compared  # it can be put
