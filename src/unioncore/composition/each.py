"""What composition checks on each definition by itself."""

import re
from collections.abc import Iterator
from decimal import Decimal
from keyword import iskeyword
from typing import Any

from unioncore.composition.report import Report
from unioncore.errors import FaultKind, did_you_mean, nearest
from unioncore.hookspecs import About
from unioncore.legal import OF_MONTHS, Period
from unioncore.model import (
    PLEADED,
    BranchType,
    CaseType,
    CaseTypeVersion,
    Clock,
    Counting,
    MonthCount,
    MonthReading,
    TradeUnion,
    WayOut,
)
from unioncore.rulebook import At, Kind
from unioncore.rules import (
    Definition,
    Fact,
    FactType,
    Measure,
    Measuring,
    Parameter,
    Predicate,
    Rule,
    Silence,
    Table,
    Word,
)
from unioncore.rules.condition import Call, Words, walk
from unioncore.rules.functions import COUNT_MONTHS
from unioncore.rules.typecheck import check_condition, check_value

__all__ = ["Each"]

_KEY = re.compile(r"[A-Za-z0-9_.:-]+( [A-Za-z0-9_.:-]+)*")
"""How a key is spelt, with the vocabulary of a word before it; a few words have a space."""


class Each:
    """Checks definitions one by one, against the facts and words that the rulebook has."""

    def __init__(self, report: Report) -> None:
        self.book, self.rules = report.book, report.rules
        self.fault, self.breaks, self.refers = report.fault, report.breaks, report.refers

    def check_form(self, kind: Kind, at: At, definition: Any, about: About | None) -> None:
        """Check key, citations and periods."""
        if kind.prefixed and about is not None:
            self._prefix(at, about)
        self._spelling(kind, at, definition.key)
        if isinstance(definition, Definition):
            self._citations(at, definition)
            self._versions(at, definition)

    def check_content(self, at: At, definition: Any) -> None:
        """Check conditions, and what its kind asks for."""
        if isinstance(definition, Definition):
            self._conditions(at, definition)
            self._months(at, definition)
            for path, flaw in definition.flaws(self.rules):
                self.fault(at, path, flaw)
        self._kind(at, definition)

    def _months(self, at: At, definition: Definition) -> None:
        """Check that whatever counts months says by which counting."""
        if isinstance(definition, CaseType):
            return  # its clocks say it
        counted = getattr(definition, "counted", "")
        unit = definition.unit.partition(" ")[0] if isinstance(definition, Parameter) else ""
        counts = unit in OF_MONTHS or any(
            isinstance(node, Call) and node.function in COUNT_MONTHS
            for part in definition.expressions()
            for node in walk(part)
        )
        if counted:
            known = self.book.named(Counting)
            self.refers(at, "counted", "counting", counted, known)
            self._counts_months(at, "counted", counted)
            if counts and not isinstance(definition, Parameter):
                self._counts_as_functions_do(at, counted)
        elif counts:
            message = "counts months, and says not how; name a counting in counted"
            self.fault(at, "counted", message)

    def _counts_months(self, at: At, path: str, counting: str) -> None:
        found = self.book.named(Counting).get(counting)
        for version in () if found is None else found.versions:
            if not version.months:
                message = f"counts months, and the counting {counting} names no reading of them"
                self.fault(at, path, message)
                return

    def _counts_as_functions_do(self, at: At, counting: str) -> None:
        """Check that a counting counts as the functions of conditions do."""
        found, readings = self.book.named(Counting).get(counting), self.book.named(MonthReading)
        versions = () if found is None else found.versions
        firsts = [readings.get(version.months[0]) for version in versions if version.months]
        if any(each and each.counts is not MonthCount.CORRESPONDING_DAY for each in firsts):
            message = f"functions count to the corresponding day, and {counting} counts otherwise"
            self.fault(at, "counted", message)

    def _prefix(self, at: At, about: About) -> None:
        if not at[1].startswith(f"{about.prefix}."):
            prefix = at[1].partition(".")[0]
            message = f"keys of this plugin start with {about.prefix}. and not with {prefix}"
            self.fault(at, "key", message, kind=FaultKind.KEY)

    def _spelling(self, kind: Kind, at: At, key: str) -> None:
        if kind.spoken:
            return
        if not _KEY.fullmatch(at[1]):
            said = f"expected letters from a to z, digits, full stops, _ and -, got {key!a}"
            self.fault(at, "key", said, kind=FaultKind.KEY)
        elif kind.named and not all(
            part.isidentifier() and not iskeyword(part) for part in key.split(".")
        ):
            message = f"conditions cannot name {key}; use letters, digits and _, and full stops"
            self.fault(at, "key", message, kind=FaultKind.KEY)

    def _versions(self, at: At, definition: Definition) -> None:
        """Check that versions do not overlap, where versions are told apart by period alone."""
        versions = definition.versions
        if versions is None:
            return
        if not versions and not isinstance(definition, BranchType):
            self.fault(
                at, "version", "has no version; add one, with its period", kind=FaultKind.PERIOD
            )
        for number, version in enumerate(versions):
            for earlier, other in enumerate(versions[:number]):
                # Versions of a parameter may stand side by side under different conditions.
                if isinstance(definition, Parameter) and version.when != other.when:
                    continue
                if version.period.overlaps(other.period):
                    first = self.book.origins[at].at(f"version[{earlier}]")
                    message = _overlap(version.period, first, other.period)
                    self.breaks(at, f"version[{number}].period", message, kind=FaultKind.PERIOD)

    def _citations(self, at: At, definition: Definition) -> None:
        missing = "has no citation; a value without a source cannot stand"
        for number, version in enumerate(definition.versions or ()):
            path = f"version[{number}].citations"
            if not version.citations:
                self.fault(at, path, missing, kind=FaultKind.NO_SOURCE)
        if isinstance(definition, Table):
            for path, row in _rows(definition):
                if not row.citations:
                    self.fault(at, f"{path}.citations", missing, kind=FaultKind.NO_SOURCE)
        if isinstance(definition, Predicate | Measure | MonthReading) and not definition.citations:
            self.fault(at, "citations", missing, kind=FaultKind.NO_SOURCE)

    def _conditions(self, at: At, definition: Definition) -> None:
        for path, condition in definition.conditions():
            for fact, fault in check_condition(self.rules, condition):
                self.breaks(at, self._told(at, path, fact), fault, kind=FaultKind.CONDITION)

    def _told(self, at: At, path: str, fact: str) -> str:
        """Return the path of a condition, or of the word for ``fact`` that a row of a table gave.

        Where there is no such fact, it is the table that names it.
        """
        told = f"{path}:{fact}" if fact in self.rules.facts else f"by:{fact}"
        return told if told in dict(self.book.origins[at].places) else path

    def _kind(self, at: At, definition: Any) -> None:
        match definition:
            case Fact():
                self._fact(at, definition)
            case Table():
                self._table(at, definition)
            case Measure():
                self._measure(at, definition)
            case Parameter():
                self._parameter(at, definition)
            case CaseType():
                self._case_type(at, definition)
            case Counting():
                for number, version in enumerate(definition.versions):
                    for key in version.months:
                        known = self.book.named(MonthReading)
                        self.refers(at, f"version[{number}].months", "reading", key, known)
            case Silence(of=of):
                derived = [fact.key for fact in self.rules.facts.values() if fact.derived]
                for number, key in enumerate(of):
                    self.refers(at, f"of[{number}]", "derived fact", key, derived)
            case Word(name=name) if not name.strip():
                self.fault(at, "name", "expected the name that people read")
            case WayOut():
                self._actor(at, "actor", definition.actor)
            case TradeUnion():
                self._union(at, definition)
            case Predicate(test=test):
                # A rulebook is stored and sent about with what it holds.
                if "<" in getattr(test, "__qualname__", "<"):
                    self.fault(at, "test", "expected a function that stands in a module by name")

    def _union(self, at: At, union: TradeUnion) -> None:
        known = self.rules.words_of("union")
        for name, keys in (("venture_of", union.venture_of), ("merged_into", [union.merged_into])):
            for key in filter(None, keys):
                self.refers(at, name, "union", key, known)
        if bool(union.merged_into) != (union.merged_on is not None):
            self.fault(
                at, "merged_on", "a union that was merged has both merged_into and merged_on"
            )
        if union.case_type:
            case_types = self.rules.words_of("case_type")
            self.refers(at, "case_type", "case type", union.case_type, case_types)

    def _case_type(self, at: At, kind: CaseType) -> None:
        families, advice = self.rules.words_of("case_family"), _add("case_family", kind.family)
        self.refers(at, "family", "family", kind.family, families, advice=advice)
        for number, version in enumerate(kind.versions):
            path = f"version[{number}]"
            for where, flaw in version.flaws():
                self.fault(at, f"{path}.{where}", flaw)
            for place, clock in enumerate(version.clocks):
                self._clock(at, f"{path}.clock[{place}]", clock)
            for place, meant in enumerate(version.means):
                if kind.meant()[meant.event] is not meant.means:
                    message = f"{meant.event} means something else in another version"
                    self.fault(at, f"{path}.means[{place}]", message)
            self._ways(at, path, version)
        for other in kind.links:
            self.refers(at, "links", "case type", other, self.rules.words_of("case_type"))
        compartments = self.rules.words_of("compartment")
        self.refers(at, "compartment", "compartment", kind.compartment, compartments)
        if kind.needs:
            accredited = self.rules.words_of("accreditation_kind")
            self.refers(at, "needs", "accreditation kind", kind.needs, accredited)

    def _clock(self, at: At, path: str, clock: Clock) -> None:
        self._actor(at, f"{path}.owed_by", clock.owed_by)
        if not clock.citations:
            message = "has no citation; a clock without a source cannot run"
            self.fault(at, f"{path}.citations", message, kind=FaultKind.NO_SOURCE)
        self._parameter_named(at, f"{path}.parameter", clock.parameter)
        for number, each in enumerate(clock.facts):
            self.refers(at, f"{path}.facts[{number}].fact", "fact", each.fact, self.rules.facts)
        if clock.counted:
            countings = self.book.named(Counting)
            self.refers(at, f"{path}.counted", "counting", clock.counted, countings)
            if clock.unit in OF_MONTHS:
                self._counts_months(at, f"{path}.counted", clock.counted)
        elif not clock.claim:
            self.fault(at, f"{path}.counted", "says not how it is counted; name a counting")
        if clock.claim not in ("", PLEADED):
            claims = self.rules.words_of("claim")
            self.refers(at, f"{path}.claim", "claim", clock.claim, claims)

    def _ways(self, at: At, path: str, version: CaseTypeVersion) -> None:
        """Check the transitions and the ways out of a version."""
        outs = self.book.named(WayOut)
        told = {out.actor for key in version.ways_out if (out := outs.get(key))}
        for number, way in enumerate(version.transitions):
            where = f"{path}.transitions[{number}]"
            if way.actor not in told:  # by the way out
                self._actor(at, f"{where}.actor", way.actor)
            self._parameter_named(at, f"{where}.form", way.form)
        for key in version.ways_out:
            self.refers(at, f"{path}.ways_out", "way out", key, outs)

    def _parameter_named(self, at: At, path: str, name: str) -> None:
        if name:
            self.refers(at, path, "parameter", name, self.book.named(Parameter))

    def _actor(self, at: At, path: str, actor: str) -> None:
        actors = self.rules.words_of("actor")
        self.refers(at, path, "actor", actor, actors, advice=_add("actor", actor))

    def _fact(self, at: At, fact: Fact) -> None:
        worded = fact.type in (FactType.CHOICE, FactType.SET)
        if worded and not fact.vocabulary and not fact.choices:
            self.fault(at, "vocabulary", "a choice or a set needs a vocabulary or choices")
        if fact.type is FactType.COLLECTION and not fact.of:
            self.fault(at, "of", "a collection says what its records are about")
        if not fact.label:
            self.fault(at, "label", "a fact needs a label, so that sentences can speak of it")
        if fact.denial and fact.type is not FactType.YES_NO:
            self.fault(at, "denial", "only a yes-no fact has a denial")
        if fact.denial and fact.denial == fact.label:
            self.fault(at, "denial", "the denial says the opposite of the label, not the same")

    def _parameter(self, at: At, parameter: Parameter) -> None:
        if parameter.type in (FactType.CHOICE, FactType.SET, FactType.COLLECTION):
            self.breaks(at, "type", "expected whole, money, day, yes-no or text")
            return
        for number, version in enumerate(parameter.versions):
            for fault in check_value(self.rules, parameter.fact(), version.value):
                self.breaks(at, f"version[{number}].value", fault, kind=FaultKind.VALUE)
            value = version.value.value
            if parameter.unit and isinstance(value, int) and value < 0:
                said = f"expected zero or more {parameter.unit}"
                self.breaks(at, f"version[{number}].value", said)

    def _table(self, at: At, table: Table) -> None:
        self._day_fact(at, table.dated_by)
        fact = self._decided(at, table.decides)
        if fact is not None and fact.type is FactType.SET:
            self.breaks(at, "decides", f"{fact.key} is a set, and a table gives one value")
            fact = None
        by = self._known_fact(at, "by", table.by)
        if by is not None and by.type not in (FactType.TEXT, FactType.CHOICE):
            self.breaks(
                at, "by", f"a table is looked up by a word or text, and {by.key} is {by.type}"
            )
            by = None
        words = self.rules.names_of(by) if by is not None and by.type is FactType.CHOICE else None
        for path, row in _rows(table):
            in_quotes = isinstance(row.value.value, Decimal)
            if fact is not None and fact.type is FactType.MONEY and not in_quotes:
                message = f'{fact.key} is money: expected money in quotes, such as "719.00"'
                self.breaks(at, f"{path}.value", message, kind=FaultKind.VALUE)
            elif fact is not None:
                for fault in check_value(self.rules, fact, row.value):
                    self.breaks(at, f"{path}.value", fault, kind=FaultKind.VALUE)
            if bool(row.keys) is path.startswith("otherwise"):
                message = "a row names at least one key, and an otherwise names none"
                self.fault(at, f"{path}.keys", message)
            for key in row.keys if words is not None else ():
                if key not in (words or {}):
                    meant = did_you_mean(nearest(key, words or {}))
                    message = f"{table.by} has no word {key!r}{meant}"
                    self.fault(at, f"{path}.keys", message, kind=FaultKind.UNKNOWN)
        self._rows_apart(at, table)

    def _rows_apart(self, at: At, table: Table) -> None:
        rows = list(_rows(table))
        for number, (path, row) in enumerate(rows):
            for earlier, other in rows[:number]:
                shared = [key for key in row.keys if key in other.keys]
                same = bool(shared) or not (row.keys or other.keys)
                if same and row.period.overlaps(other.period):
                    first = self.book.origins[at].at(earlier)
                    message = _overlap(row.period, first, other.period)
                    self.fault(
                        at, path, f"{': '.join([*shared[:1], message])}", kind=FaultKind.PERIOD
                    )

    def _measure(self, at: At, measure: Measure) -> None:
        over = self.rules.facts.get(measure.over)
        if over is None or over.type is not FactType.COLLECTION:
            collections = sorted(
                fact.key for fact in self.rules.facts.values() if fact.type is FactType.COLLECTION
            )
            message = f"{measure.over} is no collection" if measure.over else "measures nothing"
            hint = did_you_mean(nearest(measure.over, collections))
            one = f"; name a collection, such as {collections[0]}" if collections else ""
            self.breaks(at, "over", message + (hint or one or "; no plugin declares a collection"))
        fact = self._decided(at, measure.decides)
        gives = FactType.WHOLE if measure.take is Measuring.COUNT else FactType.YES_NO
        if fact is not None and fact.type is not gives:
            self.breaks(
                at, "decides", f"{measure.take} gives {gives}, and {fact.key} is {fact.type}"
            )

    # -- rules -----------------------------------------------------------------------------------

    def _known_fact(self, at: At, path: str, key: str) -> Fact | None:
        fact = self.rules.facts.get(key)
        if fact is None:
            message = f"no fact is called {key}{did_you_mean(nearest(key, self.rules.facts))}"
            self.breaks(at, path, message, kind=FaultKind.UNKNOWN)
        return fact

    def _decided(self, at: At, key: str) -> Fact | None:
        """Return the fact that a definition decides, if it is one that can be decided."""
        # A requirement says in its verdict what it decides.
        path = "verdict" if at[0] == "requirements" else "decides"
        fact = self._known_fact(at, path, key)
        if fact is not None and not fact.derived:
            self.breaks(at, path, f"{key} is recorded, so nothing decides it")
        return fact

    def _day_fact(self, at: At, key: str) -> None:
        fact = self.rules.facts.get(key)
        if fact is None or fact.type is not FactType.DAY:
            days = [each.key for each in self.rules.facts.values() if each.type is FactType.DAY]
            message = f"{key} is not a fact that holds a day{did_you_mean(nearest(key, days))}"
            self.breaks(at, "dated_by", message)

    def check_rule(self, at: At, rule: Rule) -> None:
        """Check what a rule decides, and the values that it gives."""
        fact = self._decided(at, rule.decides)
        self._day_fact(at, rule.dated_by)
        # The values of a parameter are checked with it, and so is the region of a branch.
        checked = at[0] in ("parameters", "branches")
        for number, version in enumerate(() if checked else rule.versions):
            if fact is None:
                break
            path = f"version[{number}]"
            for fault in check_value(self.rules, fact, version.value):
                self.breaks(at, f"{path}.value", fault, kind=FaultKind.VALUE)
            if fact.type is FactType.SET and rule.otherwise and version.value != Words(()):
                message = "an otherwise on a set says that it holds nothing else: value = []"
                self.breaks(at, f"{path}.value", message, kind=FaultKind.VALUE)
            for place, exception in enumerate(version.exceptions):
                if exception.value is None:
                    continue
                where = f"{path}.except[{place}].value"
                if fact.type is FactType.SET:
                    self.breaks(at, where, "an exception of a set says no, and gives no value")
                    continue
                for fault in check_value(self.rules, fact, exception.value):
                    self.breaks(at, where, fault, kind=FaultKind.VALUE)


def _add(vocabulary: str, word: str) -> str:
    return f'; if it is right, add {word} = "..." under [words.{vocabulary}]'


def _overlap(period: Period, other: str, others: Period) -> str:
    return f"the period {period} overlaps that of {other}, {others}; end one where the other starts"


def _rows(table: Table) -> Iterator[tuple[str, Any]]:
    """Give each row of a table with its path."""
    yield from ((f"row[{number}]", row) for number, row in enumerate(table.rows))
    yield from ((f"otherwise[{number}]", row) for number, row in enumerate(table.otherwise))
