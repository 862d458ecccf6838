"""How commands write what they were told to: whole, or not at all."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from unioncore.describe import to_icalendar
from unioncore.errors import BadStored

__all__ = ["write_calendar", "written_whole"]


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a path beside a file or a new folder to write it at; at the end it moves to its place.

    Where something fails, the place stays as it was. Folders above it are made.

    Raises:
        click.UsageError: when it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unioncore-") as beside:
            made = Path(beside, "made")
            yield made
            if made.is_dir() and target.is_dir():
                target.rmdir()
            made.replace(target)
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written: {error.strerror}") from None


def write_calendar(target: Path | None, values: Iterable[Any], *, series: str = "") -> None:
    """Write days as events, as ``to_icalendar`` does; without a target do nothing.

    A calendar that is there already is carried on.

    Raises:
        click.UsageError: when the file is no calendar, or cannot be read or written.
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
