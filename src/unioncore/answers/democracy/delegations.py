"""Whom a branch sends to a conference: how many, who they are, and whom the delegation lacks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from unioncore.answers.by_name import ask, ask_many
from unioncore.answers.democracy.conference import conference_calendar, women_in_proportion
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.model import Delegate, Snapshot
from unioncore.records import conference_facts, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, series

__all__ = ["Delegation", "NamedDelegate", "delegates", "delegation", "makeup", "places"]

_RATE = ("delegation.members_per_delegate", "delegation.first_delegates")
_SCALE = ("delegation.general", "delegation.women", "delegation.low_paid_women")
_DELEGATES = Fact("delegates", FactType.WHOLE, "the delegates that a branch sends")
_LACKS = Fact("delegation.lacks", FactType.SET, "whom the delegation lacks")
_MARKS = {"low-paid": "delegation.low_paid_from", "young": "delegation.young_from"}
"""For each kind of member that a delegation must have: from how many delegates on."""


# -- how many --------------------------------------------------------------------------------------


def _asked(members: int, to: str, region: str, service_group: str) -> dict[str, str | int | None]:
    return {
        "conference.kind": to,
        "conference.region": region or None,
        "conference.service_group": service_group or None,
        "delegation.members": members,
    }


@checked
def delegates(
    rulebook: Rulebook,
    members: int,
    *,
    on: date,
    to: str,
    region: str = "",
    service_group: str = "",
) -> Answer[int]:
    """Answer how many delegates a branch with so many members of its own sends.

    Branches that only share an employer's members are grouped by the union; how many a group sends
    is answered in the same way from the members of the group. The union's rules say for how many
    members, or part of that number, there is a delegate, and how many the first of them give; or
    they give a scale of places.

    Args:
        rulebook: the rules.
        members: the branch's members who count, zero or more.
        on: the day of the question.
        to: the kind of conference or council, a word of the vocabulary ``unit_kind``.
        region: the region whose council it is; empty for a national conference.
        service_group: the service group whose conference it is, if it is that of one.

    Raises:
        BadFacts: when ``members`` is no count, or no kind of unit or region is called so.
    """
    return _delegates(rulebook, _asked(members, to, region, service_group), on)


@checked
def places(
    rulebook: Rulebook,
    members: int,
    *,
    on: date,
    to: str,
    region: str = "",
    service_group: str = "",
) -> dict[str, Answer[int]]:
    """Answer how many of a branch's places are of which kind, where a scale gives them.

    The kinds are ``general``, ``women`` and ``low_paid_women``. Where the delegates are given by a
    rate, there are no places of a kind, and each answer is not known. The arguments, and what is
    raised, are those of ``delegates``.
    """
    return _places(rulebook, _asked(members, to, region, service_group), on)


def _places(
    rulebook: Rulebook, facts: Mapping[str, str | int | None], on: date
) -> dict[str, Answer[int]]:
    found = ask(rulebook, facts, *_SCALE, on=on)
    return {name.removeprefix("delegation."): answer for name, answer in found.items()}


def _delegates(rulebook: Rulebook, facts: Mapping[str, str | int | None], on: date) -> Answer[int]:
    members = facts["delegation.members"]
    work = Working.by(rulebook, on)
    scale = list(_places(rulebook, facts, on).values())
    if all(each.known for each in scale):
        return work.out(
            _DELEGATES,
            scale,
            lambda *kinds: (sum(kinds), f"{members:,} members: the scale gives {sum(kinds)}"),
        )

    def calculate(per: int, first: int) -> tuple[int, str]:
        if members == 0:
            return 0, "no members give no delegates"
        assert isinstance(members, int)
        count = first - 1 - (-members // per)
        begun = f"{first} for the first {per:,} or part, then " if first > 1 else ""
        return count, f"{members:,} members: {begun}one for each {per:,} or part, makes {count}"

    return work.out(_DELEGATES, list(ask(rulebook, facts, *_RATE, on=on).values()), calculate)


# -- who they are ----------------------------------------------------------------------------------


@checked
def makeup(
    rulebook: Rulebook,
    marks: Sequence[Mapping[str, bool | None]],
    *,
    on: date,
    to: str,
    region: str = "",
) -> Answer[frozenset[str]]:
    """Answer whom a delegation lacks that its size calls for: ``low-paid`` or ``young`` members.

    Args:
        rulebook: the rules.
        marks: for each delegate whether it is ``low-paid`` and ``young``; what is missing or None
            is not recorded.
        on: the day of the conference.
        to: the kind of conference or council, a word of the vocabulary ``unit_kind``.
        region: the region whose council it is; empty for a national conference.

    Raises:
        BadFacts: when a mark or a word is no such.
    """
    for each in marks:
        if wrong := [name for name in each if name not in _MARKS]:
            expected = f"one of {series(_MARKS, 'or')}"
            raise BadFacts(tuple(Problem(f"marks: {name}", expected) for name in wrong))
    facts = {"conference.kind": to, "conference.region": region or None}
    return _lacks(rulebook, marks, facts, on)


def _lacks(
    rulebook: Rulebook,
    marks: Sequence[Mapping[str, bool | None]],
    facts: Mapping[str, str | int | None],
    on: date,
) -> Answer[frozenset[str]]:
    work = Working.by(rulebook, on)
    needed = ask(rulebook, facts, *_MARKS.values(), on=on)
    using = list(needed.values())
    lacking: set[str] = set()
    not_recorded: list[str] = []
    for mark, name in _MARKS.items():
        each = needed[name]
        said = [one.get(mark) for one in marks]
        if not each.known or len(marks) < each.value or any(said):
            continue
        if None in said:
            not_recorded.append(mark)
        else:
            lacking.add(mark)
    if not_recorded and all(each.known for each in using):
        why = f"of some delegates it is not recorded whether they are {series(not_recorded, 'or')}"
        return work.not_known(_LACKS, why, using=using)
    size = f"{len(marks)} delegate{'' if len(marks) == 1 else 's'}"
    none = f"none is {series(sorted(lacking), 'or')}" if lacking else "nobody is lacking"
    return work.out(_LACKS, using, lambda *_: (frozenset(lacking), f"{size}: {none}"))


@frozen
class NamedDelegate(Answers, shows="in_time"):
    """Somebody whose name was sent in, and what is wrong with it."""

    person: str
    part: str
    """``delegate``, ``sharer``, ``substitute`` or ``speaker``."""
    in_time: Answer[bool]
    """Whether the name came in time; a substitute's for a change of delegates."""
    wrong: tuple[str, ...]
    """What is wrong with it; empty where nothing is."""


