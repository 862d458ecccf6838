"""A member desk as somebody outside would write it: type checkers find nothing wrong with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import unioncore
from unioncore import Answer, Key, Placement, Rulebook, TimeLimit
from unioncore.answers import Attention, Deadline, Desk, Refusal, attention, deadlines
from unioncore.describe import to_icalendar
from unioncore.model import Case, CaseEntry, Note
from unioncore.records import union_to_dict
from unioncore.schemas import facts_schema

GROUP = Key("service_group", str)
BODIES = Key("negotiating_bodies", frozenset[str])
IN_GOOD_STANDING = Key("in_good_standing", bool)
MONTHLY = Key("subscription_monthly", Decimal)
BEGAN = Key("membership_began", date)


@dataclass(frozen=True)
class Card:
    """What a page shows of a member."""

    group: str
    bodies: tuple[str, ...]
    in_good_standing: bool | None
    monthly: Decimal | None
    since: str
    ask_for: tuple[str, ...]


def card(rulebook: Rulebook, facts: Mapping[str, object], on: date) -> Card:
    found = unioncore.ask(rulebook, facts, GROUP, BODIES, IN_GOOD_STANDING, MONTHLY, BEGAN, on=on)
    group: Answer[str] = found[GROUP]
    bodies = found[BODIES]
    standing, monthly, began = found[IN_GOOD_STANDING], found[MONTHLY], found[BEGAN]
    missing = {key for answer in (group, bodies, standing) for key in answer.missing}
    return Card(
        group=group.value.upper() if group.known else "",
        bodies=tuple(sorted(bodies.value)) if bodies.known else (),
        in_good_standing=standing.value if standing.known else None,
        monthly=monthly.value + Decimal("0.00") if monthly.known else None,
        since=began.value.isoformat() if began.known else "",
        ask_for=tuple(sorted(missing)),
    )


def placed(rulebook: Rulebook, body: str, on: date) -> dict[str, object]:
    """Answer a request whose body is JSON; what is wrong with it goes back as data."""
    try:
        place: Placement = unioncore.placement(rulebook, json.loads(body), on=on)
    except unioncore.BadFacts as error:
        return {"status": 422, "problems": [str(problem) for problem in error.problems]}
    return {"status": 200, **place.short()}


def kept(place: Placement) -> Placement:
    return Placement.from_dict(json.loads(json.dumps(place.to_dict())))


def last_day(rulebook: Rulebook, claim: str, starts: date) -> date | None:
    limit: TimeLimit = unioncore.time_limit(rulebook, claim, starts=starts, nation="England")
    return limit.act_by.value if limit.act_by.known else None


def noted(desk: Desk, reference: str, text: str, by: str, on: date) -> Case:
    entry: CaseEntry = Note(on=on, recorded=on, by=by, level="ordinary", text=text)
    found = desk.enter(reference, entry)
    if isinstance(found, Refusal):
        raise ValueError("; ".join(found.reasons))
    return found.case


def calendar(rulebook: Rulebook, case: Case, file: Path, on: date) -> int:
    days: tuple[Deadline, ...] = deadlines(rulebook, case, on=on)
    before = file.read_bytes() if file.exists() else None
    stamp = datetime.combine(on, datetime.min.time(), UTC)
    file.write_bytes(to_icalendar(days, stamp=stamp, series=case.reference, before=before))
    return len(days)


def urgent(desk: Desk, on: date) -> list[str]:
    found: tuple[Attention, ...] = attention(desk, on=on, within=14)
    return [f"{each.case}: {each.what.value}" for each in found]


def members(folder: Path, rulebook: Rulebook, on: date) -> dict[str, str]:
    union = unioncore.read_union(folder, rulebook).ok()
    now = union.on(on)
    jobs = {each.person: now.jobs(each.person) for each in union.memberships}
    return {person: held[0].employer if held else "" for person, held in jobs.items()}


def exported(folder: Path, rulebook: Rulebook) -> str:
    return json.dumps(union_to_dict(unioncore.read_union(folder, rulebook).ok()))


def cap(rulebook: Rulebook, on: date) -> Decimal:
    facts = {"redundancy__nation": "England", "redundancy__relevant_date": on}
    return rulebook.parameter(Key("core.week_pay_cap", Decimal), on=on, **facts)


def open_api(rulebook: Rulebook) -> dict[str, object]:
    return {"facts": facts_schema(rulebook), "placement": Placement.json_schema()}


if __name__ == "__main__":
    book = unioncore.compose()
    today = date(2026, 3, 2)
    print(card(book, {"employer.kind": "police-force", "employer.nation": "England"}, today))
    print(placed(book, '{"employer.knd": "police-force"}', today))
    print(last_day(book, "unfair-dismissal", date(2026, 1, 5)))
