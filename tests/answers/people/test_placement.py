"""Nobody has two bodies of one level unless a definition says that one works under the other."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from tests.books import everything

import unioncore
from unioncore.answers import covers
from unioncore.describe import items
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import BargainingLevel, BodyKind
from unioncore.rules import Condition
from unioncore.rules.condition import Compare, Literal, Name, OneOf, walk
from unioncore.testing.strategies import days, facts

BOOK = everything()
BODIES = {
    body.key: body
    for body in BOOK.definitions.bodies
    if body.kind is BodyKind.NEGOTIATING and body.versions
}


def asked_about() -> set[str]:
    """Return every fact that the negotiating bodies of somebody can turn on."""
    reads: dict[str, set[str]] = {}
    for item in items(BOOK):
        for decided in (item.decides, *item.also):
            reads.setdefault(decided, set()).update(item.reads)
    found, open_ = set[str](), {"negotiating_bodies"}
    while open_:
        found |= open_
        open_ = {name for key in open_ for name in reads.get(key, ())} - found
    return found


def spoken_of(when: Condition) -> dict[str, set[Any]]:
    """Return the words that a condition compares recorded facts with."""
    found: dict[str, set[Any]] = {}
    for part in walk(when):
        match part:
            case Compare("==", Name(key), Literal(value)):
                found.setdefault(key, set()).add(value)
            case OneOf(Name(key), words):
                found.setdefault(key, set()).update(word.value for word in words)
    return {key: words for key, words in found.items() if not BOOK.rules.fact(key).derived}


def people() -> st.SearchStrategy[dict[str, Any]]:
    """Return people whom, as far as words go, some body covers; other facts are as they fall."""
    relevant = asked_about()
    anybody = facts(BOOK).map(lambda person: {k: v for k, v in person.items() if k in relevant})
    covered = [
        st.fixed_dictionaries(
            {key: st.sampled_from(sorted(words)) for key, words in spoken_of(when).items()}
        )
        for body in BODIES.values()
        for when in (version.covers for version in body.versions)
    ]
    if not covered:
        return anybody
    return st.builds(lambda person, known: {**person, **known}, anybody, st.one_of(covered))


def above(key: str) -> set[str]:
    """Return the bodies under which a body works."""
    found: set[str] = set()
    while key in BODIES and BODIES[key].parent:
        key = BODIES[key].parent
        found.add(key)
    return found


def level(key: str, on: date) -> BargainingLevel | None:
    version = next((each for each in BODIES[key].versions if on in each.period), None)
    return None if version is None else version.level


def bodies_of(person: Mapping[str, Any], on: date) -> frozenset[str]:
    """Return the bodies of somebody who can exist, as far as they are known."""
    found = unioncore.ask(BOOK, person, "negotiating_bodies", on=on)["negotiating_bodies"]
    assume(not any("contradict" in warning for warning in found.warnings))
    return found.value if found.known else frozenset()


@pytest.mark.slow
@pytest.mark.needs_plugins
@given(people(), days(BOOK))
@settings(max_examples=400)
def test_two_bodies_of_one_level_are_one_above_the_other(person: dict[str, Any], on: date) -> None:
    bodies = bodies_of(person, on)
    event(f"bodies: {len(bodies)}")
    for one, other in combinations(sorted(bodies), 2):
        if level(one, on) is not None and level(one, on) is level(other, on):
            assert one in above(other) or other in above(one), (one, other)


@pytest.mark.needs_plugins
def test_two_bodies_of_one_level_do_occur() -> None:
    """NHS Scotland: its own committee works under the council of the United Kingdom."""
    nurse = {"employer.kind": "nhs-board", "employer.nation": "Scotland"}
    nurse |= {"job.group": "agenda-for-change"}
    on = date(2024, 6, 1)
    assert bodies_of(nurse, on) == {"nhs-sc", "stac"}
    assert {level("nhs-sc", on), level("stac", on)} == {BargainingLevel.NATIONAL}
    assert above("stac") == {"nhs-sc"}


@pytest.mark.needs_plugins
@given(people(), days(BOOK))
def test_one_body_is_answered_as_the_set_has_it(person: dict[str, Any], on: date) -> None:
    whole = unioncore.placement(BOOK, person, on=on).negotiating_bodies
    for key, body in BODIES.items():
        if body.decides != "negotiating_bodies":
            continue
        one = covers(BOOK, key, person, on=on)
        if whole.known:
            assert one.value is (key in whole.value)
        elif whole.in_part is not None:
            perhaps = key in whole.in_part.perhaps
            assert one.known is not perhaps
            assert perhaps or one.value is (key in whole.at_least)


@pytest.mark.needs_plugins
def test_a_body_that_is_misspelt_is_named() -> None:
    with pytest.raises(UnknownName, match="did you mean 'psc-ew'"):
        covers(BOOK, "psc-we", {}, on=date(2024, 6, 1))


COUNCIL = {"employer.kind": "council", "employer.nation": "England", "work.region": "NW"}


@pytest.mark.needs_plugins
def test_what_follows_from_a_set_known_in_part_is_known() -> None:
    clerk = COUNCIL | {"job.group": "local-government-services"}
    place = unioncore.placement(BOOK, clerk, on=date(2024, 6, 1))
    assert not place.negotiating_bodies.known
    assert place.negotiating_bodies.at_least == {"njc"}
    assert place.bargaining_level.value == "national"
    assert place.union_has_seat.value is True


@pytest.mark.needs_plugins
@given(st.lists(people(), max_size=4), days(BOOK))
def test_many_are_answered_as_each_is(some: list[dict[str, Any]], on: date) -> None:
    rows = [*some, *some]
    many = unioncore.ask_many(BOOK, rows, "negotiating_bodies", "service_group", on=on)
    assert many == [
        unioncore.ask(BOOK, row, "negotiating_bodies", "service_group", on=on) for row in rows
    ]


@pytest.mark.needs_plugins
def test_many_keep_their_warnings_and_every_problem_has_its_row() -> None:
    kent = {"employer.key": "kent-police", "employer.kind": "police-force"}
    kent |= {"employer.nation": "England", "job.group": "police-staff"}
    on = date(2026, 6, 1)
    (first, second) = unioncore.placements(BOOK, [kent, COUNCIL], on=on)
    assert first.negotiating_bodies.value == frozenset()
    assert any("conflict" in warning for warning in first.negotiating_bodies.warnings)
    assert second == unioncore.placement(BOOK, COUNCIL, on=on)
    wrong = [kent, kent | {"employer.kind": "police-forc"}, {"job.grup": "police-staff"}]
    with pytest.raises(BadFacts) as caught:
        unioncore.placements(BOOK, wrong, on=on)
    told = [(each.fact, each.suggestion) for each in caught.value.problems]
    assert told == [("row 2: employer.kind", "police-force"), ("row 3: job.grup", "job.group")]
