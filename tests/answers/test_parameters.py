"""The figures that no worked example turns on, each on the day from which it holds.

The values are the legislation's own, read at the places named; each is not known the day before.
"""

from datetime import date, timedelta

import pytest

from unioncore import Answer, Rulebook, ask
from unioncore.rules import ON

GB = {"ballot.nation": "Wales"}
NI = {"ballot.nation": "Northern Ireland"}
RECOGNITION = {"recognition.nation": "Scotland"}
FIGURES = [
    # TULRCA 1992, section 226A(1); the Order of 1995, article 105(1)
    ("core.ballot_notice_days", GB, date(1993, 8, 30), 7),
    ("core.ballot_notice_days", NI, date(1995, 9, 1), 7),
    ("core.sample_paper_days", GB, date(1993, 8, 30), 3),
    ("core.sample_paper_days", NI, date(1995, 9, 1), 3),
    # sections 226B(1)(b) and 226C
    ("core.scrutineer_above", GB, date(1993, 8, 30), 50),
    ("core.scrutineer_report_weeks", GB, date(1993, 8, 30), 4),
    # Schedule A1, paragraphs 7, 29(3)(b) and 36, and Schedule 1A of the Order
    ("core.recognition_least_workers", RECOGNITION, date(2000, 6, 6), 21),
    ("core.recognition_membership_percent", RECOGNITION, date(2000, 6, 6), 10),
    (
        "core.recognition_support_percent",
        {"recognition.nation": "Northern Ireland"},
        date(2001, 3, 8),
        40,
    ),
    # UK GDPR, Articles 12(3) and 33(1)
    ("core.data_request_months", {"request.kind": "subject-access"}, date(2018, 5, 25), 1),
    ("core.data_request_months", {"request.kind": "erasure"}, date(2018, 5, 25), 1),
    ("core.breach_hours", {}, date(2018, 5, 25), 72),
    # the Regulations on facility time: more than 49 employees, for seven months of the period
    ("core.facility_time_employees_above", {}, date(2018, 3, 31), 49),
    ("core.facility_time_months", {}, date(2018, 3, 31), 7),
    # the handbooks of two forums, as examples
    ("core.forum_papers_days", {}, date(2017, 3, 15), 7),
    ("core.forum_reconvene_days", {}, date(2017, 3, 15), 14),
]
ALWAYS = [
    # the guidance on small numbers that the definitions cite
    ("core.smallest_count", {"statistics.by_protected_characteristic": False}, 5),
    ("core.smallest_count", {"statistics.by_protected_characteristic": True}, 10),
    ("core.rounding_base", {}, 5),
]


@pytest.mark.parametrize(("key", "facts", "first", "value"), FIGURES)
def test_a_figure_holds_from_its_first_day(
    book: Rulebook, key: str, facts: dict[str, object], first: date, value: int
) -> None:
    (dated_by,) = {each.dated_by for each in book.definitions.parameters if each.key == key}

    def on(day: date) -> Answer[int]:
        dated = {} if dated_by == ON else {dated_by: day}
        return ask(book, facts | dated, key, on=day)[key]

    assert on(first).value == value
    before = on(first - timedelta(days=1))
    assert not before.known
    assert before.reason


@pytest.mark.parametrize(("key", "facts", "value"), ALWAYS)
def test_a_figure_of_practice(
    book: Rulebook, key: str, facts: dict[str, object], value: int
) -> None:
    assert ask(book, facts, key, on=date(2026, 11, 25))[key].value == value
