"""Stored cases: the folder ``cases`` of a union's folder holds a JSON file for each."""

import json
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import frozen

from unioncore import forms
from unioncore.errors import BadUnion, DataFault, nearest
from unioncore.model import Case, CaseType, Person, Union, Unit
from unioncore.model.cases import FORMAT
from unioncore.paths import AnyPath, as_folder
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["StoredCases", "read_cases"]

_FOLDER = "cases"


@frozen
class StoredCases(Shown, shows="cases faults"):
    """What a folder holds of cases: those that could be read, and every fault."""

    cases: tuple[Case, ...]
    faults: tuple[DataFault, ...]

    def ok(self) -> tuple[Case, ...]:
        """Return the cases; raises ``BadUnion`` with every fault where there is one."""
        if self.faults:
            raise BadUnion(self.faults)
        return self.cases


def read_cases(
    folder: AnyPath | Traversable,
    *,
    rulebook: Rulebook | None = None,
    union: Union | None = None,
) -> StoredCases:
    """Read the cases of a union's folder. What is in it never raises; it is reported.

    Args:
        folder: the union's folder. Its folder ``cases`` has a file ``.json`` for each case, with
            what ``Case.to_dict`` gave; without that folder there are no cases.
        rulebook: knows the case types; without it these are not checked.
        union: knows the members and the branches; without it these are not checked.
    """
    faults: list[DataFault] = []
    found: dict[str, tuple[str, Case]] = {}
    for name, file in _files(as_folder(folder, "folder"), faults):
        case = _read(name, file, faults)
        if case is None:
            continue
        if case.reference in found:
            said = f"{found[case.reference][0]} has the same reference"
            faults.append(DataFault(name, 0, "reference", said))
            continue
        found[case.reference] = (name, case)
        wrong = [*_unknown(case, rulebook, union)]
        if case.altered is not None and not wrong:
            wrong.append((f"entries[{case.altered}]", "it is not as it was entered", None))
        faults.extend(DataFault(name, 0, path, said, hint) for path, said, hint in wrong)
    return StoredCases(tuple(case for _, case in found.values()), tuple(sorted(faults)))


def _files(
    folder: Path | Traversable, faults: list[DataFault]
) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        inside = folder / _FOLDER
        found = sorted(inside.iterdir(), key=lambda each: each.name) if inside.is_dir() else []
    except OSError as error:
        faults.append(DataFault(_FOLDER, 0, "", f"cannot be read: {error.strerror}"))
        return
    for each in found:
        name = f"{_FOLDER}/{each.name}"
        if each.name.endswith(".json"):
            yield name, each
        elif not each.name.startswith("."):
            faults.append(DataFault(name, 0, "", "is no case; a case is a file .json"))


def _read(name: str, file: Path | Traversable, faults: list[DataFault]) -> Case | None:
    """Return the case of a file; what keeps it from being read is added to the faults."""
    try:
        plain: Any = json.loads(file.read_bytes())
    except OSError as error:
        faults.append(DataFault(name, 0, "", f"cannot be read: {error.strerror}"))
        return None
    except (ValueError, RecursionError):
        faults.append(DataFault(name, 0, "", "is not JSON in UTF-8"))
        return None
    if isinstance(plain, dict) and plain.get("format") != FORMAT:
        faults.append(DataFault(name, 0, "format", f"expected {FORMAT}"))
        return None
    try:
        return forms.structure(plain, Case)
    except Exception as error:  # whatever a file holds is reported, never raised
        for path, each in forms.faults_of(error):
            expected = "expected " if isinstance(each, forms.Unexpected) else ""
            said = f"{expected}{each.text}"
            faults.append(DataFault(name, 0, path, said, each.suggestion))
        return None


def _unknown(
    case: Case, rulebook: Rulebook | None, union: Union | None
) -> Iterator[tuple[str, str, str | None]]:
    """Give the keys of a case that nothing knows: the path, what is wrong, the nearest."""
    if union is not None:
        if case.person and not union.knows(Person, case.person):
            yield "person", "no record is about this person", None
        if case.branch and not union.knows(Unit, case.branch):
            yield "branch", "no unit has this key", union.unknown(Unit, case.branch).suggestion
    if rulebook is not None:
        known = rulebook.named(CaseType)
        for track in case.tracks.values():
            if track.case_type not in known:
                hint = nearest(track.case_type, known)
                yield f"track {track.key}", "no plugin has its case type", hint
