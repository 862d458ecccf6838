"""Ballots, mandates and notices: boundaries by hand, and what holds for all numbers and days."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.books import core

from unioncore import Answer
from unioncore.answers import (
    ask,
    ballot_result,
    ballot_rule,
    lawful_action_days,
    mandate,
    notice_dates,
    readiness,
    recognition_ballot,
    regimes,
)
from unioncore.answers.action.ballots import rounded_from
from unioncore.errors import BadFacts, UnknownName
from unioncore.legal import DayRange, Jurisdiction
from unioncore.model import Ballot
from unioncore.replay import Example, Status, read_examples, replay

RULEBOOK = core()
GB = Jurisdiction.parse("GB")
EXAMPLES = [
    example
    for name in ("ballots.json", "industrial_action.json")
    for example in read_examples(
        Path(str(resources.files("unioncore.builtin") / "examples" / name))
    )
]
ACTION = "industrial action notice"


def ballot(opened: date | DayRange = date(2019, 6, 3), **given: Any) -> Ballot:
    return Ballot(nation=GB, opened=opened, **{"statutory": True, **given})


def verdict(of: Ballot) -> str:
    found = ballot_result(RULEBOOK, of).lawful_by_numbers
    return found.value if found.known else "unknown"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_examples_that_ship(example: Example) -> None:
    outcome = replay(RULEBOOK, example)
    assert outcome.status is Status.PASSED, outcome.to_text()


def test_nothing_is_left_unproved() -> None:
    assert RULEBOOK.not_proved == ()


# -- results --------------------------------------------------------------------------------------


def test_a_margin_says_how_many_were_short_and_by_which_law() -> None:
    found = ballot_result(RULEBOOK, ballot(entitled=620, yes=294, no=5, spoiled=0))
    majority, turnout, support = found.tests
    assert (turnout.outcome.value, turnout.needed.value, turnout.margin.value) == (
        "not-met",
        310,
        -11,
    )
    assert majority.margin.value == 288
    assert "ballot.important_public_service" in support.outcome.missing
    assert any("section 226(2)(a)(iia)" in each.provision for each in found.citations)
    assert not any("Northern Ireland" in each.instrument for each in found.citations)


def test_a_law_between_the_bounds_of_the_opening_day_counts_too() -> None:
    wide = DayRange(date(2016, 1, 1), date(2026, 6, 1))
    few = {"entitled": 1000, "papers_returned": 700, "yes": 390, "no": 310}
    assert verdict(ballot(wide, important_public_service=True, **few)) == "unknown"
    assert verdict(ballot(wide, important_public_service=False, **few)) == "yes"


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"entitled": 10, "papers_returned": 11}, "entitled"),
        ({"papers_returned": 5, "yes": 3, "no": 3}, "papers_returned"),
        ({"papers_returned": 7, "yes": 3, "no": 3, "spoiled": 0}, "papers_returned"),
        ({"yes": -1}, "yes"),
        ({"turnout_pct_reported": Decimal(101)}, "turnout_pct_reported"),
        ({"closed": date(2019, 6, 2)}, "closed"),
    ],
)
def test_numbers_that_cannot_be_are_refused(given: dict[str, Any], key: str) -> None:
    with pytest.raises(BadFacts) as caught:
        ballot(**given)
    assert [problem.fact for problem in caught.value.problems] == [key]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"yes": -1}, "yes: expected a whole number, zero or more"),
        (
            {"turnout_pct_reported": Decimal(101)},
            "turnout_pct_reported: expected a percentage from 0 to 100",
        ),
        ({"entitled": 0, "yes": 1}, "entitled: expected as many as voted or more, 1"),
        ({"entitled": 1, "papers_returned": 2}, "entitled: expected as many as voted or more, 2"),
    ],
)
def test_what_was_expected_of_a_number_is_said(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadFacts) as refused:
        ballot(**given)
    assert str(refused.value) == said


def test_of_shares_and_counts_the_counts_are_shown() -> None:
    published = {"turnout_pct_reported": Decimal(70), "yes_pct_reported": Decimal(56)}
    found = ballot_result(RULEBOOK, ballot(yes=390, no=310, **published))
    assert found.yes_pct_of_valid == Fraction(39000, 700)
    assert found.turnout_pct == 70
    found = ballot_result(RULEBOOK, ballot(entitled=1000, papers_returned=705, **published))
    assert (found.turnout_pct, found.yes_pct_of_valid) == (Fraction(705, 10), 56)
    # 56 per cent of 70.5 per cent of those entitled.
    assert found.yes_pct_of_entitled == Fraction(56 * 705, 1000)


@pytest.mark.parametrize(
    ("percent", "least", "most"),
    [
        ("0.4", Fraction(35, 10000), Fraction(45, 10000)),
        ("0", Fraction(0), Fraction(5, 1000)),
        ("99.9", Fraction(9985, 10000), Fraction(9995, 10000)),
        ("100", Fraction(995, 1000), Fraction(1)),
    ],
)
def test_a_published_share_was_rounded_half_up(
    percent: str, least: Fraction, most: Fraction
) -> None:
    assert rounded_from(Decimal(percent)) == (least, most)


def test_where_all_voted_yes_no_count_follows_from_the_no_votes() -> None:
    found = ballot_result(RULEBOOK, ballot(no=0, yes_pct_reported=Decimal(100)))
    assert not found.lawful_by_numbers.known
    assert found.yes_pct_of_valid == 100


def test_the_least_number_is_told_with_what_is_counted() -> None:
    given_ = {"entitled": 1000, "important_public_service": True}
    support = ballot_rule(RULEBOOK, ballot(**given_)).min_yes_for_support
    assert support.value == 400
    assert "Yes votes" in support.because[0].text


def test_in_northern_ireland_the_majority_is_tested_by_its_own_law() -> None:
    votes = {"entitled": 100, "papers_returned": 60, "yes": 40, "no": 20}
    there = Ballot(
        nation=Jurisdiction.parse("Northern Ireland"),
        opened=date(2019, 6, 3),
        statutory=True,
        **votes,
    )
    names = {
        of: ballot_result(RULEBOOK, each).tests[0].name
        for of, each in (("GB", ballot(**votes)), ("NI", there))
    }
    assert names == {
        "GB": "core.ballot_majority",
        "NI": "core.ballot_majority_northern_ireland",
    }


def test_percentages_alone_carry_a_warning() -> None:
    found = ballot_result(RULEBOOK, ballot(yes_pct_reported=Decimal(80)))
    assert any("spoiled papers" in warning for warning in found.warnings)


OPENED = st.sampled_from(
    [date(2017, 2, 28), date(2017, 3, 1), date(2026, 2, 17), date(2026, 2, 18)]
)


@st.composite
def counted(draw: st.DrawFn) -> Ballot:
    yes, no, spoiled, others = (draw(st.integers(0, 30)) for _ in range(4))
    return ballot(
        draw(OPENED),
        entitled=yes + no + spoiled + others,
        papers_returned=yes + no + spoiled,
        yes=yes,
        no=no,
        spoiled=spoiled,
        important_public_service=draw(st.booleans()),
    )


@given(counted(), st.integers(1, 10))
def test_no_instead_of_yes_never_makes_a_ballot_lawful(of: Ballot, moved: int) -> None:
    assume(of.yes is not None and of.no is not None and of.yes >= moved)
    worse = attrs.evolve(of, yes=(of.yes or 0) - moved, no=(of.no or 0) + moved)
    assert verdict(of) == "yes" or verdict(worse) != "yes"


@given(counted(), st.integers(1, 10))
def test_yes_withheld_never_makes_a_ballot_lawful(of: Ballot, fewer: int) -> None:
    assume(of.yes is not None and of.yes >= fewer)
    worse = attrs.evolve(
        of, yes=(of.yes or 0) - fewer, papers_returned=(of.papers_returned or 0) - fewer
    )
    assert verdict(of) == "yes" or verdict(worse) != "yes"


@given(counted(), st.integers(1, 10))
def test_a_spoiled_paper_made_a_no_never_makes_a_ballot_lawful(of: Ballot, moved: int) -> None:
    assume((of.spoiled or 0) >= moved)
    worse = attrs.evolve(of, no=(of.no or 0) + moved, spoiled=(of.spoiled or 0) - moved)
    assert verdict(of) == "yes" or verdict(worse) != "yes"


@given(counted(), st.integers(1, 10))
def test_more_people_entitled_never_make_a_ballot_lawful(of: Ballot, more: int) -> None:
    worse = attrs.evolve(of, entitled=(of.entitled or 0) + more)
    assert verdict(of) == "yes" or verdict(worse) != "yes"


@given(counted(), st.integers(1, 10))
def test_more_who_vote_no_make_a_ballot_lawful_only_through_the_turnout(
    of: Ballot, more: int
) -> None:
    papers = (of.papers_returned or 0) + more
    assume(papers <= (of.entitled or 0))
    worse = attrs.evolve(of, no=(of.no or 0) + more, papers_returned=papers)
    if verdict(of) != "yes" and verdict(worse) == "yes":
        assert ballot_result(RULEBOOK, of).turnout.value == "not-met"
        assert ballot_result(RULEBOOK, worse).turnout.value == "met"


def test_no_votes_of_people_who_stayed_away_can_meet_the_turnout() -> None:
    """Half of those entitled must vote, for or against: an opponent may do more by not voting."""
    away = ballot(entitled=100, papers_returned=49, yes=40, no=9, important_public_service=True)
    there = attrs.evolve(away, papers_returned=50, no=10)
    assert (verdict(away), verdict(there)) == ("no", "yes")


@given(st.sampled_from([8, 16, 20, 40, 50, 80, 100]), st.data())
def test_percentages_that_are_exact_agree_with_the_counts(
    entitled: int, data: st.DataObject
) -> None:
    papers = data.draw(st.integers(1, entitled))
    yes = data.draw(st.integers(0, papers))
    share = Decimal(100 * yes) / papers
    assume((share * papers == 100 * yes) and len(share.as_tuple().digits) < 12)
    opened, important = data.draw(OPENED), data.draw(st.booleans())
    counts = verdict(
        ballot(
            opened,
            entitled=entitled,
            papers_returned=papers,
            yes=yes,
            no=papers - yes,
            important_public_service=important,
        )
    )
    published = verdict(
        ballot(
            opened,
            turnout_pct_reported=Decimal(100 * papers) / entitled,
            yes_pct_reported=share,
            important_public_service=important,
        )
    )
    assert published in (counts, "unknown")


@given(st.integers(1, 60), OPENED, st.booleans())
def test_the_least_numbers_are_the_least(entitled: int, opened: date, important: bool) -> None:
    asked = ballot(opened, entitled=entitled, important_public_service=important)
    rule = ballot_rule(RULEBOOK, asked)

    def least(papers: int) -> int | None:
        for yes in range(papers + 1):
            result = attrs.evolve(asked, papers_returned=papers, yes=yes, no=papers - yes)
            if verdict(result) == "yes":
                return yes
        return None

    assert rule.min_yes_if_all_vote.value == least(entitled)
    if rule.turnout_applies.value:
        papers = rule.min_papers_for_turnout.value
        assert rule.min_yes_if_exactly_min_papers.value == least(papers)
        assert least(papers - 1) is None


# -- mandates and notices -------------------------------------------------------------------------

DAYS = st.dates(date(2016, 6, 1), date(2027, 6, 1))


@given(DAYS, st.integers(0, 60), st.integers(0, 400))
def test_the_lawful_days_are_every_day_from_the_first_to_the_last(
    opened: date, voting: int, later: int
) -> None:
    closed = opened + timedelta(voting)
    received = closed + timedelta(later)
    found = lawful_action_days(
        RULEBOOK,
        received,
        closed=closed,
        opened=opened,
        nation="GB",
        agreed_extension=False,
        began_in_time=False,
    )
    last = mandate(RULEBOOK, closed, opened=opened, nation="GB", agreed=False).last_day.value
    assert found.any_day.value == (found.first.value <= last)
    assert found.last.value == last
    asked = Ballot(nation=GB, opened=opened, closed=closed)
    one = timedelta(1)
    for day in (found.first.value - one, found.first.value, last, last + one):
        law = regimes(RULEBOOK, asked, notice_received=received, action_day=day)
        lawful = law.notice_in_time.value and day <= last
        assert lawful == (found.first.value <= day <= found.last.value)


@given(DAYS, st.integers(0, 60), st.integers(0, 200))
def test_days_that_a_court_leaves_out_are_added_to_the_mandate(
    opened: date, voting: int, left_out: int
) -> None:
    closed = opened + timedelta(voting)
    plain, ordered = (
        mandate(
            RULEBOOK, closed, opened=opened, nation="GB", agreed=False, days_not_counted=each
        ).last_day
        for each in (0, left_out)
    )
    assert ordered.value == plain.value + timedelta(left_out)
    assert any("order itself" in warning for warning in ordered.warnings) == bool(left_out)
    notice = closed + timedelta(1)
    found = lawful_action_days(
        RULEBOOK,
        notice,
        closed=closed,
        opened=opened,
        nation="GB",
        agreed_extension=False,
        days_not_counted=left_out,
    )
    assert found.last.value == ordered.value


def test_fewer_days_than_none_cannot_be_left_out() -> None:
    with pytest.raises(BadFacts, match="zero or more"):
        mandate(
            RULEBOOK, date(2026, 3, 2), opened=date(2026, 3, 2), nation="GB", days_not_counted=-1
        )


@given(DAYS)
def test_the_latest_receipt_is_in_time_and_no_later_one_is(event: date) -> None:
    due = notice_dates(RULEBOOK, ACTION, nation="GB", event=event).latest_receipt.value

    def in_time(received: date) -> bool:
        found = notice_dates(RULEBOOK, ACTION, nation="GB", received=received)
        return found.earliest_event_day.value <= event

    assert in_time(due)
    assert not any(in_time(due + timedelta(n)) for n in range(1, 16))


def test_a_notice_before_the_end_of_the_vote_allows_nothing() -> None:
    found = lawful_action_days(
        RULEBOOK,
        date(2026, 3, 9),
        closed=date(2026, 3, 10),
        opened=date(2026, 2, 18),
        nation="GB",
    )
    assert found.any_day.value is False


def test_readiness_counts_back_and_says_what_is_too_late() -> None:
    steps = readiness(
        RULEBOOK,
        date(2026, 6, 1),
        nation="GB",
        voting_days=21,
        as_of=date(2026, 4, 27),
    )
    assert [(step.name, step.latest.value, step.possible.value) for step in steps] == [
        ("ballot notice received", date(2026, 4, 25), False),
        ("sample voting paper received", date(2026, 4, 29), True),
        ("ballot opens", date(2026, 5, 2), True),
        ("ballot closes", date(2026, 5, 22), True),
        ("votes counted", date(2026, 5, 22), True),
        ("members told the result", date(2026, 5, 22), True),
        ("employers told the result", date(2026, 5, 22), True),
        ("notice of action received", date(2026, 5, 22), True),
    ]


def test_readiness_leaves_days_for_the_count_and_names_the_law_of_telling() -> None:
    steps = readiness(RULEBOOK, date(2026, 6, 1), nation="GB", voting_days=21, counting_days=2)
    found = {step.name: step.latest for step in steps}
    assert found["ballot opens"].value == date(2026, 4, 30)
    assert found["ballot closes"].value == date(2026, 5, 20)
    assert found["votes counted"].value == date(2026, 5, 22)
    assert any(
        each.provision == "section 231" for each in found["members told the result"].citations
    )
    told = found["employers told the result"]
    assert any(each.provision == "section 231A" for each in told.citations)
    assert "as soon as reasonably practicable" in told.because[0].text
    elsewhere = readiness(RULEBOOK, date(2026, 6, 1), nation="NI", voting_days=21)
    (members,) = (step.latest for step in elsewhere if step.name == "members told the result")
    assert members.value == date(2026, 5, 25)
    assert members.warnings


def test_shorter_notice_by_agreement_is_there_only_while_the_law_has_it() -> None:
    def first(received: date) -> date:
        found = notice_dates(RULEBOOK, ACTION, nation="GB", received=received, agreed=True)
        return found.earliest_event_day.value

    assert first(date(2026, 2, 17)) == date(2026, 2, 24)
    assert first(date(2026, 2, 18)) == date(2026, 2, 28)


def test_northern_irish_recognition_warns_that_it_is_remembered() -> None:
    found = recognition_ballot(
        RULEBOOK,
        nation="NI",
        application_received=date(2026, 5, 1),
        bargaining_unit=200,
        yes=70,
        no=40,
    )
    assert found.recognised.value is False
    assert found.support.warnings


def test_a_misspelt_notice_is_told() -> None:
    with pytest.raises(UnknownName, match="ballot notice"):
        notice_dates(RULEBOOK, "balot notice", nation="GB", event=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("received", "by_category"),
    [(date(2026, 2, 17), True), (date(2026, 2, 18), False)],
)
def test_what_a_notice_of_action_contains(received: date, by_category: bool) -> None:
    """Section 234A(3) asked for numbers in each category until 17 February 2026."""
    facts = {"ballot.nation": "England", "notice.received": received}
    contents = ask(RULEBOOK, facts, "notice.contents", on=received)["notice.contents"]
    assert contents.known
    assert ("numbers-per-category" in contents.value) is by_category
    assert {"categories", "workplaces", "numbers-per-workplace", "explanation"} <= set(
        contents.value
    )


@pytest.mark.parametrize("received", [date(2006, 3, 19), date(2026, 3, 2)])
def test_a_notice_of_action_in_northern_ireland_gives_every_number(received: date) -> None:
    """The Order of 2004 asks for numbers, categories and workplaces still."""
    facts = {"ballot.nation": "Northern Ireland", "notice.received": received}
    contents = ask(RULEBOOK, facts, "notice.contents", on=received)["notice.contents"]
    assert {"numbers-per-category", "numbers-per-workplace", "days-of-action"} < contents.value
    assert any("remembered" in warning for warning in contents.warnings)
    before = {**facts, "notice.received": date(2006, 3, 18)}
    assert not ask(RULEBOOK, before, "notice.contents", on=received)["notice.contents"].known


DOORS = ("ballot.every_workplace_affected", "ballot.all_of_occupations", "ballot.all_of_employers")


@pytest.mark.parametrize(
    ("nation", "first"), [("Wales", date(2000, 9, 25)), ("Northern Ireland", date(2002, 10, 20))]
)
def test_one_open_door_lets_several_workplaces_vote_together(nation: str, first: date) -> None:
    """Sections 228 and 228A of the Act of 1992, and articles 109 and 109A in Northern Ireland."""
    key = "ballot.by_workplace"

    def apart(day: date = first, **said: object) -> Answer[bool]:
        facts = {"ballot.nation": nation, "ballot.opened": day, "ballot.workplaces": 3}
        doors = dict.fromkeys(DOORS, False)
        return ask(RULEBOOK, {**facts, **doors, **said}, key, on=day)[key]

    assert apart().value is True
    assert apart(**{"ballot.workplaces": 1}).value is False
    for door in DOORS:
        assert apart(**{door: True}).value is False
        unknown = apart(**{door: None})
        assert (unknown.known, unknown.missing) == (False, (door,))
    assert not apart(first - timedelta(days=1)).known
