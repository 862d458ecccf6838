"""What is wrong in a register: every slip that is put in is found, and nothing else."""

from collections.abc import Callable
from datetime import date
from random import Random

import attrs
import pytest
from tests.books import core, everything

from unioncore.answers import REGISTER_CODES, RegisterCheck, check_register
from unioncore.errors import UnknownName
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    EmployerSuccession,
    Holding,
    Job,
    JobCategory,
    MemberForm,
    Membership,
    Office,
    PaymentMethod,
    Person,
    Record,
    Union,
    Unit,
    Workforce,
    Workplace,
    payroll_number,
)
from unioncore.records import read_files

pytestmark = pytest.mark.needs_plugins

DAY, LONG_AGO = date(2026, 6, 1), date(2010, 1, 1)
PLACES: tuple[Record, ...] = (
    Unit(key="branch", kind="branch", name="Branch"),
    Employer(key="shire", kind="council", name="Shire", nation="England"),
    Employer(key="gone", kind="council", name="Gone", nation="England", end=date(2026, 4, 1)),
    EmployerSuccession(employer="gone", successor="shire", how="merged", on=date(2026, 4, 1)),
    Workplace(key="hall", employer="shire", name="Hall", region="r"),
    Workplace(key="shut", employer="shire", name="Shut", region="r", end=date(2026, 1, 1)),
    Workforce(employer="shire", workplace="hall", day=LONG_AGO, staff=500),
    JobCategory(role="clerk", category="clerks"),
    MemberForm(key="old", kind="change", received=LONG_AGO, entered=date(2010, 1, 4)),
    Office(key="branch/chair", role="branch-chair", unit="branch"),
)


def a_member(key: str) -> list[Record]:
    """Return the records of a member with whom nothing is wrong."""
    born = date(1980, 1, 1 + int(key) % 28)
    return [
        Person(key=key, name=f"Person {key}", born=born),
        Membership(person=key, category="full", branch="branch", start=LONG_AGO),
        Job(
            person=key,
            employer="shire",
            workplace="hall",
            role="clerk",
            payroll=f"0{key}",
            start=LONG_AGO,
        ),
        Address(person=key, channel="letter", place="home"),
        PaymentMethod(person=key, method="check-off", employer="shire", start=LONG_AGO),
    ]


def changed(records: list[Record], kind: type[Record], **values: object) -> list[Record]:
    """Return a member's records with other values in one of them."""
    return [attrs.evolve(r, **values) if isinstance(r, kind) else r for r in records]


def without(records: list[Record], kind: type[Record]) -> list[Record]:
    return [record for record in records if not isinstance(record, kind)]


def a_union(*members: list[Record], places: tuple[Record, ...] = PLACES) -> Union:
    rows = [record for member in members for record in member]
    return Union(key="unison").append(*places, *rows)


def check(union: Union, of: str = "") -> RegisterCheck:
    return check_register(everything(), union.on(DAY), of=of)


def codes(found: RegisterCheck) -> dict[str, set[str]]:
    return {code: people for code in REGISTER_CODES if (people := set(found.people(code)))}


SLIPS: dict[str, Callable[[str], list[Record]]] = {
    "employer-ended": lambda key: changed(a_member(key), Job, employer="gone"),
    "workplace-ended": lambda key: changed(a_member(key), Job, workplace="shut"),
    "workplace-not-recorded": lambda key: changed(a_member(key), Job, workplace=""),
    "role-not-mapped": lambda key: changed(a_member(key), Job, role="ops lead"),
    "no-address": lambda key: without(a_member(key), Address),
    "arrears-without-payment-method": lambda key: [
        *without(a_member(key), PaymentMethod),
        Arrears(person=key, start=date(2026, 4, 20)),
    ],
    "form-waiting": lambda key: [
        *a_member(key),
        MemberForm(key=f"f{key}", person=key, kind="change", received=date(2026, 5, 18)),
    ],
    "holder-not-a-member": lambda key: [
        *changed(a_member(key), Membership, end=date(2026, 5, 1)),
        Holding(office="branch/chair", person=key, how="elected", start=LONG_AGO),
    ],
}
"""One slip each of those that one person can have alone."""


