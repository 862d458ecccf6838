"""WORKED EXAMPLES: questions with known answers, put to a rulebook.

``read_examples`` reads a file of them and ``replay`` puts one; ``register`` adds a kind. The kinds
that ship are ``placement`` and those of employment law.
"""

from unioncore.replay import law
from unioncore.replay.examples import (
    UNKNOWN,
    Compared,
    Example,
    Kind,
    NotSupported,
    Outcome,
    Status,
    kinds,
    read_examples,
    register,
    replay,
)

__all__ = [
    "UNKNOWN",
    "Compared",
    "Example",
    "Kind",
    "NotSupported",
    "Outcome",
    "Status",
    "kinds",
    "law",
    "read_examples",
    "register",
    "replay",
]
