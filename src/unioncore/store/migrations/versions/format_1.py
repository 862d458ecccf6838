"""The first format."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    key, number = sa.Text, sa.Integer
    op.create_table(
        "unioncore_state",
        sa.Column(
            "one", number, sa.CheckConstraint("one = 1"), primary_key=True, autoincrement=False
        ),
        sa.Column("state", number, nullable=False),
    )
    op.create_table(
        "unioncore_file",
        sa.Column("name", key, primary_key=True),
        sa.Column("state", number, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "unioncore_row",
        sa.Column("kind", key, primary_key=True),
        sa.Column("place", number, primary_key=True, autoincrement=False),
        sa.Column("state", number, nullable=False, index=True),
        sa.Column("recorded", sa.Date),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "unioncore_case",
        sa.Column("reference", key, primary_key=True),
        sa.Column("state", number, nullable=False, index=True),
        sa.Column("erased", number),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "unioncore_entry",
        sa.Column("reference", key, sa.ForeignKey("unioncore_case.reference"), primary_key=True),
        sa.Column("place", number, primary_key=True, autoincrement=False),
        sa.Column("state", number, nullable=False, index=True),
        sa.Column("recorded", sa.Date, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.execute("INSERT INTO unioncore_state (one, state) VALUES (1, 0)")
