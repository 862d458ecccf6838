"""The command ``unioncore`` with everything that it can do."""

from unioncore.cli import rulebook, union
from unioncore.cli.shared import unioncore

__all__ = ["rulebook", "union", "unioncore"]
