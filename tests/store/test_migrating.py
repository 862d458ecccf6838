"""A store goes from one format to the next with all that it holds, or stays as it is."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tests.store.test_keeping import UNION, a_case, a_note
from unioncore.errors import StoreFailed
from unioncore.store import init_store, open_store
from unioncore.store.layout import FORMAT, FORMATS, METADATA
from unioncore.store.migrating import STEPS

NEXT = str(int(FORMAT) + 1)
STEP = f'''
"""A format that there is not yet."""

from alembic import op

revision = "{NEXT}"
down_revision = "{FORMAT}"


def upgrade() -> None:
    op.execute("ALTER TABLE unioncore_row ADD COLUMN checked INTEGER DEFAULT 7")
    op.execute("UPDATE unioncore_state SET state = state")
'''


def test_the_format_of_today_is_the_last_step_and_makes_the_tables_as_they_are_used(
    url: str,
) -> None:
    config = Config()
    config.set_main_option("script_location", STEPS)
    assert ScriptDirectory.from_config(config).get_heads() == [FORMAT]
    store = init_store(url)
    assert store.database.format() == FORMAT
    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": FORMATS, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_a_store_of_an_older_format_is_brought_to_the_next_whole_or_not_at_all(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = init_store(url)
    kept = store.append(store.read(), union=UNION, cases=[a_case("C-1", a_note("one"))])
    steps = tmp_path / "steps"
    with resources.as_file(resources.files("unioncore.store") / "migrations") as today:
        shutil.copytree(today, steps)
    monkeypatch.setattr("unioncore.store.migrating.STEPS", str(steps))
    monkeypatch.setattr("unioncore.store.migrating.FORMAT", NEXT)
    with pytest.raises(StoreFailed, match=f"has format {FORMAT}; bring it to {NEXT}"):
        open_store(url)
    step = steps / "versions" / "next.py"
    step.write_text(STEP + '    op.execute("SELECT one FROM nowhere")\n')
    with pytest.raises(StoreFailed, match="nowhere"):
        init_store(url)
    assert store.database.format() == FORMAT
    step.write_text(STEP)
    assert init_store(url).read() == kept
    assert store.database.format() == NEXT
    assert open_store(url).read() == kept
    with store.database.engine.connect() as connection:
        found = connection.execute(text("SELECT checked FROM unioncore_row")).scalars()
        assert set(found) == {7}
