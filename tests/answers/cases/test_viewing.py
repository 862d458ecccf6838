"""Nobody sees of a case what no rule opens to them: held against a matrix written by hand."""

import json
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.casework import a_union, enter
from tests.synthetic import case_type, clock, source

import unioncore
from unioncore.answers import (
    Desk,
    Refusal,
    SeenEvent,
    View,
    Viewer,
    ask,
    deadlines,
    disclosures,
    seen_deadlines,
    view,
)
from unioncore.describe import to_icalendar
from unioncore.errors import CompositionError, NotADay, UnioncoreError, WrongViewer
from unioncore.model import (
    UNION_TRACK,
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    Disclose,
    Happened,
    Hold,
    Holding,
    Link,
    Note,
    Office,
    Open,
    Parent,
    Person,
    Release,
    Secure,
    Share,
    Union,
    Unit,
    Unshare,
)
from unioncore.rulebook import Rulebook

pytestmark = pytest.mark.needs_plugins

E = TypeVar("E", bound=CaseEntry)
DAY = date(2026, 3, 2)
COMPARTMENTS = ("general", "health", "criminal", "third-party", "privileged", "union-internal")
LEVELS = ("ordinary", "restricted", "closed", "")
KINDS = ("case", "identity", "track", "progress", "people", "note", "log")
TIERS = {
    "steward": "representative",
    "branch-officer": "representative",
    "regional-organiser": "regional-organiser",
    "national-specialist": "national-specialist",
    "legal": "solicitor",
    "workplace-contact": "representative",
    "nobody knows this tier": "",
}
TYPES = {
    "demo.union": ("lifecycle", "general"),
    "demo.grievance": ("grievance", "general"),
    "demo.sickness": ("sickness_absence", "health"),
    "demo.tribunal": ("employment_tribunal", "general"),
    "demo.regulator": ("professional_regulation", "third-party"),
    "demo.discipline": ("rule_i_discipline", "union-internal"),
}
PLUGIN = "\n".join(
    (
        source("s", "A synthetic handbook"),
        *(
            case_type(
                key,
                clock("clock", "count = 10\nunit = 'days'", nature="internal"),
                family=family,
                compartment=compartment,
                states="",
                outcomes="open",
                happenings="begin answer",
            )
            for key, (family, compartment) in TYPES.items()
        ),
    )
)


