"""How commands write files: a calendar, and what must be a new file."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from unioncore.describe import to_icalendar
from unioncore.errors import BadStored
from unioncore.paths import written_whole

__all__ = ["must_be_new", "write_calendar"]


def must_be_new(target: Path | None) -> None:
    """Raise ``click.UsageError`` where a file is there already."""
    if target is not None and target.exists():
        raise click.UsageError(f"there is a file {target} already; give the name of a new one")


def write_calendar(target: Path | None, values: Iterable[Any], *, series: str = "") -> None:
    """Write days as events, as ``to_icalendar`` does; without a target do nothing.

    A calendar that is there already is carried on.

    Raises:
        click.UsageError: when the file is no calendar, or cannot be read.
        NotWritten: when it cannot be written.
        MissingPart: without the package ``icalendar``.
    """
    if target is None:
        return
    try:
        before = target.read_bytes() if target.exists() else None
        written = to_icalendar(values, stamp=datetime.now(UTC), series=series, before=before)
    except OSError as error:
        raise click.UsageError(f"{target} cannot be read: {error.strerror}") from None
    except BadStored as error:
        raise click.UsageError(f"{target} is left as it is: {error}") from None
    with written_whole(target) as made:
        made.write_bytes(written)
