"""The command ``unioncore`` with everything that it can do."""

from unioncore.cli import deadline, rulebook, story, union
from unioncore.cli.shared import unioncore

__all__ = ["deadline", "rulebook", "story", "union", "unioncore"]
