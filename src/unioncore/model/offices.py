"""Offices, seats and posts, who holds them, and how a vacancy is filled."""

from datetime import date, datetime

from attrs import frozen

from unioncore.model.record import KEY, Dated, Record, column

__all__ = ["Accreditation", "Holding", "Office", "Vacancy"]

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


@frozen(kw_only=True)
class Vacancy(Record):
    """An office that is advertised: by when to apply, how, and what is asked for."""

    table = "vacancies"
    subject = ("reference",)

    reference: str = column("The reference to quote, such as GS/7.", form=KEY)
    office: str = column("The office.", refers="offices")
    closing: datetime = column("The last moment for applications, included.")
    form: str = column("The only form of application that is taken; blank: any.", default="")
    interviews: date | None = column("The day of the interviews.", default=None)
    criteria: str = column("What is asked for, between semicolons.", default="")

    def in_time(self, received: datetime) -> bool:
        """Say whether an application received then is in time; the closing moment is included."""
        return received <= self.closing

    def accepts(self, received: datetime, form: str) -> bool:
        """Say whether an application is in time and of the only form that is taken, if one is."""
        return self.in_time(received) and self.form in ("", form)
