"""A set as lists holds the words that are surely in it."""

import polars as pl
import pytest

from tests.books import everything
from tests.bulk.test_many_rows import DAY, ENGINES, in_rows
from unioncore import bulk
from unioncore.errors import UnknownName

FOUND = pl.DataFrame(
    {
        "key": ["a", "b", "c"],
        "bodies.one": [True, False, False],
        "bodies.it's": [True, False, True],
        "bodies.known": [True, True, False],
    }
)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_words_of_a_set_become_lists_in_every_engine(engine: str) -> None:
    frame = ENGINES[engine](FOUND)
    found = bulk.listed(frame, "bodies")
    assert type(found) is type(frame)
    assert in_rows(found) == [
        {"key": "a", "bodies": ["one", "it's"], "bodies.known": True},
        {"key": "b", "bodies": [], "bodies.known": True},
        {"key": "c", "bodies": ["it's"], "bodies.known": False},
    ]


@pytest.mark.needs_plugins
def test_the_answers_of_ask_can_be_listed() -> None:
    frame = pl.DataFrame(
        {"key": ["a"], "employer.kind": ["nhs-trust"], "employer.nation": ["England"]}
    ).with_columns(pl.lit("agenda-for-change").alias("job.group"))
    found = bulk.ask(frame, everything(), "negotiating_bodies", on=DAY)
    listed = bulk.listed(found, "negotiating_bodies")
    assert listed["negotiating_bodies"].to_list() == [["nhs-sc"]]
    assert listed.columns == [
        "key",
        "negotiating_bodies",
        "negotiating_bodies.known",
        "negotiating_bodies.rule",
        "negotiating_bodies.warns",
    ]


def test_a_set_that_was_not_asked_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="no set is called 'bodis'; did you mean 'bodies'"):
        bulk.listed(FOUND, "bodis")
