"""Questions about the rules themselves, of all that is installed, in seconds.

``gaps`` says of each derived fact whether the rules decide it for everybody, ``overlaps`` finds the
rules that can hold for one person and differ, and ``drafts`` finds a person on each side of every
clause. Each is asked once, for a rulebook keeps what was found. How they are timed: ``rounds``.

    python benchmarks/analysis.py
"""

from datetime import date

from rounds import figure, same, seconds, within

import unioncore
from unioncore.answers import gaps, overlaps
from unioncore.replay import drafts

DAY = date(2026, 6, 1)
MINUTE, TEN_SECONDS = 60_000, 10_000
WITHOUT = 2
"""Of how many clauses in a hundred a person may be lacking."""


def main() -> None:
    """Print the times."""
    rulebook = unioncore.compose()
    derived = sorted(key for key, fact in rulebook.rules.facts.items() if fact.derived)
    decided: list[str] = []
    clauses: list[bool] = []

    def find_gaps() -> None:
        decided.extend(each.fact for each in gaps(rulebook, on=DAY))

    def draft() -> None:
        for plugin in rulebook.plugins:
            for each in drafts(rulebook, plugin.name, on=DAY):
                clauses.append(each.inside is not None and each.outside is not None)

    took = {
        "overlaps": [seconds(lambda: overlaps(rulebook))],
        "gaps": [seconds(find_gaps)],
        "drafts": [seconds(draft)],
    }
    same("the facts that are looked at", decided, derived)
    print(f"{len(derived):,} derived facts, {len(clauses):,} clauses")
    within(took, "overlaps", TEN_SECONDS)
    within(took, "gaps", MINUTE)
    within(took, "drafts", MINUTE)
    lacking = 100 * clauses.count(False) / len(clauses)
    figure("clauses for which a person is lacking", lacking, "%", WITHOUT)


if __name__ == "__main__":
    main()
