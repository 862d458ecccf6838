"""The command ``unioncore`` with everything that it can do; each command has a file of its name."""

from unioncore.cli import (
    ask,
    attention,
    ballot,
    chart,
    check,
    deadline,
    demo,
    diff,
    explain,
    pay,
    plugins,
    readiness,
    replay,
    rules,
    run,
)
from unioncore.cli.group import cli

__all__ = [
    "ask",
    "attention",
    "ballot",
    "chart",
    "check",
    "cli",
    "deadline",
    "demo",
    "diff",
    "explain",
    "pay",
    "plugins",
    "readiness",
    "replay",
    "rules",
    "run",
]
