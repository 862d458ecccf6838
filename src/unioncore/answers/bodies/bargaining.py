"""Whether a body has agreed, and how a pay round came out."""

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.legal import DayRange, in_force
from unioncore.model import BodyVersion, Ending, PayRound, Side, SideKey, Votes, WayOfDeciding
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, series

__all__ = ["Decision", "RoundOutcome", "decide", "round_outcome"]


@frozen
class Decision(Answers, shows="body agreed outvoted"):
    """What a body came to, given who accepts and who does not."""

    body: str
    agreed: Answer[bool]
    outvoted: tuple[str, ...]
    """Unions that the agreement was made without, or that would have agreed."""
    binds: str
    """Whom an agreement binds, where that is not everybody covered."""


@checked
def decide(
    rulebook: Rulebook, body: str, positions: Mapping[str, bool | None], *, on: date
) -> Decision:
    """Answer whether a body has agreed on a day, by its own way of deciding.

    In which order the positions are given makes no difference. Where seats are not known, the
    answer is known only if no division of them could turn it: because the unions all say the same,
    or because unions that are known to be a majority together do.

    Args:
        rulebook: holds the body.
        body: its key.
        positions: for each union by key, and for ``employers``, whether it accepts; None where that
            is not known. A union left out is not known; the employers, left out, accept what they
            offered.
        on: the day of the decision.

    Raises:
        UnknownName: when no body, or no union, has the key.
    """
    version = in_force(rulebook.body(body).versions, on)
    given = {SideKey.EMPLOYERS: True, **positions}
    unions = rulebook.words_of("union")
    names = {key: unions[key].name for key in (*unions, *given) if key != SideKey.EMPLOYERS}
    work, fact = Working.by(rulebook, on), Fact(body, FactType.YES_NO, f"{body} agrees")
    if version is None:
        agreed = work.not_known(fact, f"nothing is known of {body} on {on.isoformat()}")
        return Decision(body, agreed, (), "")
    way = rulebook.named(WayOfDeciding).get(version.decides_by)
    agreed = _Deciding(work, fact, version, way, given, names).agreed()
    outvoted: tuple[str, ...] = ()
    # Nobody is outvoted where it was the employers who refused.
    if agreed.known and given[SideKey.EMPLOYERS]:
        said = _sitting(_union_side(version), given)
        outvoted = tuple(sorted(key for key, each in said.items() if each is (not agreed.value)))
    return Decision(body, agreed, outvoted, version.binds)


def _union_side(version: BodyVersion) -> Side | None:
    return next((each for each in version.sides if each.key == SideKey.UNIONS), None)


def _sitting(side: Side | None, given: Mapping[str, bool | None]) -> dict[str, bool | None]:
    """Return what each union says that sits on the side, or may sit there."""
    unions = {key: said for key, said in given.items() if key != SideKey.EMPLOYERS}
    if side is None or not side.complete:
        return unions
    return {key: unions.get(key) for key in side.unions}


@frozen(repr=False)
class _Deciding:
    """One question whether a body agrees."""

    work: Working
    fact: Fact
    version: BodyVersion
    way: WayOfDeciding | None
    """How the body decides; None: not known."""
    given: Mapping[str, bool | None]
    names: Mapping[str, str]

    def known(self, value: bool, text: str, *warnings: str) -> Answer[bool]:
        cited = self.version.citations
        return self.work.known(self.fact, value, text, citations=cited, warnings=warnings)

    def not_known(self, why: str, *using: Answer[bool]) -> Answer[bool]:
        return self.work.not_known(self.fact, why, using=using)

    def agreed(self) -> Answer[bool]:
        if self.given[SideKey.EMPLOYERS] is False:
            return self.known(False, "the employers do not accept")
        found = self.unions_agree()
        if self.given[SideKey.EMPLOYERS] is None and (not found.known or found.value):
            return self.not_known("whether the employers accept is not known", found)
        return found

    def unions_agree(self) -> Answer[bool]:
        way, side = self.way, _union_side(self.version)
        unions = _sitting(side, self.given)
        said = set(unions.values())
        if side is not None and side.complete and said == {True}:
            return self.known(True, "every union on it accepts")
        if side is not None and side.complete and said == {False}:
            return self.known(False, "no union on it accepts")
        if way is None:
            how = f"how {self.version.name} decides is not known"
            return self.not_known(f"{how}, and the unions do not all say the same")
        how = way.name
        refusing = [key for key in (side.unions if side else ()) if unions.get(key) is False]
        if refusing and way.is_unanimous:
            who = series(self.names[key] for key in refusing)
            return self.known(False, f"not accepted by {who} ({how})")
        by_seats = side is not None and way.votes is Votes.SEATS
        old = _seats_as_of(side) if by_seats else ()
        if side is not None and by_seats and way.is_by_majority:
            for majority in side.majorities:
                who = series(self.names[key] for key in majority)
                told = f"together a majority of the union side ({how})"
                said = {unions.get(key) for key in majority}
                if said == {True}:
                    return self.known(True, f"accepted by {who}, {told}", *old)
                if said == {False}:
                    return self.known(False, f"refused by {who}, {told}", *old)
        least, most, whole = _weights(way.votes, side, unions)
        if whole is None:
            why = "what the unions are known to say does not decide it"
            return self.not_known(f"{why}, and could be turned by others")
        needed = way.needed(whole)
        accept = f"of {whole} on the union side accept"
        if least >= needed:
            return self.known(True, f"{least} {accept}, {needed} are needed ({how})", *old)
        if most < needed:
            return self.known(False, f"at most {most} {accept}, {needed} are needed ({how})", *old)
        return self.not_known(f"from {least} to {most} {accept}, and {needed} are needed")


