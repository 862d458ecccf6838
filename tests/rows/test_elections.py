"""Elections within the union: who may stand and vote, what the votes make, and what is declared."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from unioncore import Rulebook, changes
from unioncore.answers import election_standing, elections, may_vote
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.legal import Nation
from unioncore.model import ElectionCandidate, Snapshot, Union

pytestmark = pytest.mark.needs_plugins


def test_a29_an_election_has_candidates_nominations_and_a_result(
    rulebook: Rulebook, now: Snapshot, run: Callable[..., Any]
) -> None:
    found = election_standing(rulebook, now, "nec-2025")
    north_west, south_east, wales = found.contests
    assert north_west.elected == ("M0623",)
    assert wales.state == "unopposed"
    assert wales.elected == ("M0324",)
    kent = [each for each in south_east.candidates[0].nominations if "county" in each.unit]
    assert [each.valid.value for each in kent] == [False]
    assert found.register_day.value == date(2025, 1, 21)
    said = run("elections --election nec-2025 --on 2026-10-01").output
    assert "M0623: elected; 3120 votes, 52.05 %" in said
    assert "M0051 has 1 of 2 valid nominations needed" in said
    wrong = run("elections --election nec-2026 --on 2026-10-01")
    assert wrong.exit_code == 2
    assert "nec-2025" in wrong.output


def test_a29_no_votes_are_told_before_the_result(rulebook: Rulebook, union: Union) -> None:
    found = election_standing(rulebook, union.on(date(2025, 6, 10)), "nec-2025")
    assert {each.votes for contest in found.contests for each in contest.candidates} == {None}
    assert [each.state for each in found.contests] == ["contested", "contested", "unopposed"]
    assert not found.after


def test_a29_who_may_vote_for_a_seat(rulebook: Rulebook, now: Snapshot) -> None:
    def asked(person: str) -> Any:
        return may_vote(rulebook, now, person, "nec-2025", "nec/se-male").value

    assert asked("M0002") is True
    assert asked("M0623") is False
    with pytest.raises(UnknownName, match="nec/se-male"):
        may_vote(rulebook, now, "M0002", "nec-2025", "nec/se-mal")


def test_a29_the_result_fills_the_seat(rulebook: Rulebook, union: Union) -> None:
    on = date(2026, 10, 2)
    filled = changes.declare(rulebook, union, "nec-se-2026", on=on)
    assert filled.on(on).holders("nec/se-male") == ("M0049",)
    with pytest.raises(ChangeRefused, match="places are taken"):
        changes.declare(rulebook, filled, "nec-se-2026", on=on)
    tied = union.append(
        *(
            ElectionCandidate(election="nec-se-2026", office="nec/se-male", person=person, votes=7)
            for person in ("M0049", "M0051")
        )
    )
    with pytest.raises(ChangeRefused, match="tied"):
        changes.declare(rulebook, tied, "nec-se-2026", on=on)


def test_a29_five_years_without_an_election_are_found(rulebook: Rulebook, union: Union) -> None:
    on = date(2030, 6, 22)
    last = elections(rulebook, union.on(on)).findings
    assert not any("nec/cw-female" in each for each in last)
    later = union.on(date(2030, 6, 23))
    assert "nec/cw-female was to be elected again by 22 June 2030" in (
        elections(rulebook, later).findings
    )
    elsewhere = elections(rulebook, later, nation=Nation.NORTHERN_IRELAND).findings
    assert not any("elected again" in each for each in elsewhere)
