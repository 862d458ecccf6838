"""How commands write what they were told to: whole, or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

__all__ = ["written_whole"]


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
