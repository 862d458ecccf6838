"""Reads a folder of definition files, keeping what is good and reporting everything that is not."""

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from unioncore.definitions.shorthand import (
    BY_KEY,
    FILE_NAMES,
    WHOLE_FILE,
    Written,
    spelt_out,
)
from unioncore.definitions.structuring import TABLES, FileTable, Source, faults_of, reader
from unioncore.errors import Fault, FaultKind, nearest
from unioncore.legal import Confidence
from unioncore.paths import content_of, parse_toml
from unioncore.rulebook import Definitions, Origin, key_of
from unioncore.shown import Shown

__all__ = ["Contents", "FileEntry", "Loaded", "load_folder", "read_entries", "text_of"]


@frozen
class Contents(Shown, shows="files faults"):
    """The definition files of a folder as they stand there, and what could not be read."""

    files: Mapping[str, bytes]
    """Each file by its path from the folder on."""
    faults: tuple[Fault, ...] = ()


@frozen
class Loaded(Shown, shows="definitions faults"):
    """What a folder holds: its good definitions, where each stands, and every fault."""

    definitions: Definitions
    origins: Mapping[tuple[str, str], Origin]
    faults: tuple[Fault, ...]


def load_folder(folder: Traversable | Path) -> Loaded:
    """Read every ``*.toml`` file in ``folder``, and in each folder ``with-PLUGIN`` there.

    Never raises for what is, or is not, there.
    """
    return load(contents_of(folder))


def load(contents: Contents) -> Loaded:
    """Read what stands in a folder of definitions; never raises."""
    return load_files(contents.files, contents.faults)


def contents_of(folder: Traversable | Path) -> Contents:
    """Return every ``*.toml`` file that ``load_folder`` reads, as bytes; never raises."""
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    try:
        found = dict(sorted(_toml_files(folder)))
    except FileNotFoundError:
        said = "there is no such folder; an installed plugin ships its *.toml as package data"
        return Contents({}, (_not_read(folder.name, said),))
    except OSError as error:
        said = f"the folder of definitions cannot be read: {error.strerror}"
        return Contents({}, (_not_read(folder.name, said),))
    for name, file in found.items():
        try:
            files[name] = content_of(file)
        except OSError as error:
            said = f"this cannot be read: {error.strerror}"
            faults.append(_not_read(name, said))
    for name, said in _passed_over(folder):
        faults.append(_not_read(name, f"this was not read: {said}"))
    if not found and not faults:
        faults.append(_not_read(folder.name, "the folder of definitions holds no .toml file"))
    return Contents(files, tuple(faults))


def _not_read(file: str, message: str, *, line: int = 0, column: int = 0) -> Fault:
    """Return the fault of a file of which nobody knows what it defines."""
    kind = FaultKind.NOT_READ
    return Fault("", file, "", message, line=line, column=column, kind=kind, unread=WHOLE_FILE)


def _toml_files(folder: Traversable | Path) -> Iterator[tuple[str, Traversable | Path]]:
    """Give each file with its path from the folder on."""
    for each in folder.iterdir():
        if each.name.endswith(".toml"):
            yield each.name, each
        elif each.name.startswith(Origin.WITH):
            yield from ((f"{each.name}/{name}", file) for name, file in _toml_files(each))


def _passed_over(folder: Traversable | Path) -> Iterator[tuple[str, str]]:
    """Give each file that looks like definitions and is not read, and why; folders too."""
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        name = each.name.lower()
        if each.is_dir():
            if not each.name.startswith(Origin.WITH) and _holds_definitions(each):
                yield each.name, f"a folder of definitions here is called {Origin.WITH}PLUGIN"
        elif not each.name.endswith(".toml"):
            ending = name.rpartition(".")[2]
            bare = ending == name and _looks_like_definitions(each)
            if bare or ".toml" in name or (ending != name and nearest(ending, ["toml"])):
                yield each.name, "the name of a file of definitions ends in .toml"


