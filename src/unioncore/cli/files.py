"""How commands write a calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from unioncore.describe import to_icalendar
from unioncore.errors import BadStored
from unioncore.paths import written_whole

__all__ = ["write_calendar"]


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
