"""What a union keeps of its ballots on industrial action: plans, papers, checks and decisions."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Record, column
from unioncore.model.workplaces import OnADay

__all__ = ["ActionBallot", "BallotCheck", "BallotDecision", "BallotPaper"]


@frozen(kw_only=True)
class ActionBallot(Record):
    """A ballot on industrial action at one employer: whom it calls on, its days and its result."""

    table = "ballots"
    subject = ("key",)

    key: str = column("The ballot's key.", form=KEY)
    employer: str = column("The employer.", refers="employers")
    categories: str = column(
        "The categories of employee that are called on, as job_categories writes them, between "
        "semicolons; blank: all.",
        default="",
    )
    workplaces: str = column(
        "The keys of the workplaces that are called on, between semicolons; blank: all.", default=""
    )
    group: str = column(
        "Whom else it calls on, as a condition over members in the notation of rules; blank: all.",
        default="",
    )
    means: str = column(
        "How the vote is held.",
        default="post",
        choices=("post", "electronic", "hybrid", "workplace"),
    )
    opens: date | None = column("The first day of the vote.", default=None)
    closes: date | None = column("The last day of the vote.", default=None)
    cut_off: date | None = column(
        "The last day on which somebody can join and still be sent a vote; blank: there is none.",
        default=None,
    )
    action_from: date | None = column("The first day of the action that is planned.", default=None)
    papers_returned: int | None = column(
        "How many papers came back, those spoiled among them.", default=None, zero=True
    )
    yes: int | None = column("How many answered Yes.", default=None, zero=True)
    no: int | None = column("How many answered No.", default=None, zero=True)
    spoiled: int | None = column("How many papers were spoiled.", default=None, zero=True)
    accidental: bool | None = column(
        "Whether what went wrong with the papers went wrong by accident; blank: not known.",
        default=None,
    )

    def called_on(self, name: str) -> frozenset[str]:
        """Return the parts of ``categories`` or ``workplaces``."""
        parts = (each.strip() for each in getattr(self, name).split(";"))
        return frozenset(each for each in parts if each)


@frozen(kw_only=True)
class BallotPaper(Record):
    """That a member was sent a voting paper, and whether it came back undelivered."""

    table = "ballot_papers"
    subject = ("ballot", "person")
    personal = True

    ballot: str = column("The ballot.", refers="ballots")
    person: str = column("Who was sent it.", refers="people")
    sent: date = column("The day on which it was sent.")
    undelivered: date | None = column("The day on which it came back undelivered.", default=None)

    def holds(self, day: date) -> bool:
        """Say whether it has been sent by ``day``."""
        return self.sent <= day


@frozen(kw_only=True)
class BallotDecision(OnADay):
    """What the union decided of a member whose vote was doubtful, where no record settles it."""

    table = "ballot_decisions"
    subject = ("ballot", "person", "day")
    personal = True

    ballot: str = column("The ballot.", refers="ballots")
    person: str = column("Whose vote it is.", refers="people")
    day: date = column("The day of the decision; the last one counts.")
    decided: str = column("What was decided.", choices=("in", "out"))
    after: str = column(
        "What was done to find out.",
        choices=("asked-member", "asked-employer", "asked-branch", "looked-it-up"),
    )


@frozen(kw_only=True)
class BallotCheck(OnADay):
    """A check of the register that was really done for a ballot."""

    table = "ballot_checks"
    subject = ("ballot", "what", "day")

    ballot: str = column("The ballot.", refers="ballots")
    what: str = column(
        "What was done: the list was made, the members or the branch were asked to check what is "
        "recorded, or the list was compared with the employer's staff, payroll or check-off.",
        choices=(
            "list-made",
            "members-asked",
            "branch-asked",
            "compared-with-staff",
            "compared-with-payroll",
            "compared-with-check-off",
        ),
    )
    day: date = column("The day.")
    looked_at: int | None = column(
        "How many members it was about; blank: not counted.", default=None, zero=True
    )
    put_right: int | None = column(
        "How many records were put right after it; blank: not counted.", default=None, zero=True
    )
