"""A told story as it is written: its fields, what is wrong with it, and its JSON Schema."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.errors import BadStory, did_you_mean, nearest
from unioncore.model import TABLES, UNION_TRACK, Act, Entry
from unioncore.paths import AnyPath, as_path
from unioncore.shown import Shown
from unioncore.stories.asking import QUESTIONS, day_of

__all__ = ["Story", "read_story", "story_schema"]

_ACTS = tuple(str(act) for act in Act)
_CASE = ("reference", "person", "about", "branch", "opened")
"""The fields of a case."""
OWN = ("case", "from", "refused", "parties")
"""Fields of an entry that are the story's and not the case's."""
_SEEN = {
    "shows": "what a view holds: the case or the member by reference, a track, a note, a person",
    "hides": "what a view does not hold; nothing at all, where it is the case",
}
_EXPECTED = ("what", "case", "track", "name", "on", "given", "parties", *_SEEN, "is", "from")
"""The fields of an expectation."""
_OF_TRACK = tuple(what for what, question in QUESTIONS.items() if question.of_track)
"""What is asked of a track, which must be there."""


@frozen
class Story(Shown, shows="cases told expect"):
    """A story as it is told."""

    title: str
    as_of: date
    nation: str = ""
    source: str = ""
    union: Mapping[str, Any] = field(factory=dict)
    """Rows of tables, by table; and ``policies``, the text of a policy file."""
    cases: tuple[Mapping[str, Any], ...] = ()
    told: tuple[Mapping[str, Any], ...] = ()
    """Entries in order, each with the ``case`` that it belongs to and ``from``, its sentence."""
    expect: tuple[Mapping[str, Any], ...] = ()


def read_story(path: AnyPath) -> Story:
    """Read a story; raises ``BadStory`` with everything that is wrong, each with ``path``."""
    path = as_path(path, "path")
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadStory((f"{path}: cannot be read as JSON: {error}",)) from None
    wrong = [f"{path}: {each}" for each in _wrong(plain)]
    if wrong:
        raise BadStory(tuple(wrong))
    return Story(
        title=plain["title"],
        as_of=date.fromisoformat(plain["as_of"]),
        nation=plain.get("nation", ""),
        source=plain.get("source", ""),
        union=plain.get("union", {}),
        cases=tuple(plain.get("cases", ())),
        told=tuple(plain.get("told", ())),
        expect=tuple(plain.get("expect", ())),
    )


def _wrong(plain: Any) -> Iterator[str]:
    if not isinstance(plain, dict):
        yield "expected an object"
        return
    known = [each.name for each in attrs.fields(Story)]
    for key in plain:
        if key not in known:
            hint = nearest(key, known)
            yield f"{key}: no such field" + did_you_mean(hint)
    for key in ("title", "as_of"):
        if not isinstance(plain.get(key), str):
            yield f"{key}: expected text"
    if isinstance(plain.get("as_of"), str) and day_of(plain["as_of"]) is None:
        yield "as_of: expected a day such as 2025-04-15"
    for key in ("cases", "told", "expect"):
        if not isinstance(plain.get(key, []), list):
            yield f"{key}: expected a list"
            continue
        for number, each in enumerate(plain.get(key, ())):
            if not isinstance(each, dict):
                yield f"{key}[{number}]: expected an object"
            elif key == "cases":
                yield from (f"cases[{number}].{said}" for said in _wrong_case(each))
            elif key == "told":
                yield from (f"told[{number}].{said}" for said in _wrong_entry(each))
            elif key == "expect":
                yield from (f"expect[{number}].{said}" for said in _wrong_expectation(each))
    union = plain.get("union", {})
    if not isinstance(union, dict):
        yield "union: expected an object"
    for table in union if isinstance(union, dict) else ():
        if table not in (*TABLES, "policies", "key"):
            hint = nearest(table, TABLES)
            yield f"union.{table}: no such table" + did_you_mean(hint)
    yield from _wrong_names(plain)


def _wrong_case(each: Mapping[str, Any]) -> Iterator[str]:
    for key in each:
        if key not in _CASE:
            yield f"{key}: no such field" + did_you_mean(nearest(key, _CASE))
    if not isinstance(each.get("reference"), str):
        yield "reference: expected text"
    whose = [key for key in ("person", "about") if key in each]
    if len(whose) != 1:
        yield "person: expected the member, or in about what a collective matter is about"
    for key in whose:
        if not isinstance(each[key], str) or not each[key]:
            yield f"{key}: expected text"
    if day_of(each.get("opened")) is None:
        yield "opened: expected a day such as 2025-04-15"


def _wrong_names(plain: Mapping[str, Any]) -> Iterator[str]:
    """Give the cases that are named and not opened, and what views name that is not told."""
    cases, told, expect = (_objects(plain.get(key)) for key in ("cases", "told", "expect"))
    opened = {str(each.get("reference")): str(each.get("person", "")) for _, each in cases}
    abouts = {str(each.get("reference")): str(each.get("about", "")) for _, each in cases}
    first = next(iter(opened), "")
    for key, rows in (("told", told), ("expect", expect)):
        for number, each in rows:
            if each.get("case", first) not in opened:
                yield f"{key}[{number}].case: {_unknown('case', each.get('case', ''), opened)}"
    for number, each in expect:
        case, track = each.get("case", first), each.get("track")
        tracks = {e.get("track") for _, e in told if e.get("case", first) == case}
        own = {UNION_TRACK} if opened.get(str(case)) else set()
        known = own | {str(each) for each in tracks if each}
        needed = each.get("what") in _OF_TRACK
        if case in opened and (needed or track is not None) and track not in known:
            yield f"expect[{number}].track: {_unknown('track', track or '', known)}"
    union = plain.get("union")
    rows = _objects(union.get("people") if isinstance(union, dict) else ())
    people = {str(each.get("key")) for _, each in rows} | set(opened.values()) - {""}
    for number, each in expect:
        if each.get("what") != "view":
            continue
        if each.get("name") not in people:
            yield f"expect[{number}].name: {_unknown('person', each.get('name', ''), people)}"
        case = each.get("case", first)
        whose = opened.get(str(case), "")
        there = {str(case), whose, abouts.get(str(case), ""), UNION_TRACK if whose else ""}
        for _, entry in told:
            if entry.get("case", first) == case:
                there |= {str(entry.get(key, "")) for key in ("track", "reference", "person")}
        for key in _SEEN:
            names = each.get(key, ())
            for place, name in enumerate(names if isinstance(names, list) else ()):
                if name not in there - {""}:
                    said = _unknown("part of the case", name, there)
                    yield f"expect[{number}].{key}[{place}]: {said}"


def _objects(rows: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the objects of a list with their places; what else is wrong is said elsewhere."""
    listed = rows if isinstance(rows, list) else ()
    return [(number, each) for number, each in enumerate(listed) if isinstance(each, dict)]


