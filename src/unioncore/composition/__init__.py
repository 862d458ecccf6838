"""Puts plugins together into a rulebook: discover, call each hook once, check, merge."""

from typing import TYPE_CHECKING

from unioncore.composition.compose import *
from unioncore.composition.discovery import *
from unioncore.composition.written import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
