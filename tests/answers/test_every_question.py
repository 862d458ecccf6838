"""Every public question, put once: its answers name their rulebook, its reasons have sources."""

import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

import attrs
import pytest

import unioncore
from tests.books import everything
from tests.casework import (
    CITED,
    DAY,
    LONG_AGO,
    a_case,
    a_union,
    add,
    at_desk,
    entry,
    events,
    with_holiday,
)
from unioncore import Answer, Period, answers
from unioncore.answers import Axis, Refusal, RepTraining, View, Viewer
from unioncore.legal import DayRange, Duration, Jurisdiction, Nation, TimeUnit
from unioncore.model import (
    UNION_TRACK,
    Agreement,
    Ballot,
    ClockSetting,
    Happened,
    HourlyPay,
    Open,
    PayCase,
    Plan,
    Setting,
    Shift,
    WorkedUnder,
)
from unioncore.records import member_facts, read_union
from unioncore.rules import Reason

pytestmark = pytest.mark.needs_plugins

# -- which questions there are ---------------------------------------------------------------------


def gives_answers(kind: Any, seen: tuple[Any, ...] = ()) -> bool:
    """Say whether a value of a type is an answer, or holds one."""
    bare = typing.get_origin(kind) or kind
    if bare is Answer:
        return True
    if kind in seen:
        return False
    held = list(typing.get_args(kind))
    held += (each for base in getattr(bare, "__orig_bases__", ()) for each in typing.get_args(base))
    if attrs.has(bare):
        held += typing.get_type_hints(bare).values()
    return any(gives_answers(each, (*seen, kind)) for each in held)


def questions() -> set[str]:
    """Return the names of the public functions that return answers."""
    public = {name: getattr(answers, name) for name in answers.__all__}
    return {
        name
        for name, each in public.items()
        if inspect.isfunction(each) and gives_answers(typing.get_type_hints(each)["return"])
    }


def answers_in(found: Any) -> Iterator[Answer[Any]]:
    """Give every answer that something holds."""
    match found:
        case Answer():
            yield found
        case Mapping():
            for each in found.values():
                yield from answers_in(each)
        case tuple() | list():
            for each in found:
                yield from answers_in(each)
        case _ if attrs.has(type(found)):
            for field in attrs.fields(type(found)):
                yield from answers_in(getattr(found, field.name))


# -- each of them, put -----------------------------------------------------------------------------

GB, NATION = Jurisdiction.parse("GB"), "England"
OPENED, CLOSED = date(2026, 3, 2), date(2026, 3, 27)
BALLOT = Ballot(
    nation=GB,
    opened=OPENED,
    closed=CLOSED,
    statutory=True,
    entitled=1001,
    papers_returned=501,
    yes=300,
    no=200,
    spoiled=1,
)
REPORTED = attrs.evolve(
    Ballot(nation=GB, opened=OPENED, closed=CLOSED, statutory=True),
    turnout_pct_reported=Decimal("60.1"),
    yes_pct_reported=Decimal("80.2"),
)
FIGURES = {
    "opened": "2026-03-02",
    "closed": "2026-03-27",
    "jurisdiction": "GB",
    "statutory_ballot": True,
    "entitled": 1001,
    "papers_returned": 501,
    "yes": 300,
    "no": 200,
    "spoiled": 1,
}
ACCEPT = {"unison": True, "gmb": True, "unite": True}
TRAINED = RepTraining(
    "r", elected=date(2024, 1, 10), certified=date(2022, 11, 3), data_training=date(2024, 9, 15)
)
POLICY = ClockSetting(
    "employer",
    "example-council",
    "core.grievance",
    "",
    5,
    TimeUnit.DAYS,
    Period(LONG_AGO, None),
    CITED,
)
SCHEDULE = [
    Setting("branch", "b", f"retention.{key}", value, Period(), CITED)
    for key, value in (("case_file_months", 12), ("disposal", "erase"))
]
CAFCASS = {
    "employer.key": "cafcass",
    "employer.kind": "cafcass",
    "employer.nation": NATION,
    "job.group": "cafcass-staff",
}
UNDER = WorkedUnder("afc-section-2", Nation.ENGLAND)
SUNDAY = Shift(datetime(2026, 6, 14, 8), datetime(2026, 6, 14, 16), ())
EMPLOYED = {
    "began": date(2024, 7, 1),
    "ended": date(2026, 9, 1),
    "notice_given": date(2026, 8, 28),
}
TRANSFERRED = "M0055"
"""A member of the example union whose terms were frozen at a transfer."""


