"""Offices, seats and posts, and who holds them."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Dated, column

__all__ = ["Accreditation", "Holding", "Office"]

_YOUNG_MEMBERS = "young-members"
"""How a seat of young members names its constituency; they are no self-organised group."""


@frozen(kw_only=True)
class Office(Dated):
    """An office, a seat or a post of one unit."""

    table = "offices"
    subject = ("key",)

    key: str = column("The office's key.", form=KEY)
    role: str = column("What kind of office it is.", words="office_role")
    unit: str = column("The unit that has it.", refers="units")
    places: int = column("How many people may hold it at once.", default=1)
    seat_kind: str = column("For a seat: whom it is for.", default="", words="seat_kind")
    region: str = column("For a seat of a region: that region.", default="", refers="units")
    service_group: str = column(
        "For a seat of a service group: that group.", default="", words="service_group"
    )
    group: str = column(
        "For a seat of a self-organised group: that group.",
        default="",
        words="self_organised_group",
    )
    young: bool = column("Whether the seat is one for young members.", default=False)
    grade: str = column("For a post of the staff: its grade.", default="")
    place: str = column(
        "For a post of the staff: where the work is.", default="", refers="workplaces"
    )
    reports_to: str = column(
        "For a post of the staff: the post that it reports to.", default="", refers="offices"
    )
    responsible_for: str = column(
        "For a post of the staff: whom or what it is responsible for.", default=""
    )

    @property
    def constituency(self) -> str:
        """The region, service group or group of a seat, by key; empty for any other office."""
        young = _YOUNG_MEMBERS if self.young else ""
        return self.region or self.service_group or self.group or young


@frozen(kw_only=True)
class Holding(Dated):
    """Who holds an office, for one term."""

    table = "holdings"
    subject = ("office", "person")
    personal = True

    office: str = column("The office.", refers="offices")
    person: str = column("Who holds it.", refers="people")
    start: date = column("The first day of the term.")
    elected: date | None = column("The day of the election or appointment.", default=None)
    election_began: date | None = column("The first day of the election's timetable.", default=None)
    how: str = column(
        "How it was filled.",
        default="elected",
        choices=("elected", "by-election", "appointed", "co-opted"),
    )


@frozen(kw_only=True)
class Accreditation(Dated):
    """What a representative is accredited for; it expires on its end day."""

    table = "accreditations"
    subject = ("person", "kind")
    personal = True

    person: str = column("Who.", refers="people")
    kind: str = column("What for.", words="accreditation_kind")
    start: date = column("The first day on which it counts.")
