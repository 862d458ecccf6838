"""Definitions, answers and unions as people read them.

``items`` is the whole rulebook as dated texts; pages and differences are made from it. ``Short``
writes answers in a few lines, ``member_text`` everything about one member, ``chart`` a union.
"""

from typing import TYPE_CHECKING

from unioncore.describe.case_type_chart import *
from unioncore.describe.catalogue import *
from unioncore.describe.chart import *
from unioncore.describe.definition_schema import *
from unioncore.describe.diff import *
from unioncore.describe.glossary import *
from unioncore.describe.graphviz import *
from unioncore.describe.history import *
from unioncore.describe.ical import *
from unioncore.describe.impact_plot import *
from unioncore.describe.items import *
from unioncore.describe.keys import *
from unioncore.describe.languages import *
from unioncore.describe.member import *
from unioncore.describe.pages import *
from unioncore.describe.plots import *
from unioncore.describe.readings import *
from unioncore.describe.seat_chart import *
from unioncore.describe.short import *
from unioncore.describe.signposts import *
from unioncore.describe.sources import *
from unioncore.describe.svg import *
from unioncore.describe.tables import *
from unioncore.describe.things import *
from unioncore.describe.timetables import *
from unioncore.describe.upkeep import *
from unioncore.describe.workplace_map import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
