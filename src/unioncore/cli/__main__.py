"""Lets ``python -m unioncore.cli`` run the command, as ``python -m unioncore`` does."""

from unioncore.cli import main

if __name__ == "__main__":
    main()
