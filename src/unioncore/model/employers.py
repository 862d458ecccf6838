"""Employers and their workplaces, and staff who move from one employer to another."""

from datetime import date

from attrs import frozen

from unioncore.legal import DayRange
from unioncore.model.record import KEY, Dated, Form, Record, column

__all__ = ["Employer", "EmployerSuccession", "Premises", "Transfer", "Workplace"]


@frozen(kw_only=True)
class Employer(Dated):
    """An employer under one name and of one kind."""

    table = "employers"
    subject = ("key",)

    key: str = column("The employer's key, which outlives its names.", form=KEY)
    kind: str = column("What kind of employer it is.", words="employer_kind")
    name: str = column("The name that people read.")
    nation: str = column(
        "The nation that its posts are in; blank: more than one.", default="", words="nation"
    )
    serves: str = column(
        "For a contractor: the public service that it delivers.", default="", words="public_service"
    )
    public_function: bool | None = column(
        "Whether it has a public, charitable, educational or statutory function.", default=None
    )
    ons: str = column(
        "The ONS code of its area.",
        default="",
        form=Form(r"[EWSNK][0-9]{8}", "a letter and 8 digits, such as E23000032"),
    )
    ods: str = column(
        "The code of the NHS Organisation Data Service.",
        default="",
        form=Form(r"[A-Z0-9]{3,8}", "3 to 8 capital letters and digits, such as RGT"),
    )
    companies_house: str = column(
        "The number at Companies House.",
        default="",
        form=Form(r"[A-Z0-9]{2}[0-9]{6}", "8 digits, or 2 letters and 6 digits, such as SC123456"),
    )


@frozen(kw_only=True)
class EmployerSuccession(Record):
    """What became of an employer that ended."""

    table = "employer_successions"
    subject = ("employer", "successor")

    employer: str = column("The employer that ended.", refers="employers")
    successor: str = column(
        "The employer that followed it; blank: none.", default="", refers="employers"
    )
    how: str = column("How.", choices=("merged", "split", "closed"))
    on: date | DayRange = column("The first day after; or bounds, where no more is known.")

    def holds(self, day: date) -> bool:
        """Say whether it has surely happened by ``day``."""
        return DayRange.of(self.on).latest <= day


@frozen(kw_only=True)
class Workplace(Dated):
    """A place where an employer's staff work."""

    table = "workplaces"
    subject = ("key",)

    key: str = column("The workplace's key.", form=KEY)
    employer: str = column("Whose it is.", refers="employers")
    name: str = column("The name that people read.")
    region: str = column("The union's region in which it lies.", refers="units")
    nation: str = column(
        "The nation in which it lies; blank: that of the employer.", default="", words="nation"
    )


@frozen(kw_only=True)
class Premises(Dated):
    """That several workplaces are one set of premises, such as the wards of one hospital.

    A workplace without such a row is premises of its own.
    """

    table = "premises"
    subject = ("workplace",)

    workplace: str = column("The workplace.", refers="workplaces")
    name: str = column("What the set of premises is called in notices to the employer.")


@frozen(kw_only=True)
class Transfer(Record):
    """A transfer of staff from one employer to another; their jobs say who went."""

    table = "transfers"
    subject = ("employer", "to", "job_group", "on")

    employer: str = column("The employer before.", refers="employers")
    to: str = column("The employer after.", refers="employers")
    job_group: str = column("Only this group of staff.", default="", words="job_group")
    on: date = column("The first day with the new employer.")
    how: str = column("By what law.", choices=("tupe", "statute", "agreement"))
    kept_identity: bool | None = column(
        "Whether what was transferred keeps an identity of its own; blank: not known.",
        default=None,
    )

    def holds(self, day: date) -> bool:
        """Say whether it has happened by ``day``."""
        return self.on <= day