def _looks_like_definitions(file: Traversable | Path) -> bool:
    """Say whether a file without an ending is TOML that holds a table."""
    try:
        return any(isinstance(each, dict | list) for each in parse_toml(content_of(file)).values())
    except (OSError, ValueError, RecursionError):
        return False


def _holds_definitions(folder: Traversable | Path) -> bool:
    return any(each.name.endswith(".toml") for each in folder.iterdir())


def text_of(folder: Traversable | Path, file: str) -> str | None:
    """Return the text of a file in a folder of definitions; None where it cannot be read."""
    try:
        return folder.joinpath(*file.split("/")).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def load_files(files: Mapping[str, bytes], beside: Iterable[Fault] = ()) -> Loaded:
    """Read definition files given by name and content, ``beside`` what is wrong with others."""
    entries, faults = read_entries(files, TABLES, beside)
    found: dict[str, list[Any]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    for entry in entries:
        made, kind, origin = entry.made, entry.kind.kind, entry.origin
        key = key_of(made)
        if (kind, key) in origins:
            other, said = origins[kind, key], f"{key} is defined already by"
            faults.append(origin.fault("key", said, other, FaultKind.TWICE))
            continue
        origins[kind, key] = origin
        found.setdefault(kind, []).append(made)
    definitions = Definitions(**{kind: tuple(made) for kind, made in found.items()})
    return Loaded(definitions, origins, tuple(faults))


@frozen
class FileEntry(Shown, shows="kind origin"):
    """One entry of a file, read: what it is, and where it stands."""

    kind: FileTable
    made: Any
    origin: Origin


def read_entries(
    files: Mapping[str, bytes], kinds: Mapping[str, FileTable], beside: Iterable[Fault] = ()
) -> tuple[list[FileEntry], list[Fault]]:
    """Read files that hold ``kinds`` of tables, and the sources that these cite.

    ``beside`` are faults of other files of the folder; they come first of the faults found.
    """
    faults = [*beside]
    entries: list[FileEntry] = []
    tables = {name: kind.of for name, kind in kinds.items()}
    written = spelt_out(_parsed(files, faults), {**tables, "source": Source}, faults)
    converter = reader(_sources(written, faults), *tables.values())
    for entry in written:
        if entry.table == "source":
            continue
        kind = kinds[entry.table]
        for key in sorted(kind.fixed.keys() & entry.content.keys()):
            said = f"the name of the table says this already; leave {key} out"
            faults.append(entry.origin.fault(key, said))
        try:
            made: Any = converter.structure({**entry.content, **kind.fixed}, kind.of)
        except Exception as error:  # whatever a file holds is reported, never raised
            faults.extend(_faults(error, entry))
            continue
        entries.append(FileEntry(kind, made, entry.origin))
    # What several entries share is told once.
    return entries, list(dict.fromkeys(faults))


def _faults(error: Exception, entry: Written) -> Iterator[Fault]:
    key = entry.content.get("key")
    for path, message, kind in faults_of(error):
        fault = entry.origin.fault(path, message, kind=kind)
        yield evolve(fault, unread=key if isinstance(key, str) else WHOLE_FILE)


def _parsed(files: Mapping[str, bytes], faults: list[Fault]) -> dict[str, dict[str, Any]]:
    """Return the files that are TOML."""
    found = {}
    for file, content in files.items():
        try:
            found[file] = parse_toml(content)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            said = "this is not UTF-8 text; save the file as UTF-8"
            faults.append(_not_read(file, said, line=line))
        except ValueError as error:
            faults.append(not_toml(file, content.decode("utf-8-sig"), str(error)))
        except RecursionError:
            said = "this is nested too deeply to be read"
            faults.append(_not_read(file, said))
    return found


_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_DAY = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})\b")
_IN_WORDS = re.compile(rf"\d{{1,2}}\w* +({'|'.join(month_name[1:])}) +\d{{4}}")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_TRUTH = re.compile(r"=\s*(true|false|yes|no|on|off)\b", re.IGNORECASE)
_TABLE_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_CURLY = "\u201c\u201d\u2018\u2019"
_SEVERAL = {*FILE_NAMES.values()} - {*BY_KEY}
"""Of what several may stand, each under a heading with two brackets."""
_HEADED = "where several stand, each has two brackets and is spelt alike, as in [[{}]]"
_ADVICE = {
    "Illegal character '\\n'": "text in quotes ends on the line on which it begins",
    "Invalid statement": "a line is a heading, such as [[rule]], or KEY = and a value",
    "Found invalid character '\\r'": "save the file with the line ends of Windows or of Unix",
    "Expected newline or end of document after a statement": (
        'a line holds one key; inside "..." write \' and not "'
    ),
    "Invalid value": (
        "write text in quotes, a number, a day such as 2003-05-01, true, false, [a list] or "
        '{ a = "table" }'
    ),
    "Unclosed array": "each [ needs its ]",
    "Unclosed inline table": "each { needs its }, and each key in it = and a value",
}
"""What to write, by what the parser of the standard library says."""


