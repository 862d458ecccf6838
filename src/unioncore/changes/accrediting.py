"""Representatives are accredited."""

from datetime import date, timedelta

from unioncore.answers.by_name import ask
from unioncore.changes.needs import needs_membership, not_met, refuse, state, unsound
from unioncore.checked import checked
from unioncore.model import Accreditation, Union
from unioncore.rulebook import Rulebook

__all__ = ["accredit"]


@checked
def accredit(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    kind: str,
    on: date,
    until: date | None = None,
    recorded: date | None = None,
) -> Union:
    """Accredit a member for something, from ``on`` up to but not including ``until``.

    By default it lasts as long as the rules let a certificate last.

    Raises:
        ChangeRefused: when the person is no current member or is accredited for it already, it is
            to last longer than the rules allow, or there is nothing of that name to be accredited
            for.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_membership(now, "accredit", person)
    if until is None:
        facts = {"training.kind": "certificate", "training.done": on}
        last = ask(rulebook, facts, "training.last_day", on=on)["training.last_day"]
        if last.known:
            until = last.value + timedelta(days=1)
    new = Accreditation(person=person, kind=kind, start=on, end=until, recorded=recorded)
    reasons = [*unsound(rulebook, union, new, recorded)]
    rows = union.rows(Accreditation, "person", person, known_on=recorded)
    if any(row.kind == kind and row.meets(new) for row in rows):
        reasons.append("the person is accredited for it then already")
    refuse("accredit", *reasons)
    about = {"accreditation.kind": kind, "accreditation.first_day": on}
    if until is not None:
        about["accreditation.last_day"] = until - timedelta(days=1)
    refuse("accredit", *not_met(rulebook, about, "may_be_accredited", on))
    return union.append(new)
