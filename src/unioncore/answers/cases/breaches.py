"""Breaches of personal data: by when the regulator is told, by whom, and what if that is late."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from fractions import Fraction

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.representatives import is_yes
from unioncore.answers.together import Worked
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.legal import Duration, TimeUnit, uk_time
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, series

__all__ = ["BreachClock", "breach_clock"]

_HOURS = "core.breach_hours"
_ROUTE = ("decided_by", "branch_may_report", "reported_inside_by")
_TELLS = ("regulator_is_told", "people_are_told")
_LAST_DAY = Fact("breach.last_day", FactType.DAY, "the last day on which to tell the regulator")
_LATE = Fact("breach.is_late", FactType.YES_NO, "the regulator was told late")
_START = """the time is counted from the discovery by anybody of the branch: that is this \
library's own choice, and safe, as it can be argued when the union as a whole is aware"""
_NO_HOUR = "no hour was given: the time is counted from the beginning of the day"


@frozen
class BreachClock(Worked, shows="aware due"):
    """How long there is to tell the regulator of a breach, and who acts.

    Moments are those of the clock of the United Kingdom.
    """

    aware: datetime
    """When somebody of the branch discovered it, from which the time runs."""
    due: datetime | None
    """The last moment for telling the regulator; None where the rules do not give the time."""
    last_day: Answer[date]
    decided_by: Answer[str]
    """Who within the union decides and tells the regulator; a word of the vocabulary ``actor``."""
    branch_may_report: Answer[bool]
    """Whether the branch may itself tell the regulator."""
    reported_inside_by: Answer[frozenset[str]]
    """Who must report a breach within the union."""
    regulator_is_told: Answer[bool]
    """Whether the regulator must be told at all; not known without the risk."""
    people_are_told: Answer[bool]
    """Whether those whose data it was must be told too."""
    told_inside: datetime | None = None
    """When whoever decides was told."""
    reported: datetime | None = None
    """When the regulator was told."""
    late: Answer[bool] | None = None
    """Whether the regulator was told late; None where it was not told yet."""
    needs_reasons: Answer[bool] | None = None
    """Whether the report must give reasons for the delay; None where there is no report yet."""

    @property
    def hours_left(self) -> Fraction | None:
        """The hours that were left when whoever decides was told, less than 0 where it was late.

        None where it was not told, or the last moment is not known.
        """
        if self.due is None or self.told_inside is None:
            return None
        left = self.due.astimezone(UTC) - self.told_inside.astimezone(UTC)
        return Fraction(int(left.total_seconds()), 3600)

    def to_text(self) -> str:
        """Return the clock, who acts, and on what it rests, as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"discovered: {_written(self.aware)}"
        if self.due is None:
            yield f"tell the regulator by: not known: {self.last_day.reason}"
        else:
            yield f"tell the regulator by: {_written(self.due)}"
        yield f"who decides, and tells the regulator: {_said(self.decided_by)}"
        yield f"the branch may tell the regulator itself: {_said(self.branch_may_report)}"
        yield f"who must report it within the union, at once: {_said(self.reported_inside_by)}"
        yield f"the regulator must be told: {_said(self.regulator_is_told)}"
        yield f"the people concerned must be told: {_said(self.people_are_told)}"
        if self.told_inside is not None:
            yield f"told within the union: {_written(self.told_inside)}"
            if self.hours_left is not None:
                yield f"  hours left then: {_in_hours(self.hours_left)}"
        if self.reported is not None and self.late is not None and self.needs_reasons is not None:
            yield f"told to the regulator: {_written(self.reported)}; late: {_said(self.late)}"
            if is_yes(self.needs_reasons):
                yield "  the report must give the reasons for the delay"
        yield from ("", *self.steps, *self.warnings)
        yield from (f"source: {each}" for each in self.citations)


def _written(moment: datetime) -> str:
    zone = moment.tzname()
    return f"{moment:%A} {long_date(moment)}, {moment:%H:%M} ({zone})"


def _said(answer: Answer[object]) -> str:
    if "breach.risk" in answer.missing:
        return "not known: nobody has judged the risk to people yet"
    if not answer.known:
        return f"not known: {answer.reason}"
    match answer.value:
        case bool():
            return "yes" if answer.value else "no"
        case frozenset():
            return series(sorted(str(each).replace("_", " ") for each in answer.value))
    return str(answer.value).replace("_", " ")


def _in_hours(left: Fraction) -> str:
    minutes = int(abs(left) * 60)
    said = f"{minutes // 60}:{minutes % 60:02}"
    return said if left >= 0 else f"none; {said} too late"


@checked
def breach_clock(
    rulebook: Rulebook,
    aware: date | datetime,
    *,
    risk: str | None = None,
    told_inside: datetime | None = None,
    reported: datetime | None = None,
) -> BreachClock:
    """Answer by when the regulator is told of a breach, who tells it, and whether that was late.

    The hours are those that pass: weekends and holidays count, and across the night on which the
    clocks change the last moment has another time of day. A moment without a zone is by the clock
    of the United Kingdom; where the clock showed it twice, or not at all, the earlier one is taken.

    Args:
        rulebook: the rules, which say how long there is and, where a union's plugin is loaded, who
            decides.
        aware: when anybody of the branch discovered the breach; a day alone counts from its
            beginning, which is never too late.
        risk: ``unlikely``, ``likely`` or ``high``; None where nobody has judged it yet.
        told_inside: when whoever decides was told.
        reported: when the regulator was told.

    Raises:
        BadFacts: when the risk is another word.
    """
    start = _earliest(aware)
    on = start.date()
    names = (_HOURS, *(f"breach.{each}" for each in (*_ROUTE, *_TELLS)))
    found = ask(rulebook, {"breach.risk": risk}, *names, on=on)
    hours = found.pop(_HOURS)
    due = _reached(start, hours.value) if hours.known else None
    warnings = [_START] if isinstance(aware, datetime) else [_START, _NO_HOUR]
    work = Working.by(rulebook, on)

    def last(count: int) -> tuple[date, str]:
        said = f"{count} hours that pass, weekends and holidays included, from {_written(start)}"
        return _reached(start, count).date(), said

    late = reasons = None
    at = None if reported is None else _earliest(reported)
    if at is not None:
        late = work.out(_LATE, [hours], lambda count: _compared(at, _reached(start, count)))
        facts = {"breach.told_late": late.value if late.known else None}
        (reasons,) = ask(rulebook, facts, "breach.needs_reasons", on=on).values()
    return BreachClock(
        aware=start,
        due=due,
        last_day=work.out(_LAST_DAY, [hours], last, warnings=warnings),
        told_inside=None if told_inside is None else _earliest(told_inside),
        reported=at,
        late=late,
        needs_reasons=reasons,
        **{name.removeprefix("breach."): answer for name, answer in found.items()},
    )


def _compared(reported: datetime, due: datetime) -> tuple[bool, str]:
    late = reported.astimezone(UTC) > due.astimezone(UTC)
    return late, f"the regulator was told {'after' if late else 'within'} the time for it"


def _reached(start: datetime, hours: int) -> datetime:
    return Duration(hours, TimeUnit.HOURS).after_moment(start)


def _earliest(moment: date | datetime) -> datetime:
    """Return a moment by the clock of the United Kingdom; the earliest that it can be."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        # The clock shows an hour twice in autumn, and leaves one out in spring.
        both = (uk_time(moment.replace(fold=fold)).astimezone(UTC) for fold in (0, 1))
        moment = min(both)
    return uk_time(moment)
