"""What composition checks on definitions with one another."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from unioncore.composition.discovery import BUILTIN
from unioncore.composition.report import Report
from unioncore.describe import things
from unioncore.describe.languages import translatable
from unioncore.errors import FaultKind, did_you_mean, nearest
from unioncore.legal import DayRange, Nation
from unioncore.model import ACTS, TABLES, Language, Meaning, Side, WayOfDeciding, columns
from unioncore.model.translations import EMPLOYER, PHRASE, is_place
from unioncore.phrases import fields_in
from unioncore.rulebook import At, Definitions
from unioncore.rules import series
from unioncore.rules.condition import (
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    children,
)
from unioncore.rules.overlap import overlaps
from unioncore.rules.ruleset import Gathering
from unioncore.rules.search import example_text

__all__ = ["Across"]


class Across:
    """Checks what no definition shows by itself: cycles, clashes, references and overlaps."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.book, self.rules, self.declared = report.book, report.rules, report.declared
        self.fault, self.breaks, self.broken = report.fault, report.breaks, report.broken
        self.refers = report.refers

    def check(self) -> None:
        """Check everything but cycles."""
        self._overrides()
        self._deciders()
        self._keys()
        self._words()
        self._references()
        self._conciliation()
        self._one_own_union()
        self._one_calendar_for_each_nation()
        self._signposts()
        self._translations()
        self._overlaps()

    def _overrides(self) -> None:
        owners = {rule.key: at for at, rule in self.declared}
        decides = {rule.key: rule.decides for _, rule in self.declared}
        links: dict[str, list[str]] = {}
        for at, rule in self.declared:
            mine = [key for key in rule.overrides if decides.get(key) == rule.decides]
            links[rule.key] = mine
            for key in rule.overrides:
                if key not in mine:
                    message = f"overrides {key}, but no rule of that key decides {rule.decides}"
                    alike = (other for other, fact in decides.items() if fact == rule.decides)
                    others = [other for other in alike if other != rule.key]
                    self.breaks(
                        at,
                        "overrides",
                        message + did_you_mean(nearest(key, others)),
                        kind=FaultKind.UNKNOWN,
                    )
        while circle := _circle(links):
            message = f"rules override one another: {' -> '.join(circle)}"
            self.breaks(owners[circle[0]], "overrides", message, kind=FaultKind.CLASH)
            for key in circle:
                self.broken.add(owners[key])
                links.pop(key, None)

    def _deciders(self) -> None:
        """Check that a fact that a table or a measure decides is decided by nothing else."""
        owners: dict[str, At] = {}
        deciding = [(("tables", each.key), each.decides) for each in self.rules.tables]
        deciding += [(("measures", each.key), each.decides) for each in self.rules.measures]
        for at, key in deciding:
            first = owners.setdefault(key, at)
            if first != at:
                self.breaks(
                    at, "decides", f"{key} is decided already by", first, kind=FaultKind.CLASH
                )
        for at, rule in self.declared:
            if rule.decides in owners:
                message = f"{rule.decides} is decided already by"
                self.breaks(at, "decides", message, owners[rule.decides], kind=FaultKind.CLASH)

    # -- cycles ----------------------------------------------------------------------------------

    def check_cycles(self) -> None:
        """Check that no derived fact depends on itself, word by word for sets."""
        links: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for key, decider in self.report.sound().deciders.items():
            words = decider.words if isinstance(decider, Gathering) else ()
            for word in ("", *words):
                links[key, word] = set().union(*map(_reads, decider.reads(word)))
        done: set[tuple[str, str]] = set()
        for start in sorted(links):
            self._follow(start, links, [], done)

    def _follow(
        self,
        at: tuple[str, str],
        links: Mapping[tuple[str, str], set[tuple[str, str]]],
        path: list[tuple[str, str]],
        done: set[tuple[str, str]],
    ) -> None:
        if at in path:
            circle = [*path[path.index(at) :], at]
            shown = " -> ".join(f"{key}:{word}" if word else key for key, word in circle)
            keys = {key for key, _ in circle}
            deciding = [(owner, rule.decides) for owner, rule in self.declared]
            deciding += [(("tables", each.key), each.decides) for each in self.rules.tables]
            deciding += [(("measures", each.key), each.decides) for each in self.rules.measures]
            owners = [owner for owner, decides in deciding if decides in keys]
            self.fault(
                owners[0], "", f"derived facts depend on themselves: {shown}", kind=FaultKind.CLASH
            )
            self.broken.update(owners)
            done.update(circle)
            return
        if at in done or at not in links:
            return
        for following in sorted(links[at]):
            self._follow(following, links, [*path, at], done)
        done.add(at)

    def _keys(self) -> None:
        """Check that no two definitions of different kinds share a key that tells them apart."""
        owners: dict[str, At] = {}
        kinds = {kind.name: kind for kind in Definitions.kinds() if kind.alone}
        for at in sorted(self.book.origins):
            if at[0] not in kinds:
                continue
            first = owners.setdefault(at[1], at)
            if first == at and kinds[at[0]].named and ("facts", at[1]) in self.book.origins:
                first = ("facts", at[1])
            if first != at:
                message = f"{at[1]} is the key of one of the {first[0].replace('_', ' ')} too"
                self.fault(at, "key", message, kind=FaultKind.TWICE)

    def _words(self) -> None:
        """Check that a word is not declared differently by itself and by what it stands for."""
        definitions = self.book.definitions
        words = {(word.vocabulary, word.key): word for word in definitions.words}
        for at, definition in definitions.meant():
            word = definition.word()
            other = None if word is None else words.get((word.vocabulary, word.key))
            if word is not None and other is not None and other.name != word.name:
                message = f"{word.key} is also a word of {word.vocabulary}, and named differently"
                self.fault(at, "key", message, kind=FaultKind.TWICE)

    def check_vocabularies(self) -> None:
        """Check that nobody has words of a vocabulary that is another one misspelt.

        Those that the standard definitions ask for are there for plugins to fill.
        """
        self._words_of_nothing()
        facts = self.book.definitions.facts
        standard = {f.vocabulary for f in facts if self._plugin(f.key) == BUILTIN}
        known = standard | {name for name, words in self.rules.words.items() if words}
        for fact in facts:
            near = nearest(fact.vocabulary, known - {""}) if fact.vocabulary not in known else None
            if near:
                message = f"no word is of the vocabulary {fact.vocabulary}{did_you_mean(near)}"
                self.fault(("facts", fact.key), "vocabulary", message, kind=FaultKind.UNKNOWN)

    def _words_of_nothing(self) -> None:
        """Check that some fact or column takes its words from each vocabulary."""
        definitions = self.book.definitions
        asked = {"actor", "case_family", *(fact.vocabulary for fact in definitions.facts)}
        stand = (each.word() for at, each in definitions.meant() if at[0] != "words")
        asked |= {word.vocabulary for word in stand if word is not None}
        records: list[Any] = [*TABLES.values(), *ACTS.values()]
        for record in records:
            asked |= {each.metadata["column"].words for each in columns(record).values()}
        for word in definitions.words:
            if word.vocabulary not in asked:
                hint = did_you_mean(nearest(word.vocabulary, asked - {""}))
                message = f"no fact or column takes its words from {word.vocabulary}{hint}"
                at = ("words", f"{word.vocabulary}:{word.key}")
                self.fault(at, "vocabulary", message, kind=FaultKind.UNKNOWN)
                self.report.unread.add(word.key)

    def _plugin(self, fact: str) -> str:
        origin = self.book.origins.get(("facts", fact))
        return "" if origin is None else origin.plugin

    def _references(self) -> None:
        """Check that what definitions name by its key is there."""
        bodies = self.rules.words_of("body")
        self._bodies(bodies)
        self._pay_rounds(bodies)
        for scale in self.book.definitions.pay_scales:
            for key in scale.bodies:
                self.refers(("pay_scales", scale.key), "bodies", "body", key, bodies)
        self._places()

    def _bodies(self, bodies: Collection[str]) -> None:
        definitions, ways = self.book.definitions, self.book.named(WayOfDeciding)
        for body in definitions.bodies:
            at = ("bodies", body.key)
            for key in body.succeeded_by:
                self.refers(at, "succeeded_by", "body", key, bodies)
            if body.parent:
                self.refers(at, "parent", "body", body.parent, bodies)
            for number, version in enumerate(body.versions):
                if version.decides_by:
                    path = f"version[{number}].decides_by"
                    self.refers(at, path, "way of deciding", version.decides_by, ways)
                for place, side in enumerate(version.sides):
                    path = f"version[{number}].side[{place}]"
                    for key in side.unions:
                        self._names_union(at, f"{path}.unions", key)
                    self._majorities(at, f"{path}.majorities", side)
        self._in_a_circle({each.key: {each.parent} - {each.key} for each in definitions.bodies})

    def _pay_rounds(self, bodies: Collection[str]) -> None:
        definitions = self.book.definitions
        rounds = (each for each in definitions.case_types if each.is_pay_round)
        events = {e for kind in rounds for version in kind.versions for e in version.events()}
        for round_ in definitions.pay_rounds:
            at = ("pay_rounds", round_.key)
            self.refers(at, "body", "body", round_.body, bodies)
            for number, position in enumerate(round_.positions):
                self._names_union(at, f"positions[{number}].union", position.union)
            for number, step in enumerate(round_.steps):
                self.refers(at, f"steps[{number}].what", "event", step.what, events)
                if step.on and not _is_partial_day(step.on):
                    message = "expected a day, month or year such as 2024-10"
                    self.fault(at, f"steps[{number}].on", message)
            if not round_.citations:
                self.fault(
                    at,
                    "citations",
                    "has no citation; a record without a source cannot stand",
                    kind=FaultKind.NO_SOURCE,
                )

    def _places(self) -> None:
        """Check the regions of branches and what follows them, and the kinds of units of roles."""
        definitions, regions = self.book.definitions, self.rules.words_of("region")
        for branch in definitions.branches:
            for number, each in enumerate(branch.versions):
                path = f"version[{number}].region"
                self.refers(("branches", branch.key), path, "region", each.region, regions)
        for region in definitions.regions:
            if region.succeeded_by:
                at = ("regions", region.key)
                self.refers(at, "succeeded_by", "region", region.succeeded_by, regions)
        unit_kinds = self.rules.words_of("unit_kind")
        for role in definitions.office_roles if unit_kinds else ():
            for key in role.of:
                self.refers(("office_roles", role.key), "of", "unit_kind", key, unit_kinds)

    def _signposts(self) -> None:
        """Check that other words for things, and troubles, lead to something."""
        known = things(self.book)
        for kind in ("synonyms", "troubles"):
            for each in getattr(self.book.definitions, kind):
                for number, address in enumerate(each.see):
                    self.refers((kind, each.key), f"see[{number}]", "thing", address, known)

    def _translations(self) -> None:
        """Check that what is translated is there, and that a phrase is filled as in English."""
        every = self.book.definitions.translations
        if not every:
            return
        languages, known = self.book.named(Language), translatable(self.book)
        for each in every:
            at = ("translations", each.key)
            self.refers(at, "language", "language", each.language, languages)
            self.refers(at, "vocabulary", "vocabulary", each.vocabulary, known)
            words = known.get(each.vocabulary)
            by_place = each.vocabulary == EMPLOYER and is_place(each.word)
            if words is not None and not by_place:
                self.refers(at, "word", each.vocabulary, each.word, words)
            if each.vocabulary == PHRASE and words and each.word in words:
                self._filled(at, each.name, words[each.word])

    def _filled(self, at: At, phrase: str, english: str) -> None:
        try:
            found = fields_in(phrase)
        except ValueError as error:
            return self.fault(at, "name", f"a bracket in it is not closed: {error}")
        if found != (wanted := fields_in(english)):
            said = series(f"{{{name}}}" for name in sorted(wanted)) or "nothing in brackets"
            self.fault(at, "name", f"expected {said}, as in {english!r}")
        return None

    def _in_a_circle(self, parents: dict[str, set[str]]) -> None:
        while circle := _circle(parents):
            message = f"bodies are parents of one another: {' -> '.join(reversed(circle))}"
            self.fault(("bodies", circle[0]), "parent", message)
            for key in circle:
                parents.pop(key, None)

    def _names_union(self, at: At, path: str, key: str) -> None:
        advice = f'; if it is right, add [union.{key}] with name = "..."'
        self.refers(at, path, "union", key, self.rules.words_of("union"), advice=advice)

    def _conciliation(self) -> None:
        """Check that the clocks of claims can know when conciliation began and ended."""
        kinds = self.book.definitions.case_types
        meant = {event: means for kind in kinds for event, means in kind.meant().items()}
        wanted = (Meaning.CONCILIATION_NOTIFIED, Meaning.CONCILIATION_CERTIFIED)
        lacked = [each for each in wanted if each not in meant.values()]
        clocks = (
            (kind, f"version[{number}].clock[{place}]", clock)
            for kind in kinds
            for number, version in enumerate(kind.versions)
            for place, clock in enumerate(version.clocks)
            if clock.claim
        )
        for kind, path, clock in clocks:
            at = ("case_types", kind.key)
            for each in lacked:
                message = f"no event or happening of a case type means {each}"
                self.fault(at, f"{path}.claim", message)
            elsewhere = meant.get(clock.must)
            if elsewhere in wanted and clock.must not in kind.meant():
                message = f"{clock.must} means {elsewhere} in other case types, and nothing here"
                self.fault(at, f"{path}.must", message)

    def _majorities(self, at: At, path: str, side: Side) -> None:
        """Check that unions said to be a majority together can be one."""
        seats = {each.who: each.seats for each in side.seats_by}
        for number, majority in enumerate(side.majorities):
            here = f"{path}[{number}]"
            for key in majority:
                if key not in side.unions:
                    message = f"names {key}, which is not among the unions of the side"
                    self.fault(
                        at,
                        here,
                        message + did_you_mean(nearest(key, side.unions)),
                        kind=FaultKind.UNKNOWN,
                    )
            if not majority:
                self.fault(at, here, "names no union; name those that are a majority together")
            elif side.seats is not None and set(majority) <= seats.keys():
                held = sum(seats[key] for key in set(majority))
                if held * 2 <= side.seats:
                    message = f"has {held} of {side.seats} seats, which is no majority"
                    self.fault(at, here, message)
            for other in side.majorities[:number]:
                if majority and other and not set(majority) & set(other):
                    message = f"shares no union with {series(other)}; both cannot be a majority"
                    self.fault(at, here, message)

    def _one_own_union(self) -> None:
        own = [union.key for union in self.book.definitions.unions if union.own]
        for key in own[1:]:
            message = f"a rulebook is one union's own, and {own[0]} is marked so too"
            self.fault(("unions", key), "own", message, kind=FaultKind.CLASH)

    def _one_calendar_for_each_nation(self) -> None:
        first: dict[Nation, str] = {}
        for calendar in self.book.definitions.calendars:
            for nation in sorted(calendar.nations):
                other = first.setdefault(nation, calendar.key)
                if other != calendar.key:
                    at, beside = ("calendars", calendar.key), ("calendars", other)
                    message = f"{nation} has two calendars, and needs one; leave out this or"
                    self.fault(at, "nations", message, beside, kind=FaultKind.CLASH)

    def _overlaps(self) -> None:
        """Search for people for whom two rules decide one fact differently."""
        owners = {rule.key: at for at, rule in self.declared}
        for found in overlaps(self.report.sound()):
            pair = f"{found.first} and {found.second} decide {found.fact}"
            if found.example is None:
                self.report.not_proved.append(f"{pair}: {found.reason}")
                continue
            example = example_text(found.example) or "whatever is known of them"
            message = f"{pair} differently for one person: {example}"
            message += "; narrow one, or let one override the other, which is"
            self.fault(owners[found.first], "", message, owners[found.second], kind=FaultKind.CLASH)


def _is_partial_day(text: str) -> bool:
    try:
        DayRange.parse(text)
    except ValueError:
        return False
    return True


def _circle(links: Mapping[str, Iterable[str]]) -> list[str]:
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _reads(node: Expression) -> set[tuple[str, str]]:
    """Return the facts that an expression reads; of a set that is asked about a word, the word."""
    match node:
        case InSet(Literal(str() as word), key):
            return {(key, word)}
        case InSet(item, key):
            return {(key, ""), *_reads(item)}
        case Name(key) | IsEmpty(key) | Known(key):
            return {(key, "")}
        case _:
            return {read for child in children(node) for read in _reads(child)}
