"""The short forms of definition files, spelt out before anything else reads them.

- A value at the head of a file stands in each of its entries that has the field and does not give
  it.
- A definition with one version may have the fields of the version itself.
- ``[words.VOCABULARY]`` holds words, one a line, and ``[synonyms]`` other words for things.
  ``[translations.LANGUAGE.VOCABULARY]`` holds what words are called in another language, and the
  ``citations`` of each that gives none.
- Where no versions or rows stand under a definition, its heading holds its key, as in
  ``[fact.claim.kind]``; so does that of a source.
- A row of a ``[[table]]`` gives words for the facts in ``by``. A row that gives none is for
  whatever no other row names. Words, period and citations of the table are those of each row that
  gives none. A table by several facts stands for rules: one for all rows with the same words.
- States, happenings, transitions and what events mean stand one a line in a case type; a transition
  is called by its state and its event. ``[case_type.clock.KEY]`` is a clock of it, and
  ``[negotiating_body.side.KEY]`` a side of a body.
- In a pay table a point and its pay stand on a line: ``2 = [24413, 24796]`` is that of points 2 and
  3, ``5 = { entry = 31049 }`` that of the point ``5 entry``.
- ``[[amendment]]`` says once from which day a change of law holds, and what it makes of each
  version and row that is ``amended_by`` it. A version that several amend, or that gives fields of
  its own to become, names them in a table: ``amended_by = { "KEY" = { value = 12 } }``. A period
  may start or end with one: ``period = { end = "KEY" }``.

Each entry keeps where its parts were written, so that a fault names what the author wrote.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

import attrs
from attrs import field, frozen

from unioncore.errors import Fault, NotationError, UnknownName, did_you_mean, nearest
from unioncore.legal import Jurisdiction, Nation
from unioncore.rulebook import Origin
from unioncore.rules import RuleVersion, parse, render
from unioncore.rules.condition import TRUE, Compare, Condition, Literal, Name, OneOf, all_of
from unioncore.shown import Shown

__all__ = [
    "BY_KEY",
    "FILE_NAMES",
    "HEADED",
    "ONE_A_LINE",
    "Written",
    "fields_of",
    "no_such",
    "spelt_out",
    "version_of",
]

FILE_NAMES: Mapping[str, str] = {
    "versions": "version",
    "exceptions": "except",
    "rows": "row",
    "sides": "side",
    "holidays": "holiday",
    "affiliations": "affiliation",
    "clocks": "clock",
    "from_state": "from",
    "to_state": "to",
}
"""Fields whose name in a file is not their name in Python."""

WHOLE_FILE = "*"
"""That a whole file could not be read, so that nobody knows what it defines."""

HEADED = (
    "source",
    "fact",
    "impossible",
    "language",
    "measure",
    "silence",
    "pay_round",
    "month_reading",
    "union",
    "way_of_deciding",
    "way_out",
)
"""Tables whose headings hold the key."""

ONE_A_LINE: Mapping[str, str] = {
    "word": "[words.VOCABULARY]",
    "synonyms": "[synonyms]",
    "translation": "[translations.LANGUAGE.VOCABULARY]",
}
"""Tables whose entries stand one a line, each with the heading that these stand under."""

_UNDER = ("word", "translation")
"""Tables that are never written by their own name."""

_PERIOD_OF_ROUND = "holds"
"""The one field of these that is a table, and so is no part of a key."""

_IN_HEADING = "the heading says this already; leave key out"

_SHARED = ("period", "citations")
"""What the rows of a table share, besides words, unless they have their own."""

BY_KEY = ("categories", "states", "happenings", "transitions", "means", "clock", "side", "pay")
"""What stands by its key in a version: one a line, or each under a heading of its own."""

_OF_TABLE = ("key", "decides", "by", "dated_by", "row", *_SHARED)
_OF_ROW = ("key", "amended_by")


@cache
def fields_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a class that is read from a file, by their names there."""
    found = (FILE_NAMES.get(each.name, each.name) for each in attrs.fields(kind) if each.init)
    return (*found, "compute") if kind is RuleVersion else tuple(found)


