"""Conferences: their calendar, who is sent to them, what is put to them, and how they vote."""

from datetime import date, datetime

from attrs import frozen

from unioncore.model.record import KEY, Record, column

__all__ = ["CALENDAR_STEPS", "Delegate", "Event", "HallVote", "Motion", "Priority"]

CALENDAR_STEPS = (
    "motions",
    "rule-amendments",
    "preliminary-agenda",
    "delegates",
    "amendments",
    "priorities",
    "final-agenda",
    "emergency-motions",
    "change-of-delegates",
    "opens",
    "closes",
)
"""What of a conference has its day: what comes in by then, and what is published."""


@frozen(kw_only=True)
class Event(Record):
    """One date in the calendar of a conference or a meeting, as it was published."""

    table = "calendar"
    subject = ("unit", "edition", "what")

    unit: str = column("The conference, council, committee or branch.", refers="units")
    edition: str = column("Which one, such as 2017.")
    what: str = column("What happens then.", choices=(*CALENDAR_STEPS, "annual-meeting"))
    at: date | datetime = column("The day; or the last moment, included, where an hour is set.")

    @property
    def day(self) -> date:
        """The day, whether or not an hour is set."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


@frozen(kw_only=True)
class Delegate(Record):
    """Somebody whom a branch or another body sends to a conference."""

    table = "delegates"
    subject = ("unit", "edition", "person")
    personal = True

    unit: str = column("The conference or council.", refers="units")
    edition: str = column("Which one, such as 2026.")
    body: str = column("The branch or other body that sends the person.", refers="units")
    person: str = column("Who.", refers="people")
    part: str = column(
        "As what: a delegate; one who shares the place of another; a substitute for another; one "
        "who may speak and not vote.",
        default="delegate",
        choices=("delegate", "sharer", "substitute", "speaker"),
    )
    place_of: str = column(
        "For a sharer or a substitute: whose place it is.", default="", refers="people"
    )
    low_paid: bool | None = column(
        "Whether the person declared to be low-paid; blank: not recorded.", default=None
    )
    received: datetime = column("The moment at which the name was received.")

    def holds(self, day: date) -> bool:
        """Say whether the name had been received by the end of ``day``."""
        return self.received.date() <= day


@frozen(kw_only=True)
class Motion(Record):
    """A text that is put to a conference."""

    table = "motions"
    subject = ("key",)

    key: str = column("The motion's key, such as ndc-2026/12.", form=KEY)
    unit: str = column("The conference or council.", refers="units")
    edition: str = column("Which one, such as 2026.")
    kind: str = column(
        "What it is.",
        default="motion",
        choices=("motion", "rule-amendment", "amendment", "composite", "emergency-motion"),
    )
    title: str = column("Its title.")
    text: str = column("What conference is asked to decide.", default="")
    mover: str = column("The body that moves it.", refers="units")
    seconder: str = column("The body that seconds it.", default="", refers="units")
    received: datetime = column("The moment at which it was received.")
    amends: str = column("For an amendment: the motion.", default="", refers="motions")
    part_of: str = column("The composite that it is part of.", default="", refers="motions")
    ruling: str = column(
        "What the standing orders committee ruled on it.",
        default="",
        choices=("in order", "out of order"),
    )

    def holds(self, day: date) -> bool:
        """Say whether it had been received by the end of ``day``."""
        return self.received.date() <= day


@frozen(kw_only=True)
class Priority(Record):
    """The place that a body gives a motion in its list of priorities."""

    table = "priorities"
    subject = ("body", "motion")

    body: str = column("The body whose list it is.", refers="units")
    motion: str = column("The motion.", refers="motions")
    place: int = column("Its place in the list; the first is 1.")


@frozen(kw_only=True)
class HallVote(Record):
    """Votes on a motion: those of one branch by card, or those of all together."""

    table = "hall_votes"
    subject = ("motion", "means", "branch", "choice")

    motion: str = column("The motion.", refers="motions")
    means: str = column("How it was voted.", choices=("hand", "card"))
    branch: str = column(
        "Whose card it was; blank: the votes of all that were counted.", default="", refers="units"
    )
    choice: str = column("What was voted.", choices=("for", "against", "abstained"))
    votes: int | None = column(
        "How many votes; blank for a branch: as many as it has members on the day.", default=None
    )
    on: date = column("The day of the vote.")

    def holds(self, day: date) -> bool:
        """Say whether the vote had been taken by the end of ``day``."""
        return self.on <= day
