"""Runs a told story: opens its cases, enters what happened, and compares with what is expected."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from attrs import frozen

from unioncore.answers import (
    Deadline,
    Refusal,
    apply,
    assign,
    deadlines,
    open_case,
    open_matter,
)
from unioncore.model import TABLES, Act, Case, Entry, Union
from unioncore.records import read_files
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown
from unioncore.stories.asking import Expectation, Expected
from unioncore.stories.story import Story, ToldEntry

__all__ = ["Line", "Told", "run_story"]


@frozen
class Line(Shown, shows="good"):
    """One line of what came of a story."""

    what: str
    """``entry``, ``state``, ``deadline``, ``representative`` or ``expected``."""
    text: str
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


def run_story(rulebook: Rulebook, story: Story) -> Told:
    """Run a story: open the cases, enter what happened, and compare with what is expected.

    Raises:
        BadUnion: when the rows of the story's union have faults.
    """
    return _Runner(rulebook, story).run()


class _Runner:
    def __init__(self, rulebook: Rulebook, story: Story) -> None:
        self.rulebook = rulebook
        self.story = story
        self.union = _union(story, rulebook)
        self.cases: dict[str, Case] = {}
        self.lines: list[Line] = []

    def run(self) -> Told:
        for each in self.story.cases:
            given: Any = {"reference": each.reference, "branch": each.branch, "on": each.opened}
            if each.person:
                opened = open_case(self.rulebook, person=each.person, **given)
            else:
                opened = open_matter(self.rulebook, about=each.about or "", **given)
            self.cases[opened.reference] = opened
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

    def enter(self, told: ToldEntry) -> None:
        reference = told.case or next(iter(self.cases), "")
        case, entry = self.cases[reference], told.entry()
        others = [each for key, each in self.cases.items() if key != reference]
        now = self.union.on(entry.on)
        if entry.act is Act.ASSIGN:
            every = [*others, case]
            found = assign(self.rulebook, now, every, case, entry, parties=told.parties)
        else:
            found = apply(self.rulebook, case, entry)
        head = f"{entry.on.isoformat()} {reference}: {_said(entry)}"
        wanted = told.refused
        if isinstance(found, Refusal):
            good = bool(wanted) and wanted in str(found)
            self.lines.append(Line("entry", f"{head}: refused: {found}", good))
            return
        self.cases[reference] = found
        self.lines.append(Line("entry", head, not wanted))

    def deadlines(self) -> tuple[Deadline, ...]:
        found: list[Deadline] = []
        for case in self.cases.values():
            settings = self.union.clock_settings
            found += deadlines(self.rulebook, case, on=self.story.as_of, settings=settings)
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
            rulebook=self.rulebook,
            union=self.union,
            cases=self.cases,
            deadlines=found,
            told=told,
            as_of=self.story.as_of,
        )
        got, wanted = asked.answer(), told.is_
        good = got == wanted
        if told.what == "view":
            good = set(told.shows) <= set(got) and not set(told.hides) & set(got)
            wanted = _wanted(told.shows, told.hides)
            got = ", ".join(got) or "nothing"
        sentence = f" ({told.from_})" if told.from_ else ""
        parts = (asked.reference, told.track, told.name)
        text = f"{told.what} {'/'.join(part for part in parts if part)}: {got}{sentence}"
        if not good:
            text += f"; expected {wanted}"
        self.lines.append(Line("expected", text, good))


def _wanted(shows: Collection[str], hides: Collection[str]) -> str:
    said = [", ".join(shows)] if shows else []
    return "; ".join(said + ([f"not {', '.join(hides)}"] if hides else []))


def _union(story: Story, rulebook: Rulebook) -> Union:
    """Return the story's own union, read as a folder would be."""
    key = story.union.get("key", rulebook.own_union or "")
    files = {"union.toml": f'union = "{key}"\n'.encode()}
    for table, rows in story.union.items():
        if table == "policies":
            files["policies/story.toml"] = str(rows).encode()
        elif table in TABLES:
            files[f"{table}.ndjson"] = "\n".join(map(json.dumps, rows)).encode()
    return read_files(files, rulebook).ok()


def _said(entry: Entry) -> str:
    parts = [entry.track, str(entry.act), entry.case_type or entry.event, entry.person]
    return " ".join(part for part in parts if part)
