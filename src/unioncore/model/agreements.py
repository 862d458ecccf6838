"""Agreements: what was agreed for whom, clause by clause, and for how long."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.model.pay_clauses import DAYS, MIDNIGHT
from unioncore.model.record import KEY, Dated, Form, column

__all__ = ["Agreement", "AgreementParty", "Clause", "ClauseHours", "TimeOff"]

_BINDING = ("binding", "locally-varied", "guidance")
"""How an agreement binds: as it stands, unless it is varied locally, or only as advice."""


@frozen(kw_only=True)
class Agreement(Dated):
    """An agreement: collective, or one on recognition, facility time or learning.

    It applies to those whom its ``body`` covers on the day, and to the staff of the employers that
    are parties to it.
    """

    table = "agreements"
    subject = ("key",)

    key: str = column("The agreement's key.", form=KEY)
    title: str = column("The title that people read.")
    kind: str = column(
        "What it is about: terms, or the union itself.",
        choices=("collective", "recognition", "facility-time", "learning"),
    )
    body: str = column(
        "The negotiating body that made it; blank: only its parties.", default="", words="body"
    )
    nation: str = column(
        "The nation to which it is confined; blank: none.", default="", words="nation"
    )
    binding: str = column(
        "How its clauses bind, unless they say otherwise; blank: not known.",
        default="",
        choices=_BINDING,
    )
    varies: str = column(
        "The wider agreement whose clauses of the same keys it varies.",
        default="",
        refers="agreements",
    )
    replaces: str = column(
        "The agreement in whose place it comes.", default="", refers="agreements"
    )
    made_on: date | None = column("The day on which it was agreed; blank: not known.", default=None)
    review: date | None = column("The day by which it is to be reviewed.", default=None)
    notice_months: int | None = column(
        "How many months' notice ends it; blank: not known.", default=None
    )
    legally_enforceable: bool | None = column(
        "Whether it says that it is a contract between the parties; blank: not known.", default=None
    )
    source: str = column("The document, and where it is kept.", default="")
    bargaining_unit: str = column("For recognition: the bargaining unit, in words.", default="")
    recognised_by: str = column(
        "For recognition: how it came about.", default="", choices=("agreement", "declaration")
    )
    pay: bool | None = column("For recognition: whether it covers pay.", default=None)
    hours: bool | None = column("For recognition: whether it covers hours.", default=None)
    holidays: bool | None = column("For recognition: whether it covers holidays.", default=None)
    check_off: bool | None = column(
        "For recognition: whether subscriptions are deducted from pay.", default=None
    )
    learning_reps: int | None = column(
        "For learning: how many learning representatives there may be.", default=None
    )
    learning_hours: int | None = column(
        "For learning: the paid hours a year that a member has to learn.", default=None
    )


OWN_COLUMNS = {
    "recognition": (
        "bargaining_unit",
        "recognised_by",
        "pay",
        "hours",
        "holidays",
        "check_off",
    ),
    "learning": ("learning_reps", "learning_hours"),
}
"""The columns of ``Agreement`` that only one kind of agreement fills."""


@frozen(kw_only=True)
class AgreementParty(Dated):
    """A party to an agreement: a union, or an employer with those of its staff who are covered."""

    table = "agreement_parties"
    subject = ("agreement", "employer", "union", "job_group")

    agreement: str = column("The agreement.", refers="agreements")
    employer: str = column("The employer; blank for a union.", default="", refers="employers")
    union: str = column("The union; blank for an employer.", default="", words="union")
    job_group: str = column(
        "Of an employer's staff only this group; blank: all.", default="", words="job_group"
    )


@frozen(kw_only=True)
class Clause(Dated, shows="agreement key"):
    """A clause of an agreement as it stood for a time; a change is a new row."""

    table = "clauses"
    subject = ("agreement", "key")

    agreement: str = column("The agreement.", refers="agreements")
    key: str = column("The clause's key, which agreements on one matter share.", form=KEY)
    topic: str = column("What it settles, in words.", default="")
    value: str = column("What it gives, in short, such as 28 days.", default="")
    text: str = column("Its wording.", default="")
    binding: str = column(
        "How it binds; blank: as the agreement does.", default="", choices=_BINDING
    )
    made_on: date | None = column(
        "The day on which it was agreed so; blank: not known.", default=None
    )
    source: str = column("Where in the agreement it stands.", default="")


_PERCENT = Form(r"[0-9]{1,3}(\.[0-9]{1,3})?", "a percentage such as 33.5")
_TIME = Form("([01][0-9]|2[0-3]):[0-5][0-9]", "a time such as 20:00")


@frozen(kw_only=True)
class ClauseHours(Dated, shows="agreement clause hours"):
    """Hours of the week that pay more by a clause of the register, and how much more.

    The rows of one clause that hold on a day are one version of it.
    """

    table = "clause_hours"
    subject = ("agreement", "clause", "day", "after", "band")

    agreement: str = column("The agreement.", refers="agreements")
    clause: str = column("The key of the clause.", form=KEY)
    hours: str = column("What a payslip calls these hours, such as night.", form=KEY)
    day: str = column(
        "The day of the week, or public-holiday, which comes before it; blank: every day.",
        default="",
        choices=DAYS,
    )
    after: str = column("The time from which on, included.", default=MIDNIGHT, form=_TIME)
    before: str = column(
        "The time up to which; where it is no later than after, the hours of each day from after "
        "on, and those up to it.",
        default=MIDNIGHT,
        form=_TIME,
    )
    band: str = column("The band for which it is; blank: all.", default="")
    percent: str = column("How many per cent of the hourly rate.", default="", form=_PERCENT)
    per_hour: Decimal | None = column("Or how many pounds an hour.", default=None)


@frozen(kw_only=True)
class TimeOff(Dated):
    """Time that an agreement gives to those who hold a role."""

    table = "time_off"
    subject = ("agreement", "role")

    agreement: str = column("The agreement.", refers="agreements")
    role: str = column("Who has it.", words="office_role")
    hours: int | None = column("How many hours.", default=None)
    per: str = column("In what time.", default="", choices=("week", "month", "year"))
    percent: int | None = column("Or what share of the working time, in per cent.", default=None)
    paid: bool | None = column("Whether it is paid; blank: not known.", default=None)
