"""The clauses of a union's own register of agreements that say which hours pay more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from unioncore.checked import checked
from unioncore.legal import Nation, Period
from unioncore.model import (
    Agreement,
    Clause,
    ClauseHours,
    HourClass,
    HourRate,
    HourSpan,
    PayClause,
    PayClauseVersion,
    Union,
)

__all__ = ["local_clauses"]

_PLAIN = HourClass("plain", "hours that pay no more")
_Key = tuple[str, str]


@checked
def local_clauses(union: Union) -> dict[str, PayClause]:
    """Return the clauses with hours that pay more, each by AGREEMENT/CLAUSE.

    On a day on which an agreement has no such hours, those of the same clause of the agreement that
    it varies count.
    """
    rows: dict[_Key, list[ClauseHours]] = {}
    for row in union.every(ClauseHours):
        rows.setdefault((row.agreement, row.clause), []).append(row)
    agreements = {row.key: row for row in union.every(Agreement)}
    topics = {(row.agreement, row.key): row.topic for row in union.every(Clause)}
    found = {}
    for key, clause in rows:
        agreement = agreements[key]
        chain = [rows.get((each, clause), []) for each in _wider(key, agreements)]
        every = dict.fromkeys(row.hours for each in chain for row in each)
        found[f"{key}/{clause}"] = PayClause(
            key=f"{key}/{clause}",
            name=f"{agreement.title}, {topics.get((key, clause)) or clause}",
            nations=(Nation(agreement.nation),) if agreement.nation else tuple(Nation),
            hours=(_PLAIN, *(HourClass(each, each) for each in every)),
            versions=tuple(_versions(chain)),
        )
    return found


def _wider(key: str, agreements: Mapping[str, Agreement]) -> list[str]:
    """Return an agreement and those that it varies, the nearest first."""
    found: list[str] = []
    while key in agreements and key not in found:
        found.append(key)
        key = agreements[key].varies
    return found


def _versions(chain: Sequence[Sequence[ClauseHours]]) -> Iterator[PayClauseVersion]:
    """Give a version for each time in which the same rows hold."""
    every = [row for rows in chain for row in rows]
    days = sorted({day for row in every for day in (row.start, row.end) if day is not None})
    for start, end in zip([None, *days], [*days, None], strict=True):
        rows = next((held for each in chain if (held := _held(each, start, end))), None)
        if rows:
            since = "" if start is None else f" from {start}"
            yield PayClauseVersion(
                name=f"{rows[0].agreement}/{rows[0].clause}{since}",
                period=Period(start, end),
                citations=(),
                spans=tuple(map(_span, sorted(rows, key=_order))),
                rates=tuple(map(_rate, rows)),
            )


def _held(rows: Sequence[ClauseHours], start: date | None, end: date | None) -> list[ClauseHours]:
    return [row for row in rows if row.period.overlaps(Period(start, end))]


def _order(row: ClauseHours) -> int:
    """Public holidays come before days of the week, and these before what is for every day."""
    return 0 if row.day == "public-holiday" else 1 if row.day else 2


def _span(row: ClauseHours) -> HourSpan:
    days = {"days": (row.day,)} if row.day else {}
    return HourSpan(row.hours, after=row.after, before=row.before, **days)


def _rate(row: ClauseHours) -> HourRate:
    bands = (row.band,) if row.band else ()
    percent = Decimal(row.percent) if row.percent else None
    return HourRate(row.hours, bands, percent, row.per_hour)
