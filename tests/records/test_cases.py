"""Stored cases: read back as they were, and whatever a file holds is told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import everything
from tests.casework import a_case, a_union
from unioncore import Rulebook
from unioncore.errors import BadUnion
from unioncore.model import Case
from unioncore.records import read_cases

pytestmark = pytest.mark.needs_plugins

READS = "the version of unioncore that wrote the case reads it"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


def stored(folder: Path, *cases: Any) -> Path:
    (folder / "cases").mkdir(exist_ok=True)
    for number, each in enumerate(cases, 1):
        plain = each.to_dict() if isinstance(each, Case) else each
        (folder / "cases" / f"{number}.json").write_text(json.dumps(plain), encoding="utf-8")
    return folder


def test_cases_are_read_as_they_were_stored(book: Rulebook, tmp_path: Path) -> None:
    assert read_cases(tmp_path).ok() == ()
    cases = a_case(book), a_case(book, "C-2", "bela")
    read = read_cases(stored(tmp_path, *cases), rulebook=book, union=a_union())
    assert read.ok() == cases


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person": "nobody"}, "person: no record is about this person"),
        ({"branch": "offic"}, "branch: no unit has this key; did you mean 'office'?"),
        ({"branch": 5}, "branch: expected text"),
        ({"opend": "2025-06-02"}, "opend: no such field; did you mean 'opened'?"),
        ({"format": 7}, f"format: expected 1; {READS}"),
        (
            {"on": "yesterday"},
            "entries[1].on: expected a day such as 2025-04-15",
        ),
        ({"trak": "t"}, "entries[1].trak: no such field; did you mean 'track'?"),
        (
            {"case_type": "core.grievanse"},
            "track t: no plugin has its case type; did you mean 'core.grievance'?",
        ),
        ({"incident": "2025-05-30"}, "entries[1]: it is not as it was entered"),
        ({"opened": "2025-06-01"}, "entries[0]: it is not as it was entered"),
        ({"reference": "\ud800"}, "entries[0]: it is not as it was entered"),
        ({"mark": ""}, "entries[2]: it is not as it was entered"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    book: Rulebook, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    plain = json.loads(json.dumps(a_case(book).to_dict()))
    of_entry = {"on", "trak", "case_type", "incident"}
    for key, value in changed.items():
        (plain["entries"][1] if key in of_entry else plain)[key] = value
    read = read_cases(stored(tmp_path, plain), rulebook=book, union=a_union())
    assert [str(fault) for fault in read.faults] == [f"cases/1.json: {said}"]
    with pytest.raises(BadUnion):
        read.ok()


def test_what_is_nested_without_end_is_told(book: Rulebook, tmp_path: Path) -> None:
    plain = json.loads(json.dumps(a_case(book).to_dict()))
    correct = {"act": "correct", "on": "2025-06-02", "by": "edda", "corrects": 1, "reason": "r"}
    inner: dict[str, Any] = dict(correct)
    for _ in range(400):
        inner = {**correct, "instead": inner}
    read = read_cases(stored(tmp_path, {**plain, "entries": [*plain["entries"], inner]}))
    assert [str(each) for each in read.faults] == [
        f"cases/1.json: entries[{len(plain['entries'])}]: it is nested too deeply"
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@settings(max_examples=30)
@given(st.data())
def test_whatever_a_file_holds_is_told_and_never_raised(
    book: Rulebook, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    plain = json.loads(json.dumps(a_case(book).to_dict()))
    part = data.draw(st.sampled_from([plain, *plain["entries"]]))
    part[data.draw(st.sampled_from([*part, "other"]))] = data.draw(JSON)
    folder = stored(tmp_path_factory.mktemp("union"), plain)
    read = read_cases(folder, rulebook=book, union=a_union())
    assert len(read.cases) == 1 or read.faults
