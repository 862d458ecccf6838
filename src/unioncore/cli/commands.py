"""The command ``unioncore`` with everything that it can do."""

from unioncore.cli import ballot, deadline, rulebook, story, union
from unioncore.cli.shared import unioncore

__all__ = ["ballot", "deadline", "rulebook", "story", "union", "unioncore"]
