"""How a union grows, and how its branches stand."""

from typing import TYPE_CHECKING

from unioncore.answers.organising.branch import *
from unioncore.answers.organising.campaigns import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
