"""How a post of the union's staff is filled: applications, the shortlist, scores and the panel.

Nobody is ranked by the library beyond the panel's own scores, and whom to appoint is the panel's
to decide. Applicants have references here, and no names.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

import attrs
from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.model import Application, Criterion, PanelMember, Score, Snapshot, Vacancy
from unioncore.numbers import half_up
from unioncore.rules import long_date, series

__all__ = [
    "ApplicationStanding",
    "VacancyList",
    "VacancyStanding",
    "application_standing",
    "vacancies",
    "vacancy_standing",
]


@frozen
class ApplicationStanding(Answers, shows="in_time right_form complete within_pages"):
    """How an application meets what the advertisement asks for; None: not recorded."""

    applicant: str
    in_time: bool
    right_form: bool
    complete: bool | None
    """Whether all copies came."""
    within_pages: bool | None
    shortlisted: bool | None = None
    interviewed: date | None = None
    scores: Mapping[str, Fraction] | None = None
    """The mean of the panel's scores by criterion; None while one is missing."""

    @property
    def admitted(self) -> bool | None:
        """Whether it is in time, on the right form, complete, and within the pages."""
        every = (self.in_time, self.right_form, self.complete, self.within_pages)
        return False if False in every else None if None in every else True

    @property
    def total(self) -> Fraction | None:
        """The sum of its scores; None while one is missing."""
        return sum(self.scores.values(), Fraction(0)) if self.scores else None

    def lacks(self) -> Iterator[str]:
        """Give what it lacks, in words."""
        if not self.in_time:
            yield "too late"
        if not self.right_form:
            yield "on another form"
        for met, lacks, of in (
            (self.complete, "too few copies", "copies"),
            (self.within_pages, "too many pages", "pages"),
        ):
            if met is not True:
                yield lacks if met is False else f"{of} not recorded"


@checked
def application_standing(vacancy: Vacancy, application: Application) -> ApplicationStanding:
    """Return how an application meets what the advertisement of a vacancy asks for.

    Where no limit is laid down, every number is within it.

    Raises:
        BadFacts: when the application has another number of sections than the form.
    """
    needed = 1 if vacancy.copies is None else vacancy.copies
    within: bool | None = True
    if vacancy.pages:
        within = _within(vacancy.pages, application.pages) if application.pages else None
    copies = application.copies
    return ApplicationStanding(
        applicant=application.applicant,
        in_time=vacancy.in_time(application.received),
        right_form=vacancy.form in ("", application.form),
        complete=None if copies is None else copies >= needed,
        within_pages=within,
        shortlisted=application.shortlisted,
        interviewed=application.interviewed,
    )


def _within(most: str, pages: str) -> bool:
    limits, given = most.split(";"), pages.split(";")
    if len(limits) != len(given):
        raise BadFacts((Problem("pages", f"the pages of {len(limits)} sections"),))
    return all(int(each) <= int(limit) for each, limit in zip(given, limits, strict=True))


