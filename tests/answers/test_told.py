"""Two stories with their answers: a conference and a vacancy; a branch before its assessment."""

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import unioncore
from tests.books import everything
from unioncore.answers import (
    Headcount,
    Pattern,
    RepStanding,
    RepTraining,
    committee_representative,
    conference_calendar,
    density,
    in_time,
    movement,
    percent,
    publish_counts,
    rep_standing,
)
from unioncore.model import Event, Parent, Snapshot, Union, Unit, Vacancy

TOLD = Path(__file__).parent / "told"
S09: dict[str, Any] = json.loads((TOLD / "s09-conference-and-vacancy.json").read_text())
S10: dict[str, Any] = json.loads((TOLD / "s10-branch-assessment.json").read_text())
ON = date.fromisoformat(S10["as_of"])


def moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


# -- a conference and a vacancy --------------------------------------------------------------------


def conference() -> Snapshot:
    told = S09["conference"]
    events = tuple(
        Event(unit="conference", edition=told["edition"], what=what, at=moment(at))
        for what, at in told["calendar"].items()
    )
    units = (
        Unit(key="conference", kind="conference", name="Conference"),
        Unit(key="u", kind="union", name="U"),
    )
    under = (Parent(unit="conference", axis="governance", parent="u"),)
    union = Union(key="u", units=units, parents=under, calendar=events)
    return union.on(date.fromisoformat(S09["as_of"]))


@pytest.mark.parametrize("motion", S09["received"], ids=lambda motion: motion["id"])
def test_the_hour_is_part_of_the_deadline(motion: dict[str, Any]) -> None:
    received = datetime.fromisoformat(motion["at"])
    asked = (everything(), conference(), "conference", "2017", motion["what"], received)
    assert in_time(*asked).value is motion["in_time"]


def test_the_intervals_recur() -> None:
    steps = conference_calendar(everything(), conference(), "conference", "2017").steps
    days = {step.what: step.day.value for step in steps if step.day.known}
    found = {what: (days["opens"] - day).days for what, day in days.items()}
    told = S09["days_before_opening"]
    assert {what: found[what] for what in told} == told


def vacancy() -> Vacancy:
    told = S09["vacancy"]
    return Vacancy(
        reference=told["reference"],
        office="assistant-general-secretary",
        closing=datetime.fromisoformat(told["closing"]),
        form=told["form"],
        interviews=date.fromisoformat(told["interviews"]),
    )


@pytest.mark.parametrize("application", S09["applications"], ids=lambda each: each["id"])
def test_an_application_is_in_time_and_of_the_form_asked_for(application: dict[str, Any]) -> None:
    open_ = vacancy()
    received = datetime.fromisoformat(application["at"])
    form = application.get("form", open_.form)
    assert open_.in_time(received) is application["in_time"]
    assert open_.accepts(received, form) is application["accepted"]


def test_a_vacancy_that_names_no_form_takes_any() -> None:
    open_ = Vacancy(reference="x", office="y", closing=datetime(2020, 1, 1, 12))
    assert open_.accepts(datetime(2020, 1, 1, 12), "CV")
    assert not open_.accepts(datetime(2020, 1, 1, 12, 1), "CV")


def test_the_closing_day_is_the_weekday_that_the_brief_names() -> None:
    assert vacancy().closing.strftime("%A") == S09["vacancy"]["weekday"]


# -- a branch before its assessment ----------------------------------------------------------------


def test_density_by_place_and_of_the_branch() -> None:
    found = density(Headcount(**each) for each in S10["workplaces"])
    shares = {**found.by_place, "branch": found.whole}
    told = {key: Decimal(text) for key, text in S10["density_percent"].items()}
    assert {key: percent(share) for key, share in shares.items()} == told
    assert list(found.most_to_organise) == S10["most_to_organise"]


def standing(told: dict[str, Any], on: date = ON) -> RepStanding:
    days = {name: date.fromisoformat(day) for name, day in told["days"].items()}
    return rep_standing(
        everything(),
        RepTraining(told["person"], **days),
        on=on,
    )


@pytest.mark.needs_plugins
@pytest.mark.parametrize("told", S10["reps"], ids=lambda told: told["person"])
def test_who_may_take_casework(told: dict[str, Any]) -> None:
    found = standing(told)
    assert found.may_take_casework.value is told["casework"]
    assert told["why"] in found.may_take_casework.because[0].text
    assert found.data_training_current.value is told["data_training_current"]
    if "introductory_in_time" in told:
        assert found.introductory_in_time.value is told["introductory_in_time"]
        assert told["why_introductory"] in found.introductory_in_time.because[0].text


@pytest.mark.needs_plugins
def test_a_certificate_ends_five_years_on_and_training_is_overdue_a_year_on() -> None:
    one, two = S10["reps"][0], S10["reps"][1]
    assert standing(one, date(2024, 5, 9)).may_take_casework.value
    assert not standing(one, date(2024, 5, 10)).may_take_casework.value
    assert standing(two, date(2025, 1, 10)).introductory_in_time.value
    assert not standing(two, date(2025, 1, 11)).introductory_in_time.value


@pytest.mark.needs_plugins
def test_a_committee_from_one_employer_is_not_representative() -> None:
    employers = [each["of"] for each in S10["workplaces"]]
    found = committee_representative(everything(), S10["officers"], employers, on=ON)
    assert found.value is S10["committee"]["representative"]
    assert found.because[0].text == S10["committee"]["why"]


def test_the_year_with_its_denominator() -> None:
    found, told = movement(**S10["year"]), S10["retention"]
    assert found.net_change == told["net_change"]
    assert found.average == Fraction(told["average"])
    assert percent(found.leaver_rate) == Decimal(told["leaver_rate_percent"])
    assert percent(found.joiner_rate) == Decimal(told["joiner_rate_percent"])


def test_reasons_for_leaving_go_out_without_small_counts() -> None:
    book = unioncore.compose(discover=False)
    counts = S10["leavers_by_reason"]
    found = publish_counts(book, counts, rows="employer", columns="reason", on=ON, protected=False)
    assert isinstance(found, Pattern)
    rows = dict(zip(found.rows.all(), found.cells, strict=True))
    for employer in S10["must_be_suppressed"]:
        assert set(rows[employer]) == {None}
    totals = dict(zip(found.rows.all(), found.row_totals, strict=True))
    assert totals["police force contractor"] is None
    assert (totals["county council"], found.total) == (180, 215)
