"""The command line. It alone reads the clock: a question without ``--on`` is asked of today."""

import sys

from unioncore.errors import MissingPart

__all__ = ["main"]


def main() -> None:
    """Run the command ``unioncore``; without the extra ``cli`` it says how to install it."""
    try:
        from unioncore.cli.group import cli

        cli(prog_name="unioncore")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("click", "rich"):
            raise
        needed = MissingPart("the extra unioncore[cli]", "pip install 'unioncore[cli]'")
        print(needed, file=sys.stderr)
        sys.exit(2)