@frozen
class VacancyStanding(Answers, shows="reference closing applications"):
    """A vacancy and how far it has come."""

    reference: str
    office: str
    closing: datetime
    interviews: date | None
    criteria: tuple[Criterion, ...]
    panel: tuple[str, ...]
    applications: tuple[ApplicationStanding, ...]
    """Those that came by the day of the question."""
    holder: str
    """Who holds the post on the day; empty where nobody does."""
    findings: tuple[str, ...]
    """What is not as it should be, or is not recorded."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.reference}: {self.office}, {'filled' if self.holder else 'vacant'}"
        yield f"  applications by {_moment(self.closing)}"
        day = "no day recorded" if self.interviews is None else _weekday(self.interviews)
        yield f"  interviews: {day}; panel: {len(self.panel) or 'not recorded'}"
        heading = ""
        for each in self.criteria:
            if each.heading != heading:
                heading = each.heading
                yield f"  section {each.section}, {heading}:"
            yield f"    {each.key}: {each.asks}"
        for one in self.applications:
            lacks = series([*one.lacks()])
            told = [f"not as asked: {lacks}" if lacks else "as asked"]
            told += ["shortlisted"] if one.shortlisted else []
            told += ["not shortlisted"] if one.shortlisted is False else []
            if one.interviewed is not None:
                told.append(f"interviewed on {long_date(one.interviewed)}")
            if one.total is not None:
                told.append(f"{half_up(one.total, 1)} points")
            yield f"  {one.applicant}: {'; '.join(told)}"
        yield from (f"  to look at: {each}" for each in self.findings)


def _weekday(day: date) -> str:
    return f"{day:%A} {long_date(day)}"


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} on {_weekday(moment.date())}"


@frozen
class VacancyList(Answers, shows="vacancies"):
    """Every vacancy of a union."""

    vacancies: tuple[VacancyStanding, ...]

    def to_text(self) -> str:
        """Return a line for each vacancy."""
        lines = [
            f"{each.reference}: {each.office}, {'filled' if each.holder else 'vacant'}; closes "
            f"{_moment(each.closing)}; {len(each.applications)} applications"
            for each in self.vacancies
        ]
        return "\n".join(lines) or "no vacancy is recorded"


@checked
def vacancy_standing(now: Snapshot, reference: str) -> VacancyStanding:
    """Answer how far a vacancy has come by the day of ``now``.

    Raises:
        UnknownName: when no vacancy has that reference.
    """
    vacancy = now.require(Vacancy, reference)
    rows = now.rows(Criterion, "vacancy", reference)
    criteria = tuple(sorted(rows, key=lambda row: row.section))
    panel = tuple(row.person for row in now.rows(PanelMember, "vacancy", reference))
    came = [
        row for row in now.rows(Application, "vacancy", reference) if row.received.date() <= now.day
    ]
    scores = now.rows(Score, "vacancy", reference)
    standings = tuple(_standing(vacancy, row, criteria, panel, scores) for row in came)
    return VacancyStanding(
        reference=reference,
        office=vacancy.office,
        closing=vacancy.closing,
        interviews=vacancy.interviews,
        criteria=criteria,
        panel=panel,
        applications=standings,
        holder=next(iter(now.holders(vacancy.office)), ""),
        findings=tuple(_findings(vacancy, criteria, panel, standings, now.day)),
    )


def _standing(
    vacancy: Vacancy,
    row: Application,
    criteria: Sequence[Criterion],
    panel: Sequence[str],
    scores: Sequence[Score],
) -> ApplicationStanding:
    found = application_standing(vacancy, row)
    given: dict[str, dict[str, int]] = {}
    for score in scores:
        if score.applicant == row.applicant:
            given.setdefault(score.criterion, {})[score.by] = score.score
    whole = bool(criteria and panel) and all(
        set(given.get(each.key, ())) >= set(panel) for each in criteria
    )
    means = {key: Fraction(sum(by.values()), len(by)) for key, by in sorted(given.items()) if by}
    return attrs.evolve(found, scores=means if whole else None)


def _findings(
    vacancy: Vacancy,
    criteria: Sequence[Criterion],
    panel: Sequence[str],
    applications: Sequence[ApplicationStanding],
    day: date,
) -> Iterator[str]:
    if not criteria:
        yield "no criteria are recorded"
    if not panel:
        yield "no panel is recorded"
    for each in applications:
        if each.shortlisted and not each.admitted:
            yield f"{each.applicant} is shortlisted: {series([*each.lacks()])}"
        if each.interviewed is not None and each.interviewed <= day and each.scores is None:
            yield f"{each.applicant} was interviewed, and a score is missing"
        if (
            each.shortlisted
            and each.interviewed is None
            and vacancy.interviews is not None
            and vacancy.interviews < day
        ):
            yield f"{each.applicant} is shortlisted, and no interview is recorded"


@checked
def vacancies(now: Snapshot) -> VacancyList:
    """Answer how far every vacancy has come by the day of ``now``, the one that closes first."""
    rows = sorted(now.every(Vacancy), key=lambda row: row.closing)
    return VacancyList(tuple(vacancy_standing(now, row.reference) for row in rows))
