"""Strikes, and what members claim from the union for the pay that they lose."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["Strike", "StrikeClaim"]


@frozen(kw_only=True)
class Strike(Dated):
    """Action at one employer for which the union may pay those who take part."""

    table = "strikes"
    subject = ("key",)

    key: str = column("The strike's key.", form=KEY)
    employer: str = column("Whose staff take part.", refers="employers")
    authorised: bool | None = column(
        "Whether the union authorised the action; blank: not recorded.", default=None
    )
    fund_suffices: bool | None = column(
        "Whether the fund has enough to pay everybody; blank: not recorded.", default=None
    )
    start: date = column("The first day of the action.")


@frozen(kw_only=True)
class StrikeClaim(Record, shows=""):
    """One day's pay that a member lost in a strike, and who looked at the claim."""

    table = "strike_claims"
    subject = ("strike", "person", "day")
    personal = True

    strike: str = column("The strike.", refers="strikes")
    person: str = column("The member.", refers="people")
    day: date = column("The day on which the member took part.")
    deducted: Decimal = column("What the employer deducted for the day, in pounds.")
    basis: str = column(
        "Whether that is gross or take-home pay; blank: not recorded.",
        default="",
        choices=("gross", "take-home"),
    )
    take_home_lost: Decimal | None = column(
        "For a gross deduction: the take-home pay that was lost, in pounds.", default=None
    )
    payslip: date | None = column(
        "The day of the payslip that shows the deduction, often a month later; blank: not seen.",
        default=None,
    )
    assessed_by: str = column("Who assessed the claim.", default="", refers="people")

    def holds(self, day: date) -> bool:
        """Say whether the day of the strike has come by ``day``."""
        return self.day <= day
