"""Two duties of a trade union official, as the standard for that work names them, end to end."""

from datetime import date, timedelta

import attrs
import pytest
from tests.books import everything
from tests.casework import (
    DAY,
    EXPIRES,
    a_case,
    a_job,
    a_membership,
    a_union,
    entry,
    events,
    with_holiday,
)

from unioncore import Rulebook
from unioncore.answers import (
    Desk,
    Refusal,
    Standing,
    candidates,
    deadlines,
    may_leave,
    moved,
    overdue,
    representation_level,
    workload,
)
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseForm,
    Discretion,
    Happened,
    Involve,
    Link,
    Person,
    Plan,
    Release,
)

pytestmark = pytest.mark.needs_plugins

HEARING = date(2025, 8, 21)
"""A Thursday; Monday 25 August is a bank holiday."""
STEPS = (
    "check_membership",
    "issue_case_form",
    "complete_member_sections",
    "explain_conditions",
    "allocate_representative",
    "begin",
)
ONWARDS = ("complete_rep_sections", "branch in support")
REARRANGED = ("hearing_rearranged", "companion unavailable")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


IVO = (
    Person(key="ivo", name="Ivo Trial"),
    a_membership("ivo", date(2025, 5, 19)),
    a_job("ivo"),
)
"""A member who has just joined."""


class Office:
    """The cases of a branch, as somebody keeps them who asks and enters."""

    def __init__(self, book: Rulebook, *cases: Case) -> None:
        self.union = a_union().append(*IVO)
        self.book, self.desk = book, Desk(rulebook=book, union=self.union, cases=cases)

    def __getitem__(self, reference: str) -> Case:
        return self.desk.case(reference)

    @property
    def all(self) -> list[Case]:
        return list(self.desk.cases.values())

    def enter(self, reference: str, *entries: CaseEntry) -> None:
        for each in entries:
            self.desk = self.desk.enter(reference, each).ok().desk

    def refused(self, reference: str, each: CaseEntry) -> Refusal:
        found = self.desk.enter(reference, each)
        assert isinstance(found, Refusal)
        return found

    def give(
        self,
        reference: str,
        person: str,
        role: str = "steward",
        *,
        on: date = DAY,
        by: str = "fynn",
    ) -> str:
        """Return why a track is not given to somebody; empty when it is."""
        found = self.desk.enter(reference, entry(Assign, on, person=person, role=role, by=by))
        if isinstance(found, Refusal):
            return str(found)
        self.desk = found.desk
        return ""

    def replays(self) -> bool:
        return all(self.desk.replay(each.reference).ok().case == each for each in self.all)

    def level(self, reference: str) -> tuple[str, str]:
        """Return how far the member is represented, and why."""
        found = representation_level(self.desk, reference, "t", on=DAY)
        return found.value, found.because[0].text.partition(", because ")[2]

    def who(self, reference: str, on: date) -> list[str]:
        return [each.person for each in self[reference].tracks["t"].assigned(on)]


def test_represent_individuals(book: Rulebook) -> None:
    """Two members of one branch on both sides of a matter, and a third who has just joined."""
    office = Office(
        book,
        a_case(book, "C-1", "ada", kind="core.dignity_at_work"),
        a_case(book, "C-2", "bela", kind="core.disciplinary"),
        a_case(book, "C-3", "ivo", kind="core.disciplinary", union=a_union().append(*IVO)),
    )
    office.enter("C-1", entry(Link, how="opposes", reference="C-2"))

    # Who is represented, and how far.
    full = (
        "branches ask for representation what the rules ask for legal help, and the member meets it"
    )
    assert office.level("C-1") == office.level("C-2") == ("full", full)
    level, why = office.level("C-3")
    assert (level, why[:48]) == ("advice-only", "the member does not meet what the rules ask for;")
    used = entry(Discretion, by="edda", reason="")
    assert str(office.refused("C-3", used)) == "reason: it is blank. Needed: reason: why"
    office.enter("C-3", attrs.evolve(used, reason="Help with the hearing, agreed in writing."))
    level, why = office.level("C-3")
    assert level == "internal-only"
    assert "without legal help" in why

    # By whom: nobody for both sides, and nobody from either side allocates.
    assert "the author has no side in the matter" in office.give("C-1", "cato", by="bela")
    assert office.give("C-1", "cato", by="edda") == ""
    other_side = (
        "not met: the representative does not act for the other side. Needed: somebody else"
    )
    assert office.give("C-2", "cato") == other_side
    assert office.give("C-2", "dana") == ""
    office.enter("C-1", *events(DAY, *STEPS, track="union"))
    # The accreditation of Cato ends: the track that is theirs stays, and no new one comes.
    uncertified = "not met: a lay representative at a hearing is certified by the union"
    assert office.give("C-3", "cato", on=EXPIRES).startswith(uncertified)
    assert office.who("C-1", EXPIRES) == ["cato"]
    assert office.give("C-3", "edda", "branch-secretary", on=EXPIRES) == ""

    # The dates: a hearing to which the companion cannot come, with a bank holiday in the days.
    invited = date(2025, 8, 11)
    office.enter(
        "C-2",
        *events(invited, "suspend", "commission_investigation", "invite_to_hearing"),
        entry(Plan, HEARING, recorded=invited, event="originally_proposed_hearing_date"),
    )
    rearranged = next(iter(events(date(2025, 8, 18), REARRANGED)))
    unsaid = office.refused("C-2", attrs.evolve(rearranged, says=()))
    assert unsaid.needed == ("say so: companion unavailable",)
    (another,) = [
        each
        for each in deadlines(book, office["C-2"], on=invited)
        if each.clock == "companion_postponement"
    ]
    assert another.day.value == date(2025, 8, 29)
    assert another.day.because[0].text == (
        "5 working days after 21 August 2025, so the last day is 29 August 2025"
    )
    assert "s. 10(4) and (5)" in another.day.because[-1].citations[0].provision

    # Onwards to the region: not before every section is complete.
    office.enter("C-1", entry(Happened, DAY - timedelta(3), recorded=invited, event="time_starts"))
    (onwards,) = events(invited, ONWARDS, track="union")
    office.enter("C-1", entry(CaseForm, invited, sections=tuple(range(1, 15))))
    refused = office.refused("C-1", onwards)
    assert refused.reasons == ("8 of 22 sections of the case form are not complete",)
    assert refused.needed == ("sections 15, 16, 17, 18, 19, 20, 21, 22",)
    office.enter("C-1", entry(CaseForm, invited, sections=tuple(range(15, 23))))
    office.enter("C-1", onwards, *events(invited, "accept_referral", track="union"))
    assert office["C-1"].tracks["union"].state == "regional_active"
    assert office.give("C-1", "fynn", "regional-organiser", on=invited, by="edda") == ""
    limit = deadlines(book, office["C-1"], on=invited)[0]
    assert (limit.clock, limit.day.value) == ("et_primary_limit", date(2025, 8, 29))
    assert limit.standing is Standing.RUNNING

    # To the end, and everything that was entered can be told again.
    heard = date(2025, 8, 27)
    after = ("hold_hearing", "issue_outcome", "lodge_appeal", "hold_appeal", "issue_appeal_outcome")
    office.enter("C-2", rearranged, *events(heard, *after))
    assert office["C-2"].tracks["t"].state == "closed_final"
    assert office.replays()


