"""Claims of many members: one group each, each day from one's own records, no key too many."""

import json
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything

from unioncore import answers
from unioncore.answers import CLAIM_GROUPS, CLAIMANT_COLUMNS, ClaimantStanding, MassClaimStanding
from unioncore.errors import UnknownName
from unioncore.model import (
    Claimant,
    ClaimEvent,
    Employer,
    Job,
    MassClaim,
    Membership,
    PaymentMethod,
    Person,
    Record,
    Transfer,
    Union,
)

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 10, 1)
COUNCIL = Employer(key="council", kind="council", name="Example Council", nation="England")
CLAIM = MassClaim(key="c", name="Equal pay", claim="equal-pay", employer="council")
SETTLEMENT = attrs.evolve(CLAIM, claim="", consent_by=date(2026, 9, 30))
OLD = date(2010, 1, 1)


def member(key: str, *records: Record, until: date | None = None) -> tuple[Record, ...]:
    """Return a member with one job at the council, which ended with ``until``."""
    end = None if until is None else until + timedelta(days=1)
    return (
        Person(key=key, name="Somebody Made-Up"),
        Membership(person=key, start=OLD, category="full"),
        Job(person=key, employer="council", role="carer", start=OLD, end=end),
        *records,
    )


def asked(
    *records: tuple[Record, ...], claim: MassClaim = CLAIM, on: date = DAY
) -> MassClaimStanding:
    union = Union(key="u").append(COUNCIL, claim, *(each for some in records for each in some))
    return answers.mass_claim(everything(), union.on(on), claim.key)


def one(*records: Record, claim: MassClaim = CLAIM, on: date = DAY) -> ClaimantStanding:
    (found,) = asked(records, claim=claim, on=on).claimants
    return found


def form(key: str = "a", day: date = date(2026, 6, 1), **more: Any) -> Claimant:
    return Claimant(person=key, claim="c", form=day, **more)


# -- what starts time ------------------------------------------------------------------------------


def test_whose_last_day_comes_first_stands_first() -> None:
    """The days and the order are those of the example of a council that ended."""
    ended, sent = date(2023, 3, 31), date(2023, 9, 20)
    certificate = {"day_a": date(2023, 9, 29), "day_b": date(2023, 10, 28)}
    found = asked(
        member("u1", form("u1", sent, **certificate), until=ended),
        member("u2", form("u2", sent, **certificate), until=date(2022, 12, 31)),
        member("u3", until=ended),
        member("u4", form("u4", date(2023, 11, 29)), until=ended),
        member("u5", form("u5", sent)),
        member("u0", form("u0", sent, withdrew=sent), until=ended),
        on=date(2023, 11, 28),
    )
    assert [each.person for each in found.claimants] == ["u2", "u3", "u4", "u1", "u5", "u0"]


def test_who_moved_with_a_transfer_is_known_by_their_jobs() -> None:
    moved = Job(person="a", employer="trust", start=date(2026, 4, 1))
    gone = Transfer(employer="council", to="trust", on=date(2026, 4, 1), how="tupe")
    last = date(2026, 3, 31)
    assert one(*member("a", form(), moved, gone, until=last)).start == "transfer"
    # Whoever took a job elsewhere on another day left, whatever was transferred.
    assert one(*member("a", form(), gone, until=last)).start == "leaving"
    later = attrs.evolve(moved, start=date(2026, 4, 2))
    assert one(*member("a", form(), later, gone, until=last)).start == "leaving"


@pytest.mark.parametrize(
    ("change", "start", "safe"),
    [
        ({"role": "cook"}, "new-job", date(2026, 9, 30)),
        ({"job": "2"}, "new-job", date(2026, 9, 30)),
        ({"band": "4"}, "terms-changed", date(2026, 9, 30)),
        ({"workplace": "elsewhere"}, "", None),
        ({"payroll": "77"}, "", None),
    ],
)
def test_another_row_of_the_same_employer_may_start_time(
    change: dict[str, Any], start: str, safe: date | None
) -> None:
    after = {"person": "a", "employer": "council", "role": "carer", "start": date(2026, 4, 1)}
    job = Job(**{**after, **change})
    found = one(*member("a", form(), job, until=date(2026, 3, 31)), on=date(2026, 9, 30))
    assert (found.start, found.safe_last_day, found.last_day) == (start, safe, None)
    late = one(*member("a", form(), job, until=date(2026, 3, 31)), on=date(2026, 10, 1))
    assert late.group == ("late-or-arguable" if start else "no-day-runs")


