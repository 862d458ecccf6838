"""Days and options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from unioncore.cli.screen import Screen
from unioncore.legal import DayRange

__all__ = [
    "a_day",
    "a_moment",
    "an_hour",
    "asked",
    "folder_type",
    "ics_option",
    "json_option",
    "key_option",
    "names_in",
    "on_option",
    "picture_option",
    "schema_option",
]

F = TypeVar("F", bound=Callable[..., Any])


def a_day(text: str) -> date:
    """Read a day; for one that is written otherwise, suggest what was probably meant."""
    try:
        # A month and a year stand for any of their days, which is not enough here.
        if isinstance(found := DayRange.parse(text), date):
            return found
    except ValueError:
        pass
    hint = _nearest_day(text)
    said = "expected a day such as 2024-06-01"
    raise click.BadParameter(said + (f"; did you mean {hint.isoformat()}?" if hint else ""))


def _nearest_day(text: str) -> date | None:
    """Return the day that was probably meant, for the usual other ways to write one."""
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y")
    for form in (*forms, "%d %b %Y", "%Y-%m", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    try:
        year, month, day = (int(part) for part in text.split("-"))
        # The 31st of a shorter month: its last day.
        first = date(year, month, 1)
        return first + timedelta(min(day, _days_of(first)) - 1) if day > 0 else None
    except ValueError:
        return None


def _days_of(first: date) -> int:
    following = (first + timedelta(days=31)).replace(day=1)
    return (following - first).days


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text that has commas between them."""
    return tuple(each.strip() for each in text.split(","))


def a_moment(text: str) -> date | datetime:
    """Read a day, or a day with a time, which may name its distance from Greenwich."""
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    if not hour:
        return a_day(day)
    try:
        return datetime.fromisoformat(f"{a_day(day).isoformat()}T{hour}")
    except ValueError:
        said = "expected a day, or a day and a time such as 2016-10-18T15:30"
        raise click.BadParameter(said) from None


def an_hour(text: str) -> datetime:
    """Read a day with a time; a day alone does not do."""
    moment = a_moment(text)
    if not isinstance(moment, datetime):
        raise click.BadParameter(f"expected a time too, such as {text}T15:30")
    return moment


def asked(on: date | None) -> tuple[date, str]:
    """Return the day of the question, and the line that says which it is."""
    day = on or date.today()
    return day, f"on {day.isoformat()}{'' if on else ' (today)'}"


folder_type = click.Path(exists=True, file_okay=False, path_type=Path)
"""A union's folder."""
on_option = click.option(
    "--on", type=a_day, metavar="DAY", help="The day of the question; default today."
)


def schema_option(schema: Callable[[], dict[str, Any]], of: str = "FILE") -> Callable[[F], F]:
    """Return the option that prints the JSON Schema of a file instead; ``of`` says of which."""

    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            Screen().json(schema())
            ctx.exit()

    return click.option(
        "--schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=f"Print the JSON Schema of {of}.",
    )


ics_option = click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the days as events for a calendar too; needs unioncore[calendar].",
)

key_option = click.option(
    "--key",
    default="key",
    show_default=True,
    metavar="COLUMN",
    help="The column of FILE that holds each person's key.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")

picture_option = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "svg"]),
    default="text",
    show_default=True,
    help="Print it in words, or as a picture for a page.",
)
"""Words or a picture; see ``OpenUnion.show``."""
