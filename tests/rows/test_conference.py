"""Conference to action: from the timetable to what the union has done."""

from datetime import date, datetime

import pytest

from unioncore import Rulebook, answers
from unioncore.errors import UnknownName
from unioncore.model import Snapshot

pytestmark = pytest.mark.needs_plugins

KENT = "kent-police-branch"
NDC = {"to": "ndc", "edition": "2026"}


def test_a15_the_calendar_of_a_conference_is_published_or_counted_back(
    rulebook: Rulebook, now: Snapshot
) -> None:
    def in_time(edition: str, what: str, received: datetime) -> bool:
        return answers.in_time(rulebook, now, "ndc", edition, what, received).value

    # Motions of 2017 closed at noon of 28 February, as was published.
    assert in_time("2017", "motions", datetime(2017, 2, 28, 12))
    assert not in_time("2017", "motions", datetime(2017, 2, 28, 12, 1))
    assert not in_time("2017", "emergency-motions", datetime(2017, 6, 13, 9, 30))
    assert in_time("2017", "amendments", datetime(2017, 4, 24, 17))
    # An amendment of a rule has no second chance in the year.
    assert not in_time("2017", "rule-amendments", datetime(2017, 4, 25, 11))
    # Those of 2026 are counted back from 16 June: 112 and 56 days.
    found = answers.conference_calendar(rulebook, now, "ndc", "2026")
    assert found.at("motions").day.value == date(2026, 2, 24)
    assert found.at("amendments").day.value == date(2026, 4, 21)
    assert found.at("delegates").published
    with pytest.raises(UnknownName, match="did you mean '2026'"):
        answers.conference_calendar(rulebook, now, "ndc", "20226")


def test_a15_a_quarter_of_the_members_call_a_special_conference(
    rulebook: Rulebook, now: Snapshot
) -> None:
    asked = {branch.key: date(2026, 5, 1) for branch in now.units("branch")}
    assert answers.special_conference(rulebook, now, asked).value
    assert not answers.special_conference(rulebook, now, {"essex": date(2026, 5, 1)}).value


def test_a16_a_branch_sends_delegates_by_its_own_members(rulebook: Rulebook, now: Snapshot) -> None:
    found = answers.delegation(rulebook, now, "essex", **NDC)
    mine = len(now.members("essex"))
    assert (found.members, found.delegates.value, found.attending) == (mine, 1, 1)
    assert {each.part for each in found.named} == {"delegate", "sharer"}
    assert all(each.in_time.value and not each.wrong for each in found.named)
    kent = answers.delegation(rulebook, now, KENT, **NDC)
    assert [each.part for each in kent.named] == ["delegate", "substitute"]
    assert kent.attending == 1
    grouped = answers.delegation(rulebook, now, "essex", together_with=[KENT], **NDC)
    assert (grouped.members, grouped.attending) == (mine + len(now.members(KENT)), 2)
    assert grouped.wrong == ("2 are named for 1 places",)


def test_a17_motions_amendments_and_composites_are_records_with_their_movers(
    rulebook: Rulebook, now: Snapshot
) -> None:
    found = {item.key: item for item in answers.agenda(rulebook, now, "ndc", "2026").items}
    assert found["ndc-2026/1"].standing == "Carried"
    assert found["ndc-2026/1.1"].of == "ndc-2026/1"
    assert found["ndc-2026/2"].standing == "In the composite ndc-2026/A"
    assert found["ndc-2026/4"].standing == "Late"
    assert found["ndc-2026/7"].standing == "Ruled out by the standing orders committee"
    assert found["ndc-2026/6"].standing == "Not reached"


@pytest.mark.parametrize(
    ("body", "allowed", "limit"),
    [
        ("essex", True, None),
        ("nec", True, None),
        ("council-se", True, 2),
        ("sog-black", True, 2),
        ("young", True, 2),
        ("retired", True, 2),
        ("sge-health", False, None),
        ("trustees", False, None),
    ],
)
def test_a18_who_may_submit_motions_and_how_many(
    rulebook: Rulebook, now: Snapshot, body: str, allowed: bool, limit: int | None
) -> None:
    found = answers.may_put(rulebook, now, "motion", body, **NDC)
    assert found.allowed.value is allowed
    assert (found.limit.value if found.limit.known else None) == limit
    if body == "council-se":
        assert found.submitted == 2
        assert not found.may_put_more.value


def test_a19_a_rule_needs_two_thirds_and_cards_count_members(
    rulebook: Rulebook, now: Snapshot
) -> None:
    rule = answers.motion_vote(rulebook, now, "ndc-2026/5")
    assert rule is not None
    assert (rule.carried.value, rule.needed.value, rule.short_by.value) == (False, 673_414, 61_410)
    cards = answers.motion_vote(rulebook, now, "ndc-2026/A")
    assert cards is not None
    then = now.union.on(date(2026, 6, 17))
    own = {key: len(then.members(key)) for key in ("essex", "kent-police-branch", "cambridgeshire")}
    assert cards.votes_for.value == own["essex"] + own["kent-police-branch"]
    assert cards.against.value == own["cambridgeshire"]
    assert cards.carried.value
    assert any("remembered" in each for each in cards.warnings)


def test_a20_other_conferences_have_scales_and_days_of_their_own(rulebook: Rulebook) -> None:
    on = date(2026, 6, 1)
    of_group = {"to": "service-group-conference", "service_group": "local-government"}
    assert answers.delegates(rulebook, 1001, on=on, **of_group).value == 3
    council = {"to": "regional-council", "region": "SW"}
    assert answers.delegates(rulebook, 501, on=on, **council).value == 2
    assert not answers.delegates(
        rulebook, 501, on=on, to="service-group-conference", service_group="health"
    ).known
    opens = date(2016, 11, 18)
    found = answers.timetable(rulebook, opens, kind="self-organised-group-conference")
    assert {each.what: each.day.value for each in found if each.what == "motions"} == {
        "motions": date(2016, 7, 29)
    }