@frozen
class Delegation(Answers, shows="attending"):
    """Whom a branch, or branches that send together, send to one edition of a conference."""

    unit: str
    edition: str
    branches: tuple[str, ...]
    counts: Answer[str]
    """Which of their members count."""
    members: int | None
    """How many members count; None where it is not known which do."""
    delegates: Answer[int]
    """How many delegates they may send."""
    by_kind: dict[str, Answer[int]]
    """Their places by kind, where a scale gives them; else empty."""
    named: tuple[NamedDelegate, ...]
    """Those who are named, by key."""
    attending: int
    """How many of them will sit there with a vote: delegates, with substitutes in their stead."""
    lacks: Answer[frozenset[str]]
    """Whom the delegation lacks that its size calls for."""
    women_in_proportion: Answer[bool]
    """Whether women have their proportion of those who attend."""
    wrong: tuple[str, ...]
    """What is wrong with the delegation as a whole; empty where nothing is."""

    def to_text(self) -> str:
        """Return it as lines: how many may come, who is named, and what is wrong."""
        lines = [f"{series(self.branches)} to {self.unit} {self.edition}"]
        if self.delegates.known:
            lines.append(f"  may send {self.delegates.value}: {self.delegates.because[0].text}")
        else:
            lines.append(f"  how many they may send is not known: {self.delegates.reason}")
        for kind, each in self.by_kind.items():
            lines.append(f"    {kind.replace('_', ' ')}: {each.value}")
        for one in self.named:
            late = "" if one.in_time.known else " (whether in time is not known)"
            lines.append(f"  {one.part} {one.person}{late}")
            lines += (f"    wrong: {each}" for each in one.wrong)
        lines.append(f"  attending with a vote: {self.attending}")
        if self.lacks.known:
            lines.append(f"  lacks: {series(sorted(self.lacks.value)) or 'nobody'}")
        else:
            lines.append(f"  whom it lacks is not known: {self.lacks.reason}")
        women = self.women_in_proportion
        said = women.value_to_text() if women.known else f"not known: {women.reason}"
        lines.append(f"  women in proportion: {said}")
        lines += (f"  wrong: {each}" for each in self.wrong)
        return "\n".join(lines)


