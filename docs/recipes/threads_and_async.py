"""Threads and async: one rulebook for all, which never changes and needs no lock."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import unioncore
from unioncore import Placement

RULEBOOK = unioncore.compose()
ON = date(2026, 3, 2)
PEOPLE: list[dict[str, object]] = [
    {"employer.kind": kind, "employer.nation": nation}
    for kind in ("cafcass", "police-force", "nhs-board")
    for nation in ("England", "Scotland", "Wales", "Northern Ireland")
]


def place(facts: dict[str, object]) -> Placement:
    """Answer about one person."""
    return unioncore.placement(RULEBOOK, facts, on=ON)


async def place_later(facts: dict[str, object]) -> Placement:
    """Answer without holding up the loop: deciding takes milliseconds of a processor."""
    return await asyncio.to_thread(place, facts)


async def every() -> list[Placement]:
    """Answer about all of them."""
    return await asyncio.gather(*map(place_later, PEOPLE))


if __name__ == "__main__":
    one_by_one = [place(facts) for facts in PEOPLE]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(place, PEOPLE * 5)) == one_by_one * 5
    assert asyncio.run(every()) == one_by_one
    # Of many people with few differences, one call is quicker than many threads.
    assert unioncore.placements(RULEBOOK, PEOPLE, on=ON) == one_by_one
    print("threads and async:", len(PEOPLE), "people, the same answers each time")