def no_such(what: str, name: str, known: Sequence[str]) -> str:
    """Say that nothing of the kind ``what`` has a name, with the nearest or all that there are."""
    hint = nearest(name, known)
    said = f"no such {what}: {name if name.isprintable() else ascii(name)}"
    return said + (did_you_mean(hint) if hint else f"; expected {', '.join(known)}")


@frozen
class Written(Shown, shows="table origin"):
    """One entry of a file, spelt out, and where it was written."""

    table: str
    content: Any
    origin: Origin


def spelt_out(
    files: Mapping[str, Mapping[str, Any]], kinds: Mapping[str, type], faults: list[Fault]
) -> list[Written]:
    """Return the entries of files, given by name and content; ``kinds`` are those of tables."""
    found = [entry for name in files for entry in _File(name, files[name], kinds, faults).entries()]
    amendments = _Amendments(faults)
    found = [entry for entry in found if not amendments.takes(entry)]
    listed = (_listed(_versioned(entry, kinds), kinds, faults) for entry in found)
    whole = [entry for entry in listed if entry is not None]
    spelt = [out for entry in whole for out in _Tables(faults).spelt(entry)]
    spelt = [amendments.applied(entry) for entry in spelt]
    amendments.close()
    return spelt


@frozen(eq=False, repr=False)
class _File:
    """One file: its head, its words and its tables."""

    name: str
    content: Mapping[str, Any]
    kinds: Mapping[str, type]
    faults: list[Fault]

    def fault(self, path: str, message: str, unread: str = "") -> None:
        self.faults.append(Fault("", self.name, path, message, unread=unread))

    def entries(self) -> Iterator[Written]:
        head: dict[str, Any] = {}
        tables: dict[str, list[tuple[str, Any]]] = {}
        tabled = [*(name for name in self.kinds if name not in _UNDER), "amendment"]
        if isinstance(self.content.get("key"), str):
            self.fault("key", "above this a heading is missing, such as [[rule]]", WHOLE_FILE)
            return
        misspelt = {nearest(name, tabled) for name in self.content if name not in tabled}
        for name, value in self.content.items():
            if name in HEADED and name in self.kinds:
                tables[name] = list(self._headed(name, name, value))
            elif name == "synonyms" and name in tabled:
                yield from self._synonyms(value)
            elif name in tabled and isinstance(value, list):
                tables[name] = [(f"{name}[{at}]", entry) for at, entry in enumerate(value)]
            elif name in tabled and name in misspelt:
                continue  # parts of what stands under the misspelt heading
            elif name in tabled:
                self.fault(name, f"expected [[{name}]], with two brackets", WHOLE_FILE)
            elif name == "words" and "word" in self.kinds:
                yield from self._words(value)
            elif name == "translations" and "translation" in self.kinds:
                yield from self._translations(value)
            elif name in _UNDER and name in self.kinds:
                said = f'words stand one a line, KEY = "its name", under {ONE_A_LINE[name]}'
                self.fault(name, said, WHOLE_FILE)
            elif _is_table(value):
                shown = name if name.isprintable() else ascii(name)
                self.fault(shown, _no_table(name, tabled), WHOLE_FILE)
            else:
                head[name] = value
        fields = [each for table in tables for each in self._fields(table)]
        for key in [key for key in head if key not in fields]:
            self.fault(key, "stands at the head of the file, and " + no_such("field", key, fields))
            if meant := nearest(key, fields):
                head.setdefault(meant, head[key])  # what lacks it is not at fault
        for table, entries in tables.items():
            for path, entry in entries:
                if not isinstance(entry, dict):
                    self.fault(path, f"expected [[{table}]] with fields under it")
                    continue
                shared = {
                    key: value
                    for key, value in head.items()
                    if key in self._fields(table) and key != "key"
                }
                places = tuple((key, key) for key in shared if key not in entry)
                places += (("key", path),) if table in HEADED else ()
                origin = Origin("", self.name, path, places)
                yield Written(table, {**shared, **entry}, origin)

    def _fields(self, table: str) -> tuple[str, ...]:
        return fields_of(self.kinds[table]) if table in self.kinds else ()

    def _headed(self, table: str, path: str, value: Any) -> Iterator[tuple[str, Any]]:
        """Give the place and the content of each entry whose heading holds its key.

        TOML takes each full stop in the key for a table, and the key may begin another one.
        """
        if not isinstance(value, dict) or not value:
            within = "fields under it" if path != table else "one pair of brackets"
            self.fault(path, f"expected [{table}.KEY], with {within}", WHOLE_FILE)
            return
        known = self._fields(table)
        several = [name for name in value.keys() - known if _are_tables(value[name])]
        for name in several:
            here = f"{path}.{name}"
            self.fault(here, _one_pair(here), here.removeprefix(f"{table}."))
        value = {name: said for name, said in value.items() if name not in several}
        deeper = [
            name
            for name, said in value.items()
            if path == table or (isinstance(said, dict) and name != _PERIOD_OF_ROUND)
        ]
        fields = {name: said for name, said in value.items() if name not in deeper}
        if "key" in fields:
            self.fault(f"{path}.key", _IN_HEADING)
        elif fields:
            yield path, {**fields, "key": path.removeprefix(f"{table}.")}
        for name in deeper:
            yield from self._headed(table, f"{path}.{name}", value[name])

    def _words(self, value: Any) -> Iterator[Written]:
        if not isinstance(value, dict):
            self.fault("words", "expected [words.VOCABULARY]")
            return
        for vocabulary, words in value.items():
            path = f"words.{vocabulary}"
            if not isinstance(words, dict):
                self.fault(path, f"expected [words.{vocabulary}], with words under it")
                continue
            for key, said in words.items():
                here = f"{path}.{key}"
                if not isinstance(said, str | dict):
                    self.fault(here, 'expected the name in quotes, such as clerk = "clerk"', key)
                    continue
                content = {"vocabulary": vocabulary, "key": key}
                content |= {"name": said} if isinstance(said, str) else said
                places = [("key", here), ("vocabulary", path)]
                places += [("name", here)] if isinstance(said, str) else []
                yield Written("word", content, Origin("", self.name, here, tuple(places)))

    def _translations(self, value: Any) -> Iterator[Written]:
        head = ONE_A_LINE["translation"]
        for language, vocabularies in value.items() if isinstance(value, dict) else [("", value)]:
            path = f"translations.{language}".removesuffix(".")
            if not isinstance(vocabularies, dict):
                self.fault(path, f"expected {head}", WHOLE_FILE)
                continue
            for vocabulary, words in vocabularies.items():
                at = f"{path}.{vocabulary}"
                if not isinstance(words, dict):
                    self.fault(at, f"expected {head}, with words under it", WHOLE_FILE)
                    continue
                shared = {"citations": words["citations"]} if "citations" in words else {}
                for word, said in words.items():
                    if word not in shared:
                        yield from self._translation(language, vocabulary, at, word, said, shared)

    def _translation(
        self,
        language: str,
        vocabulary: str,
        at: str,
        word: str,
        said: Any,
        shared: Mapping[str, Any],
    ) -> Iterator[Written]:
        here = f"{at}.{word}"
        if not isinstance(said, str | dict):
            self.fault(here, 'expected the name in quotes, such as Wales = "Cymru"', word)
            return
        content = {"language": language, "vocabulary": vocabulary, "word": word, **shared}
        content |= {"name": said} if isinstance(said, str) else said
        places = [(each, at) for each in ("language", "vocabulary")]
        places += [("word", here), ("key", here)]
        places += [("name", here)] if isinstance(said, str) else []
        places += [(each, f"{at}.{each}") for each in shared if content[each] is shared[each]]
        yield Written("translation", content, Origin("", self.name, here, tuple(places)))

    def _synonyms(self, value: Any) -> Iterator[Written]:
        if not isinstance(value, dict):
            self.fault("synonyms", "expected [synonyms], with one pair of brackets", WHOLE_FILE)
            return
        for said, see in value.items():
            here = f"synonyms.{said}"
            several = isinstance(see, list)
            places = (("said", here), ("see" if several else "see[0]", here))
            content = {"said": said, "see": see if several else [see]}
            yield Written("synonyms", content, Origin("", self.name, here, places))


