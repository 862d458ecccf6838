"""Members' cases and collective matters: what may be entered, by when, by whom, and who sees it."""

from typing import TYPE_CHECKING

from unioncore.answers.cases.allocation import *
from unioncore.answers.cases.attention import *
from unioncore.answers.cases.breaches import *
from unioncore.answers.cases.casework import *
from unioncore.answers.cases.deadlines import *
from unioncore.answers.cases.desk import *
from unioncore.answers.cases.held import *
from unioncore.answers.cases.matters import *
from unioncore.answers.cases.refusals import *
from unioncore.answers.cases.representation import *
from unioncore.answers.cases.retention import *
from unioncore.answers.cases.viewing import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
