"""Whatever a definition file holds, reading it ends in a report."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import unioncore.builtin
from unioncore.definitions.loader import Loaded, load_files
from unioncore.errors import Fault

REAL = (Path(unioncore.builtin.__file__).parent / "definitions" / "placement.toml").read_bytes()


def is_a_report(loaded: Loaded) -> bool:
    return all(isinstance(fault, Fault) and fault.file and fault.message for fault in loaded.faults)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    assert is_a_report(load_files({"x.toml": content}))


@given(st.integers(0, len(REAL)))
def test_a_file_cut_short(length: int) -> None:
    assert is_a_report(load_files({"x.toml": REAL[:length]}))


def test_a_byte_order_mark_is_no_fault() -> None:
    marked = load_files({"x.toml": b"\xef\xbb\xbf" + REAL})
    assert marked == load_files({"x.toml": REAL})
    assert marked.faults == ()


@given(st.sampled_from(["utf-16", "utf-32", "cp037"]))
def test_another_encoding(encoding: str) -> None:
    assert load_files({"x.toml": REAL.decode("utf-8").encode(encoding)}).faults


VALUES = ["1", "-1", "1.5", "true", '"text"', "[]", "{}", "2020-01-01", "2020-01-01T00:00:00"]
LINES = REAL.decode("utf-8").splitlines()
SETTINGS = [number for number, line in enumerate(LINES) if " = " in line and '"""' not in line]


@given(st.sampled_from(SETTINGS), st.sampled_from(VALUES))
def test_any_value_replaced_by_another(place: int, value: str) -> None:
    key, _, _ = LINES[place].partition(" = ")
    changed = [*LINES[:place], f"{key} = {value}", *LINES[place + 1 :]]
    assert is_a_report(load_files({"x.toml": "\n".join(changed).encode()}))


@given(st.sampled_from(SETTINGS))
def test_any_key_misspelt(place: int) -> None:
    changed = [*LINES[:place], LINES[place].replace(" = ", "x = ", 1), *LINES[place + 1 :]]
    loaded = load_files({"x.toml": "\n".join(changed).encode()})
    assert any(
        "no such field" in fault.message or "did you mean" in fault.message
        for fault in loaded.faults
    )
    assert is_a_report(loaded)
