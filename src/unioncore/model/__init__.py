"""WHAT A UNION IS: unions, service groups, regions, branches, and the bodies that cover people.

Half of it is defined by plugins (``structure``, ``bargaining``, ``procedures``); what carries a
condition there is a rule: whom a body ``covers``, whom a branch ``takes``. The other half is a
union's own records (``units``, ``employers``, ``people``, ``offices``,
``agreements``), which ``Union`` holds;
``changes`` says what happens to them.
"""

from unioncore.model.agreements import Agreement, AgreementParty, Clause, TimeOff
from unioncore.model.ballots import Ballot
from unioncore.model.bargaining import (
    Body,
    BodyKind,
    BodyVersion,
    DecidesBy,
    Ending,
    PayRound,
    Position,
    Recommendation,
    Seats,
    Side,
    Step,
    Tier,
)
from unioncore.model.cases import UNION_TRACK, Act, Assignment, Case, Collective, Entry, Track
from unioncore.model.employers import Employer, EmployerSuccession, Transfer, Workplace
from unioncore.model.forums import ForumConstitution, SeatRule
from unioncore.model.offices import Accreditation, Event, Holding, Office, Vacancy
from unioncore.model.people import Arrears, FundChoice, GroupMember, Job, Membership, Person
from unioncore.model.procedures import (
    CaseType,
    CaseTypeVersion,
    Clock,
    ClockFact,
    Direction,
    Figures,
    Happening,
    Nature,
    Proof,
    State,
    Transition,
)
from unioncore.model.record import Dated, Record, columns
from unioncore.model.structure import (
    Affiliation,
    Branch,
    BranchType,
    BranchTypeVersion,
    BranchVersion,
    NamedVersion,
    OfficeRole,
    Region,
    ServiceGroup,
    TradeUnion,
)
from unioncore.model.union import TABLES, ClockSetting, Setting, Snapshot, Union
from unioncore.model.units import Organises, Parent, Unit, UnitSuccession

__all__ = [
    "TABLES",
    "UNION_TRACK",
    "Accreditation",
    "Act",
    "Affiliation",
    "Agreement",
    "AgreementParty",
    "Arrears",
    "Assignment",
    "Ballot",
    "Body",
    "BodyKind",
    "BodyVersion",
    "Branch",
    "BranchType",
    "BranchTypeVersion",
    "BranchVersion",
    "Case",
    "CaseType",
    "CaseTypeVersion",
    "Clause",
    "Clock",
    "ClockFact",
    "ClockSetting",
    "Collective",
    "Dated",
    "DecidesBy",
    "Direction",
    "Employer",
    "EmployerSuccession",
    "Ending",
    "Entry",
    "Event",
    "Figures",
    "ForumConstitution",
    "FundChoice",
    "GroupMember",
    "Happening",
    "Holding",
    "Job",
    "Membership",
    "NamedVersion",
    "Nature",
    "Office",
    "OfficeRole",
    "Organises",
    "Parent",
    "PayRound",
    "Person",
    "Position",
    "Proof",
    "Recommendation",
    "Record",
    "Region",
    "SeatRule",
    "Seats",
    "ServiceGroup",
    "Setting",
    "Side",
    "Snapshot",
    "State",
    "Step",
    "Tier",
    "TimeOff",
    "Track",
    "TradeUnion",
    "Transfer",
    "Transition",
    "Union",
    "Unit",
    "UnitSuccession",
    "Vacancy",
    "Workplace",
    "columns",
]
