"""Told stories: who is who, what happened day by day, and what must come of it.

A story is a JSON file. It brings its own small union (rows of the tables of a union's folder), its
cases and collective matters, what happened, entry by entry, and what is expected, each line with
the sentence that it comes from. Running it gives the states, refusals, deadlines and
representatives, and where they differ from what is expected.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.answers import (
    Deadline,
    Refusal,
    View,
    apply,
    ask,
    assign,
    ballot_results,
    body_decision,
    candidates,
    deadlines,
    forum_facts,
    forum_health,
    may_leave,
    open_case,
    open_matter,
    overdue,
    positions,
    read_facts,
    refer,
    representation_level,
    track_ballot,
    view,
    viewer_of,
    workload,
)
from unioncore.convert import half_up
from unioncore.errors import BadStory, UnknownName, did_you_mean, nearest
from unioncore.model import TABLES, UNION_TRACK, Act, Case, Entry, Snapshot, Union
from unioncore.paths import AnyPath, as_path
from unioncore.records import member_facts, read_files
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, FactType, from_plain, to_plain
from unioncore.shown import Shown

__all__ = ["Line", "Story", "Told", "read_story", "run_story", "story_schema"]

_ACTS = tuple(str(act) for act in Act)
_EXPECTS = {
    "state": "the state of a track",
    "absent": "the case type in is, of which the case has no track",
    "deadline": "the day of the clock in name, as it stands on the day of the story",
    "standing": "how that clock stands",
    "overdue": "what of the case is late, as track/clock and the tier to which it goes on",
    "level": "how far the member is represented on a track",
    "assigned": "the tiers of those who represent on a track",
    "candidates": "who may be given a track, by key, the first choice first",
    "then": "the tier to which a track goes on",
    "workload": "how many open tracks the person in name has",
    "keeps": "the cases that keep the person in name from leaving",
    "fact": "the fact in name, of the member on a day, with the facts given beside the records",
    "decision": "what the body of a pay round came to: agreed, not agreed or unknown",
    "outvoted": "the unions that the body's decision was made against, by key",
    "position": "what the union in name says to the offer, with its turnout and support",
    "ballot": "whether the ballot of a track is lawful by its numbers, by the question in name",
    "margin": "the votes to spare in the test in name, such as turnout or strike/turnout",
    "forum": "whether a forum works as it should, or what the rule in name finds, with given",
    "view": "what the person in name sees of the case on the day, and what they do not",
}
_OF_TRACK = (
    *("level", "assigned", "candidates", "then"),
    *("decision", "outvoted", "position", "ballot", "margin"),
)
"""What is expected of a track, which must be there."""
_TESTS = ("majority", "turnout", "support")
"""The tests of a ballot, in the order in which a result has them."""
_CASE = ("reference", "person", "about", "branch", "opened")
"""The fields of a case."""
_SEEN = {
    "shows": "what a view holds: the case or the member by reference, a track, a note, a person",
    "hides": "what a view does not hold; nothing at all, where it is the case",
}
_EXPECTED = ("what", "case", "track", "name", "on", "given", "parties", *_SEEN, "is", "from")
"""The fields of an expectation."""


@frozen
class Line(Shown, shows="good"):
    """One line of what came of a story."""

    what: str
    """``entry``, ``state``, ``deadline``, ``representative`` or ``expected``."""
    text: str
    good: bool = True
    """Whether it is as the story expects; what it does not expect is good."""


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
    if isinstance(plain.get("as_of"), str) and _day(plain["as_of"]) is None:
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
    if _day(each.get("opened")) is None:
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
    if each.get("what") not in _EXPECTS:
        yield f"what: expected one of {', '.join(_EXPECTS)}"
    if "on" in each and _day(each["on"]) is None:
        yield "on: expected a day such as 2025-04-15"
    if each.get("what") == "view":
        if not each.get("shows") and not each.get("hides"):
            yield "shows: expected what the view shows, or in hides what it does not"
        for key in {"track", "is"} & set(each):
            yield f"{key}: a view has shows and hides instead"
    for key in _SEEN:
        names = each.get(key, [])
        if each.get("what") in _EXPECTS and each["what"] != "view" and key in each:
            yield f"{key}: only a view has it"
        elif not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            yield f"{key}: expected a list of texts"


_OWN = ("case", "from", "refused", "parties")
"""Fields of an entry that are the story's and not the case's."""


def _wrong_entry(each: Mapping[str, Any]) -> Iterator[str]:
    fields = [*(f.name for f in attrs.fields(Entry)), *_OWN]
    for key in each:
        if key not in fields:
            hint = nearest(key, fields)
            yield f"{key}: no such field" + did_you_mean(hint)
    if each.get("act") not in _ACTS:
        yield f"act: expected one of {', '.join(_ACTS)}"
    if _day(each.get("on")) is None:
        yield "on: expected a day such as 2025-04-15"
    if not isinstance(each.get("figures", {}), dict):
        yield "figures: expected an object"
    for key in ("recorded", "incident"):
        if key in each and _day(each[key]) is None:
            yield f"{key}: expected a day such as 2025-04-15"


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


# -- running ---------------------------------------------------------------------------------------


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
            on = date.fromisoformat(each["opened"])
            given = {"reference": each["reference"], "branch": each.get("branch", ""), "on": on}
            if "about" in each:
                opened = open_matter(self.rulebook, about=each["about"], **given)
            else:
                opened = open_case(self.rulebook, person=each["person"], **given)
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

    def enter(self, told: Mapping[str, Any]) -> None:
        reference = told.get("case", next(iter(self.cases), ""))
        case, entry = self.cases[reference], _entry(told)
        others = [each for key, each in self.cases.items() if key != reference]
        now = self.union.on(entry.on)
        if entry.act is Act.ASSIGN:
            parties = told.get("parties", ())
            found = assign(self.rulebook, now, [*others, case], case, entry, parties=parties)
        elif entry.event == "complete_rep_sections":
            found = refer(self.rulebook, case, entry)
        else:
            found = apply(self.rulebook, case, entry)
        head = f"{entry.on.isoformat()} {reference}: {_said(entry)}"
        wanted = told.get("refused")
        if isinstance(found, Refusal):
            good = wanted is not None and wanted in str(found)
            self.lines.append(Line("entry", f"{head}: refused: {found}", good))
            return
        self.cases[reference] = found
        self.lines.append(Line("entry", head, wanted is None))

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

    def expected(self, each: Mapping[str, Any], found: tuple[Deadline, ...]) -> None:
        reference = each.get("case", next(iter(self.cases), ""))
        track = each.get("track", "")
        got = self.got(each, reference, track, found)
        wanted = each.get("is")
        good = got == wanted
        if each["what"] == "view":
            shows, hides = each.get("shows", ()), each.get("hides", ())
            good = set(shows) <= set(got) and not set(hides) & set(got)
            wanted = _wanted(shows, hides)
            got = ", ".join(got) or "nothing"
        sentence = f" ({each['from']})" if each.get("from") else ""
        name = "/".join(part for part in (reference, track, each.get("name", "")) if part)
        text = f"{each['what']} {name}: {got}{sentence}"
        if not good:
            text += f"; expected {wanted}"
        self.lines.append(Line("expected", text, good))

    def got(
        self, each: Mapping[str, Any], reference: str, track: str, found: tuple[Deadline, ...]
    ) -> Any:
        case, name = self.cases[reference], str(each.get("name", ""))
        now = self.union.on(_day(each.get("on")) or self.story.as_of)
        match each["what"]:
            case "state":
                there = case.tracks.get(track)
                return None if there is None else there.state
            case "absent":
                kinds = {each.case_type for each in case.tracks.values()}
                return each.get("is") if each.get("is") not in kinds else "open"
            case "deadline" | "standing":
                at = (reference, track, name)
                known = {(each.case, each.track, each.clock): each for each in found}
                return _shown(known[at], each["what"]) if at in known else None
            case "overdue":
                settings = self.union.clock_settings
                late = overdue(self.rulebook, [case], on=now.day, settings=settings)
                return [f"{e.deadline.track}/{e.deadline.clock}: {e.escalates_to}" for e in late]
            case "level":
                answer = representation_level(self.rulebook, now, case, track)
                return answer.value if answer.known else "unknown"
            case "assigned":
                return [a.tier for a in case.track(track).assigned(now.day)]
            case "candidates":
                parties = each.get("parties", ())
                all_ = candidates(self.rulebook, now, self.all, case, track, parties=parties)
                return [e.person for e in all_ if e.may_act.known and e.may_act.value]
            case "then":
                return self.rulebook.case_type(case.track(track).case_type).escalates_to
            case "workload":
                return workload(self.rulebook, self.all, name, on=now.day)
            case "keeps":
                return list(may_leave(self.rulebook, self.all, name, on=now.day))
            case "decision" | "outvoted" | "position":
                return self.bargained(each["what"], case, track, name, now.day)
            case "ballot" | "margin":
                return self.balloted(each["what"], case, track, name, now.day)
            case "forum":
                return self.forum(case, name, now.day, each.get("given", {}))
            case "view":
                others = [other for other in self.all if other.reference != reference]
                viewer = viewer_of(self.rulebook, case, now, name, others=others)
                return _names(case, view(self.rulebook, case, viewer, on=now.day))
            case _:
                return self.fact(case, name, now, each.get("given", {}))

    @property
    def all(self) -> tuple[Case, ...]:
        return tuple(self.cases.values())

    def bargained(self, what: str, case: Case, track: str, union: str, on: date) -> Any:
        if what == "position":
            said = positions(self.rulebook, case, track, on=on).get(union)
            if said is None:
                return "not recorded"
            shares = {"turnout_percent": said.turnout, "yes_percent": said.support}
            known = {
                key: str(half_up(share, 1)) for key, share in shares.items() if share is not None
            }
            return {"accepts": said.accepts, **known}
        try:
            found = body_decision(self.rulebook, case, track, on=on)
        except UnknownName as error:
            return str(error)
        if what == "outvoted":
            return list(found.outvoted)
        return _worded(found.agreed, "agreed", "not agreed")

    def balloted(self, what: str, case: Case, track: str, name: str, on: date) -> Any:
        file = track_ballot(self.rulebook, case, track, on=on)
        results = {} if file is None else ballot_results(self.rulebook, file)
        if what == "ballot":
            verdict = results[name].lawful_by_numbers if name in results else None
            return verdict.value if verdict is not None and verdict.known else "unknown"
        question, _, test = name.rpartition("/")
        if question not in results or test not in _TESTS:
            return "unknown"
        found = results[question].tests[_TESTS.index(test)]
        if found.outcome.known and found.outcome.value == "not-required":
            return "not-required"
        return found.margin.value if found.margin.known else "unknown"

    def forum(self, case: Case, rule: str, on: date, given: Mapping[str, Any]) -> Any:
        told = forum_facts(case, on=on)
        facts = {**told, **read_facts(self.rulebook, self.plain(given))}
        health = forum_health(self.rulebook, facts, on=on)
        if not rule:
            return _worded(health.healthy, "healthy", "not healthy")
        found = {each.rule: each.outcome for each in health.findings}.get(rule)
        if found is None:
            return "no such rule" + did_you_mean(nearest(rule, [e.rule for e in health.findings]))
        return found.value if found.known else "unknown"

    def plain(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts of a story as values, those of its records with them."""
        read = {}
        for key, value in given.items():
            fact = self.rulebook.rules.fact(key)
            records = fact.type is FactType.COLLECTION and isinstance(value, list)
            read[key] = [self.plain(e) for e in value] if records else from_plain(fact, value)
        return read

    def fact(self, case: Case, name: str, now: Snapshot, given: Mapping[str, Any]) -> Any:
        recorded = member_facts(self.rulebook, now, case.person) if case.person else {}
        facts = {**recorded, **read_facts(self.rulebook, self.plain(given))}
        answer = ask(self.rulebook, facts, name, on=now.day)[name]
        return to_plain(answer.value) if answer.known else "unknown"


