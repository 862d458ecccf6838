"""Events and seminars that members apply for; dates of a conference stand in its calendar."""

from datetime import date, timedelta

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["EventApplication", "PlannedEvent"]


@frozen(kw_only=True)
class PlannedEvent(Dated):
    """An event that members apply for, such as a seminar, a course or a weekend."""

    table = "events"
    subject = ("key",)

    key: str = column("The event's key.", form=KEY)
    unit: str = column("The unit that holds it.", refers="units")
    name: str = column("What it is called.")
    place: str = column("Where it is.", default="")
    places: int | None = column("How many may come; blank: not recorded.", default=None)
    group: str = column(
        "Who may apply, as a condition over members in the notation of rules; blank: every member.",
        default="",
    )
    closes: date | None = column("The last day for applications, included.", default=None)
    per_branch: int | None = column(
        "How many a branch may sponsor; blank: as many as it likes.", default=None
    )
    women_percent: int | None = column(
        "Of those whom a branch sponsors: how many per cent must be women at least.", default=None
    )
    order: str = column(
        "Who comes first on the waiting list.",
        default="received",
        choices=("received", "not-placed-before"),
    )
    start: date = column("The first day of the event.")

    @property
    def last_day(self) -> date | None:
        """The last day of the event; None where it is not recorded."""
        return None if self.end is None else self.end - timedelta(days=1)


@frozen(kw_only=True)
class EventApplication(Record):
    """That a member applied for an event, and what came of it."""

    table = "event_applications"
    subject = ("event", "person")
    personal = True

    event: str = column("The event.", refers="events")
    person: str = column("Who applied.", refers="people")
    received: date = column("The day on which the application came.")
    sponsor: str = column("The branch that sponsors it.", default="", refers="units")
    placed: date | None = column("The day on which a place was given.", default=None)
    withdrawn: date | None = column("The day on which it was withdrawn.", default=None)
    attended: bool | None = column("Whether the member came; blank: not recorded.", default=None)
