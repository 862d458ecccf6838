"""Runs a told story: opens its cases, enters what happened, and compares with what is expected."""

import json
from collections.abc import Collection, Mapping
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.answers import Deadline, Desk, Refusal, deadlines
from unioncore.checked import checked
from unioncore.errors import BadStory, ChangeRefused, shortened
from unioncore.model import TABLES, Case, CaseEntry, Employer, Person, Union, Unit
from unioncore.records import read_files, read_union
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown
from unioncore.stories.asking import Expectation, Expected
from unioncore.stories.changing import ToldChange
from unioncore.stories.story import NARRATOR, Story

__all__ = ["Line", "Told", "run_story"]


@frozen
class Line(Shown, shows="good"):
    """One line of what came of a story."""

    what: str
    """``entry``, ``state``, ``deadline``, ``representative`` or ``expected``."""
    text: str = field(converter=shortened)
    """What came of it; a word of the story that is very long is shown in short."""
    good: bool = True
    """Whether it is as the story expects; what it does not expect is good."""


@frozen
class Told(Shown, shows="story cases deadlines lines"):
    """What came of a story."""

    story: Story
    cases: Mapping[str, Case]
    deadlines: tuple[Deadline, ...]
    lines: tuple[Line, ...]

    @property
    def good(self) -> bool:
        """Whether everything is as the story expects."""
        return all(line.good for line in self.lines)


@checked
def run_story(rulebook: Rulebook, story: Story) -> Told:
    """Run a story: open the cases, enter what happened, and compare with what is expected.

    Raises:
        BadStory: when it names no union, and no plugin says which it is.
        BadUnion: when the rows of the story's union have faults.
    """
    return _Runner(rulebook, story).run()


class _Runner:
    def __init__(self, rulebook: Rulebook, story: Story) -> None:
        self.rulebook = rulebook
        self.story = story
        self.desk = Desk(rulebook=rulebook, union=_union(story, rulebook))
        self.lines: list[Line] = []

    def run(self) -> Told:
        for each in self.story.cases:
            given: Any = {"reference": each.reference, "branch": each.branch, "on": each.opened}
            if each.person:
                opened = self.desk.open_case(person=each.person, by=NARRATOR, **given)
            else:
                opened = self.desk.open_matter(about=each.about or "", **given)
            if isinstance(opened, Refusal):
                said = f"{each.opened.isoformat()} {each.reference}: refused: {opened}"
                self.lines.append(Line("entry", said, good=False))
            else:
                self.desk = opened.desk
        for told in self.story.told:
            self.enter(told)
        found = self.deadlines()
        self.states()
        for deadline in found:
            self.lines.append(
                Line("deadline", f"{deadline.case}/{deadline.track}: {deadline.sentence()}")
            )
        for expected in self.story.expect:
            self.expected(expected, found)
        return Told(self.story, dict(self.cases), found, tuple(self.lines))

    def enter(self, told: Any) -> None:
        if isinstance(told, ToldChange):
            self.change(told)
            return
        reference, entry = told.case or self.story.cases[0].reference, told.entry()
        head = f"{entry.on.isoformat()} {reference}: {_said(entry)}"
        if reference not in self.cases:
            self.lines.append(Line("entry", f"{head}: the case was not opened", good=False))
            return
        found = self.desk.enter(reference, entry)
        if isinstance(found, Refusal):
            good = bool(told.refused) and told.refused in str(found)
            self.lines.append(Line("entry", f"{head}: refused: {found}", good))
            return
        self.desk = found.desk
        self.lines.append(Line("entry", head, not told.refused))
        self.lines += [Line("entry", f"{head}: warning: {warning}") for warning in found.warnings]

    def change(self, told: Any) -> None:
        head = f"{told.on.isoformat()} {told}"
        try:
            union = told.made(self.rulebook, self.desk.union)
        except ChangeRefused as refused:
            good = bool(told.refused) and told.refused in str(refused)
            self.lines.append(Line("entry", f"{head}: refused: {refused}", good))
            return
        self.desk = attrs.evolve(self.desk, union=union)
        self.lines.append(Line("entry", head, not told.refused))

    @property
    def cases(self) -> Mapping[str, Case]:
        return self.desk.cases

    def deadlines(self) -> tuple[Deadline, ...]:
        every = tuple(self.cases.values())
        found: list[Deadline] = []
        for case in every:
            settings, on = self.desk.union.clock_settings, self.story.as_of
            found += deadlines(self.rulebook, case, on=on, settings=settings, others=every)
        return tuple(found)

    def states(self) -> None:
        for reference, case in self.cases.items():
            for track in case.tracks.values():
                who = ", ".join(f"{a.person} ({a.tier})" for a in track.assigned(self.story.as_of))
                text = f"{reference}/{track.key}: {track.case_type} is {track.state}"
                self.lines.append(Line("state", text))
                if who:
                    self.lines.append(Line("representative", f"{reference}/{track.key}: {who}"))

    def expected(self, told: Expectation, found: tuple[Deadline, ...]) -> None:
        asked = Expected(
            desk=self.desk,
            deadlines=found,
            told=told,
            as_of=self.story.as_of,
        )
        if asked.of_case and asked.reference not in self.cases:
            said = f"{told.what} {asked.reference}: the case was not opened"
            self.lines.append(Line("expected", said, good=False))
            return
        got, wanted = asked.answer(), told.is_
        good = got == wanted
        if told.what == "view":
            good = set(told.shows) <= set(got) and not set(told.hides) & set(got)
            wanted = _wanted(told.shows, told.hides)
            got = ", ".join(got) or "nothing"
        sentence = f" ({told.from_})" if told.from_ else ""
        parts = (asked.reference if asked.of_case else "", told.track, told.name)
        text = f"{told.what} {'/'.join(part for part in parts if part)}: {got}{sentence}"
        if not good:
            text += f"; expected {wanted}"
        self.lines.append(Line("expected", text, good))


