"""What a rulebook looks up, and what it says of a name that nothing has."""

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

import unioncore
from tests.books import everything
from tests.casework import a_case
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import UNION_TRACK, Body, OfficeRole, PayRound, Region
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import Named

pytestmark = pytest.mark.needs_plugins

BOOK = everything()
DAY = date(2026, 6, 1)

Ask = Callable[[Rulebook, str], Any]

LOOK_UPS: dict[str, tuple[Ask, str, str]] = {
    "body": (lambda book, key: book.body(key), "njc", "njcc"),
    "case type": (lambda book, key: book.case_type(key), "core.grievance", "core.grievence"),
    "calendar": (lambda book, key: book.calendar(key), "Scotland", "Scottland"),
    "vocabulary": (lambda book, key: book.words_of(key), "job_group", "job_grup"),
    "union": (lambda book, key: book.words_of("union")[key], "unison", "unisn"),
    "job group": (lambda book, key: book.words_of("job_group")[key], "craft", "crafft"),
    "office role": (lambda book, key: book.named(OfficeRole)[key], "branch-chair", "branch-chairs"),
    "pay round": (
        lambda book, key: book.named(PayRound)[key],
        "craft-2024",
        "craft-24",
    ),
    "region": (
        lambda book, key: book.named(Region)[key],
        "EA",
        "EAA",
    ),
    "fact": (lambda book, key: book.requirements_of(key), "may_represent", "may_represnt"),
    "parameter": (
        lambda book, key: book.parameter(key, on=DAY),
        "unison.nec_seats",
        "unison.nec_seets",
    ),
}
"""By the kind that an error names: a look-up, a key that is there, and one that is misspelt."""


@pytest.mark.parametrize("kind", LOOK_UPS)
def test_what_nothing_is_called_raises_with_the_nearest_that_something_is(kind: str) -> None:
    ask, right, wrong = LOOK_UPS[kind]
    assert ask(BOOK, right) is not None
    with pytest.raises(UnknownName) as raised:
        ask(BOOK, wrong)
    assert (raised.value.kind, raised.value.name) == (kind, wrong)
    assert raised.value.suggestion == right


def test_every_definition_is_found_by_its_key() -> None:
    for kind in Definitions.kinds():
        found: Named[Any] = BOOK.named(kind.of)
        assert tuple(found.values()) == getattr(BOOK.definitions, kind.name)


def test_a_vocabulary_that_a_fact_asks_for_and_nobody_fills_is_empty() -> None:
    alone = unioncore.compose(discover=False)
    assert BOOK.words_of("employer_kind")
    assert not alone.words_of("employer_kind")
    assert alone.own_union is None
    assert BOOK.own_union == "unison"


def test_a_key_that_may_be_missing_is_asked_for_without_an_error() -> None:
    bodies = BOOK.named(Body)
    assert "njc" in bodies
    assert "njcc" not in bodies
    assert bodies.get("njcc") is None
    assert bodies.get("njc") is BOOK.body("njc")
    assert set(bodies) == {body.key for body in BOOK.definitions.bodies}
    assert pickle.loads(pickle.dumps(bodies)) == bodies


def test_the_texts_that_definitions_name_are_at_hand() -> None:
    texts = BOOK.texts_of("employer.key")
    assert {"kent-police", "british-transport-police"} <= texts
    assert "kent-polise" not in texts
    assert not BOOK.texts_of("employer.nation") - set(BOOK.words_of("nation"))


def test_a_track_runs_the_version_that_it_names() -> None:
    case = a_case(BOOK)
    track = case.tracks[UNION_TRACK]
    version = BOOK.case_type_version(track)
    assert version is not None
    assert (version.name, DAY in version.period) == (track.version, True)
    assert BOOK.case_type_version(attrs.evolve(track, version="1066-10-14")) is None
    assert BOOK.case_type_version(attrs.evolve(track, case_type="of.a.plugin.that.is.gone")) is None


def test_a_parameter_says_which_fact_is_misspelt_and_which_word_is_wrong() -> None:
    with pytest.raises(UnknownName) as raised:
        BOOK.parameter("unison.nec_seats", on=DAY, employer__naton="England")
    assert (raised.value.kind, raised.value.name) == ("fact", "employer.naton")
    assert raised.value.suggestion == "employer.nation"
    with pytest.raises(BadFacts) as wrong:
        BOOK.parameter("unison.nec_seats", on=DAY, employer__nation="Scottland")
    with pytest.raises(BadFacts) as asked:
        unioncore.ask(BOOK, {"employer.nation": "Scottland"}, "may_represent", on=DAY)
    assert wrong.value.problems == asked.value.problems
    assert [each.suggestion for each in wrong.value.problems] == ["Scotland"]
    with pytest.raises(BadFacts):
        BOOK.parameter("unison.nec_seats", on=DAY, may_represent=True)


def test_leaving_out_a_plugin_that_nobody_has_is_an_error() -> None:
    with pytest.raises(UnknownName) as raised:
        unioncore.compose(block=["police-justce"])
    assert (raised.value.kind, raised.value.suggestion) == ("plugin", "police-justice")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"membership.joined": date(2026, 6, 2)}, "not yet a member"),
        ({"membership.joined": DAY}, ""),
        ({"incident.on": date(2026, 6, 2)}, "has not happened yet"),
        ({"incident.on": DAY}, ""),
        ({"person.born": date(2020, 1, 6), "membership.joined": date(2020, 1, 5)}, "are born"),
        ({"person.born": date(2020, 1, 5), "membership.joined": date(2020, 1, 5)}, ""),
        (
            {"membership.category_since": date(2020, 1, 4), "membership.joined": date(2020, 1, 5)},
            "does not begin before",
        ),
        (
            {"membership.category_since": date(2020, 1, 5), "membership.joined": date(2020, 1, 5)},
            "",
        ),
        ({"claim.day_a": DAY, "claim.day_b": date(2026, 5, 31)}, "is not received before"),
        ({"claim.day_a": DAY, "claim.day_b": DAY}, ""),
        ({"ballot.opened": DAY, "ballot.closed": date(2026, 5, 31)}, "does not close before"),
        ({"ballot.opened": DAY, "ballot.closed": DAY}, ""),
    ],
)
def test_days_that_cannot_be_are_said_to_contradict(facts: dict[str, Any], said: str) -> None:
    answer = unioncore.ask(BOOK, facts, "political_fund", on=DAY)["political_fund"]
    found = [each for each in answer.warnings if "contradict" in each]
    assert [said in each for each in found] == ([True] if said else [])
