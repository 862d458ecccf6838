"""Questions about the rules themselves, of all that is installed, in seconds.

``gaps`` says of every derived fact whether the rules decide it for everybody. It is asked once, for
it keeps what it has found. No fact may be left out. How it is timed: ``rounds``.

    python benchmarks/analysis.py
"""

from datetime import date

from rounds import same, seconds, within

import unioncore
from unioncore.answers import gaps

DAY = date(2026, 6, 1)
SECONDS = 60


def main() -> None:
    """Print the times."""
    rulebook = unioncore.compose()
    derived = sorted(key for key, fact in rulebook.rules.facts.items() if fact.derived)
    found: list[str] = []

    def ask() -> None:
        found.extend(each.fact for each in gaps(rulebook, on=DAY))

    took = {f"gaps, of {len(derived):,} facts": [seconds(ask)]}
    same("the facts that are looked at", found, derived)
    for way in took:
        within(took, way, 1000 * SECONDS)


if __name__ == "__main__":
    main()
