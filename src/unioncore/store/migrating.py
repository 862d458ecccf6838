"""The formats of a store: it is made in that of today, and brought from one to the next."""

from alembic import command
from alembic.config import Config

from unioncore.errors import StoreFailed
from unioncore.store.database import Database
from unioncore.store.layout import FORMAT

__all__: list[str] = []

STEPS = "unioncore:store/migrations"
"""Where the steps from each format to the next stand."""


def bring_to_today(database: Database) -> None:
    """Make a store where there is none, and bring one of an older format to that of today.

    All of it is done, or nothing.

    Raises:
        StoreFailed: when the database cannot be reached, or its store is of a later format.
    """
    if (found := database.format()) is not None and int(found) > int(FORMAT):
        raise StoreFailed(database.shown, _differs(found))
    with database.making() as connection:
        config = Config()
        config.set_main_option("script_location", STEPS)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_format(database: Database) -> None:
    """Raise ``StoreFailed`` where there is no store, or one of another format than today's."""
    found = database.format()
    if found != FORMAT:
        raise StoreFailed(database.shown, _differs(found))


def _differs(found: str | None) -> str:
    if found is None:
        return "there is no store here; make one with: unioncore store init"
    if int(found) > int(FORMAT):
        return f"the store has format {found}, and this version of unioncore knows {FORMAT}"
    return f"the store has format {found}; bring it to {FORMAT} with: unioncore store init"
