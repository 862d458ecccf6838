"""Collective matters: no step that needs proof is taken on somebody's word."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import everything
from tests.casework import LONG_AGO, a_union, add, enter
from tests.casework import entry as an_entry
from tests.second_union import SECOND_UNION
from tests.synthetic import source

import unioncore
from unioncore import Rulebook
from unioncore.answers import (
    Axis,
    Desk,
    Refusal,
    ballot_results,
    body_decision,
    candidates,
    deadlines,
    decide,
    due,
    forum_facts,
    positions,
    possible,
    publish,
    representation_level,
    track_ballot,
    view,
)
from unioncore.legal import Nation
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    CaseTypeVersion,
    Ending,
    Figures,
    Happened,
    Holding,
    Link,
    Note,
    Office,
    Open,
    Parent,
    PayRound,
    Plan,
    Position,
    Share,
    Snapshot,
    Union,
    Unit,
)
from unioncore.records import read_position
from unioncore.rules import Answer

E = TypeVar("E", bound=CaseEntry)
DAY = date(2026, 3, 2)
UNIONS = ("demo-a", "demo-b", "demo-c")
BODIES = {
    "demo-each": 'decides_by = "one-union-one-vote"',
    "demo-every": 'decides_by = "every-union"',
    "demo-seats": 'decides_by = "majority-of-each-side"',
    "demo-silent": "",
}
SOURCE = source("s", "A synthetic constitution")
UNION = '[union.{}]\nname = "{}"\ncitations = [{{ source = "s" }}]\n'
BODY = """
[[negotiating_body]]
key = "{key}"
  [[negotiating_body.version]]
  period = {{}}
  name = "{key}"
  covers = "job.group == 'demo-staff' and employer.key == '{key}'"
  level = "national"
  {decides}
  citations = [{{ source = "s" }}]
    [negotiating_body.version.side.trade-unions]
    seats = 5
    unions = ["demo-a", "demo-b", "demo-c"]
    seats_by = [{{ who = "demo-a", seats = 3 }}, {{ who = "demo-b", seats = 1 }}, {{ who = "demo-c", seats = 1 }}]
