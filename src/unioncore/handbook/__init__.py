"""A rulebook as a handbook: a page for each thing, made of plain blocks that anybody may show."""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.handbook.all_pages import *
from unioncore.handbook.book import *
from unioncore.handbook.change_pages import *
from unioncore.handbook.page import *
from unioncore.handbook.shipped import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
