"""Lets ``python -m unioncore`` run the command."""

from unioncore.cli import main

if __name__ == "__main__":
    main()
