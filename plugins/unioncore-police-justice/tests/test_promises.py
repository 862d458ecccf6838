"""What every plugin promises."""

import unioncore_police_justice
from unioncore.testing.promises import PluginPromises


class TestPoliceAndJustice(PluginPromises):
    package = unioncore_police_justice
