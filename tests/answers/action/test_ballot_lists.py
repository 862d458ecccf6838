"""In, out and doubtful partition everybody who was considered, each for a reason with its rule."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import BallotList, CalledOn, ballot_list, ballot_list_changes
from unioncore.errors import BadFacts, NotationError, UnknownName
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    EmployerSuccession,
    Job,
    JobCategory,
    Membership,
    Organises,
    Person,
    Premises,
    Record,
    Union,
    Unit,
    Workforce,
    Workplace,
)

LONG_AGO = date(2020, 1, 1)
LISTED, OPENS, CLOSES = date(2026, 2, 20), date(2026, 3, 2), date(2026, 3, 27)
CUT_OFF, ACTION = date(2026, 3, 18), date(2026, 4, 20)
PORTERS = CalledOn(frozenset({"porter"}))
BASE = Union(
    key="u",
    units=(Unit(key="b", kind="branch", name="B"),),
    employers=(Employer(key="e", kind="", name="E"), Employer(key="old", kind="", name="Old")),
    workplaces=(
        Workplace(key="north", employer="e", name="North", region=""),
        Workplace(key="south", employer="e", name="South", region=""),
        Workplace(key="closed", employer="e", name="Closed", region="", end=date(2025, 1, 1)),
    ),
    organises=(Organises(branch="b", employer="e"),),
    job_categories=(
        JobCategory(role="porter", category="porter"),
        JobCategory(role="nurse", category="nurse"),
        JobCategory(role="orderly", category="porter"),
        JobCategory(role="orderly", category="nurse"),
    ),
)


def a_member(key: str, *, start: date = LONG_AGO, status: str = "current") -> tuple[Record, ...]:
    return (
        Person(key=key, name="Test"),
        Membership(person=key, start=start, category="full", status=status, branch="b"),
    )


def a_job(key: str, **more: Any) -> Job:
    usual = {"employer": "e", "workplace": "north", "role": "porter", "start": LONG_AGO}
    return Job(person=key, **{**usual, **more})


def listed(*records: Record, on: date = LISTED, **more: Any) -> BallotList:
    days = {"opens": OPENS, "closes": CLOSES, "cut_off": CUT_OFF, "action_from": ACTION}
    given = {"called_on": PORTERS, **days, **more}
    return ballot_list(core(), BASE.append(*records).on(on), "e", **given)


def place(found: BallotList, key: str) -> str:
    """Return where somebody stands: ``in``, or the reason."""
    for groups in (found.out, found.doubtful):
        for reason, keys in groups.items():
            if key in keys:
                return reason
    return "in" if key in found.entitled else "not considered"


# -- each reason -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ({}, "in"),
        ({"end": ACTION}, "job-ends-before-action"),
        ({"end": ACTION + timedelta(1)}, "in"),
        ({"leaving": True}, "job-end-not-known"),
        ({"leaving": True, "end": date(2026, 6, 1)}, "in"),
        ({"role": "nurse"}, "not-called-on"),
        ({"role": "orderly"}, "category-ambiguous"),
        ({"role": "runner"}, "category-ambiguous"),
        ({"role": ""}, "job-not-recorded"),
        ({"workplace": ""}, "workplace-not-recorded"),
        ({"workplace": "closed"}, "workplace-ended"),
        ({"workplace_confirmed": False}, "workplace-not-confirmed"),
        ({"workplace_confirmed": True}, "in"),
        ({"start": ACTION}, "in"),
        ({"start": ACTION + timedelta(1)}, "not considered"),
        ({"end": LISTED}, "not considered"),
        ({"end": LISTED + timedelta(1)}, "job-ends-before-action"),
    ],
)
def test_a_job_puts_in_out_or_in_doubt(job: dict[str, Any], expected: str) -> None:
    # Somebody of whom no job was ever recorded would be considered by the branch.
    assert place(listed(*a_member("m"), a_job("m", **job)), "m") == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (OPENS, "in"),
        (CUT_OFF, "in"),
        (CUT_OFF + timedelta(1), "joined-after-cut-off"),
        (CLOSES, "joined-after-cut-off"),
        (CLOSES + timedelta(1), "joined-after-ballot"),
        (date(2026, 4, 12), "not-a-member"),
    ],
)
def test_joiners_by_the_day_of_joining(start: date, expected: str) -> None:
    found = listed(*a_member("m", start=start), a_job("m"), on=date(2026, 4, 11))
    assert place(found, "m") == expected


def test_arrears_put_nobody_out() -> None:
    found = listed(*a_member("m"), a_job("m"), Arrears(person="m", start=LONG_AGO))
    assert place(found, "m") == "arrears-not-verified"


def test_a_lapsed_membership_does() -> None:
    assert place(listed(*a_member("m", status="lapsed"), a_job("m")), "m") == "not-a-member"


def test_one_certain_reason_ends_it_and_doubts_add_up_in_the_order_of_the_tests() -> None:
    doubts = (Arrears(person="m", start=LONG_AGO),)
    out = listed(*a_member("m"), a_job("m", role="nurse", leaving=True), *doubts)
    assert (place(out, "m"), out.doubts) == ("not-called-on", {})
    found = listed(*a_member("m"), a_job("m", workplace="", leaving=True), *doubts)
    assert found.doubts == {
        "m": ("job-end-not-known", "workplace-not-recorded", "arrears-not-verified")
    }
    assert found.members_doubtful == {"job-end-not-known": 1}


def test_without_a_first_day_of_action_a_job_that_ends_is_in_doubt() -> None:
    found = listed(*a_member("m"), a_job("m", end=date(2026, 5, 1)), action_from=None)
    assert place(found, "m") == "job-end-not-known"
    found = listed(*a_member("m"), a_job("m", end=OPENS), action_from=None)
    assert place(found, "m") == "job-ends-before-action"


def test_a_new_role_at_the_employer_is_no_end_of_the_job() -> None:
    then = date(2026, 4, 1)
    rows = a_job("m", role="nurse", end=then), a_job("m", start=then)
    assert place(listed(*a_member("m"), *rows), "m") == "in"
    assert place(listed(*a_member("m"), *rows, action_from=None), "m") == "not-called-on"
    rows = a_job("m", end=then), a_job("m", start=then)
    assert place(listed(*a_member("m"), *rows, action_from=None), "m") == "in"


def test_who_has_several_jobs_is_judged_by_the_best_of_them() -> None:
    rows = a_job("m", role="nurse"), a_job("m", job="2", main=False, workplace="south")
    found = listed(*a_member("m"), *rows)
    assert place(found, "m") == "in"
    assert [(each.category, each.workplace) for each in found.cells] == [("porter", "South")]


def test_the_categories_of_the_employer_count_before_those_of_all() -> None:
    own = JobCategory(employer="e", role="porter", category="nurse")
    assert place(listed(own, *a_member("m"), a_job("m")), "m") == "not-called-on"


def test_workplaces_and_a_condition_may_be_called_on_too() -> None:
    for where, expected in (("north", "in"), ("south", "workplace-not-called-on")):
        called = CalledOn(workplaces=frozenset({"north"}))
        found = listed(*a_member("m"), a_job("m", workplace=where), called_on=called)
        assert place(found, "m") == expected
    for band, expected in (("5", "in"), ("6", "not-called-on"), ("", "condition-not-known")):
        found = listed(
            *a_member("m"), a_job("m", band=band), called_on=CalledOn(when="job.band == '5'")
        )
        assert place(found, "m") == expected


def test_a_place_with_more_members_than_staff_makes_all_of_them_doubtful() -> None:
    people = [row for key in "abc" for row in (*a_member(key), a_job(key))]
    count = Workforce(employer="e", workplace="north", day=LONG_AGO, staff=2)
    found = listed(*people, count)
    assert found.members_doubtful == {"more-members-than-staff": 3}
    assert [(each.name, each.surplus) for each in found.more_members_than_staff] == [("North", 1)]
    newer = Workforce(employer="e", workplace="north", day=LISTED, staff=3)
    assert listed(*people, count, newer).members_in == 3
    later = Workforce(employer="e", workplace="north", day=LISTED + timedelta(1), staff=3)
    assert listed(*people, count, later).members_in == 0


def test_a_place_with_nobody_of_the_category_and_one_without_members() -> None:
    none = Workforce(employer="e", workplace="north", category="porter", day=LONG_AGO, staff=0)
    empty = Workforce(employer="e", workplace="south", day=LONG_AGO, staff=9)
    found = listed(*a_member("m"), a_job("m"), none, empty)
    assert place(found, "m") == "nobody-of-category-there"
    assert [each.name for each in found.nobody_of_category] == ["North"]
    assert [each.name for each in found.without_members] == ["South"]


def test_those_who_should_be_considered_though_no_job_there_is_recorded() -> None:
    became = EmployerSuccession(employer="old", successor="e", how="merged", on=date(2025, 4, 1))
    found = listed(became, *a_member("m"), a_job("m", employer="old"), *a_member("n"))
    assert found.doubtful == {"job-not-recorded": ("m", "n")}
    elsewhere = listed(*a_member("m"), a_job("m", employer="old"))
    assert elsewhere.members == 0


def test_addresses_warn_and_put_nobody_out() -> None:
    states = {"a": "good", "b": "returned", "c": "none"}
    letters = [Address(person=key, channel="letter", state=each) for key, each in states.items()]
    at_work = Address(person="d", channel="letter", place="work")
    people = [row for key in "abcde" for row in (*a_member(key), a_job(key))]
    found = listed(*people, *letters, at_work)
    assert found.members_in == 5
    assert found.warned == {
        "address-returned": ("b",),
        "address-none": ("c",),
        "address-at-work": ("d",),
        "address-not-recorded": ("e",),
    }


def test_in_an_electronic_vote_who_has_no_address_of_their_own_needs_paper() -> None:
    people = [row for key in "abc" for row in (*a_member(key), a_job(key))]
    own = Address(person="a", channel="phone", place="home")
    work = Address(person="b", channel="email", place="work")
    found = listed(*people, own, work, means="electronic")
    assert found.paper_needed == ("b", "c")
    assert found.means_lawful.value is False
    assert not listed(opens=date(2026, 9, 1), action_from=None, means="hybrid").means_lawful.known
    assert listed(means="post").means_lawful.value is True


def test_several_workplaces_may_be_one_set_of_premises() -> None:
    people = [*a_member("a"), *a_member("b"), a_job("a"), a_job("b", workplace="south")]
    one = [Premises(workplace=key, name="The site") for key in ("north", "south")]
    found = listed(*people, *one)
    assert [(each.workplace, each.number) for each in found.cells] == [("The site", 2)]


# -- every member ----------------------------------------------------------------------------------

MAYBE_DAY = st.none() | st.sampled_from((LISTED, OPENS, ACTION, ACTION + timedelta(1)))
MEMBERS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(("current", "lapsed")),
            "role": st.sampled_from(("porter", "nurse", "orderly", "runner", "")),
            "workplace": st.sampled_from(("north", "south", "closed", "")),
            "leaving": st.sampled_from((None, True)),
            "workplace_confirmed": st.sampled_from((None, True, False)),
            "end": MAYBE_DAY,
            "arrears": st.booleans(),
        }
    ),
    max_size=6,
)


@settings(max_examples=60)
@given(told=MEMBERS, staff=st.integers(0, 3), action=MAYBE_DAY)
def test_in_out_and_doubtful_partition_the_members(
    told: list[dict[str, Any]], staff: int, action: date | None
) -> None:
    records: list[Record] = [
        Workforce(employer="e", workplace="north", day=LONG_AGO, staff=staff),
    ]
    considered = []
    for number, plain in enumerate(told):
        key, job = f"m{number}", {**plain}
        records += a_member(key, status=job.pop("status"))
        if job.pop("arrears"):
            records.append(Arrears(person=key, start=LONG_AGO))
        if job["end"] is None or job["end"] > LISTED:
            considered.append(key)
        records.append(a_job(key, **job))
    found = listed(*records, action_from=action)
    groups = [found.entitled, *found.out.values(), *found.doubtful.values()]
    assert sorted(key for keys in groups for key in keys) == considered
    assert found.members == len(considered)
    assert sum(each.number for each in found.cells) == found.members_in == len(found.entitled)
    assert {*found.doubts} == {key for keys in found.doubtful.values() for key in keys}
    for reason in (*found.out, *found.doubtful):
        answer = found.because[reason]
        assert answer.value is True
        assert answer.citations
    told_to_all = f"{found.to_text()} {found.to_dict()} {found!r}"
    assert not any(f"m{number}" in told_to_all for number in range(len(told)))


def test_an_employer_without_members_gives_an_empty_list() -> None:
    found = listed()
    assert (found.members, found.cells, found.because) == (0, (), {})


def test_what_moved_since_an_earlier_list() -> None:
    union = BASE.append(
        *a_member("stays"),
        a_job("stays"),
        *a_member("joins", start=date(2026, 2, 10)),
        a_job("joins"),
        *a_member("falls-behind"),
        a_job("falls-behind"),
        Arrears(person="falls-behind", start=date(2026, 2, 15)),
        *a_member("leaves"),
        a_job("leaves", end=date(2026, 2, 18)),
    )
    days = {"called_on": PORTERS, "opens": OPENS, "action_from": ACTION}
    then, now = date(2026, 2, 1), LISTED
    before = ballot_list(core(), union.on(then, known_on=then), "e", **days)
    changes = ballot_list_changes(before, ballot_list(core(), union.on(now), "e", **days))
    assert [(each.before, each.after, each.number) for each in changes.moved] == [
        ("out, no membership", "in", 1),
        ("in", "doubtful, arrears that nobody verified", 1),
        ("out, a job that ends before the action", "not considered", 1),
    ]
    assert "joins" not in changes.to_text()
    assert "stays" not in {key for keys in changes.keys.values() for key in keys}


# -- what cannot be asked --------------------------------------------------------------------------


def test_what_no_record_knows_is_refused_with_the_nearest() -> None:
    now = BASE.append(*a_member("m"), a_job("m")).on(LISTED)
    with pytest.raises(UnknownName, match="porter"):
        ballot_list(core(), now, "e", called_on=CalledOn(frozenset({"portr"})))
    with pytest.raises(UnknownName, match="north"):
        ballot_list(core(), now, "e", called_on=CalledOn(workplaces=frozenset({"nroth"})))
    with pytest.raises(UnknownName):
        ballot_list(core(), now, "f")
    with pytest.raises(NotationError):
        ballot_list(core(), now, "e", called_on=CalledOn(when="job.band = 5"))
    with pytest.raises(BadFacts):
        ballot_list(core(), now, "e", means="fax")
    with pytest.raises(BadFacts, match="in or out"):
        ballot_list(core(), now, "e", settled={"m": "inn"})
