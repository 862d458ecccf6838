"""Every exception that unioncore raises: one base, data as attributes, and what to do next.

No message carries a value out of somebody's record; a message may name a fact, a file or a choice
that a rulebook declares.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

import attrs
from attrs import define, field, frozen

from unioncore.shown import Shown, one_line, plain

__all__ = [
    "AnswerIsNotYesOrNo",
    "BadCase",
    "BadDefinition",
    "BadFacts",
    "BadPayFile",
    "BadStored",
    "BadStory",
    "BadUnion",
    "BeyondHorizon",
    "BeyondYears",
    "CannotBe",
    "ChangeRefused",
    "CompositionError",
    "DataFault",
    "DoesNotAddUp",
    "EntryRefused",
    "Fault",
    "FaultKind",
    "Location",
    "MissingPart",
    "NoCalendar",
    "NoColumnForm",
    "NoUnion",
    "NotADay",
    "NotInForce",
    "NotKnown",
    "NotWritten",
    "NotationError",
    "Overtaken",
    "PredicateFailed",
    "Problem",
    "StoreFailed",
    "UnioncoreError",
    "UnknownName",
    "WrongArgument",
    "WrongViewer",
    "called",
    "did_you_mean",
    "nearest",
    "shortened",
    "slip_of",
]


def called(kind: type) -> str:
    """Return what errors call one of a class, such as ``case type``."""
    return re.sub("(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


_LONGEST_WORD, _LONGEST_LINE = 200, 2000
"""How many letters of a word, and of a line, a message shows."""


def shortened(text: str) -> str:
    """Return a message in which what was given, however long, is shown in short."""
    words = re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", lambda found: _cut(found[0], 60), text)
    return "\n".join(_cut(line, _LONGEST_LINE) for line in words.split("\n"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}... ({len(text):,} characters)"


def nearest(word: object, options: Iterable[str]) -> str | None:
    """Return the option spelt most like ``word``, whatever the letter case; None: none is close."""
    if not isinstance(word, str) or len(word) > _LONGEST_WORD:
        return None
    spelt: dict[str, str] = {}
    for option in options:
        spelt.setdefault(option.casefold(), option)
    found = _closest(word.casefold(), spelt, 0.6)
    return None if found is None else spelt[found]


def slip_of(word: str, options: Iterable[str]) -> str | None:
    """Return the option of which ``word`` is surely a slip, such as one letter that is missing."""
    return _closest(word, options, 0.9)


def _closest(word: str, options: Iterable[str], cutoff: float) -> str | None:
    from difflib import get_close_matches  # only a mistake needs it

    found = get_close_matches(word, list(options), n=1, cutoff=cutoff)
    return found[0] if found else None


def did_you_mean(suggestion: str | None) -> str:
    """Return the end of a message that offers ``suggestion``; nothing where there is none."""
    return f"; did you mean {suggestion!r}?" if suggestion else ""


class UnioncoreError(Shown, Exception):
    """The base of every error raised on purpose by unioncore."""

    def to_dict(self) -> dict[str, Any]:
        """Return the error as plain data: its class, its message and its attributes."""
        kind: Any = type(self)
        fields = {field.name: plain(getattr(self, field.name)) for field in attrs.fields(kind)}
        return {"error": type(self).__name__, "message": str(self), **fields}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {one_line(str(self))}>"


_INSTEAD = {
    "Answer": "pass its .value, once it is .known",
    "Refusal": "a refused entry leaves the case as it was: go on with the case before the refusal",
    "Taken": "pass its .desk or its .case",
}
"""What to do where something is given of which a part was meant, by its class."""
_DAY_INSTEAD = {
    **_INSTEAD,
    "datetime": "pass its .date() instead",
    "str": "pass date.fromisoformat(...) instead",
}


@define(eq=False)
class NotADay(UnioncoreError, TypeError):
    """Something other than a plain day stood where a day is needed; a ``datetime`` is not a day."""

    where: str
    got: str

    def __str__(self) -> str:
        advice = _DAY_INSTEAD.get(self.got)
        said = f"{self.where}: expected a day (datetime.date), got {self.got}"
        return f"{said}; {advice}" if advice else said


@define(eq=False)
class WrongArgument(UnioncoreError, TypeError):
    """Something of another class stood where one of unioncore's is needed."""

    where: str
    expected: str
    got: str
    advice: str

    def __str__(self) -> str:
        advice = _INSTEAD.get(self.got, self.advice)
        return f"{self.where}: expected {self.expected}, got {self.got}; {advice}"


