"""What the ``repr`` of any public value shows: one short line, and nothing about people."""

import importlib
import inspect
import json
import pkgutil
import re
import types
import typing
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

import unioncore
from unioncore.answers import apply, open_case
from unioncore.model import Act, Entry
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, FactType
from unioncore.stories import read_story, run_story

ONE_LINE = 200
PLANTED = "planted"

IDENTIFIERS = {
    # in the rulebook, and in the structure of a union
    *("key", "kind", "plugin", "prefix", "name", "version", "distribution", "file", "path", "of"),
    *("fact", "rule", "decides", "vocabulary", "operator", "value", "function", "item", "by"),
    *("instrument", "provision", "what", "who", "to", "from_state", "event", "to_state", "body"),
    *("agreement", "union", "nation", "refers", "words", "pattern", "reference"),
    # of a case: what it is called by, and the words of its procedure
    *("case", "track", "case_type", "clock", "state", "compartment", "tier", "escalates_to"),
    *("act", "binding"),
    # the message of an error, whose words are asked about below
    *("message", "problem", "reason", "got", "where", "expected", "advice", "column", "text"),
    *("id", "suggestion", "calendar", "asked", "needs", "install", "found", "change", "missing"),
    *("problems", "reasons", "faults"),
}
"""The text fields that a ``repr`` may show."""

PEOPLE = {
    *("Person", "Membership", "Job", "Arrears", "FundChoice", "GroupMember", "Holding"),
    *("Accreditation", "MemberAnswers", "PlacedJob", "Held", "RepTraining", "RepStanding"),
    *("Candidate", "Assignment", "SeenNote", "SeenLog"),
}
"""The classes that are about people: they show no text at all, but for words of the rulebook."""
WORDS = {"tier", "compartment", "act"}


