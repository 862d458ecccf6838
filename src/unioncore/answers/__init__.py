"""QUESTIONS: what can be asked of a rulebook, each answered for a day, with reasons.

``ask`` answers any facts by name. A typed question, such as ``placement`` or ``membership``,
answers those that belong together as one object whose fields are answers; ``member`` answers
everything about one member of a union whose records are at hand.
"""

from unioncore.answers.ask import ask, read_facts
from unioncore.answers.casework import Refusal, apply, open_case, possible, replay_case
from unioncore.answers.conference import Composition, composition, days_before, delegates, in_time
from unioncore.answers.member import Held, MemberAnswers, PlacedJob, member
from unioncore.answers.membership import MembershipAnswers, may_hold_office, membership
from unioncore.answers.patterns import Axis, Pattern, Published, Withheld, publish
from unioncore.answers.placement import Placement, placement
from unioncore.answers.retention import Due, Escalation, due, request
from unioncore.answers.viewing import View, Viewer, disclosures, view, viewer_of
from unioncore.answers.working import work_out

__all__ = [
    "Axis",
    "Composition",
    "Due",
    "Escalation",
    "Held",
    "MemberAnswers",
    "MembershipAnswers",
    "Pattern",
    "PlacedJob",
    "Placement",
    "Published",
    "Refusal",
    "View",
    "Viewer",
    "Withheld",
    "apply",
    "ask",
    "composition",
    "days_before",
    "delegates",
    "disclosures",
    "due",
    "in_time",
    "may_hold_office",
    "member",
    "membership",
    "open_case",
    "placement",
    "possible",
    "publish",
    "read_facts",
    "replay_case",
    "request",
    "view",
    "viewer_of",
    "work_out",
]
