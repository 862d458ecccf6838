"""Files to objects: a folder of TOML definitions as a plugin.

``TomlPlugin`` is all that most plugins need; ``unioncore tables`` says what may stand in one.
"""

from typing import TYPE_CHECKING

from unioncore.definitions.loader import *
from unioncore.definitions.locations import *
from unioncore.definitions.plugin import *
from unioncore.definitions.structuring import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
