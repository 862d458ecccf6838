"""How putting a rulebook together grows with rules that must be told apart, as ratios.

A made-up plugin brings 160 rules of one fact, each of which holds only through a derived fact; and
1,100 rules of one fact, one for each branch, are searched for overlaps. Both stand beside composing
what is installed. What 2,560 rules take beyond that stands beside what 320 take, for one rule.

Rules that clash, or are not proved to be apart, are a failure. How all are timed: ``rounds``.

    python benchmarks/composing.py [ROUNDS]
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rounds import Line, Way, asked, race, same, show

import unioncore
from unioncore.legal import Period
from unioncore.rules import Fact, FactType, Rule, RuleSet, RuleVersion, parse
from unioncore.rules.overlap import overlaps

DERIVED, ROUTING, ROUNDS = 160, 1_100, 9
FEW, MANY = 320, 2_560
"""Of how many rules one must not take longer than of how few."""

SOURCE = """[source.made-up]
instrument = "A made-up instrument"
url = "https://example.org"
checked_on = 2026-11-25
confidence = "verified"
"""


def fact(key: str, kind: str, more: str = "") -> str:
    said = f'type = "{kind}"\nderived = true\nlabel = "{key}"\nabout = "made up"'
    return f"[fact.z.{key}]\n{said}\n{more}"


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


def plugin(home: Path, number: int) -> Any:
    words = ", ".join(f'"w{n}"' for n in range(number))
    groups = "".join(f'z-staff-{n} = "staff {n}"\n' for n in range(number))
    parts = [SOURCE, fact("kind", "choice", f"choices = [{words}]\n")]
    parts.append(f"[words.job_group]\n{groups}")
    for n in range(number):
        parts.append(fact(f"is{n}", "yes-no"))
        parts.append(rule(f"d{n}", f"is{n}", f"job.group == 'z-staff-{n}'", "true"))
        parts.append(rule(f"r{n}", "kind", f"z.is{n}", f'"w{n}"'))
    home.mkdir()
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


def main(rounds: int) -> None:
    """Print the ratios."""
    rules = routing()
    with TemporaryDirectory() as home:
        made = plugin(Path(home) / "made", DERIVED)
        small, large = (plugin(Path(home) / str(number), number) for number in (FEW, MANY))
        same("clashes of routing rules", list(overlaps(rules)), [])
        same("rules not proved to be apart", list(unioncore.compose(made).not_proved), [])
        took = race(
            {
                "composing": Way(unioncore.compose),
                "160 rules through a derived fact": Way(lambda: unioncore.compose(made)),
                "320 rules": Way(lambda: unioncore.compose(small)),
                "2,560 rules": Way(lambda: unioncore.compose(large)),
                "1,100 routing rules": Way(lambda: list(overlaps(rules))),
            },
            rounds,
        )
    for number in (FEW, MANY):
        both = zip(took[f"{number:,} rules"], took["composing"], strict=True)
        took[f"one of {number:,} rules"] = [(whole - alone) / number for whole, alone in both]
    lines = [
        Line("one of 2,560 rules", "one of 320 rules", 1.25),
        Line("160 rules through a derived fact", "composing", 1.5),
        Line("1,100 routing rules", "composing", 2),
    ]
    show(took, lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
