"""A union's records and cases in a database: SQLite, or PostgreSQL for more than one desk.

It needs the extra ``unioncore[store]``, and nothing else in the library needs it.
"""

from typing import TYPE_CHECKING

from unioncore.errors import MissingPart
from unioncore.faces import offered

try:
    from unioncore.store.erasing import *
    from unioncore.store.folders import *
    from unioncore.store.keeping import *
    from unioncore.store.showing import *
except ModuleNotFoundError as error:
    if error.name not in ("sqlalchemy", "alembic"):
        raise
    raise MissingPart("the extra unioncore[store]", "pip install 'unioncore[store]'") from None

if not TYPE_CHECKING:
    __all__ = offered(__name__)
