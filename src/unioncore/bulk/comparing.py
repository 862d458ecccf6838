"""What a change of the rules does to the answers about every row of a file."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from unioncore.answers import Impact
from unioncore.answers.analysis.impact import NONE, NOT_KNOWN, PERHAPS, MoveKey, counted
from unioncore.bulk.files import PlacedRows, frames_read
from unioncore.bulk.many_rows import ask
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import FactType

__all__ = ["file_impact"]

_ROW = "_row"


@checked
def file_impact(
    source: Path,
    rulebook: Rulebook,
    *names: str,
    on: date,
    later: date,
    changed: Rulebook,
    key: str,
    tell: Callable[[int], None],
) -> tuple[Impact, PlacedRows]:
    """Say how many answers about the rows of a file change, as ``impact`` does for other rows.

    Returns also what became of the rows, of which only their number and the cells that mean nothing
    are counted. Raises what ``place_file`` raises.
    """
    names = tuple(dict.fromkeys(names))
    moves: dict[str, Counter[MoveKey]] = {name: Counter() for name in names}
    found, again, members = PlacedRows(), PlacedRows(), 0
    earlier = frames_read(source, rulebook, names, on, key, found)
    afterwards = frames_read(source, changed, names, later, key, again)
    for read, other in zip(earlier, afterwards, strict=True):
        both = _answered(read, rulebook, names, on, key, "before").join(
            _answered(other, changed, names, later, key, "after"), on=_ROW
        )
        differs = {name: pl.col(f"before {name}") != pl.col(f"after {name}") for name in names}
        members += int(both.select(pl.any_horizontal(*differs.values()).sum()).item())
        for name, different in differs.items():
            columns = [f"before {name}", f"after {name}", f"before rule {name}"]
            columns.append(f"after rule {name}")
            for *told, count in both.filter(different).group_by(columns).len().iter_rows():
                moves[name][told[0], told[1], told[2], told[3]] += count
        tell(found.rows)
    return counted(found.rows, members, moves), found


def _answered(
    read: pl.DataFrame, rulebook: Rulebook, names: tuple[str, ...], on: date, key: str, side: str
) -> pl.DataFrame:
    """Return each answer as text, with the rule that decided it."""
    rows = read.drop(key).with_row_index(_ROW)
    answered: pl.DataFrame = ask(rows, rulebook, *names, on=on, key=_ROW, warns=False)
    columns = []
    for name in names:
        type_ = rulebook.rules.facts[name].type
        is_set = type_ is FactType.SET
        text = _words(answered, name) if is_set else _value(name, type_)
        sure = pl.lit(True) if is_set else pl.col(f"{name}.known")
        rule = pl.when(sure).then(pl.col(f"{name}.rule").cast(pl.String)).fill_null("")
        columns += [text.alias(f"{side} {name}"), rule.fill_null("").alias(f"{side} rule {name}")]
    return answered.select(_ROW, *columns)


def _value(name: str, type_: FactType) -> pl.Expr:
    value = pl.col(name)
    if type_ is FactType.YES_NO:
        text = pl.when(value).then(pl.lit("yes")).otherwise(pl.lit("no"))
    else:
        text = value.cast(pl.String)
    return pl.when(pl.col(f"{name}.known")).then(text).otherwise(pl.lit(NOT_KNOWN))


def _words(answered: pl.DataFrame, name: str) -> pl.Expr:
    start, further = f"{name}.", (f"{name}.known", f"{name}.rule")
    columns = sorted(c for c in answered.columns if c.startswith(start) and c not in further)
    known = pl.col(f"{name}.known")
    if not columns:
        return pl.when(known).then(pl.lit(NONE)).otherwise(pl.lit(NOT_KNOWN))
    each = [pl.when(pl.col(c)).then(pl.lit(c.removeprefix(start))) for c in columns]
    words = pl.concat_str(each, separator=", ", ignore_nulls=True)
    some = pl.any_horizontal(pl.col(columns))
    return (
        pl.when(known & some)
        .then(words)
        .when(known)
        .then(pl.lit(NONE))
        .when(some)
        .then(words + pl.lit(f" {PERHAPS}"))
        .otherwise(pl.lit(NOT_KNOWN))
    )
