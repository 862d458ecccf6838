"""Forty faults of different kinds, planted in a copy of the example: those are found alone."""

import csv
import random
import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.books import everything

from unioncore import Rulebook
from unioncore.errors import DataFault
from unioncore.model import TABLES, Union
from unioncore.records import read_union
from unioncore.records.ruling import check_rules
from unioncore.records.tables import Places, RecordRow
from unioncore.rules import RuleSet, Subject

pytestmark = pytest.mark.needs_plugins


class Folder:
    """A copy of the example in which faults are planted; each says where it must be found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.expected: list[tuple[str, int, str]] = []

    def lines(self, table: str) -> list[str]:
        return (self.path / f"{table}.csv").read_text().splitlines()

    def header(self, table: str) -> list[str]:
        return self.lines(table)[0].split(",")

    def write(self, table: str, lines: list[str]) -> None:
        (self.path / f"{table}.csv").write_text("\n".join(lines) + "\n")

    def plant(self, table: str, column: str, /, **cells: str) -> None:
        """Add a row that is wrong in one column."""
        lines, header = self.lines(table), self.header(table)
        for name in cells:
            if name not in header:
                lines[0] += f",{name}"
                lines[1:] = [f"{line}," for line in lines[1:]]
                header.append(name)
        row = [
            f'"{cells[name]}"' if "," in cells.get(name, "") else cells.get(name, "")
            for name in header
        ]
        self.write(table, [*lines, ",".join(row)])
        self.expected.append((f"{table}.csv", len(lines) + 1, column))

    def change(self, table: str, key: str, column: str, value: str) -> None:
        """Make the first row that begins with a key wrong in one column."""
        with (self.path / f"{table}.csv").open(newline="") as file:
            rows = list(csv.reader(file))
        place = next(number for number, row in enumerate(rows) if row[0] == key)
        rows[place][rows[0].index(column)] = value
        with (self.path / f"{table}.csv").open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        self.expected.append((f"{table}.csv", place + 1, column))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    shipped = resources.files("unioncore_unison") / "example_union"
    with resources.as_file(shipped) as here:
        shutil.copytree(here, tmp_path / "union")
    return Folder(tmp_path / "union")


def plant_all(f: Folder) -> None:
    unit = {"kind": "branch", "name": "Another branch"}
    # cells
    f.plant("units", "name", key="x1", kind="branch")
    f.plant("units", "kind", key="x2", kind="brnach", name="Misspelt")
    f.plant("units", "end", key="x3", **unit, start="2020-01-01", end="2019-01-01")
    f.plant("units", "start", key="x4", **unit, start="31/02/2024")
    f.plant("units", "start", key="x5", **unit, start="24-02-01")
    f.plant("units", "start", key="x6", **unit, start="2023-02-29")
    f.plant("units", "name", key="x7", kind="branch", name="Bell\x07")
    f.plant("units", "name", key="x8", kind="branch", name="=HYPERLINK(1)")
    f.plant("units", "key", key="not a key", **unit)
    f.plant("units", "number", key="x9", **unit, number="twelve")
    f.plant("employers", "ons", key="y1", kind="council", name="Example Y1", ons="E1")
    f.plant("employers", "nation", key="y2", kind="council", name="Example Y2", nation="Englnd")
    f.plant(
        "employers",
        "public_function",
        key="y3",
        kind="council",
        name="Example Y3",
        public_function="maybe",
    )
    f.plant(
        "employers",
        "companies_house",
        key="y4",
        kind="council",
        name="Example Y4",
        companies_house="12",
    )
    f.plant("people", "born", key="P1", name="Wrong Day", born="1990-13-01")
    f.plant(
        "jobs",
        "earnings",
        person="M0040",
        job="9",
        employer="kent-police",
        main="no",
        start="2026-01-05",
        earnings="23,500",
    )
    f.plant("offices", "places", key="z1", role="steward", unit="devon-county", places="0")
    f.plant("vacancies", "closing", reference="EX/1", office="trustee", closing="2018-04-26")
    f.plant("calendar", "what", unit="ndc", edition="2018", what="opening", at="2018-06-19")
    f.plant("fund_choices", "choice", person="M0041", choice="opt-in", start="2026-01-05")
    # rows of one table
    f.plant("units", "key", key="nec", kind="executive", name="National Executive Council")
    f.plant(
        "units",
        "start",
        key="soc",
        kind="standing-orders-committee",
        name="Standing Orders Committee",
        start="2020-01-01",
    )
    f.plant("arrears", "start", person="M0026", start="2026-09-15")
    at_kent = {"employer": "kent-police", "day": "2026-05-01"}
    steward = {"person": "M0002", "role": "steward", **at_kent}
    f.plant("workforce", "staff", employer="kent-police", day="2026-05-01", staff="-3")
    f.plant("training", "course", person="M0002", course="certificat", day="2026-05-01")
    f.plant("notices", "what", **steward, what="told")
    f.plant("time_taken", "minutes", **steward, minutes="0", kind="duty", paid_by="union")
    f.plant("time_taken", "paid_by", **steward, minutes="5", kind="training")
    f.plant(
        "time_taken", "case", **steward, minutes="5", kind="activity", case="x", paid_by="union"
    )
    f.plant(
        "time_taken",
        "agreement",
        **(steward | {"day": "2026-05-02"}),
        minutes="5",
        kind="duty",
        clause="4",
        paid_by="employer",
    )
    f.plant("safety_events", "representatives", **at_kent, what="inspection", representatives="2")
    # between tables
    f.plant("notices", "role", **(steward | {"person": "M0003"}), what="appointed")
    f.plant(
        "safety_events",
        "workplace",
        **at_kent,
        workplace="essex-police-hq",
        what="inspection",
    )
    f.plant("parents", "unit", unit="kent-polise-branch", axis="staff", parent="unison")
    f.plant("parents", "axis", unit="soc", axis="stuff", parent="unison")
    f.plant("parents", "parent", unit="soc", axis="staff", parent="soc")
    f.plant("parents", "parent", unit="soc", axis="region", parent="SO", start="2010-01-01")
    f.plant("unit_successions", "on", unit="YH", successor="EM", how="merged", on="2020-01-01")
    f.plant(
        "workplaces",
        "region",
        key="w1",
        employer="kent-police",
        name="A station",
        region="devon-county",
    )
    f.plant("organises", "branch", branch="nec", employer="greater-london-authority")
    f.plant(
        "transfers", "to", employer="kent-police", to="kent-police", on="2025-01-06", how="tupe"
    )
    f.plant(
        "memberships", "person", person="M9999", category="full", branch="essex", start="2026-01-05"
    )
    f.plant(
        "memberships", "union", person="M0001", union="nappo", category="full", start="2026-01-05"
    )
    f.plant("people", "key", key="P2", name="Nobody Anywhere")
    f.plant(
        "jobs",
        "main",
        person="M0001",
        job="9",
        employer="essex-police",
        main="yes",
        start="2026-01-05",
    )
    # the rules
    f.change("units", "EM", "name", "East Midland")
    f.plant("offices", "unit", key="z2", role="branch-chair", unit="nec")
    f.change("memberships", "M0003", "branch", "essex")
    chair = next(line for line in f.lines("holdings") if "/branch-chair," in line).split(",")[0]
    term = {"start": "2026-08-03", "how": "elected"}
    f.plant("holdings", "office", office=chair, person="M0088", **term)
    f.plant("holdings", "person", office="council-ni/regional-convenor", person="M0018", **term)


@pytest.mark.slow
def test_fifty_planted_faults_are_found_and_no_other(folder: Folder) -> None:
    plant_all(folder)
    assert len(folder.expected) == 50
    reading = read_union(folder.path, everything())
    found = [(fault.file, fault.line, fault.column) for fault in reading.faults]
    assert sorted(found) == sorted(folder.expected), "\n".join(map(str, reading.faults))
    assert len({fault.message for fault in reading.faults}) > 45
    # The good rows are there nevertheless.
    example = resources.files("unioncore_unison") / "example_union" / "people.csv"
    rows = example.read_text(encoding="utf-8").splitlines()[1:]
    assert len(reading.union.people) == len(rows) + 1
    assert not any("Nobody Anywhere" in str(fault) for fault in reading.faults)


@pytest.mark.parametrize("head", [None, "union = 'unisn'"])
def test_files_that_are_wrong_as_a_whole(folder: Folder, head: str | None) -> None:
    wrong = {
        "membrs.csv": b"person\n",
        "units.ndjson": b"",
        "vacancies.csv": b"\xff\xfe\x00",
        "policies/branches.toml": b"[[setting]]",
    }
    for name, content in wrong.items():
        (folder.path / name).write_bytes(content)
    union = folder.path / "union.toml"
    union.unlink() if head is None else union.write_text(head)
    faults = read_union(folder.path, everything()).faults
    assert {fault.file for fault in faults} == {"union.toml", *wrong}


def by_the_walk(rules: RuleSet, names: list[str]) -> Callable[[dict[str, Any]], list[Any]]:
    """Decide as ``compile_values`` does, with the plain reading."""

    def decide(facts: dict[str, Any]) -> list[Any]:
        subject = Subject(rules, facts)
        return [subject.value(name) for name in names]

    return decide


def test_what_breaks_the_rules_is_what_the_plain_reading_finds(
    rulebook: Rulebook, union: Union
) -> None:
    draw = random.Random(3)

    def shuffled(table: str, column: str) -> tuple[Any, ...]:
        rows = getattr(union, table)
        values = [getattr(row, column) for row in rows]
        draw.shuffle(values)
        return tuple(evolve(row, **{column: v}) for row, v in zip(rows, values, strict=True))

    broken = evolve(
        union,
        holdings=shuffled("holdings", "person"),
        memberships=shuffled("memberships", "branch"),
        organises=(),  # so that the rules are asked for the branch
    )
    rows = {
        kind.table: tuple(
            RecordRow(record, kind.table, line)
            for line, record in enumerate(getattr(broken, kind.table), start=2)
        )
        for kind in TABLES.values()
    }

    def told() -> list[DataFault]:
        return check_rules(broken, Places(rows), rulebook)

    found = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("unioncore.records.ruling.compile_values", by_the_walk)
        assert list(map(str, found)) == list(map(str, told()))
    for said in ("may not hold ", "the rules place the member in the branch "):
        assert sum(fault.message.startswith(said) for fault in found) > 10
