"""A union's folder: everything in it, and everything that is wrong with it, in one pass."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.checked import checked
from unioncore.collector import collector_paused
from unioncore.errors import BadUnion, DataFault, nearest
from unioncore.model import TABLES, Union, columns
from unioncore.paths import AnyPath, as_folder, content_of, parse_toml
from unioncore.records.cells import unfit_text
from unioncore.records.consistency import check_records
from unioncore.records.policies import read_policies
from unioncore.records.ruling import check_rules
from unioncore.records.tables import Places, RecordRow, TableRead, read_table
from unioncore.records.whole import seen, settle, state_of
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["Reading", "read_files", "read_union"]

HEAD = "union.toml"
"""The file that says whose folder it is."""

ENDINGS = (".csv", ".ndjson")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".tsv", ".tab", ".txt")
"""How files end that people take for a table, and that are not read."""


@frozen
class Reading(Shown, shows="union faults"):
    """What a folder holds: the union as far as it could be read, every fault and every warning."""

    union: Union
    faults: tuple[DataFault, ...]
    warnings: tuple[DataFault, ...] = ()
    """What is read as it stands, and looks like a slip."""
    extra: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """For each table, the columns of the union's own that ``union.toml`` declares."""
    places: Places = field(default=Places(), repr=False, eq=False)
    """Where each record stands."""
    plugins: tuple[str, ...] = ()
    """The plugins that the tables rest on, as ``union.toml`` names them."""
    state: str = field(default="", repr=False, eq=False)
    """A digest of the files that were read, by which it shows when they are others."""

    def ok(self) -> Union:
        """Return the union; raises ``BadUnion`` with every fault where there is one."""
        if self.faults:
            raise BadUnion(self.faults)
        return self.union


def read_union(folder: AnyPath | Traversable, rulebook: Rulebook | None = None) -> Reading:
    """Read a union's folder. What is in it never raises; it is reported.

    Args:
        folder: a path, as such or as text, or a folder inside a package. It holds ``union.toml``,
            a ``.csv`` or ``.ndjson`` file for each table that there is something to say in, and
            policies as ``policies/*.toml``.
        rulebook: knows the words that the tables may use and the rules that they must keep to;
            without it these are not checked.
    """
    files, faults = held(as_folder(folder, "folder"))
    reading = read_files(files, rulebook)
    wrong, slips = _apart((*faults, *reading.faults, *reading.warnings))
    return attrs.evolve(reading, faults=wrong, warnings=slips)


_READINGS = 5
"""How often a folder is read that changes meanwhile."""


def held(folder: Path | Traversable) -> tuple[dict[str, bytes], tuple[DataFault, ...]]:
    """Return the files of a folder as they were at one time, and why others cannot be read."""
    if not isinstance(folder, Path):
        return _held(folder)
    try:
        for _ in range(_READINGS):
            settle(folder)
            before = seen(folder)
            found = _held(folder)
            if seen(folder) == before:
                return found
        said = "somebody else writes it over and over; read it again later"
    except OSError as error:
        said = f"the folder cannot be read: {error.strerror}"
    return {}, (DataFault("", 0, "", said),)


def _held(folder: Path | Traversable) -> tuple[dict[str, bytes], tuple[DataFault, ...]]:
    files: dict[str, bytes] = {}
    faults: list[DataFault] = []
    for name, file in _files(folder, faults):
        try:
            files[name] = content_of(file)
        except OSError as error:
            faults.append(DataFault(name, 0, "", f"cannot be read: {error.strerror}"))
    return files, tuple(faults)


def _apart(found: Iterable[DataFault]) -> tuple[tuple[DataFault, ...], tuple[DataFault, ...]]:
    """Return faults and warnings apart, each in the order of their places."""
    every = sorted(set(found), key=_place)
    faults = tuple(each for each in every if not each.warning)
    return faults, tuple(each for each in every if each.warning)


def _files(
    folder: Path | Traversable, faults: list[DataFault]
) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        files = sorted(folder.iterdir(), key=lambda file: file.name)
    except OSError as error:
        faults.append(DataFault("", 0, "", f"the folder cannot be read: {error.strerror}"))
        return
    for file in files:
        if file.name == "policies" and file.is_dir():
            for policy in sorted(file.iterdir(), key=lambda file: file.name):
                if policy.name.endswith(".toml"):
                    yield f"policies/{policy.name}", policy
        elif file.name.lower().endswith((*ENDINGS, ".toml")):
            yield file.name, file
        elif file.name.lower().endswith(_SPREADSHEETS):
            stem = file.name.rpartition(".")[0]
            if stem.casefold() in TABLES:
                said = "is not read; save it as CSV, in UTF-8 and with commas between the fields"
                faults.append(DataFault(file.name, 0, "", said, warning=True))


def _place(fault: DataFault) -> tuple[str, int, str, str]:
    return (fault.file, fault.line, fault.column, fault.message)