def test_each_tier_gives_a_role(rulebook: Rulebook) -> None:
    assert {tier for tier, role in TIERS.items() if role} == {*rulebook.rules.words["tier"]}


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "types.toml").write_text(PLUGIN, encoding="utf-8")
    unison = import_module("unioncore_unison").plugin
    return unioncore.compose(unison, unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


# ---- the matrix, by hand ------------------------------------------------------------------------


def opens(
    *,
    roles: frozenset[str],
    on_track: bool,
    shared: bool,
    opposed: bool | None,
    kind: str,
    compartment: str | None,
    level: str | None,
    needed: bool | None,
    family: str | None,
    allocated: bool,
) -> bool:
    """Say whether the access matrix opens a part; what is not known (None) opens nothing."""
    if opposed is not False or roles & {"employer", "committee"}:
        return False
    if compartment == "privileged":
        keeps = {"member", "solicitor", "regional-organiser", "national-specialist"}
        by_share = shared and bool(roles & keeps)
    else:
        by_share = shared and compartment is not None
    if by_share and kind != "log":
        return True
    if compartment is None or level is None:
        return False
    if "member" in roles and level == "ordinary" and compartment in COMPARTMENTS[:3]:
        return True
    if compartment == "general":
        if "branch-secretary" in roles and kind in ("case", "progress", "people"):
            return True
        if "branch-secretary" in roles and kind == "identity" and not allocated:
            return True
        if "data-protection" in roles and kind in ("case", "identity"):
            return True
        if "solicitor" in roles and on_track and kind in ("case", "identity"):
            return True
    if not on_track or level == "closed" or kind == "log":
        return False
    legal, regulator = family == "employment_tribunal", family == "professional_regulation"
    sensitive = compartment in ("health", "criminal", "third-party") and needed is True
    return any(
        (
            "representative" in roles and (compartment == "general" or sensitive),
            "regional-organiser" in roles
            and (compartment in ("general", "privileged") or sensitive),
            "national-specialist" in roles
            and (
                compartment in ("general", "privileged")
                or (compartment in ("health", "criminal") and regulator)
            ),
            "solicitor" in roles
            and legal
            and compartment in ("general", "health", "criminal", "privileged"),
        )
    )


ROLES = (
    *("member", "representative", "branch-secretary", "regional-organiser", "regional-manager"),
    *("national-specialist", "solicitor", "data-protection", "committee", "employer"),
)


def every_part() -> Iterator[dict[str, Any]]:
    """Yield the facts of a part in every combination, with one role."""
    for role, kind, compartment, level in product(
        ("", *ROLES), KINDS, COMPARTMENTS, ("ordinary", "restricted", "closed")
    ):
        if level != "ordinary" and kind != "note":
            continue
        for on_track, share, needed in product((True, False), repeat=3):
            for family in ("none", "employment_tribunal", "professional_regulation"):
                yield {
                    "viewer.roles": {role} if role else set(),
                    "viewer.on_track": on_track,
                    "viewer.has_share": share,
                    "viewer.is_opposed": False,
                    "part.kind": kind,
                    "part.compartment": compartment,
                    "part.level": level,
                    "part.is_needed": needed,
                    "track.family": family,
                    "case.is_allocated": on_track,
                }


def expected(facts: dict[str, Any]) -> bool:
    return opens(
        roles=frozenset(facts.get("viewer.roles") or ()),
        on_track=facts.get("viewer.on_track") is True,
        shared=facts.get("viewer.has_share") is True,
        opposed=facts.get("viewer.is_opposed"),
        kind=facts.get("part.kind", "log"),
        compartment=facts.get("part.compartment"),
        level=facts.get("part.level"),
        needed=facts.get("part.is_needed"),
        family=facts.get("track.family"),
        allocated=facts.get("case.is_allocated") is not False,
    )


PARTS = list(every_part())


def seen(rulebook: Rulebook, facts: dict[str, Any]) -> bool:
    answer = ask(rulebook, facts, "may_see", on=DAY)["may_see"]
    return answer.known and answer.value


@pytest.mark.slow
@given(st.data())
def test_the_rules_are_the_matrix(rulebook: Rulebook, data: st.DataObject) -> None:
    for _ in range(20):
        facts = dict(data.draw(st.sampled_from(PARTS)))
        roles = data.draw(st.sets(st.sampled_from(ROLES), max_size=2))
        facts["viewer.roles"] = facts["viewer.roles"] | roles
        facts["viewer.is_opposed"] = data.draw(st.sampled_from([False, False, True, None]))
        assert seen(rulebook, facts) is expected(facts), facts


@pytest.mark.slow
def test_every_part_is_as_the_matrix_has_it(rulebook: Rulebook) -> None:
    assert [facts for facts in PARTS if seen(rulebook, facts) is not expected(facts)] == []


# ---- deny by default ----------------------------------------------------------------------------


@given(st.data())
def test_a_fact_that_is_not_known_opens_nothing(rulebook: Rulebook, data: st.DataObject) -> None:
    for _ in range(10):
        facts = data.draw(st.sampled_from(PARTS))
        dropped = data.draw(st.sets(st.sampled_from(sorted(facts))))
        fewer = {key: value for key, value in facts.items() if key not in dropped}
        assert seen(rulebook, facts) or not seen(rulebook, fewer)


def deciding(rulebook: Rulebook) -> list[str]:
    about = ("may_see", "viewer.may_look", "track.is_legal", "track.is_regulator")
    rules = [rule.key for rule in rulebook.definitions.rules if rule.decides in about]
    return rules + [each.key for each in rulebook.definitions.tables if each.decides in about]


@pytest.mark.slow
@given(st.data())
def test_dropping_a_rule_or_a_table_opens_nothing(rulebook: Rulebook, data: st.DataObject) -> None:
    keys = data.draw(st.sets(st.sampled_from(deciding(rulebook)), min_size=1))
    fewer = attrs.evolve(
        rulebook,
        definitions=attrs.evolve(
            rulebook.definitions,
            rules=tuple(rule for rule in rulebook.definitions.rules if rule.key not in keys),
            tables=tuple(each for each in rulebook.definitions.tables if each.key not in keys),
        ),
    )
    for facts in data.draw(st.lists(st.sampled_from(PARTS), min_size=20, max_size=20)):
        facts = {**facts, "viewer.is_opposed": data.draw(st.sampled_from([False, True, None]))}
        assert seen(rulebook, facts) or not seen(fewer, facts)


def test_a_stricter_compartment_is_open_to_nobody_new(rulebook: Rulebook) -> None:
    """Without a share, which is an act of its own; what is needed is where a track began."""
    strict = {
        each: ask(rulebook, {"part.compartment": each}, "part.strictness", on=DAY)
        for each in COMPARTMENTS
    }
    for facts in PARTS:
        if facts["viewer.has_share"] or facts["part.is_needed"] or not expected(facts):
            continue
        here = strict[facts["part.compartment"]]["part.strictness"].value
        for looser in COMPARTMENTS:
            if strict[looser]["part.strictness"].value < here:
                assert expected({**facts, "part.compartment": looser}), (facts, looser)


def test_every_rule_has_a_reason_and_a_source(rulebook: Rulebook) -> None:
    rules = [rule for rule in rulebook.definitions.rules if rule.decides == "may_see"]
    assert all(v.because and v.citations for rule in rules for v in rule.versions)
    assert [rule.versions[0].value for rule in rules if rule.otherwise] != []


# ---- views of random cases ----------------------------------------------------------------------

PEOPLE = ("person-a", "person-b", "person-c", "person-d")

Part = tuple[str, str | None, tuple[str | None, ...], str]
"""What a marker stands in: the kind of part, its track, its compartments, its level."""

STRICT = {"general": 0, "health": 1, "criminal": 1, "third-party": 1, "privileged": 1}
STRICT |= {"union-internal": 2}


class Story:
    """A case whose every text is a marker, and which parts each marker may be seen with."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.parts: dict[str, list[Part]] = {}
        self.entries: list[CaseEntry] = []
        self.types: dict[str, str] = {}
        self.compartment: dict[str, str | None] = {}
        self.notes: list[tuple[str, str | None, str, list[str | None]]] = []
        self.assigned: dict[str, dict[str, str]] = {}
        self.shares: set[tuple[str, str, str]] = set()
        self.ever: set[str] = set()
        self.day = DAY

    def mark(self, *parts: Part, name: str = "") -> str:
        token = name or f"marker-{len(self.parts):03d}-x"
        self.parts.setdefault(token, []).extend(parts)
        return token

    def enter(self, act: type[CaseEntry], **values: Any) -> None:
        fields: Any = attrs.fields(act)
        for field in fields:
            # Whatever text an entry may hold besides is a marker too.
            if field.type is str and field.name not in ("track", "mark"):
                values.setdefault(field.name, self.mark())
        if act is CaseEvent:
            values["says"] = (self.mark(),)
        self.entries.append(act(on=self.day, **values))

    def tell(self) -> Case:
        draw, person = self.draw, self.draw(st.sampled_from(PEOPLE[:2]))
        general: tuple[str | None, ...] = ("general",)
        reference = self.mark(("case", None, general, "ordinary"))
        branch = self.mark(("case", None, general, "ordinary"))
        self.mark(("identity", None, general, "ordinary"), name=person)
        kinds = [*TYPES, "demo.unheard-of"]
        for number in range(draw(st.integers(1, 4))):
            name = UNION_TRACK if number == 0 else f"track-{number}-x"
            self.types[name] = "demo.union" if number == 0 else draw(st.sampled_from(kinds))
            self.compartment[name] = TYPES.get(self.types[name], ("", None))[1]
        self.first = dict(self.compartment)
        later: list[Any] = []
        for name in self.types:
            later.append(("open", name))
        for _ in range(draw(st.integers(0, 12))):
            later.append((draw(st.sampled_from(ACTS)), draw(st.sampled_from(sorted(self.types)))))
        for act, track in later:
            self.day += timedelta(days=draw(st.integers(0, 2)))
            getattr(self, f"do_{act}")(track)
        return Case(
            reference=reference,
            person=person,
            branch=branch,
            opened=DAY,
            fingerprint=self.mark(),
            entries=tuple(self.entries),
        )

    def late(self, kind: str, track: str) -> str:
        """A marker whose compartments are those of the track at the end."""
        return self.mark((kind, track, ("the track's",), "ordinary"))

    def do_open(self, track: str) -> None:
        self.mark(("track", track, ("the track's",), "ordinary"), name=track)
        self.enter(
            Open,
            track=track,
            case_type=self.types[track],
            version="..",
            employer=self.late("track", track),
            nation=self.late("track", track),
            to=self.late("progress", track),
        )

    def do_event(self, track: str) -> None:
        values = {field: self.late("progress", track) for field in ("event", "actor", "to")}
        self.enter(CaseEvent, track=track, **values)

    def do_begin(self, track: str) -> None:
        self.enter(Happened, track=track, event="begin")

    def do_note(self, track: str) -> None:
        at = self.draw(st.sampled_from([track, ""]))
        own = self.draw(st.sampled_from([*COMPARTMENTS, "", "unheard-of"]))
        level = self.draw(st.sampled_from([*LEVELS, "unheard-of"]))
        name = f"note-{len(self.notes)}-x"
        self.mark(name=name)
        self.notes.append((name, at or None, level, [own or None]))
        part: Part = ("note", at or None, (name,), level)
        self.enter(
            Note,
            track=at,
            compartment=own,
            level=level,
            reference=name,
            text=self.mark(part),
            by=self.mark(part),
        )

    def do_secure(self, track: str) -> None:
        to = self.draw(st.sampled_from(COMPARTMENTS))
        if self.notes and self.draw(st.booleans()):
            name, at, _, own = self.draw(st.sampled_from(self.notes))
            own.append(to)
            self.enter(Secure, track=at or "", reference=name, compartment=to)
        else:
            if self.compartment[track] is not None:
                self.compartment[track] = to
            self.enter(Secure, track=track, compartment=to, reference="")

    def do_assign(self, track: str) -> None:
        person = self.draw(st.sampled_from(PEOPLE))
        tier = self.draw(st.sampled_from(sorted(TIERS)))
        self.assigned.setdefault(track, {})[person] = tier
        self.ever.add(person)
        self.mark(("people", track, ("the track's",), person), name=person)
        self.enter(Assign, track=track, person=person, tier=tier, role=self.mark())

    def do_release(self, track: str) -> None:
        person = self.draw(st.sampled_from(PEOPLE))
        self.assigned.get(track, {}).pop(person, None)
        self.enter(Release, track=track, person=person)

    def do_share(self, track: str) -> None:
        self._shared(Share, track, self.shares.add)

    def do_unshare(self, track: str) -> None:
        self._shared(Unshare, track, self._unshare)

    def _unshare(self, share: tuple[str, str, str]) -> None:
        person, what, at = share
        ended = {each for each in self.shares if each[:2] == (person, what)}
        self.shares -= ended if not at else {share}

    def do_disclose(self, track: str) -> None:
        self._shared(Disclose, track, lambda _: None)

    def _shared(self, act: type[CaseEntry], track: str, change: Any) -> None:
        at = self.draw(st.sampled_from([track, ""]))
        person, what = self.draw(st.sampled_from(PEOPLE)), self.draw(st.sampled_from(COMPARTMENTS))
        change((person, what, at))
        track_too: tuple[str | None, ...] = ("the track's",) if at else ()
        part: Part = ("log", at or None, (what, *track_too), "ordinary")
        self.mark(part, name=person)
        self.enter(act, track=at, person=person, compartment=what, reason=self.mark(part))

    def do_link(self, track: str) -> None:
        self.enter(Link, how="goes-with", reference=self.mark())

    def do_hold(self, track: str) -> None:
        self.enter(Hold)

    # -- who may see a part -----------------------------------------------------------------------

    def entitled(self, case: Case, viewer: Viewer, part: Part) -> bool:
        kind, track, where, level = part
        if kind == "people":  # its last field is the person, who may have been released since
            if level not in self.assigned.get(track or "", {}):
                return False
            level = "ordinary"
        compartments: list[str | None] = []
        for each in where:
            if each == "the track's":
                compartments.append(self.compartment[track or ""])
            elif each in (note := {name: own for name, _, _, own in self.notes}):
                last = note[each][-1]
                if last is None and track is not None:
                    last = self.compartment[track]
                compartments.append(last)
                if track is not None:
                    compartments.append(self.compartment[track])
            else:
                compartments.append(each)
        if any(each not in STRICT for each in compartments):
            return False
        most = max(STRICT[each or ""] for each in compartments)
        mine = {
            at: TIERS[people[viewer.person]]
            for at, people in self.assigned.items()
            if viewer.person in people
        }
        if track is not None:
            mine = {at: role for at, role in mine.items() if at in (track, UNION_TRACK)}
        roles = set(viewer.roles) - {"member"} | set(mine.values()) - {""}
        roles |= {"member"} if viewer.person == case.person else set()
        on_track = bool(mine)
        family = "none" if track is None else TYPES[self.types[track]][0]
        return all(
            opens(
                roles=frozenset(roles),
                on_track=on_track,
                shared=bool(
                    {(viewer.person, each, ""), (viewer.person, each, track)} & self.shares
                ),
                opposed=viewer.is_opposed,
                kind=kind,
                compartment=each,
                level=level if level in LEVELS[:3] else None,
                needed=track is not None and each == self.first[track],
                family=family,
                allocated=any(self.assigned.values()),
            )
            for each in compartments
            if STRICT[each or ""] == most
        )

    def due(self, case: Case, viewer: Viewer) -> Iterator[str]:
        """Yield the tracks with a deadline to which a viewer is entitled."""
        begun = {each.track for each in case.entries if isinstance(each, Happened)}
        for track, kind in self.types.items():
            # What the union's own track tells counts on every track.
            if kind not in TYPES or not begun & {track, UNION_TRACK}:
                continue
            parts: list[Part] = [("case", None, ("general",), "ordinary")]
            parts += [(each, track, ("the track's",), "ordinary") for each in ("track", "progress")]
            if all(self.entitled(case, viewer, part) for part in parts):
                yield track


ACTS = tuple(name.removeprefix("do_") for name in vars(Story) if name.startswith("do_"))
ACTS = tuple(name for name in ACTS if name != "open")


def calendar(rulebook: Rulebook, case: Case, seen: View) -> str:
    """Return the calendar made for a viewer, its folded lines put together again."""
    if find_spec("icalendar") is None:
        return ""
    stamp = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    found = seen_deadlines(rulebook, case, seen)
    return to_icalendar(found, stamp=stamp).decode().replace("\r\n ", "")


def somebody(data: st.DataObject, case: Case, person: str) -> Viewer:
    """Return a viewer with random roles, on a random side."""
    roles = data.draw(st.sets(st.sampled_from(ROLES), max_size=2))
    opposed = data.draw(st.sampled_from([False, False, False, True, None]))
    return Viewer(person=person, case=case.reference, roles=frozenset(roles), is_opposed=opposed)


@settings(max_examples=60)
@given(st.data())
def test_no_view_holds_what_its_viewer_is_not_entitled_to(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    story = Story(data.draw)
    holds_nothing_else(rulebook, data, story, story.tell())


@pytest.mark.slow
@settings(max_examples=400)
@given(st.data())
def test_nor_does_the_view_of_any_day(rulebook: Rulebook, data: st.DataObject) -> None:
    story = Story(data.draw)
    case = story.tell()
    holds_nothing_else(rulebook, data, story, case)
    for person in PEOPLE:
        viewer = somebody(data, case, person)
        on = data.draw(st.dates(DAY - timedelta(2), story.day + timedelta(2)))
        # What was entered later changes nothing, and such a shorter case is drawn as well.
        known = tuple(each for each in case.entries if each.recorded <= on)
        then = view(rulebook, attrs.evolve(case, entries=known), viewer, on=on)
        assert view(rulebook, case, viewer, on=on) == then
        # Nor does a note that the viewer may not see, so that nobody can tell that it is there.
        track = data.draw(st.sampled_from(["", *story.types]))
        own = data.draw(st.sampled_from(COMPARTMENTS))
        within: tuple[str | None, ...] = (own, "the track's") if track else (own,)
        if not story.entitled(case, viewer, ("note", track or None, within, "closed")):
            note = Note(on=DAY, recorded=story.day, by="", track=track, level="closed", text="one")
            note = attrs.evolve(note, compartment=own)
            more = attrs.evolve(case, entries=(*case.entries, note))
            before = view(rulebook, case, viewer, on=story.day)
            assert view(rulebook, more, viewer, on=story.day) == before


def holds_nothing_else(rulebook: Rulebook, data: st.DataObject, story: Story, case: Case) -> None:
    """Let everybody look at a case on its last day, and hold each view against the oracle."""
    for person in PEOPLE:
        viewer = somebody(data, case, person)
        found = view(rulebook, case, viewer, on=story.day)
        with pytest.raises(WrongViewer) as wrong:
            view(rulebook, case, attrs.evolve(viewer, case=""), on=story.day)
        with pytest.raises(WrongViewer) as other_day:
            view(rulebook, case, attrs.evolve(viewer, on=date.min), on=story.day)
        with pytest.raises(NotADay) as no_day:
            view(rulebook, case, viewer, on="today")  # type: ignore[arg-type]
        errors: list[UnioncoreError] = [wrong.value, other_day.value, no_day.value]
        said = [repr(found), str(found), json.dumps(found.to_dict())]
        said += [str(each) + repr(each.to_dict()) + repr(each) for each in errors]
        said.append(pickle.dumps(found).decode("latin-1"))
        said += map(repr, disclosures(found, reason="asked", by=""))
        dates = calendar(rulebook, case, found)
        said.append(dates)
        # A calendar holds no marker but those of the case reference and the tracks.
        assert not {each for each in story.parts if each in dates} - {case.reference, *story.types}
        due = {each.track for each in seen_deadlines(rulebook, case, found)}
        assert due == set(story.due(case, viewer))
        text = "\n".join(said)
        for marker, parts in story.parts.items():
            # The union's own track is called the same in every case.
            if marker in text and marker not in (person, UNION_TRACK):
                assert any(story.entitled(case, viewer, part) for part in parts), marker
        early = repr(view(rulebook, case, viewer, on=DAY))
        after = [entry for entry in case.entries if entry.recorded > DAY]
        assert not any(entry.text in early for entry in after if isinstance(entry, Note))
        assert not any(entry.to in early for entry in after if isinstance(entry, CaseEvent))
        # What they are entitled to, they do see: a view that is always empty would pass, too.
        notes = {note.text for note in found.notes}
        for entry in case.entries:
            if isinstance(entry, Note):
                (part,) = story.parts[entry.text]
                assert (entry.text in notes) is story.entitled(case, viewer, part)


# ---- who looks ----------------------------------------------------------------------------------


START = date(2020, 1, 1)
SMALL = Union(
    key="u",
    units=(
        Unit(key="b1", kind="branch", name="B", start=START),
        Unit(key="b2", kind="branch", name="C", start=START),
        Unit(key="r", kind="region", name="R", start=START),
        Unit(key="o", kind="regional-office", name="O", start=START),
    ),
    parents=tuple(
        Parent(unit=unit, axis="region", parent="r", start=START) for unit in ("b1", "b2", "o")
    ),
    offices=(
        Office(key="o1", role="branch-secretary", unit="b1", start=START),
        Office(key="o2", role="branch-secretary", unit="b2", start=START),
        Office(key="o3", role="regional-manager", unit="r", start=START),
        Office(key="o4", role="regional-secretary", unit="o", start=START),
    ),
    holdings=tuple(
        Holding(office=f"o{n}", person=f"S{n}", start=START, elected=START) for n in (1, 2, 3, 4)
    ),
    people=tuple(Person(key=key, name=key) for key in ("M1", "M2", "R1", "R2", "X")),
)
"""Branch b1 with its secretary S1, its region with S3 and S4, and another branch with S2."""


def a_case(reference: str = "C1", person: str = "M1", **more: Any) -> Case:
    case = Case(reference=reference, person=person, branch="b1", opened=DAY, fingerprint="")
    for key, kind in ((UNION_TRACK, "demo.union"), ("g", "demo.grievance")):
        entry = an_entry(Open, track=key, case_type=kind, version="..", to="open")
        case = attrs.evolve(case, entries=(*case.entries, entry))
    return attrs.evolve(case, entries=(*case.entries, *more.get("entries", ())))


def an_entry(act: type[E], **values: Any) -> E:
    return act(**{"on": DAY, "by": "S1", **values})


def assigning(person: str, track: str = "g") -> Assign:
    return an_entry(Assign, track=track, person=person, tier="steward", role="steward")


def looks(rulebook: Rulebook, case: Case, person: str, *others: Case) -> Viewer:
    desk = Desk(rulebook=rulebook, union=SMALL, cases=(case, *others))
    return desk.viewer(case.reference, person, on=DAY)


def test_the_other_sides_representative_sees_nothing(rulebook: Rulebook) -> None:
    assign = assigning("R1")
    link = an_entry(Link, how="opposes", reference="C2")
    mine = a_case(entries=(assign, link))
    other = a_case("C2", "M2", entries=(attrs.evolve(assign, person="R2"),))
    both = attrs.evolve(mine, entries=(*mine.entries, attrs.evolve(assign, person="R2")))
    for case, person in ((mine, "R2"), (both, "R2"), (mine, "M2")):
        viewer = looks(rulebook, case, person, other)
        assert viewer.is_opposed is True
        found = view(rulebook, case, viewer, on=DAY)
        assert (found.reference, found.tracks, found.notes) == ("", (), ())
    own = looks(rulebook, mine, "R1", other)
    assert view(rulebook, mine, own, on=DAY).person == "M1"
    # The link may stand in the other case only.
    linking = attrs.evolve(other, entries=(*other.entries, attrs.evolve(link, reference="C1")))
    assert looks(rulebook, a_case(), "R2", linking).is_opposed is True


def test_without_the_opposing_case_it_is_not_known_and_the_view_says_so(rulebook: Rulebook) -> None:
    case = a_case(
        entries=(
            assigning("R1"),
            an_entry(Link, how="opposes", reference="C2"),
        )
    )
    found = view(rulebook, case, looks(rulebook, case, "R1"), on=DAY)
    assert found.reference == ""
    assert found.not_known == ("viewer.is_opposed",)
    stranger = view(rulebook, case, looks(rulebook, case, "X"), on=DAY)
    assert stranger.not_known == ()
    assert view(rulebook, case, looks(rulebook, case, "M1"), on=DAY).person == "M1"


def test_the_branch_secretary_sees_names_until_somebody_is_assigned(rulebook: Rulebook) -> None:
    case = a_case()
    secretary = looks(rulebook, case, "S1")
    assert secretary.roles == {"branch-secretary"}
    assert looks(rulebook, case, "S2").roles == frozenset()
    for person in ("S3", "S4"):
        assert looks(rulebook, case, person).roles == {"regional-manager"}
    found = view(rulebook, case, secretary, on=DAY)
    assert (found.person, [track.state for track in found.tracks]) == ("M1", ["open", "open"])
    assert [track.case_type for track in found.tracks] == ["", ""]
    assign = assigning("R1")
    share = an_entry(Share, person="R1", compartment="health", reason="adjustments")
    logged = attrs.evolve(case, entries=(*case.entries, share))
    known = view(rulebook, logged, attrs.evolve(secretary, is_opposed=False), on=DAY)
    assert (known.log, known.not_known) == ((), ())
    later = attrs.evolve(case, entries=(*case.entries, assign))
    assert view(rulebook, later, secretary, on=DAY).person == ""
    assert view(rulebook, later, looks(rulebook, later, "S3"), on=DAY).tracks == ()


def test_a_case_type_begins_in_a_compartment_that_is_declared(tmp_path: Path) -> None:
    wrong = PLUGIN.replace('compartment = "health"', 'compartment = "helth"')
    (tmp_path / "types.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(CompositionError, match=r"compartment helth.*did you mean 'health'"):
        unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="demo"), discover=False)


# ---- moving, sharing and logging ----------------------------------------------------------------


def test_a_track_or_a_note_is_moved_to_a_stricter_compartment_only(rulebook: Rulebook) -> None:
    note = an_entry(Note, track="g", level="ordinary", reference="n1", text="seen")
    case = a_case(entries=(note,))
    move = an_entry(Secure, track="g", compartment="health", reason="an illness came up")
    moved = enter(rulebook, case, move, union=SMALL)
    assert isinstance(moved, Case)
    for to in ("general", "health", "privileged"):
        refused = enter(rulebook, moved, attrs.evolve(move, compartment=to), union=SMALL)
        assert isinstance(refused, Refusal)
        assert refused.needed == ("one of: union-internal",)
    by_note = enter(rulebook, case, attrs.evolve(move, reference="n1"), union=SMALL)
    assert isinstance(by_note, Case)
    again = enter(
        rulebook, by_note, attrs.evolve(move, reference="n1", compartment="general"), union=SMALL
    )
    assert isinstance(again, Refusal)
    for wrong in (
        attrs.evolve(move, reason=""),
        attrs.evolve(move, compartment="helth"),
        attrs.evolve(move, reference="n2"),
        attrs.evolve(move, track="h"),
    ):
        assert isinstance(enter(rulebook, case, wrong, union=SMALL), Refusal)


def test_a_share_opens_and_its_end_closes(rulebook: Rulebook) -> None:
    note = an_entry(Note, track="g", compartment="health", level="ordinary", text="a diagnosis")
    case: Any = a_case(entries=(note, assigning("R1")))
    viewer = looks(rulebook, case, "R1")
    assert view(rulebook, case, viewer, on=DAY).notes == ()
    share = an_entry(Share, person="R1", compartment="health", reason="adjustments")
    case = enter(rulebook, case, share, union=SMALL)
    found = view(rulebook, case, viewer, on=DAY)
    assert [each.text for each in found.notes] == ["a diagnosis"]
    assert found.compartments == ("general", "health")
    for entry in disclosures(found, reason="to prepare the meeting", by="R1"):
        case = enter(rulebook, case, entry, union=SMALL)
    member = view(rulebook, case, looks(rulebook, case, "M1"), on=DAY)
    assert [(each.act, each.person, each.compartment) for each in member.log] == [
        ("share", "R1", "health"),
        ("disclose", "R1", "general"),
        ("disclose", "R1", "health"),
    ]
    unshare = an_entry(Unshare, person="R1", compartment="health", reason="it is over")
    case = enter(rulebook, case, unshare, union=SMALL)
    assert view(rulebook, case, viewer, on=DAY).notes == ()
    assert isinstance(
        enter(rulebook, case, attrs.evolve(unshare, person="X"), union=SMALL), Refusal
    )


def test_the_end_of_a_share_of_the_case_ends_that_of_a_track(rulebook: Rulebook) -> None:
    note = an_entry(Note, track="g", compartment="health", level="closed", text="a diagnosis")
    share = an_entry(Share, person="R1", compartment="health", reason="adjustments")
    of_track = attrs.evolve(share, track="g")
    unshare = an_entry(Unshare, person="R1", compartment="health", reason="it is over")

    def notes(*entries: CaseEntry) -> list[str]:
        case = a_case(entries=(note, *entries))
        found = view(rulebook, case, looks(rulebook, case, "R1"), on=DAY)
        return [each.text for each in found.notes]

    assert notes(share, of_track) == notes(of_track) == ["a diagnosis"]
    assert notes(share, of_track, unshare) == notes(of_track, share, unshare) == []
    assert notes(share, of_track, attrs.evolve(unshare, track="g")) == ["a diagnosis"]


def test_two_assignments_open_no_more_than_each_does(rulebook: Rulebook) -> None:
    opened = an_entry(Open, track="s", case_type="demo.sickness", version="..", to="open")
    note = an_entry(Note, track="s", compartment="health", level="restricted", text="a diagnosis")
    steward = assigning("R1")
    solicitor = attrs.evolve(assigning("R1", UNION_TRACK), tier="legal")

    def found(*entries: CaseEntry) -> set[str]:
        case = a_case(entries=(opened, note, *entries))
        seen = view(rulebook, case, looks(rulebook, case, "R1"), on=DAY)
        return {each.key for each in seen.tracks} | {each.text for each in seen.notes}

    assert "g" in found(steward)
    assert not found(steward, solicitor) & {"s", "a diagnosis"}
    assert found(attrs.evolve(steward, track="s")) >= {"s", "a diagnosis"}


def test_a_solicitor_sees_the_track_of_a_claim_and_no_other(rulebook: Rulebook) -> None:
    opened = an_entry(Open, track="c", case_type="demo.tribunal", version="..", to="open")
    claim, grievance = (attrs.evolve(assigning("L1", track), tier="legal") for track in "cg")
    case = a_case(entries=(opened, claim, grievance))
    found = view(rulebook, case, looks(rulebook, case, "L1"), on=DAY)
    assert [each.key for each in found.tracks] == ["c"]
    assert found.not_known == ()


def test_a_share_opens_no_log_and_that_it_does_not_is_known(rulebook: Rulebook) -> None:
    share = an_entry(Share, person="R1", compartment="general", reason="the matter")
    case = a_case(entries=(share,))
    found = view(rulebook, case, looks(rulebook, case, "R1"), on=DAY)
    assert (found.reference, found.log, found.not_known) == ("C1", (), ())


def test_a_happening_is_shown_and_nobody_is_named_who_did_it(rulebook: Rulebook) -> None:
    case = a_case(entries=(an_entry(Happened, track="g", event="begin"),))
    found = view(rulebook, case, looks(rulebook, case, "M1"), on=DAY)
    events = [each for track in found.tracks for each in track.events if each.event == "begin"]
    assert events == [SeenEvent(DAY, "begin", "")]


@pytest.mark.slow
def test_what_belongs_to_no_track_is_of_the_family_none(tmp_path: Path) -> None:
    """A union whose rule opens what belongs to the case itself, and so no track."""
    rule = """
[[rule]]
key = "demo.see-the-case"
decides = "may_see"
period = {}
when = "track.family == 'none'"
value = true
because = "it is of the case itself"
citations = [{ source = "s" }]
"""
    types = PLUGIN.replace("rule_i_discipline", "disciplinary")
    (tmp_path / "types.toml").write_text(types + rule, encoding="utf-8")
    own = unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="demo"), discover=False)
    found = view(own, a_case(), Viewer(person="X", case="C1", is_opposed=False), on=DAY)
    assert (found.reference, found.person, found.tracks) == ("C1", "M1", ())


def test_a_link_that_one_case_enters_closes_the_other(rulebook: Rulebook) -> None:
    cases = (a_case(entries=(assigning("R1"),)), a_case("C2", "M2", entries=(assigning("R2"),)))
    desk = Desk(rulebook=rulebook, union=SMALL, cases=cases)
    link = an_entry(Link, how="opposes", reference="C1")
    desk = desk.enter("C2", link).ok().desk
    assert desk.viewer("C1", "R2", on=DAY).is_opposed is True
    # Without the other case it is not known, as the link stands in both.
    alone = attrs.evolve(desk, cases=[desk.case("C1")])
    assert alone.viewer("C1", "R2", on=DAY).is_opposed is None


def test_the_deadlines_of_a_view_are_those_of_the_tracks_that_it_shows(rulebook: Rulebook) -> None:
    later = DAY + timedelta(days=1)
    begin = an_entry(Happened, track="g", event="begin")
    case = a_case(
        entries=(
            an_entry(Open, track="s", case_type="demo.sickness", version="..", to="open"),
            an_entry(Open, track="t", case_type="demo.grievance", version="..", to="open"),
            assigning("R1", "t"),
            *(attrs.evolve(begin, track=track) for track in ("s", "t")),
            attrs.evolve(begin, track="t", on=DAY - timedelta(days=1), recorded=later),
        )
    )
    for person, tracks in (("M1", ["s", "t"]), ("R1", ["t"]), ("X", [])):
        seen = view(rulebook, case, looks(rulebook, case, person), on=DAY)
        found = seen_deadlines(rulebook, case, seen)
        assert [each.track for each in found] == tracks
        # As it was known on the day of the view.
        assert {each.day.value for each in found} <= {DAY + timedelta(days=10)}
        # A view of one case opens nothing of another.
        other = attrs.evolve(case, reference="C2")
        assert seen_deadlines(rulebook, other, seen) == ()
        assert seen_deadlines(rulebook, case, attrs.evolve(seen, reference="")) == ()
        shown = tuple(attrs.evolve(track, state="") for track in seen.tracks)
        assert seen_deadlines(rulebook, case, attrs.evolve(seen, tracks=shown)) == ()
    assert len(deadlines(rulebook, case, on=DAY)) == 2


def test_what_was_entered_later_is_not_seen_earlier(rulebook: Rulebook) -> None:
    later = DAY + timedelta(days=1)
    note = attrs.evolve(
        an_entry(Note, track="g", level="ordinary", text="late"), on=later, recorded=later
    )
    case = a_case(entries=(note,))
    viewer = attrs.evolve(looks(rulebook, case, "M1"), on=None)
    assert view(rulebook, case, viewer, on=DAY).notes == ()
    assert len(view(rulebook, case, viewer, on=later).notes) == 1


def test_the_member_sees_all_that_is_open_of_their_own_case(rulebook: Rulebook) -> None:
    later = DAY + timedelta(days=1)
    opened = an_entry(
        Open,
        track="t",
        case_type="demo.grievance",
        version="..",
        employer="e",
        nation="England",
        incident=date(2026, 2, 1),
        to="open",
    )
    case = Case(
        reference="C1",
        person="M1",
        branch="B1",
        about="meal-breaks",
        opened=DAY,
        fingerprint="f",
        entries=(
            opened,
            an_entry(CaseEvent, track="t", event="answered", actor="the employer", to="open"),
            assigning("R1", "t"),
            an_entry(Note, track="t", level="ordinary", text="it was said", by="R1"),
            an_entry(Share, person="R1", compartment="general", reason="the matter"),
        ),
    )
    found = view(rulebook, case, Viewer(person="M1", case="C1", is_opposed=False), on=later)
    assert (found.viewer, found.on, found.rulebook) == ("M1", later, rulebook.fingerprint)
    assert (found.reference, found.person, found.branch) == ("C1", "M1", "B1")
    assert (found.about, found.opened, found.not_known) == ("meal-breaks", DAY, ())
    (track,) = found.tracks
    assert (track.key, track.case_type, track.state) == ("t", "demo.grievance", "open")
    assert (track.employer, track.nation, track.opened) == ("e", "England", DAY)
    assert (track.incident, track.people) == (date(2026, 2, 1), ("R1",))
    happened = [(each.on, each.event, each.actor) for each in track.events]
    assert (DAY, "answered", "the employer") in happened
    (note,) = found.notes
    assert (note.on, note.by, note.compartment) == (DAY, "R1", "general")
    assert note.text == "it was said"
    (log,) = found.log
    assert (log.on, log.act, log.person) == (DAY, "share", "R1")
    assert (log.compartment, log.reason) == ("general", "the matter")
    stranger = view(rulebook, case, Viewer(person="X", case="C1", is_opposed=False), on=later)
    shut = {"viewer": "X", "on": later, "rulebook": rulebook.fingerprint}
    assert stranger == View(**shut)


def test_who_represents_on_one_track_sees_no_note_of_another(rulebook: Rulebook) -> None:
    case = a_case(
        entries=(
            *(
                an_entry(Open, track=track, case_type="demo.grievance", version="..", to="open")
                for track in "tu"
            ),
            assigning("R1", "t"),
            *(an_entry(Note, track=at, level="ordinary", text=f"of {at}") for at in "tu"),
        )
    )
    found = view(rulebook, case, looks(rulebook, case, "R1"), on=DAY)
    assert [each.text for each in found.notes] == ["of t"]


def test_a_note_on_a_track_that_nobody_opened_is_shut(rulebook: Rulebook) -> None:
    case = a_case(entries=(an_entry(Note, track="none", level="ordinary", text="lost"),))
    assert view(rulebook, case, looks(rulebook, case, "M1"), on=DAY).notes == ()


def test_of_a_note_on_a_track_the_stricter_compartment_counts(rulebook: Rulebook) -> None:
    note = an_entry(Note, track="g", compartment="health", level="ordinary", text="a diagnosis")
    share = an_entry(Share, person="R2", compartment="health", reason="adjustments")
    case = a_case(entries=(note, share))
    found = view(rulebook, case, looks(rulebook, case, "R2"), on=DAY)
    # The share is of no more than health, so that there is nothing else to be seen.
    assert [each.text for each in found.notes] == ["a diagnosis"]
    assert (found.reference, found.tracks, found.compartments) == ("", (), ("health",))


def test_a_case_of_the_unions_discipline_is_shown_by_a_share_of_that(rulebook: Rulebook) -> None:
    case = Case(
        reference="C1",
        person="M1",
        branch="B1",
        opened=DAY,
        fingerprint="f",
        entries=(
            an_entry(Open, track="d", case_type="demo.discipline", version="..", to="open"),
            an_entry(Share, person="R1", compartment="union-internal", reason="to advise"),
            an_entry(Share, person="R2", compartment="general", reason="to advise"),
        ),
    )
    told = {
        person: view(rulebook, case, Viewer(person=person, case="C1", is_opposed=False), on=DAY)
        for person in ("R1", "R2")
    }
    assert (told["R1"].reference, told["R2"].reference) == ("C1", "")
    assert told["R1"].compartments == ("union-internal",)


def test_an_office_of_another_region_gives_no_role(rulebook: Rulebook) -> None:
    union = SMALL.append(
        Unit(key="r5", kind="region", name="S", start=START),
        Unit(key="o5", kind="regional-office", name="P", start=START),
        Parent(unit="o5", axis="region", parent="r5", start=START),
        Office(key="o5", role="regional-secretary", unit="o5", start=START),
        Holding(office="o5", person="S5", start=START, elected=START),
        Person(key="S5", name="S5"),
    )
    desk = Desk(rulebook=rulebook, union=union, cases=(a_case(),))
    roles = {person: desk.viewer("C1", person, on=DAY).roles for person in ("S4", "S5")}
    assert roles == {"S4": {"regional-manager"}, "S5": frozenset()}


def test_a_moment_is_no_day_to_look_on(rulebook: Rulebook) -> None:
    case = a_case()
    noon: Any = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with pytest.raises(NotADay) as refused:
        view(rulebook, case, looks(rulebook, case, "M1"), on=noon)
    assert refused.value.where == "on"


def test_a_viewer_who_was_asked_for_on_another_day_sees_nothing(rulebook: Rulebook) -> None:
    # An officer who has left by then would see the case with the roles of the day before.
    desk = Desk(rulebook=rulebook, union=a_union())
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    case, viewer = desk.case("C-1"), desk.viewer("C-1", "edda", on=DAY)
    assert view(rulebook, case, viewer, on=DAY).reference == "C-1"
    with pytest.raises(WrongViewer, match=r"about another day; ask for them with desk\.viewer"):
        view(rulebook, case, viewer, on=DAY + timedelta(1))
