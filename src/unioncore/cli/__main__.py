"""Lets ``python -m unioncore.cli`` run the command."""

from unioncore.cli import main

if __name__ == "__main__":
    main()