def test_whoever_comes_back_may_have_gone_on() -> None:
    back = Job(person="a", employer="council", role="carer", start=date(2026, 9, 1))
    found = one(*member("a", form(), back, until=date(2026, 1, 31)))
    assert (found.group, found.last_day) == ("late-or-arguable", None)
    assert found.safe_last_day == date(2026, 7, 30)
    assert one(*member("a", form(), until=date(2026, 1, 31))).group == "late"


def test_a_job_that_is_to_end_has_not_ended() -> None:
    assert one(*member("a", form(), until=date(2026, 10, 2))).group == "no-day-runs"
    assert one(*member("a", form(), until=DAY)).safe_last_day == date(2027, 3, 31)


def test_the_next_day_counts_and_an_earlier_one_is_told() -> None:
    event = ClaimEvent(person="a", claim="c", what="terms-changed", on=date(2020, 1, 1))
    found = one(*member("a", form(), event, until=date(2026, 6, 30)))
    assert (found.group, found.last_day) == ("open", date(2026, 12, 29))
    assert [("1 January 2020" in note, "argued" in note) for note in found.notes] == [(True, True)]


def test_only_the_end_of_the_employment_counts_after_a_job_that_is_covered() -> None:
    claim = attrs.evolve(CLAIM, roles="carer; cook")
    manager = Job(
        person="a", employer="council", role="manager", start=date(2020, 1, 1), end=date(2026, 7, 1)
    )
    found = one(*member("a", form(), manager, until=date(2019, 12, 31)), claim=claim)
    assert [run.start.what for run in found.runs] == ["new-job", "leaving"]
    assert (found.covered_to, found.last_day) == (date(2019, 12, 31), date(2026, 12, 29))


# -- papers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "more", "group"),
    [
        ({}, {}, "open"),
        ({}, {"day_a": date(2026, 8, 3)}, "open"),
        ({}, {"day_a": date(2026, 8, 3), "day_b": date(2026, 8, 31)}, "can-be-filed"),
        ({}, {"day_a": date(2026, 8, 3), "day_b": date(2026, 10, 2)}, "open"),
        ({"mandate_needed": True}, {}, "no-mandate"),
        ({"mandate_needed": True}, {"mandate": date(2026, 6, 1)}, "open"),
        ({"forms_by": date(2026, 6, 1)}, {}, "open"),
        ({"forms_by": date(2026, 5, 31)}, {}, "form-after-union-day"),
        ({}, {"form": date(2026, 10, 2)}, "no-form"),
        ({}, {"form": None}, "no-form"),
        ({}, {"presented": date(2026, 9, 1)}, "presented"),
        ({}, {"withdrew": date(2026, 9, 1)}, "withdrew"),
        ({}, {"waiver": "conciliated", "settled": date(2026, 9, 1)}, "settled"),
        ({}, {"waiver": "conciliated", "settled": date(2026, 10, 2)}, "open"),
        ({}, {"waiver": "settlement-agreement", "adviser": "union"}, "settled"),
        ({}, {"waiver": "settlement-agreement", "adviser": "none"}, "open"),
        ({}, {"waiver": "settlement-agreement"}, "open"),
        ({}, {"waiver": "collective-agreement"}, "open"),
        ({}, {"settled_through": "a firm"}, "settled-elsewhere"),
        ({"employed_from": date(2026, 7, 1)}, {}, "not-employed-in-window"),
        ({"employed_from": date(2026, 6, 30)}, {}, "open"),
        ({"employed_to": date(2009, 12, 31)}, {}, "not-employed-in-window"),
        ({"roles": "cook"}, {}, "not-of-the-group"),
        ({"job_group": "craft"}, {}, "not-known"),
        ({"group": "person.gender == 'female'"}, {}, "not-known"),
    ],
)
def test_what_stands_in_the_way(claim: dict[str, Any], more: dict[str, Any], group: str) -> None:
    row = attrs.evolve(form(), **more)
    found = one(*member("a", row, until=date(2026, 6, 30)), claim=attrs.evolve(CLAIM, **claim))
    assert found.group == group


