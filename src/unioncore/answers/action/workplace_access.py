"""A union's request for access to a workplace: who may ask, what it holds, and the steps after it.

What the Act leaves to regulations was announced and not seen enacted; such answers warn.
"""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers, told
from unioncore.answers.working import Working, nations
from unioncore.checked import checked
from unioncore.legal import Nation, shifted
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["AccessRequest", "access_request"]

_ANSWER = Fact("access.answer_by", FactType.DAY, "the last day for the employer's answer")
_AGREE = Fact("access.agree_by", FactType.DAY, "the last day on which both may agree on access")
_COMMITTEE = Fact("access.ask_committee_by", FactType.DAY, "the last day to ask the committee")
_VISIT = Fact("access.first_visit", FactType.DAY, "the first day on which the visit may be")
_ASKED = (
    "access.may_be_requested",
    "access.employer_is_large_enough",
    "access.request_holds",
    "access.request_need_not_hold",
    "core.access_answer_days",
    "core.access_negotiation_days",
    "core.access_committee_days",
    "core.access_notice_days",
)
_SECTION = "act_2025.standing"
_NO_ANSWER = (
    "no answer is given, and without one there is no time to agree: only the union may then ask "
    "the committee"
)
_ANNOUNCED = (
    "what a request holds, for which employers, and the days of each step were announced in April "
    "2026; no regulations that make them law were found"
)


@frozen(kw_only=True)
class AccessRequest(Answers, shows="requested_on answer_by ask_committee_by"):
    """What a request for access needs, and by when each step is to be taken."""

    requested_on: date
    in_force: Answer[str]
    """Whether section 59 of the Act of 2025 is in force on the day of the request."""
    may_be_requested: Answer[bool]
    employer_is_large_enough: Answer[bool]
    holds: Answer[frozenset[str]]
    need_not_hold: Answer[frozenset[str]]
    answer_by: Answer[date]
    agree_by: Answer[date]
    """Not known while no answer has come: there is then no time to agree."""
    ask_committee_by: Answer[date]
    first_visit: Answer[date]
    """The first day of a visit of which notice is given on the day of the request."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"request for access of {long_date(self.requested_on)}"
        for said, answer in (
            ("the section of the Act", self.in_force),
            ("the union may ask", self.may_be_requested),
            ("the employer has enough workers", self.employer_is_large_enough),
            ("the request is to hold", self.holds),
            ("it need not hold", self.need_not_hold),
            ("the employer is to answer by", self.answer_by),
            ("both are to agree by", self.agree_by),
            ("the committee is to be asked by", self.ask_committee_by),
            ("with notice on that day, a visit from", self.first_visit),
        ):
            yield told(f"  {said}", answer)
        every = (self.may_be_requested, self.answer_by, self.agree_by, self.ask_committee_by)
        yield from dict.fromkeys(f"warning: {w}" for each in every for w in each.warnings)


@checked
def access_request(
    rulebook: Rulebook,
    *,
    requested_on: date,
    nation: Nation | str,
    independent: bool | None = None,
    to_organise_action: bool | None = None,
    workers: int | None = None,
    answered_on: date | None = None,
    on: date,
) -> AccessRequest:
    """Answer who may ask for access to a workplace, what the request holds, and the days after it.

    Each time is in working days of the nation and begins with the day of the request or of the
    answer. The right was enacted and its start announced; how long each time is was announced in
    April 2026. Each answer says so.

    Args:
        rulebook: the rules.
        requested_on: the day on which the employer had the request.
        nation: where the workplace is.
        independent: whether the union has a certificate of independence; None: not known.
        to_organise_action: whether access is for organising industrial action; None: not known.
        workers: how many workers the employer has; None: not known.
        answered_on: the day of the employer's answer; None: it has not come.
        on: the day of the question.

    Raises:
        BadFacts: when a number is negative.
        UnknownName: when there is no such nation, with the nearest spelling.
    """
    nations(nation)  # a name that is none is told as a nation
    calendar = rulebook.calendar(nation)
    said = {
        "right.nation": str(nation),
        "access.union_has_certificate": independent,
        "access.is_to_organise_action": to_organise_action,
        "access.workers": workers,
    }
    given = {key: value for key, value in said.items() if value is not None}
    may, large, holds, lacks, answer, talks, committee, notice = (
        ask(rulebook, given, *_ASKED, on=requested_on)[name] for name in _ASKED
    )
    section = {"act_2025.provision": "section-59", "act_2025.nation": str(nation)}
    work = Working.by(rulebook, on)

    def beginning(fact: Fact, days: Answer[int], start: date) -> Answer[date]:
        def count(number: int) -> tuple[date, str]:
            last = calendar.add_working_days(shifted(start, -1), number)
            return last, f"{number} working days that begin with {long_date(start)}"

        return work.out(fact, [days], count, warnings=(_ANNOUNCED,))

    def after(fact: Fact, days: Answer[int], start: date) -> Answer[date]:
        def count(number: int) -> tuple[date, str]:
            first = calendar.add_working_days(start, number)
            return first, f"{number} working days after {long_date(start)}"

        return work.out(fact, [days], count, warnings=(_ANNOUNCED,))

    agree_by = (
        work.not_known(_AGREE, _NO_ANSWER)
        if answered_on is None
        else beginning(_AGREE, talks, answered_on)
    )
    return AccessRequest(
        requested_on=requested_on,
        in_force=ask(rulebook, section, _SECTION, on=requested_on)[_SECTION],
        may_be_requested=may,
        employer_is_large_enough=large,
        holds=holds,
        need_not_hold=lacks,
        answer_by=beginning(_ANSWER, answer, requested_on),
        agree_by=agree_by,
        ask_committee_by=beginning(_COMMITTEE, committee, requested_on),
        first_visit=after(_VISIT, notice, requested_on),
    )
