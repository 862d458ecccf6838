"""The command ``unioncore`` with everything that it can do."""

from unioncore.cli import deadline, rulebook, union
from unioncore.cli.shared import unioncore

__all__ = ["deadline", "rulebook", "union", "unioncore"]
