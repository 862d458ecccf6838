"""What every union shares: the facts of placement, statute law, and working days, as a plugin."""

from unioncore.definitions import TomlPlugin

plugin = TomlPlugin("unioncore.builtin", prefix="core")
