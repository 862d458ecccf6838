"""How putting a rulebook together grows with rules that must be told apart, as ratios.

A made-up plugin brings 160 rules of one fact, each of which holds only through a derived fact; and
1,100 rules of one fact, one for each branch, are searched for overlaps. Both stand beside composing
what is installed.

All are timed in turn (A B C A B C ...), since a machine's speed drifts; a result is the median of
the ratios of each round. A ratio over its goal is a warning; rules that clash are a failure.

    python benchmarks/composing.py [ROUNDS]
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import unioncore
from unioncore.legal import Period
from unioncore.rules import Fact, FactType, Rule, RuleSet, RuleVersion, parse
from unioncore.rules.overlap import overlaps

DERIVED, ROUTING, ROUNDS = 160, 1_100, 9
GOALS = {"160 rules through a derived fact": 1.5, "1,100 routing rules": 2.0}

SOURCE = """[[source]]
key = "made-up"
instrument = "A made-up instrument"
url = "https://example.org"
checked_on = 2026-11-25
confidence = "verified"
"""


def fact(key: str, kind: str, more: str = "") -> str:
    said = f'key = "z.{key}"\ntype = "{kind}"\nderived = true\nlabel = "{key}"\nabout = "made up"'
    return f"[[fact]]\n{said}\n{more}"


def rule(key: str, decides: str, when: str, value: str) -> str:
    return f"""[[rule]]
key = "z.{key}"
decides = "z.{decides}"
  [[rule.version]]
  period = {{}}
  when = "{when}"
  value = {value}
  citations = [{{ source = "made-up" }}]
"""


def plugin(home: Path) -> Any:
    words = ", ".join(f'"w{n}"' for n in range(DERIVED))
    parts = [SOURCE, fact("kind", "choice", f"choices = [{words}]\n")]
    for n in range(DERIVED):
        parts.append(f'[[job_group]]\nkey = "z-staff-{n}"\nname = "staff {n}"\n')
        parts.append(fact(f"is{n}", "yes-no"))
        parts.append(rule(f"d{n}", f"is{n}", f"job.group == 'z-staff-{n}'", "true"))
        parts.append(rule(f"r{n}", "kind", f"z.is{n}", f'"w{n}"'))
    (home / "made_up.toml").write_text("\n".join(parts), encoding="utf-8")
    return unioncore.TomlPlugin(home, prefix="z")


def routing() -> RuleSet:
    facts = {
        "employer": Fact("employer", FactType.TEXT, "employer"),
        "branch": Fact("branch", FactType.TEXT, "branch", derived=True),
    }
    ever, rules = Period(date(2000, 1, 1), None), []
    for n in range(ROUTING):
        when = parse(f"employer in {[f'E{n}-{each}' for each in range(6)]!r}")
        version = RuleVersion(ever, when, parse(repr(f"B{n}")), ())
        rules.append(Rule(f"B{n}", "branch", (version,)))
    return RuleSet(facts=facts, rules=tuple(rules))


def seconds(what: Callable[[], Any]) -> float:
    gc.collect()
    start = time.process_time()
    what()
    return time.process_time() - start


def main(rounds: int) -> int:
    """Print the ratios; return the exit status."""
    rules = routing()
    with TemporaryDirectory() as home:
        made = plugin(Path(home))
        if list(overlaps(rules)) or unioncore.compose(made).not_proved:
            print("rules that are apart are said to clash, or are not proved to be apart")
            return 1
        found: dict[str, list[float]] = {name: [] for name in GOALS}
        for _ in range(rounds):
            plain = seconds(unioncore.compose)
            through = seconds(lambda: unioncore.compose(made))
            apart = seconds(lambda: list(overlaps(rules)))
            for name, took in zip(GOALS, (through, apart), strict=True):
                found[name].append(took / plain)
    for name, ratios in found.items():
        ratio = statistics.median(ratios)
        missed = "" if ratio <= GOALS[name] else "  MISSED"
        print(f"{name}: {ratio:.2f} of composing what is installed; goal {GOALS[name]}{missed}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