def public_classes() -> dict[str, type]:
    """Return the classes in the ``__all__`` of the package and of every module in it, by name."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(unioncore.__path__, "unioncore."):
        if "cli" in module.name or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name in getattr(loaded, "__all__", ()):
            each = getattr(loaded, name)
            if inspect.isclass(each) and not issubclass(each, Enum) and attrs.has(each):
                found[f"{each.__module__}.{each.__name__}"] = each
    return found


def filled(kind: Any, name: str, depth: int = 0) -> Any:
    """Return a value of a type in which every text says in which field it was planted."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Answer or kind is Answer:
        planted = filled(str, name)
        return Answer(name, FactType.TEXT, date(2026, 6, 1), known=True, value=planted)
    if origin in (typing.Union, types.UnionType):
        return filled(next(each for each in arguments if each is not type(None)), name, depth)
    if origin in (tuple, frozenset, list, set) or (
        inspect.isclass(origin) and issubclass(origin, Collection)
    ):
        if issubclass(origin, Mapping):
            return {filled(arguments[0], name, depth): filled(arguments[1], name, depth)}
        items = [filled(each, name, depth) for each in arguments if each is not Ellipsis] * 9
        return frozenset(items) if origin in (frozenset, set) else tuple(items)
    if kind in (str, Any, object) or not inspect.isclass(kind):
        return f"{PLANTED}<{name}>\nline\r\x1b " + "long " * 99
    samples: dict[type, Any] = {
        date: date(1961, 2, 3), datetime: datetime(1961, 2, 3), bool: True, int: 12345,
        Decimal: Decimal("12.34"), Fraction: Fraction(1, 3),
    }  # fmt: skip
    if kind in samples:
        return samples[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    if attrs.has(kind) and depth < 4:
        return made(kind, depth + 1)
    return None


def made(kind: type, depth: int = 0) -> Any:
    """Return an instance with every field filled; no check refuses it, as none is called."""
    value = kind.__new__(kind)
    hints = typing.get_type_hints(kind)
    for each in attrs.fields(kind):
        at = f"{kind.__name__}.{each.name}"
        object.__setattr__(value, each.name, filled(hints.get(each.name, Any), at, depth))
    return value


CLASSES = public_classes()


@pytest.mark.parametrize("name", CLASSES)
def test_a_repr_is_one_short_line_without_what_people_wrote_or_are(name: str) -> None:
    said = repr(made(CLASSES[name]))
    assert said.isprintable()
    assert len(said) <= ONE_LINE
    for owner, shown in re.findall(rf"{PLANTED}<(\w+)\.(\w+)>", said):
        assert shown in (WORDS if owner in PEOPLE else IDENTIFIERS), (owner, shown)


# -- the example union, and what errors say --------------------------------------------------------

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return unioncore.compose()


@pytest.mark.needs_plugins
def test_nothing_made_from_a_union_shows_its_people(book: Rulebook) -> None:
    example: Any = resources.files("unioncore_unison") / "example_union"
    union = unioncore.read_union(example, book).ok()
    people = {row.person for row in union.memberships if row.union == "unison"}
    texts = {each.name for each in union.people} | people
    now = union.on(DAY)
    found = unioncore.member(book, now, "M0011")
    values: list[Any] = [union, now, found, found.membership, *found.jobs, *found.history]
    values += [job.placement for job in found.jobs]
    values += [*union.people, *union.memberships, *union.jobs, *union.holdings]
    for each in values:
        said = repr(each)
        assert len(said) <= ONE_LINE
        assert not texts & set(re.split(r"[<> ,]+", said))
        assert found.name not in said
    assert repr(union) == f"<Union unison, people: {len(union.people)}, units: {len(union.units)}>"


def test_a_case_shows_how_it_stands_and_a_note_only_that_it_is_one(book: Rulebook) -> None:
    case: Any = open_case(book, reference="C-1", person="M0002", branch="b", on=DAY)
    note = Entry(
        act=Act.NOTE, on=DAY, recorded=DAY, track="union", text=PLANTED, compartment="closed"
    )
    case = apply(book, case, note)
    assert repr(case) == "<Case C-1, union: enquiry, entries: 2>"
    assert repr(note) == "<Entry note, union, 2026-06-01>"
    refused = apply(book, case, attrs.evolve(note, track=PLANTED, text=PLANTED, reason=PLANTED))
    assert repr(refused).startswith("<Refusal <Entry note, ")


TOLD = sorted(Path(__file__).parent.rglob("told/s0[1-7]*.json"))


@pytest.mark.needs_plugins
@pytest.mark.parametrize("file", TOLD[::4], ids=lambda file: file.stem)
def test_what_comes_of_a_story_shows_none_of_its_people(book: Rulebook, file: Path) -> None:
    found = run_story(book, read_story(file))
    people: Any = (found.story.union or {}).get("people", [])
    entries = [entry for case in found.cases.values() for entry in case.entries]
    secrets = {text for each in entries for text in (each.text, each.reason, each.person) if text}
    secrets |= {text for each in people for text in (each["key"], each["name"])}
    assert secrets
    for value in (found, found.story, *found.cases.values(), *entries, *found.deadlines):
        said = repr(value)
        assert said.isprintable()
        assert len(said) <= ONE_LINE
        assert not [text for text in secrets if text in said]


@pytest.mark.parametrize(
    "facts",
    [
        {"employer.kind": PLANTED, "job.group": PLANTED},
        {"member.joined": PLANTED, "job.earnings": PLANTED, "work.region": PLANTED},
        {"employer.key": ["a list", PLANTED]},
    ],
)
def test_an_error_about_facts_holds_no_value(book: Rulebook, facts: dict[str, Any]) -> None:
    known = {key: value for key, value in facts.items() if key in book.rules.facts}
    with pytest.raises(unioncore.BadFacts) as refused:
        unioncore.ask(book, known, "organised", on=DAY)
    error = refused.value
    assert PLANTED not in f"{error}{error!r}{json.dumps(error.to_dict())}"


def test_the_error_of_an_answer_that_is_not_known_holds_no_value(book: Rulebook) -> None:
    facts = {"employer.key": PLANTED, "job.role": PLANTED}
    known = {key: value for key, value in facts.items() if key in book.rules.facts}
    for answer in unioncore.placement(book, known, on=DAY).answers().values():
        if not answer.known:
            with pytest.raises(unioncore.NotKnown) as refused:
                answer.value  # noqa: B018
            error = refused.value
            assert PLANTED not in f"{error}{error!r}{json.dumps(error.to_dict())}"
