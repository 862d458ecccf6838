"""A database that holds a store: how it is reached, and what is said where that fails.

No password and no value of a record is ever in what is said.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import field, frozen
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from unioncore.errors import MissingPart, StoreFailed, WrongArgument
from unioncore.paths import AnyPath
from unioncore.shown import Shown
from unioncore.store.layout import CASE, ENTRY, FORMATS, STATE

__all__: list[str] = []

_PATIENCE = 30
"""For how many seconds a writer waits for its turn."""
_POSTGRESQL = "postgresql+psycopg"
_DRIVERS = {"sqlite": "sqlite", "postgresql": _POSTGRESQL, "postgres": _POSTGRESQL}
_EXPECTED = "sqlite:///FILE, a path of a file, or postgresql://USER@HOST/DATABASE"


@frozen
class Database(Shown, shows="shown"):
    """A database, which is connected with when it is asked."""

    engine: Engine
    shown: str
    """Its address, with every password hidden."""
    _secrets: tuple[str, ...] = field(default=(), repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state, whatever others write meanwhile.

        Raises:
            StoreFailed: when the database cannot be reached, or is no store.
        """
        with self._told(), self.engine.connect() as connection, connection.begin():
            if not self._is_sqlite:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection with which nobody else writes until the block ends, in one transaction.

        Raises:
            StoreFailed: when the database cannot be reached, or somebody else writes for too long;
                ``written`` is None where it cannot be told whether it was written.
        """
        with self._told(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin() as turn:
                if not self._is_sqlite:
                    connection.execute(text("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"))
                    connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
                    connection.execute(select(STATE.c.state).with_for_update())
                yield connection
                try:
                    turn.commit()
                except DBAPIError as error:
                    written = None if error.connection_invalidated else False
                    raise StoreFailed(self.shown, self._reason(error), written) from None

    @contextmanager
    def making(self) -> Iterator[Connection]:
        """Give a connection in whose transaction a store is made; a new file is its owner's alone.

        Raises:
            StoreFailed: when that fails.
        """
        if (file := self._file) is not None and not file.exists():
            try:
                os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
            except OSError as error:
                raise StoreFailed(self.shown, str(error.strerror)) from None
        with self._told(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def forget(self) -> None:
        """Let nothing of what was deleted stay in the files of the database.

        Its log, and copies that were made of it, are for whoever runs the server.
        """
        with self._told(), self.engine.connect() as connection:
            if self._is_sqlite:  # what is deleted is overwritten, but not yet in the log
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(text(f"VACUUM {ENTRY.name}, {CASE.name}"))

    def format(self) -> str | None:
        """Return which format the store has; None where there is no store.

        Raises:
            StoreFailed: when the database cannot be reached.
        """
        if (file := self._file) is not None and not file.exists():
            return None
        with self._told(), self.engine.connect() as connection:
            if not self.engine.dialect.has_table(connection, FORMATS):
                return None
            return connection.execute(text(f"SELECT version_num FROM {FORMATS}")).scalar()

    @property
    def _is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def _file(self) -> Path | None:
        return Path(self.engine.url.database or "") if self._is_sqlite else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in an error of ours what goes wrong with the database."""
        try:
            yield
        except SQLAlchemyError as error:
            # SQLAlchemy would show what was to be written.
            raise StoreFailed(self.shown, self._reason(error)) from None

    def _reason(self, error: SQLAlchemyError) -> str:
        found = error.orig if isinstance(error, DBAPIError) else None
        if found is None:
            return type(error).__name__
        state = getattr(found, "sqlstate", None)
        said = (str(found).splitlines() or [type(found).__name__])[0].strip()
        if state == "55P03" or "database is locked" in said:
            return f"somebody else has been writing for {_PATIENCE} seconds; try again later"
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return said


def database_at(url: AnyPath) -> Database:
    """Return the database at an address; it is not connected with yet.

    Raises:
        WrongArgument: when it is no address of a database that can hold a store.
        MissingPart: when the driver is not installed.
    """
    address = _address(url)
    secrets = [address.password] if address.password else []
    secrets += [str(said) for name, said in address.query.items() if _is_secret(name)]
    shown = address.update_query_dict({name: "***" for name in address.query if _is_secret(name)})
    try:
        engine = create_engine(
            address,
            hide_parameters=True,
            # Nothing stays open: a database may go away and come back, and a process may fork.
            poolclass=NullPool,
            connect_args={"timeout": _PATIENCE} if address.drivername == "sqlite" else {},
        )
    except ModuleNotFoundError as error:
        raise MissingPart(str(error.name), f"pip install '{error.name}[binary]'") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite)
        event.listen(engine, "begin", _sqlite_begins)
    return Database(engine, shown.render_as_string(hide_password=True), tuple(map(str, secrets)))


def _address(url: AnyPath) -> URL:
    if isinstance(url, Path) or (isinstance(url, str) and "://" not in url):
        return URL.create("sqlite", database=str(url))
    advice = f"pass {_EXPECTED}"
    if not isinstance(url, str):
        raise WrongArgument("url", "the address of a database", type(url).__name__, advice)
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongArgument("url", "the address of a database", "other text", advice) from None
    driver = _DRIVERS.get(found.drivername.partition("+")[0])
    if driver is None:
        raise WrongArgument("url", "SQLite or PostgreSQL", found.drivername, advice)
    if driver == "sqlite" and found.database in (None, "", ":memory:"):
        raise WrongArgument("url", "the file of a store", "none", advice)
    return found.set(drivername=driver)


def _is_secret(name: str) -> bool:
    return "password" in name.casefold()


def _sqlite(connection: Any, _: Any) -> None:
    """Let transactions begin where we say so, and be on the disk once they are acknowledged."""
    connection.isolation_level = None
    for each in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {each}")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten


def _sqlite_begins(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
