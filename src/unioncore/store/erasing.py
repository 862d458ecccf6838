"""What is erased from a store, by what authority, and what is left of it."""

from datetime import date

from attrs import frozen

from unioncore.answers import Desk
from unioncore.answers.cases.claims import linked
from unioncore.answers.cases.kept import laid_down, whats_due
from unioncore.errors import ChangeRefused
from unioncore.forms import Stored
from unioncore.legal import check_day
from unioncore.model import Person

__all__ = ["Erased"]


@frozen(kw_only=True)
class Erased(Stored, shows="reference on"):
    """What is left of a case that was erased: nothing about anybody but who erased it."""

    reference: str
    on: date
    by: str
    """Who erased it, by key."""
    entries: int
    """How many entries it had."""
    mark: str
    """The mark of the last of them."""
    kinds: tuple[str, ...]
    """The kinds of record that it held, each of which was due for erasure."""
    rules: tuple[str, ...]
    """The keys of the rules by which it was due."""
    authority: tuple[str, ...]
    """The sources of these rules, and the schedule that the branch goes by."""


def erased(desk: Desk, reference: str, *, on: date, by: str) -> Erased:
    """Return what is to be left of a case, of which every kind of record is due for erasure.

    Raises:
        NotADay: when ``on`` is not a plain day.
        UnknownName: when no case has the reference.
        ChangeRefused: when anything in it is not known to be due for erasure, or nobody has the
            key of who erases it.
    """
    check_day(on, "on")
    case, union = desk.case(reference), desk.union
    mine = laid_down(case, union.settings, on)
    others = linked(desk.cases.values())[reference]
    found = whats_due(desk.rulebook, case, on, mine, union.clock_settings, others)
    wrong = [
        f"{kind}: {'it is due for ' + what.value if what.known else 'it is not known what is due'}"
        for kind, what in found.items()
        if not what.known or what.value != "erasure"
    ]
    if not union.knows(Person, by):
        wrong.append("by: nobody in the union's records has this key")
    if wrong:
        raise ChangeRefused("erase", tuple(wrong))
    every = [each for what in found.values() for each in what.because]
    cited = [source for each in every for source in each.citations]
    cited += [source for each in mine for source in each.citations]
    return Erased(
        reference=reference,
        on=on,
        by=by,
        entries=len(case.entries),
        mark=case.mark,
        kinds=tuple(found),
        rules=tuple(dict.fromkeys(each.rule for each in every)),
        authority=tuple(dict.fromkeys(map(str, cited))),
    )
