"""Every member is in an audience, is left out for a reason, or is one of whom it is not known."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import Audience, audience, message
from unioncore.errors import BadFacts, NotationError, UnknownName
from unioncore.model import ContactChoice, Membership, Message, Person, Union, Unit
from unioncore.records import member_facts, read_files
from unioncore.rules import Subject
from unioncore.rules.typecheck import read_condition

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 1)
LONG_AGO = date(2020, 1, 1)
CHOICES = (None, "consent", "refused")
GENDERS = ("", "female", "male")


def a_union(*told: tuple[str, str | None, str | None, str]) -> Union:
    """Return a union of members, each with status, choice for all, choice for news, and gender."""
    union = Union(key="unison", units=(Unit(key="b", kind="branch", name="B"),))
    for number, (status, general, news, gender) in enumerate(told):
        key = f"m{number}"
        union = union.append(
            Person(key=key, name="Test", gender=gender),
            Membership(person=key, start=LONG_AGO, category="full", status=status, branch="b"),
        )
        for purpose, choice in (("", general), ("bulletin", news)):
            if choice is not None:
                union = union.append(
                    ContactChoice(
                        person=key, channel="email", purpose=purpose, choice=choice, start=LONG_AGO
                    )
                )
    return union


def asked(union: Union, when: str = "True", **more: Any) -> Audience:
    given = {"channel": "email", "purpose": "bulletin", **more}
    return audience(everything(), union.on(given.pop("on", DAY)), when=when, **given)


MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(("current", "lapsed")),
        st.sampled_from(CHOICES),
        st.sampled_from(CHOICES),
        st.sampled_from(GENDERS),
    ),
    max_size=8,
)


@given(
    told=MEMBERS,
    purpose=st.sampled_from(("ballot", "benefits", "bulletin", "election")),
    channel=st.sampled_from(("email", "letter")),
)
def test_every_member_is_in_exactly_one_place(told: list[Any], purpose: str, channel: str) -> None:
    union = a_union(*told)
    found = asked(union, "person.gender == 'female'", purpose=purpose, channel=channel)
    places = [found.reached, *found.left_out.values(), *found.not_known.values()]
    assert sorted(key for place in places for key in place) == sorted(
        row.person for row in union.memberships
    )
    assert found.members == len(found.reached)
    assert found.members_left_out == {key: len(each) for key, each in found.left_out.items()}
    for key in found.reached:
        status, _, _, gender = told[int(key[1:])]
        assert (status, gender) == ("current", "female")


@given(told=MEMBERS)
def test_nobody_is_in_against_their_word(told: list[Any]) -> None:
    for key in asked(a_union(*told)).reached:
        _, general, news, _ = told[int(key[1:])]
        assert (news or general) != "refused"


def test_what_is_said_of_the_very_purpose_counts_before_what_is_said_of_all() -> None:
    union = a_union(("current", "refused", "consent", ""), ("current", "consent", "refused", ""))
    assert asked(union).reached == ("m0",)
    assert asked(union, purpose="event").reached == ("m1",)


def test_a_choice_holds_for_its_days_alone() -> None:
    row = ContactChoice(
        person="m0", channel="email", choice="refused", start=DAY, end=date(2026, 6, 3)
    )
    union = a_union(("current", None, None, "")).append(row)
    days = (date(2026, 5, 31), DAY, date(2026, 6, 2), date(2026, 6, 3))
    assert [asked(union, on=day).members for day in days] == [1, 0, 0, 1]


def test_papers_of_a_ballot_reach_those_who_refused_and_an_offer_needs_consent() -> None:
    union = a_union(("current", "refused", None, ""), ("current", None, None, ""))
    assert asked(union, purpose="ballot").members == 2
    assert asked(union, purpose="election").members == 2
    offer = asked(union, purpose="benefits")
    assert offer.members_left_out == {
        "the member refused it": 1,
        "an offer by electronic mail needs consent, and none is recorded": 1,
    }


def test_where_no_rule_says_so_it_is_not_known_and_not_yes() -> None:
    found = asked(a_union(("current", None, None, "")), channel="letter")
    assert (found.members, sum(found.members_not_known.values())) == (0, 1)


def test_what_is_printed_has_no_key_in_it() -> None:
    found = asked(a_union(("current", None, None, ""), ("lapsed", None, None, "")))
    told = f"{found!r} {found.to_text()} {found.to_dict()}"
    assert "m0" not in told
    assert "m1" not in told
    assert "each member is sent a blind copy" in told


def test_a_slip_in_a_condition_is_no_empty_audience() -> None:
    union = a_union(("current", None, None, ""))
    with pytest.raises(UnknownName, match="no unit is called 'bb'; did you mean 'b'"):
        asked(union, "membership.branch == 'bb'")
    with pytest.raises(UnknownName, match="no unit is called 'c'"):
        asked(union, "membership.branch in ('b', 'c')")
    with pytest.raises(NotationError, match="no fact"):
        asked(union, "membership.brnach == 'b'")
    with pytest.raises(BadFacts, match="did you mean 'email'"):
        asked(union, channel="e-mail")


@cache
def some_conditions() -> tuple[Any, ...]:
    texts = (
        "membership.branch == 'b'",
        "membership.region == 'EA'",
        "person.gender == 'female' or not person.working",
        "known(person.gender)",
        "membership.status == 'current' and person.gender in ('male', 'other')",
        "young_member",
    )
    return tuple(read_condition(everything().rules, text) for text in texts)


@given(told=MEMBERS)
def test_the_compiled_condition_says_what_the_walk_says(told: list[Any]) -> None:
    from unioncore.rules import compile_condition

    book, now = everything(), a_union(*told).on(DAY)
    for condition in some_conditions():
        holds = compile_condition(book.rules, condition, on=DAY)
        for person in now.union.people:
            facts = member_facts(book, now, person.key)
            assert holds(facts) is Subject(book.rules, {**facts, "on": DAY}).truth(condition)


def test_facts_that_are_asked_for_alone_are_those_that_are_asked_for_with_all() -> None:
    book = everything()
    now = a_union(("current", None, None, "female"), ("lapsed", None, None, "")).on(DAY)
    for person in ("m0", "m1"):
        every = member_facts(book, now, person)
        for key, value in every.items():
            assert member_facts(book, now, person, only=frozenset({key})) == {key: value}


# -- texts -----------------------------------------------------------------------------------------


def a_text(**more: Any) -> Message:
    given = {"version": 1, "title": "News", "text": "...", "channel": "email", **more}
    return Message(key="t", unit="b", purpose="bulletin", **given)


def test_a_text_is_locked_until_its_trial() -> None:
    union = a_union(("current", None, None, "")).append(
        a_text(trial_sent=date(2026, 6, 2), sent=date(2026, 6, 3), sent_to=1)
    )
    told = {day: message(everything(), union.on(date(2026, 6, day)), "t") for day in (1, 2, 3)}
    assert [each.may_send.value for each in told.values()] == [False, True, True]
    assert [each.sent_to for each in told.values()] == [None, None, 1]


def test_the_last_version_by_the_day_counts() -> None:
    union = a_union(("current", None, None, "")).append(
        a_text(recorded=date(2026, 5, 1)),
        a_text(version=2, title="Newer", recorded=date(2026, 5, 20)),
    )
    titles = [message(everything(), union.on(date(2026, 5, day)), "t").title for day in (1, 19, 20)]
    assert titles == ["News", "News", "Newer"]
    with pytest.raises(UnknownName):
        message(everything(), union.on(date(2026, 4, 30)), "t")


HEAD = "key,version,unit,title,text,channel,purpose,trial_sent,sent\n"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (",2026-06-03", "sent: was not to go out before a trial was sent"),
        ("2026-06-04,2026-06-03", "sent: comes before trial_sent"),
        ("2026-06-03,2026-06-03", ""),
    ],
)
def test_a_mail_that_went_out_before_its_trial_is_a_fault(days: str, said: str) -> None:
    files = {
        "union.toml": b'union = "unison"\n',
        "units.csv": b"key,kind,name\nb,branch,B\n",
        "messages.csv": f"{HEAD}t,1,b,News,...,email,bulletin,{days}\n".encode(),
    }
    found = [str(each) for each in read_files(files, everything()).faults]
    assert any(said in each for each in found) if said else not found
