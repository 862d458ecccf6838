"""Whether a ballot leads to the statutory recognition of a union."""

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore.answers.action.ballots import MET
from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Nation
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["RecognitionBallot", "recognition_ballot"]

_MAJORITY = Fact("majority_of_votes", FactType.YES_NO, "more voted Yes than No")


@frozen
class RecognitionBallot(Answers, shows="majority_of_votes support recognised"):
    """The result of a ballot on statutory recognition."""

    majority_of_votes: Answer[bool]
    support: Answer[str]
    """Whether enough of the unit voted Yes: ``met``, ``not-met`` or ``not-required``."""
    recognised: Answer[bool]
    support_pct_of_unit: Fraction
    """The Yes votes, of the bargaining unit; exact."""


@checked
def recognition_ballot(
    rulebook: Rulebook,
    *,
    nation: Where,
    application_received: date | DayRange,
    bargaining_unit: int,
    yes: int,
    no: int,
    parties_informed_of_ballot: date | DayRange | None = None,
) -> RecognitionBallot:
    """Answer whether a ballot leads to statutory recognition.

    Args:
        rulebook: holds the tests.
        nation: whose law governs the application.
        application_received: the day on which the Committee, or the Court, received it.
        bargaining_unit: the workers in the unit.
        yes: the votes for recognition.
        no: the votes against.
        parties_informed_of_ballot: the day on which it told the parties of the ballot; default:
            any day from that of the application on.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when a number is negative, nobody is in the unit, or more vote than there are.
    """
    if not 0 < bargaining_unit >= yes + no:
        raise BadFacts((Problem("bargaining_unit", "one or more, and as many as voted or more"),))

    received = DayRange.of(application_received)
    informed = parties_informed_of_ballot or DayRange(received.earliest, date.max)

    def asked(name: str) -> Answer[Any]:
        def answer(each: Nation, day: date) -> Answer[Any]:
            facts = {
                "recognition.nation": each,
                "recognition.parties_informed_of_ballot": day,
                "recognition.bargaining_unit": bargaining_unit,
                "recognition.yes": yes,
                "recognition.no": no,
            }
            return ask(rulebook, facts, name, on=day)[name]

        return in_each(nation, informed, answer)

    majority = asked("core.recognition_majority")
    said = f"{yes} Yes and {no} No"
    work = Working.by(rulebook, majority.on)
    return RecognitionBallot(
        majority_of_votes=work.out(_MAJORITY, [majority], lambda found: (found == MET, said)),
        support=asked("core.recognition_support"),
        recognised=asked("recognition.recognised"),
        support_pct_of_unit=Fraction(100 * yes, bargaining_unit),
    )
