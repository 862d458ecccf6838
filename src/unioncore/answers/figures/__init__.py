"""Counts of cases and members that may go out."""

from typing import TYPE_CHECKING

from unioncore.answers.figures.patterns import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
