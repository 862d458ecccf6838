"""Whatever a definition file holds, reading it ends in a report."""

from hypothesis import given
from hypothesis import strategies as st

from unioncore.definitions.loader import Loaded, load_files
from unioncore.errors import Fault

SHORT = """
dated_by = "claim.time_starts"
checked_on = 2026-11-25
confidence = "verified"

[words.mill_kind]
wind = "windmill"
water = { name = "watermill" }

[[amendment]]
key = "core.six-months"
start = 2026-10-01
value = 6
citations = [{ source = "act" }]

[[table]]
key = "core.limit"
decides = "claim.limit_months"
by = ["claim.kind", "claim.nation"]
claim.nation = "GB"
period = {}
  [[table.row]]
  key = "core.limit-companion"
  claim.kind = "accompaniment"
  value = 3
  amended_by = "core.six-months"
  citations = [{ source = "act", provision = "section 11(2)" }]

[[table]]
key = "core.one"
decides = "claim.latest_time"
by = "claim.kind"
period = { start = 2020-01-01 }
citations = [{ source = "act" }]
row = [{ claim.kind = ["tupe"], value = "24:00" }, { value = "12:00" }]

[[case_type]]
key = "core.grievance"
name = "Individual grievance"
family = "grievance"
nations = "GB"
  [[case_type.version]]
  period = {}
  initial = "lodged"
  citations = [{ source = "act" }]
    [case_type.version.states]
    lodged = "Lodged"
    resolved = { name = "Resolved", outcome = true }
    [case_type.version.happenings]
    act = "The act"
    [case_type.version.transitions]
    lodged.hear = { to = "resolved", actor = "panel" }
    lodged.drop = [{ to = "resolved", actor = "member", needs = "leave" }]

[source.act]
instrument = "A synthetic Act"
url = ""
"""
REAL = SHORT.encode()


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


VALUES = [
    "[[]]",
    "{ a = { b = 1 } }",
    "[{}]",
    "1",
    "-1",
    "1.5",
    "true",
    '"text"',
    "[]",
    "{}",
    "2020-01-01",
    "2020-01-01T00:00:00",
]
LINES = REAL.decode("utf-8").splitlines()
SETTINGS = [number for number, line in enumerate(LINES) if " = " in line and '"""' not in line]
NAMED = ("wind", "water", "lodged", "resolved", "act ")
FIELDS = [number for number in SETTINGS if not LINES[number].strip().startswith(NAMED)]
"""Lines whose key is that of a field, and not of something that the author names."""


@given(st.sampled_from(SETTINGS), st.sampled_from(VALUES))
def test_any_value_replaced_by_another(place: int, value: str) -> None:
    key, _, _ = LINES[place].partition(" = ")
    changed = [*LINES[:place], f"{key} = {value}", *LINES[place + 1 :]]
    assert is_a_report(load_files({"x.toml": "\n".join(changed).encode()}))


@given(st.sampled_from(FIELDS))
def test_any_key_misspelt(place: int) -> None:
    changed = [*LINES[:place], LINES[place].replace(" = ", "x = ", 1), *LINES[place + 1 :]]
    loaded = load_files({"x.toml": "\n".join(changed).encode()})
    assert any(
        any(said in fault.message for said in ("no such field", "did you mean", "needs"))
        for fault in loaded.faults
    )
    assert is_a_report(loaded)
