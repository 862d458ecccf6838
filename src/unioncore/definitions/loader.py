"""Reads a folder of definition files, keeping what is good and reporting everything that is not."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from unioncore.definitions.schema import TABLES, FileTable, Source, faults_of, reader
from unioncore.errors import Fault, nearest
from unioncore.legal import Confidence
from unioncore.rulebook import Definitions, Origin, key_of
from unioncore.shown import Shown

__all__ = ["Entry", "Loaded", "load_folder", "read_entries"]


@frozen
class Loaded(Shown, shows="definitions faults"):
    """What a folder holds: its good definitions, where each stands, and every fault."""

    definitions: Definitions
    origins: Mapping[tuple[str, str], Origin]
    faults: tuple[Fault, ...]


def load_folder(folder: Traversable | Path) -> Loaded:
    """Read every ``*.toml`` file in ``folder``. Never raises for what is, or is not, there."""
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    try:
        found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    except OSError as error:
        said = f"the folder of definitions cannot be read: {error.strerror}"
        return Loaded(Definitions(), {}, (Fault("", folder.name, "", said),))
    for name in found:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            faults.append(Fault("", name, "", f"this cannot be read: {error.strerror}"))
    if not found:
        faults.append(Fault("", folder.name, "", "the folder of definitions holds no .toml file"))
    loaded = load_files(files)
    return evolve(loaded, faults=(*faults, *loaded.faults))


def load_files(files: Mapping[str, bytes]) -> Loaded:
    """Read definition files given by name and content."""
    entries, faults = read_entries(files, TABLES)
    found: dict[str, list[Any]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    for entry in entries:
        made, kind = entry.made, entry.kind.kind
        key = key_of(made)
        if (kind, key) in origins:
            other = origins[kind, key]
            said = f"{key} is defined in {other.file}: {other.path} already"
            faults.append(Fault("", entry.file, f"{entry.path}.key", said))
            continue
        origins[kind, key] = Origin("", entry.file, entry.path)
        found.setdefault(kind, []).append(made)
    definitions = Definitions(**{kind: tuple(made) for kind, made in found.items()})
    return Loaded(definitions, origins, tuple(faults))


@frozen
class Entry(Shown, shows="kind file path"):
    """One entry of a file, read: what it is, and where it stands."""

    kind: FileTable
    made: Any
    file: str
    path: str


def read_entries(
    files: Mapping[str, bytes], kinds: Mapping[str, FileTable]
) -> tuple[list[Entry], list[Fault]]:
    """Read files that hold ``kinds`` of tables, and the sources that these cite."""
    faults: list[Fault] = []
    entries: list[Entry] = []
    tables = list(_tables(files, kinds, faults))
    converter = reader(_sources(tables, faults), *(kind.of for kind in kinds.values()))
    for file, table, number, content in tables:
        path = f"{table}[{number}]"
        kind = kinds.get(table)
        if kind is None:
            continue
        if not isinstance(content, dict):
            faults.append(Fault("", file, path, f"expected [[{table}]] with fields under it"))
            continue
        for key in kind.fixed.keys() & content.keys():
            said = f"the name of the table says this already; leave {key} out"
            faults.append(Fault("", file, f"{path}.{key}", said))
        try:
            made: Any = converter.structure({**content, **kind.fixed}, kind.of)
        except Exception as error:  # whatever a file holds is reported, never raised
            faults.extend(Fault("", file, *fault) for fault in faults_of(error, path))
            continue
        entries.append(Entry(kind, made, file, path))
    return entries, faults


def _tables(
    files: Mapping[str, bytes], kinds: Mapping[str, FileTable], faults: list[Fault]
) -> Iterator[tuple[str, str, int, Any]]:
    """Give each entry of each array of tables: its file, the table's name, its number, itself."""
    for file, content in files.items():
        try:
            # Some editors put a mark before the text, which TOML does not allow for.
            parsed = tomllib.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            faults.append(
                Fault("", file, f"line {line}", "this is not UTF-8 text; save the file as UTF-8")
            )
            continue
        except (tomllib.TOMLDecodeError, ValueError) as error:
            faults.append(Fault("", file, "", f"this is not TOML: {' '.join(str(error).split())}"))
            continue
        except RecursionError:
            faults.append(Fault("", file, "", "this is nested too deeply to be read"))
            continue
        for table, entries in parsed.items():
            if table not in (*kinds, "source"):
                names = [*kinds, "source"]
                hint = nearest(table, names)
                said = f"; did you mean {hint!r}?" if hint else f"; expected {', '.join(names)}"
                where = table if table.isprintable() else ascii(table)
                faults.append(Fault("", file, where, f"no such table{said}"))
                continue
            if not isinstance(entries, list):
                said = f"expected [[{table}]], with two brackets"
                faults.append(Fault("", file, table, said))
                continue
            for number, entry in enumerate(entries):
                yield file, table, number, entry


def _sources(tables: list[tuple[str, str, int, Any]], faults: list[Fault]) -> dict[str, Source]:
    converter = reader({})
    sources: dict[str, Source] = {}
    for file, table, number, content in tables:
        if table != "source":
            continue
        path = f"source[{number}]"
        try:
            source = converter.structure(content, Source)
        except Exception as error:  # as above
            faults.extend(Fault("", file, *fault) for fault in faults_of(error, path))
            key = content.get("key") if isinstance(content, dict) else None
            if not isinstance(key, str):
                continue
            # Its fault is reported; what cites it is not at fault.
            source = Source(key, "not read", "", date.min, Confidence.REMEMBERED)
        if source.key in sources:
            faults.append(Fault("", file, f"{path}.key", f"{source.key} is defined twice"))
        sources[source.key] = source
    return sources
