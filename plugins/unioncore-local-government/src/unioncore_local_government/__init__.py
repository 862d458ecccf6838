"""Local government, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="lg")
