"""What every plugin promises."""

import unioncore_health
from unioncore.testing.promises import PluginPromises


class TestHealth(PluginPromises):
    package = unioncore_health
