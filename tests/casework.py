"""A small union of people who do not exist, and cases to go with it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import attrs

from tests.synthetic import cited
from unioncore import Nation, Period, Rulebook
from unioncore.answers import Desk, Refusal, Taken
from unioncore.legal import Holiday
from unioncore.model import (
    Accreditation,
    Case,
    CaseEntry,
    CaseEvent,
    Employer,
    Holding,
    Job,
    Membership,
    Office,
    Open,
    Parent,
    Person,
    Setting,
    Union,
    Unit,
)

E = TypeVar("E", bound=CaseEntry)

DAY = date(2025, 6, 2)
"""The day on which the cases begin."""
LONG_AGO = date(2015, 1, 5)
EXPIRES = date(2025, 7, 1)
"""The first day on which the accreditation of Cato no longer counts."""
CITED = cited("A policy (made up)")


@cache
def a_union() -> Union:
    """Ada and Bela are members; Cato, Dana and Edda represent, Fynn works for the region."""
    names = {
        "ada": "Ada Example",
        "bela": "Bela Sample",
        "cato": "Cato Model",
        "dana": "Dana Specimen",
        "edda": "Edda Instance",
        "fynn": "Fynn Pattern",
    }
    members = [person for person in names if person != "fynn"]
    offices = [
        ("steward-1", "steward", "b"),
        ("steward-2", "steward", "b"),
        ("secretary", "branch-secretary", "b"),
        ("organiser", "regional-organiser", "office"),
        ("link", "labour-link-officer", "b"),
    ]
    held = [
        ("steward-1", "cato"),
        ("steward-2", "dana"),
        ("secretary", "edda"),
        ("organiser", "fynn"),
    ]
    return Union(
        key="unison",
        units=(
            Unit(key="unison", kind="union", name="UNISON"),
            Unit(key="EM", kind="region", name="East Midlands"),
            Unit(key="office", kind="regional-office", name="Example regional office"),
            Unit(key="b", kind="branch", name="Example branch"),
        ),
        parents=(
            Parent(unit="EM", axis="region", parent="unison"),
            Parent(unit="b", axis="region", parent="EM"),
            Parent(unit="office", axis="region", parent="EM"),
            Parent(unit="office", axis="staff", parent="unison"),
        ),
        employers=(
            Employer(
                key="example-council",
                kind="council",
                name="Example Borough Council",
                nation="England",
                public_function=True,
            ),
        ),
        people=tuple(Person(key=key, name=name) for key, name in names.items()),
        memberships=tuple(a_membership(key, LONG_AGO) for key in members),
        jobs=tuple(a_job(key) for key in members),
        offices=tuple(Office(key=key, role=role, unit=unit) for key, role, unit in offices),
        holdings=tuple(Holding(office=key, person=who, start=LONG_AGO) for key, who in held),
        accreditations=tuple(
            Accreditation(person=who, kind="employment-rights", start=start, end=end)
            for who, start, end in (
                ("cato", date(2022, 7, 1), EXPIRES),  # a certificate lasts three years
                ("dana", LONG_AGO, None),
                ("edda", LONG_AGO, None),
            )
        ),
        settings=(
            Setting(
                "branch",
                "b",
                "branch.membership_starts",
                "application",
                Period(LONG_AGO, None),
                CITED,
            ),
        ),
    )


def a_membership(person: str, start: date) -> Membership:
    return Membership(
        person=person,
        category="full",
        branch="b",
        start=start,
        application_received=start,
        band="I",
    )


def a_job(person: str) -> Job:
    return Job(person=person, employer="example-council", start=LONG_AGO, earnings=Decimal("28000"))


def entry(act: type[E], on: date = DAY, *, track: str = "t", **more: Any) -> E:
    """Make an entry, by the secretary of the branch if nobody else is given."""
    has_track = "track" in attrs.fields_dict(act)
    given = {"on": on, "recorded": on, "by": "edda", **({"track": track} if has_track else {})}
    return act(**{**given, **more})


def at_desk(book: Rulebook, *cases: Case, union: Union | None = None) -> Desk:
    """Return a desk of the small union with some cases."""
    return Desk(rulebook=book, union=union or a_union(), cases=cases)


def enter(
    book: Rulebook, case: Case, each: CaseEntry, *others: Case, union: Union | None = None
) -> Case | Refusal:
    """Enter something into a case of the small union; give the new case, or the refusal."""
    found = at_desk(book, case, *others, union=union).enter(case.reference, each)
    return found.case if isinstance(found, Taken) else found


def add(
    book: Rulebook,
    case: Case,
    *entries: CaseEntry,
    others: Iterable[Case] = (),
    union: Union | None = None,
) -> Case:
    """Return the case with further entries, none of which may be refused."""
    desk = at_desk(book, case, *others, union=union)
    for each in entries:
        desk = desk.enter(case.reference, each).ok().desk
    return desk.case(case.reference)


def events(on: date, *names: str | tuple[str, str], track: str = "t") -> Iterable[CaseEvent]:
    """Give events of one day; a pair is an event and what it needs to be so."""
    for each in names:
        event, said = (each, "") if isinstance(each, str) else each
        yield entry(CaseEvent, on, track=track, event=event, says=(said,) if said else ())


def a_case(
    book: Rulebook,
    reference: str = "C-1",
    person: str = "ada",
    *,
    kind: str = "core.grievance",
    incident: date | None = DAY,
    union: Union | None = None,
) -> Case:
    """Return a case with the track ``t``."""
    desk = Desk(rulebook=book, union=union or a_union())
    opening = desk.open_case(reference=reference, person=person, on=DAY, by="edda")
    case = opening.ok().case
    opened = entry(
        Open, case_type=kind, nation="England", employer="example-council", incident=incident
    )
    return add(book, case, opened, union=union)


def with_holiday(book: Rulebook, *days: date) -> Rulebook:
    """Return the rulebook with further holidays in England and Wales."""
    calendars = tuple(
        attrs.evolve(each, holidays=(*each.holidays, Holiday("A special day", days, CITED)))
        if Nation.ENGLAND in each.nations
        else each
        for each in book.definitions.calendars
    )
    return attrs.evolve(book, definitions=attrs.evolve(book.definitions, calendars=calendars))
