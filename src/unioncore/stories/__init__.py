"""Told stories: who is who, what happened day by day, and what must come of it.

A story is a JSON file. It brings its own small union (rows of the tables of a union's folder), its
cases and collective matters, what happened, entry by entry, and what is expected, each line with
the sentence that it comes from. Running it gives the states, refusals, deadlines and
representatives, and where they differ from what is expected.
"""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.stories.running import *
from unioncore.stories.story import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
