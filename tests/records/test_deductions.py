"""An employer's file of deductions, as employers write them."""

import io
import zipfile
from decimal import Decimal

import pytest

from unioncore.errors import BadUnion, MissingPart
from unioncore.model import CheckOffColumns
from unioncore.records import read_deductions

COLUMNS = CheckOffColumns(employer="shire", payroll="Pay No", amount="Deducted", name="Employee")


def read(text: str, columns: CheckOffColumns = COLUMNS) -> list[tuple[int, str, Decimal, str]]:
    lines = read_deductions("file.csv", text.encode(), columns)
    return [(each.line, each.payroll, each.amount, each.name) for each in lines]


def faults(text: str | bytes) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadUnion) as raised:
        read_deductions("file.csv", content, COLUMNS)
    return [str(each) for each in raised.value.faults]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_file_is_read_by_the_employers_own_columns(between: str) -> None:
    rows = [["Employee", "Pay No", "Centre", "Deducted"], ["A Quill", "0101", "C1", "11.50"]]
    text = "\ufeff" + "\r\n".join(between.join(row) for row in rows) + "\r\n\r\n"
    assert read(text) == [(2, "0101", Decimal("11.50"), "A Quill")]


@pytest.mark.parametrize("written", ["£11.50", "11.5", " 11.50 ", '"11.50"'])
def test_pounds_are_read_as_people_write_them(written: str) -> None:
    assert read(f"Pay No,Employee,Deducted\n1,A,{written}\n")[0][2] == Decimal("11.50")
    assert read('Pay No,Employee,Deducted\n1,A,"1,011.50"\n')[0][2] == Decimal("1011.50")


@pytest.mark.parametrize("written", ["", "x", "11.505", "NaN", "Infinity", "1e3", "1_000", "٣"])
def test_what_is_no_amount_is_told_with_its_line_and_not_shown(written: str) -> None:
    (said,) = faults(f"Pay No,Employee,Deducted\n1,A,{written}\n")
    assert said == "file.csv:2: Deducted: expected pounds such as 11.50"


def test_the_employers_total_must_agree() -> None:
    head = "Pay No,Employee,Deducted\n1,A,11.50\n2,B,1.30\n"
    assert len(read(f"{head}Total,,12.80\n")) == 2
    assert len(read(f"{head},,12.80\n")) == 2
    (said,) = faults(f"{head}Total,,12.81\n")
    assert "not the sum" in said
    assert "expected a payroll number" in faults("Pay No,Employee,Deducted\n,A,1.30\n2,B,1.30\n")[0]


@pytest.mark.parametrize("lines", ["", "\n", "Total,,0.00\n"])
def test_a_file_without_a_deduction_is_refused(lines: str) -> None:
    # Everybody who pays by check-off would be in arrears by it.
    assert faults(f"Pay No,Employee,Deducted\n{lines}") == [
        "file.csv:1: no line with a deduction follows"
    ]


def test_problems_are_told_in_the_order_of_the_lines() -> None:
    said = faults("Pay No,Employee,Deducted\n,A,1.30\n2,B,x\n3,C,1.30\n")
    assert [each.split(":")[1] for each in said] == ["2", "3"]


def test_every_problem_is_told_together() -> None:
    assert faults("Pay No,Employee,Deducted\n1,A,x\n2,B,y\n") == [
        "file.csv:2: Deducted: expected pounds such as 11.50",
        "file.csv:3: Deducted: expected pounds such as 11.50",
    ]
    said = faults("Pay Number,Employee,Deductd\n")
    assert "did you mean 'Deductd'?" in " ".join(said)
    assert len(said) == 2
    assert "stands twice" in faults("Pay No,Pay No,Employee,Deducted\n")[0]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b'Pay No,Employee,Deducted\n"1,A\n'])
def test_what_is_no_such_file_is_told(content: bytes) -> None:
    assert faults(content)


def test_a_spreadsheet_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingPart, match="xlsx"):
        read_deductions("file.xlsx", b"", COLUMNS)


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize("content", [b"", b"Pay No,Deducted", zipped("x"), zipped("xl/x.xml")])
def test_a_spreadsheet_that_is_none_is_told(content: bytes) -> None:
    pytest.importorskip("openpyxl", reason="the extra xlsx")
    with pytest.raises(BadUnion, match=r"file.xlsx: cannot be read as a spreadsheet"):
        read_deductions("file.xlsx", content, COLUMNS)


def test_a_spreadsheet_is_read_as_a_file_is() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra xlsx")
    book = openpyxl.Workbook()
    for row in (["Pay No", "Employee", "Deducted"], [101, "A", 11.5], ["0102", "B", 1.3]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    lines = read_deductions("file.xlsx", content.getvalue(), COLUMNS)
    assert [(each.line, each.payroll, each.amount) for each in lines] == [
        (2, "101", Decimal("11.50")),
        (3, "0102", Decimal("1.30")),
    ]
