"""What bodies, forums, branches and conferences decide, and whether they work."""

from typing import TYPE_CHECKING

from unioncore.answers.bodies.bargaining import *
from unioncore.answers.bodies.branch import *
from unioncore.answers.bodies.conference import *
from unioncore.answers.bodies.forums import *
from unioncore.answers.bodies.offers import *
from unioncore.answers.bodies.pay import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
