"""Ways of doing the same work, timed in turn, and the ratios of what they take.

A machine's speed drifts, so a time alone says little. All ways run in turn (A B C A B C ...), each
by its own CPU time where nothing else is said, and what counts is the median of the ratios of each
round. A ratio over its goal is "missed", and no failure; answers that differ are one: then the
times mean nothing.

What is printed is kept as well, a line of JSON each, in the file that ``UNIONCORE_FOUND`` names.
"""

import gc
import importlib
import json
import os
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


def size(usual: int) -> int:
    """Return of how many things a benchmark is, or the fewer that the command line asks for."""
    return min(usual, int(sys.argv[2])) if len(sys.argv) > 2 else usual


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


def seconds(what: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> float:
    """Return the CPU time of one run, or what another clock says."""
    gc.collect()
    start = clock()
    what()
    return clock() - start


def race(
    ways: Mapping[str, Way], rounds: int, clock: Callable[[], float] = time.process_time
) -> Took:
    """Run all ways once, so that what is done once is done, and then in turn.

    The clock on the wall is for ways that work in other processes.
    """
    for way in ways.values():
        way.run()
    timed = [
        {name: seconds(way.run, clock) / way.count for name, way in ways.items()}
        for _ in range(rounds)
    ]
    return {name: [each[name] for each in timed] for name in ways}


def show(took: Took, lines: Iterable[Line]) -> None:
    """Print a line for each pair of ways that were timed."""
    for way, other, goal in lines:
        if not {way, other} <= took.keys():
            continue
        ratios = [ours / theirs for ours, theirs in zip(took[way], took[other], strict=True)]
        ratio, low, high = statistics.median(ratios), min(ratios), max(ratios)
        if len(ratios) > 1:
            low, _, high = statistics.quantiles(ratios, n=4, method="inclusive")
        takes, theirs = (time_in_words(statistics.median(took[each])) for each in (way, other))
        print(
            f"{way} ({takes}) beside {other} ({theirs}): "
            f"{ratio:.3g} (quartiles {low:.3g} to {high:.3g}){_verdict(ratio, goal)}"
        )
        found = {"found": ratio, "low": low, "high": high, "rounds": len(ratios)}
        _keep(way=way, takes=takes, peer=other, peer_takes=theirs, **found, goal=goal)


def figure(what: str, found: float, unit: str = "", goal: float | None = None) -> None:
    """Print a figure, and the goal that it should keep to, if it has one."""
    number = f"{found:,.0f}" if found >= 100 else f"{found:.3g}"
    takes = f"{number} {unit}".rstrip()
    print(f"{what}: {takes}{_verdict(found, goal)}")
    _keep(way=what, takes=takes, found=found, goal=goal, unit=unit)


def within(took: Took, way: str, milliseconds: float) -> None:
    """Print what a way takes, and the time that it should take at most."""
    figure(way, 1000 * statistics.median(took[way]), "ms", milliseconds)


def curve(name: str, of: str, at: int, took: list[float]) -> None:
    """Print what one thing takes at one size: a point of the curve ``name``, over sizes ``of``."""
    seconds = statistics.median(took)
    takes = time_in_words(seconds)
    print(f"{name}, {at:,} {of}: {takes}")
    _keep(curve=name, of=of, at=at, seconds=seconds, takes=takes)


def _keep(**found: Any) -> None:
    """Keep what was found; numbers to four figures."""
    found = {n: float(f"{v:.4g}") if isinstance(v, float) else v for n, v in found.items()}
    if file := os.environ.get("UNIONCORE_FOUND"):
        with open(file, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(found) + "\n")


def _verdict(found: float, goal: float | None) -> str:
    if goal is None:
        return ""
    return f"; goal {goal:g}{'' if found <= goal else ', missed'}"


def time_in_words(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for unit, length in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
