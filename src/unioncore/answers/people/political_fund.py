"""Which sections of the political fund a member pays into, what it costs, and from when."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers, told
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.model import Person, Snapshot
from unioncore.numbers import half_up
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, pounds, series

__all__ = ["PoliticalFund", "political_fund", "political_fund_effect"]

_MONTHLY = Fact("political_fund_monthly", FactType.MONEY, "what the political fund costs a month")
_SECTIONS = "political_fund_sections"
_EFFECT = "fund.choice_has_effect"


@frozen
class PoliticalFund(Answers, shows="regime contributes"):
    """What one member pays into the political fund, section by section."""

    regime: Answer[str]
    """``opt-out`` or ``opt-in``, by the day of joining and the nation."""
    contributes: Answer[bool]
    """Whether the member pays into any section."""
    sections: Mapping[str, Answer[bool]]
    """Whether the member pays into each section; what was said last of a section counts."""
    section_percent: Answer[int]
    """What each section costs, in per cent of the subscription."""
    monthly: Answer[Decimal]
    """Pounds a month for all sections together, on top of the subscription."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield told("political fund", self.regime)
        for key, each in self.sections.items():
            yield told(f"  {key}", each)
        yield told("  a month on top of the subscription", self.monthly)


@checked
def political_fund(rulebook: Rulebook, now: Snapshot, person: str) -> PoliticalFund:
    """Answer what a member pays into the political fund on the day of ``now``.

    Raises:
        UnknownName: when the records know nobody of that key on that day; no key is suggested.
    """
    if now.person(person) is None:
        raise now.union.unknown(Person, person)
    facts = member_facts(rulebook, now, person)
    names = ("political_fund_regime", "political_fund", _SECTIONS, "fund.section_percent")
    found = ask(rulebook, facts, *names, "subscription_monthly", on=now.day)
    whole = found[_SECTIONS]
    work = Working.by(rulebook, now.day)
    return PoliticalFund(
        regime=found["political_fund_regime"],
        contributes=found["political_fund"],
        sections={
            key: _section(work, key, name, whole, found["political_fund"])
            for key, name in _names(rulebook).items()
        },
        section_percent=found["fund.section_percent"],
        monthly=_monthly(work, whole, found["fund.section_percent"], found["subscription_monthly"]),
    )


def _names(rulebook: Rulebook) -> dict[str, str]:
    words = rulebook.words_of("fund_section")
    return {key: rulebook.rules.name_of("fund_section", key) for key in words}


def _section(
    work: Working, key: str, name: str, whole: Answer[frozenset[str]], any_: Answer[bool]
) -> Answer[bool]:
    """Answer of one section what the set of all says, as far as it is known."""
    fact = Fact(f"{_SECTIONS}.{key}", FactType.YES_NO, f"the member pays into {name}")
    if key in whole.at_least:
        return work.known(fact, True, f"the member pays into {name}", using=[whole])
    part = whole.in_part
    if whole.known or (part is not None and part.closed and key not in part.perhaps):
        return work.known(fact, False, f"the member does not pay into {name}", using=[whole])
    if any_.known and not any_.value:
        return work.known(fact, False, "the member pays into no section", using=[any_])
    return work.not_known(fact, whole.reason, using=[whole], missing=whole.missing)


def _monthly(
    work: Working,
    sections: Answer[frozenset[str]],
    percent: Answer[int],
    subscription: Answer[Decimal],
) -> Answer[Decimal]:
    if sections.known and not sections.value:
        said = "the member pays into no section"
        return work.known(_MONTHLY, Decimal("0.00"), said, using=[sections])

    if not sections.known:
        said = "which sections the member pays into is not known"
        return work.not_known(_MONTHLY, said, using=[sections], missing=sections.missing)

    def calculate(into: frozenset[str], each: int, a_month: Decimal) -> tuple[Decimal, str]:
        cost = half_up(len(into) * each * a_month / 100, 2)
        said = f"{each} per cent of {pounds(a_month)} for each of {series(sorted(into))}"
        return cost, said

    return work.out(_MONTHLY, [sections, percent, subscription], calculate)


@checked
def political_fund_effect(
    rulebook: Rulebook,
    now: Snapshot,
    person: str,
    *,
    choice: str,
    section: str = "",
    told: date | None = None,
) -> Answer[date]:
    """Answer from which day on something that a member says of the political fund has effect.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        person: the member.
        choice: ``opted-in`` or ``opted-out``.
        section: the section of the fund; empty: the fund as a whole.
        told: the day on which the union is told; default: that of ``now``.

    Raises:
        UnknownName: when the records know nobody of that key on that day, or the fund has no such
            section, or the choice is something else.
    """
    if now.person(person) is None:
        raise now.union.unknown(Person, person)
    sections = rulebook.words_of("fund_section")
    for kind, word, known in (
        ("choice of the fund", choice, ("opted-in", "opted-out")),
        ("section of the fund", section, ("", *sections)),
    ):
        if word not in known:
            raise UnknownName(kind, word, nearest(word, known))
    facts = member_facts(rulebook, now, person)
    paid = ask(rulebook, facts, _SECTIONS, on=now.day)[_SECTIONS]
    leaves = not section or (set(paid.value) <= {section} if paid.known else None)
    facts |= {
        "fund.nation": facts.get("employer.nation"),
        "fund.choice": choice,
        "fund.choice_told": told or now.day,
        "fund.opt_out_given": told or now.day if choice == "opted-out" else None,
        "fund.choice_leaves_fund": leaves if choice == "opted-out" else False,
    }
    given = {key: value for key, value in facts.items() if value is not None}
    return ask(rulebook, given, _EFFECT, on=now.day)[_EFFECT]
