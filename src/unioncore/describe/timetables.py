"""The timetable of a conference as a picture."""

from datetime import timedelta

from unioncore.answers import Calendar
from unioncore.checked import checked
from unioncore.describe.plots import Span, timeline_plot
from unioncore.legal import Period

__all__ = ["timetable_plot"]


@checked
def timetable_plot(found: Calendar) -> str:
    """Return the timetable as SVG: for each step the time from its day to the opening day.

    Steps whose day is not known are left out, and so is everything after the opening day.

    Raises:
        ValueError: when no day is known.
    """
    opens = found.at("opens").day
    spans = []
    for step in found.steps:
        if not (step.day.known and opens.known) or step.day.value > opens.value:
            continue
        days = (opens.value - step.day.value).days
        how = "published" if step.published else "worked out"
        spans.append(
            Span(
                step.what.replace("-", " "),
                Period(step.day.value, opens.value + timedelta(1)),
                f"{days} days before" if days else "",
                marks=((step.day.value, how),),
            )
        )
    title = f"{found.name} {found.edition}: timetable"
    about = "Each bar reaches from the day of a step to the opening day."
    return timeline_plot(spans, title=title, about=about)
