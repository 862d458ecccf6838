"""What the ``repr`` of any public value shows: one short line, and nothing about people."""

import json
import re
from datetime import date
from importlib import resources
from pathlib import Path
from types import FunctionType
from typing import Any

import attrs
import pytest

import unioncore
from tests.books import everything
from tests.casework import a_union
from tests.planted import PLANTED, made, modules, public_classes
from unioncore.answers import Desk
from unioncore.model import Note
from unioncore.rulebook import Rulebook
from unioncore.stories import read_story, run_story

ONE_LINE = 200

IDENTIFIERS = {
    # in the rulebook, and in the structure of a union
    *("key", "kind", "plugin", "prefix", "name", "version", "distribution", "file", "path", "of"),
    *("fact", "rule", "decides", "vocabulary", "operator", "value", "function", "item", "by"),
    *("instrument", "provision", "what", "who", "to", "from_state", "event", "to_state", "body"),
    *("agreement", "union", "nation", "refers", "words", "pattern", "reference", "table"),
    *("office", "role", "constituency", "unit"),
    # of a case: what it is called by, and the words of its case type
    *("case", "track", "case_type", "clock", "state", "compartment", "tier", "escalates_to"),
    *("act", "how", "binding"),
    # of a pay scale, of a way of counting, of a provision that was read, and of who can exist
    *("scale", "point", "weeks", "until", "at", "employer_kind", "job_group"),
    # of a union's register in use: ballots, check-off, claims and pay
    *("employer", "workplace", "category", "ballot", "before", "notice", "code", "strike"),
    *("clause", "hours", "band", "pays", "language"),
    # of what is kept where: a folder, or a database with its password hidden
    *("folder", "store", "shown"),
    # what people call a thing, or a trouble
    "said",
    # the message of an error, whose words are asked about below
    *("message", "problem", "reason", "got", "where", "expected", "advice", "column", "text"),
    *("id", "suggestion", "calendar", "asked", "needs", "install", "found", "change", "missing"),
    *("problems", "reasons", "faults", "predicate"),
}
"""The text fields that a ``repr`` may show."""

PEOPLE = {
    *("Person", "Membership", "Job", "Arrears", "FundChoice", "GroupMember", "Holding"),
    *("RetentionContact", "MemberStanding", "PoliticalFund"),
    *("Accreditation", "MemberAnswers", "PlacedJob", "Held", "RepTraining", "RepStanding"),
    *("Representative", "ActivistPath", "Training", "Notice", "TimeTaken", "RepTime"),
    *("ContactChoice", "EventApplication", "Candidate", "Assignment", "SeenNote", "SeenLog"),
    *("Representative", "ActivistPath", "Training", "Notice", "TimeTaken", "ContactChoice"),
    *("EventApplication", "Candidate", "Assignment", "SeenNote", "SeenLog"),
    *("Delegate", "NamedDelegate"),
    *("MonitoringRound", "MonitoringCount", "OwnMonitoring"),
    *("Address", "PaymentMethod", "BallotPaper", "BallotDecision"),
    *("Claimant", "ClaimEvent", "ClaimantStanding", "StrikeClaim"),
}
"""The classes that are about people: they show no text at all, but for words of the rulebook."""
WORDS = {"tier", "compartment", "act"}


CLASSES = public_classes()


@pytest.mark.parametrize("name", CLASSES)
def test_a_repr_is_one_short_line_without_what_people_wrote_or_are(name: str) -> None:
    said = repr(made(CLASSES[name]))
    assert said.isprintable()
    assert len(said) <= ONE_LINE
    for owner, shown in re.findall(rf"{PLANTED}<(\w+)\.(\w+)>", said):
        assert shown in (WORDS if owner in PEOPLE else IDENTIFIERS), (owner, shown)


def test_no_private_class_has_the_repr_of_attrs_which_shows_every_field() -> None:
    private = {
        each
        for module in modules()
        for name, each in vars(module).items()
        if name.startswith("_") and isinstance(each, type) and attrs.has(each)
    }
    written = [each for each in private if isinstance(vars(each).get("__repr__"), FunctionType)]
    generated = [each for each in written if "attrs" in each.__repr__.__code__.co_filename]
    assert private
    assert generated == []


# -- the example union, and what errors say --------------------------------------------------------

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


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


@pytest.mark.needs_plugins
def test_a_case_shows_how_it_stands_and_a_note_only_that_it_is_one(book: Rulebook) -> None:
    desk = Desk(rulebook=book, union=a_union())
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    note = Note(on=DAY, by="edda", track="union", text=PLANTED, level="closed")
    desk = desk.enter("C-1", note).ok().desk
    assert repr(desk.case("C-1")) == "<Case C-1, union: enquiry, entries: 2>"
    assert repr(note) == "<Note note, union, 2026-06-01>"
    refused = desk.enter("C-1", attrs.evolve(note, track=PLANTED, text=PLANTED))
    assert repr(refused).startswith("<Refusal <Note note, ")


TOLD = sorted(Path(__file__).parent.rglob("told/s0[1-7]*.json"))


@pytest.mark.needs_plugins
@pytest.mark.parametrize("file", TOLD[::4], ids=lambda file: file.stem)
def test_what_comes_of_a_story_shows_none_of_its_people(book: Rulebook, file: Path) -> None:
    found = run_story(book, read_story(file))
    people: Any = (found.story.union or {}).get("people", [])
    entries = [entry for case in found.cases.values() for entry in case.entries]
    secrets = {
        text
        for each in entries
        for name in ("text", "reason", "person")
        if (text := getattr(each, name, ""))
    }
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
