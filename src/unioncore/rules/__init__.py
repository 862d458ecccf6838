"""Where a rule lives: facts, conditions and rules, and the ways to read them.

A ``Fact`` is a typed question, a ``Condition`` a small algebra over facts, a ``Rule`` says that a
derived fact has a value where a condition holds, and a ``RuleSet`` is rules put together. Each
reading gives the same answers: ``Subject`` walks the conditions, ``explain`` adds the reasons,
``compile_rules`` and ``compile_many`` make one function for many subjects, and ``Prose`` writes
English.
"""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.rules.answer import *
from unioncore.rules.compile import *
from unioncore.rules.condition import *
from unioncore.rules.decided import *
from unioncore.rules.definition import *
from unioncore.rules.evaluate import *
from unioncore.rules.explain import *
from unioncore.rules.fact import *
from unioncore.rules.key import *
from unioncore.rules.named import *
from unioncore.rules.notation import *
from unioncore.rules.parting import *
from unioncore.rules.prose import *
from unioncore.rules.rule import *
from unioncore.rules.ruleset import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
