"""Whom a text to many members reaches, by keys and never by addresses; and whether it may go out.

An audience is a condition over what the records say of members, without those who chose otherwise.
Every member is in it, is left out for a reason, or is one of whom it is not known.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import ContactChoice, Membership, Message, Snapshot
from unioncore.records import member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, compile_condition, long_date

__all__ = ["Audience", "MessageStanding", "audience", "message"]

_CHOICES = ("consent", "none", "refused")
_NO_MEMBER = "no current member"
_NOT_MEANT = "the condition does not hold"


@frozen
class Audience(Answers, shows="on members", inside="reached left_out not_known"):
    """Whom a text reaches on a day. How many they are is given out, and the keys only by name."""

    on: date
    when: str
    """The condition over members."""
    channel: str
    purpose: str
    members: int
    """How many are reached."""
    members_left_out: Mapping[str, int]
    """How many are not, by the reason."""
    members_not_known: Mapping[str, int]
    """Of how many it is not known, by what is not."""
    allowed: Mapping[str, Answer[bool]]
    """What the rules say to those who consented, who chose nothing, and who refused."""
    blind_copy: Answer[bool]
    """Whether each is sent a blind copy."""
    reached: tuple[str, ...] = field(repr=False)
    """The keys of those who are reached, in the order of the records."""
    left_out: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The keys of those who are not, by the reason."""
    not_known: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The keys of those of whom it is not known, by what is not."""

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.purpose} by {self.channel}: {self.members:,} members"
        for reason, count in self.members_left_out.items():
            yield f"  left out, {reason}: {count:,}"
        for reason, count in self.members_not_known.items():
            yield f"  not known, {reason}: {count:,}"
        if self.blind_copy.known:
            yield self.blind_copy.because[0].text


@checked
def audience(
    rulebook: Rulebook, now: Snapshot, *, channel: str, purpose: str, when: str = "True"
) -> Audience:
    """Answer which members a text reaches that is sent on a day.

    Args:
        rulebook: the rules.
        now: the union on the day on which it is sent.
        channel: how, a word of the vocabulary ``contact_channel``.
        purpose: what for, a word of the vocabulary ``contact_purpose``.
        when: whom it is for, as a condition over the facts of a member, such as
            ``membership.branch == 'essex'``.

    Raises:
        BadFacts: when no channel or purpose is called so.
        NotationError: when the condition is none.
        UnknownName: when it names a branch or an employer that no record knows.
    """
    rules, day = rulebook.rules, now.day
    condition = member_condition(rulebook, now.union, when)
    holds = compile_condition(rules, condition, on=day)
    facts = {"contact.channel": channel, "contact.purpose": purpose}
    allowed = {
        choice: ask(rulebook, {**facts, "contact.choice": choice}, "contact.allowed", on=day)[
            "contact.allowed"
        ]
        for choice in _CHOICES
    }
    said = _choices(now, channel, purpose)
    reached: list[str] = []
    left_out: dict[str, list[str]] = {}
    not_known: dict[str, list[str]] = {}
    for person, current in _everybody(now).items():
        may = allowed[said.get(person, "none")]
        if not current:
            left_out.setdefault(_NO_MEMBER, []).append(person)
        elif (meant := holds(member_facts(rulebook, now, person, only=holds.reads))) is False:
            left_out.setdefault(_NOT_MEANT, []).append(person)
        elif may.known and not may.value:
            left_out.setdefault(_because(may), []).append(person)
        elif meant is None:
            not_known.setdefault("whether the condition holds", []).append(person)
        elif not may.known:
            not_known.setdefault(may.reason, []).append(person)
        else:
            reached.append(person)
    copies = ask(rulebook, facts, "contact.blind_copy", on=day)["contact.blind_copy"]
    return Audience(
        on=day,
        when=when,
        channel=channel,
        purpose=purpose,
        members=len(reached),
        members_left_out={reason: len(each) for reason, each in left_out.items()},
        members_not_known={reason: len(each) for reason, each in not_known.items()},
        allowed=allowed,
        blind_copy=copies,
        reached=tuple(reached),
        left_out={reason: tuple(each) for reason, each in left_out.items()},
        not_known={reason: tuple(each) for reason, each in not_known.items()},
    )


def _because(answer: Answer[bool]) -> str:
    return answer.because[0].text.partition(", because ")[2] or answer.because[0].text


def _everybody(now: Snapshot) -> dict[str, bool]:
    """Return everybody with a membership of the union, and whether it is current."""
    found: dict[str, bool] = {}
    for row in now.every(Membership):
        if row.union in ("", now.union.key):
            found[row.person] = found.get(row.person, False) or row.status == "current"
    return found


def _choices(now: Snapshot, channel: str, purpose: str) -> dict[str, str]:
    """Return what each said of a channel; what is said of the very purpose counts first."""
    rows = [row for row in now.every(ContactChoice) if row.channel == channel]
    found = {row.person: row.choice for row in rows if not row.purpose}
    return found | {row.person: row.choice for row in rows if row.purpose == purpose}


# -- texts -----------------------------------------------------------------------------------------


@frozen
class MessageStanding(Answers, shows="key version"):
    """The last version of a text on a day, and what is still to be done with it."""

    key: str
    version: int
    versions: int
    """How many there are by the day, this one included."""
    title: str
    unit: str
    approved_by: str
    """The office that approved this version; empty where that is not recorded."""
    approved: date | None
    trial_sent: date | None
    may_send: Answer[bool]
    sent: date | None
    sent_to: int | None
    """To how many members it went, as logged; None: not recorded."""
    audience: Audience
    """Whom it reaches on the day."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        told = [f"{self.title} ({self.key}), version {self.version} of {self.versions}"]
        by = f" by {self.approved_by}" if self.approved_by else ""
        told.append(f"approved: {_day(self.approved)}{by}")
        told.append(f"trial: {_day(self.trial_sent)}")
        may = self.may_send
        told.append(may.because[0].text if may.known else f"may it go out: {may.reason}")
        count = "" if self.sent_to is None else f" to {self.sent_to:,} members"
        told.append(f"sent: {_day(self.sent)}{count}")
        return "\n".join((*told, self.audience.to_text()))


