"""What a union's register holds beside memberships and jobs: how members are reached and pay."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = [
    "Address",
    "CheckOffColumns",
    "JobCategory",
    "MemberForm",
    "PaymentMethod",
    "payroll_number",
]


@frozen(kw_only=True)
class Address(Dated):
    """Whether a member can be reached in one way; the address itself stands in no record."""

    table = "addresses"
    subject = ("person", "channel")
    personal = True

    person: str = column("The member.", refers="people")
    channel: str = column("The way in which they are reached.", words="contact_channel")
    place: str = column(
        "Where it reaches them: at home, at work, or at another address that they asked for in "
        "writing; blank: not recorded.",
        default="",
        choices=("home", "work", "other"),
    )
    state: str = column(
        "Whether what is sent arrives, came back, or there is no such address.",
        default="good",
        choices=("good", "returned", "none"),
    )


@frozen(kw_only=True)
class PaymentMethod(Dated):
    """How a member pays the subscription."""

    table = "payment_methods"
    subject = ("person",)
    personal = True

    person: str = column("The member.", refers="people")
    method: str = column("How it is paid.", words="payment_method")
    employer: str = column(
        "For check-off: the employer that deducts it.", default="", refers="employers"
    )
    authorised: date | None = column(
        "The day on which the member authorised it in writing; blank: not recorded.", default=None
    )
    start: date = column("The first day for which it pays.")


@frozen(kw_only=True)
class CheckOffColumns(Record):
    """How an employer names the columns of its file of deductions from pay."""

    table = "check_off_columns"
    subject = ("employer",)

    employer: str = column("Whose file it is.", refers="employers")
    payroll: str = column("The column with the payroll number, as its first line writes it.")
    amount: str = column("The column with the pounds that were deducted.")
    name: str = column("The column with the name; blank: there is none.", default="")


@frozen(kw_only=True)
class JobCategory(Dated):
    """To which category of employee a role belongs, in the words of notices to the employer.

    A role with several categories on one day is ambiguous.
    """

    table = "job_categories"
    subject = ("employer", "role", "category")

    employer: str = column("Whose roles; blank: every employer's.", default="", refers="employers")
    role: str = column("The role, as jobs write it.")
    category: str = column("The category that the union means by it.")


@frozen(kw_only=True)
class MemberForm(Record):
    """A form that a member or a joiner sent to the union, and when it was entered."""

    table = "forms"
    subject = ("key",)
    personal = True

    key: str = column("The form's number.", form=KEY)
    person: str = column(
        "Whose it is; blank: somebody whom the records do not know yet.",
        default="",
        refers="people",
    )
    kind: str = column(
        "What it is for: joining, a change of what is recorded, or leaving.",
        choices=("joining", "change", "leaving"),
    )
    received: date = column("The day on which a branch, a region or the national office had it.")
    entered: date | None = column(
        "The day on which it was entered in the records; blank: it was not.", default=None
    )

    def holds(self, day: date) -> bool:
        """Say whether it had been received by ``day``."""
        return self.received <= day


def payroll_number(written: str) -> str:
    """Return a payroll number without what a spreadsheet or a hurried hand changes in it.

    Letters become small, blanks go, and so do zeros in front of digits.
    """
    plain = "".join(written.split()).casefold()
    return plain.lstrip("0") or "0" if plain.isdecimal() else plain
