"""Whom a case type is for, by what the records tell of the member and their jobs."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything
from tests.casework import DAY, LONG_AGO, a_union, entry

from unioncore.answers import Desk, Refusal, Taken
from unioncore.model import Employer, Happened, Job, Open, Union

pytestmark = pytest.mark.needs_plugins

BOOK = everything()
MISCONDUCT = "pj.staff_misconduct"
POLICE, COUNCIL = "police-staff", "local-government-services"
MOVED = DAY - timedelta(30)
"""The day on which whoever has two jobs goes from one to the other, where they follow."""
NOT_KNOWN = (
    "whether pj.staff_misconduct is for this member is not known: the records lack the job group"
)
REFUSED = (
    "pj.staff_misconduct is not for this member: "
    "it does not hold that the job group is police staff"
)


def a_job(group: str, employer: str = "example-council", **more: object) -> Job:
    return Job(person="ada", employer=employer, group=group, start=LONG_AGO, **more)  # type: ignore[arg-type]


def union_with(*jobs: Job) -> Union:
    """Return the small union where Ada has these jobs, and a police force is known."""
    union = a_union()
    force = Employer(key="example-police", kind="police-force", name="Example", nation="England")
    others = tuple(each for each in union.jobs if each.person != "ada")
    return attrs.evolve(union, jobs=(*others, *jobs), employers=(*union.employers, force))


def opened(
    *jobs: Job,
    kind: str = MISCONDUCT,
    employer: str = "",
    incident: date | None = DAY,
    nation: str = "England",
) -> Taken | Refusal:
    """Open a track for Ada, who has these jobs."""
    desk = Desk(rulebook=BOOK, union=union_with(*jobs))
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    track = entry(Open, case_type=kind, nation=nation, employer=employer, incident=incident)
    return desk.enter("C-1", track)


def warnings(found: Taken | Refusal) -> tuple[str, ...]:
    return found.ok().warnings


def test_a_track_is_opened_in_silence_for_whom_it_is() -> None:
    assert warnings(opened(a_job(POLICE, "example-police"))) == ()


def test_it_is_refused_for_somebody_else_with_the_reason_and_its_sources() -> None:
    found = opened(a_job(COUNCIL))
    assert isinstance(found, Refusal)
    assert found.reasons == (REFUSED,)
    assert found.needed == ("a case type that is for the member",)
    assert found.citations == BOOK.case_type(MISCONDUCT).versions[0].citations
    assert "ada" not in str(found).lower().split()


def test_where_it_is_not_known_it_is_opened_with_a_warning() -> None:
    assert warnings(opened(a_job(""))) == (NOT_KNOWN,)
    assert warnings(opened()) == (NOT_KNOWN,)


def test_a_wrong_nation_and_a_wrong_person_are_both_told() -> None:
    found = opened(a_job(COUNCIL), nation="Scotland")
    assert isinstance(found, Refusal)
    assert found.reasons == ("there is no pj.staff_misconduct in Scotland", REFUSED)


def test_the_job_at_the_employer_of_the_track_counts_and_no_other() -> None:
    both = (a_job(POLICE, "example-police", main=False, job="2"), a_job(COUNCIL))
    assert warnings(opened(*both, employer="example-police")) == ()
    assert isinstance(opened(*both, employer="example-council"), Refusal)
    assert warnings(opened(*both)) == ()
    # Of a job at an employer where the records have none, they tell only who the employer is.
    assert warnings(opened(a_job(COUNCIL), employer="example-police")) == (NOT_KNOWN,)
    support = opened(a_job(COUNCIL), kind="lg.school_support_staff", employer="example-police")
    assert isinstance(support, Refusal)


def test_the_job_of_the_day_of_the_incident_counts_too() -> None:
    left = a_job(POLICE, "example-police", end=MOVED)
    now = Job(person="ada", employer="example-council", group=COUNCIL, start=MOVED)
    before = MOVED - timedelta(1)
    assert warnings(opened(left, now, employer="example-police", incident=before)) == ()
    assert warnings(opened(left, now, incident=before)) == ()
    assert isinstance(opened(left, now, incident=DAY), Refusal)


def test_who_has_left_is_judged_by_the_job_that_they_had() -> None:
    before = MOVED - timedelta(1)
    for employer in ("", "example-council"):
        assert isinstance(
            opened(a_job(COUNCIL, end=MOVED), employer=employer, incident=before), Refusal
        )
        assert warnings(opened(a_job(POLICE, end=MOVED), employer=employer, incident=before)) == ()


def test_a_collective_matter_is_about_no_member_and_no_condition_is_asked() -> None:
    kind = BOOK.case_type("core.health_safety")
    assert kind.collective
    (version,) = kind.versions
    narrow = BOOK.case_type(MISCONDUCT).versions[0].covers
    changed = attrs.evolve(kind, versions=(attrs.evolve(version, covers=narrow),))
    types = tuple(changed if each is kind else each for each in BOOK.definitions.case_types)
    book = attrs.evolve(BOOK, definitions=attrs.evolve(BOOK.definitions, case_types=types))
    desk = Desk(rulebook=book, union=union_with(a_job(COUNCIL)))
    desk = desk.open_matter(reference="M-1", about="example-council", on=DAY).ok().desk
    track = entry(Open, case_type=kind.key, nation="England")
    assert desk.enter("M-1", track).ok().warnings == ()
    desk = desk.open_case(reference="C-1", person="ada", on=DAY, by="edda").ok().desk
    assert isinstance(desk.enter("C-1", track), Refusal)


def test_only_the_opening_is_asked_about_and_not_what_follows() -> None:
    found = opened(a_job("")).ok()
    happened = entry(Happened, event="originally_proposed_hearing_date")
    assert found.desk.enter("C-1", happened).ok().warnings == ()


JOBS = st.lists(
    st.tuples(st.sampled_from(["", POLICE, COUNCIL]), st.sampled_from(["council", "police"])),
    max_size=3,
)


@given(JOBS, st.sampled_from(["", "council", "police"]))
@settings(max_examples=40)
def test_one_job_that_fits_is_enough_and_only_others_are_refused(
    jobs: list[tuple[str, str]], employer: str
) -> None:
    """Three values by hand: any job that fits; else any that may; else none does."""
    made = [
        a_job(group, f"example-{where}", job=str(number), main=number == 0)
        for number, (group, where) in enumerate(jobs)
    ]
    found = opened(*made, employer=employer and f"example-{employer}")
    meant = {group for group, where in jobs if employer in ("", where)} or {""}
    if POLICE in meant:
        assert warnings(found) == ()
    elif "" in meant:
        assert warnings(found) == (NOT_KNOWN,)
    else:
        assert isinstance(found, Refusal)