def test_a_form_is_not_yet_a_claim() -> None:
    rows = member("a", form(), until=date(2026, 3, 31))
    assert one(*rows).group == "late"
    sent = form(presented=date(2026, 9, 30))
    late = form(presented=date(2026, 10, 1))
    for row, in_time in ((sent, True), (late, False)):
        found = one(*member("a", row, until=date(2026, 3, 31)))
        assert (found.group, found.in_time) == ("presented", in_time)


def test_what_was_signed_and_does_not_bind_is_told() -> None:
    row = form(waiver="settlement-agreement", adviser="none", settled=date(2026, 7, 1))
    assert one(*member("a", row, until=date(2026, 6, 30))).notes == (
        "what was signed does not give up the claim",
    )


def test_before_conciliation_no_certificate_is_needed() -> None:
    row = form(day=date(2013, 6, 1))
    found = one(*member("a", row, until=date(2013, 5, 31)), on=date(2013, 7, 1))
    assert found.group == "can-be-filed"


def test_who_is_no_member_is_considered_only_with_a_form() -> None:
    _, membership, job = member("a", until=date(2026, 6, 30))
    left = attrs.evolve(membership, end=date(2026, 5, 1))
    assert asked((left, job)).claimants == ()
    assert one(left, job, form(day=date(2026, 5, 1))).group == "not-a-member"
    assert one(left, job, form(day=date(2026, 4, 30))).group == "open"


def test_whoever_has_no_job_there_is_told_of() -> None:
    person = (Membership(person="a", start=OLD, category="full"), form())
    assert one(*person).group == "job-not-recorded"


def test_a_claim_that_nobody_knows_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName):
        answers.mass_claim(everything(), Union(key="u").append(CLAIM).on(DAY), "d")


def test_nobody_considered_is_no_fault() -> None:
    found = asked()
    assert (found.considered, found.counts, found.claimants) == (0, {}, ())
    assert found.to_text()


# -- deductions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("common", "runs", "last_day", "broken"),
    [
        (True, 1, date(2026, 11, 30), False),
        (False, 2, date(2026, 11, 30), True),
        (None, 2, date(2026, 11, 30), None),
    ],
)
def test_deductions_run_from_the_last_of_a_series(
    common: bool | None, runs: int, last_day: date, broken: bool | None
) -> None:
    claim = attrs.evolve(CLAIM, claim="unlawful-deduction", common_fault=common)
    days = (date(2026, 1, 31), date(2026, 8, 31))
    events = (ClaimEvent(person="a", claim="c", what="deduction", on=day) for day in days)
    found = one(*member("a", form(), *events), claim=claim)
    assert (len(found.runs), found.series_broken) == (runs, broken)
    assert (found.last_day, found.earliest_day) == (last_day, date(2024, 10, 2))


def test_a_correction_ends_a_series() -> None:
    claim = attrs.evolve(CLAIM, claim="unlawful-deduction", common_fault=True)
    first = ClaimEvent(person="a", claim="c", what="deduction", on=date(2026, 6, 30))
    last = ClaimEvent(person="a", claim="c", what="pay-corrected", on=date(2026, 7, 31))
    found = one(*member("a", form(), first, last), claim=claim)
    assert (found.start, found.safe_last_day) == ("pay-corrected", date(2026, 10, 30))


# -- names -----------------------------------------------------------------------------------------


def pays(method: str, employer: str = "", **more: Any) -> PaymentMethod:
    return PaymentMethod(person="a", method=method, employer=employer, start=OLD, **more)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ((), False),
        ((pays("check-off", "council"),), True),
        ((pays("check-off", "trust"),), False),
        ((pays("check-off", "council", end=date(2026, 9, 1)),), False),
        ((pays("direct-debit"),), False),
        ((pays("direct-debit"), form(consent=date(2026, 9, 30))), True),
        ((pays("direct-debit"), form(consent=date(2026, 10, 1))), False),
        ((form(consent=date(2026, 9, 1), withdrew=date(2026, 9, 2)),), False),
        ((pays("check-off", "council"), form(settled_through="a firm")), False),
    ],
)
def test_the_employer_is_told_only_what_it_knows_or_may_know(
    more: tuple[Record, ...], named: bool
) -> None:
    found = asked(member("a", *more), claim=SETTLEMENT)
    assert found.for_the_employer() == (("a",) if named else ())


# -- whatever the records hold ---------------------------------------------------------------------

DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 1))
SOME_DAY = st.none() | DAYS
CERTIFICATES = st.lists(DAYS, max_size=2).map(lambda days: (*sorted(days), None, None)[:2])
ROWS = st.builds(
    lambda certificate, **more: {**more, "day_a": certificate[0], "day_b": certificate[1]},
    certificate=CERTIFICATES,
    form=SOME_DAY,
    consent=SOME_DAY,
    mandate=SOME_DAY,
    presented=SOME_DAY,
    withdrew=SOME_DAY,
    settled=SOME_DAY,
    settled_through=st.sampled_from(("", "", "a firm")),
    waiver=st.sampled_from(("", "conciliated", "settlement-agreement")),
    adviser=st.sampled_from(("", "union", "none")),
)
CLAIMS = st.builds(
    lambda **more: attrs.evolve(CLAIM, **more),
    claim=st.sampled_from(("equal-pay", "unfair-dismissal", "")),
    employed_from=SOME_DAY,
    forms_by=SOME_DAY,
    consent_by=SOME_DAY,
    mandate_needed=st.booleans(),
    roles=st.sampled_from(("", "carer", "cook")),
)
PEOPLE = st.lists(st.tuples(ROWS, SOME_DAY, st.booleans(), st.booleans()), max_size=4)


def drawn(people: list[tuple[dict[str, Any], date | None, bool, bool]]) -> list[tuple[Record, ...]]:
    found = []
    for number, (row, until, enters, check_off) in enumerate(people):
        key = f"p{number}"
        more: list[Record] = [Claimant(person=key, claim="c", **row)] if enters else []
        if check_off:
            more.append(
                PaymentMethod(person=key, method="check-off", employer="council", start=OLD)
            )
        found.append(member(key, *more, until=until))
    return found


@settings(max_examples=40, deadline=None)
@given(PEOPLE, CLAIMS)
def test_everybody_is_in_one_group_and_no_export_holds_too_much(
    people: list[tuple[dict[str, Any], date | None, bool, bool]], claim: MassClaim
) -> None:
    found = asked(*drawn(people), claim=claim)
    keys = [f"p{number}" for number in range(len(people))]
    assert sorted(key for of in found.groups().values() for key in of) == keys
    assert {each.group for each in found.claimants} <= set(CLAIM_GROUPS)
    assert sum(found.counts.values()) == found.considered == len(people)
    days = [e.safe_last_day or date.max for e in found.claimants if e.group in ("late", "open")]
    assert days == sorted(days)
    said = {row[0]: row for row in found.for_the_solicitor()}
    assert all(len(row) == len(CLAIMANT_COLUMNS) for row in said.values())
    for key, (row, _, enters, check_off) in zip(keys, people, strict=True):
        consented = enters and row["consent"] is not None and row["consent"] <= DAY
        assert key not in said or consented
        assert key not in found.for_the_employer() or consented or check_off
    told = json.dumps(found.to_dict()) + found.to_text() + repr(found)
    told += str(found.for_the_employer()) + str(found.for_the_solicitor())
    assert "Somebody" not in told
    assert all(f'"{key}"' not in found.to_text() + json.dumps(found.to_dict()) for key in keys)


@settings(max_examples=40, deadline=None)
@given(PEOPLE.filter(bool), st.integers(1, 60), st.data())
def test_moving_a_record_moves_the_days_that_depend_on_it_and_no_other(
    people: list[tuple[dict[str, Any], date | None, bool, bool]], by: int, data: st.DataObject
) -> None:
    people = [({**row, "day_a": None, "day_b": None}, *rest) for row, *rest in people]  # type: ignore[misc]
    which = data.draw(st.integers(0, len(people) - 1))
    row, until, *rest = people[which]
    moved = list(people)
    if until is not None:
        moved[which] = (row, until - timedelta(days=by), *rest)  # type: ignore[assignment]
    before, after = asked(*drawn(people)), asked(*drawn(moved))
    for number in range(len(people)):
        old, new = before.claimant(f"p{number}"), after.claimant(f"p{number}")
        assert old is not None
        assert new is not None
        if number != which:
            assert (old.group, old.safe_last_day) == (new.group, new.safe_last_day)
        elif old.safe_last_day is not None and until is not None:
            assert new.time_starts == until - timedelta(days=by)
            assert new.safe_last_day is not None
            assert new.safe_last_day <= old.safe_last_day
