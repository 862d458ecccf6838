"""WHAT A UNION IS: unions, service groups, regions, branches, and the bodies that cover people.

A declaration that carries a condition is a rule: whom a body ``covers``, whom a branch ``takes``.
"""

from unioncore.model.bargaining import Body, BodyKind, BodyVersion, Side, Tier
from unioncore.model.structure import (
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

__all__ = [
    "Body",
    "BodyKind",
    "BodyVersion",
    "Branch",
    "BranchType",
    "BranchTypeVersion",
    "BranchVersion",
    "NamedVersion",
    "OfficeRole",
    "Region",
    "ServiceGroup",
    "Side",
    "Tier",
    "TradeUnion",
]