def test_a_clean_register_gives_nothing() -> None:
    found = check(a_union(*(a_member(str(number)) for number in range(100, 120))))
    assert (found.members, found.findings, found.counts) == (20, (), {})
    assert set(found.not_checked) == {"holder-not-a-member"}


@pytest.mark.parametrize("seed", range(40))
def test_the_slips_that_are_put_in_are_found_and_none_invented(seed: int) -> None:
    random = Random(seed)
    expected: dict[str, set[str]] = {}
    members = []
    for number in range(100, 100 + random.randrange(1, 25)):
        key = str(number)
        slip = random.choice([*SLIPS, "", ""])
        members.append(SLIPS[slip](key) if slip else a_member(key))
        if slip:
            expected.setdefault(slip, set()).add(key)
    if random.random() < 0.5:
        twin = changed(a_member("200"), Person, name="PERSON  100", born=date(1980, 1, 17))
        members.append(changed(twin, Job, payroll="x200"))
        if "100" not in expected.get("holder-not-a-member", set()):
            expected["possible-duplicate"] = {"100", "200"}
    random.shuffle(members)
    found = check(a_union(*members))
    assert codes(found) == expected
    assert found.counts == {code: len(keys) for code, keys in expected.items()}


def test_one_person_may_have_several_slips() -> None:
    member = changed(without(a_member("100"), Address), Job, workplace="", role="")
    found = check(a_union(member, a_member("101")))
    assert codes(found) == {
        key: {"100"} for key in ("workplace-not-recorded", "role-not-mapped", "no-address")
    }


@pytest.mark.parametrize(("staff", "too_many"), [(3, False), (2, True)])
def test_a_place_has_no_more_members_than_staff(staff: int, too_many: bool) -> None:
    count = Workforce(employer="shire", workplace="hall", day=date(2026, 5, 1), staff=staff)
    members = [a_member(key) for key in ("100", "101", "102")]
    found = check(a_union(*members, places=(*PLACES, count)))
    everybody = {"100", "101", "102"}
    assert codes(found) == ({"more-members-than-staff": everybody} if too_many else {})
    assert len(found.findings) == too_many


def test_the_staff_of_a_group_are_compared_with_its_members() -> None:
    count = Workforce(employer="shire", group="clerks", day=date(2026, 5, 1), staff=1)
    members = [changed(a_member(key), Job, group="clerks") for key in ("100", "101")]
    others = [a_member("102"), a_member("103")]
    found = check(a_union(*members, *others, places=(*PLACES, count)))
    assert codes(found) == {"more-members-than-staff": {"100", "101"}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("0101", "101", True), (" 1 01", "101", True), ("A7", "a7", True), ("A07", "a7", False)],
)
def test_two_members_with_one_payroll_number_may_be_one(one: str, other: str, same: bool) -> None:
    assert (payroll_number(one) == payroll_number(other)) is same
    first, second = a_member("100"), changed(a_member("101"), Person, born=None)
    rows = [changed(first, Job, payroll=one), changed(second, Job, payroll=other)]
    assert codes(check(a_union(*rows))) == ({"possible-duplicate": {"100", "101"}} if same else {})


def test_the_same_payroll_number_at_two_employers_is_no_slip() -> None:
    second = Employer(key="borough", kind="council", name="Borough", nation="England")
    rows = [changed(a_member("101"), Job, payroll="0100", employer="borough"), a_member("100")]
    assert codes(check(a_union(*rows, places=(*PLACES, second)))) == {}


@pytest.mark.parametrize("state", ["returned", "none"])
def test_an_address_that_reaches_nobody_is_none(state: str) -> None:
    found = check(a_union(changed(a_member("100"), Address, state=state)))
    assert codes(found) == {"no-address": {"100"}}


