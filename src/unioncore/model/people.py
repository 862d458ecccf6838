"""People, their memberships and their jobs."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = [
    "Arrears",
    "FundChoice",
    "GroupMember",
    "Job",
    "Membership",
    "Person",
    "RetentionContact",
]


@frozen(kw_only=True)
class Person(Dated, shows=""):
    """A person under one name."""

    table = "people"
    subject = ("key",)
    personal = True

    key: str = column("The person's key, such as a membership number; never a name.", form=KEY)
    name: str = column("The person's name.")
    born: date | None = column("The day of birth.", default=None)
    gender: str = column(
        "The gender that the person gave.", default="", choices=("female", "male", "other")
    )
    studying: bool | None = column(
        "Whether the person trains or studies to work where the union organises.", default=None
    )


@frozen(kw_only=True)
class Membership(Dated):
    """What somebody's membership of a union was for a time; its rows are its history."""

    table = "memberships"
    subject = ("person", "union")
    personal = True

    person: str = column("The member.", refers="people")
    union: str = column("The union; blank: the one that keeps these records.", default="")
    start: date = column("The first day on which it holds.")
    category: str = column("The category of membership.", words="membership_category")
    status: str = column(
        "Whether it is current, lapsed and so on.", default="current", words="membership_status"
    )
    branch: str = column(
        "The branch; blank for staff of the union and members of another union.",
        default="",
        refers="units",
    )
    band: str = column("The band of subscription paid.", default="", words="subscription_band")
    application_received: date | None = column(
        "The day on which the union had the completed form.", default=None
    )
    first_payment: date | None = column(
        "The day on which the first subscription was paid.", default=None
    )
    left_because: str = column(
        "Where it is no longer current: why the member left.",
        default="",
        words="membership_leaving_reason",
    )


@frozen(kw_only=True)
class Job(Dated):
    """One job of one person."""

    table = "jobs"
    subject = ("person", "job")
    personal = True

    person: str = column("Who has it.", refers="people")
    job: str = column("The job's key among the person's jobs.", default="1")
    employer: str = column("The employer of the contract.", refers="employers")
    workplace: str = column("Where the work is.", default="", refers="workplaces")
    workplace_confirmed: bool | None = column(
        "Whether the workplace is confirmed; no: somebody reported a move, and nobody has checked "
        "it; blank: nothing speaks against what is recorded.",
        default=None,
    )
    payroll: str = column("Its number in the employer's payroll.", default="")
    group: str = column("The group of staff.", default="", words="job_group")
    role: str = column("The role, in the employer's words.", default="")
    band: str = column("The pay band or grade, as the pay scale writes it.", default="")
    manager: bool | None = column("Whether the post is a manager's.", default=None)
    managed_by: str = column(
        "Who manages whoever has the job, where the records know them.", default="", refers="people"
    )
    main: bool = column("Whether it is the person's main job.", default=True)
    earnings: Decimal | None = column("Pounds a year before deductions.", default=None)
    hourly_pay: Decimal | None = column("Pounds an hour before deductions.", default=None)
    leaving: bool | None = column(
        "Whether it is to end on a day that is not known yet, such as after an agreed redundancy.",
        default=None,
    )
    ended_because: str = column("Why it ended.", default="", words="leaving_reason")
    told_branch: date | None = column(
        "The day on which the branch was told in writing that it ended.", default=None
    )
    start: date = column("The first day on which it holds.")


@frozen(kw_only=True)
class Arrears(Dated):
    """A time for which a member's subscription was not paid."""

    table = "arrears"
    subject = ("person",)
    personal = True

    person: str = column("The member.", refers="people")
    start: date = column("The first day that is not paid.")


@frozen(kw_only=True)
class FundChoice(Dated):
    """What a member told the union about the political fund."""

    table = "fund_choices"
    subject = ("person", "section")
    personal = True

    person: str = column("The member.", refers="people")
    choice: str = column("What was chosen.", choices=("opted-in", "opted-out"))
    section: str = column(
        "The section of the fund; blank: the fund as a whole.", default="", words="fund_section"
    )
    told: date | None = column(
        "The day on which the member told the union; blank: not recorded.", default=None
    )
    start: date = column("The first day on which the choice has effect.")


@frozen(kw_only=True)
class GroupMember(Dated):
    """A person's place in a self-organised group, as the person declared it."""

    table = "group_members"
    subject = ("person", "group")
    personal = True

    person: str = column("Who.", refers="people")
    group: str = column("The group.", words="self_organised_group")


@frozen(kw_only=True)
class RetentionContact(Record):
    """That the union spoke with a member to keep them, or tried to."""

    table = "retention_contacts"
    subject = ("person", "on")
    personal = True

    person: str = column("The member, or whoever has just left.", refers="people")
    on: date = column("The day.")
    why: str = column(
        "Why: they were new, were behind with the subscription, or were leaving or had left.",
        choices=("new", "arrears", "leaving"),
    )
    outcome: str = column(
        "What came of it.", choices=("stays", "leaves", "undecided", "not-reached")
    )

    def holds(self, day: date) -> bool:
        """Say whether it has happened by ``day``."""
        return self.on <= day
