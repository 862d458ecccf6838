"""What a rulebook decides, and for whom: questions about the rules themselves."""

from typing import TYPE_CHECKING

from unioncore.answers.analysis.impact import *
from unioncore.answers.analysis.overlapping import *
from unioncore.answers.analysis.reached import *
from unioncore.answers.analysis.undecided import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
