"""What a union keeps of its work at workplaces.

How many work there, what representatives learnt, what the employer was told of them, the time that
they had, and what happened about safety.
"""

from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.model.record import Record, column

__all__ = ["Notice", "SafetyEvent", "TimeTaken", "Training", "Workforce"]


@frozen(kw_only=True)
class OnADay(Record):
    """A row about one day; it holds from that day on."""

    day: date = column("The day.")

    def holds(self, day: date) -> bool:
        """Say whether it has happened by ``day``."""
        return self.day <= day


@frozen(kw_only=True)
class Workforce(OnADay):
    """How many people an employer had on a day: everybody who could be a member."""

    table = "workforce"
    subject = ("employer", "workplace", "group", "category", "day")

    employer: str = column("The employer.", refers="employers")
    workplace: str = column("Only this workplace; blank: all.", default="", refers="workplaces")
    group: str = column("Only this group of staff; blank: all.", default="", words="job_group")
    category: str = column(
        "Only this category of employee, as job_categories writes it; blank: all.", default=""
    )
    day: date = column("The day of the count.")
    staff: int = column("How many people they were.", zero=True)
    source: str = column("Who counted, or where the number stands.", default="")


@frozen(kw_only=True)
class Training(OnADay):
    """A course that somebody finished."""

    table = "training"
    subject = ("person", "course", "day")
    personal = True

    person: str = column("Who was trained.", refers="people")
    course: str = column("What kind of course it was.", words="training_kind")
    day: date = column("The last day of the course.")
    provider: str = column("Who gave it.", default="")


@frozen(kw_only=True)
class Notice(OnADay):
    """What the union told an employer in writing about a representative."""

    table = "notices"
    subject = ("person", "role", "employer", "workplace", "what", "day")
    personal = True

    person: str = column("The representative.", refers="people")
    role: str = column("As what.", words="office_role")
    employer: str = column("Who was told.", refers="employers")
    workplace: str = column(
        "For a safety representative: a workplace that they represent, in a row of its own; "
        "blank: all of the employer's.",
        default="",
        refers="workplaces",
    )
    group: str = column("Whom they represent there; blank: all.", default="", words="job_group")
    what: str = column(
        "What was told: that they are one, that they will be trained or are trained, or that it "
        "has ended.",
        choices=("appointed", "training-to-come", "trained", "ended"),
    )
    day: date = column("The day on which the employer had it.")


@frozen(kw_only=True)
class TimeTaken(OnADay):
    """Time that a representative took, or asked for and was refused."""

    table = "time_taken"
    subject = ("person", "role", "day", "kind", "case")
    personal = True

    person: str = column("The representative.", refers="people")
    role: str = column("As what.", words="office_role")
    employer: str = column("Whose working time it was.", refers="employers")
    day: date = column("The day.")
    minutes: int = column("How many minutes.")
    kind: str = column(
        "What for.",
        choices=("duty", "training", "activity", "safety", "learning", "case"),
    )
    case: str = column("For a case: its reference, and never a member's name.", default="")
    paid_by: str = column(
        "Who paid for it; own-time: nobody. Blank where it was refused.",
        default="",
        choices=("employer", "union", "own-time"),
    )
    agreement: str = column("The agreement that gives it.", default="", refers="agreements")
    clause: str = column("Where in the agreement it stands.", default="")
    covered: bool | None = column(
        "Whether somebody did the work meanwhile; blank: not known.", default=None
    )
    refused: str = column("Why it was refused; blank: it was not.", default="")
    rate: Decimal | None = column("Pounds an hour; blank: not known.", default=None)


@frozen(kw_only=True)
class SafetyEvent(OnADay):
    """What happened about safety at a workplace."""

    table = "safety_events"
    subject = ("employer", "workplace", "what", "day")

    employer: str = column("The employer.", refers="employers")
    workplace: str = column("The workplace.", default="", refers="workplaces")
    what: str = column(
        "An inspection by representatives, a notifiable accident or disease, a substantial change "
        "of the work, a request for a safety committee, or that it was set up.",
        choices=(
            "inspection",
            "notifiable-event",
            "substantial-change",
            "committee-request",
            "committee",
        ),
    )
    day: date = column("The day.")
    representatives: int | None = column(
        "For a request: how many safety representatives made it; blank: not known.", default=None
    )
    findings: str = column("What was found, without names.", default="")
