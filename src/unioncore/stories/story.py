"""A told story as it is written, and what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

import attrs
from attrs import field, frozen

from unioncore.errors import BadStory, nearest
from unioncore.forms import Text, Unexpected, Unfit, faults_of, schema, structure
from unioncore.model import ACTS, TABLES, UNION_TRACK, CaseEntry
from unioncore.paths import AnyPath, as_path, read_json
from unioncore.shown import Shown
from unioncore.stories.asking import QUESTIONS, Expectation
from unioncore.stories.changing import TOLD_CHANGES

__all__ = ["Story", "ToldCase", "ToldEntry", "read_story", "story_schema"]

NARRATOR = "narrator"
"""Who enters what is told without saying who: somebody who holds no office."""

_OF_TRACK = [what for what, question in QUESTIONS.items() if question.of == "track"]
"""What is asked of a track, which must be there."""
_OF_UNION = [what for what, question in QUESTIONS.items() if question.of == "union"]
"""What is asked of the union, and of no case."""


@frozen(kw_only=True)
class ToldCase(Shown, shows="reference opened"):
    """A case of a member, or a collective matter, as it is told."""

    reference: Text
    opened: date
    person: Text | None = None
    """The member; empty for a matter."""
    about: Text | None = None
    """What a collective matter is about."""
    branch: str = ""

    schema: ClassVar[Any] = {"oneOf": [{"required": ["person"]}, {"required": ["about"]}]}

    @staticmethod
    def amiss(plain: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
        """Say where it is nobody's, or both a member's and a matter."""
        if ("person" in plain) == ("about" in plain):
            said = "the member, or in about what a collective matter is about"
            yield "person", Unexpected(said)


_TOLD: dict[str, type] = {}
"""The class of each act as it is told."""


class ToldEntry(Shown):
    """An entry that is told: the fields of its act, and what the story says besides."""

    __slots__ = ()
    one_of: ClassVar[tuple[str, Mapping[str, type]]] = ("act", _TOLD)

    def entry(self) -> CaseEntry:
        """Return it as it is entered into a case."""
        told: Any = self
        act = ACTS[told.act]
        return act(**{each.name: getattr(told, each.name) for each in attrs.fields(act)})


def _told(said: str, default: str = "") -> Any:
    return field(default=default, type=str, metadata={"about": said})


for _act, _class in ACTS.items():
    _TOLD[_act] = attrs.make_class(
        f"Told{_class.__name__}",
        {
            "by": _told("Who entered it; the narrator, where nobody is told.", NARRATOR),
            "case": _told("The case that it belongs to; empty for the first."),
            "from_": _told("The sentence that it comes from."),
            "refused": _told("A part of why it is refused; empty where it is not."),
        },
        bases=(ToldEntry, _class),
        frozen=True,
        kw_only=True,
        slots=True,
    )
_TOLD |= TOLD_CHANGES


@frozen
class Story(Shown, shows="cases told expect"):
    """A story as it is told."""

    title: str
    as_of: date
    nation: str = ""
    source: str = ""
    union: Mapping[str, Any] = field(factory=dict)
    """Rows of tables, by table; and ``policies``, the text of a policy file. Or only ``folder``, a
    union's folder, as it lies beside the story's file."""
    cases: tuple[ToldCase, ...] = ()
    told: tuple[ToldEntry, ...] = ()
    """What was entered into cases, and what changed in the union, in order."""
    expect: tuple[Expectation, ...] = ()

    @staticmethod
    def amiss(plain: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
        """Give the tables that there are not, and what is named and not told."""
        union = plain.get("union")
        for table, rows in union.items() if isinstance(union, dict) else ():
            if table in ("policies", "key", "folder"):
                if not isinstance(rows, str):
                    yield f"union.{table}", Unexpected("text")
            elif table not in TABLES:
                yield f"union.{table}", Unfit("no such table", nearest(table, TABLES))
            elif not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                yield f"union.{table}", Unexpected("a list of objects")
        if isinstance(union, dict) and "folder" in union and len(union) > 1:
            yield "union.folder", Unfit("stands alone: the folder says everything of the union")
        yield from _wrong_names(plain)


def read_story(path: AnyPath) -> Story:
    """Read a story; raises ``BadStory`` with everything that is wrong, each with ``path``."""
    path = as_path(path, "path")
    try:
        plain = read_json(path)
    except (OSError, ValueError) as error:
        raise BadStory((f"{path}: cannot be read as JSON: {error}",)) from None
    try:
        story = structure(plain, Story)
    except Exception as error:
        wrong = ((str(path), at, str(each)) for at, each in faults_of(error))
        raise BadStory(tuple(": ".join(filter(None, each)) for each in wrong)) from None
    if folder := story.union.get("folder"):
        return attrs.evolve(story, union={"folder": str(path.parent / folder)})
    return story


def story_schema() -> dict[str, Any]:
    """Return the JSON Schema of a story."""
    return schema(Story, "A told story")


def _wrong_names(plain: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
    """Give the cases that are named and not opened, and what views name that is not told."""
    cases, told, expect = (_objects(plain.get(key)) for key in ("cases", "told", "expect"))
    names = _Names({str(each.get("reference")): each for _, each in cases}, told, expect)
    union = plain.get("union")
    people = None if isinstance(union, dict) and "folder" in union else names.people(union)
    yield from names.unopened_cases()
    yield from names.untold_tracks()
    yield from names.wrong_views(people)


_Objects = list[tuple[int, Mapping[str, Any]]]
"""The objects of a list, each with its place."""


@frozen(eq=False, repr=False)
class _Names:
    """What a story names, held against what it tells; it need not be sound otherwise."""

    cases: Mapping[str, Mapping[str, Any]]
    """The cases that are opened, by reference."""
    told: _Objects
    expect: _Objects

    def unopened_cases(self) -> Iterator[tuple[str, Unfit]]:
        """Give the entries and questions about a case that is not opened."""
        told = [(n, each) for n, each in self.told if each.get("act") not in TOLD_CHANGES]
        asked = [(n, each) for n, each in self.expect if each.get("what") not in _OF_UNION]
        for key, rows in (("told", told), ("expect", asked)):
            for number, each in rows:
                if (case := self._case_of(each)) not in self.cases:
                    yield f"{key}[{number}].case", _unknown("case", case, self.cases)

    def untold_tracks(self) -> Iterator[tuple[str, Unfit]]:
        """Give the questions about a track that no entry of the case names."""
        for number, each in self.expect:
            case, track, what = self._case_of(each), each.get("track"), each.get("what")
            if what in _OF_UNION or case not in self.cases:
                continue
            if track is None and what not in _OF_TRACK:
                continue
            known = {str(entry["track"]) for entry in self._entries(case) if entry.get("track")}
            known |= {UNION_TRACK} if self._member(case) else set()
            if (name := str(track or "")) not in known:
                yield f"expect[{number}].track", _unknown("track", name, known)

    def wrong_views(self, people: Collection[str] | None) -> Iterator[tuple[str, Unfit]]:
        """Give each view by a person whom the story does not name, and each part its case lacks.

        ``people`` are the keys of those whom it names; None: they stand in a folder.
        """
        for number, each in self.expect:
            if each.get("what") != "view":
                continue
            name = str(each.get("name", ""))
            if people is not None and name not in people:
                yield f"expect[{number}].name", _unknown("person", name, people)
            parts = self._parts(self._case_of(each))
            for key in ("shows", "hides"):
                named = each.get(key)
                listed = map(str, named if isinstance(named, list) else ())
                for place, part in enumerate(listed):
                    if part not in parts:
                        wrong = _unknown("part of the case", part, parts)
                        yield f"expect[{number}].{key}[{place}]", wrong

    def people(self, union: Any) -> set[str]:
        """Return the keys of a union's people, of those who join it, and of members of cases."""
        rows = _objects(union.get("people") if isinstance(union, dict) else ())
        joined = _objects([each.get("person") for _, each in self.told])
        members = {self._member(case) for case in self.cases} - {""}
        return {str(each.get("key")) for _, each in (*rows, *joined)} | members

    def _parts(self, case: str) -> set[str]:
        """Return what a view of a case may show: the case, whose it is, and what entries name."""
        opened = self.cases.get(case, {})
        found = {case, str(opened.get("person", "")), str(opened.get("about", ""))}
        found |= {UNION_TRACK} if opened.get("person") else set()
        for entry in self._entries(case):
            found |= {str(entry.get(key, "")) for key in ("track", "reference", "person")}
        return found - {""}

    def _case_of(self, row: Mapping[str, Any]) -> str:
        """Return the case that an entry or a question is about: the first, unless it says."""
        return str(row.get("case", next(iter(self.cases), "")))

    def _entries(self, case: str) -> Iterator[Mapping[str, Any]]:
        return (entry for _, entry in self.told if self._case_of(entry) == case)

    def _member(self, case: str) -> str:
        return str(self.cases.get(case, {}).get("person", ""))


def _objects(rows: Any) -> _Objects:
    """Return the objects of a list with their places; what else is wrong is said elsewhere."""
    listed = rows if isinstance(rows, list) else ()
    return [(number, each) for number, each in enumerate(listed) if isinstance(each, dict)]


def _unknown(kind: str, name: str, known: Collection[str]) -> Unfit:
    hint = nearest(name, known)
    return Unfit(f"no {kind} {name!r} is told", hint)