@checked
def delegation(
    rulebook: Rulebook,
    now: Snapshot,
    branch: str,
    *,
    to: str,
    edition: str,
    together_with: Iterable[str] = (),
) -> Delegation:
    """Answer how many delegates a branch may send, from its own members, and look at those named.

    Args:
        rulebook: the rules.
        now: the union; its members of that day count.
        branch: the branch that sends them.
        to: the conference, by the key of its unit.
        edition: which one, such as 2026.
        together_with: other branches that are grouped with it: the members of all count, each of
            them once, and those whom any of them names.

    Raises:
        UnknownName: when no record knows a branch or the conference, or nothing the edition.
    """
    branches = tuple(dict.fromkeys((branch, *together_with)))
    calendar = conference_calendar(rulebook, now, to, edition)
    facts = conference_facts(rulebook, now, to)
    opens = calendar.at("opens").day
    on = opens.value if opens.known else now.day
    counts = ask(rulebook, facts, "delegation.counts", on=on)["delegation.counts"]
    mine = list(dict.fromkeys(person for each in branches for person in now.members(each)))
    counted = _counted(rulebook, now, facts, counts, mine)
    work = Working.by(rulebook, on)
    by_kind: dict[str, Answer[int]] = {}
    if counted is None:
        entitled = work.out(_DELEGATES, [counts], lambda _: (None, ""))
    else:
        asked = {**facts, "delegation.members": counted}
        entitled = _delegates(rulebook, asked, on)
        by_kind = {key: each for key, each in _places(rulebook, asked, on).items() if each.known}
    rows = sorted(
        (
            row
            for row in now.rows(Delegate, "unit", to)
            if row.edition == edition and row.body in branches
        ),
        key=lambda row: row.person,
    )
    sitting = _sitting(rows)
    steps = {"substitute": calendar.at("change-of-delegates")}
    named = tuple(
        NamedDelegate(
            row.person,
            row.part,
            late := steps.get(row.part, calendar.at("delegates")).in_time(row.received),
            tuple(_wrong(row, rows, set(mine), late)),
        )
        for row in rows
    )
    marks = [_marks(rulebook, now, row, on) for row in sitting]
    wrong = []
    if entitled.known and len(sitting) > entitled.value:
        wrong.append(f"{len(sitting)} are named for {entitled.value} places")
    return Delegation(
        unit=to,
        edition=edition,
        branches=branches,
        counts=counts,
        members=counted,
        delegates=entitled,
        by_kind=by_kind,
        named=named,
        attending=len(sitting),
        lacks=_lacks(rulebook, marks, facts, on),
        women_in_proportion=women_in_proportion(
            rulebook, now, [row.person for row in sitting], mine, on
        ),
        wrong=tuple(wrong),
    )


def _counted(
    rulebook: Rulebook,
    now: Snapshot,
    facts: Mapping[str, str],
    counts: Answer[str],
    people: Sequence[str],
) -> int | None:
    """Count the members who count; None where it is not known which do, or of whom it is not."""
    if not counts.known:
        return None
    match counts.value:
        case "members":
            return len(people)
        case "group-members":
            group = facts.get("conference.service_group")
            rows = [member_facts(rulebook, now, each) for each in people]
            asked = ask_many(rulebook, rows, "service_group", on=now.day)
            found: list[Answer[str]] = [each["service_group"] for each in asked]
            if not all(each.known for each in found):
                return None
            return sum(each.value == group for each in found)
        case other:
            category = str(other).removesuffix("-members")
            held = (now.membership(each) for each in people)
            return sum(row is not None and row.category == category for row in held)


def _sitting(rows: Sequence[Delegate]) -> list[Delegate]:
    """Return those who sit there with a vote: a substitute in place of whom it is named for."""
    replaced = {row.place_of for row in rows if row.part == "substitute"}
    named = {row.person for row in rows if row.part == "delegate"}
    return [
        *(row for row in rows if row.part == "delegate" and row.person not in replaced),
        *(row for row in rows if row.part == "substitute" and row.place_of in named),
    ]


def _wrong(
    row: Delegate, rows: Sequence[Delegate], members: set[str], in_time: Answer[bool]
) -> Iterable[str]:
    """Give what is wrong with one name."""
    if in_time.known and not in_time.value:
        yield "the name came too late"
    if row.part != "speaker" and row.person not in members:
        yield "no current member of the branch"
    if row.part in ("sharer", "substitute"):
        sent = {each.person for each in rows if each.part == "delegate"}
        if row.place_of not in sent:
            yield "the branch does not send the delegate whose place is named"


def _marks(rulebook: Rulebook, now: Snapshot, row: Delegate, on: date) -> dict[str, bool | None]:
    young = ask(rulebook, member_facts(rulebook, now, row.person), "young_member", on=on)
    answer = young["young_member"]
    return {"low-paid": row.low_paid, "young": answer.value if answer.known else None}
