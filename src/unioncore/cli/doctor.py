"""The command that says what is installed, what is near its end, and when sources were checked."""

import platform
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version

import attrs
import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.composition import look_at
from unioncore.describe import Horizon, LookedAt, horizons, looked_at
from unioncore.errors import Fault
from unioncore.rulebook import PluginInfo

OLDEST = 5
"""How many of the sources that were read longest ago are named."""
_OF_AN_EXTRA = re.compile(r"(?P<name>[\w.-]+).*extra *== *['\"](?P<extra>[\w-]+)['\"]")
"""How the metadata of a distribution name a library that an extra needs."""


@cli.command()
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="End with 1 when something is known for fewer days than this.",
)
@click.option(
    "--sources", is_flag=True, help="Name every source, the one checked longest ago first."
)
@on_option
@json_option
@choice
@click.pass_context
def doctor(
    ctx: click.Context,
    chosen: Chosen,
    within: int,
    sources: bool,
    on: date | None,
    as_json: bool,
) -> None:
    """Say what is installed, what will soon not be known, and when sources were last checked.

    Ends with 1 when a plugin is broken, or when a calendar or a value ends soon, so that a
    scheduler can run it. A value may end because the law does: its rule says which. unioncore
    coverage and unioncore rules say what is known on a day.

    For example: unioncore doctor --within 180
    """
    day, head = asked(on)
    found = look_at(*chosen.plugins, block=chosen.left_out)
    rulebook = chosen.rulebook
    ends, read = horizons(rulebook, day), looked_at(rulebook)
    soon = [each for each in ends if each.days_left(day) < within]
    broken = [fault for _, faults in found for fault in faults]
    screen = Screen()
    if as_json:
        screen.json(
            {
                "on": day.isoformat(),
                "unioncore": version("unioncore"),
                "python": platform.python_version(),
                "plugins": {info.name: info.version for info, _ in found},
                "faults": [str(fault) for fault in broken],
                "extras": _extras(),
                "rulebook": rulebook.fingerprint,
                "horizons": [
                    {**_plain(each), "days_left": each.days_left(day), "soon": each in soon}
                    for each in ends
                ],
                "sources": [_plain(each) for each in read],
            }
        )
    else:
        screen.lines(head)
        screen.lines("\n".join(_installed(found, broken)))
        screen.lines("\nknown until (and what comes next is not entered, or the law ends):", "bold")
        for each in ends:
            left = f"{each.days_left(day)} days left" if each.last_day >= day else "past"
            line = f"  {each.last_day.isoformat()}  {each.kind} {each.key} ({left})"
            screen.lines(line, "red" if each in soon else "")
        screen.lines("\n" + "\n".join(_read(read, every=sources)))
    if broken or soon:
        ctx.exit(PROBLEMS)


def _plain(each: Horizon | LookedAt) -> dict[str, object]:
    return attrs.asdict(each, value_serializer=lambda *of: _text(of[-1]))


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _installed(
    found: Sequence[tuple[PluginInfo, object]], broken: Sequence[Fault]
) -> Iterator[str]:
    yield f"unioncore {version('unioncore')}, Python {platform.python_version()}"
    for info, _ in found:
        yield f"  plugin {info.name} {info.version}".rstrip()
        if info.without:
            yield f"    {info.without}"
    for extra, lacking in _extras().items():
        state = f"lacks {', '.join(lacking)}" if lacking else "installed"
        yield f"  extra {extra}: {state}"
    yield from (f"  broken: {fault}" for fault in broken)


def _extras() -> Mapping[str, list[str]]:
    """Return the extras of unioncore, each with the libraries that it lacks."""
    lacking: dict[str, list[str]] = {}
    for each in requires("unioncore") or ():
        if needed := _OF_AN_EXTRA.match(each):
            missing = lacking.setdefault(needed["extra"], [])
            if not _is_installed(needed["name"]):
                missing.append(needed["name"])
    return lacking


def _is_installed(distribution: str) -> bool:
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def _read(read: Sequence[LookedAt], *, every: bool) -> Iterator[str]:
    remembered = sum(each.remembered > 0 for each in read)
    yield f"{len(read)} sources, {remembered} of them in part or wholly remembered, not read"
    days = Counter(each.checked_on for each in read)
    yield from (
        f"  {number} last checked on {day.isoformat()}" for day, number in sorted(days.items())
    )
    named = read if every else read[:OLDEST]
    yield "each of them:" if every else "checked longest ago:"
    yield from (f"  {each.checked_on.isoformat()}  {each.instrument}" for each in named)
