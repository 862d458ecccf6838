"""Rulebooks that many tests ask; composed once in each process."""

from functools import cache

import unioncore

__all__ = ["core", "everything"]


@cache
def core() -> unioncore.Rulebook:
    """Return what the library holds without any plugin."""
    return unioncore.compose(discover=False)


@cache
def everything() -> unioncore.Rulebook:
    """Return the rulebook of all that is installed."""
    return unioncore.compose()
