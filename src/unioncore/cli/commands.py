"""The command ``unioncore`` with everything that it can do."""

from unioncore.cli import ballot, deadline, readiness, rulebook, story, union
from unioncore.cli.shared import unioncore

__all__ = ["ballot", "deadline", "readiness", "rulebook", "story", "union", "unioncore"]
