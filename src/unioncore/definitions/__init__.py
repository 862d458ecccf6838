"""FILES TO OBJECTS: a folder of TOML definitions as a plugin.

``TomlPlugin`` is all that most plugins need; the format is described in CONTRIBUTING.md.
"""

from unioncore.definitions.loader import Loaded, load_folder
from unioncore.definitions.plugin import TomlPlugin

__all__ = ["Loaded", "TomlPlugin", "load_folder"]