@pytest.mark.parametrize(("place", "good"), [("home", True), ("other", True), ("work", False)])
def test_letters_go_home_or_where_the_member_asked_for(place: str, good: bool) -> None:
    found = check(a_union(changed(a_member("100"), Address, place=place)))
    assert codes(found) == ({} if good else {"no-address": {"100"}})


@pytest.mark.parametrize(("on", "waits"), [(date(2026, 5, 26), False), (date(2026, 5, 27), True)])
def test_a_form_waits_from_the_day_after_the_unions_own_limit(on: date, waits: bool) -> None:
    union = a_union(SLIPS["form-waiting"]("100"))
    found = check_register(everything(), union.on(on))
    assert codes(found) == ({"form-waiting": {"100"}} if waits else {})
    assert found.form_working_days.value == 5
    assert any("remembered" in warning for warning in found.form_working_days.warnings)


def test_a_form_of_somebody_unknown_is_told_without_a_person() -> None:
    form = MemberForm(key="new", kind="joining", received=date(2026, 5, 1))
    found = check(a_union(a_member("100"), places=(*PLACES, form)))
    assert [each.code for each in found.findings] == ["form-waiting"]
    assert (found.counts, codes(found)) == ({"form-waiting": 1}, {})


def test_a_table_that_is_not_kept_accuses_nobody() -> None:
    bare = [row for row in a_member("100") if isinstance(row, Person | Membership)]
    arrears = Arrears(person="100", start=LONG_AGO)
    found = check(Union(key="unison").append(*bare, arrears))
    assert found.findings == ()
    assert set(found.not_checked) == {*REGISTER_CODES} - {"possible-duplicate"}
    assert found.not_checked["no-address"] == "the table addresses is not kept"


def test_without_a_unions_own_rules_no_form_is_late() -> None:
    union = a_union(SLIPS["form-waiting"]("100"))
    found = check_register(core(), union.on(DAY))
    assert "form-waiting" in found.not_checked
    assert codes(found) == {}


def test_nobody_and_nothing() -> None:
    found = check(Union(key="unison"))
    assert (found.members, found.findings) == (0, ())


def test_only_those_of_a_branch_or_of_an_employer_are_looked_at() -> None:
    elsewhere = changed(without(a_member("100"), Address), Membership, branch="elsewhere")
    union = a_union(
        elsewhere, a_member("101"), places=(*PLACES, Unit(key="elsewhere", kind="branch", name="E"))
    )
    assert codes(check(union, "branch")) == {}
    assert codes(check(union, "elsewhere")) == {"no-address": {"100"}}
    assert codes(check(union, "shire")) == {"no-address": {"100"}}
    assert check(union, "gone").members == 0
    with pytest.raises(UnknownName):
        check(union, "nobody")


def test_staff_of_the_union_hold_their_posts_without_being_members() -> None:
    post = Office(key="office", role="general-secretary", unit="branch")
    holder = [
        Person(key="900", name="Staff"),
        Holding(office="office", person="900", how="appointed", start=LONG_AGO),
    ]
    assert codes(check(a_union(a_member("100"), holder, places=(*PLACES, post)))) == {}


def test_each_finding_has_its_file_and_line_and_names_nobody() -> None:
    reading = read_files(
        {
            "union.toml": b'union = "unison"\n',
            "people.csv": b"key,name,born\nM1,Ada Secret,1980-01-02\nM2,ada secret,1980-01-02\n",
            "memberships.csv": b"person,category,start\nM1,full,2010-01-01\nM2,full,2010-01-01\n",
        }
    )
    found = check_register(everything(), reading.ok().on(DAY), places=reading.places)
    (finding,) = found.findings
    assert (finding.file, finding.line) == ("people.csv", 3)
    assert "of line 2" in finding.message
    for said in (
        found.to_text(),
        found.counted(),
        str(found.to_dict()),
        repr(finding),
        repr(found),
    ):
        assert "M1" not in said
        assert "ecret" not in said
