"""What must fit together between posts, and where one is advertised and filled."""

from collections import defaultdict
from collections.abc import Iterator

from unioncore.model import (
    Application,
    Criterion,
    Office,
    PanelMember,
    Record,
    Score,
    Union,
    Vacancy,
)

__all__: list[str] = []

_Found = Iterator[tuple[Record, str, str]]
"""Each record with the column and what is wrong; of people, no value."""


def post_faults(union: Union) -> _Found:
    """Give what is wrong between posts, vacancies, criteria, panels, applications and scores."""
    yield from _circles(union)
    vacancies = {row.reference: row for row in union.every(Vacancy)}
    for vacancy in vacancies.values():
        day = f"{vacancy.closing:%A}"
        if vacancy.weekday and vacancy.weekday != day:
            yield vacancy, "weekday", f"the closing day is a {day}"
    for criterion in union.every(Criterion):
        of = vacancies.get(criterion.vacancy)
        if criterion.section < 1 or (of and of.pages and criterion.section > _sections(of.pages)):
            yield criterion, "section", "the form has no such section"
    applications: dict[str, set[str]] = defaultdict(set)
    for application in union.every(Application):
        applications[application.vacancy].add(application.applicant)
        yield from _application(application, vacancies.get(application.vacancy))
    yield from _scores(union, vacancies, applications)


def _circles(union: Union) -> _Found:
    """Give the posts that report to themselves, directly or through others."""
    above: dict[str, set[str]] = defaultdict(set)
    for office in union.every(Office):
        if office.reports_to:
            above[office.key].add(office.reports_to)
    for office in union.every(Office):
        waiting, seen = [office.reports_to], set[str]()
        while waiting:
            key = waiting.pop()
            if key and key not in seen:
                seen.add(key)
                waiting.extend(above.get(key, ()))
        if office.key in seen:
            yield office, "reports_to", "the post reports to itself in the end"


def _sections(pages: str) -> int:
    return pages.count(";") + 1


def _application(row: Application, vacancy: Vacancy | None) -> _Found:
    if vacancy is None:
        return
    if row.pages and vacancy.pages and _sections(row.pages) != _sections(vacancy.pages):
        said = f"the form has {_sections(vacancy.pages)} sections; give the pages of each"
        yield row, "pages", said
    if row.interviewed is not None:
        if row.interviewed < vacancy.closing.date():
            yield row, "interviewed", "is before applications close"
        if not row.shortlisted:
            yield row, "shortlisted", "only those who are shortlisted are interviewed"


def _scores(
    union: Union, vacancies: dict[str, Vacancy], applications: dict[str, set[str]]
) -> _Found:
    criteria = {(row.vacancy, row.key) for row in union.every(Criterion)}
    panel = {(row.vacancy, row.person) for row in union.every(PanelMember)}
    for row in union.every(Score):
        vacancy = vacancies.get(row.vacancy)
        if vacancy is None:
            continue
        if row.applicant not in applications[row.vacancy]:
            yield row, "applicant", "no application of this vacancy has this reference"
        if (row.vacancy, row.criterion) not in criteria:
            yield row, "criterion", "the vacancy has no such criterion"
        if (row.vacancy, row.by) not in panel:
            yield row, "by", "only members of the panel give scores"
        most = vacancy.highest_score
        if row.score < 0 or (most is not None and row.score > most):
            limit = "zero or more" if most is None else f"a score from 0 to {most}"
            yield row, "score", f"expected {limit}"