def _wanted(shows: Collection[str], hides: Collection[str]) -> str:
    said = [", ".join(shows)] if shows else []
    return "; ".join(said + ([f"not {', '.join(hides)}"] if hides else []))


def _union(story: Story, rulebook: Rulebook) -> Union:
    """Return the story's own union, read as a folder would be, and the narrator in it.

    Of a story that tells no records, those whom its cases name are all that there is.
    """
    if folder := story.union.get("folder"):
        return read_union(folder, rulebook).ok().append(Person(key=NARRATOR, name="the narrator"))
    key = story.union.get("key", rulebook.own_union)
    if key is None:
        said = "union.key: needed, because no plugin that is loaded says which union it is"
        raise BadStory((said,))
    named: list[Person | Unit | Employer] = [Person(key=NARRATOR, name="the narrator")]
    tables = {table: rows for table, rows in story.union.items() if table in TABLES}
    if not tables:
        people = dict.fromkeys(each.person for each in story.cases if each.person)
        branches = dict.fromkeys(each.branch for each in story.cases if each.branch)
        told = (getattr(each, "employer", "") for each in story.told)
        matters = dict.fromkeys((*(each.about for each in story.cases), *told))
        named += [Person(key=each, name=each) for each in people]
        named += [Employer(key=each, kind="", name=each) for each in matters if each]
        named += [Unit(key=each, kind="branch", name=each) for each in branches]
    # What a story may hold and a file may not is reported by who reads the file.
    files = {"union.toml": f'union = "{key}"\n'.encode(errors="surrogatepass")}
    if "policies" in story.union:
        policies = str(story.union["policies"])
        files["policies/story.toml"] = policies.encode(errors="surrogatepass")
    for table, rows in tables.items():
        files[f"{table}.ndjson"] = "\n".join(
            json.dumps(row, default=float) for row in rows
        ).encode()
    return read_files(files, rulebook).ok().append(*named)


def _said(entry: CaseEntry) -> str:
    names = ("case_type", "event", "person")
    said = (getattr(entry, name, "") for name in names)
    return " ".join(part for part in (entry.track, entry.act, *said) if part)
