"""Rulebooks that many tests ask; composed once in each process."""

from functools import cache

import unioncore
from tests.second_union import SECOND_UNION
from unioncore.testing.composed import installed

__all__ = ["core", "everything", "with_second_union"]


@cache
def core() -> unioncore.Rulebook:
    """Return what the library holds without any plugin."""
    return unioncore.compose(discover=False)


def everything() -> unioncore.Rulebook:
    """Return the rulebook of all that is installed."""
    return installed()


@cache
def with_second_union() -> unioncore.Rulebook:
    """Return what the library holds, with the rules of a small union that does not exist."""
    return unioncore.compose(SECOND_UNION, discover=False)
