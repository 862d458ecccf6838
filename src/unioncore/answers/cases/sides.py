"""Who is on the other side of a case: decided here for whoever represents, allocates or looks."""

from collections.abc import Collection

from unioncore.answers.by_name import ask
from unioncore.model import Assign, Case, Job, Person, Snapshot
from unioncore.rulebook import Rulebook

_MANAGER = "manager"
"""The part of who manages the member, by the records of jobs."""
_OPPOSES = "opposes"
"""How a link says that two cases stand against each other; either case may hold it."""


def is_opposed(
    rulebook: Rulebook, now: Snapshot, case: Case, person: str, others: Collection[Case]
) -> bool | None:
    """Say whether somebody is on the other side of a case.

    That is who has a part in the matter of which the rules say so, such as a manager; the member
    of a case that opposes this one; and whoever ever represented there: a release does not undo
    what somebody was told. The member of the case itself is not opposed.

    Args:
        rulebook: says which capacities are of the other side.
        now: the union on the day for which the rules are asked.
        case: the case.
        person: the person, by key; empty for whoever has none.
        others: the cases that this one may be linked with; further ones do no harm.

    Returns:
        None, not known, where a case that opposes this one is not among ``others``: that opens
        nothing and assigns nobody.
    """
    if person and person == case.person:
        return False
    for capacity in _capacities(now, case, person):
        facts = {"involved.capacity": capacity}
        against = ask(rulebook, facts, "involved.is_against", on=now.day)["involved.is_against"]
        if not against.known or against.value:
            return True if against.known else None
    opposing = case.linked(_OPPOSES, others)
    for other in opposing:
        # A correction does not undo what somebody was told either.
        assigned = {entry.person for entry in other.entries if isinstance(entry, Assign)}
        if person and person in {other.person, *assigned}:
            return True
    named = {link.reference for link in case.links() if link.how == _OPPOSES}
    return False if named <= {other.reference for other in opposing} else None


def is_party(now: Snapshot, case: Case, person: str) -> bool:
    """Say whether somebody has a part in the matter, such as a witness, or is its member."""
    return bool(person) and (person == case.person or bool(_capacities(now, case, person)))


def _capacities(now: Snapshot, case: Case, person: str) -> tuple[str, ...]:
    """Return the parts that somebody has: those entered, and what the records say of managers.

    A manager is who manages the member on the day, or did on the day of an incident.
    """
    found = [each.capacity for each in case.involved() if each.person == person]
    incidents = (track.incident for track in case.tracks.values())
    days = {now.day, *(day for day in incidents if day is not None)}
    known = bool(person) and now.union.knows(Person, case.person)
    jobs = now.union.rows(Job, "person", case.person) if known else ()
    if any(job.managed_by == person and any(map(job.holds, days)) for job in jobs):
        found.append(_MANAGER)
    return tuple(dict.fromkeys(found))