def _versioned(entry: Written, kinds: Mapping[str, type]) -> Written:
    """Return an entry that gives the fields of its only version itself with that version."""
    of = version_of(kinds[entry.table]) if entry.table in kinds else None
    if of is None or "version" in entry.content:
        return entry
    own, its = fields_of(kinds[entry.table]), (*fields_of(of), "amended_by")
    # A misspelt field is told where it is nearest to one.
    version = {
        key: value
        for key, value in entry.content.items()
        if key in its or (key not in own and nearest(key, (*own, *its)) not in own)
    }
    if not version:
        return entry
    rest = {key: value for key, value in entry.content.items() if key not in version}
    origin = attrs.evolve(
        entry.origin, places=(*entry.origin.places, ("version[0]", entry.origin.path))
    )
    return attrs.evolve(entry, content={**rest, "version": [version]}, origin=origin)


@cache
def version_of(kind: type) -> type | None:
    """Return the class of the versions of a kind of definition, where it has versions."""
    if not any(field.name == "versions" for field in attrs.fields(kind)):
        return None
    found: type = get_args(get_type_hints(kind)["versions"])[0]
    return found


def _listed(entry: Written, kinds: Mapping[str, type], faults: list[Fault]) -> Written | None:
    """Return an entry with lists in place of what stands by its key in its versions.

    None where that cannot be read: its faults are told, and what else it lacks is not looked for.
    """
    of = version_of(kinds[entry.table]) if entry.table in kinds else None
    versions = entry.content.get("version")
    if of is None or not isinstance(versions, list):
        return entry
    made, places, unread = [], list(entry.origin.places), dict[str, str]()
    for number, version in enumerate(versions):
        spelt = dict(version) if isinstance(version, dict) else version
        for name in _by_key(of) if isinstance(spelt, dict) else ():
            lines = spelt.get(name, {})
            path = f"version[{number}].{name}"
            what = f"{entry.table}.{name}"
            if not isinstance(lines, dict):
                unread[path] = _one_pair(f"{what}] or [{what}.KEY")
                continue
            for key in lines if name not in _LINES else ():
                if _are_tables(lines[key]):
                    unread[f"{path}.{key}"] = _one_pair(f"{what}.{key}")
            found = list(_LINES.get(name, _keyed)(lines))
            spelt[name] = [each for _, each in found]
            for place, (key, each) in enumerate(found):
                if name not in _LINES and each.get("key") != key:
                    faults.append(entry.origin.fault(f"{path}.{key}.key", _IN_HEADING))
                here = entry.origin.at(f"{path}.{key}")
                places += [(f"{path}[{place}]", here), (f"{path}[{place}].key", here)]
        made.append(spelt)
    if unread:
        key = entry.content.get("key", WHOLE_FILE)
        told = (entry.origin.fault(path, said) for path, said in unread.items())
        faults += (attrs.evolve(each, unread=key) for each in told)
        return None
    origin = attrs.evolve(entry.origin, places=tuple(places))
    return attrs.evolve(entry, content={**entry.content, "version": made}, origin=origin)


