"""The health service, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="health")
