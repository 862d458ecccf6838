"""The command that looks for everything that is wrong with a plugin."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import json_option
from unioncore.cli.progress import Progress
from unioncore.cli.screen import Screen
from unioncore.composition import FoundPlugin
from unioncore.testing import Finding, FindingKind, conformance

IN_FULL = 3
"""How many findings of a kind are told in full; of the others the first line."""


@cli.command("check-plugin")
@click.argument("asked", metavar="DIR|NAME", shell_complete=completion.installed)
@click.option(
    "--quick",
    is_flag=True,
    help="Do not look for what no example would miss, nor for people of whom no rule speaks.",
)
@click.option("--watch", is_flag=True, help="Look again whenever a file changes, until stopped.")
@json_option
@choice
@click.pass_context
def check_plugin(
    ctx: click.Context, chosen: Chosen, asked: str, quick: bool, watch: bool, as_json: bool
) -> None:
    """Look for everything that is wrong with a plugin, which need not be installed.

    It is composed with everything that is installed, or with what --plugin names. Its texts are
    written, and all examples and stories are replayed, those of other plugins too. Then each of its
    definitions is left out in turn, and some example must fail. People are looked for of whom no
    rule speaks, in words of the plugin or by its facts. No source may be checked on a day after
    today. Ends with 1 where there is a finding.

    For example: unioncore check-plugin ./lighthouses --watch
    """
    found = chosen.plugin(asked)
    if watch:
        _watch(_folder(asked, found))
    looked_at: dict[str, int] = {}
    progress = Progress()

    def tell(what: str, done: int, of: int) -> None:
        looked_at[what] = of
        progress(what, done, of)

    findings = conformance(
        found, beside=chosen.plugins, drops=not quick, today=date.today(), progress=tell
    )
    progress.end()
    screen = Screen()
    if as_json:
        plain = [
            {"kind": str(e.what), "where": e.where, "message": e.message, "cure": e.what.cure}
            for e in findings
        ]
        screen.json({"plugin": found.name, "findings": plain, "looked_at": looked_at})
    else:
        _tell(screen, findings)
        looked = ", ".join(f"{number} {what}" for what, number in looked_at.items() if number)
        looked = f" ({looked})" if looked else ""
        amiss = f"{len(findings)} findings" if len(findings) != 1 else "1 finding"
        screen.lines(f"{found.name}: {amiss if findings else 'no finding'}{looked}")
    if findings:
        chosen.say_what_else_is_there()
        ctx.exit(PROBLEMS)


def _tell(screen: Screen, findings: tuple[Finding, ...]) -> None:
    told: Counter[FindingKind] = Counter()
    for each in findings:
        # What an answer rests on is long, and mostly alike.
        said = str(each) if told[each.what] < IN_FULL else str(each).partition("\n")[0]
        screen.lines(said)
        told[each.what] += 1
    for kind, number in told.items():
        screen.lines(f"{number} {kind}: {kind.cure}")


# -- watching --------------------------------------------------------------------------------------


def _watch(folder: Path) -> None:
    """Look whenever a file of the folder has changed; each time anew, so that Python is too."""
    words = [word for word in sys.argv[1:] if word != "--watch"]
    seen: dict[Path, tuple[int, int]] = {}
    while True:
        now = _stamps(folder)
        if now != seen:
            seen = now
            subprocess.run(
                [sys.executable, "-m", "unioncore", *words],
                env={**os.environ, "PAGER": "cat"},  # a pager would wait for a key
                check=False,
            )
            click.echo(f"watching {folder.name}; stop with Ctrl-C", err=True)
        time.sleep(0.5)


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file that matters was written, and its length."""
    found = {}
    for suffix in (".toml", ".json", ".csv", ".py"):
        for file in folder.rglob(f"*{suffix}"):
            if any(part.startswith(".") for part in file.relative_to(folder).parts):
                continue
            try:
                stat = file.stat()
            except OSError:
                continue  # it is being written anew
            found[file] = stat.st_mtime_ns, stat.st_size
    return found


def _folder(asked: str, found: FoundPlugin) -> Path:
    """Return the folder that a plugin lies in."""
    if Path(asked).is_dir():
        return Path(asked)
    spec = find_spec(found.module.partition(".")[0])
    if spec is None or spec.origin is None:
        raise click.UsageError(f"it is not known where the files of {asked} are")
    return Path(spec.origin).parent