class World:
    """The rulebook with every plugin, the example union, and cases of people who do not exist."""

    def __init__(self) -> None:
        self.book = everything()
        self.other = with_holiday(self.book, date(2025, 6, 17))
        self.stamps = {self.book.fingerprint, self.other.fingerprint}
        folder = resources.files("unioncore_unison") / "example_union"
        self.now = read_union(folder, self.book).ok().on(date(2026, 10, 1))
        self.small = a_union().on(DAY)
        (kind,) = (k for k in self.book.definitions.case_types if k.key == "core.grievance")
        self.policies = [
            attrs.evolve(POLICY, clock=clock.key)
            for version in kind.versions
            for clock in version.clocks
            if clock.policy
        ]
        planned = "originally_proposed_hearing_date"
        self.case = add(
            self.book,
            a_case(self.book),
            entry(Happened, event="time_starts"),
            *events(DAY, "lodge_grievance", "acknowledge"),
            entry(Plan, date(2025, 6, 16), recorded=DAY, event=planned),
        )
        desk = answers.Desk(rulebook=self.book, union=a_union())
        self.ended = add(
            self.book,
            desk.open_case(reference="C-2", person="ada", on=DAY, by="edda").ok().case,
            *events(DAY, "leave_union", track=UNION_TRACK),
        )
        union = attrs.evolve(
            a_union(),
            settings=(*a_union().settings, *SCHEDULE),
            clock_settings=tuple(self.policies),
        )
        self.desk = at_desk(self.book, self.case, self.ended, union=union)
        self.matter = add(
            self.book,
            desk.open_matter(reference="M", about="psc-ew", on=DAY).ok().case,
            entry(Open, case_type="core.pay_round", nation=NATION),
            *(
                entry(Happened, event="report_position", figures={"union": key, "accepts": yes})
                for key, yes in ACCEPT.items()
            ),
        )

    def view(self) -> View:
        viewer = Viewer(person="ada", case="C-1", roles=frozenset({"member"}), is_opposed=False)
        return answers.view(self.book, self.case, viewer, on=DAY)


