"""The Guild of Lamplighters: a small union that does not exist, with rules of its own."""

from pathlib import Path

from unioncore import TomlPlugin

__all__ = ["RECORDS", "SECOND_UNION"]

_HERE = Path(__file__).parent
SECOND_UNION = TomlPlugin(_HERE / "lamplighters", prefix="lamps")
RECORDS = _HERE / "records"
"""Its folder of records."""
