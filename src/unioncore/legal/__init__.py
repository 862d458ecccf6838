"""When something holds, and on whose authority: periods, citations, nations, working days."""

from unioncore.legal.calendar import Holiday, WorkingDayCalendar
from unioncore.legal.citation import Citation, Confidence
from unioncore.legal.duration import Duration, Unit
from unioncore.legal.jurisdiction import Jurisdiction, Nation
from unioncore.legal.period import DayRange, Period, a_day, check_day
from unioncore.legal.timeline import Dated, Timeline, in_force

__all__ = [
    "Citation",
    "Confidence",
    "Dated",
    "DayRange",
    "Duration",
    "Holiday",
    "Jurisdiction",
    "Nation",
    "Period",
    "Timeline",
    "Unit",
    "WorkingDayCalendar",
    "a_day",
    "check_day",
    "in_force",
]
