"""Questions: what can be asked of a rulebook, each answered for a day, with reasons.

``ask`` answers any facts by name. A typed question, such as ``placement`` or ``membership``,
answers those that belong together as one object whose fields are answers; ``member`` answers
everything about one member of a union whose records are at hand.
"""

from typing import TYPE_CHECKING

from unioncore.faces import on_demand

if TYPE_CHECKING:
    from unioncore.answers.action import *
    from unioncore.answers.analysis import *
    from unioncore.answers.bodies import *
    from unioncore.answers.by_key import *
    from unioncore.answers.cases import *
    from unioncore.answers.democracy import *
    from unioncore.answers.employment import *
    from unioncore.answers.figures import *
    from unioncore.answers.organising import *
    from unioncore.answers.people import *
    from unioncore.answers.together import *
    from unioncore.answers.working import *
else:
    __getattr__, __dir__ = on_demand(
        __name__,
        *("by_key", "people", "together", "employment"),  # what unioncore itself offers
        *("action", "analysis", "bodies", "cases", "democracy", "figures", "organising"),
        "working",
    )
