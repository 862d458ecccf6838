"""QUESTIONS: what can be asked of a rulebook, each answered for a day, with reasons.

``ask`` answers any facts by name. A typed question, such as ``placement`` or ``membership``,
answers those that belong together as one object whose fields are answers; ``member`` answers
everything about one member of a union whose records are at hand.
"""

from unioncore.answers.ask import ask, read_facts
from unioncore.answers.bargaining import (
    Cost,
    Decision,
    Offer,
    Outcome,
    Rise,
    decide,
    offer_cost,
    round_outcome,
)
from unioncore.answers.casework import Refusal, apply, open_case, possible, replay_case
from unioncore.answers.conference import Composition, composition, days_before, delegates, in_time
from unioncore.answers.deadlines import Deadline, Moved, Standing, deadlines, moved
from unioncore.answers.hearings import (
    NoticeExpiry,
    Postponement,
    notice_expiry,
    postponement,
)
from unioncore.answers.member import Held, MemberAnswers, PlacedJob, member
from unioncore.answers.membership import MembershipAnswers, may_hold_office, membership
from unioncore.answers.patterns import Axis, Pattern, Published, Withheld, publish
from unioncore.answers.placement import Placement, placement
from unioncore.answers.redundancy import (
    CollectiveConsultation,
    MaximumAwards,
    RedundancyPay,
    collective,
    maximum_awards,
    protective_award,
    redundancy_pay,
    statutory_notice,
    week_pay_cap,
)
from unioncore.answers.representation import (
    Candidate,
    Overdue,
    assign,
    candidates,
    may_leave,
    overdue,
    refer,
    representation_level,
    workload,
)
from unioncore.answers.retention import Due, Escalation, due, request
from unioncore.answers.tribunal import (
    Appeal,
    TimeLimit,
    appeal,
    interim_relief,
    month_after_day_b,
    time_limit,
)
from unioncore.answers.viewing import View, Viewer, disclosures, seen_deadlines, view, viewer_of
from unioncore.answers.working import work_out

__all__ = [
    "Appeal",
    "Axis",
    "Candidate",
    "CollectiveConsultation",
    "Composition",
    "Cost",
    "Deadline",
    "Decision",
    "Due",
    "Escalation",
    "Held",
    "MaximumAwards",
    "MemberAnswers",
    "MembershipAnswers",
    "Moved",
    "NoticeExpiry",
    "Offer",
    "Outcome",
    "Overdue",
    "Pattern",
    "PlacedJob",
    "Placement",
    "Postponement",
    "Published",
    "RedundancyPay",
    "Refusal",
    "Rise",
    "Standing",
    "TimeLimit",
    "View",
    "Viewer",
    "Withheld",
    "appeal",
    "apply",
    "ask",
    "assign",
    "candidates",
    "collective",
    "composition",
    "days_before",
    "deadlines",
    "decide",
    "delegates",
    "disclosures",
    "due",
    "in_time",
    "interim_relief",
    "maximum_awards",
    "may_hold_office",
    "may_leave",
    "member",
    "membership",
    "month_after_day_b",
    "moved",
    "notice_expiry",
    "offer_cost",
    "open_case",
    "overdue",
    "placement",
    "possible",
    "postponement",
    "protective_award",
    "publish",
    "read_facts",
    "redundancy_pay",
    "refer",
    "replay_case",
    "representation_level",
    "request",
    "round_outcome",
    "seen_deadlines",
    "statutory_notice",
    "time_limit",
    "view",
    "viewer_of",
    "week_pay_cap",
    "work_out",
    "workload",
]
