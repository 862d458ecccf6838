"""What somebody's membership is, costs and opens, by the rules of the union."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs
from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import Office, Snapshot
from unioncore.records import member_facts, office_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["MembershipAnswers", "may_hold_office", "membership"]


@frozen
class MembershipAnswers(Answers, shows="may_join category in_good_standing"):
    """The answers about one person's membership; each field is the derived fact of that name."""

    may_join: Answer[bool]
    category: Answer[str]
    """The category that the rules give, whatever is recorded."""
    in_good_standing: Answer[bool]
    membership_began: Answer[date]
    """The day from which the branch counts membership for help and representation."""
    qualifies_for_legal_help: Answer[bool]
    """Whether the membership opens legal help for the incident."""
    subscription_band: Answer[str]
    subscription_monthly: Answer[Decimal]
    """Pounds a month, without what goes into the political fund on top."""
    subscription_yearly: Answer[Decimal]
    political_fund_regime: Answer[str]
    """``opt-out`` or ``opt-in``, by the day of joining and the nation."""
    political_fund: Answer[bool]
    """Whether the member contributes."""
    political_fund_sections: Answer[frozenset[str]]
    """The sections of the fund that the member contributes to."""
    young_member: Answer[bool]


@checked
def membership(rulebook: Rulebook, facts: Mapping[str, object], *, on: date) -> MembershipAnswers:
    """Answer what the rules say about one membership on one day; raises what ``ask`` raises."""
    names = [each.name for each in attrs.fields(MembershipAnswers)]
    return MembershipAnswers(**ask(rulebook, facts, *names, on=on))


@checked
def may_hold_office(
    rulebook: Rulebook,
    now: Snapshot,
    person: str,
    office: str,
    *,
    elected: date | None = None,
    election_began: date | None = None,
) -> Answer[bool]:
    """Answer whether a person may hold an office of the union on the day of ``now``.

    Args:
        rulebook: the rules.
        now: the union on the first day of the term.
        person: the person's key.
        office: the office's key.
        elected: the day of the election; default: the first day of the term.
        election_began: the first day of the election's timetable.

    Raises:
        UnknownName: when no record knows the person, or the office is not there on that day.
    """
    found = now.require(Office, office)
    facts = member_facts(rulebook, now, person)
    facts |= office_facts(
        rulebook, now, found, person, elected=elected, election_began=election_began
    )
    return ask(rulebook, facts, "may_hold_office", on=now.day)["may_hold_office"]
