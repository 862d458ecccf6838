"""QUESTIONS: what can be asked of a rulebook, each answered for a day, with reasons.

``ask`` answers any facts by name. A typed question, such as ``placement``, answers those that
belong together as one object whose fields are answers.
"""

from unioncore.answers.ask import ask, read_facts
from unioncore.answers.placement import Placement, placement

__all__ = ["Placement", "ask", "placement", "read_facts"]