def _unknown(kind: str, name: Any, known: Collection[str]) -> str:
    hint = nearest(name, known) if isinstance(name, str) and name else None
    return f"no {kind} {name!r} is told" + did_you_mean(hint)


def _wrong_expectation(each: Mapping[str, Any]) -> Iterator[str]:
    for key in each:
        if key not in _EXPECTED:
            hint = nearest(key, _EXPECTED)
            yield f"{key}: no such field" + did_you_mean(hint)
    if each.get("what") not in QUESTIONS:
        yield f"what: expected one of {', '.join(QUESTIONS)}"
    if "on" in each and day_of(each["on"]) is None:
        yield "on: expected a day such as 2025-04-15"
    if each.get("what") == "view":
        if not each.get("shows") and not each.get("hides"):
            yield "shows: expected what the view shows, or in hides what it does not"
        for key in {"track", "is"} & set(each):
            yield f"{key}: a view has shows and hides instead"
    for key in _SEEN:
        names = each.get(key, [])
        if each.get("what") in QUESTIONS and each["what"] != "view" and key in each:
            yield f"{key}: only a view has it"
        elif not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            yield f"{key}: expected a list of texts"


def _wrong_entry(each: Mapping[str, Any]) -> Iterator[str]:
    fields = [*(f.name for f in attrs.fields(Entry)), *OWN]
    for key in each:
        if key not in fields:
            hint = nearest(key, fields)
            yield f"{key}: no such field" + did_you_mean(hint)
    if each.get("act") not in _ACTS:
        yield f"act: expected one of {', '.join(_ACTS)}"
    if day_of(each.get("on")) is None:
        yield "on: expected a day such as 2025-04-15"
    if not isinstance(each.get("figures", {}), dict):
        yield "figures: expected an object"
    for key in ("recorded", "incident"):
        if key in each and day_of(each[key]) is None:
            yield f"{key}: expected a day such as 2025-04-15"


def story_schema() -> dict[str, Any]:
    """Return the JSON Schema of a story."""
    text = {"type": "string"}
    texts = {"type": "array", "items": text}
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    entry: dict[str, Any] = {each.name: {} for each in attrs.fields(Entry)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A told story",
        "type": "object",
        "required": ["title", "as_of"],
        "additionalProperties": False,
        "properties": {
            "title": text,
            "as_of": day,
            "nation": text,
            "source": text,
            "union": {"type": "object"},
            "cases": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["reference", "opened"],
                    "oneOf": [{"required": ["person"]}, {"required": ["about"]}],
                    "properties": {**{key: text for key in _CASE}, "opened": day},
                    "additionalProperties": False,
                },
            },
            "told": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["act", "on"],
                    "properties": {
                        **entry,
                        "act": {"enum": list(_ACTS)},
                        "on": day,
                        "case": text,
                        "from": text,
                        "refused": text,
                        "figures": {"type": "object"},
                        "parties": texts,
                    },
                    "additionalProperties": False,
                },
            },
            "expect": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["what"],
                    "properties": {
                        "what": {
                            "enum": list(QUESTIONS),
                            "description": "; ".join(
                                f"{k}: {v.about}" for k, v in QUESTIONS.items()
                            ),
                        },
                        **{key: text for key in _EXPECTED if key != "what"},
                        "on": day,
                        "given": {"type": "object"},
                        "parties": texts,
                        **{k: {**texts, "description": about} for k, about in _SEEN.items()},
                        "is": {},
                    },
                    "additionalProperties": False,
                },
            },
        },
    }
