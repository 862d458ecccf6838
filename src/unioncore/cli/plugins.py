"""The command that lists the plugins."""

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import json_option
from unioncore.cli.screen import Screen
from unioncore.composition import look_at, without_plugin


@cli.command()
@json_option
@choice
@click.pass_context
def plugins(ctx: click.Context, chosen: Chosen, as_json: bool) -> None:
    """List the plugins: name, distribution, version, and what each contributes.

    What a plugin leaves out for want of another is told. A broken plugin is shown with its faults;
    then the command ends with 1. It also names installed
    distributions that should offer a plugin and do not, such as where the entry point is missing.
    """
    looked = look_at(*chosen.plugins, block=chosen.left_out)
    screen = Screen()
    if as_json:
        screen.json(
            [
                {
                    "name": info.name,
                    "distribution": info.distribution,
                    "version": info.version,
                    "contributes": dict(info.contributes),
                    "left_out": dict(info.left_out),
                    "faults": [str(fault) for fault in faults],
                }
                for info, faults in looked
            ]
        )
    else:
        rows = [
            (
                info.name,
                f"{info.distribution} {info.version}".strip() or "not installed by itself",
                ", ".join(f"{number} {kind}" for kind, number in info.contributes) or "nothing",
            )
            for info, _ in looked
        ]
        screen.table(("plugin", "distribution", "contributes"), rows, "{} ({}): {}".format)
        for info, faults in looked:
            if info.without:
                screen.lines(f"  {info.name}: {info.without}")
            for fault in faults:
                screen.lines(f"  broken: {fault}")
    for name in without_plugin():
        said = "depends on unioncore and offers no plugin; if it is one, its pyproject.toml lacks"
        click.echo(f"{name} {said} [project.entry-points.unioncore]", err=True)
    if any(faults for _, faults in looked):
        chosen.say_what_else_is_there()
        ctx.exit(PROBLEMS)