def test_manage_workload(book: Rulebook) -> None:
    """Cases go to who has least to do; a representative leaves; a date is missed; a day moves."""
    office = Office(
        book,
        a_case(book, "C-1", "ada", kind="core.disciplinary"),
        a_case(book, "C-2", "bela"),
        a_case(book, "C-3", "ivo", kind="unison.advice_enquiry", union=a_union().append(*IVO)),
    )

    # Each case to the first of those who may act, and so to one after the other.
    for reference in office.desk.cases:
        best = candidates(office.desk, reference, "t", on=DAY)[0]
        assert best.may_act.value
        assert office.give(reference, best.person, best.office) == ""
    assert [office.who(each, DAY) for each in office.desk.cases] == [["cato"], ["dana"], ["edda"]]
    assert office.give("C-3", "cato") == ""
    assert workload(office.desk, "cato", on=DAY).tracks == 2

    # Cato leaves: not while cases are theirs, and an ended one does not count.
    left = date(2025, 6, 30)
    assert may_leave(office.desk, "cato", on=left) == ("C-1", "C-3")
    office.enter("C-3", *events(left, "triage", "give_advice"))
    assert may_leave(office.desk, "cato", on=left) == ("C-1",)
    release = entry(Release, left, person="cato", reason="The representative leaves.")
    office.enter("C-1", release)
    again = office.refused("C-1", release)
    assert again.reasons == ("the person does not represent on the track",)
    office.enter("C-1", entry(Involve, left, person="cato", capacity="witness"))
    then = candidates(office.desk, "C-1", "t", on=left)
    assert [(each.person, each.workload.tracks) for each in then if each.may_act.value] == [
        ("edda", 0),
        ("fynn", 0),
        ("dana", 1),
    ]
    outside = [reason.text for reason in then[-1].may_act.because]
    assert then[-1].person == "cato"
    assert any("the representative stands outside the matter" in each for each in outside)
    assert office.give("C-1", "edda", "branch-secretary", on=left) == ""
    assert office.who("C-1", DAY) == ["cato"]
    assert office.who("C-1", left) == ["edda"]
    assert may_leave(office.desk, "cato", on=left) == ()

    # A date that is missed goes on to the region; one that runs, or is met, does not.
    invited = date(2025, 8, 11)
    hearing = entry(Plan, HEARING, recorded=invited, event="originally_proposed_hearing_date")
    office.enter(
        "C-1", *events(invited, "suspend", "commission_investigation", "invite_to_hearing"), hearing
    )
    office.enter("C-2", *events(invited, "lodge_grievance", "acknowledge", "invite_to_meeting"))
    office.enter("C-2", hearing, *events(HEARING, REARRANGED))
    assert overdue(office.desk, on=date(2025, 8, 29)) == ()
    (late,) = overdue(office.desk, on=date(2025, 8, 30))
    assert (late.case, late.escalates_to) == ("C-1", "regional-organiser")
    assert late.deadline.owed_by == "employer"
    assert late.deadline.sentence() == (
        "Another time, as the companion cannot come: by 29 August 2025 (missed)"
    )

    # Another bank holiday is proclaimed: what moves, from when to when, and why.
    other = with_holiday(book, date(2025, 8, 26))
    (change,) = moved(book, other, office["C-1"], on=invited)
    assert change.sentence() == (
        "Another time, as the companion cannot come: from 29 August 2025 to 1 September 2025; "
        "5 working days after 21 August 2025, so the last day is 1 September 2025"
    )
    assert overdue(attrs.evolve(office.desk, rulebook=other), on=date(2025, 8, 30)) == ()
    assert moved(book, other, office["C-3"], on=invited) == ()
    assert office.replays()
