"""The plugin conforms, beside whatever is installed."""

import pytest

import unioncore_unison
from unioncore import find_plugins
from unioncore.testing import conformance


@pytest.mark.slow
def test_the_plugin_conforms() -> None:
    assert conformance(unioncore_unison.plugin, beside=find_plugins()) == ()
