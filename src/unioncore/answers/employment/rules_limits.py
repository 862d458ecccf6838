"""By when something must be done that the rules of a tribunal set a time for, such as an appeal.

How long there is, and how that is counted, the clock of a case type says.
"""

from datetime import date, datetime

import attrs
from attrs import frozen

from unioncore.answers.employment.tribunal import Presented, came_in_time
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Worked
from unioncore.answers.working import Alternative, Where, Working, agree_by_name, bounds, nations
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import DayRange, Duration, Nation, TimeUnit, in_force
from unioncore.model import CaseType, Clock
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["RulesLimit", "appeal", "rules_limit"]

_COUNTED = Fact("counted_last_day", FactType.DAY, "the last day before it moves")
_LAST_DAY = Fact("last_day", FactType.DAY, "the last day")
_LATEST = Fact("latest_time", FactType.TEXT, "the latest time on the last day")
_APPEAL = "core.employment_appeal/notice"


@frozen
class RulesLimit(Worked, shows="last_day latest_time in_time"):
    """The time that the rules of a tribunal give for one step; every last day is included."""

    name: str
    """What must be done, in words."""
    starts: date | DayRange
    """The day from which time runs."""
    counted_last_day: Answer[date]
    """The last day as it is counted, even where the office is closed on it; this one is safe."""
    last_day: Answer[date]
    """The last day, after it has moved to an open day as the rules have it."""
    latest_time: Answer[str]
    """Until when it runs, by the clock of the United Kingdom, such as ``16:00``."""
    in_time: Answer[bool]
    """Whether what was received came in time."""


@checked
def rules_limit(
    rulebook: Rulebook,
    clock: str,
    sent: date | DayRange,
    *,
    nation: Where,
    received: Presented | None = None,
) -> RulesLimit:
    """Answer by when a step must be taken that the rules of a tribunal set a time for.

    Args:
        rulebook: holds the case types with their clocks, and how they are counted.
        clock: the clock, by the key of its case type and its own, such as
            ``core.employment_tribunal/response``.
        sent: the day from which time runs, such as that on which a judgment was sent.
        nation: of the tribunal.
        received: when the step was taken: when the tribunal had what was sent to it.

    Raises:
        UnknownName: when there is no such case type, clock or nation, with the nearest spelling.
    """
    key, _, name = clock.partition("/")
    kind = rulebook.case_type(key)
    known = [each.key for version in kind.versions for each in version.clocks]
    if name not in known:
        raise UnknownName("clock", clock, nearest(clock, [f"{key}/{each}" for each in known]))
    cases: list[tuple[Alternative, RulesLimit]] = []
    for each in nations(nation):
        for day, arrived in bounds(sent, received):
            found = _limit(rulebook, kind, name, each, day, arrived)
            cases.append(((str(each), long_date(day)), found))
    return attrs.evolve(
        cases[0][1], starts=sent, **agree_by_name([(c, e.answers()) for c, e in cases])
    )


@checked
def appeal(
    rulebook: Rulebook,
    sent: date | DayRange,
    *,
    nation: Where,
    received: Presented | None = None,
) -> RulesLimit:
    """Answer by when an appeal to the Employment Appeal Tribunal must arrive.

    Args:
        rulebook: holds the days and the hour.
        sent: the day on which the written reasons, or the order, were sent; it is not counted.
        nation: of the tribunal appealed from; Northern Ireland has no Employment Appeal Tribunal.
        received: when the appeal arrived.

    Raises:
        UnknownName: when there is no such nation.
    """
    return rules_limit(rulebook, _APPEAL, sent, nation=nation, received=received)


def _limit(
    rulebook: Rulebook,
    kind: CaseType,
    name: str,
    nation: Nation,
    day: date,
    arrived: date | datetime | None,
) -> RulesLimit:
    work = Working.by(rulebook, day)
    version = in_force(kind.versions, day)
    clocks = () if version is None else version.clocks
    clock = next((each for each in clocks if _runs(each, name, nation, day)), None)
    if clock is None or clock.count is None or clock.unit is None:
        said = f"no rule gives a time for it in {nation} from {long_date(day)}"
    elif kind.nations and nation not in kind.nations:
        said = f"there is no {kind.key} in {nation}"
    elif clock.unit is TimeUnit.HOURS:
        said = "it runs in hours, from a moment"
    else:
        counts = Reckoning(rulebook, clock.counted, clock.direction, day, str(nation))
        length = Fact(f"{kind.key}/{name}", FactType.WHOLE, clock.name)
        said = f"{Duration(clock.count, clock.unit)} ({clock.nature})"
        count = work.known(length, clock.count, said, citations=clock.citations)
        counted = counts.unmoved(work, _COUNTED, count, clock.unit)
        last = counts.last(work, _LAST_DAY, count, clock.unit)
        latest = counts.latest(work, _LATEST)
        kept = came_in_time(work, last, latest, arrived)
        return RulesLimit(clock.name, day, counted, last, latest, kept)
    counted, last, latest = (work.not_known(f, said) for f in (_COUNTED, _LAST_DAY, _LATEST))
    called = kind.name if clock is None else clock.name
    return RulesLimit(called, day, counted, last, latest, came_in_time(work, last, latest, arrived))


def _runs(clock: Clock, name: str, nation: Nation, day: date) -> bool:
    return clock.key == name and day in clock.started and nation in (clock.nations or tuple(Nation))