def not_toml(file: str, text: str, said: str) -> Fault:
    """Return the fault of a file that is not TOML, with what to write where that can be seen."""
    found = _AT.search(said)
    line, column = (int(each or 0) for each in found.groups()) if found else (0, 0)
    if found and not line:
        line = text.count("\n") + 1
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    said, advice = _told(" ".join(_AT.sub("", said).split()), written)
    message = f"this is not TOML: {said}{'; ' if advice else ''}{advice}"
    return _not_read(file, message, line=line, column=column)


def _told(said: str, written: str) -> tuple[str, str]:
    """Return what is wrong with a line that is not TOML, and what to write instead."""
    if (day := _YEAR_FIRST.search(written)) and (day[2] != "-" or len(day[0]) < 10):
        return said, f"write a day as {day[1]}-{int(day[3]):02}-{int(day[4]):02}"
    if day := _DAY.search(written):
        return said, f"write a day as {day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if _IN_WORDS.search(written):
        return said, "write a day as 2003-05-01"
    if "Invalid date" in said:
        return said, "there is no such day"
    if twice := _TABLE_TWICE.fullmatch(said):
        path = ".".join(re.findall(r"'([^']*)'", twice[1]))
        several = path.rpartition(".")[2] in _SEVERAL
        above = f"above it a heading is missing or misspelt, such as [[{path.partition('.')[0]}]]"
        return f"[{path}] stands here twice", _HEADED.format(path) if several else above
    if "overwrite" in said:
        if key := _KEY.match(written):
            return f"{key[1]} stands here twice", ""
        path = written.strip(" \t[]")
        return f"{path} stands above in another form", _HEADED.format(path)
    if any(each in written for each in _CURLY):
        return said, 'write straight quotes, " and not \u201c'
    if (truth := _TRUTH.search(written)) and "Invalid value" in said:
        return said, f"write true or false, and not {truth[1]}"
    return said, _ADVICE.get(said, "")


def _sources(written: Iterable[Written], faults: list[Fault]) -> dict[str, Source]:
    converter = reader({})
    sources: dict[str, Source] = {}
    for entry in written:
        if entry.table != "source":
            continue
        try:
            source = converter.structure(entry.content, Source)
        except Exception as error:  # as above
            faults.extend(_faults(error, entry))
            key = entry.content.get("key")
            if not isinstance(key, str):
                continue
            # Its fault is reported; what cites it is not at fault.
            source = _unread(key)
        if source.key in sources:
            said = f"{source.key} is defined twice"
            faults.append(entry.origin.fault("key", said, kind=FaultKind.TWICE))
        sources[source.key] = source
    for each in faults:
        if each.path.startswith("source.") and each.unread:
            sources.setdefault(each.unread, _unread(each.unread))
    return _Unlisted(sources) if any(each.unread == WHOLE_FILE for each in faults) else sources


def _unread(key: str) -> Source:
    return Source(key, "not read", "", date.min, Confidence.REMEMBERED)


class _Unlisted(dict[str, Source]):
    """Sources beside a file that could not be read, in which any other may stand."""

    def __missing__(self, key: str) -> Source:
        return _unread(key)
