"""A file of deductions beside a register: every difference is found, none is invented."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from tests.books import everything

from unioncore.answers import CHECK_OFF_CODES, CheckOff, check_off, stopped_pay
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import (
    Arrears,
    Employer,
    Job,
    Membership,
    PaymentMethod,
    Person,
    Record,
    Union,
)
from unioncore.records import Deduction

pytestmark = pytest.mark.needs_plugins

MONTH, LONG_AGO = date(2016, 11, 1), date(2010, 1, 1)
BANDS = {
    "1500": "1.30",
    "4000": "3.50",
    "18000": "11.50",
    "20001": "14.00",
    "26000": "17.25",
    "36000": "22.50",
}
"""Earnings, each with what a month costs by the table printed in 2016."""
EMPLOYERS = tuple(
    Employer(key=key, kind="council", name=key, nation="England", public_function=True)
    for key in ("shire", "borough")
)


def a_payer(key: str, **more: object) -> list[Record]:
    """Return the records of a member who pays by check-off; ``more`` says what differs."""
    method = str(more.get("pays", "check-off"))
    at = str(more.get("employer", "shire"))
    end = more.get("member_to")
    records: list[Record] = [
        Person(key=key, name=f"Person {key}"),
        Membership(
            person=key,
            category="full",
            start=LONG_AGO,
            end=end if isinstance(end, date) else None,
        ),
        Job(
            person=key,
            employer=at,
            payroll=f"0{key}",
            earnings=Decimal(str(more.get("salary", "18000"))),
            start=LONG_AGO,
        ),
    ]
    if method:
        by = at if method == "check-off" else ""
        records.append(PaymentMethod(person=key, method=method, employer=by, start=LONG_AGO))
    return records


def a_union(*payers: list[Record]) -> Union:
    return Union(key="unison").append(*EMPLOYERS, *(row for each in payers for row in each))


def read(union: Union, lines: list[Deduction], month: date = MONTH, **more: bool) -> CheckOff:
    return check_off(everything(), union, lines, employer="shire", month=month, **more)


def a_line(number: int, key: str, amount: str = "11.50", name: str | None = None) -> Deduction:
    return Deduction(number, f"0{key}", Decimal(amount), f"Person {key}" if name is None else name)


def codes(found: CheckOff) -> dict[str, set[str]]:
    people = {code: set(getattr(found, code)) for code in CHECK_OFF_CODES}
    people["no_match"] = {each.payroll for each in found.no_match}
    return {code: keys for code, keys in people.items() if keys}


def seeded(seed: int) -> None:
    """Put differences of every kind into a file; what is found must be just these."""
    random = Random(seed)
    expected: dict[str, set[str]] = {}
    members: list[list[Record]] = []
    lines: list[tuple[str, str, str]] = []
    for number in range(1000, 1000 + random.randrange(1, 40)):
        key = str(number)
        salary, due = random.choice(list(BANDS.items()))
        kind = random.choice([*CHECK_OFF_CODES, "no_match", "matched", "matched"])
        line = (f"0{key}", f"Person {key}", due)
        more: dict[str, object] = {"salary": salary}
        if kind == "wrong_amount":
            line = (*line[:2], str(Decimal(due) + Decimal(random.choice(["0.01", "-0.01", "5"]))))
        elif kind == "amount_unknown":
            more["salary"] = "20000.50"
        elif kind == "pays_twice":
            more["pays"] = "direct-debit"
        elif kind == "other_employer":
            more["employer"] = "borough"
        elif kind == "not_a_member":
            more["member_to"] = date(2016, 10, 1)
        if kind == "no_match":
            expected.setdefault(kind, set()).add(line[0])
        else:
            members.append(a_payer(key, **more))
            expected.setdefault(kind, set()).add(key)
        lines += [line] * {"gone_from_file": 0, "duplicate_line": 2}.get(kind, 1)
    random.shuffle(lines)
    random.shuffle(members)
    union = a_union(*members)
    file = [Deduction(at, row[0], Decimal(row[2]), row[1]) for at, row in enumerate(lines, 2)]
    found = read(union, file)
    assert codes(found) == expected
    assert found.lapsed_by_this == ()
    assert found.file_total == sum((Decimal(row[2]) for row in lines), Decimal())
    after = read(union.append(*found.proposed), file)
    assert after.proposed == ()


@pytest.mark.parametrize("seed", range(60))
def test_the_differences_put_in_are_found_and_none_invented(seed: int) -> None:
    seeded(seed)


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(1, 11))
def test_the_differences_of_a_thousand_files_are_found(hundred: int) -> None:
    for seed in range(hundred * 100, hundred * 100 + 100):
        seeded(seed)


def test_nobody_is_matched_by_a_name_alone() -> None:
    union = a_union(a_payer("1"), a_payer("2", employer="borough"))
    found = read(union, [Deduction(2, "999", Decimal("11.50"), "Person 1")])
    assert codes(found) == {"no_match": {"999"}, "gone_from_file": {"1"}}
    found = read(union, [a_line(2, "1"), Deduction(3, "02", Decimal("11.50"), "Somebody else")])
    assert codes(found) == {"matched": {"1"}, "no_match": {"02"}}


def test_the_same_number_at_two_employers_is_the_one_of_the_employer() -> None:
    other = a_payer("2", employer="borough")
    other = [
        r
        if not isinstance(r, Job)
        else Job(person="2", employer="borough", payroll="01", start=LONG_AGO)
        for r in other
    ]
    assert codes(read(a_union(other, a_payer("1")), [a_line(2, "1")])) == {"matched": {"1"}}


def test_a_number_loses_its_zeros_in_a_spreadsheet() -> None:
    found = read(a_union(a_payer("1")), [Deduction(2, "1", Decimal("11.50"))])
    assert codes(found) == {"matched": {"1"}}


def test_a_number_that_two_have_matches_nobody() -> None:
    twin = [r for r in a_payer("2") if not isinstance(r, Job)]
    twin.append(Job(person="2", employer="shire", payroll="01", start=LONG_AGO))
    found = read(a_union(a_payer("1"), twin), [a_line(2, "1")])
    assert codes(found)["no_match"] == {"01"}


def test_a_number_given_to_somebody_new_is_theirs() -> None:
    old = [r for r in a_payer("1") if not isinstance(r, Job)]
    old.append(
        Job(person="1", employer="shire", payroll="0500", start=LONG_AGO, end=date(2014, 1, 1))
    )
    found = read(a_union(old, a_payer("500")), [a_line(2, "500")])
    assert codes(found) == {"matched": {"500"}, "gone_from_file": {"1"}}


def test_another_name_under_the_number_is_told() -> None:
    found = read(a_union(a_payer("1")), [a_line(2, "1", name="Somebody Else")])
    assert (found.name_differs, codes(found)) == ((2,), {"matched": {"1"}})


def test_a_table_that_is_only_remembered_accuses_nobody_unless_asked_to() -> None:
    later = date(2020, 5, 1)
    union, lines = a_union(a_payer("1")), [a_line(2, "1", "14.00")]
    assert codes(read(union, lines, later)) == {"amount_unknown": {"1"}}
    found = read(union, lines, later, use_remembered=True)
    assert found.wrong_amount["1"].due == Decimal("11.50")


def test_whoever_has_no_way_of_paying_is_new_and_one_is_proposed() -> None:
    union = a_union(a_payer("1", pays=""))
    found = read(union, [a_line(2, "1")])
    (row,) = found.proposed
    assert isinstance(row, PaymentMethod)
    assert (found.new, row.method, row.employer, row.start) == (("1",), "check-off", "shire", MONTH)


def test_arrears_end_where_the_deduction_begins_again() -> None:
    union = a_union([*a_payer("1"), Arrears(person="1", start=date(2016, 9, 1))])
    (row,) = read(union, [a_line(2, "1")]).proposed
    assert isinstance(row, Arrears)
    assert (row.start, row.end) == (date(2016, 9, 1), MONTH)


def test_a_gap_that_was_arranged_is_no_arrears() -> None:
    agreed = PaymentMethod(
        person="1", method="direct-debit", start=date(2016, 12, 15), authorised=date(2016, 10, 2)
    )
    found = read(a_union(a_payer("1")).append(agreed), [])
    assert found.gone_from_file["1"].gap_is_arrears.value is False
    assert not found.gone_from_file["1"].contact
    assert [row.table for row in found.proposed] == ["payment_methods"]
    unsigned = PaymentMethod(person="1", method="direct-debit", start=date(2016, 12, 15))
    found = read(a_union(a_payer("1")).append(unsigned), [])
    assert found.gone_from_file["1"].contact


@pytest.mark.parametrize("days", [27, 28, 90, 91])
def test_weeks_run_from_the_day_after_the_last_that_is_paid_for(days: int) -> None:
    unpaid = date(2026, 7, 1)
    found = stopped_pay(everything(), paid_to=date(2026, 6, 30), on=unpaid + timedelta(days=days))
    assert found.unpaid_from.value == unpaid
    assert found.four_weeks_from.value == unpaid + timedelta(days=28)
    assert found.thirteen_weeks_from.value == unpaid + timedelta(days=91)
    assert found.four_weeks_reached is (days >= 28)
    assert not found.membership_ended.known


def test_an_arranged_gap_ends_with_the_first_payment() -> None:
    def barred(on: date) -> bool | None:
        return stopped_pay(
            everything(),
            paid_to=date(2021, 6, 30),
            on=on,
            mandate_signed=True,
            first_payment=date(2021, 7, 30),
        ).barred

    assert barred(date(2021, 7, 29)) is False
    assert barred(date(2021, 7, 30)) is False
    assert barred(date(2021, 7, 31)) is True


def test_nobody_and_nothing() -> None:
    found = read(a_union(), [])
    assert (codes(found), found.file_total, found.proposed) == ({}, Decimal("0.00"), ())


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UnknownName):
        check_off(everything(), a_union(), [], employer="shore", month=MONTH)
    ended = Union(key="unison", kept_until=date(2016, 10, 31)).append(*EMPLOYERS)
    with pytest.raises(BadFacts):
        read(ended, [])


def test_nobody_is_named_where_it_is_printed() -> None:
    union = a_union(a_payer("77123"), a_payer("77124", pays="direct-debit"))
    found = read(union, [a_line(2, "77123", "1.00"), a_line(3, "77124")])
    for said in (found.to_text(), repr(found)):
        assert "Person" not in said
        assert "7712" not in said
