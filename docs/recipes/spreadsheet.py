"""A spreadsheet in and out: one row for each person, with what is known of them in columns."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

import unioncore
from unioncore.errors import BadFacts

RULEBOOK = unioncore.compose()
ASKED = ("service_group", "negotiating_bodies", "region")


def read(file: Path) -> list[dict[str, object]]:
    """Return the rows of the first sheet; the first row names the facts. An empty cell is left out.

    A spreadsheet writes a day as a moment at midnight, so its day is taken.
    """
    head, *rows = load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True)
    return [
        {
            str(key): value.date() if isinstance(value, datetime) else value
            for key, value in zip(head, row, strict=True)
            if value is not None
        }
        for row in rows
    ]


def answered(source: Path, target: Path, on: date) -> None:
    """Write a sheet of answers beside the rows; raises ``BadFacts`` with the number of each row."""
    rows = read(source)
    found = unioncore.ask_many(RULEBOOK, rows, *ASKED, on=on)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*ASKED, "why not known", "warnings"])
    for answers in found:
        why = "; ".join(each.reason for each in answers.values() if not each.known)
        warnings = "; ".join(dict.fromkeys(w for each in answers.values() for w in each.warnings))
        shown = [each.value_to_text() if each.known else None for each in answers.values()]
        sheet.append([*shown, why, warnings])
    book.save(target)


def people(file: Path, kind: str) -> None:
    """Write a sheet of two people as somebody might send it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["employer.kind", "employer.nation", "job.group", "membership.joined"])
    sheet.append([kind, "England", "cafcass-staff", datetime(2020, 5, 1)])
    sheet.append([None, "Scotland", None, None])
    book.save(file)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "people.xlsx"), Path(folder, "answers.xlsx")
        people(source, "cafcass")
        answered(source, target, date(2026, 3, 2))
        head, first, second = load_workbook(target).worksheets[0].iter_rows(values_only=True)
        assert head == (*ASKED, "why not known", "warnings")
        assert first[0] == "police-justice"
        assert second[0] is None
        assert second[3]
        people(source, "cafcas")
        said = ""
        try:
            answered(source, target, date(2026, 3, 2))
        except BadFacts as error:
            said = str(error)
        assert "row 1: employer.kind" in said
        assert "did you mean 'cafcass'?" in said
    print("spreadsheet: read, answered and written; a misspelt word is told with its row")