def _seats_as_of(side: Side | None) -> tuple[str, ...]:
    """Warn that the seats of unions are those of an earlier day, where they are."""
    if side is None or not side.seats_as_of:
        return ()
    return (f"the seats by union are those of {side.seats_as_of}",)


def _weights(
    counted: Votes, side: Side | None, unions: Mapping[str, bool | None]
) -> tuple[int, int, int | None]:
    """Return the least and the most that accept, and all that there are; None: not known."""
    if side is None or counted is Votes.NONE:
        return 0, 0, None
    if counted is Votes.ONE_EACH:
        if not side.complete:
            return 0, 0, None
        votes = {key: 1 for key in side.unions}
        whole = len(votes)
    else:
        votes = {each.who: each.seats for each in side.seats_by}
        everybody = side.complete and set(side.unions) <= votes.keys()
        # Seats as far as they are known are not all that there are.
        whole = side.seats or (sum(votes.values()) if everybody else 0)
        if not whole:
            return 0, 0, None
    least = sum(count for key, count in votes.items() if unions.get(key) is True)
    against = sum(count for key, count in votes.items() if unions.get(key) is False)
    # Seats whose holder is not known could go either way.
    return least, whole - against, whole


# -- pay rounds ------------------------------------------------------------------------------------


@frozen
class RoundOutcome(Answers, shows="round ending"):
    """How a pay round came out, and on what that rests."""

    round: PayRound
    ending: Ending
    derived: bool
    """Whether it follows from the positions by the body's way of deciding."""
    decision: Decision | None
    text: str


@checked
def round_outcome(rulebook: Rulebook, key: str) -> RoundOutcome:
    """Return the outcome of a recorded pay round.

    It is derived where the positions of the unions are recorded and decide by the body's own rule;
    otherwise it reads "recorded, not derived".

    Raises:
        UnknownName: when no pay round has the key.
    """
    found = rulebook.named(PayRound)[key]
    recorded = f"{found.ending} (recorded, not derived)"
    day = _settled_on(found)
    if not found.positions or day is None:
        return RoundOutcome(found, found.ending, False, None, recorded)
    positions = {each.union: each.accepts for each in found.positions}
    decision = decide(rulebook, found.body, positions, on=day)
    if not decision.agreed.known:
        text = f"{recorded}: {decision.agreed.reason}"
        return RoundOutcome(found, found.ending, False, decision, text)
    agreed = decision.agreed.value
    fits = agreed == (found.ending is Ending.AGREED)
    text = f"{'agreed' if agreed else 'not agreed'}: {decision.agreed.because[0].text}"
    if decision.outvoted:
        unions = rulebook.words_of("union")
        text += f"; {series(unions[key].name for key in decision.outvoted)} outvoted"
    if not fits:
        text += f"; recorded as {found.ending}"
    return RoundOutcome(found, found.ending, fits, decision, text)


def _settled_on(found: PayRound) -> date | None:
    days = [DayRange.of(DayRange.parse(step.on)).latest for step in found.steps if step.on]
    if days:
        return max(days)
    return found.holds.start if found.holds is not None else None
