"""A union's own data: a folder of tables, read into a ``Union`` with a report, and written back."""

from typing import TYPE_CHECKING

from unioncore.faces import on_demand

if TYPE_CHECKING:
    from unioncore.records.agreed_hours import *
    from unioncore.records.ballots import *
    from unioncore.records.cases import *
    from unioncore.records.conditions import *
    from unioncore.records.deductions import *
    from unioncore.records.entry_figures import *
    from unioncore.records.facts import *
    from unioncore.records.pay_files import *
    from unioncore.records.proposals import *
    from unioncore.records.reading import *
    from unioncore.records.schema import *
    from unioncore.records.stored import *
    from unioncore.records.tables import *
    from unioncore.records.writing import *
else:
    __getattr__, __dir__ = on_demand(
        __name__,
        *("facts", "conditions", "tables", "reading", "writing", "cases", "agreed_hours"),
        *("ballots", "deductions", "entry_figures", "pay_files", "proposals", "schema", "stored"),
    )
