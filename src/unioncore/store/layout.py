"""What a store's tables are: the documents of a union's folder, row by row and entry by entry.

A row keeps the text that the same row has as a line of NDJSON, and an entry the text that it has in
a stored case; the readers of the folder read them. Each has the state of the store in which it was
added. Nothing is changed or deleted but by erasure.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
)

__all__: list[str] = []

METADATA = MetaData()
FORMAT = "1"
"""The format of today, by the name of the last step that ``migrations`` has."""
FORMATS = "unioncore_format"
"""The table that says which format a store has."""

STATE = Table(
    "unioncore_state",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
    Column("state", Integer, nullable=False),
)
"""One row: how often the store was written."""

FILE = Table(
    "unioncore_file",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("state", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)
"""``union.toml`` and the policies, each as it was from a state on; without content: taken away."""

ROW = Table(
    "unioncore_row",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("state", Integer, nullable=False, index=True),
    Column("recorded", Date),
    Column("content", Text, nullable=False),
)
"""The rows of every table of the folder, each with its place in it, counted from 0."""

CASE = Table(
    "unioncore_case",
    METADATA,
    Column("reference", Text, primary_key=True),
    Column("state", Integer, nullable=False, index=True),
    Column("erased", Integer),
    Column("content", Text, nullable=False),
)
"""The cases without their entries; of one that was erased, the stub, and the state of erasure."""

ENTRY = Table(
    "unioncore_entry",
    METADATA,
    Column("reference", Text, ForeignKey(CASE.c.reference), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("state", Integer, nullable=False, index=True),
    Column("recorded", Date, nullable=False),
    Column("content", Text, nullable=False),
)
"""The entries of every case, each with its place in it, counted from 0."""
