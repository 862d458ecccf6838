"""Every fault of a folder is found in one pass, at its place; what is good is read all the same."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.folders import GOOD, PEOPLE, plus, read, swap
from tests.synthetic import source
from unioncore.errors import BadUnion, DataFault
from unioncore.model import TABLES, Union, columns
from unioncore.records import read_files, read_union
from unioncore.records.tables import read_table


def places(faults: tuple[DataFault, ...]) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.column) for fault in faults]


def only(faults: tuple[DataFault, ...]) -> DataFault:
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def rows(union: Union, *but: str) -> dict[str, object]:
    return {table: getattr(union, table) for table in TABLES if table not in but}


def test_a_good_folder_has_no_fault() -> None:
    reading = read()
    assert reading.faults == ()
    union = reading.ok()
    assert (union.key, union.name, union.kept_until) == (
        "test-union",
        "Test Union",
        date(2024, 12, 31),
    )
    assert union.jobs[0].earnings == Decimal(23500)
    assert union.jobs[1].hourly_pay == Decimal("12.60")
    assert [job.main for job in union.jobs] == [True, False, True]
    assert [each.public_function for each in union.employers] == [False, None]
    assert union.vacancies[0].closing == datetime(2018, 4, 26, 12, 0)
    assert union.people[0].born == date(1980, 2, 3)
    assert union.on(date(2004, 1, 1)).members("ash") == ("p1", "p2", "p3")


# ---- cells ---------------------------------------------------------------------------------------

CELLS = [
    ("people", "1980-02-03", "03/02/1980", "people.csv", 2, "born", "a day such as"),
    ("people", "1980-02-03", "31/02/2024", "people.csv", 2, "born", "a day such as"),
    ("people", "1980-02-03", "2024-02-31", "people.csv", 2, "born", "no such day"),
    ("people", "1980-02-03", "80-02-03", "people.csv", 2, "born", "four digits"),
    ("people", "1980-02-03", "0204-02-03", "people.csv", 2, "born", "1800 to 2199"),
    ("people", "1980-02-03", "2200-01-01", "people.csv", 2, "born", "1800 to 2199"),
    ("people", "Test Two", "", "people.csv", 3, "name", "must not be blank"),
    ("people", "Test Two", "   ", "people.csv", 3, "name", "must not be blank"),
    ("people", "female", "femal", "people.csv", 2, "gender", "female or male or other"),
    ("jobs", "p1,2,forge,no", "p1,2,forge,nope", "jobs.csv", 3, "main", "yes or no"),
    ("jobs", "23500", "23500.5", "jobs.csv", 2, "earnings", "pounds"),
    ("jobs", "23500", "£23500", "jobs.csv", 2, "earnings", "pounds"),
    ("jobs", "23500", '"23,500"', "jobs.csv", 2, "earnings", "pounds"),
    ("jobs", "12.60", "-12.60", "jobs.csv", 3, "hourly_pay", "pounds"),
    ("units", "101", "one", "units.csv", 4, "number", "1 to 6 digits"),
    ("units", "Ash,101", "A\x07sh,101", "units.csv", 4, "name", "U+0007"),
    ("units", "Ash,101", "A\x00sh,101", "units.csv", 4, "name", "U+0000"),
    ("units", "Ash,101", '"A\nsh",101', "units.csv", 4, "name", "U+000A"),
    ("units", "Ash,101", "=1+1,101", "units.csv", 4, "name", "formula"),
    ("units", "Ash,101", "@Ash,101", "units.csv", 4, "name", "formula"),
    ("units", "Ash,101", "A" * 1001 + ",101", "units.csv", 4, "name", "at most 1000"),
    ("offices", "ash,1,", "ash,0,", "offices.csv", 2, "places", "1 to 999999"),
    ("offices", "ash,1,", "ash,1.5,", "offices.csv", 2, "places", "1 to 999999"),
    ("vacancies", "T12:00", "T24:00", "vacancies.csv", 2, "closing", "a day and an hour"),
    ("vacancies", "T12:00", "", "vacancies.csv", 2, "closing", "a day and an hour"),
    ("calendar", "T10:00", "T10", "calendar.csv", 2, "at", "a day and an hour"),
    (
        "unit_successions",
        "2010-01-01",
        "2011-01-01/2010-01-01",
        "unit_successions.csv",
        2,
        "on",
        "later day stands first",
    ),
    ("unit_successions", "merged", "merge", "unit_successions.csv", 2, "how", "merged or split"),
]


@pytest.mark.parametrize(("table", "old", "new", "file", "line", "column", "said"), CELLS)
def test_a_bad_cell(
    table: str, old: str, new: str, file: str, line: int, column: str, said: str
) -> None:
    reading = read(**{table: swap(table, old, new)})
    fault = only(reading.faults)
    assert (fault.file, fault.line, fault.column) == (file, line, column)
    assert said in fault.message
    # Every row but the bad one is in the union.
    good = read().union
    assert rows(reading.union, table) == rows(good, table)
    kept = list(getattr(good, table))
    del kept[line - 2]
    assert getattr(reading.union, table) == tuple(kept)


def test_a_choice_nearly_right_is_suggested() -> None:
    assert only(read(people=swap("people", "female", "femal")).faults).suggestion == "female"


def test_the_value_is_shown_but_for_people() -> None:
    assert "'one'" in only(read(units=swap("units", "101", "one")).faults).message
    assert "80-02-03" not in str(only(read(people=swap("people", "1980", "80")).faults))


# ---- rows ----------------------------------------------------------------------------------------

ROWS = [
    ("units", plus("units", "oak,branch,Oak"), 7, "", "expected 6 cells"),
    ("units", plus("units", "oak,branch,Oak,,,,"), 7, "", "expected 6 cells"),
    (
        "units",
        swap("units", "2000-01-01,2010-01-01", "2010-01-01,2010-01-01"),
        6,
        "end",
        "must be after the start",
    ),
    ("organises", plus("organises", "ash,mill,"), 4, "branch", "says what line 2 says"),
    (
        "memberships",
        swap("memberships", "p1,2005-01-01,,", "p1,2004-12-31,,"),
        3,
        "start",
        "line 2 holds too",
    ),
    ("parents", plus("parents", "ahs,region,north,2000-01-01"), 4, "unit", "no key 'ahs'"),
    (
        "memberships",
        plus("memberships", "p9,2003-01-01,,full,current,ash"),
        6,
        "person",
        "people has no key",
    ),
    (
        "memberships",
        swap("memberships", "p2,2002", "p2,1999"),
        4,
        "branch",
        "it has it from 2000-01-01",
    ),
    (
        "organises",
        plus("organises", "elm,forge,"),
        4,
        "branch",
        "up to but not including 2010-01-01",
    ),
    ("organises", plus("organises", "north,forge,"), 4, "branch", "this is a region"),
    (
        "memberships",
        swap("memberships", "p3,2003-01-01,,full,current,ash", "p3,2003-01-01,,full,current,north"),
        5,
        "branch",
        "expected a branch",
    ),
    (
        "unit_successions",
        plus("unit_successions", "beech,ash,merged,2012-01-01"),
        3,
        "on",
        "goes on after",
    ),
    ("transfers", plus("transfers", "forge,forge,2016-01-01,tupe"), 3, "to", "another employer"),
    ("jobs", swap("jobs", "p1,2,forge,no", "p1,2,forge,yes"), 3, "main", "one main job"),
    ("holdings", plus("holdings", "chair,p3,2004-12-31,"), 3, "office", "place is taken"),
    ("people", plus("people", "p4,Test Four,,"), 5, "key", "neither a member"),
    (
        "holdings",
        "office,person,elected,start\nchair,p2,2003-01-02,2003-01-01\n",
        2,
        "start",
        "before elected",
    ),
    (
        "holdings",
        "office,person,election_began,elected,start\nchair,p2,2003-01-02,2003-01-01,2003-01-03\n",
        2,
        "elected",
        "before election_began",
    ),
    (
        "vacancies",
        "reference,office,closing,interviews\nGS/7,chair,2018-04-26T12:00,2018-04-25\n",
        2,
        "interviews",
        "before closing",
    ),
    ("calendar", plus("calendar", "ash,2017,closes,2017-06-19"), 3, "at", "opens, line 2"),
    ("calendar", plus("calendar", "ash,2017,closes,2017-06-20T09:00"), 3, "at", "opens, line 2"),
    ("calendar", plus("calendar", "ash,2017,motions,2017-06-21"), 2, "at", "motions, line 3"),
    ("calendar", plus("calendar", "ash,2017,delegates,2017-06-21"), 2, "at", "delegates"),
]


@pytest.mark.parametrize(("table", "text", "line", "column", "said"), ROWS)
def test_a_bad_row(table: str, text: str, line: int, column: str, said: str) -> None:
    reading = read(**{table: text})
    fault = only(reading.faults)
    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", line, column)
    assert said in fault.message
    assert rows(reading.union, table) == rows(read().union, table)


def test_nobody_joins_or_works_before_they_were_born() -> None:
    faults = read(people=swap("people", "1980-02-03", "2001-01-01")).faults
    assert places(faults) == [
        ("jobs.csv", 2, "start"),
        ("jobs.csv", 3, "start"),
        ("memberships.csv", 2, "start"),
    ]
    assert not any("2001" in str(fault) for fault in faults)


def test_only_who_has_left_has_a_reason_and_a_choice_has_effect_once_it_was_told() -> None:
    reading = read(
        {"fund_choices.csv": "person,choice,told,start\np1,opted-out,2004-05-01,2004-04-01\n"},
        memberships=(
            "person,start,end,category,status,branch,left_because\n"
            "p1,2001-01-01,,full,current,ash,cost\n"
            "p2,2002-01-01,,full,current,ash,\n"
            "p3,2003-01-01,2004-01-01,full,current,ash,\n"
            "p3,2004-01-01,,full,lapsed,ash,cost\n"
        ),
    )
    found = {(fault.file, fault.line, fault.column) for fault in reading.faults}
    assert ("memberships.csv", 2, "left_because") in found
    assert ("fund_choices.csv", 2, "start") in found
    assert len(found) == 2, reading.faults


def test_terms_that_only_meet_are_no_fault() -> None:
    assert read(holdings=plus("holdings", "chair,p3,2005-01-01,")).faults == ()


def test_every_row_within_a_long_one_is_reported() -> None:
    lines = ("p2,2004-01-01,2005-01-01,full,current,ash", "p2,2006-01-01,,full,current,ash")
    faults = read(memberships=plus("memberships", *lines)).faults
    assert places(faults) == [("memberships.csv", 6, "start"), ("memberships.csv", 7, "start")]


def test_days_that_fall_together_or_are_not_told_are_in_order() -> None:
    vacancy = "reference,office,closing,interviews\nGS/7,chair,2018-04-26T12:00,2018-04-26\n"
    holding = "office,person,election_began,elected,start\nchair,p2,2003-01-01,,2003-01-01\n"
    events = plus("calendar", "ash,2017,closes,2017-06-20", "ash,2018,closes,2016-06-20")
    assert read(vacancies=vacancy, holdings=holding, calendar=events).faults == ()


def test_the_nearest_key_is_suggested_but_never_one_of_people() -> None:
    unit = only(read(parents=plus("parents", "beehc,region,north,2000-01-01")).faults)
    assert unit.suggestion == "beech"
    many = plus("people", "member-1234,Test Four,,")
    member = plus(
        "memberships",
        "member-1234,2003-01-01,,full,current,ash",
        "member-1243,2003-01-01,,full,current,ash",
    )
    person = only(read(people=many, memberships=member).faults)
    assert (person.line, person.column, person.suggestion) == (7, "person", None)
    assert "member" not in person.message


def test_a_day_in_the_life_of_a_person_is_not_shown() -> None:
    people = "key,name,start\np1,Test One,2001-07-09\np2,Test Two,\np3,Test Three,\n"
    faults = read(people=people).faults
    assert ("memberships.csv", 2, "person") in places(faults)
    assert not any("2001-07-09" in str(fault) for fault in faults)


def test_a_circle_of_units_is_reported_at_each_row() -> None:
    lines = ("north,region,south,2005-01-01", "south,region,north,2006-01-01")
    faults = read(parents=plus("parents", *lines)).faults
    assert places(faults) == [("parents.csv", 5, "parent")]
    assert "under itself" in faults[0].message
    itself = only(read(parents=plus("parents", "north,region,north,")).faults)
    assert (itself.line, itself.column) == (4, "parent")


def test_a_correction_is_no_duplicate_and_nor_is_a_change_back() -> None:
    header = "key,kind,name,recorded,struck\n"
    both = "ash,branch,Ash,2001-01-01,\nash,branch,Rowan,2002-01-01,\n"
    rest = {name: None for name in map(str, TABLES) if f"{name}.csv" in GOOD and name != "units"}
    assert read(units=header + both, **rest).faults == ()
    back = (
        "ash,branch,Rowan,2001-01-01,\nash,branch,Ash,2001-01-01,\nash,branch,Rowan,2001-01-01,\n"
    )
    assert read(units=header + back, **rest).faults == ()
    twice = read(units=header + both + "ash,branch,Rowan,2002-01-01,\n", **rest)
    assert only(twice.faults).line == 4
    undated = read(units=header + "ash,branch,Ash,,\nash,branch,Rowan,,\n", **rest)
    assert only(undated.faults).line == 3


def test_a_struck_row_needs_one_to_strike() -> None:
    text = "key,kind,name,recorded,struck\nash,branch,Ash,2001-01-01,yes\n"
    rest = {name: None for name in map(str, TABLES) if f"{name}.csv" in GOOD and name != "units"}
    fault = only(read(units=text, **rest).faults)
    assert (fault.line, fault.column) == (2, "struck")
    # Where the row that it strikes is bad itself, that is the one fault.
    bad = text + "ash,branch,,,\n"
    assert only(read(units=bad, **rest).faults).column == "name"


# ---- files ---------------------------------------------------------------------------------------

FILES = [
    ({"unit.csv": "key\n"}, "unit.csv", 0, "", "no table has this name", "units"),
    ({"units.txt.csv": "key\n"}, "units.txt.csv", 0, "", "no table has this name", "units"),
    ({"other.toml": ""}, "other.toml", 0, "", "no table has this name", None),
    ({"units.ndjson": ""}, "units.ndjson", 0, "", "another file", None),
    ({"offices.csv": b""}, "offices.csv", 1, "", "a first line with the columns", None),
    ({"accreditations.csv": b""}, "accreditations.csv", 1, "", "a first line", None),
    ({"transfers.csv": "employer,to,on\n"}, "transfers.csv", 1, "how", "missing", None),
    (
        {"transfers.csv": "employer,to,on,how,hwo\n"},
        "transfers.csv",
        1,
        "hwo",
        "no such column",
        "how",
    ),
    ({"transfers.csv": "employer,to,on,how,on\n"}, "transfers.csv", 1, "on", "stands twice", None),
    (
        {"transfers.csv": "employer,to,on,how\n".encode("utf-16")},
        "transfers.csv",
        0,
        "",
        "not UTF-8",
        None,
    ),
    (
        {"transfers.csv": "employer,to,on,how\n".encode("utf-16-le")},
        "transfers.csv",
        0,
        "",
        "not UTF-8",
        None,
    ),
    (
        {"transfers.csv": 'employer,to,on,how\nmill,forge,2015-04-01,"tupe\n'},
        "transfers.csv",
        2,
        "",
        "cannot be read as CSV",
        None,
    ),
    (
        {"transfers.csv": 'employer,"t"o,on,how\nmill,forge,2015-04-01,tupe\n'},
        "transfers.csv",
        1,
        "",
        "cannot be read as CSV",
        None,
    ),
    (
        {"employers.csv": b"key,kind,name\nmill,works,Caf\xe9\nforge,works,Forge\n"},
        "employers.csv",
        2,
        "name",
        "not UTF-8",
        None,
    ),
]


@pytest.mark.parametrize(("files", "file", "line", "column", "said", "hint"), FILES)
def test_a_bad_file(
    files: dict[str, str | bytes], file: str, line: int, column: str, said: str, hint: str | None
) -> None:
    reading = read(files)
    fault = only(reading.faults)
    assert (fault.file, fault.line, fault.column) == (file, line, column)
    assert said in fault.message
    assert fault.suggestion == hint
    table = file.partition(".")[0]
    assert rows(reading.union, table) == rows(read().union, table)


NDJSON = [
    ("{", 1, "", "cannot be read as JSON"),
    ("[1]", 1, "", "expected an object"),
    ('"ash"', 1, "", "expected an object"),
    ("[" * 100_000, 1, "", "nested too deeply"),
    ('{"key": ' + "9" * 5000 + "}", 1, "", "too long"),
    ('\n{"key": "a", "key": "b", "kind": "works", "name": "A"}', 2, "key", "stands twice"),
    ('{"key": "a", "kind": "works", "name": ["A"]}', 1, "name", "expected text"),
    ('{"key": "a", "kind": "works", "name": 1.5}', 1, "name", "expected text"),
    ('{"key": "a", "kind": "works", "name": 5}', 1, "name", "expected text"),
    ('{"key": "a", "kind": "works", "name": true}', 1, "name", "expected text"),
    ('{"key": "a", "kind": "works", "name": " A"}', 1, "name", "without blanks"),
    (
        '{"key": "a", "kind": "works", "name": "A", "public_function": 1}',
        1,
        "public_function",
        "true or false",
    ),
    ('{"key": "a", "kind": "works"}', 1, "name", "missing"),
    ('{"key": "a", "kind": "works", "name": null}', 1, "name", "must not be blank"),
    ('{"key": "a", "kind": "works", "name": "A", "nmae": "A"}', 1, "nmae", "no such column"),
    ('{"key": "a", "kind": "works", "name": "\\ud800"}', 1, "name", "not UTF-8"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), NDJSON)
def test_a_bad_line_of_ndjson(text: str, line: int, column: str, said: str) -> None:
    good = '{"key": "mill", "kind": "works", "name": "Mill", "public_function": false}\n'
    toml = 'union = "test-union"\n'
    files = {"union.toml": toml, "employers.ndjson": f"{text}\n{good}"}
    reading = read_files({name: each.encode() for name, each in files.items()})
    fault = only(reading.faults)
    assert (fault.file, fault.line, fault.column) == ("employers.ndjson", line, column)
    assert said in fault.message
    assert [row.key for row in reading.union.employers] == ["mill"]


def test_all_that_is_wrong_in_a_line_of_ndjson_is_told_together() -> None:
    lines = """{"key": "ash", "kind": "works", "name": " Ash", "start": "soon"}
{"name": "Beech", "key": "beech", "kind": "works", "end": "20", "public_function": true}
{"key": "cedar", "kind": "works", "name": "Cedar", "start": "2020-01-01", "end": "2020-01-01"}
"""
    files = {"union.toml": 'union = "test-union"\n', "employers.ndjson": lines}
    reading = read_files({name: each.encode() for name, each in files.items()})
    told = [(each.line, each.column) for each in reading.faults]
    assert told == [(1, "name"), (1, "start"), (2, "end"), (3, "end")]
    assert reading.union.employers == ()


HEADS = [
    (None, "", "is missing"),
    ("union = ", "", "is not TOML"),
    (b"union = '\xe9'", "", "not UTF-8"),
    ("union = 5", "union", "in quotes"),
    ('name = "No key"', "union", "in quotes"),
    ('union = "u"\nname = 5', "name", "in quotes"),
    ('union = "u"\nkept_until = "2024-12-31"', "kept_until", "expected a day"),
    ('union = "u"\nkept_until = 2024-12-31T12:00:00', "kept_until", "expected a day"),
    ('union = "u"\nkept_untill = 2024-12-31', "kept_untill", "no such field"),
    ('union = "u"\nplugins = "unison"', "plugins", "a list"),
    ('union = "u"\ncolumns = 5', "columns", "[columns]"),
    ('union = "u"\n[columns]\nunit = ["colour"]', "columns.unit", "no table"),
    ('union = "u"\n[columns]\nunits = "colour"', "columns.units", "a list of names"),
    ('union = "u"\n[columns]\nunits = ["name"]', "columns.units", "a column of the table already"),
]


@pytest.mark.parametrize(("text", "path", "said"), HEADS)
def test_a_bad_head(text: str | bytes | None, path: str, said: str) -> None:
    content = text.encode() if isinstance(text, str) else text
    tables = {"employers.csv": GOOD["employers.csv"].encode()}
    reading = read_files(tables if content is None else {**tables, "union.toml": content})
    fault = only(reading.faults)
    assert (fault.file, fault.line, fault.column) == ("union.toml", 0, path)
    assert said in fault.message
    assert len(reading.union.employers) == 2


POLICY = (
    source("own", "A policy made up for this test", "remembered")
    + """