PUT: Mapping[str, Callable[[World], Any]] = {
    "action_supported": lambda w: answers.action_supported(
        w.book, date(2026, 6, 1), closed=CLOSED, opened=OPENED, nation=GB
    ),
    "agreements_of": lambda w: [
        (found, [found.term(term.clause.key) for each in found.applied for term in each.terms])
        for found in answers.agreements_of(w.book, w.now, TRANSFERRED)
    ],
    "rules_limit": lambda w: answers.rules_limit(
        w.book, "core.employment_tribunal/response", DAY, nation=NATION, received=DAY
    ),
    "appeal": lambda w: answers.appeal(w.book, DAY, nation=NATION, received=DAY),
    "ask": lambda w: answers.ask(w.book, CAFCASS, "organised", "service_group", on=DAY),
    "ask_many": lambda w: answers.ask_many(w.book, [CAFCASS, {}], "organised", on=DAY),
    "attention": lambda w: answers.attention(w.desk, on=DAY, branch="b"),
    "all_events": lambda w: answers.all_events(w.book, w.now),
    "audience": lambda w: answers.audience(
        w.book, w.now, channel="email", purpose="bulletin", when="person.working"
    ),
    "event": lambda w: answers.event(w.book, w.now, "leadership-2026"),
    "may_apply": lambda w: answers.may_apply(
        w.book, w.now, "leadership-2026", "M0448", sponsor="essex"
    ),
    "message": lambda w: answers.message(w.book, w.now, "essex-autumn"),
    "ballot_list": lambda w: answers.ballot_list(
        w.book, w.now, "nottingham-university-hospitals", opens=OPENED, closes=CLOSED
    ),
    "ballot_failures": lambda w: answers.ballot_failures(
        w.book, BALLOT, missed=2, wrongly_balloted=1, accidental=True
    ),
    "employer_notice": lambda w: answers.employer_notice(
        w.book,
        "ballot",
        [answers.BallotCell("nurse", "Ward", 3)],
        received=date(2026, 2, 16),
        event=OPENED,
        nation=NATION,
        check_off=True,
    ),
    "recorded_ballot_list": lambda w: answers.recorded_ballot_list(w.book, w.now, "nuh-2026"),
    "recorded_ballot_notice": lambda w: answers.recorded_ballot_notice(
        w.book, w.now, "nuh-2026", "action", received=date(2026, 11, 20)
    ),
    "recorded_ballot_papers": lambda w: answers.recorded_ballot_papers(w.book, w.now, "nuh-2026"),
    "ballot_result": lambda w: [answers.ballot_result(w.book, b) for b in (BALLOT, REPORTED)],
    "ballot_results": lambda w: answers.ballot_results(w.book, FIGURES),
    "ballot_rule": lambda w: answers.ballot_rule(w.book, BALLOT),
    "body_decision": lambda w: answers.body_decision(w.book, w.matter, "t", on=DAY),
    "escalates_to": lambda w: answers.escalates_to(w.book, w.case, "t", on=DAY),
    "all_campaigns": lambda w: answers.all_campaigns(w.book, w.now),
    "campaign": lambda w: answers.campaign(w.book, w.now, "essex-grows"),
    "campaign_progress": lambda w: answers.campaign_progress(
        w.book, start=OPENED, last_day=CLOSED, target=20, so_far=5, on=DAY
    ),
    "candidates": lambda w: answers.candidates(w.desk, "C-1", "t", on=DAY),
    "collective": lambda w: answers.collective(
        w.book, 120, nation=NATION, consultation_begins=date(2024, 1, 2)
    ),
    "claim_exists": lambda w: answers.claim_exists(w.book, "tupe", starts=DAY, nation=NATION),
    "collective_by_establishment": lambda w: answers.collective_by_establishment(
        w.book, {"depot": 19, "works": 20}, nation=NATION, consultation_begins=DAY
    ),
    "committee_representative": lambda w: [
        answers.committee_representative(
            w.book, {"chair": "a", "secretary": other}, ["a", "b"], on=DAY
        )
        for other in ("a", "b")
    ],
    "deadlines": lambda w: answers.deadlines(w.book, w.case, on=DAY, settings=w.policies),
    "decide": lambda w: answers.decide(w.book, "psc-ew", ACCEPT, on=DAY),
    "agenda": lambda w: answers.agenda(w.book, w.now, "ndc", "2017"),
    "conference_calendar": lambda w: answers.conference_calendar(w.book, w.now, "ndc", "2017"),
    "delegates": lambda w: answers.delegates(w.book, 2500, on=DAY, to="conference"),
    "delegation": lambda w: answers.delegation(w.book, w.now, "essex", to="ndc", edition="2017"),
    "in_time": lambda w: answers.in_time(
        w.book, w.now, "ndc", "2017", "motions", datetime(2017, 2, 28, 12)
    ),
    "motion_vote": lambda w: answers.motion_vote(w.book, w.now, "ndc-2026/5"),
    "makeup": lambda w: answers.makeup(w.book, [{"young": True}], on=DAY, to="conference"),
    "may_put": lambda w: answers.may_put(
        w.book, w.now, "motion", "council-se", to="ndc", edition="2017"
    ),
    "places": lambda w: answers.places(
        w.book,
        501,
        on=date(2026, 6, 1),
        to="regional-service-group-meeting",
        region="SE",
        service_group="local-government",
    ),
    "policies": lambda w: answers.policies(w.book, w.now, "ndc", "2026"),
    "election_standing": lambda w: answers.election_standing(w.book, w.now, "nec-2025"),
    "elections": lambda w: answers.elections(w.book, w.now),
    "electorate_cutoff": lambda w: answers.electorate_cutoff(w.book, date(2025, 4, 21)),
    "may_vote": lambda w: answers.may_vote(w.book, w.now, "M0118", "nec-2025", "nec/se-male"),
    "prioritise": lambda w: answers.prioritise(
        w.book, {"nec": ["a", "b"]}, on=DAY, to="conference"
    ),
    "special_conference": lambda w: answers.special_conference(
        w.book, w.now, {"essex": date(2026, 1, 2)}
    ),
    "timetable": lambda w: answers.timetable(w.book, date(2026, 6, 16), kind="conference"),
    "vote_count": lambda w: answers.vote_count(w.book, 20, 10, on=DAY),
    "due": lambda w: answers.due(w.desk, on=date(2040, 1, 1)),
    "forum_health": lambda w: answers.forum_health(
        w.book, {"forum.works_jointly_on_policy": False, "forum.sides_trained": set()}, on=DAY
    ),
    "injury_to_feelings": lambda w: answers.injury_to_feelings(
        w.book, date(2024, 5, 1), nation=NATION
    ),
    "interim_relief": lambda w: answers.interim_relief(w.book, DAY, nation=NATION, presented=DAY),
    "judge": lambda w: answers.judge(w.book, BALLOT, notice_received=date(2026, 4, 1)),
    "late_claim": lambda w: answers.late_claim(w.book, "tupe", starts=DAY, nation=NATION),
    "lawful_action_days": lambda w: answers.lawful_action_days(
        w.book, date(2026, 4, 1), closed=CLOSED, opened=OPENED, nation=GB, agreed_extension=False
    ),
    "mandate": lambda w: answers.mandate(
        w.book, CLOSED, opened=OPENED, nation=GB, agreed=False, days_not_counted=3
    ),
    "register_certificate": lambda w: answers.register_certificate(
        w.book,
        begins=date(2025, 1, 1),
        ends=date(2025, 12, 31),
        members_before=10_001,
        nation=NATION,
    ),
    "stopped_pay": lambda w: answers.stopped_pay(w.book, paid_to=DAY, on=DAY),
    "check_off_conditions": lambda w: answers.check_off_conditions(
        w.book, {"employer.kind": "police-force", "check_off.nation": NATION}, on=DAY
    ),
    "check_off": lambda w: answers.check_off(
        w.book, w.now.union, [], employer="kent-police", month=date(2026, 9, 1)
    ),
    "check_register": lambda w: answers.check_register(w.book, w.now),
    "annual_return": lambda w: answers.annual_return(w.book, w.now.union, 2025, nation=NATION),
    "political_fund": lambda w: answers.political_fund(w.book, w.now, "M0024"),
    "political_fund_effect": lambda w: answers.political_fund_effect(
        w.book, w.now, "M0024", choice="opted-in", section="labour-link", told=date(2025, 3, 1)
    ),
    "return_in_time": lambda w: answers.return_in_time(
        w.book, 2025, date(2026, 5, 31), nation=NATION
    ),
    "standing": lambda w: answers.standing(w.book, w.now, "M0026", incident=date(2026, 9, 20)),
    "mass_claim": lambda w: answers.mass_claim(w.book, w.now, "evening-cleaners"),
    "maximum_awards": lambda w: answers.maximum_awards(w.book, DAY, nation=NATION),
    "may_hold_office": lambda w: answers.may_hold_office(w.book, w.small, "cato", "steward-1"),
    "member": lambda w: answers.member(w.book, w.now, TRANSFERRED),
    "member_redundancy": lambda w: answers.member_redundancy(w.book, w.now, TRANSFERRED),
    "membership": lambda w: answers.membership(
        w.book, member_facts(w.book, w.small, "ada"), on=DAY
    ),
    "minimum_basic_award": lambda w: answers.minimum_basic_award(w.book, DAY, nation=NATION),
    "month_after_day_b": lambda w: answers.month_after_day_b(w.book, DAY, nation=NATION),
    "moved": lambda w: answers.moved(w.book, w.other, w.case, on=DAY),
    "notice_dates": lambda w: answers.notice_dates(
        w.book, "industrial action notice", nation=GB, received=OPENED, event=CLOSED
    ),
    "notice_expiry": lambda w: answers.notice_expiry(
        w.book, DAY, Duration(3, TimeUnit.MONTHS), nation=NATION
    ),
    "overdue": lambda w: answers.overdue(w.desk, on=date(2025, 12, 1)),
    "picket_supervisor": lambda w: answers.picket_supervisor(w.book, [DAY], nation=NATION),
    "covers": lambda w: answers.covers(w.book, "cafcass-jncf", CAFCASS, on=DAY),
    "placement": lambda w: answers.placement(w.book, CAFCASS, on=DAY),
    "placements": lambda w: answers.placements(w.book, [CAFCASS], on=DAY),
    "postponement": lambda w: answers.postponement(
        w.book, DAY, nation=NATION, alternative=date(2025, 6, 5)
    ),
    "protective_award": lambda w: answers.protective_award(w.book, DAY, nation=NATION),
    "publish": lambda w: answers.publish(
        w.book,
        [w.case],
        Axis("employer", ("example-council",)),
        [Axis("outcome", ("open",))],
        on=DAY,
        protected=False,
    ),
    "readiness": lambda w: answers.readiness(
        w.book, date(2026, 6, 1), nation=GB, voting_days=20, as_of=OPENED
    ),
    "recognition_ballot": lambda w: answers.recognition_ballot(
        w.book, nation=NATION, application_received=DAY, bargaining_unit=100, yes=60, no=10
    ),
    "recognition_covers": lambda w: answers.recognition_covers(
        w.book, Agreement(key="a", title="A", kind="recognition", pay=True, hours=False), on=DAY
    ),
    "pay_check": lambda w: answers.pay_check(
        w.book, PayCase(UNDER, (HourlyPay("5", Decimal(18)),), (SUNDAY,))
    ),
    "shift_pay": lambda w: answers.shift_pay(w.book, UNDER, [HourlyPay("5", Decimal(18))], SUNDAY),
    "redundancy_pay": lambda w: [
        answers.redundancy_pay(
            w.book,
            age=45,
            complete_years=years,
            weekly_pay=Decimal(900),
            relevant_date=DAY,
            nation=NATION,
        )
        for years in (1, 10)
    ],
    "redundancy_right": lambda w: answers.redundancy_right(
        w.book,
        **EMPLOYED,
        nation=NATION,
        born=date(1980, 5, 10),
        weekly_pay=Decimal(500),
    ),
    "regimes": lambda w: answers.regimes(
        w.book, BALLOT, notice_received=CLOSED, action_day=date(2026, 4, 20)
    ),
    "assess": lambda w: answers.assess(w.book, w.now, "kent-police-branch"),
    "facility_time_of": lambda w: answers.facility_time_of(
        w.book, w.now, "kent-police-branch", since=date(2026, 4, 1), until=date(2026, 6, 30)
    ),
    "learning_of": lambda w: answers.learning_of(w.book, w.now, "essex"),
    "rep_standing_of": lambda w: answers.rep_standing_of(w.book, w.now, "M0903"),
    "representatives_of": lambda w: answers.representatives_of(w.book, w.now, "essex"),
    "safety_of": lambda w: answers.safety_of(w.book, w.now, "essex"),
    "fair_share": lambda w: answers.fair_share(
        w.book, w.now, "nec", w.now.members("essex"), by="gender"
    ),
    "seat": lambda w: answers.seat(w.book, w.now, "nec/nw-male"),
    "seats": lambda w: answers.seats(w.book, w.now, "nec"),
    "rep_standing": lambda w: answers.rep_standing(w.book, TRAINED, on=DAY),
    "representation_level": lambda w: answers.representation_level(w.desk, "C-1", "t", on=DAY),
    "point_worth": lambda w: answers.point_worth(w.book, "nhs-sc", "5 top", on=date(2025, 6, 1)),
    "access_request": lambda w: answers.access_request(
        w.book, requested_on=DAY, nation="England", on=DAY
    ),
    "strike_pay": lambda w: answers.strike_pay(
        w.book,
        [answers.LostDay(date(2023, 10, 2), Decimal("60.00"), "take-home")],
        authorised=True,
        fund_suffices=True,
        on=DAY,
    ),
    "hardship": lambda w: answers.hardship(w.book, "leeds-trinity-2023", on=DAY),
    "branch_timetable": lambda w: answers.branch_timetable(
        w.book,
        date(2026, 3, 2),
        facts={"branch.invited_weeks": 6, "branch.closing_weeks": 2, "branch.told_weeks": 1},
        notice_sent=date(2025, 12, 1),
        notice_way="each-member",
        sent_to_all=True,
    ),
    "may_still_stand": lambda w: answers.may_still_stand(
        w.book, [Period()], nominated=date(2026, 1, 19), voted=date(2026, 3, 2)
    ),
    "breach_clock": lambda w: answers.breach_clock(
        w.book,
        datetime(2026, 6, 5, 15),
        risk="high",
        told_inside=datetime(2026, 6, 6, 9),
        reported=datetime(2026, 6, 9, 9),
    ),
    "request": lambda w: [
        answers.request(w.book, kind, DAY) for kind in ("subject-access", "breach")
    ],
    "round_outcome": lambda w: answers.round_outcome(w.book, "njc-2021"),
    "seen_deadlines": lambda w: answers.seen_deadlines(w.book, w.case, w.view()),
    "service": lambda w: answers.service(w.book, **EMPLOYED, nation=NATION),
    "statutory_notice": lambda w: answers.statutory_notice(
        w.book, DAY, employed_a_month=True, complete_years=5, nation=NATION
    ),
    "time_limit": lambda w: answers.time_limit(
        w.book,
        "unfair-dismissal",
        starts=date(2025, 2, 24),
        nation=NATION,
        day_a=date(2025, 4, 10),
        day_b=date(2025, 5, 15),
        presented=DAY,
    ),
    "unfair_dismissal_right": lambda w: answers.unfair_dismissal_right(
        w.book, **EMPLOYED, nation=NATION, reason="conduct"
    ),
    "week_pay_cap": lambda w: answers.week_pay_cap(w.book, DAY, nation=NATION),
    "who_sits": lambda w: answers.who_sits(w.book, w.now, "nec", ["M0001", "M0002"]),
}


