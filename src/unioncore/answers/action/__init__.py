"""What the law asks of ballots, of industrial action and of recognition."""

from typing import TYPE_CHECKING

from unioncore.answers.action.ballot_failures import *
from unioncore.answers.action.ballot_lists import *
from unioncore.answers.action.ballot_notices import *
from unioncore.answers.action.ballots import *
from unioncore.answers.action.industrial_action import *
from unioncore.answers.action.recognition import *
from unioncore.answers.action.recorded_ballots import *
from unioncore.answers.action.strike_pay import *
from unioncore.answers.action.workplace_access import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
