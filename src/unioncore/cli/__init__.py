"""The command line. It alone reads the clock: a question without ``--on`` is asked of today."""

import gc
import os
import sys
from importlib import import_module

from unioncore.errors import MissingPart

__all__ = ["main"]

COMPLETION = "_UNIONCORE_COMPLETE"
"""By which click is asked by a shell what may follow."""
FEW_LOOKS = 100_000
"""After how many new objects Python looks for garbage. Most of what a command makes is in use until
it ends, so that looking often takes time and finds nothing."""


def main() -> None:
    """Run the command ``unioncore``; without the extra ``cli`` it says how to install it."""
    gc.set_threshold(FEW_LOOKS)
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
    finally:
        gc.freeze()  # the process ends, and nothing need be looked at once more
