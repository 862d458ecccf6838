"""Random records of every table, such as a file can hold, that need not fit together."""

import types
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

import attrs
from hypothesis import strategies as st

from unioncore.legal import DayRange
from unioncore.model import TABLES, Record, Union, columns

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
texts = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")) | st.just(" "),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and text.isprintable() and text[0] not in "=+-@")
keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,9}", fullmatch=True)
ranges = st.lists(days, min_size=2, max_size=2).map(lambda pair: DayRange(min(pair), max(pair)))
moments = st.datetimes(datetime(1800, 1, 1), datetime(2199, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(1, 999_999),
    Decimal: st.decimals(0, 999_999_999, places=2),
    date: days,
    datetime: moments,
    DayRange: ranges,
}


def values(field: "attrs.Attribute[Any]") -> st.SearchStrategy[Any]:
    """Return values that a column can hold, its default among them."""
    about = field.metadata["column"]
    kind: Any = field.type
    kinds = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    found = st.one_of(*(VALUES[each] for each in kinds if each is not types.NoneType))
    if about.choices:
        found = st.sampled_from(about.choices)
    elif about.form is not None:
        pattern = about.form.pattern
        found = st.from_regex(pattern, fullmatch=True)
    return found if field.default is attrs.NOTHING else st.just(field.default) | found


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Return rows of one table; each holds on some day."""
    found = st.builds(kind, **{name: values(each) for name, each in columns(kind).items()})
    return found.filter(lambda row: _begins(row))


def _begins(row: Any) -> bool:
    start, end = getattr(row, "start", None), getattr(row, "end", None)
    return start is None or end is None or start < end


def _lone(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Return rows that refer to nothing and strike nothing."""
    fields = columns(kind)
    fixed = {name: "" for name, each in fields.items() if each.metadata["column"].refers}
    fixed["struck"] = False
    return records(kind).map(lambda row: attrs.evolve(row, **fixed))


@st.composite
def unions(draw: st.DrawFn) -> Union:
    """Unions without a fault: people in branches with jobs, and rows that refer to them."""
    units = draw(_several(_lone(TABLES["units"])))
    units = tuple(attrs.evolve(row, kind="branch", start=None, end=None) for row in units)
    employers = draw(_several(_lone(TABLES["employers"])))
    employers = tuple(attrs.evolve(row, start=None, end=None) for row in employers)
    people = draw(_several(_lone(TABLES["people"])))
    people = tuple(attrs.evolve(row, start=None, end=None) for row in people)
    tied: dict[str, Any] = {"units": units, "employers": employers, "people": people}
    if units and people:
        branches = st.sampled_from([row.key for row in units])
        tied["memberships"] = tuple(
            attrs.evolve(
                draw(records(TABLES["memberships"])),
                person=row.key,
                branch=draw(branches),
                union="",
                struck=False,
            )
            for row in people
        )
    else:
        tied["people"] = people = ()
    if employers and people:
        where = st.sampled_from([row.key for row in employers])
        tied["jobs"] = tuple(
            attrs.evolve(
                draw(records(TABLES["jobs"])),
                person=row.key,
                employer=draw(where),
                workplace="",
                managed_by="",
                struck=False,
            )
            for row in people
        )
    # Of a current membership nothing says why it ended.
    tied["memberships"] = tuple(
        attrs.evolve(row, left_because="") if row.status == "current" else row
        for row in tied.get("memberships", ())
    )
    # Nobody joins or works before they were born.
    first = min(
        (row.start for row in (*tied.get("memberships", ()), *tied.get("jobs", ()))), default=None
    )
    tied["people"] = tuple(
        row
        if first is None or row.born is None or row.born < first
        else attrs.evolve(row, born=None)
        for row in people
    )
    if units:
        tied["calendar"] = tuple(
            attrs.evolve(draw(records(TABLES["calendar"])), unit=row.key, struck=False)
            for row in units
        )
    return Union(
        key=draw(keys),
        name=draw(st.just("") | texts),
        kept_until=draw(st.none() | days),
        **tied,
    )


def _several(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(rows, max_size=4, unique_by=lambda row: row.key).map(tuple)
