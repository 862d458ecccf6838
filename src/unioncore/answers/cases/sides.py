"""Who is on the other side of a case: decided here for whoever represents, allocates or looks."""

from collections.abc import Collection

from unioncore.model import Act, Case

_OPPOSES = "opposes"
"""How a link says that two cases stand against each other; either case may hold it."""


def is_opposed(case: Case, person: str, others: Collection[Case]) -> bool | None:
    """Say whether somebody is on the other side: its member, or whoever ever represented there.

    No day is asked for: a release does not undo what somebody was told, and one who is assigned
    there from a later day is not let in before. The member of the case itself is not opposed.

    Args:
        case: the case.
        person: the person, by key; empty for whoever has none.
        others: the cases that this one may be linked with; further ones do no harm.

    Returns:
        None, not known, where a case that the link of this one names is not among ``others``:
        that opens nothing and assigns nobody.
    """
    if person and person == case.person:
        return False
    named = {link.reference for link in case.links() if link.event == _OPPOSES}
    against = [
        other
        for other in others
        if other.reference in named
        or any((e.event, e.reference) == (_OPPOSES, case.reference) for e in other.links())
    ]
    for other in against:
        assigned = {entry.person for entry in other.entries if entry.act is Act.ASSIGN}
        if person and person in {other.person, *assigned}:
            return True
    return False if named <= {other.reference for other in against} else None
