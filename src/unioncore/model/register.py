"""What a union's register holds beside memberships and jobs: how members are reached and pay."""

from datetime import date

from attrs import frozen

from unioncore.model.record import Dated, column

__all__ = ["Address", "JobCategory", "PaymentMethod"]


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
class JobCategory(Dated):
    """To which category of employee a role belongs, in the words of notices to the employer.

    A role with several categories on one day is ambiguous.
    """

    table = "job_categories"
    subject = ("employer", "role", "category")

    employer: str = column("Whose roles; blank: every employer's.", default="", refers="employers")
    role: str = column("The role, as jobs write it.")
    category: str = column("The category that the union means by it.")
