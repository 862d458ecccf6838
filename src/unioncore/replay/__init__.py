"""Worked examples: questions with known answers, put to a rulebook.

``read_examples`` reads a file of them and ``replay`` puts one; ``drafts`` gives questions whose
answers an author fills in; ``register`` adds a kind. The kinds that ship are ``placement``, those
of employment law, those of the law on unions themselves, and those of what a union does in a year.
"""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.replay.ballot_examples import *
from unioncore.replay.branch_examples import *
from unioncore.replay.campaigns import *
from unioncore.replay.conference_examples import *
from unioncore.replay.drafts import *
from unioncore.replay.elections import *
from unioncore.replay.examples import *
from unioncore.replay.law import *
from unioncore.replay.mass_claims import *
from unioncore.replay.membership_figures import *
from unioncore.replay.pay_examples import *
from unioncore.replay.posts import *
from unioncore.replay.register_examples import *
from unioncore.replay.seat_examples import *
from unioncore.replay.strike_examples import *
from unioncore.replay.union_law import *
from unioncore.replay.workplaces import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