@cache
def _by_key(of: type) -> tuple[str, ...]:
    """Return the fields of a version whose parts stand by their keys."""
    return tuple(name for name in fields_of(of) if name in BY_KEY)


def _keyed(lines: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give each line as a table with its key; text is the name."""
    for key, said in lines.items():
        yield key, {"key": key, **(said if isinstance(said, dict) else {"name": said})}


def _transitions(lines: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give each transition; an event that may lead to several states has a list of them."""
    for state, events in lines.items():
        if not isinstance(events, dict):
            yield state, events
            continue
        for event, led in events.items():
            for each in led if isinstance(led, list) else [led]:
                is_table = isinstance(each, dict)
                transition = {"from": state, "event": event, **each} if is_table else each
                yield f"{state}.{event}", transition


def _means(lines: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give what each event or happening means."""
    for event, means in lines.items():
        yield event, {"event": event, "means": means}


def _pay(lines: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give what each point pays.

    A list is the pay of the point and of those that follow it; a table that of parts of a band.
    """
    for key, said in lines.items():
        points: Mapping[str, Any] = {key: said}
        if isinstance(said, list) and key.isdecimal():
            points = {str(int(key) + place): pay for place, pay in enumerate(said)}
        elif isinstance(said, dict):
            points = {f"{key} {part}": pay for part, pay in said.items()}
        yield from ((key, {"point": point, "pay": pay}) for point, pay in points.items())


_LINES = {"transitions": _transitions, "means": _means, "pay": _pay}


def _is_table(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) for item in items)


def _one_pair(heading: str) -> str:
    return f"expected [{heading}], with one pair of brackets"


def _are_tables(value: Any) -> bool:
    """Say whether a value is a list of tables, as two brackets make it."""
    return isinstance(value, list) and bool(value) and all(isinstance(e, dict) for e in value)


def _no_table(name: str, tabled: Sequence[str]) -> str:
    hint = nearest(name, tabled)
    if hint:
        return "no such table" + did_you_mean(hint)
    words = f"if it is a vocabulary, its words stand under [words.{name}]"
    return f"no such table; {words}; else expected {', '.join(tabled)}"


@frozen
class _Amendment(Shown, shows="key start"):
    """A change of law: from its day it puts its fields in place of those of what it amends."""

    key: str
    start: date
    origin: Origin
    citations: list[Any]
    """Those of the change; they stand behind those of what it amends."""
    fields: Mapping[str, Any]


@frozen(eq=False, repr=False)
class _Amendments:
    """The amendments of a folder."""

    faults: list[Fault]
    known: dict[str, _Amendment] = field(factory=dict)
    used: set[str] = field(factory=set)

    def takes(self, entry: Written) -> bool:
        """Keep an entry if it is an amendment; whether it is."""
        if entry.table != "amendment":
            return False
        fields = dict(entry.content)
        key, start = fields.pop("key", None), fields.pop("start", None)
        citations = fields.pop("citations", [])
        wrong = self._wrong(key, start, citations)
        if wrong is None:
            self.known[key] = _Amendment(key, start, entry.origin, citations, fields)
            return True
        self.faults.append(entry.origin.fault(*wrong))
        if isinstance(key, str):
            self.used.add(key)  # what it amends is not at fault
        return True

    def _wrong(self, key: Any, start: Any, citations: Any) -> tuple[str, str] | None:
        """Return where an amendment is wrong, and what is expected there."""
        if not isinstance(key, str):
            return "key", "an amendment needs a key in quotes"
        if not isinstance(start, date) or isinstance(start, datetime):
            said = "an amendment needs the day from which it holds, such as start = 2026-10-01"
            return "start", said
        if not isinstance(citations, list) or not citations:
            return "citations", "an amendment needs citations of its own, in brackets"
        if key in self.known:
            return "key", f"{key} is an amendment in {self.known[key].origin.file} already"
        return None

    def applied(self, entry: Written) -> Written:
        """Return an entry with each amended version as two: before the change, and after it."""
        places = list(entry.origin.places)
        content = dict(entry.content)
        for name in ("version", "row", "otherwise"):
            versions = content.get(name)
            if not isinstance(versions, list):
                continue
            versions = content[name] = [self._dated(version) for version in versions]
            if not any(map(_is_amended, versions)):
                continue
            made: list[Any] = []
            moved = []
            for number, version in enumerate(versions):
                inner = f"{name}[{number}]"
                here = entry.origin.at(inner)
                for after, changed in self._versions(entry, inner, version):
                    at = f"{name}[{len(made)}]"
                    if here != f"{entry.origin.path}.{at}":
                        moved.append((at, here))
                    for each in changed:
                        moved.append((f"{at}.{each}", f"{here}.amended_by"))
                    for start, written in entry.origin.places:
                        if start.startswith(f"{inner}."):
                            rest = start.removeprefix(inner)
                            if rest[1:].partition(".")[0].partition("[")[0] not in changed:
                                moved.append((f"{at}{rest}", written))
                    made.append(after)
            places = [each for each in places if not each[0].startswith(f"{name}[")] + moved
            content[name] = made
        origin = attrs.evolve(entry.origin, places=tuple(places))
        return attrs.evolve(entry, content=content, origin=origin)

    def _dated(self, version: Any) -> Any:
        """Return a version with the days of the amendments that its period names."""
        period = version.get("period") if isinstance(version, dict) else None
        if not isinstance(period, dict):
            return version
        named = [each for each in period.values() if isinstance(each, str) and each in self.known]
        if not named:
            return version
        self.used.update(named)
        days = {
            bound: self.known[each].start if each in named else each
            for bound, each in period.items()
        }
        return {**version, "period": days}

    def _versions(
        self, entry: Written, inner: str, version: Any
    ) -> Iterator[tuple[Any, Sequence[str]]]:
        """Give what becomes of a version, each with the fields that an amendment changed."""
        if not _is_amended(version):
            yield version, ()
            return
        rest = {key: value for key, value in version.items() if key != "amended_by"}
        named = version["amended_by"]
        changes = {named: {}} if isinstance(named, str) else named
        if not isinstance(changes, dict) or not changes:
            said = 'expected the key of an [[amendment]], or { "KEY" = { value = 6 } }'
            self.faults.append(entry.origin.fault(f"{inner}.amended_by", said))
            yield rest, ()
            return
        self.used.update(self.known.keys() & changes.keys())
        done: tuple[str, ...] = ()
        for key, becomes in changes.items():
            amendment, wrong = self._meant(key, becomes, rest.get("period"))
            if wrong:
                self.faults.append(entry.origin.fault(f"{inner}.amended_by", wrong))
            if amendment is None:
                break
            yield {**rest, "period": {**rest["period"], "end": amendment.start}}, done
            rest = _amended(rest, amendment, becomes)
            done = (*done, *amendment.fields, *becomes)
        yield rest, done

    def _meant(self, key: str, becomes: Any, period: Any) -> tuple[_Amendment | None, str]:
        """Return the amendment that changes a version, or None and what is wrong."""
        if not isinstance(becomes, dict):
            return None, f"expected what becomes of this, such as {{ {key} = {{ value = 6 }} }}"
        amendment = self.known.get(key)
        if amendment is None:
            hint = did_you_mean(nearest(key, self.known))
            return None, "" if key in self.used else f"no [[amendment]] has the key {key}{hint}"
        if not amendment.fields and not becomes:
            said = f'such as amended_by = {{ "{key}" = {{ value = 6 }} }}'
            return None, f"{key} does not say what becomes of this; say it here, {said}"
        if not _is_period(period):
            return None, ""  # the reader says what is wrong with it
        day, start, end = amendment.start, period.get("start"), period.get("end")
        if (start is not None and start >= day) or (end is not None and end <= day):
            return None, f"{key} changes the law on {day.isoformat()}, outside the period"
        return amendment, ""

    def close(self) -> None:
        """Report amendments that change nothing."""
        for key, amendment in self.known.items():
            if key not in self.used:
                said = f"nothing is amended_by {key}"
                self.faults.append(amendment.origin.fault("key", said))


def _amended(
    version: Mapping[str, Any], amendment: _Amendment, becomes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what an amendment makes of a version."""
    fields = {**amendment.fields, **becomes}
    cited = [version.get("citations", []), amendment.citations, becomes.get("citations", [])]
    lists = [each for each in cited if isinstance(each, list)]
    citations = [each for some in lists for each in some] if len(lists) == len(cited) else cited[0]
    unlike = {"value", "compute"} if {"value", "compute"} & fields.keys() else set()
    kept = {key: value for key, value in version.items() if key not in unlike}
    period = {**version["period"], "start": amendment.start}
    return {**kept, **fields, "period": period, "citations": citations}


def _is_amended(version: Any) -> bool:
    return isinstance(version, dict) and "amended_by" in version


def _is_period(period: Any) -> bool:
    return isinstance(period, dict) and all(
        isinstance(day, date) and not isinstance(day, datetime) for day in period.values()
    )


@frozen(eq=False, repr=False)
class _Tables:
    """Spells out tables."""

    faults: list[Fault]

    def spelt(self, entry: Written) -> list[Written]:
        by = entry.content.get("by") if entry.table == "table" else None
        rows = entry.content.get("row")
        facts = [by] if isinstance(by, str) else by
        if not isinstance(facts, list) or not facts or not isinstance(rows, list):
            return [entry]  # no table, or one that the reader finds wanting
        if not all(isinstance(each, str) for each in facts) or len({*facts}) < len(facts):
            self.faults.append(
                entry.origin.fault("by", "expected the key of a fact, or a list of different facts")
            )
            return []
        flat = attrs.evolve(entry, content=self._fields(entry, facts))
        return self._several(flat, facts) if len(facts) > 1 else self._one(flat, facts[0])

    def _fields(self, entry: Written, facts: Sequence[str]) -> dict[str, Any]:
        """Return the fields of a table; one that is misspelt is told, and taken as it was meant."""
        known, found = [*_OF_TABLE, *facts], dict[str, Any]()
        for key, value in _flat(entry.content, _OF_TABLE):
            if key in known:
                found[key] = value
                continue
            # Full stops are those of a fact, or come from a table that stands there.
            top = key.partition(".")[0]
            told = key if any(fact.startswith(f"{top}.") for fact in facts) else top
            hint = nearest(told, known)
            meant = did_you_mean(hint) or f"; expected {', '.join(known)}"
            self.faults.append(entry.origin.fault(told, f"no such field{meant}"))
            if hint:
                found.setdefault(hint, entry.content.get(told, value))
        return found

    def _rows(
        self, entry: Written, facts: Sequence[str], allowed: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Any], list[tuple[str, str]]]]:
        """Give each row that can be used, with what the table's rows share, and its places."""
        common = {key: entry.content[key] for key in (*_SHARED, *facts) if key in entry.content}
        for number, row in enumerate(entry.content["row"]):
            path = f"row[{number}]"
            if not isinstance(row, dict):
                self.faults.append(
                    entry.origin.fault(path, "expected [[table.row]] with fields under it")
                )
                continue
            row = dict(_flat(row, allowed))
            strange = [key for key in row if key not in (*facts, *allowed)]
            for key in strange:
                self.faults.append(
                    entry.origin.fault(path, no_such("field", key, [*facts, *allowed]))
                )
            if strange:
                continue
            shared = [(key, entry.origin.at(key)) for key in common if key not in row]
            yield path, {**row, **{key: common[key] for key, _ in shared}}, shared

    def _one(self, entry: Written, fact: str) -> list[Written]:
        """Return a table by one fact, with the words of each row as its keys."""
        allowed = ["value", "period", "citations", "conflict", "amended_by"]
        rows: dict[str, list[Any]] = {"row": [], "otherwise": []}
        places = list(entry.origin.places)
        for path, row, shared in self._rows(entry, [fact], allowed):
            keys = row.pop(fact, [])
            name = "row" if keys else "otherwise"
            at, here = f"{name}[{len(rows[name])}]", f"{entry.origin.path}.{path}"
            row["keys"] = _nations(fact, keys if isinstance(keys, list) else [keys])
            rows[name].append(row)
            places += [(at, here), (f"{at}.keys", f"{here}.{fact}")]
            places += [(f"{at}.{key}", written) for key, written in shared]
        rest = {key: v for key, v in entry.content.items() if key not in (*_SHARED, fact)}
        origin = attrs.evolve(entry.origin, places=tuple(places))
        return [Written(entry.table, {**rest, **rows, "by": fact}, origin)]

    def _several(self, entry: Written, facts: Sequence[str]) -> list[Written]:
        """Return the rules that a table by several facts stands for."""
        content = entry.content
        base = {key: content[key] for key in ("decides", "dated_by") if key in content}
        rules: dict[str, dict[str, Any]] = {}
        asked: dict[str, Condition] = {}
        places: dict[str, list[tuple[str, str]]] = {}
        allowed = [*_OF_ROW, *fields_of(RuleVersion)]
        for path, row, shared in self._rows(entry, facts, allowed):
            here = f"{entry.origin.path}.{path}"
            names = {fact: row.pop(fact) for fact in [*row] if fact in facts}
            key = row.pop("key", None) or self._key(content.get("key"), facts, names)
            if not isinstance(key, str):
                self.faults.append(entry.origin.fault(f"{path}.key", "expected a key in quotes"))
                continue
            try:
                when = self._when(names, row)
            except (NotationError, TypeError) as error:
                self.faults.append(entry.origin.fault(f"{path}.when", " ".join(str(error).split())))
                continue
            if asked.setdefault(key, when) != when:
                said = f"another row stands for the rule {key}; give this one a key of its own"
                self.faults.append(entry.origin.fault(path, said))
                continue
            if key not in rules:
                rules[key] = {**base, "key": key, "version": []}
                rules[key] |= {} if names else {"otherwise": True}
                places[key] = [(each, entry.origin.at(each)) for each in ("key", *base)]
                places[key] += [(f"by:{fact}", entry.origin.at("by")) for fact in facts]
            at = f"version[{len(rules[key]['version'])}]"
            rules[key]["version"].append({**row, "when": render(when)})
            places[key] += [(at, here), *((f"{at}.{each}", written) for each, written in shared)]
            places[key] += [(f"{at}.when:{fact}", f"{here}.{fact}") for fact in names]
        return [
            Written("rule", rule, attrs.evolve(entry.origin, places=tuple(places[key])))
            for key, rule in rules.items()
        ]

    def _key(self, table: Any, facts: Sequence[str], names: Mapping[str, Any]) -> str:
        first = next((names[fact] for fact in facts if fact in names), "otherwise")
        return f"{table}-{first[0] if isinstance(first, list) and first else first}"

    def _when(self, names: Mapping[str, Any], row: dict[str, Any]) -> Condition:
        parts: list[Condition] = []
        for fact, value in names.items():
            words = _nations(fact, value if isinstance(value, list) else [value])
            options = tuple(map(Literal, words))
            one = len(options) == 1
            parts.append(
                Compare("==", Name(fact), options[0]) if one else OneOf(Name(fact), options)
            )
        further = row.pop("when", None)
        if further is not None and not isinstance(further, str):
            raise TypeError("expected a condition in quotes")
        return all_of(*parts, parse(further) if further is not None else TRUE)


def _flat(row: Mapping[str, Any], fields: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Give the fields of a row; TOML takes the full stop in the key of a fact for a table."""
    for key, value in row.items():
        if isinstance(value, dict) and value and key not in fields:
            yield from ((f"{key}.{inner}", each) for inner, each in _flat(value, ()))
        else:
            yield key, value


def _nations(fact: str, words: list[Any]) -> list[Any]:
    """Return words with each short name of several nations, such as ``GB``, as those nations."""
    if fact.rpartition(".")[2] != "nation":
        return words
    found: list[Any] = []
    for word in words:
        try:
            meant = Jurisdiction.parse(word)
        except (UnknownName, AttributeError):
            found.append(word)  # composition says what is wrong with it
        else:
            found += [str(nation) for nation in Nation if nation in meant]
    return found
