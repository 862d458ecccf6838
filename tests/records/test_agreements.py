"""A register of agreements in a folder: read, written back, and every fault in it found."""

from pathlib import Path

import pytest

from tests.books import everything
from tests.records.folders import read
from unioncore.errors import DataFault
from unioncore.records import Reading, read_files, read_union, write_union

REGISTER = {
    "agreements.csv": (
        "key,title,kind,binding,varies,replaces,made_on,review,notice_months,"
        "legally_enforceable,bargaining_unit,recognised_by,pay,learning_reps,start,end\n"
        "old,Old book,collective,locally-varied,,,,,,,,,,,,2010-01-01\n"
        "book,Book,collective,locally-varied,,old,2009-11-02,2012-01-01,3,no,,,,,2010-01-01,\n"
        "yard,Yard book,collective,binding,book,,,,,,,,,,2011-01-01,\n"
        "rec,Recognition,recognition,,,,,,6,,all at the mill,agreement,yes,,2000-01-01,\n"
        "learn,Learning,learning,,,,,,,,,,,2,2012-01-01,\n"
    ),
    "agreement_parties.csv": (
        "agreement,employer,union,start,end\n"
        "old,mill,,,2010-01-01\n"
        "book,mill,,2010-01-01,\n"
        "book,,test-union,2010-01-01,\n"
        "yard,mill,,2011-01-01,\n"
        "rec,mill,,2000-01-01,\n"
        "learn,forge,,2012-01-01,\n"
    ),
    "clauses.csv": (
        "agreement,key,topic,value,binding,made_on,start,end\n"
        "book,leave,holidays,25 days,,,2010-01-01,2011-01-01\n"
        "book,leave,holidays,26 days,,2010-12-01,2011-01-01,\n"
        "book,pay,pay,12 pounds,binding,,2010-01-01,\n"
        "yard,leave,holidays,28 days,,,2011-01-01,\n"
    ),
    "time_off.csv": (
        "agreement,role,hours,per,percent,paid,start\nrec,chair,4,week,,yes,2000-01-01\n"
    ),
}


def changed(table: str, old: str, new: str) -> Reading:
    """Read the register with one text of one table replaced."""
    text = REGISTER[f"{table}.csv"]
    assert text.count(old) == 1, old
    return read({**REGISTER, f"{table}.csv": text.replace(old, new)})


def only(faults: tuple[DataFault, ...]) -> DataFault:
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_a_register_is_read_and_written_back(tmp_path: Path) -> None:
    union = read({**REGISTER}).ok()
    book = union.agreements[1]
    assert (book.notice_months, book.legally_enforceable, book.pay) == (3, False, None)
    assert union.agreements[3].pay is True
    assert union.time_off[0].hours == 4
    write_union(union, tmp_path / "union")
    assert read_union(tmp_path / "union").ok() == union


FAULTS = [
    (
        "agreements",
        "book,Book,collective,locally-varied",
        "book,Book,colective,locally-varied",
        3,
        "kind",
        "collective or recognition",
    ),
    (
        "agreements",
        ",,,2010-01-01,\nyard",
        ",,,2010-01-01,2009-01-01\nyard",
        3,
        "end",
        "must be after the start",
    ),
    ("agreements", "locally-varied,,old,", "locally-varied,,olt,", 3, "replaces", "no key 'olt'"),
    ("agreements", "binding,book,", "binding,bok,", 4, "varies", "no key 'bok'"),
    (
        "agreements",
        "locally-varied,,old,",
        "locally-varied,,book,",
        3,
        "replaces",
        "replaces itself in the end",
    ),
    ("agreements", "binding,book,", "binding,yard,", 4, "varies", "varies itself in the end"),
    (
        "agreements",
        ",,,,,,,2010-01-01\nbook",
        ",,,,,,,2010-01-02\nbook",
        3,
        "replaces",
        "old goes on after the first day",
    ),
    (
        "agreements",
        ",2012-01-01,3,no,,,,,2010-01-01,",
        ",2012-01-01,3,no,,,,,,",
        3,
        "start",
        "must not be blank where another agreement is replaced",
    ),
    (
        "agreements",
        ",,,,,,,2,2012-01-01,",
        ",,,,all,,,2,2012-01-01,",
        6,
        "bargaining_unit",
        "only an agreement of the kind recognition has this",
    ),
    (
        "agreements",
        "agreement,yes,,2000",
        "agreement,yes,1,2000",
        5,
        "learning_reps",
        "only an agreement of the kind learning has this",
    ),
    (
        "agreements",
        "2011-01-01,\nrec",
        "2011-01-01,\nyard,Y,collective,binding,book,,,,,,,,,,2012-01-01,\nrec",
        5,
        "start",
        "line 4 holds too",
    ),
    ("agreement_parties", "rec,mill", "rec,mil", 6, "employer", "no key 'mil'"),
    (
        "agreement_parties",
        "rec,mill,",
        "rec,mill,test-union",
        6,
        "employer",
        "either an employer or a union",
    ),
    (
        "agreement_parties",
        "rec,mill,,2000-01-01",
        "rec,mill,,1999-12-31",
        6,
        "agreement",
        "it has it from 2000-01-01",
    ),
    (
        "clauses",
        "book,leave,holidays,26 days,,2010-12-01,2011-01-01,",
        "book,leave,holidays,26 days,,2010-12-01,2010-12-31,",
        3,
        "start",
        "line 2 holds too",
    ),
    ("clauses", "yard,leave", "yrad,leave", 5, "agreement", "no key 'yrad'"),
    ("clauses", "yard,leave", "yard,pay", 5, "key", "line 4 binds and cannot be varied"),
    ("clauses", "12 pounds,binding", "12 pounds,bindign", 4, "binding", "expected binding or"),
    ("time_off", "4,week", "4,", 2, "per", "hours need to say in what time"),
    ("time_off", "4,week", ",week", 2, "per", "hours need to say in what time"),
    ("time_off", "week,,", "week,101,", 2, "percent", "at most 100"),
]


