"""What a union is: unions, service groups, regions, branches, and the bodies that cover people.

Half of it is defined by plugins (``structure``, ``bargaining``, ``case_types``); what carries a
condition there is a rule: whom a body ``covers``, whom a branch ``takes``. The other half is a
union's own records (``units``, ``employers``, ``people``, ``offices``, ``agreements``,
``campaigns``), which ``Union`` holds; ``unioncore.changes`` says what happens to them. A rulebook
alone needs no records, so that these are loaded when one of them is asked for.
"""

from typing import TYPE_CHECKING

from unioncore.faces import on_demand
from unioncore.model.bargaining import *
from unioncore.model.case_types import *
from unioncore.model.countings import *
from unioncore.model.duties import *
from unioncore.model.law_texts import *
from unioncore.model.monitoring import *
from unioncore.model.pay import *
from unioncore.model.pay_clauses import *
from unioncore.model.record import *
from unioncore.model.sayings import *
from unioncore.model.structure import *
from unioncore.model.translations import *

if TYPE_CHECKING:
    from unioncore.model.accounts import *
    from unioncore.model.agreements import *
    from unioncore.model.ballot_records import *
    from unioncore.model.ballots import *
    from unioncore.model.campaigns import *
    from unioncore.model.cases import *
    from unioncore.model.communication import *
    from unioncore.model.conferences import *
    from unioncore.model.elections import *
    from unioncore.model.employers import *
    from unioncore.model.entries import *
    from unioncore.model.events import *
    from unioncore.model.forums import *
    from unioncore.model.mass_claims import *
    from unioncore.model.offices import *
    from unioncore.model.pay_checks import *
    from unioncore.model.people import *
    from unioncore.model.posts import *
    from unioncore.model.programmes import *
    from unioncore.model.register import *
    from unioncore.model.shifts import *
    from unioncore.model.strikes import *
    from unioncore.model.union import *
    from unioncore.model.units import *
    from unioncore.model.workplaces import *
else:
    __getattr__, __dir__ = on_demand(
        __name__,
        *("accounts", "agreements", "ballot_records", "campaigns", "communication", "conferences"),
        *("elections", "employers", "events", "mass_claims", "offices", "people", "posts"),
        *("programmes", "register", "strikes", "union", "units", "workplaces"),
        *("cases", "entries", "ballots", "forums", "pay_checks", "shifts"),  # no table of a union
    )
