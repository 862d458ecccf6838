"""Reads a folder of definition files, keeping what is good and reporting everything that is not."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from unioncore.definitions.schema import TABLES, Source, faults_of, reader
from unioncore.errors import Fault, nearest
from unioncore.legal import Confidence
from unioncore.rulebook import Definitions, Origin

__all__ = ["Loaded", "load_folder"]


@frozen
class Loaded:
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
    faults: list[Fault] = []
    tables = list(_tables(files, faults))
    sources = _sources(tables, faults)
    converter = reader(sources)
    found: dict[str, list[Any]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    for file, table, number, content in tables:
        path = f"{table}[{number}]"
        kind = TABLES.get(table)
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
        key = f"{made.vocabulary}:{made.key}" if kind.kind == "words" else made.key
        if (kind.kind, key) in origins:
            other = origins[kind.kind, key]
            where = f"{other.file}: {other.path}"
            faults.append(Fault("", file, f"{path}.key", f"{key} is defined in {where} already"))
            continue
        origins[kind.kind, key] = Origin("", file, path)
        found.setdefault(kind.kind, []).append(made)
    definitions = Definitions(**{kind: tuple(made) for kind, made in found.items()})
    return Loaded(definitions, origins, tuple(faults))


def _tables(files: Mapping[str, bytes], faults: list[Fault]) -> Iterator[tuple[str, str, int, Any]]:
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
            if table not in (*TABLES, "source"):
                names = [*TABLES, "source"]
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
