"""What negotiating bodies and forums decide, offer and pay, and whether they work."""

from typing import TYPE_CHECKING

from unioncore.answers.bodies.bargaining import *
from unioncore.answers.bodies.forums import *
from unioncore.answers.bodies.offers import *
from unioncore.answers.bodies.pay import *
from unioncore.answers.bodies.unions import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
