"""What the rule check of ``read_union`` takes beside reading without it, as a ratio.

The example union is copied and its members are repeated under new keys. Both readings must give
the same union, and neither a fault. How both are timed: ``rounds``.

    python benchmarks/reading.py [ROUNDS]
"""

import csv
import shutil
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from rounds import Line, Way, asked, race, same, show

import unioncore

ROUNDS = 5
NAMES = ("people", "memberships", "jobs")
MEMBERS = 1_500


def folder(into: Path) -> None:
    """Copy the example and repeat its members until there are enough."""
    with resources.as_file(resources.files("unioncore_unison") / "example_union") as example:
        shutil.copytree(example, into)
    rows: dict[str, dict[str, list[list[str]]]] = {name: {} for name in NAMES}
    for name in NAMES:
        with open(into / f"{name}.csv", newline="", encoding="utf-8") as file:
            for line in list(csv.reader(file))[1:]:
                rows[name].setdefault(line[0], []).append(line)
    repeated = sorted(set.intersection(*(set(rows[name]) for name in NAMES)))
    more = max(0, MEMBERS - len(rows["people"]))
    for name in NAMES:
        with open(into / f"{name}.csv", "a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            for number in range(more):
                for _, *rest in rows[name][repeated[number % len(repeated)]]:
                    writer.writerow([f"X{number:07d}", *rest])


def main(rounds: int) -> None:
    """Print the ratio."""
    rulebook = unioncore.compose()
    with TemporaryDirectory() as at:
        home = Path(at) / "union"
        folder(home)
        without, with_rules = unioncore.read_union(home), unioncore.read_union(home, rulebook)
        same("the union read", without.union, with_rules.union)
        same("the faults", without.faults, with_rules.faults, ())
        print(f"a union of {len(without.union.people):,} people; {rounds} rounds")
        took = race(
            {
                "reading": Way(lambda: unioncore.read_union(home)),
                "reading and the rule check": Way(lambda: unioncore.read_union(home, rulebook)),
            },
            rounds,
        )
    both = zip(took["reading and the rule check"], took["reading"], strict=True)
    took["the rule check"] = [whole - without for whole, without in both]
    show(took, [Line("the rule check", "reading", 1)])


if __name__ == "__main__":
    main(asked(ROUNDS))
