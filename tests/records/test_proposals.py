"""Proposed rows are entered whole or not at all, and once."""

from datetime import date
from pathlib import Path

import attrs
import pytest

from tests.books import everything
from unioncore.errors import BadUnion
from unioncore.model import Arrears, PaymentMethod
from unioncore.records import (
    Proposal,
    apply_proposal,
    propose,
    read_proposal,
    read_union,
    write_union,
)

pytestmark = pytest.mark.needs_plugins

FILES = {
    "union.toml": 'union = "unison"\nplugins = ["unison"]\n',
    "units.csv": "key,kind,name\nessex,branch,Essex\n",
    "people.csv": "key,name\nM1,Ada\nM2,Bo\n",
    "memberships.csv": (
        "person,category,branch,start\nM1,full,essex,2010-01-01\nM2,full,essex,2010-01-01\n"
    ),
}
ROWS = (
    Arrears(person="M1", start=date(2026, 9, 1), recorded=date(2026, 10, 1)),
    PaymentMethod(person="M2", method="check-off", start=date(2026, 9, 1)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "union"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text)
    return made


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def a_proposal(folder: Path) -> Proposal:
    return propose(read_union(folder, everything()).ok(), ROWS)


def test_rows_are_entered_once(folder: Path) -> None:
    proposal = read_proposal("p.json", a_proposal(folder).to_json())
    assert proposal == a_proposal(folder)
    assert apply_proposal(folder, proposal, everything())
    union = read_union(folder, everything()).ok()
    assert (union.arrears, union.payment_methods) == (ROWS[:1], ROWS[1:])
    assert 'plugins = ["unison"]' in (folder / "union.toml").read_text()
    before = content(folder)
    assert not apply_proposal(folder, proposal, everything())
    assert content(folder) == before


def test_a_folder_that_has_changed_since_is_left_as_it_is(folder: Path) -> None:
    proposal = a_proposal(folder)
    union = read_union(folder, everything()).ok()
    write_union(union.append(attrs.evolve(ROWS[0], person="M2")), folder)
    before = content(folder)
    with pytest.raises(BadUnion, match="has changed"):
        apply_proposal(folder, proposal, everything())
    assert content(folder) == before


def test_what_breaks_a_rule_is_not_entered_at_all(folder: Path) -> None:
    union = read_union(folder, everything()).ok()
    before = content(folder)
    wrong = propose(union, (ROWS[1], attrs.evolve(ROWS[0], person="M9")))
    with pytest.raises(BadUnion, match="people has no key"):
        apply_proposal(folder, wrong, everything())
    assert content(folder) == before


def test_a_proposal_for_another_union_is_refused(folder: Path) -> None:
    with pytest.raises(BadUnion, match="another"):
        apply_proposal(folder, attrs.evolve(a_proposal(folder), union="gmb"), everything())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "not a readable JSON file"),
        ("[]", "expected an object"),
        ('{"union": "unison", "read": "", "rows": 1}', "expected an object"),
        ('{"union": "u", "read": "", "rows": [{"table": "arears", "row": {}}]}', "'arrears'"),
        ('{"union": "u", "read": "", "rows": [{"table": "arrears", "row": {"x": 1}}]}', "rows"),
        ('{"union": "u", "read": "", "rows": [{"table": "arrears"}]}', "rows"),
        (
            '{"union": "u", "read": "", "rows": [{"table": "arrears", "row": {"person": "p", '
            '"start": "2026-02-30"}}]}',
            r"p.json: rows\[0\].row.start: there is no such day",
        ),
    ],
)
def test_what_is_no_proposal_is_told(text: str, said: str) -> None:
    with pytest.raises(BadUnion, match=said):
        read_proposal("p.json", text)
