"""Police, probation and Cafcass, as a plugin of unioncore."""

from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="pj")
