"""UNISON: its service groups and regions, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="unison")
