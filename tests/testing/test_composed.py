"""A rulebook for tests is composed once, whoever asks for it."""

import pytest

import unioncore
from unioncore.testing.composed import alone, beside_others, installed


def test_it_is_composed_once_and_as_a_user_composes_it() -> None:
    assert installed() is installed()
    assert installed().fingerprint == unioncore.compose().fingerprint


@pytest.mark.needs_plugins
def test_an_installed_plugin_stands_beside_the_others_and_alone_with_what_it_requires() -> None:
    import unioncore_health

    assert beside_others(unioncore_health) is installed()
    assert {each.name for each in alone(unioncore_health).plugins} == {
        "builtin",
        "unison",
        "health",
    }
