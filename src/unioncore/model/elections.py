"""Elections within the union: the timetable, the offices, who nominates whom, and the votes."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Record, column

__all__ = ["Contest", "Election", "ElectionCandidate", "Nomination"]


@frozen(kw_only=True)
class Election(Record):
    """An election of one office or of many, with its timetable."""

    table = "elections"
    subject = ("key",)

    key: str = column("The election's key, such as executive-2025.", form=KEY)
    name: str = column("What people call it.")
    by_election: bool = column("Whether it fills the rest of a term.", default=False)
    began: date | None = column(
        "The first day of the timetable, from which a candidate's membership counts back.",
        default=None,
    )
    nominations_open: date | None = column("The first day for nominations.", default=None)
    nominations_close: date | None = column("The last day for nominations.", default=None)
    register_day: date | None = column(
        "The day on which voters must stand in the register; blank: as the rules have it.",
        default=None,
    )
    papers_sent: date | None = column("The first day on which papers go out.", default=None)
    closes: date | None = column("The last day of the ballot.", default=None)
    result: date | None = column("The day on which the result is announced.", default=None)
    how: str = column(
        "How votes are given.", default="post", choices=("post", "post-or-online", "meeting")
    )
    returning_officer: str = column("Who conducts it; blank: not recorded.", default="")
    scrutineer: str = column("The independent scrutineer; blank: not recorded.", default="")
    meeting: date | None = column(
        "For a branch: the annual meeting that it ends with; blank: it is no election of a branch.",
        default=None,
    )
    notice_sent: date | None = column(
        "When notice of that meeting was given; blank: not recorded.", default=None
    )
    notice_way: str = column(
        "How it was given; blank: not recorded.",
        default="",
        choices=("each-member", "website"),
    )
    sent_to_all: bool | None = column(
        "Whether it could be sent to every member; blank: not recorded.", default=None
    )


@frozen(kw_only=True)
class Contest(Record):
    """One office that an election fills, with the count of its papers."""

    table = "contests"
    subject = ("election", "office")

    election: str = column("The election.", refers="elections")
    office: str = column("The office.", refers="offices")
    places: int = column("How many are elected.", default=1)
    entitled: int | None = column("How many may vote; blank: not recorded.", default=None)
    returned: int | None = column("How many papers came back; blank: not recorded.", default=None)


@frozen(kw_only=True)
class ElectionCandidate(Record):
    """Somebody who stands for an office, and the votes that they had."""

    table = "candidates"
    subject = ("election", "office", "person")
    personal = True

    election: str = column("The election.", refers="elections")
    office: str = column("The office.", refers="offices")
    person: str = column("Who stands.", refers="people")
    votes: int | None = column("The votes; blank: not counted.", default=None)
    nominators: int | None = column(
        "For a branch: how many members nominate them; blank: not recorded.", default=None
    )
    by_committee: bool | None = column(
        "For a branch: whether its committee nominates them; blank: not recorded.", default=None
    )


@frozen(kw_only=True)
class Nomination(Record):
    """That a unit nominates a candidate at a meeting."""

    table = "nominations"
    subject = ("election", "office", "person", "unit")
    personal = True

    election: str = column("The election.", refers="elections")
    office: str = column("The office.", refers="offices")
    person: str = column("Who is nominated.", refers="people")
    unit: str = column("The unit that nominates.", refers="units")
    meeting: date = column("The day of its meeting.")
    present: int | None = column("How many were there; blank: not recorded.", default=None)
    quorum: int | None = column("How many must be there; blank: not recorded.", default=None)
