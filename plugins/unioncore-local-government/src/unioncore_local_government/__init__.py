"""UNISON's members in local government, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="lg", requires=["unison"])