@define(eq=False)
class CannotBe(UnioncoreError, ValueError):
    """Something was to be made that cannot be, such as a period that ends before it starts."""

    said: str

    def __str__(self) -> str:
        return self.said


@define(eq=False)
class UnknownName(UnioncoreError, KeyError):
    """A fact, parameter, body, plugin or kind was asked for that does not exist."""

    kind: str
    name: str
    suggestion: str | None = None

    def __str__(self) -> str:
        said = f"no {self.kind} is called {self.name!r}{did_you_mean(self.suggestion)}"
        return shortened(said)


@frozen
class Problem(Shown, shows="fact"):
    """One thing wrong with one fact that was given."""

    fact: str
    expected: str
    suggestion: str | None = None

    def __str__(self) -> str:
        said = f"{self.fact}: expected {self.expected}{did_you_mean(self.suggestion)}"
        return shortened(said)


@define(eq=False)
class BadFacts(UnioncoreError, ValueError):
    """Facts given with a question cannot be used; every problem is listed."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@define(eq=False)
class DoesNotAddUp(BadFacts):
    """Counts that belong together contradict one another; ``off_by`` is by how many."""

    off_by: int = 0


@define(eq=False)
class NotKnown(UnioncoreError, LookupError):
    """The value of an answer was read although the answer is not known.

    ``missing`` names the facts that, if given, could decide it; ``reason`` says why in words.
    """

    fact: str
    reason: str
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        ask = f"; give {', '.join(self.missing)}" if self.missing else ""
        return f"{self.fact} is not known: {self.reason}{ask}"


@define(eq=False)
class AnswerIsNotYesOrNo(UnioncoreError, TypeError):
    """An answer was used as a condition, where "not known" would have passed for "no"."""

    fact: str

    def __str__(self) -> str:
        return f"{self.fact}: an Answer is neither true nor false: check .known, then use .value"


@define(eq=False)
class NotInForce(UnioncoreError, LookupError):
    """A dated value was looked up on a day that none of its versions covers."""

    key: str
    on: date
    reason: str

    def __str__(self) -> str:
        return f"{self.key} is not known on {self.on.isoformat()}: {self.reason}"


@define(eq=False)
class BeyondHorizon(UnioncoreError, LookupError):
    """A working day was asked for outside the days for which bank holidays are known."""

    calendar: str
    on: date
    start: date
    end: date

    def __str__(self) -> str:
        return (
            f"bank holidays of {self.calendar} are known from {self.start.isoformat()} up to but "
            f"not including {self.end.isoformat()}; {self.on.isoformat()} lies outside"
        )


@define(eq=False)
class BeyondYears(UnioncoreError, ValueError):
    """A day was asked for that lies before the year 1 or after the year 9999.

    ``start`` is the day that was counted from; ``asked`` how far, such as ``3 months``.
    """

    start: date
    asked: str

    def __str__(self) -> str:
        return f"{self.asked} from {self.start.isoformat()} lead beyond the years 1 to 9999"


NO_UNION = "no union's rules are loaded (no [union.KEY] is marked own = true)"
"""How everything says so that a union's own plugin would have answered."""


@define(eq=False)
class NoCalendar(UnioncoreError, TypeError):
    """Working days were to be counted without saying in which part of the United Kingdom.

    ``asked`` is the duration, such as ``5 working days``.
    """

    asked: str

    def __str__(self) -> str:
        return f"{self.asked} cannot be counted without a working-day calendar; pass calendar="


@define(eq=False)
class NoColumnForm(UnioncoreError, TypeError):
    """A fact was asked about many rows that rests on something no column can hold or work out."""

    fact: str
    node: str
    """What has no form in columns, such as a measure or a predicate."""

    def __str__(self) -> str:
        return f"{self.fact} cannot be asked about columns: it rests on {self.node}; use ask_many"


