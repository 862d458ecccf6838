"""Posts of the union's staff: whom they answer to, and how a vacancy is advertised and filled."""

from datetime import date, datetime

from attrs import frozen

from unioncore.model.record import KEY, Dated, Form, Record, column

__all__ = ["Application", "Criterion", "Oversight", "PanelMember", "Score", "Vacancy"]

_PAGES = Form(r"[0-9]{1,3}(;[0-9]{1,3})*", "numbers between semicolons, such as 5;3")


@frozen(kw_only=True)
class Oversight(Dated):
    """A committee, or another unit, that a post answers to beside whom it reports to."""

    table = "oversight"
    subject = ("office", "unit")

    office: str = column("The post.", refers="offices")
    unit: str = column("The unit that it answers to.", refers="units")
    source: str = column("Where that is laid down.", default="")


@frozen(kw_only=True)
class Vacancy(Record):
    """An office that is advertised: by when to apply, how, and when interviews are held."""

    table = "vacancies"
    subject = ("reference",)

    reference: str = column("The reference to quote, such as GS/7.", form=KEY)
    office: str = column("The office.", refers="offices")
    closing: datetime = column("The last moment for applications, included.")
    weekday: str = column(
        "The weekday that the advertisement names for it; blank: none.",
        default="",
        choices=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    )
    form: str = column("The only form of application that is taken; blank: any.", default="")
    copies: int | None = column("How many copies are asked for; blank: one.", default=None)
    pages: str = column(
        "The most pages of each section of the form, in order, such as 5;3; blank: no limit.",
        default="",
        form=_PAGES,
    )
    interviews: date | None = column("The day of the interviews.", default=None)
    highest_score: int | None = column(
        "The highest score for one criterion; blank: not laid down.", default=None
    )

    def in_time(self, received: datetime) -> bool:
        """Say whether an application received then is in time; the closing moment is included."""
        return received <= self.closing

    def accepts(self, received: datetime, form: str) -> bool:
        """Say whether an application is in time and of the only form that is taken, if one is."""
        return self.in_time(received) and self.form in ("", form)


@frozen(kw_only=True)
class Criterion(Record):
    """One thing that applicants for a post are asked to show."""

    table = "criteria"
    subject = ("vacancy", "key")

    vacancy: str = column("The vacancy.", refers="vacancies")
    key: str = column("The criterion's key among those of the vacancy.", form=KEY)
    section: int = column("The section of the form in which it is shown.", default=1)
    heading: str = column("The heading that it stands under.", default="")
    asks: str = column("What is asked for.")


@frozen(kw_only=True)
class PanelMember(Record):
    """Somebody on the panel that shortlists and interviews."""

    table = "panel_members"
    subject = ("vacancy", "person")
    personal = True

    vacancy: str = column("The vacancy.", refers="vacancies")
    person: str = column("Who.", refers="people")


@frozen(kw_only=True)
class Application(Record):
    """An application for a post, under a reference of its own and without a name."""

    table = "applications"
    subject = ("vacancy", "applicant")
    personal = True

    vacancy: str = column("The vacancy.", refers="vacancies")
    applicant: str = column("The applicant's reference, such as A1; never a name.", form=KEY)
    received: datetime = column("The moment at which it came.")
    form: str = column("The form that it is on.", default="")
    copies: int | None = column("How many copies came; blank: not recorded.", default=None)
    pages: str = column(
        "How many pages each section has, in order, such as 5;3; blank: not recorded.",
        default="",
        form=_PAGES,
    )
    shortlisted: bool | None = column(
        "Whether the panel shortlisted it; blank: not decided.", default=None
    )
    interviewed: date | None = column("The day of the interview.", default=None)


@frozen(kw_only=True)
class Score(Record):
    """What one member of the panel gives an applicant for one criterion."""

    table = "scores"
    subject = ("vacancy", "applicant", "criterion", "by")
    personal = True

    vacancy: str = column("The vacancy.", refers="vacancies")
    applicant: str = column("The applicant's reference.", form=KEY)
    criterion: str = column("The criterion's key.", form=KEY)
    by: str = column("Who gives it.", refers="people")
    score: int = column("The score.")
