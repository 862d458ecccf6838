"""What every plugin promises."""

import unioncore_local_government
from unioncore.testing.promises import PluginPromises


class TestLocalGovernment(PluginPromises):
    package = unioncore_local_government
