"""A post is advertised, applied for, and filled."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import application_standing, posts, vacancies, vacancy_standing
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import (
    Application,
    Criterion,
    Office,
    PanelMember,
    Person,
    Score,
    Snapshot,
    Union,
    Unit,
    Vacancy,
)

CLOSES = datetime(2026, 5, 15, 12)
POST = Vacancy(
    reference="X/1",
    office="office-x/organiser",
    closing=CLOSES,
    form="general",
    copies=2,
    pages="3;2",
    interviews=date(2026, 6, 2),
)


def application(**more: object) -> Application:
    told: dict[str, object] = {
        "received": CLOSES,
        "form": "general",
        "copies": 2,
        "pages": "3;2",
        **more,
    }
    return Application(vacancy="X/1", applicant="A1", **told)


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        ({}, []),
        ({"received": CLOSES.replace(minute=1)}, ["too late"]),
        ({"form": "letter"}, ["on another form"]),
        ({"copies": 1}, ["too few copies"]),
        ({"copies": None}, ["copies not recorded"]),
        ({"pages": "3;3"}, ["too many pages"]),
        ({"pages": ""}, ["pages not recorded"]),
    ],
)
def test_an_application_is_as_asked_or_says_what_it_lacks(
    more: dict[str, object], lacks: list[str]
) -> None:
    found = application_standing(POST, application(**more))
    assert [*found.lacks()] == lacks
    unknown = lacks and lacks[0].endswith("not recorded")
    assert found.admitted is (None if unknown else not lacks)


def test_pages_of_another_form_are_refused() -> None:
    with pytest.raises(BadFacts, match="pages of 2 sections"):
        application_standing(POST, application(pages="3"))


def made(*scores: Score, **more: object) -> Snapshot:
    union = Union(
        key="u",
        units=(Unit(key="office-x", kind="regional-office", name="Office"),),
        offices=(Office(key="office-x/organiser", role="organiser", unit="office-x"),),
        people=tuple(Person(key=key, name=f"Test {key}") for key in ("p", "q")),
        vacancies=(POST,),
        criteria=tuple(Criterion(vacancy="X/1", key=key, asks=key) for key in ("a", "b")),
        panel_members=tuple(PanelMember(vacancy="X/1", person=key) for key in ("p", "q")),
        applications=(application(**more),),
        scores=scores,
    )
    return union.on(date(2026, 7, 1))


def score(criterion: str, by: str, points: int) -> Score:
    return Score(vacancy="X/1", applicant="A1", criterion=criterion, by=by, score=points)


@given(st.lists(st.integers(0, 5), min_size=4, max_size=4))
def test_the_total_is_the_sum_of_what_the_panel_gave_on_average(points: list[int]) -> None:
    given_by = [(criterion, by) for criterion in "ab" for by in "pq"]
    scores = [score(*each, n) for each, n in zip(given_by, points, strict=True)]
    (whole,) = vacancy_standing(made(*scores), "X/1").applications
    assert whole.total == Fraction(sum(points), 2)
    (part,) = vacancy_standing(made(*scores[1:]), "X/1").applications
    assert part.total is None


def test_what_is_not_as_it_should_be_is_told() -> None:
    found = vacancy_standing(made(shortlisted=True, copies=1), "X/1")
    assert found.findings == (
        "A1 is shortlisted: too few copies",
        "A1 is shortlisted, and no interview is recorded",
    )
    found = vacancy_standing(made(shortlisted=True, interviewed=date(2026, 6, 2)), "X/1")
    assert found.findings == ("A1 was interviewed, and a score is missing",)


def test_who_has_not_applied_yet_is_not_among_them() -> None:
    before = made().union.on(date(2026, 5, 14))
    assert vacancy_standing(before, "X/1").applications == ()
    assert [each.reference for each in vacancies(before).vacancies] == ["X/1"]


def test_a_misspelt_vacancy_or_unit_is_told() -> None:
    with pytest.raises(UnknownName, match="'X/1'"):
        vacancy_standing(made(), "X/2")
    with pytest.raises(UnknownName, match="office-x"):
        posts(everything(), made(), "office-z")
