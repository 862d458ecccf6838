"""What a union took in and spent, as its accounts give it."""

from decimal import Decimal

from attrs import frozen

from unioncore.model.record import Record, column

__all__ = ["AccountFigure"]


@frozen(kw_only=True)
class AccountFigure(Record):
    """One figure of the union's accounts for a calendar year."""

    table = "accounts"
    subject = ("year", "kind", "heading")

    year: int = column("The calendar year.")
    kind: str = column("What the figure is of.", choices=("income", "expenditure"))
    heading: str = column("The heading of the accounts, such as members' subscriptions.")
    amount: Decimal = column("Pounds.")
    source: str = column("Where the figure stands.", default="")
