"""Worked examples of what a branch does beside its register: breaches of personal data, elections.

Importing this module registers its kinds.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.answers import branch_timetable, breach_clock, may_still_stand
from unioncore.answers.by_name import ask
from unioncore.answers.democracy.elections import contest_state
from unioncore.answers.organising.representatives import is_yes
from unioncore.legal import Period
from unioncore.replay.example_fields import day, day_if_any, moment
from unioncore.replay.examples import UNKNOWN, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_DECIDES = {"data_protection_team": "national team"}
"""How examples call whoever decides on a breach."""
_NEEDS = {True: "reasons for the delay", False: "nothing"}


@register("breach_clock")
def _breach_clock(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    told, reported = (
        moment(plain, key) if key in plain else None for key in ("told_national_team", "reported")
    )
    found = breach_clock(
        rulebook,
        moment(plain, "aware"),
        risk=plain.get("risk"),
        told_inside=told,
        reported=reported,
    )
    return {
        "due": UNKNOWN if found.due is None else found.due.isoformat(timespec="minutes"),
        "hours_left_for_team": found.hours_left,
        "who_decides": _DECIDES.get(found.decided_by.value) if found.decided_by.known else None,
        "branch_may_notify_regulator": found.branch_may_report,
        "late": found.late,
        "needs": _NEEDS[found.needs_reasons is not None and is_yes(found.needs_reasons)],
    }


_UNNAMED = date(2021, 3, 25)
"""The meeting where an example names none: one of the year whose rules it may name."""
_MISSED = r"\b[1-9]\d* have none\b"
"""How examples say that the notice did not go to somebody."""
_PAYERS = "affiliated-fund payers"
"""How examples call those who pay into the section of the fund whose officer is elected."""
_REMEDY = {"certification-officer": "Certification Officer (s.108A), after the internal way"}


@register("branch_election")
def _branch_election(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    if "election" in plain:
        return _candidacy(rulebook, plain)
    meeting = day_if_any(plain, "agm") or _UNNAMED
    rules = str(plain.get("rules"))
    known = rulebook.words_of("branch_election_rules")
    settings = {"branch.election_rules": rules} if rules in known else {}
    told = plain.get("members_told")
    found = branch_timetable(
        rulebook,
        meeting,
        facts=settings,
        notice_sent=day_if_any(plain, "notice_sent"),
        notice_way=None if told is None else "each-member",
        sent_to_all=None if told is None else not re.search(_MISSED, str(told)),
    )
    return {
        **found.answers(),
        "in_time": found.notice_in_time,
        "all_members_told": found.all_told,
        "ballot": contest_state(plain.get("candidates", 0)) == "contested",
        **_rules(rulebook, plain, {**settings, "branch_election.meeting": meeting}, meeting),
    }


def _rules(rulebook: Rulebook, plain: _Plain, facts: _Plain, on: date) -> _Plain:
    by = plain.get("nominated_by") or ()
    committee = "committee" in by
    given = {
        **facts,
        "branch_election.by_committee": committee,
        "branch_election.nominators": len(by) - committee,
        "office.role": _role(rulebook, plain),
    }
    asked = ("nominated", "without_candidate")
    names = [f"branch_election.{each}" for each in asked]
    found = ask(rulebook, given, *names, "office.voters_pay_into", on=on)
    valid, ways, section = found.values()
    labels = rulebook.words_of("way_to_fill")
    voters = plain.get("voters") or ()
    return {
        "valid": valid,
        "may": [labels[each].name for each in ways.value] if ways.known else UNKNOWN,
        "may_vote": [each for each in voters if each == _PAYERS or not section.known],
    }


def _role(rulebook: Rulebook, plain: _Plain) -> str | None:
    roles = {each.name: each.key for each in rulebook.words_of("office_role").values()}
    return roles.get(str(plain.get("post")))


def _candidacy(rulebook: Rulebook, plain: _Plain) -> _Plain:
    voted, back = day(plain, "election"), day_if_any(plain, "reinstated")
    member = [Period(None, day_if_any(plain, "membership_ended"))]
    member += [Period(back)] if back is not None else []
    facts = {"candidacy.ending_disputed": plain.get("ending_disputed")}
    lawful, remedy = ask(
        rulebook, facts, "candidacy.ending_lawful", "candidacy.remedy", on=voted
    ).values()
    nominated = day(plain, "nomination")
    return {
        "may_stand": may_still_stand(rulebook, member, nominated=nominated, voted=voted),
        "ending_lawful": lawful,
        "remedy": _REMEDY.get(remedy.value) if remedy.known else remedy,
    }