[words.job_group]
demo-staff = "demo staff"
"""  # noqa: E501


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("demo")
    made = SOURCE + "".join(UNION.format(key, key) for key in UNIONS)
    group, bodies = "", ""
    for key, decides in BODIES.items():
        body, _, group = BODY.format(key=key, decides=decides).partition("[words.job_group]")
        bodies += body
    (folder / "demo.toml").write_text(f"{made}{bodies}[words.job_group]{group}", encoding="utf-8")
    return unioncore.compose(
        SECOND_UNION, unioncore.TomlPlugin(folder, prefix="demo"), discover=False
    )


def entry(act: type[E], on: date = DAY, **more: Any) -> E:
    return an_entry(act, on, **more)


def event(name: str, on: date = DAY, **more: Any) -> CaseEvent:
    return entry(CaseEvent, on, event=name, **more)


def position(union: str, accepts: bool | None, on: date = DAY, **more: Any) -> Happened:
    figures = {"union": union, "accepts": accepts, **more}
    return entry(Happened, on, event="report_position", figures=figures)


def opened(book: Rulebook, about: str = "demo-each", reference: str = "P-1") -> Case:
    return a_desk(book).open_matter(reference=reference, about=about, on=DAY).ok().case


def a_matter(
    book: Rulebook, about: str, kind: str = "core.pay_round", nation: str = "England"
) -> Case:
    return add(book, opened(book, about), entry(Open, case_type=kind, nation=nation))


def a_desk(book: Rulebook, *cases: Case) -> Desk:
    return Desk(rulebook=book, union=a_union(), cases=cases)


def refused(book: Rulebook, case: Case, each: CaseEntry) -> Refusal:
    found = enter(book, case, each)
    assert isinstance(found, Refusal)
    assert found.reasons
    assert found.needed
    return found


TO_POSITIONS = (
    *("consult_on_claim", "submit_claim", "open_negotiations", "make_offer"),
    *("decide_recommendation", "open_consultation", "close_consultation", "decide_position"),
)


def at_positions(book: Rulebook, about: str) -> Case:
    return add(book, a_matter(book, about), *map(event, TO_POSITIONS))


# ---- pay rounds ---------------------------------------------------------------------------------

OFFERS = ("make_offer", "make_improved_offer")


@pytest.mark.parametrize("body", BODIES)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_is_accepted_that_the_body_did_not_agree_to(
    rulebook: Rulebook, body: str, data: st.DataObject
) -> None:
    case, said = a_matter(rulebook, body), dict[str, bool | None]()
    pay_round = rulebook.case_type("core.pay_round").versions[-1]
    seen = set()
    for _ in range(data.draw(st.integers(8, 40))):
        state = case.tracks["t"].state
        if data.draw(st.integers(0, 3)) == 0:
            union = data.draw(st.sampled_from(UNIONS))
            accepts = data.draw(st.sampled_from([True, True, False, None]))
            case, said[union] = add(rulebook, case, position(union, accepts)), accepts
            continue
        ways = possible(rulebook, case, "t", on=DAY).transitions
        name = data.draw(st.sampled_from([each.event for each in ways] or ["combine_positions"]))
        says = tuple(each.needs for each in ways if each.event == name and each.needs)
        before = decide(rulebook, body, said, on=DAY).agreed
        found = enter(rulebook, case, event(name, says=(*says, "body decision rule")))
        if isinstance(found, Refusal):
            assert found.reasons
            continue
        case = found
        seen.add(case.tracks["t"].state)
        match name:
            case "combine_positions":
                assert before.known
            case "notify_acceptance":
                assert before.known
                assert before.value
            case "notify_rejection":
                assert before.known
                assert not before.value
        if name in OFFERS:
            said = {}
        assert case.tracks["t"].state in {
            each.to_state for each in pay_round.leaving(state) if each.event == name
        }
    assert a_desk(rulebook, case).replay(case.reference).ok().case == case
    assert Case.from_dict(json.loads(json.dumps(case.to_dict()))) == case


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("said", [(True, True, False), (True, None, True), (False, False, True)])
def test_in_which_order_unions_report_makes_no_difference(
    rulebook: Rulebook, body: str, said: tuple[bool | None, ...]
) -> None:
    came = set()
    for order in permutations(zip(UNIONS, said, strict=True)):
        case = add(rulebook, at_positions(rulebook, body), *(position(*each) for each in order))
        found = body_decision(rulebook, case, "t", on=DAY)
        combined = enter(rulebook, case, event("combine_positions"))
        why = str(combined) if isinstance(combined, Refusal) else ""
        came.add((_said(found.agreed), found.outvoted, why))
    assert len(came) == 1


def test_a_refusal_names_the_unions_that_have_not_reported(rulebook: Rulebook) -> None:
    case = add(rulebook, at_positions(rulebook, "demo-every"), position("demo-b", True))
    found = refused(rulebook, case, event("combine_positions"))
    assert found.needed == ("the position of demo-a and demo-c",)
    assert "whether demo-every agrees is not known" in found.reasons[0]
    # Nobody's word stands in for it.
    assert refused(rulebook, case, event("combine_positions", says=("body decision rule",)))


def test_an_offer_ends_what_was_said_to_the_one_before(rulebook: Rulebook) -> None:
    no = [position(union, False) for union in UNIONS]
    rejected = ("combine_positions", "notify_rejection", "seek_improvement")
    case = add(rulebook, at_positions(rulebook, "demo-every"), *no, *map(event, rejected))
    assert set(positions(rulebook, case, "t", on=DAY)) == set(UNIONS)
    case = add(rulebook, case, event("make_improved_offer", DAY + timedelta(7)))
    assert positions(rulebook, case, "t", on=DAY + timedelta(7)) == {}
    # What a union said before the offer does not become an answer to it by being entered late.
    late = entry(
        Happened,
        DAY,
        event="report_position",
        recorded=DAY + timedelta(8),
        figures={"union": "demo-a", "accepts": False},
    )
    case = add(rulebook, case, late)
    assert positions(rulebook, case, "t", on=DAY + timedelta(8)) == {}
    yes = position("demo-a", True, DAY + timedelta(9))
    case = add(rulebook, case, yes)
    assert positions(rulebook, case, "t", on=DAY + timedelta(9))["demo-a"].accepts is True


def test_the_last_word_of_a_union_counts_by_its_day(rulebook: Rulebook) -> None:
    case = add(
        rulebook, at_positions(rulebook, "demo-each"), position("demo-a", False, DAY + timedelta(3))
    )
    earlier = entry(
        Happened,
        DAY,
        event="report_position",
        recorded=DAY + timedelta(4),
        figures={"union": "demo-a", "accepts": True},
    )
    case = add(rulebook, case, earlier)
    assert positions(rulebook, case, "t", on=DAY)["demo-a"].accepts is True
    assert positions(rulebook, case, "t", on=DAY + timedelta(4))["demo-a"].accepts is False


def test_a_pay_round_about_no_body_is_never_combined(rulebook: Rulebook) -> None:
    case = at_positions(rulebook, "example-council")
    found = refused(rulebook, case, event("combine_positions"))
    assert found.reasons[0].startswith("no body is called 'example-council'")


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"accepts": True}, "figures.union: expected whose it is, by key"),
        ({"union": "demo-d", "accepts": True}, "figures.union: expected a union that"),
        ({"union": "demo-a", "accepts": "accept"}, "figures.accepts: expected true or false"),
        ({"union": "demo-a", "acepts": True}, "did you mean 'accepts'?"),
        ({"union": "demo-a", "yes": 6, "no": 5, "entitled": 10}, "figures.entitled: expected as"),
        ({"union": 5}, "figures.union: expected text"),
        ({"union": "demo-a", "yes_percent": 63.6}, "figures.yes_percent: expected a percentage"),
    ],
)
def test_a_mistaken_position_says_where(
    rulebook: Rulebook, figures: Mapping[str, Any], said: str
) -> None:
    case = a_matter(rulebook, "demo-each")
    bad = entry(Happened, event="report_position", figures=figures)
    assert said in str(refused(rulebook, case, bad))


@pytest.mark.parametrize("word", ["accept", "reject", "neutral", "none"])
def test_a_recommendation_is_one_of_four_words(rulebook: Rulebook, word: str) -> None:
    case = a_matter(rulebook, "demo-each")
    good = {"union": "demo-a", "recommendation": word}
    assert add(rulebook, case, entry(Happened, event="report_recommendation", figures=good))
    for bad in (True, f"{word}s", None):
        told = entry(
            Happened, event="report_recommendation", figures={**good, "recommendation": bad}
        )
        assert "one of accept, reject, neutral, none" in str(refused(rulebook, case, told))


def test_figures_come_back_from_json_as_they_were_entered(rulebook: Rulebook) -> None:
    shares = {"yes_percent": Decimal("51.2"), "turnout_percent": Decimal(60)}
    entered = add(rulebook, a_matter(rulebook, "demo-each"), position("demo-a", True, **shares))
    assert Case.from_dict(json.loads(json.dumps(entered.to_dict()))) == entered
    said = positions(rulebook, entered, "t", on=DAY)["demo-a"]
    assert (said.yes_percent, said.turnout_percent) == ("51.2", "60")
    # Figures are copied, so that nobody changes what is entered.
    figures = {"union": "demo-a", "accepts": None}
    happened = entry(Happened, event="report_position", figures=figures)
    figures["accepts"] = True
    assert happened.figures["accepts"] is None


def test_figures_stand_only_where_the_case_type_has_them(rulebook: Rulebook) -> None:
    case = a_matter(rulebook, "demo-each")
    figures = {"union": "demo-a"}
    found = refused(rulebook, case, event("consult_on_claim", figures=figures))
    assert found.reasons == ("consult_on_claim holds no figures",)
    for act in (Note, Plan):
        assert "figures" not in attrs.fields_dict(act)


def test_shares_come_from_the_counts_or_as_published() -> None:
    counted = read_position({"union": "u", "entitled": 30249, "yes": 9085, "no": 5195})
    assert counted.turnout is not None
    assert counted.support is not None
    assert (round(float(counted.turnout), 1), round(float(counted.support), 1)) == (47.2, 63.6)
    published = read_position({"union": "u", "turnout_percent": "47.2"})
    assert float(published.turnout or 0) == 47.2
    assert published.support is None
    assert read_position({"union": "u"}) == Position("u")


# ---- recorded rounds ----------------------------------------------------------------------------


def _states(version: CaseTypeVersion, states: set[str]) -> set[str]:
    """Return the states that may be reached by events that nobody recorded."""
    found, waiting = set(states), list(states)
    while waiting:
        for way in version.leaving(waiting.pop()):
            if way.to_state not in found:
                found.add(way.to_state)
                waiting.append(way.to_state)
    return found


ENDS = {
    Ending.AGREED: {"agreed", "implemented"},
    Ending.IMPOSED: {"imposed"},
    Ending.REJECTED: {"rejected"},
    Ending.OFFER: {"offer_received", "final_offer", "recommendation"},
    Ending.CLAIM: {"claim_submitted"},
}


@pytest.mark.needs_plugins
def test_every_recorded_round_is_a_way_through_the_case_type() -> None:
    book = everything()
    pay_round = book.case_type("core.pay_round").versions[-1]
    assert book.definitions.pay_rounds
    for round_ in book.definitions.pay_rounds:
        states = {pay_round.initial}
        for step in round_.steps:
            # What lies between two recorded steps was not recorded, and stays unknown.
            ways = [w for state in _states(pay_round, states) for w in pay_round.leaving(state)]
            states = {way.to_state for way in ways if way.event == step.what}
            assert states, (round_.key, step)
        if round_.ending in ENDS:
            assert ENDS[round_.ending] & _states(pay_round, states), round_.key


@pytest.mark.needs_plugins
def test_the_positions_of_a_recorded_round_decide_as_the_round_does() -> None:
    book = everything()
    recorded = [each for each in book.definitions.pay_rounds if each.positions]
    assert recorded
    for round_ in recorded:
        opening = a_desk(book).open_matter(reference=round_.key, about=round_.body, on=DAY)
        matter = opening.ok().case
        case = add(
            book,
            matter,
            entry(Open, case_type="core.pay_round"),
            *map(event, TO_POSITIONS),
            *_reports(round_),
        )
        wanted = decide(
            book, round_.body, {each.union: each.accepts for each in round_.positions}, on=DAY
        )
        found = body_decision(book, case, "t", on=DAY)
        assert (_said(found.agreed), found.outvoted) == (_said(wanted.agreed), wanted.outvoted)
        combined = enter(book, case, event("combine_positions"))
        assert isinstance(combined, Case) is wanted.agreed.known


def _said(answer: Answer[bool]) -> bool | None:
    return answer.value if answer.known else None


def _reports(round_: PayRound) -> list[CaseEntry]:
    return [
        position(
            each.union,
            each.accepts,
            entitled=each.entitled,
            yes=each.yes,
            no=each.no,
            turnout_percent=each.turnout_percent or None,
            yes_percent=each.yes_percent or None,
        )
        for each in round_.positions
    ]


# ---- disputes -----------------------------------------------------------------------------------

NOTICE = timedelta(7)
RECEIVED = ("ballot_notice_received", "sample_paper_received")
TO_BALLOT = ("request_permission", "authorise", "clean_records", "give_ballot_notice")


def with_officers() -> Union:
    """The small union with Dana as national, Fynn as general and Cato as regional secretary."""
    union = a_union()
    posts = [
        ("ns", "national-secretary", "directorate", "dana"),
        ("gs", "general-secretary", "unison", "fynn"),
        ("rs", "regional-secretary", "office", "cato"),
    ]
    offices = tuple(Office(key=key, role=role, unit=unit) for key, role, unit, _ in posts)
    held = tuple(Holding(office=key, person=who, start=LONG_AGO) for key, _, _, who in posts)
    return attrs.evolve(
        union,
        units=(*union.units, Unit(key="directorate", kind="directorate", name="A directorate")),
        parents=(*union.parents, Parent(unit="directorate", axis="staff", parent="unison")),
        offices=(*union.offices, *offices),
        holdings=(*union.holdings, *held),
    )


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("branch", "asks", "decides"), [("b", {"edda"}, {"cato"}), ("", {"dana"}, {"fynn"})]
)
def test_a_ballot_is_asked_for_and_permitted_by_whom_the_union_lets(
    branch: str, asks: set[str], decides: set[str]
) -> None:
    book, day, union = everything(), date(2026, 6, 1), with_officers()
    desk = Desk(rulebook=book, union=union)
    opening = desk.open_matter(reference="D-1", about="example-council", on=day, branch=branch)
    opened = entry(Open, day, case_type="core.industrial_action", nation="England")
    case = add(book, opening.ok().case, opened, union=union)

    def taken(case: Case, name: str) -> dict[str, Case]:
        tried = {
            each.key: enter(book, case, event(name, day, by=each.key), union=union)
            for each in union.people
        }
        return {key: found for key, found in tried.items() if isinstance(found, Case)}

    asked = taken(case, "request_permission")
    assert asked.keys() == asks
    # Who may allow a ballot may refuse it, and nobody else.
    for name in ("authorise", "refuse"):
        assert taken(next(iter(asked.values())), name).keys() == decides


def open_ballot(book: Rulebook, opened: date, nation: str) -> Case:
    opening = a_desk(book).open_matter(reference="D-1", about="example-council", on=opened - NOTICE)
    return add(
        book,
        opening.ok().case,
        entry(Open, opened - NOTICE, case_type="core.industrial_action", nation=nation),
        *(event(each, opened - NOTICE, says=("local dispute",)) for each in TO_BALLOT),
        *(entry(Happened, opened - NOTICE, event=each) for each in RECEIVED),
        event("open_ballot", opened),
    )


def a_ballot(
    book: Rulebook, opened: date, closed: date, nation: str = "England", **figures: Any
) -> Case:
    close = event("close_ballot", closed, figures={"statutory_ballot": True, **figures})
    return add(book, open_ballot(book, opened, nation), close)


@given(
    entitled=st.integers(1, 60),
    yes=st.integers(0, 60),
    no=st.integers(0, 60),
    opened=st.sampled_from([date(2025, 6, 2), date(2026, 2, 18)]),
    nation=st.sampled_from(["England", "Scotland", "Northern Ireland"]),
)
@settings(max_examples=60, deadline=None)
def test_a_mandate_is_declared_only_where_the_numbers_give_one(
    rulebook: Rulebook, entitled: int, yes: int, no: int, opened: date, nation: str
) -> None:
    entitled = max(entitled, yes + no)
    figures = {"entitled": entitled, "papers_returned": yes + no, "yes": yes, "no": no}
    closed = opened + timedelta(14)
    case = a_ballot(rulebook, opened, closed, nation, **figures, important_public_service=False)
    # By hand: a majority of the votes and, in Great Britain, half of those entitled.
    lawful = yes > no and (nation == "Northern Ireland" or 2 * (yes + no) >= entitled)
    won = enter(rulebook, case, event("declare_mandate", closed))
    lost = enter(rulebook, case, event("declare_no_mandate", closed))
    assert isinstance(won, Case) is lawful
    assert isinstance(lost, Case) is not lawful


def test_what_is_not_known_proves_neither_a_mandate_nor_that_there_is_none(
    rulebook: Rulebook,
) -> None:
    case = a_ballot(rulebook, DAY, DAY + timedelta(14), yes=40, no=2)
    found = refused(rulebook, case, event("declare_mandate", DAY + timedelta(14)))
    assert "whether it is lawful is not known" in found.reasons[0]
    found = refused(rulebook, case, event("declare_no_mandate", DAY + timedelta(14)))
    assert "whether it is lawful is not known" in found.reasons[0]


def test_a_mandate_needs_one_lawful_question(rulebook: Rulebook) -> None:
    results = [
        {"name": "strike", "yes": 30, "no": 30},
        {"name": "short of a strike", "yes": 40, "no": 20},
    ]
    case = a_ballot(
        rulebook, DAY, DAY + timedelta(14), entitled=100, papers_returned=60, results=results
    )
    ballot = track_ballot(rulebook, case, "t", on=DAY + timedelta(14))
    assert ballot is not None
    verdicts = {k: v.lawful_by_numbers.value for k, v in ballot_results(rulebook, ballot).items()}
    assert verdicts == {"strike": "no", "short of a strike": "yes"}
    assert add(rulebook, case, event("declare_mandate", DAY + timedelta(14)))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"closed": "2026-03-15"}, "figures.closed: expected the day of the track, 2026-03-16"),
        ({"opened": "2026-03-01"}, "figures.opened: expected the day of the track, 2026-03-02"),
        ({"action_notice_received": "2026-03-20"}, "expected an entry of its own"),
        ({"jurisdiction": "NI"}, "figures.jurisdiction: expected the nation of the track, England"),
        ({"jurisdiction": "Atlantis"}, "figures.jurisdiction: expected a nation"),
        ({"results": [{"closed": "2026-03-15"}]}, "figures.results[1].closed: expected the day"),
        ({"results": 5}, "figures.results: expected a list of objects"),
        ({"entitld": 5}, "did you mean 'entitled'?"),
        ({"yes": 5, "no": 5, "spoiled": 0, "papers_returned": 9}, "figures.papers_returned"),
        ({"service": "gardening"}, "ballot.service"),
    ],
)
def test_mistaken_figures_of_a_ballot_say_where(
    rulebook: Rulebook, figures: dict[str, Any], said: str
) -> None:
    case = open_ballot(rulebook, DAY, "England")
    close = event("close_ballot", DAY + timedelta(14), figures=figures)
    assert said in str(refused(rulebook, case, close))


LAWFUL = {
    "entitled": 100,
    "papers_returned": 60,
    "yes": 50,
    "no": 10,
    "important_public_service": False,
}


def with_mandate(book: Rulebook, opened: date, closed: date, nation: str = "England") -> Case:
    return add(
        book, a_ballot(book, opened, closed, nation, **LAWFUL), event("declare_mandate", closed)
    )


def notified(book: Rulebook, case: Case, on: date, *also: str) -> Case:
    events = ("action_notice_received", *also)
    return add(
        book,
        case,
        event("give_action_notice", on),
        *(entry(Happened, on, event=each) for each in events),
    )


@pytest.mark.parametrize(
    ("also", "days"), [((), 14), (("shorter_notice_agreed",), 7)], ids=["statute", "agreed"]
)
def test_action_begins_on_no_day_before_the_notice_allows(
    rulebook: Rulebook, also: tuple[str, ...], days: int
) -> None:
    # Fourteen days for a notice received until 17 February 2026, and seven where that is agreed.
    case = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16))
    case = notified(rulebook, case, date(2025, 7, 1), *also)
    for day in range(days + 2):
        found = enter(rulebook, case, event("begin_action", date(2025, 7, 1) + timedelta(day)))
        assert isinstance(found, Case) is (day >= days)


@pytest.mark.parametrize(
    ("agreed", "last"),
    [(False, date(2025, 12, 15)), (True, date(2026, 3, 15))],
    ids=["six months", "nine by agreement"],
)
def test_a_mandate_ends_as_the_law_and_the_employer_have_it(
    rulebook: Rulebook, agreed: bool, last: date
) -> None:
    case = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16))
    case = notified(rulebook, case, date(2025, 9, 1), *(["extension_agreed"] if agreed else []))
    assert isinstance(enter(rulebook, case, event("begin_action", last)), Case)
    after = last + timedelta(1)
    assert "mandate ended" in str(refused(rulebook, case, event("begin_action", after)))
    assert refused(rulebook, case, event("mandate_expires", last))
    case = add(rulebook, case, event("mandate_expires", after))
    assert case.tracks["t"].state == "expired"
    assert possible(rulebook, case, "t", on=DAY).transitions[0].event == "request_permission"


def test_in_northern_ireland_action_that_began_in_time_goes_on(rulebook: Rulebook) -> None:
    case = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16), "Northern Ireland")
    case = notified(rulebook, case, date(2025, 6, 20))
    case = add(
        rulebook,
        case,
        event("begin_action", date(2025, 6, 30)),
        event("suspend", date(2025, 7, 10)),
    )
    found = refused(rulebook, case, event("mandate_expires", date(2025, 9, 1)))
    assert "goes on with it" in found.reasons[0]
    case = notified(rulebook, case, date(2025, 9, 1))
    assert add(rulebook, case, event("begin_action", date(2025, 9, 8)))


def test_a_later_notice_counts_from_its_own_receipt(rulebook: Rulebook) -> None:
    case = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16))
    case = notified(rulebook, case, date(2025, 7, 1))
    case = add(
        rulebook,
        case,
        event("begin_action", date(2025, 7, 15)),
        event("suspend", date(2025, 7, 16)),
        event("give_action_notice", date(2025, 8, 1)),
    )
    found = refused(rulebook, case, event("begin_action", date(2025, 9, 1)))
    assert found.needed == ("action_notice_received",)
    received = entry(Happened, date(2025, 8, 4), event="action_notice_received")
    case = add(rulebook, case, received)
    (clock,) = [
        each
        for each in deadlines(rulebook, case, on=date(2025, 8, 5))
        if each.clock == "action_notice"
    ]
    assert clock.day.value == date(2025, 8, 18)


@pytest.mark.parametrize("nation", ["", "GB"])
def test_a_clock_whose_nation_is_not_one_is_not_known(rulebook: Rulebook, nation: str) -> None:
    case = a_matter(rulebook, "example-council", "core.industrial_action", nation)
    case = add(rulebook, case, entry(Happened, event="action_notice_received"))
    (clock,) = deadlines(rulebook, case, on=DAY)
    assert (clock.clock, clock.day.known) == ("action_notice", False)
    assert "ballot.nation" in clock.day.missing


def test_a_dispute_that_has_ended_is_running_no_longer(rulebook: Rulebook) -> None:
    case = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16))
    case = add(rulebook, case, event("settle", date(2025, 6, 20)))
    facts = unioncore.answers.cases.kept._record_facts(rulebook, case, date(2026, 6, 1))
    assert (facts["record.is_running"], facts["record.closed"]) == (False, date(2025, 6, 20))
    open_ = with_mandate(rulebook, date(2025, 6, 2), date(2025, 6, 16))
    during = unioncore.answers.cases.kept._record_facts(rulebook, open_, date(2025, 6, 20))
    assert during["record.is_running"] is True


# ---- forums -------------------------------------------------------------------------------------


def test_what_a_meeting_tells_is_in_its_record_and_the_rest_is_not(rulebook: Rulebook) -> None:
    case = a_matter(rulebook, "example-council", "core.partnership_forum")
    plan = entry(Plan, DAY + timedelta(7), recorded=DAY, event="open_meeting")
    case = add(rulebook, case, plan)
    assert forum_facts(rulebook, case, on=DAY) == {"forum.meetings": []}
    late = DAY + timedelta(8)
    due = {"forum.meetings": [{"meeting.day": DAY + timedelta(7)}]}
    assert forum_facts(rulebook, case, on=late) == due
    cancelled = add(rulebook, case, event("cancel", DAY + timedelta(2)))
    (record,) = forum_facts(rulebook, cancelled, on=late)["forum.meetings"]
    assert record["meeting.held"] is False


# ---- a matter is of nobody ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def nobody() -> Snapshot:
    return Union(key="demo-union").on(DAY)


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ("", "about: it is blank"),
        (
            "demo-eech",
            "about: nothing that is known is called 'demo-eech'; did you mean 'demo-each'?",
        ),
    ],
)
def test_a_matter_is_about_something_that_is_known(
    rulebook: Rulebook, about: str, reason: str
) -> None:
    found = a_desk(rulebook).open_matter(reference="P-1", about=about, on=DAY)
    assert isinstance(found, Refusal)
    assert found.reasons == (reason,)


def test_what_is_of_one_member_is_no_matter_of_nobody(rulebook: Rulebook) -> None:
    matter = opened(rulebook)
    grievance = entry(Open, case_type="core.grievance", nation="England", incident=DAY)
    found = refused(rulebook, matter, grievance)
    assert found.reasons == ("core.grievance is about one member, and this is a collective matter",)
    early = entry(Open, DAY - timedelta(1), case_type="core.pay_round")
    assert "the matter was opened later" in str(enter(rulebook, matter, early))


def test_nobody_is_represented_in_a_matter(rulebook: Rulebook) -> None:
    case = a_matter(rulebook, "demo-each")
    desk = a_desk(rulebook, case)
    level = representation_level(desk, "P-1", "t", on=DAY)
    assert (level.known, level.reason) == (
        False,
        "it is a collective matter, without a member of its own",
    )
    assert candidates(desk, "P-1", "t", on=DAY) == ()
    given_ = entry(Assign, person="cato", role="warden")
    assert "nobody represents" in str(enter(rulebook, case, given_))


def test_a_matter_is_open_to_nobody_without_a_role_and_shows_no_person(rulebook: Rulebook) -> None:
    case = add(rulebook, at_positions(rulebook, "demo-each"), position("demo-a", True))
    for person in ("", "ada", "demo-each"):
        seen = view(rulebook, case, a_desk(rulebook, case).viewer("P-1", person, on=DAY), on=DAY)
        assert (seen.reference, seen.about, seen.person, seen.tracks) == ("", "", "", ())
    shared = entry(Share, person="ada", compartment="general", reason="she asked")
    case = add(rulebook, case, shared)
    seen = view(rulebook, case, a_desk(rulebook, case).viewer("P-1", "ada", on=DAY), on=DAY)
    assert seen.person == ""
    assert seen.about in ("", "demo-each")
    assert "demo-a" not in json.dumps(seen.to_dict())


def test_two_matters_that_oppose_each_other_have_no_member_in_common(rulebook: Rulebook) -> None:
    one = a_matter(rulebook, "demo-each")
    link = entry(Link, how="opposes", reference="P-2")
    other = opened(rulebook, "demo-every", "P-2")
    desk = a_desk(rulebook, one, other).enter("P-1", link).ok().desk
    assert desk.viewer("P-1", "", on=DAY).is_opposed is False


def test_a_matter_counts_in_no_pattern_of_members(rulebook: Rulebook) -> None:
    axis = Axis("case_type", ("core.pay_round",))
    rows = Axis("employer", ("example-council",))
    tables = [
        publish(rulebook, cases, rows, (axis,), on=DAY, protected=False)
        for cases in ([], [a_matter(rulebook, "demo-each")])
    ]
    assert tables[0] == tables[1]


def test_records_of_a_matter_stay_while_it_runs(rulebook: Rulebook) -> None:
    empty = opened(rulebook)
    for case in (empty, a_matter(rulebook, "demo-each")):
        assert all(not each.what.known for each in due(a_desk(rulebook, case), on=DAY))


def test_a_members_case_is_stored_as_before(rulebook: Rulebook) -> None:
    opening = a_desk(rulebook).open_case(reference="C-1", person="ada", on=DAY, by="edda")
    case = opening.ok().case
    plain = case.to_dict()
    assert "about" not in plain
    assert "figures" not in plain["entries"][0]
    assert Case.from_dict(plain) == case
    matter = a_matter(rulebook, "demo-each")
    assert matter.to_dict()["about"] == "demo-each"
    assert Case.from_dict(json.loads(json.dumps(matter.to_dict()))) == matter
    assert a_desk(rulebook, matter).replay(matter.reference).ok().case == matter


def test_the_figures_of_an_entry_are_its_own() -> None:
    figures = {"results": [{"name": "strike"}]}
    told = event("close_ballot", figures=figures)
    figures["results"].clear()
    assert told.figures == {"results": [{"name": "strike"}]}
    assert isinstance(hash(told), int)


def test_the_case_types_say_which_figures_an_event_holds(rulebook: Rulebook) -> None:
    version = rulebook.case_type("core.pay_round").versions[-1]
    assert version.figures_of("decide_position") is Figures.POSITION
    assert version.figures_of("report_position") is Figures.POSITION
    assert version.figures_of("make_offer") is None
    assert Nation.ENGLAND in {
        n
        for c in rulebook.case_type("core.industrial_action").versions[-1].clocks
        for n in c.nations
    }