# -- what their answers say ------------------------------------------------------------------------

VERDICT = ("because every requirement is met or not required", "because a requirement is not met")
"""How a verdict says that it rests on requirements, which are cited by the reasons that follow."""


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_every_public_question_is_put() -> None:
    assert set(PUT) == questions()


WRONG: Mapping[Any, tuple[Any, ...]] = {
    int: (-1, 1.5, "3", True),
    Decimal: (Decimal(-1), 1.5, "3", Decimal("NaN")),
    datetime: ("2026-06-01T12:00", 20260601),
    date: ("2026-06-01", 20260601, datetime(2026, 6, 1, 12)),
    str: (5, ["x"]),
    bool: ("no", 1),
}
"""What cannot stand for a value of each class."""


ODD = (5, "x", [5], [None], {5: object()}, object(), Refusal(None, ()))
"""What cannot stand for a value of any class of ours, for several, or for a mapping."""


def wrong_in(kind: Any) -> tuple[Any, ...]:
    """Return what cannot stand in an argument of a type."""
    kinds = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if any(each not in {*WRONG, type(None), DayRange, Nation, Jurisdiction} for each in kinds):
        return ODD
    return next((wrong for each, wrong in WRONG.items() if each in kinds), ())


@pytest.mark.parametrize("name", sorted(PUT))
def test_what_cannot_stand_in_an_argument_is_refused_by_an_error_of_ours(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    question, calls = getattr(answers, name), []

    def noted(*given: Any, **named: Any) -> Any:
        calls.append(inspect.signature(question).bind(*given, **named))
        return question(*given, **named)

    monkeypatch.setattr(answers, name, noted)
    PUT[name](world)
    call = calls[0]
    for argument, kind in typing.get_type_hints(question).items():
        for wrong in wrong_in(kind) if argument != "return" else ():
            changed = inspect.signature(question).bind(*call.args, **call.kwargs)
            changed.arguments[argument] = (wrong,) if argument == "names" else wrong
            with pytest.raises(unioncore.UnioncoreError):
                question(*changed.args, **changed.kwargs)


def test_every_public_function_checks_its_arguments() -> None:
    public = ((name, getattr(answers, name)) for name in answers.__all__)
    bare = {
        name
        for name, each in public
        if inspect.isfunction(each) and not hasattr(each, "__wrapped__")
    }
    # What many rows go through checks them as it reads them.
    assert bare == {"ask", "ask_many", "placement", "placements", "read_facts"}


def test_a_new_question_would_be_noticed() -> None:
    def plain() -> Answer[bool]: ...
    def nested() -> tuple[dict[str, "answers.RoundOutcome"], ...]: ...
    def none() -> View: ...

    found = [typing.get_type_hints(each)["return"] for each in (plain, nested, none)]
    assert [gives_answers(each) for each in found] == [True, True, False]


@pytest.mark.parametrize("name", PUT)
def test_a_question(world: World, name: str) -> None:
    found = list(answers_in(PUT[name](world)))
    assert any(each.known for each in found), "a question of which nothing is known shows nothing"
    for each in found:
        assert each.rulebook in world.stamps, each
        assert each.because or not each.known, each
        for reason in each.because:
            assert is_founded(reason), f"{each}: {reason}"


def is_founded(reason: Reason) -> bool:
    """Say whether a reason has a source, or says why it has none."""
    said = reason.step or reason.not_required or reason.text.endswith(VERDICT)
    return bool(reason.citations) or said
