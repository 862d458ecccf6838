"""Stored cases: the folder ``cases`` of a union's folder holds a JSON file for each."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
from attrs import frozen

from unioncore.checked import checked
from unioncore.errors import BadCase, BadUnion, DataFault, nearest
from unioncore.model import Case, CaseType, Person, Union, Unit
from unioncore.model.cases import case_of, not_as_entered
from unioncore.paths import AnyPath, as_folder, content_of, parse_json
from unioncore.records.whole import settle
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


@checked
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
        faults.extend(check_stored(name, case, rulebook, union))
    return StoredCases(tuple(case for _, case in found.values()), tuple(sorted(faults)))


def _files(
    folder: Path | Traversable, faults: list[DataFault]
) -> Iterator[tuple[str, Path | Traversable]]:
    try:
        if isinstance(folder, Path):
            settle(folder)
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
        plain: Any = parse_json(content_of(file))
    except OSError as error:
        faults.append(DataFault(name, 0, "", f"cannot be read: {error.strerror}"))
        return None
    except ValueError as error:
        faults.append(DataFault(name, 0, "", f"cannot be read as JSON: {error}"))
        return None
    try:
        return case_of(plain)
    except BadCase as error:
        faults.extend(attrs.evolve(each, file=name) for each in error.faults)
        return None


def check_stored(
    name: str, case: Case, rulebook: Rulebook | None, union: Union | None
) -> Iterator[DataFault]:
    """Give what is wrong with a case that was read from a file, or from elsewhere by a name."""
    wrong = [*_unknown(case, rulebook, union)]
    if case.altered is not None and not wrong:
        wrong.append(not_as_entered(case.altered))
    yield from (attrs.evolve(each, file=name) for each in wrong)


def case_files(cases: Iterable[Case]) -> dict[str, bytes]:
    """Return the files of cases by name, as ``read_cases`` reads them."""
    return {
        f"{_FOLDER}/{quote(each.reference, safe='')}.json": json.dumps(
            each.to_dict(), indent=1
        ).encode()
        for each in cases
    }


def _unknown(case: Case, rulebook: Rulebook | None, union: Union | None) -> Iterator[DataFault]:
    """Give the keys of a case that nothing knows."""
    if union is not None:
        if case.person and not union.knows(Person, case.person):
            yield DataFault("", 0, "person", "no record is about this person")
        if case.branch and not union.knows(Unit, case.branch):
            hint = union.unknown(Unit, case.branch).suggestion
            yield DataFault("", 0, "branch", "no unit has this key", hint)
    if rulebook is not None:
        known = rulebook.named(CaseType)
        for track in case.tracks.values():
            if track.case_type not in known:
                hint = nearest(track.case_type, known)
                said = "no plugin has its case type"
                yield DataFault("", 0, f"track {track.key}", said, hint)