def _day(day: date | None) -> str:
    return "not recorded" if day is None else long_date(day)


@checked
def message(rulebook: Rulebook, now: Snapshot, key: str) -> MessageStanding:
    """Answer how the last version of a text stands that was entered by the day.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        key: the text.

    Raises:
        UnknownName: when no record knows the text.
        NotationError: when the condition on whom it is for is none.
    """
    rows = sorted(now.rows(Message, "key", key), key=lambda row: row.version)
    begun = [row for row in rows if row.recorded is None or row.recorded <= now.day]
    if not begun:
        raise now.union.unknown(Message, key)
    last = begun[-1]
    by_now = {name: _by(getattr(last, name), now.day) for name in _DAYS}
    facts: dict[str, Any] = {
        "contact.channel": last.channel,
        "contact.purpose": last.purpose,
        "contact.trial_sent": by_now["trial_sent"] is not None,
    }
    return MessageStanding(
        key=key,
        version=last.version,
        versions=len(begun),
        title=last.title,
        unit=last.unit,
        approved_by=last.approved_by if by_now["approved"] else "",
        **by_now,
        may_send=ask(rulebook, facts, "contact.may_send", on=now.day)["contact.may_send"],
        sent_to=last.sent_to if by_now["sent"] else None,
        audience=audience(
            rulebook,
            now,
            channel=last.channel,
            purpose=last.purpose,
            when=last.group or "True",
        ),
    )


_DAYS = ("approved", "trial_sent", "sent")
"""The days on which something was done with a version."""


def _by(day: date | None, now: date) -> date | None:
    return day if day is not None and day <= now else None
