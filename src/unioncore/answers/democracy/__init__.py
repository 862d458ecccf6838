"""How a union governs itself: conference, who sits where, and who elects them."""

from typing import TYPE_CHECKING

from unioncore.answers.democracy.annual_return import *
from unioncore.answers.democracy.branch_elections import *
from unioncore.answers.democracy.card_votes import *
from unioncore.answers.democracy.conference import *
from unioncore.answers.democracy.delegations import *
from unioncore.answers.democracy.elections import *
from unioncore.answers.democracy.fair_share import *
from unioncore.answers.democracy.motions import *
from unioncore.answers.democracy.posts import *
from unioncore.answers.democracy.programmes import *
from unioncore.answers.democracy.register_certificate import *
from unioncore.answers.democracy.seats import *
from unioncore.answers.democracy.vacancies import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
