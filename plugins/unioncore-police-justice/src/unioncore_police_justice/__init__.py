"""UNISON's police, probation and Cafcass members, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="pj", requires=["unison"])
