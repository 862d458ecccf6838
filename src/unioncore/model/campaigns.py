"""Campaigns with their milestones, and what research found that may move an employer."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["Campaign", "LeverageFactor", "Milestone"]


@frozen(kw_only=True)
class Campaign(Dated):
    """A campaign as it is planned. What it has reached by a day is asked, never entered."""

    table = "campaigns"
    subject = ("key",)

    key: str = column("The campaign's key.", form=KEY)
    unit: str = column("The unit that runs it.", refers="units")
    name: str = column("What the campaign is called.")
    objective: str = column("What it is for.", default="", words="campaign_objective")
    political: bool | None = column(
        "Whether its object is one of the political objects that only a political fund may pay "
        "for; blank: not stated.",
        default=None,
    )
    measure: str = column("What is measured.", default="", words="campaign_measure")
    baseline: Decimal | None = column("What the measure was at the beginning.", default=None)
    baseline_day: date | None = column("The day of that figure.", default=None)
    baseline_source: str = column("Where that figure comes from.", default="")
    target: Decimal | None = column("What the measure is to reach.", default=None)
    for_each_activist: int | None = column(
        "For a target that is so many for each activist of the unit: how many.", default=None
    )
    owner: str = column("The office that answers for it.", default="", refers="offices")
    group: str = column(
        "Whom it is about, as a condition over members in the notation of rules.", default=""
    )
    decision_maker: str = column("Who can give what the campaign asks for.", default="")
    allies: str = column("Who stands with it, between semicolons.", default="")
    fund: str = column("The fund that is to pay.", default="", words="union_fund")
    start: date = column("The first day of the campaign.")

    @property
    def last_day(self) -> date | None:
        """The last day of the campaign; None where no end is planned."""
        return None if self.end is None else self.end - timedelta(days=1)


@frozen(kw_only=True)
class Milestone(Record):
    """What a campaign is to have reached by a day, and what was reported of it."""

    table = "milestones"
    subject = ("campaign", "day")

    campaign: str = column("The campaign.", refers="campaigns")
    day: date = column("The last day on which it is reached in time.")
    wanted: Decimal = column("What the measure is to be by then.")
    reached: Decimal | None = column("What the measure was.", default=None)
    reported: date | None = column("The day on which that was reported.", default=None)
    evidence: str = column("What shows it.", default="")


@frozen(kw_only=True)
class LeverageFactor(Record):
    """A finding of research that may move an employer, or whoever stands behind one."""

    table = "leverage_factors"
    subject = ("key",)

    key: str = column("The factor's key.", form=KEY)
    kind: str = column("What kind of factor it is.", words="leverage_kind")
    role: str = column(
        "What whoever it is about is to the campaign.",
        choices=("employer", "owner", "funder", "regulator", "client"),
    )
    who: str = column("Whom it is about.")
    employer: str = column("The employer that it bears on.", default="", refers="employers")
    campaign: str = column("The campaign that it is for.", default="", refers="campaigns")
    claim: str = column("What is said, in one sentence.")
    source: str = column("Where that is said, such as accounts or board papers.", default="")
    day: date | None = column("The day for which the source says it.", default=None)
    confidence: str = column(
        "How sure the claim is.",
        default="reported",
        choices=("verified", "reported", "remembered"),
    )
    mover: str = column("Who can move it, in the union or outside.", default="")
    rule: str = column("For a legal factor: the rule of the rulebook that it rests on.", default="")
