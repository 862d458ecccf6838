"""What employment law gives one worker or many: time limits, hearings, redundancy."""

from typing import TYPE_CHECKING

from unioncore.answers.employment.claim_starts import *
from unioncore.answers.employment.hearings import *
from unioncore.answers.employment.mass_claims import *
from unioncore.answers.employment.pay_check import *
from unioncore.answers.employment.redundancy import *
from unioncore.answers.employment.rules_limits import *
from unioncore.answers.employment.service import *
from unioncore.answers.employment.shift_pay import *
from unioncore.answers.employment.tribunal import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
