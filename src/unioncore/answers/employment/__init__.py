"""What employment law gives one worker or many: time limits, hearings, redundancy."""

from typing import TYPE_CHECKING

from unioncore.faces import on_demand

if TYPE_CHECKING:
    from unioncore.answers.employment.claim_starts import *
    from unioncore.answers.employment.hearings import *
    from unioncore.answers.employment.length_of_service import *
    from unioncore.answers.employment.mass_claims import *
    from unioncore.answers.employment.payslips import *
    from unioncore.answers.employment.redundancy import *
    from unioncore.answers.employment.rules_limits import *
    from unioncore.answers.employment.shifts_worked import *
    from unioncore.answers.employment.tribunal import *
else:
    __getattr__, __dir__ = on_demand(
        __name__,
        *("tribunal", "claim_starts", "hearings", "length_of_service", "mass_claims", "payslips"),
        *("redundancy", "rules_limits", "shifts_worked"),
    )
