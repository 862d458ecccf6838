"""Paths, which may be given as text."""

from importlib.resources.abc import Traversable
from pathlib import Path

from unioncore.errors import WrongArgument

__all__ = ["AnyPath", "as_folder", "as_path"]

AnyPath = str | Path


def as_path(value: object, where: str) -> Path:
    """Return a path that was given as such or as text; raises ``WrongArgument`` otherwise."""
    if isinstance(value, str | Path):
        return Path(value)
    raise WrongArgument(where, "a path", type(value).__name__, "pass text or a pathlib.Path")


def as_folder(value: object, where: str) -> Path | Traversable:
    """As ``as_path``, for a folder that may also lie inside a package."""
    return value if isinstance(value, Traversable) else as_path(value, where)
