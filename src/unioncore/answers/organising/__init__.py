"""How a union grows, and how its branches and workplaces stand."""

from typing import TYPE_CHECKING

from unioncore.answers.organising.assessment import *
from unioncore.answers.organising.audience import *
from unioncore.answers.organising.campaigns import *
from unioncore.answers.organising.check_off import *
from unioncore.answers.organising.committee import *
from unioncore.answers.organising.density import *
from unioncore.answers.organising.events import *
from unioncore.answers.organising.facility_time import *
from unioncore.answers.organising.learning import *
from unioncore.answers.organising.monitoring import *
from unioncore.answers.organising.movement import *
from unioncore.answers.organising.register_check import *
from unioncore.answers.organising.representatives import *
from unioncore.answers.organising.safety import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