@checked
@collector_paused()
def read_files(files: Mapping[str, bytes], rulebook: Rulebook | None = None) -> Reading:
    """Read the files of a folder, given by name; as ``read_union``."""
    faults: list[DataFault] = []
    head = _head(files, rulebook, faults)
    tables: dict[str, TableRead] = {}
    policies = {}
    for name, content in files.items():
        stem, dot, ending = name.rpartition(".")
        if name.startswith("policies/"):
            policies[name] = content
        elif name == HEAD:
            continue
        elif stem not in TABLES or f"{dot}{ending}" not in ENDINGS:
            message = "no table has this name"
            meant = nearest(stem, TABLES)
            if meant is not None and meant.casefold() == stem.casefold():
                meant += f"{dot}{ending}".lower()  # letter case alone is wrong, perhaps here
            faults.append(DataFault(name, 0, "", message, meant))
        elif stem in tables:
            faults.append(DataFault(name, 0, "", f"{stem} has another file already; keep one"))
        else:
            tables[stem] = read_table(TABLES[stem], name, content, head.extra.get(stem, ()))
            faults.extend(tables[stem].faults)
    laid_down = read_policies(policies, rulebook)
    faults.extend(laid_down.faults)
    rows = {table: read.rows for table, read in tables.items()}
    union = Union(
        key=head.key,
        name=head.name,
        kept_until=head.kept_until,
        settings=laid_down.settings,
        clock_settings=laid_down.clocks,
        **_records(rows),
    )
    places = Places(rows)
    faults.extend(check_records(union, tables, places))
    if rulebook is not None:
        faults.extend(check_rules(union, places, rulebook))
    return Reading(
        union, *_apart(faults), head.extra, places, plugins=head.plugins, state=state_of(files)
    )


def _records(rows: Mapping[str, tuple[RecordRow, ...]]) -> Any:
    return {table: tuple(row.record for row in found) for table, found in rows.items()}


# -- union.toml ------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class _Head:
    key: str = ""
    name: str = ""
    kept_until: date | None = None
    plugins: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, ...]] = field(factory=dict)


_FIELDS = ("union", "name", "kept_until", "plugins", "columns")


def _head(files: Mapping[str, bytes], rulebook: Rulebook | None, faults: list[DataFault]) -> _Head:
    def fault(path: str, message: str, hint: str | None = None) -> None:
        faults.append(DataFault(HEAD, 0, path, message, hint))

    if HEAD not in files:
        fault("", 'is missing; it names the union: union = "..."')
        return _Head()
    try:
        plain = parse_toml(files[HEAD])
    except UnicodeDecodeError:
        fault("", "is not UTF-8 text; save the file as UTF-8")
        return _Head()
    except (ValueError, RecursionError) as error:
        fault("", f"is not TOML: {' '.join(str(error).split()) or 'nested too deeply'}")
        return _Head()
    for path in plain:
        if path not in _FIELDS:
            shown = path if path.isprintable() else ascii(path)
            fault(shown, "no such field", nearest(path, _FIELDS))
    key = plain.get("union", "")
    if not isinstance(key, str) or not key:
        fault("union", "expected the union's key in quotes")
        key = ""
    elif rulebook is not None and key not in (known := rulebook.words_of("union")):
        fault("union", "no plugin defines this union", nearest(key, known))
    name = plain.get("name", "")
    if not isinstance(name, str):
        fault("name", "expected text in quotes")
        name = ""
    until = plain.get("kept_until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        fault("kept_until", "expected a day such as 2026-11-01, without quotes")
        until = None
    plugins = _plugins(plain.get("plugins", []), rulebook, fault)
    return _Head(key, name, until, plugins, _extra(plain.get("columns", {}), fault))


def _plugins(named: Any, rulebook: Rulebook | None, fault: Any) -> tuple[str, ...]:
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        fault("plugins", "expected a list of the names of plugins, in quotes")
        return ()
    if rulebook is None:
        return tuple(named)
    loaded = {plugin.name for plugin in rulebook.plugins}
    for number, plugin in enumerate(named):
        if plugin not in loaded:
            message = "this plugin is not loaded; install it, or leave it out"
            fault(f"plugins[{number}]", message, nearest(plugin, loaded))
    return tuple(named)


def _extra(declared: Any, fault: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(declared, dict):
        fault("columns", "expected [columns] with a list of names for each table")
        return {}
    extra = {}
    for table, names in declared.items():
        if table not in TABLES:
            fault(f"columns.{table}", "no table has this name", nearest(table, TABLES))
        elif not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            fault(f"columns.{table}", "expected a list of names, in quotes")
        elif any(unfit_text(name) or name != name.strip() for name in names):
            message = "expected names of printable letters, without blanks at their ends"
            fault(f"columns.{table}", message)
        elif clash := [name for name in names if name in columns(TABLES[table])]:
            fault(f"columns.{table}", f"{clash[0]} is a column of the table already")
        else:
            extra[table] = tuple(dict.fromkeys(names))
    return extra
