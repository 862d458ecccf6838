"""What every plugin promises."""

import unioncore_unison
from unioncore.testing.promises import PluginPromises


class TestUnison(PluginPromises):
    package = unioncore_unison
