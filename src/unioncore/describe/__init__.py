"""Definitions, answers and unions as people read them.

``items`` is the whole rulebook as dated texts; pages and differences are made from it. ``Short``
writes answers in a few lines, ``member_text`` everything about one member, ``chart`` a union.
"""

from typing import TYPE_CHECKING

from unioncore.faces import on_demand

if TYPE_CHECKING:
    from unioncore.describe.addresses import *
    from unioncore.describe.case_type_drawing import *
    from unioncore.describe.catalogue import *
    from unioncore.describe.differences import *
    from unioncore.describe.graphviz import *
    from unioncore.describe.history import *
    from unioncore.describe.ical import *
    from unioncore.describe.impact_drawing import *
    from unioncore.describe.item_texts import *
    from unioncore.describe.keys import *
    from unioncore.describe.languages import *
    from unioncore.describe.member import *
    from unioncore.describe.pages import *
    from unioncore.describe.plots import *
    from unioncore.describe.readings import *
    from unioncore.describe.schema_of_files import *
    from unioncore.describe.seat_drawing import *
    from unioncore.describe.short import *
    from unioncore.describe.signposts import *
    from unioncore.describe.sources import *
    from unioncore.describe.svg import *
    from unioncore.describe.tables import *
    from unioncore.describe.timetables import *
    from unioncore.describe.union_chart import *
    from unioncore.describe.upkeep import *
    from unioncore.describe.word_list import *
    from unioncore.describe.workplace_map import *
else:
    __getattr__, __dir__ = on_demand(
        __name__,
        *("addresses", "languages", "signposts", "word_list", "item_texts", "pages"),
        *("differences", "sources", "upkeep", "readings", "catalogue", "keys", "schema_of_files"),
        *("tables", "svg", "graphviz", "plots", "union_chart", "case_type_drawing"),
        # These import `unioncore.answers`.
        *("short", "member", "history", "ical", "impact_drawing", "seat_drawing", "timetables"),
        "workplace_map",
    )
