"""Where people belong, what they may do, and which agreements hold for them."""

from typing import TYPE_CHECKING

from unioncore.answers.people.agreements import *
from unioncore.answers.people.coverage import *
from unioncore.answers.people.member import *
from unioncore.answers.people.membership import *
from unioncore.answers.people.placement import *
from unioncore.answers.people.political_fund import *
from unioncore.answers.people.standing import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