def _names(case: Case, seen: View) -> list[str]:
    """Return what a view holds, by name: the case as soon as it holds anything of it."""
    tracks = seen.tracks
    anything = (seen.reference, seen.person, tracks, seen.notes, seen.log)
    found = [case.reference] if any(anything) else []
    found += [seen.person, seen.about, *(each.key for each in tracks)]
    notes = {(each.on, each.by, each.text) for each in seen.notes}
    for entry in case.entries:
        if entry.act is Act.NOTE and (entry.on, entry.by, entry.text) in notes:
            found.append(entry.reference)
    found += [person for each in tracks for person in each.people]
    return [name for name in dict.fromkeys(found) if name]


def _worded(answer: Answer[bool], yes: str, no: str) -> str:
    if not answer.known:
        return "unknown"
    return yes if answer.value else no


def _wanted(shows: Collection[str], hides: Collection[str]) -> str:
    said = [", ".join(shows)] if shows else []
    return "; ".join(said + ([f"not {', '.join(hides)}"] if hides else []))


def _shown(deadline: Deadline, what: str) -> str:
    if what == "standing":
        return str(deadline.standing)
    day = deadline.day
    return day.value.isoformat() if day.known else f"not known: {day.reason}"


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


def _entry(told: Mapping[str, Any]) -> Entry:
    plain = {key: value for key, value in told.items() if key not in _OWN}
    on = date.fromisoformat(plain.pop("on"))
    for key in ("recorded", "incident"):
        if key in plain:
            plain[key] = date.fromisoformat(plain[key])
    if "at" in plain:
        plain["at"] = datetime.fromisoformat(plain["at"])
    for key in ("says", "sections"):
        if key in plain:
            plain[key] = tuple(plain[key])
    plain.setdefault("recorded", on)
    act = Act(plain.pop("act"))
    make: Any = Entry
    made: Entry = make(act=act, on=on, **plain)
    return made


def _said(entry: Entry) -> str:
    parts = [entry.track, str(entry.act), entry.case_type or entry.event, entry.person]
    return " ".join(part for part in parts if part)


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
                            "enum": list(_EXPECTS),
                            "description": "; ".join(f"{k}: {v}" for k, v in _EXPECTS.items()),
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
