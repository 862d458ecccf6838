"""What members choose about being written to, and the texts that go out to many of them."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["ContactChoice", "Message"]


@frozen(kw_only=True)
class ContactChoice(Dated):
    """What a member said about being written to in one way; no address stands in any record."""

    table = "contact_choices"
    subject = ("person", "channel", "purpose")
    personal = True

    person: str = column("The member.", refers="people")
    channel: str = column("The way in which they are reached.", words="contact_channel")
    purpose: str = column(
        "What for; blank: whatever for, unless another row says otherwise.",
        default="",
        words="contact_purpose",
    )
    choice: str = column("What was chosen.", choices=("consent", "refused"))
    start: date = column("The first day of the choice.")


@frozen(kw_only=True)
class Message(Record):
    """One version of a text that goes to many members, and what was done with it."""

    table = "messages"
    subject = ("key", "version")

    key: str = column("The text's key, the same for each version.", form=KEY)
    version: int = column("Which version it is, from 1.")
    unit: str = column("The unit that sends it.", refers="units")
    title: str = column("What it is headed.")
    text: str = column("What it says, or where it is kept.")
    channel: str = column("The way in which members are reached.", words="contact_channel")
    purpose: str = column("What it is for.", words="contact_purpose")
    group: str = column(
        "Whom it is for, as a condition over members in the notation of rules; blank: all.",
        default="",
    )
    approved_by: str = column("The office that approved it.", default="", refers="offices")
    approved: date | None = column("The day of the approval.", default=None)
    trial_sent: date | None = column(
        "The day on which a trial went to the sender alone.", default=None
    )
    sent: date | None = column("The day on which it went to the members.", default=None)
    sent_to: int | None = column("To how many members it went.", default=None)
