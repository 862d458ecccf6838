"""Paths, which may be given as text, and files that are read, or written whole or not at all."""

import errno
import json
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from unioncore.errors import NotWritten, WrongArgument

__all__ = [
    "AnyPath",
    "as_folder",
    "as_names",
    "as_path",
    "content_of",
    "on_disk",
    "parse_json",
    "parse_toml",
    "read_json",
    "written_whole",
]

AnyPath = str | Path

_MOST_PARTS = 200
"""The most parts of a key in TOML; Python takes time for them by the square of their number."""


def as_path(value: object, where: str) -> Path:
    """Return a path that was given as such or as text; raises ``WrongArgument`` otherwise."""
    if isinstance(value, str | Path):
        return Path(value)
    raise WrongArgument(where, "a path", type(value).__name__, "pass text or a pathlib.Path")


def as_folder(value: object, where: str) -> Path | Traversable:
    """As ``as_path``, for a folder that may also lie inside a package."""
    return value if isinstance(value, Traversable) else as_path(value, where)


def as_names(value: object, where: str) -> tuple[str, ...]:
    """Return names that were given as a collection, or one as text; else ``WrongArgument``."""
    names = (value,) if isinstance(value, str) else value
    if isinstance(names, Iterable) and not isinstance(names, bytes | bytearray):
        found = tuple(names)
        if all(isinstance(each, str) for each in found):
            return found
    raise WrongArgument(where, "names", type(value).__name__, "give a list of them")


def content_of(file: Path | Traversable) -> bytes:
    """Return what a file of a folder holds.

    Raises:
        OSError: when it cannot be read, or is a pipe or a device, which may never end.
    """
    if isinstance(file, Path) and file.exists() and not (file.is_file() or file.is_dir()):
        raise OSError(errno.EINVAL, "it is no file")
    return file.read_bytes()


def parse_toml(content: bytes | str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Read TOML in UTF-8, with or without a byte-order mark, which some editors put first.

    Raises:
        ValueError: when it is not TOML; ``UnicodeDecodeError`` where it is not UTF-8.
        RecursionError: when it is nested too deeply.
    """
    text = content if isinstance(content, str) else content.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        # Most lines have few points altogether, and need no closer look.
        if line.count(".") > _MOST_PARTS and any(
            part.count(".") > _MOST_PARTS for part in line.split("=")
        ):
            said = f"a line has a key of more than {_MOST_PARTS} parts"
            raise ValueError(f"{said} (at line {number}, column 1)")
    return tomllib.loads(text, parse_float=parse_float)


def read_json(path: Path | Traversable) -> Any:
    """Read a file of JSON, as ``parse_json`` reads its content.

    Raises:
        OSError: when the file cannot be read.
        ValueError: when it is not JSON; with what is wrong, and without a value of it.
    """
    return parse_json(path.read_bytes())


def parse_json(content: bytes | str) -> Any:
    """Read JSON in UTF-8, with or without a byte-order mark; numbers with a point are decimals.

    Raises:
        ValueError: when it is not JSON, or when a key stands twice in one object.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise ValueError("this is not text in UTF-8") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except InvalidOperation:
        raise ValueError("a number is too long") from None


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands twice in one object")
        found[key] = value
    return found


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a path beside a file or a new folder to write it at; at the end it moves to its place.

    Where something fails, the place stays as it was. Folders above it are made.

    Raises:
        NotWritten: when the disk refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unioncore-") as beside:
            made = Path(beside, "made")
            yield made
            if made.is_dir() and target.is_dir():
                target.rmdir()
            on_disk(made)
            made.replace(target)
            on_disk(target.parent)
    except OSError as error:
        if isinstance(error, NotWritten):
            raise
        raise NotWritten(str(target), error.strerror or type(error).__name__) from None


def on_disk(path: Path) -> None:
    """Return once a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # pragma: no cover - Windows cannot
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
