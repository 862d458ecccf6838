"""What happens in a union: people join, move and lapse, units are renamed and merged.

Each change takes the rulebook and the union first. It asks the rules, appends records and returns a
new union; nothing that was entered is lost. ``on`` is the first day on which the change holds,
``recorded`` the day on which it is entered, by default the same day. A change that cannot be made
raises ``ChangeRefused`` with every reason.
"""

from typing import TYPE_CHECKING

from unioncore.changes.accrediting import *
from unioncore.changes.appointing import *
from unioncore.changes.conferences import *
from unioncore.changes.declaring import *
from unioncore.changes.dues import *
from unioncore.changes.filling import *
from unioncore.changes.memberships import *
from unioncore.changes.outreach import *
from unioncore.changes.restructuring import *
from unioncore.changes.workplaces import *
from unioncore.faces import offered

if not TYPE_CHECKING:
    __all__ = offered(__name__)
