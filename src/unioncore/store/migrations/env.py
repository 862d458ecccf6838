"""What Alembic runs to bring a store from one format to the next, in one transaction."""

from alembic import context

from unioncore.store.layout import FORMATS, METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=FORMATS,
    transactional_ddl=True,
)
context.run_migrations()