@define(eq=False)
class NoUnion(UnioncoreError, LookupError):
    """Something was asked that only a union's own rules say.

    ``asked`` is what was asked, such as ``how a union handles a member's case``.
    """

    asked: str

    def __str__(self) -> str:
        return f"{self.asked} is not known: {NO_UNION}"


@define(eq=False)
class PredicateFailed(UnioncoreError, RuntimeError):
    """A plugin's Python predicate raised an exception, or gave what is neither yes, no nor None.

    ``facts`` are those that it was asked about, by key; what it raised is the cause of this error.
    """

    plugin: str
    predicate: str
    rules: tuple[str, ...]
    """What asks it."""
    facts: tuple[str, ...]
    did: str

    def __str__(self) -> str:
        said = f"the predicate {self.predicate} of the plugin {self.plugin} {self.did}"
        asked = f", asked by {', '.join(self.rules)}" if self.rules else ""
        about = f" about {', '.join(self.facts)}" if self.facts else ""
        return said + (asked or (", asked" if about else "")) + about


@define(eq=False)
class NotationError(UnioncoreError, ValueError):
    """A condition or a computed value is not in the notation, or names what does not exist."""

    text: str
    column: int
    problem: str
    suggestion: str | None = None

    def __str__(self) -> str:
        said = f"column {self.column}: {self.problem}{did_you_mean(self.suggestion)}"
        return shortened(f"{said}, in: {self.text}")


@frozen(order=True)
class Location(Shown, shows="plugin file path"):
    """Where a definition, or a part of it, stands."""

    plugin: str
    file: str
    path: str
    """The path of keys inside the file, such as ``negotiating_body[2].version[0].covers``."""
    line: int = field(default=0, eq=False, kw_only=True)
    """The line, counted from 1; 0: the file as a whole, or no file."""
    column: int = field(default=0, eq=False, kw_only=True)
    """The column of the key in its line, counted from 1; 0: not known."""
    where: str = field(default="", eq=False, kw_only=True)
    """The path in words, such as ``negotiating_body npc, version of 2003-01-01, covers``."""

    @property
    def told(self) -> str:
        """The place as text: what of it is known."""
        counted = ":".join(str(each) for each in (self.line, self.column) if each)
        file = f"{self.file}:{counted}" if self.file and counted else self.file
        return ": ".join(part for part in (self.plugin, file, self.where or self.path) if part)


class FaultKind(StrEnum):
    """What sort of mistake a fault is; the catalogue of faults has examples and cures of each."""

    NOT_READ = "not-read"
    SHAPE = "shape"
    CONDITION = "condition"
    VALUE = "value"
    UNKNOWN = "unknown"
    KEY = "key"
    TWICE = "twice"
    NO_SOURCE = "no-source"
    PERIOD = "period"
    CLASH = "clash"
    CANNOT_BE = "cannot-be"
    PLUGIN = "plugin"
    NEEDS_PLUGIN = "needs-plugin"


@frozen(order=True)
class Fault(Location, shows="plugin file path"):
    """One thing wrong with one definition: which plugin, which file, where in it, and what."""

    message: str
    other: Location | None = None
    """Where the other party of a clash stands; the message ends before it."""
    kind: FaultKind = field(default=FaultKind.SHAPE, eq=False, kw_only=True)
    unread: str = field(default="", eq=False, kw_only=True)
    """The key of what could not be read for it; ``*`` for a whole file. That it is not there is
    then no further fault."""

    @property
    def order(self) -> tuple[str, str, int, int, str, str]:
        """By which faults are listed: as they stand in the files."""
        return self.plugin, self.file, self.line, self.column, self.path, self.message

    def __str__(self) -> str:
        other = f" {self.other.told}" if self.other is not None else ""
        return shortened(f"{self.told}: {self.message}{other}")


