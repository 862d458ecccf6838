"""The command line. It alone reads the clock: a question without ``--on`` is asked of today."""

import os
import sys
from importlib import import_module

from unioncore.errors import MissingPart

__all__ = ["main"]

COMPLETION = "_UNIONCORE_COMPLETE"
"""By which click is asked by a shell what may follow."""


def main() -> None:
    """Run the command ``unioncore``; without the extra ``cli`` it says how to install it."""
    try:
        from unioncore.cli.group import cli

        if COMPLETION in os.environ:
            import_module("unioncore.cli.bash")  # what Bash needs beside what click has
        cli(prog_name="unioncore")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("click", "rich"):
            raise
        needed = MissingPart("the extra unioncore[cli]", "pip install 'unioncore[cli]'")
        print(needed, file=sys.stderr)
        sys.exit(2)