@pytest.mark.parametrize(("table", "old", "new", "line", "column", "said"), FAULTS)
def test_a_fault(table: str, old: str, new: str, line: int, column: str, said: str) -> None:
    fault = only(changed(table, old, new).faults)
    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", line, column)
    assert said in fault.message


@pytest.mark.parametrize(
    ("table", "old", "new", "meant"),
    [
        ("agreements", "binding,book,", "binding,bok,", "book"),
        ("clauses", "yard,leave", "yrad,leave", "yard"),
        ("agreement_parties", "rec,mill", "rec,mil", "mill"),
        ("clauses", "12 pounds,binding", "12 pounds,bindign", "binding"),
    ],
)
def test_the_nearest_is_suggested(table: str, old: str, new: str, meant: str) -> None:
    assert only(changed(table, old, new).faults).suggestion == meant


def test_an_agreement_for_nobody_is_a_fault() -> None:
    fault = only(changed("agreement_parties", "rec,mill,,2000-01-01,\n", "").faults)
    assert (fault.file, fault.line, fault.column) == ("agreements.csv", 5, "body")
    assert "applies to nobody" in fault.message
    # A union that signed it employs nobody under it.
    signed = changed("agreement_parties", "rec,mill,", "rec,,test-union")
    assert "applies to nobody" in only(signed.faults).message
    # Where a party could not be read, nothing is said of the agreement.
    unread = changed("agreement_parties", "rec,mill,,2000-01-01", "rec,mill,,2000-13-01")
    assert only(unread.faults).file == "agreement_parties.csv"


def test_two_agreements_that_replace_each_other_are_a_fault() -> None:
    faults = changed(
        "agreements",
        "old,Old book,collective,locally-varied,,,",
        "old,Old book,collective,locally-varied,,book,",
    ).faults
    said = [(fault.line, fault.column) for fault in faults if "in the end" in fault.message]
    assert said == [(2, "replaces"), (3, "replaces")]


def test_what_varies_a_missing_agreement_is_reported_once() -> None:
    text = REGISTER["agreements.csv"].replace("binding,book,", "binding,gone,")
    clauses = REGISTER["clauses.csv"] + "gone,leave,,20 days,binding,,2010-01-01,\n"
    faults = read({**REGISTER, "agreements.csv": text, "clauses.csv": clauses}).faults
    assert [(fault.file, fault.column) for fault in faults] == [
        ("agreements.csv", "varies"),
        ("clauses.csv", "agreement"),
    ]


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("body", "said", "meant"),
    [
        ("psc-ew", None, None),
        ("psc-we", "no plugin declares this body 'psc-we'", "psc-ew"),
        ("ea-jnc-sp", "no plugin declares this body", None),
        ("pabew", "only a negotiating body makes agreements; this one is advisory", None),
    ],
)
def test_the_body_is_a_negotiating_one(body: str, said: str | None, meant: str | None) -> None:
    files = {
        "union.toml": b'union = "unison"\n',
        "agreements.csv": f"key,title,kind,body\nbook,Book,collective,{body}\n".encode(),
    }
    faults = read_files(files, everything()).faults
    if said is None:
        assert faults == ()
        return
    fault = only(faults)
    assert (fault.file, fault.line, fault.column) == ("agreements.csv", 2, "body")
    assert said in fault.message
    if meant is not None:
        assert fault.suggestion == meant
