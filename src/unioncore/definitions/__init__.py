"""FILES TO OBJECTS: a folder of TOML definitions as a plugin.

``TomlPlugin`` is all that most plugins need; the format is described in CONTRIBUTING.md.
"""

from unioncore.definitions.loader import FileEntry, Loaded, load_folder, read_entries
from unioncore.definitions.plugin import TomlPlugin
from unioncore.definitions.structuring import FileTable

__all__ = ["FileEntry", "FileTable", "Loaded", "TomlPlugin", "load_folder", "read_entries"]