@define(eq=False)
class BadDefinition(UnioncoreError, ValueError):
    """A definition file or object is wrong; every fault found in it is listed."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@define(eq=False)
class CompositionError(UnioncoreError, ValueError):
    """Plugins do not make a rulebook; every fault of every plugin is listed."""

    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        count = len(self.faults)
        names = sorted({fault.plugin for fault in self.faults} - {"", "builtin"})
        without = f" ({' '.join(f'--without {name}' for name in names)})" if names else ""
        faults = f"{count} fault{'s' if count != 1 else ''}"
        head = f"the rulebook has {faults}; mend or leave out{without}:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


@frozen(order=True)
class DataFault(Shown, shows="file line column"):
    """One thing wrong in a union's own files: which file, line and column, and what.

    ``line`` counts from 1; 0 stands for the file as a whole. ``column`` is the name of the column,
    or in TOML and JSON the path in words or keys; ``file`` is empty where nothing was read from a
    file. Values out of records about people are never in the message.
    """

    file: str
    line: int
    column: str
    message: str
    suggestion: str | None = None
    warning: bool = False
    """Whether nothing is wrong with the file as it stands, and it only looks like a slip."""

    def __str__(self) -> str:
        line = self.file + (f":{self.line}" if self.line else "")
        sort = "warning" if self.warning else ""
        where = ": ".join(part for part in (line, self.column, sort, self.message) if part)
        return shortened(f"{where}{did_you_mean(self.suggestion)}")


@define(eq=False)
class _BadData(UnioncoreError, ValueError):
    """Somebody's data have faults; every fault is listed."""

    faults: tuple[DataFault, ...]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@define(eq=False)
class BadUnion(_BadData):
    """A union's own files have faults; every fault is listed."""


@define(eq=False)
class BadStory(UnioncoreError, ValueError):
    """A told story cannot be run; everything that is wrong with it is listed."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.problems)


@define(eq=False)
class BadStored(UnioncoreError, ValueError):
    """Stored data cannot be read back; every fault is listed with the path of its place."""

    what: str
    """The class of which it is not, such as ``Placement``."""
    faults: tuple[DataFault, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.what}: {fault}" for fault in self.faults)


@define(eq=False)
class BadCase(_BadData):
    """A stored case cannot be read; every fault is listed with the path of its place."""


@define(eq=False)
class BadPayFile(_BadData):
    """A file about somebody's pay cannot be used; every fault is listed."""


@define(eq=False)
class EntryRefused(UnioncoreError, ValueError):
    """An entry was not taken into a case; every reason is listed."""

    reasons: tuple[str, ...]
    needed: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = "; ".join(self.reasons)
        stop = "" if said.endswith("?") else "."
        needed = f"{stop} Needed: {'; '.join(self.needed)}" if self.needed else ""
        return shortened(said + needed)


@define(eq=False)
class ChangeRefused(UnioncoreError, ValueError):
    """Something that cannot happen in a union on that day; every reason is listed."""

    change: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return shortened(f"{self.change} is refused: {'; '.join(self.reasons)}")


@define(eq=False)
class NotWritten(UnioncoreError, OSError):
    """A file or a folder could not be written; it is as it was."""

    folder: str
    reason: str

    def __str__(self) -> str:
        return f"{self.folder} cannot be written: {self.reason}; nothing was changed"


@define(eq=False)
class Overtaken(UnioncoreError, RuntimeError):
    """Somebody else has written since it was read, and what was made of it was not written."""

    what: str
    """The folder, or the store with its password hidden."""

    def __str__(self) -> str:
        return (
            f"{self.what} has changed since it was read; nothing was written: "
            "read it again, and make the change again"
        )


@define(eq=False)
class StoreFailed(UnioncoreError, RuntimeError):
    """A store cannot be used: its database cannot be reached, is full, or holds no store."""

    store: str
    """Its address, with every password hidden."""
    reason: str
    written: bool | None = False
    """Whether what was to be written is in the store; None: that cannot be told."""

    def __str__(self) -> str:
        unsure = "; whether it was written is not known: read the store again"
        return f"{self.store}: {self.reason}{unsure if self.written is None else ''}"


@define(eq=False)
class WrongViewer(UnioncoreError, ValueError):
    """A viewer was to look at another case, or on another day, than their roles are about."""

    of: str
    """What is another one: the case or the day."""

    def __str__(self) -> str:
        return f"the viewer's roles are about another {self.of}; ask for them with desk.viewer"


@define(eq=False)
class MissingPart(UnioncoreError, ImportError):
    """A command or function needs an extra or a plugin that is not installed."""

    needs: str
    install: str

    def __str__(self) -> str:
        return f"{self.needs} is not installed; install it with: {self.install}"
