"""When something holds, and on whose authority: periods, citations, nations, working days."""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.legal.calendar import *
from unioncore.legal.citation import *
from unioncore.legal.duration import *
from unioncore.legal.jurisdiction import *
from unioncore.legal.period import *
from unioncore.legal.stopped_clock import *
from unioncore.legal.timeline import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
