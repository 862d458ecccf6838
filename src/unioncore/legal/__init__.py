"""When something holds, and on whose authority: periods, citations, nations, working days."""

from unioncore.legal.calendar import Holiday, WorkingDayCalendar
from unioncore.legal.citation import Citation, Confidence
from unioncore.legal.duration import Duration, TimeUnit
from unioncore.legal.jurisdiction import Jurisdiction, Nation
from unioncore.legal.period import DayRange, Period, check_day, must_be_a_day
from unioncore.legal.timeline import HasPeriod, Timeline, in_force

__all__ = [
    "Citation",
    "Confidence",
    "DayRange",
    "Duration",
    "HasPeriod",
    "Holiday",
    "Jurisdiction",
    "Nation",
    "Period",
    "TimeUnit",
    "Timeline",
    "WorkingDayCalendar",
    "check_day",
    "in_force",
    "must_be_a_day",
]
