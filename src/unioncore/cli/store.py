"""The commands that make, fill, write out and look through a store."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import folder_type, json_option
from unioncore.cli.progress import Progress, meanwhile
from unioncore.cli.screen import Screen
from unioncore.model import Person, Union

if TYPE_CHECKING:
    from unioncore.store import Kept, Store


@cli.group()
def store() -> None:
    """Keep a union's records and cases in a database: SQLite or PostgreSQL.

    URL is sqlite:///FILE, a path of a file, or postgresql://USER@HOST/DATABASE. No password is
    printed; PGPASSWORD, or the file .pgpass, keeps it out of the line as well.

    For example: unioncore store init our-union.db
    """


@store.command("init")
@click.argument("url")
@json_option
def init_command(url: str, as_json: bool) -> None:
    """Make a store, or bring an older one to the format of today.

    What it holds stays. All of it is done, or nothing.

    For example: unioncore store init our-union.db
    """
    from unioncore.store import init_store

    made = init_store(url)
    said = {"store": made.database.shown, "format": made.database.format()}
    if as_json:
        Screen().json(said)
    else:
        Screen().lines("{store} is a store of format {format}".format(**said))


@store.command("import")
@click.argument("url")
@click.argument("folder", type=folder_type, metavar="DIR")
@json_option
@choice
def import_command(chosen: Chosen, url: str, folder: Path, as_json: bool) -> None:
    """Put a union's folder into a store: its tables, policies and cases, all of it or nothing.

    The folder is checked first, as unioncore check does. Where the store holds something already,
    the folder must carry it on, as an exported one does to which rows were added.

    For example: unioncore store import our-union.db our-union
    """
    from unioncore.store import import_folder

    opened, progress = _opened(chosen, url), Progress()
    progress.say(f"reading {folder} ...")
    try:
        kept = import_folder(opened, folder, progress=progress)
    finally:
        progress.end()
    _say("kept", opened, kept, as_json)


@store.command("export")
@click.argument("url")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@json_option
@choice
def export_command(chosen: Chosen, url: str, folder: Path, as_json: bool) -> None:
    """Write what a store holds as a union's folder, whole or not at all.

    In a folder that is there its tables, policies and cases are replaced.

    For example: unioncore store export our-union.db our-union
    """
    from unioncore.store import export_folder

    opened = _opened(chosen, url)
    with meanwhile(f"writing {folder}"):
        kept = export_folder(opened, folder)
    _say("written", opened, kept, as_json)


@store.command("check")
@click.argument("url")
@json_option
@choice
@click.pass_context
def check_command(ctx: click.Context, chosen: Chosen, url: str, as_json: bool) -> None:
    """Report everything that is wrong with what a store holds, as unioncore check does of a folder.

    It also finds an entry that is not as it was entered, and rows that are gone. Ends with 1 if
    anything is wrong.

    For example: unioncore store check our-union.db
    """
    from unioncore.store import check_store

    opened = _opened(chosen, url)
    with meanwhile(f"reading {opened.database.shown}"):
        found = check_store(opened)
    told = (*found.faults, *found.warnings)
    if as_json:
        held = _held(found.union, len(found.cases), found.state)
        Screen().json({**held, "faults": [attrs.asdict(each) for each in told]})
    else:
        for each in told:
            Screen().lines(str(each))
        count = len(found.faults)
        wrong = f"{count} problem{'' if count == 1 else 's'}" if count else "nothing wrong"
        Screen().lines(f"{wrong}; {_counted(found.union, len(found.cases), found.state)}")
    if found.faults:
        ctx.exit(PROBLEMS)


def _opened(chosen: Chosen, url: str) -> "Store":
    from unioncore.store import open_store

    return open_store(url, chosen.sound_rulebook)


def _say(done: str, opened: "Store", kept: "Kept", as_json: bool) -> None:
    if as_json:
        held = _held(kept.union, len(kept.cases), kept.state)
        Screen().json({"store": opened.database.shown, **held})
    else:
        Screen().lines(f"{done}: {_counted(kept.union, len(kept.cases), kept.state)}")


def _held(union: Union, cases: int, state: int) -> dict[str, Any]:
    people = len({each.key for each in union.every(Person)})
    return {"people": people, "units": len(union.units), "cases": cases, "state": state}


def _counted(union: Union, cases: int, state: int) -> str:
    held = _held(union, cases, state)
    return "{people:,} people, {units:,} rows of units, {cases:,} cases; state {state}".format(
        **held
    )
