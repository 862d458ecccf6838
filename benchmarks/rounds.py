"""Ways of doing the same work, timed in turn, and the ratios of what they take.

A machine's speed drifts, so a time alone says little. All ways run in turn (A B C A B C ...), each
by its own CPU time, and what counts is the median of the ratios of each round. A ratio over its
goal is "missed", and no failure; answers that differ are one: then the times mean nothing.
"""

import gc
import importlib
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class Way(NamedTuple):
    """One way of doing some work."""

    run: Callable[[], Any]
    count: int = 1
    """How many things one run does."""


class Line(NamedTuple):
    """One way beside another, and the ratio to reach."""

    way: str
    peer: str
    goal: float | None = None


Took = dict[str, list[float]]
"""For each way, the seconds for one thing in each round."""


def asked(usual: int) -> int:
    """Return how many rounds the command line asks for."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else usual


def peer(name: str) -> Any:
    """Return a module to stand beside, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"left out, since it is not installed: {name}")
        return None


def same(what: str, *answers: Any) -> None:
    """Stop, as a failure, where answers differ."""
    if any(answer != answers[0] for answer in answers):
        sys.exit(f"{what}: the answers differ")


def seconds(what: Callable[[], Any]) -> float:
    """Return the CPU time of one run."""
    gc.collect()
    start = time.process_time()
    what()
    return time.process_time() - start


def race(ways: Mapping[str, Way], rounds: int) -> Took:
    """Run all ways once, so that what is done once is done, and then in turn."""
    for way in ways.values():
        way.run()
    timed = [
        {name: seconds(way.run) / way.count for name, way in ways.items()} for _ in range(rounds)
    ]
    return {name: [each[name] for each in timed] for name in ways}


def show(took: Took, lines: Iterable[Line]) -> None:
    """Print a line for each pair of ways that were timed."""
    for way, other, goal in lines:
        if other not in took:
            continue
        ratios = [ours / theirs for ours, theirs in zip(took[way], took[other], strict=True)]
        ratio = statistics.median(ratios)
        print(
            f"{way} ({_time(took[way])}) beside {other} ({_time(took[other])}): {ratio:.3g}", end=""
        )
        if len(ratios) > 1:
            low, _, high = statistics.quantiles(ratios, n=4, method="inclusive")
            print(f" (quartiles {low:.3g} to {high:.3g})", end="")
        print(_verdict(ratio, goal))


def at_most(what: str, found: float, goal: float) -> None:
    """Print a figure, and the goal that it should keep to."""
    print(f"{what}: {found:,.0f}{_verdict(found, goal)}")


def within(took: Took, way: str, milliseconds: float) -> None:
    """Print what a way takes, and the time that it should take at most."""
    found = 1000 * statistics.median(took[way])
    print(f"{way}: {_time(took[way])}{_verdict(found, milliseconds, ' ms')}")


def _verdict(found: float, goal: float | None, unit: str = "") -> str:
    if goal is None:
        return ""
    return f"; goal {goal:g}{unit}{'' if found <= goal else ', missed'}"


def _time(each: list[float]) -> str:
    median = statistics.median(each)
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if median >= size:
            return f"{median / size:.3g} {unit}"
    return f"{median / 1e-9:.3g} ns"
