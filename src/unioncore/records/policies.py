"""Policy packs: what a branch or an employer lays down for itself, dated and cited."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from unioncore.definitions import FileEntry, FileTable, Locations, read_entries
from unioncore.errors import DataFault, Fault, nearest
from unioncore.legal import Citation, Period, TimeUnit
from unioncore.model import CaseType, ClockSetting, Setting
from unioncore.rulebook import Rulebook
from unioncore.rules import from_plain, read_value
from unioncore.rules.condition import Literal
from unioncore.shown import Shown

__all__ = ["Policies", "read_policies"]


@frozen(eq=False, repr=False)
class _SettingLine:
    """A value of a fact as it is written: of a branch or of an employer."""

    fact: str
    value: Literal
    period: Period
    citations: tuple[Citation, ...]
    branch: str = ""
    employer: str = ""


@frozen(eq=False, repr=False)
class _ClockLine:
    """How long a clock runs as it is written."""

    case_type: str
    clock: str
    count: int
    unit: TimeUnit
    period: Period
    citations: tuple[Citation, ...]
    branch: str = ""
    employer: str = ""


_TABLES = {"setting": FileTable(_SettingLine, "settings"), "clock": FileTable(_ClockLine, "clocks")}


@frozen
class Policies(Shown, shows="settings clocks faults"):
    """What the policy files of a folder say, and what is wrong with them."""

    settings: tuple[Setting, ...] = ()
    clocks: tuple[ClockSetting, ...] = ()
    faults: tuple[DataFault, ...] = ()


def read_policies(files: Mapping[str, bytes], rulebook: Rulebook | None) -> Policies:
    """Read policy files, given by name and content; without a rulebook no words are checked."""
    entries, wrong = read_entries(files, _TABLES)
    reader = _PolicyReader(rulebook)
    for entry in entries:
        reader.read(entry)
    places = {
        file: Locations(content.decode("utf-8-sig", "replace")) for file, content in files.items()
    }
    located = (
        (places[fault.file].located(fault) if fault.path else fault, hint)
        for fault, hint in (*((fault, None) for fault in wrong), *reader.faults)
    )
    faults = [
        DataFault(each.file, each.line, each.where or each.path, each.message, hint)
        for each, hint in located
    ]
    return Policies(tuple(reader.settings), tuple(reader.clocks), tuple(faults))


@frozen(eq=False, repr=False)
class _PolicyReader:
    rulebook: Rulebook | None
    settings: list[Setting] = field(factory=list)
    clocks: list[ClockSetting] = field(factory=list)
    faults: list[tuple[Fault, str | None]] = field(factory=list)
    """Each with the nearest spelling, if there is one."""

    def fault(self, entry: FileEntry, where: str, message: str, hint: str | None = None) -> None:
        self.faults.append((entry.origin.fault(where, message), hint))

    def read(self, entry: FileEntry) -> None:
        written: Any = entry.made
        before = len(self.faults)
        if bool(written.branch) == bool(written.employer):
            self.fault(entry, "", "needs either the field branch or the field employer")
        if not written.citations:
            said = "has no citation; a value without a source cannot stand"
            self.fault(entry, "citations", said)
        whose = ("branch", written.branch) if written.branch else ("employer", written.employer)
        kept: list[Any] = self.settings if isinstance(written, _SettingLine) else self.clocks
        made = (
            self.setting(entry, written, whose)
            if isinstance(written, _SettingLine)
            else self.clock(entry, written, whose)
        )
        if any(_clash(made, other) for other in kept):
            self.fault(entry, "period", "overlaps another one about the same")
        if len(self.faults) == before:
            kept.append(made)

    def setting(self, entry: FileEntry, written: _SettingLine, whose: tuple[str, str]) -> Setting:
        value = written.value.value
        made = Setting(*whose, written.fact, value, written.period, written.citations)
        if self.rulebook is None:
            return made
        rules = self.rulebook.rules
        if written.fact not in rules.recorded:
            said = f"no recorded fact is called {written.fact}"
            self.fault(entry, "fact", said, nearest(written.fact, rules.recorded))
            return made
        fact = rules.facts[written.fact]
        found, problem = read_value(fact, from_plain(fact, value), rules.names_of(fact))
        if problem is not None:
            self.fault(entry, "value", f"expected {problem.expected}", problem.suggestion)
        return evolve(made, value=found)

    def clock(self, entry: FileEntry, written: _ClockLine, whose: tuple[str, str]) -> ClockSetting:
        if self.rulebook is not None:
            kinds = self.rulebook.named(CaseType)
            kind = kinds.get(written.case_type)
            if kind is None:
                said = f"no case type is called {written.case_type}"
                self.fault(entry, "case_type", said, nearest(written.case_type, kinds))
            else:
                known = {c.key for version in kind.versions for c in version.clocks if c.policy}
                if written.clock not in known:
                    said = f"{written.case_type} leaves no clock called {written.clock} to a policy"
                    self.fault(entry, "clock", said, nearest(written.clock, known))
        if written.count < 0:
            self.fault(entry, "count", "expected zero or more")
        return ClockSetting(
            *whose,
            written.case_type,
            written.clock,
            written.count,
            written.unit,
            written.period,
            written.citations,
        )


def _clash(one: Setting | ClockSetting, other: Setting | ClockSetting) -> bool:
    return _about(one) == _about(other) and one.period.overlaps(other.period)


def _about(made: Setting | ClockSetting) -> tuple[str, ...]:
    what = (made.fact,) if isinstance(made, Setting) else (made.case_type, made.clock)
    return (made.of, made.key, *what)
