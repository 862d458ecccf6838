"""What a union has set out to do: policies, objectives and programmes, with their plans."""

from datetime import date
from decimal import Decimal

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["PlanLine", "Undertaking"]


@frozen(kw_only=True)
class Undertaking(Dated):
    """A policy that conference made, an objective of the union, or a programme under one."""

    table = "undertakings"
    subject = ("key",)

    key: str = column("Its key, such as objective-2026-4.", form=KEY)
    kind: str = column("What it is.", choices=("policy", "objective", "programme"))
    name: str = column("Its name.")
    motion: str = column("For a policy: the motion.", default="", refers="motions")
    position: str = column(
        "For a motion that was not debated: what the body that answers for it says.",
        default="",
        choices=("support", "support and amend", "support with qualifications", "oppose"),
    )
    part_of: str = column(
        "For a programme: the objective that it serves.", default="", refers="undertakings"
    )
    owner: str = column(
        "The office that leads it; blank: nobody does yet.", default="", refers="offices"
    )
    committee: str = column(
        "The committee in whose field it lies; blank: not settled.", default="", refers="units"
    )
    board: str = column("The board that runs it.", default="", refers="units")


@frozen(kw_only=True)
class PlanLine(Record):
    """One line of a plan: a step, an amount of the budget, a measure, an approval or a report."""

    table = "plan_lines"
    subject = ("undertaking", "kind", "name")

    undertaking: str = column("What it is a part of.", refers="undertakings")
    kind: str = column(
        "What it is.", choices=("step", "budget", "measure", "approval", "report", "scrutiny")
    )
    name: str = column("What is to be done, paid, measured or reported.")
    body: str = column(
        "For an approval, a report and a scrutiny: the body.", default="", refers="units"
    )
    target: Decimal | None = column(
        "The pounds of the budget, or the number to be reached.", default=None
    )
    due: date | None = column("The last day for it, included.", default=None)
    value: Decimal | None = column("The pounds spent, or the number reached.", default=None)
    done: date | None = column("The day on which it was done or measured.", default=None)