[[setting]]
fact = "some.fact"
value = 5
period = { start = 2020-01-01 }
branch = "ash"
citations = [{ source = "own" }]
"""
)


def test_a_policy_is_a_setting() -> None:
    reading = read({"policies/ash.toml": POLICY})
    assert reading.faults == ()
    setting = reading.union.settings[0]
    assert (setting.of, setting.key, setting.fact, setting.value) == (
        "branch",
        "ash",
        "some.fact",
        5,
    )
    assert setting.period.start == date(2020, 1, 1)
    assert setting.citations[0].instrument == "A policy made up for this test"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('branch = "ash"\n', "", "setting of 2020-01-01"),
        ('branch = "ash"\n', 'branch = "ash"\nemployer = "mill"\n', "setting of 2020-01-01"),
        (
            'citations = [{ source = "own" }]\n',
            "citations = []\n",
            "setting of 2020-01-01, citations",
        ),
    ],
)
def test_a_bad_policy(old: str, new: str, column: str) -> None:
    assert POLICY.count(old) == 1
    reading = read({"policies/ash.toml": POLICY.replace(old, new)})
    fault = only(reading.faults)
    assert (fault.file, fault.column) == ("policies/ash.toml", column)
    assert fault.line
    assert reading.union.settings == ()


def test_policies_that_clash_and_ones_that_are_no_toml() -> None:
    again = POLICY[POLICY.index("[[setting]]") :]
    clash = only(read({"policies/ash.toml": POLICY + again}).faults)
    assert (clash.column, "overlaps" in clash.message) == (
        "setting of 2020-01-01, period",
        True,
    )
    assert only(read({"policies/ash.toml": "setting = ["}).faults).file == "policies/ash.toml"


# ---- all of it together --------------------------------------------------------------------------

INDEPENDENT = {
    "people": swap("people", "1980-02-03", "03/02/1980"),
    "jobs": swap("jobs", "23500", "lots"),
    "offices": plus("offices", "treasurer,treasurer,ash,none,"),
    "transfers": plus("transfers", "forge,forge,2016-01-01,tupe"),
    "parents": plus("parents", "ahs,region,north,2000-01-01"),
    "vacancies": swap("vacancies", "T12:00", "T25:00"),
    "calendar": swap("calendar", "opens", "begins"),
    "unit_successions": plus("unit_successions", "beech,ash,merged,2012-01-01"),
    "workplaces": plus("workplaces", "quay,mill,Quay"),
    "organises": plus("organises", "north,forge,"),
}


@given(st.sets(st.sampled_from(sorted(INDEPENDENT)), min_size=1))
def test_all_faults_come_in_one_pass(tables: set[str]) -> None:
    faults = read(**{table: INDEPENDENT[table] for table in tables}).faults
    assert sorted(fault.file for fault in faults) == sorted(f"{table}.csv" for table in tables)


def test_reading_that_is_not_ok_raises_every_fault() -> None:
    reading = read(**INDEPENDENT)
    with pytest.raises(BadUnion) as raised:
        reading.ok()
    assert raised.value.faults == reading.faults
    assert len(reading.faults) == len(INDEPENDENT)


MARK = "Zzyzx"
SPOILT = st.sampled_from([MARK, f"={MARK}", f"{MARK}\x07", f" {MARK} ", f"'{MARK}", f'"{MARK}"'])


@given(
    table=st.sampled_from(PEOPLE),
    places=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 6)), min_size=1, max_size=4),
    text=SPOILT,
    ndjson=st.booleans(),
)
def test_no_report_shows_a_value_about_people(
    table: str, places: set[tuple[int, int]], text: str, ndjson: bool
) -> None:
    cells = [line.split(",") for line in GOOD[f"{table}.csv"].splitlines()]
    for line, place in places:
        cells[line % len(cells)][place % len(cells[0])] = text
    if ndjson:
        names, *lines = cells
        each = [json.dumps(dict(zip(names, line, strict=True))) for line in lines]
        reading = read({f"{table}.ndjson": "\n".join(each)}, **{table: None})
    else:
        reading = read(**{table: "\n".join(",".join(line) for line in cells)})
    assert not any(MARK.lower() in str(fault).lower() for fault in reading.faults)


def test_a_file_of_people_without_its_first_line_shows_nobody() -> None:
    _, _, lines = GOOD["people.csv"].partition("\n")
    faults = read(people=lines).faults
    assert ("people.csv", 1, "column 2") in places(faults)
    assert not any("Test One" in str(fault) or "p1" in str(fault) for fault in faults)


# ---- what is read without a fault ----------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n", "\r\n\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(ending: str) -> None:
    changed = {
        name: b"\xef\xbb\xbf"
        + each.replace("\n", ending if name.endswith("csv") else "\n").encode()
        for name, each in GOOD.items()
    }
    reading = read(changed)
    assert reading.faults == ()
    assert reading.union == read().union


def test_mixed_line_ends_are_read_and_lines_are_counted() -> None:
    first, second, *rest = swap("units", "101", "one").splitlines()
    mixed = f"{first}\r\n{second}\r" + "\n".join(rest)
    assert places(read(units=mixed).faults) == [("units.csv", 4, "number")]


@pytest.mark.parametrize("table", [name for name in TABLES if f"{name}.csv" in GOOD])
def test_csv_and_ndjson_of_the_same_rows_are_equal(table: str) -> None:
    header, *lines = (line.split(",") for line in GOOD[f"{table}.csv"].splitlines())
    typed = {"yes": True, "no": False, "": None}
    places_ = "places" if "places" in columns(TABLES[table]) else ""
    objects = [
        {
            name: int(cell) if name == places_ else typed.get(cell, cell)
            for name, cell in zip(header, line, strict=True)
        }
        for line in lines
    ]
    text = "".join(json.dumps(each) + "\r\n" for each in objects)
    reading = read({f"{table}.ndjson": text}, **{table: None})
    assert reading.faults == ()
    assert reading.union == read().union


def test_columns_of_the_unions_own_are_declared_and_kept() -> None:
    units = "key,kind,colour,name\nash,branch,red,Ash\nbeech,branch,,Beech\n"
    rest = {name: None for name in map(str, TABLES) if f"{name}.csv" in GOOD and name != "units"}
    fault = only(read(units=units, **rest).faults)
    assert (fault.file, fault.line, fault.column) == ("units.csv", 1, "colour")
    toml = 'union = "test-union"\n[columns]\nunits = ["colour"]\n'
    reading = read({"union.toml": toml}, units=units, **rest)
    assert reading.faults == ()
    assert dict(reading.extra) == {"units": ("colour",)}
    assert [row.extra for row in reading.union.units] == [(("colour", "red"),), ()]
    formula = read({"union.toml": toml}, units=units.replace("red", "=red"), **rest)
    assert only(formula.faults).column == "colour"


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    faults = read_union(tmp_path / "nowhere").faults
    assert any("cannot be read" in fault.message for fault in faults)
    (tmp_path / "units.csv").mkdir()
    assert ("units.csv", 0, "") in places(read_union(tmp_path).faults)


def test_a_folder_is_read_as_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    for name, text in {**GOOD, "policies/ash.toml": POLICY, "notes.txt": "x"}.items():
        (tmp_path / name).write_bytes(text.encode())
    assert read_union(tmp_path) == read({"policies/ash.toml": POLICY})


# ---- files that people save ----------------------------------------------------------------------

EMPLOYERS = GOOD["employers.csv"]
SAVED = {
    "a line for Excel": (
        {"employers": "sep=,\n" + EMPLOYERS},
        ["employers.csv:1: this line is for Excel alone; delete it"],
    ),
    "a line for Excel, in quotes and with semicolons": (
        {"employers": '"SEP=;"\r\n' + EMPLOYERS.replace(",", ";")},
        [
            "employers.csv:1: this line is for Excel alone; delete it",
            "employers.csv:2: the fields are parted by semicolons; save the file as CSV",
        ],
    ),
    "tabs": (
        {"employers": EMPLOYERS.replace(",", "\t")},
        ["employers.csv:1: the fields are parted by tabs; save the file as CSV with commas"],
    ),
    "semicolons, and what else is wrong": (
        {
            "employers": EMPLOYERS.replace("no", "TRUE")
            .replace(",", ";")
            .replace("Forge", "\u200bForge")
        },
        [
            "employers.csv:1: the fields are parted by semicolons",
            "employers.csv:2: public_function: expected yes or no, got 'TRUE'; did you mean 'yes'?",
            "employers.csv:3: name: holds a zero width space at the beginning, U+200B; delete it",
        ],
    ),
    "a name in capitals": (
        {"employers": EMPLOYERS.replace("key,kind", "KEY,Kind")},
        [
            "employers.csv:1: key: stands in other letters, capital or small; did you mean 'key'?",
            "employers.csv:1: kind: stands in other letters, capital or small",
        ],
    ),
    "a code in small letters": (
        {"employers": "key,kind,name,ods\nmill,works,Mill,rx1\nforge,works,Forge,\n"},
        ["such as RGT, got 'rx1'; did you mean 'RX1'?"],
    ),
    "a hard space in a name and in a cell": (
        {"employers": EMPLOYERS.replace("name", "name\u00a0").replace("Mill", "Old\u00a0Mill")},
        [
            "employers.csv:1: name: holds a no-break space at the end, U+00A0; delete it",
            "employers.csv:2: name: holds a no-break space after 3 characters, U+00A0; delete it",
        ],
    ),
    "something in a column without a name": (
        {"employers": EMPLOYERS.replace("\n", ",\n").replace("Mill,no,", "Mill,no,x")},
        ["employers.csv:1: column 5: has no name in the first line, and holds something; name it"],
    ),
    "an empty cell too many": (
        {"employers": EMPLOYERS.replace("Mill,no", "Mill,no,")},
        ["employers.csv:2: expected 4 cells as in the first line, got 5; the last are empty"],
    ),
    "Y, and a day in another form": (
        {
            "jobs": GOOD["jobs.csv"].replace("forge,yes", "forge,Y"),
            "people": GOOD["people.csv"].replace("1980-02-03", "03/02/1980"),
        },
        [
            "jobs.csv:4: main: expected yes or no; did you mean 'yes'?",
            "people.csv:2: born: expected a day such as 2024-06-01, with a year of four digits",
        ],
    ),
    "a day as a number, and a number cut short": (
        {
            "people": GOOD["people.csv"].replace("1980-02-03", "29254"),
            "units": GOOD["units.csv"].replace("Ash,101", "Ash,1.01E+11"),
        },
        [
            "a spreadsheet has put a number for it: format the column as text",
            "units.csv:4: number: a spreadsheet has cut a long number short; format the column as",
        ],
    ),
    "a reference in other letters": (
        {"workplaces": GOOD["workplaces.csv"].replace("mill", "MILL")},
        [
            "employers has no key 'MILL'; it has one that is the same but for capital letters; "
            "did you mean 'mill'?"
        ],
    ),
    "a reference that lost its zeros": (
        {name: GOOD[f"{name}.csv"].replace("p1", "0012345") for name in ("people", "memberships")}
        | {"jobs": GOOD["jobs.csv"].replace("p1", "12345")},
        ["people has no key; it has one that is the same but for leading zeros"] * 2,
    ),
}
"""Files as spreadsheets and hurried hands save them, each with all that is told of it, in part."""


@pytest.mark.parametrize("name", SAVED)
def test_a_slip_of_a_spreadsheet_is_named_with_its_cure(name: str) -> None:
    changed, told = SAVED[name]
    for fault, said in zip(read(**changed).faults, told, strict=True):
        assert said in str(fault)


EMPTY = EMPLOYERS.replace("\n", ",,\n") + ",,,,,\n,,,,,\n"


def test_what_is_empty_is_told_and_everything_else_is_read() -> None:
    reading = read(employers=EMPTY)
    assert reading.ok().employers == read().union.employers
    assert [str(each) for each in reading.warnings] == [
        "employers.csv:1: warning: columns 5 and 6 are empty; delete them",
        "employers.csv:4: warning: lines 4 and 5 are empty; delete them",
    ]
    assert read(employers=EMPLOYERS + "\n\n").warnings == ()


def test_keys_that_may_be_one_are_told_and_kept_apart() -> None:
    more = "Mill,works,The other mill,no\n"
    reading = read(employers=EMPLOYERS + more)
    assert len(reading.ok().employers) == 3
    (told,) = reading.warnings
    assert (told.line, told.column) == (4, "key")
    assert "the key 'mill' of line 2 but for capital letters; if they are one" in told.message
    people = GOOD["people.csv"].replace("p1", "0012345").replace("p3", "0099999")
    rest = {
        name: GOOD[f"{name}.csv"].replace("p1", "0012345").replace("p3", "0099999")
        for name in ("memberships", "jobs")
    }
    assert read(people=people, **rest).warnings == ()
    twice = people.replace("p2", "12345")
    rest = {name: text.replace("p2", "12345") for name, text in rest.items()}
    holdings = GOOD["holdings.csv"].replace("p2", "12345")
    reading = read(people=twice, holdings=holdings, **rest)
    assert reading.faults == ()
    assert [each.message.partition(";")[0] for each in reading.warnings] == [
        "1 key has fewer digits than others, which begin with 0",
        "is the key of line 2 but for leading zeros",
    ]
    assert not any("12345" in str(each) for each in reading.warnings)


def test_a_file_that_is_no_table_is_not_passed_over(tmp_path: Path) -> None:
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "offices.csv").rename(tmp_path / "Offices.CSV")
    (tmp_path / "people.xlsx").write_bytes(b"PK")
    (tmp_path / "notes.xlsx").write_bytes(b"PK")
    reading = read_union(tmp_path)
    assert "Offices.CSV: no table has this name; did you mean 'offices.csv'?" in map(
        str, reading.faults
    )
    (told,) = reading.warnings
    assert str(told).startswith("people.xlsx: warning: is not read; save it as CSV, in UTF-8")


def test_a_name_twice_in_an_inner_object_is_a_value_of_the_wrong_type() -> None:
    people = '{"key": {"a": "b", "a": "c"}, "name": "Ada Example"}\n'
    others = {name: text for name, text in GOOD.items() if name != "people.csv"}
    files = {name: text.encode() for name, text in {**others, "people.ndjson": people}.items()}
    faults = [each for each in read_files(files).faults if each.file == "people.ndjson"]
    assert (only(tuple(faults)).column, faults[0].message) == ("key", "expected text")


@given(st.lists(st.sampled_from(["yes", "no", "", "maybe", "YES", " no"]), max_size=12))
def test_what_a_cell_says_does_not_depend_on_the_cells_before_it(cells: list[str]) -> None:
    lines = [f"m{place},Ada Example,{cell}" for place, cell in enumerate(cells)]
    alone = [_slips([line]) for line in lines]
    assert _slips(lines) == [slip for slips in alone for slip in slips]


def _slips(lines: list[str]) -> list[str]:
    content = "\n".join(["key,name,struck", *lines]).encode()
    read = read_table(TABLES["people"], "people.csv", content)
    good = {row.record.key: str(row.record.struck) for row in read.rows}
    keys = [line.partition(",")[0] for line in lines]
    return [f"{key} {good.get(key, 'wrong')}" for key in keys]
