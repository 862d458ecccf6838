"""For plugin authors: whether a plugin conforms, worked examples as tests, and random people.

``conformance`` looks at everything at once. ``unioncore.testing.scenarios`` is a pytest plugin with
an item for each worked example; ``unioncore.testing.promises`` holds the tests that every plugin
takes over; ``unioncore.testing.composed`` holds rulebooks that many tests ask, each composed once;
``unioncore.testing.mutations`` finds what no worked example holds;
``unioncore.testing.strategies`` needs hypothesis. Nothing here is imported by the library itself.
"""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.testing.conforming import *
from unioncore.testing.mutations import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
