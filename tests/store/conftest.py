"""An address of a store for each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.clusters import Cluster, programs

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.store))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own."""
    pytest.importorskip("psycopg")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    cluster = Cluster(found)
    cluster.make()
    yield cluster
    cluster.remove()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without anything in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'union.db'}"
    address: str = request.getfixturevalue("cluster").database()
    return address
