"""Members fall behind with the subscription and pay; they choose what they pay to the fund."""

from datetime import date

from unioncore.answers import political_fund_effect
from unioncore.changes.needs import needs_membership, refuse, state, unsound, until_then
from unioncore.checked import checked
from unioncore.errors import UnknownName
from unioncore.model import Arrears, FundChoice, Union
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date

__all__ = ["choose_fund", "fall_into_arrears", "pay_arrears"]


@checked
def fall_into_arrears(
    rulebook: Rulebook, union: Union, person: str, *, on: date, recorded: date | None = None
) -> Union:
    """Record that a member does not pay; ``on`` is the first day that is not paid.

    Raises:
        ChangeRefused: when the person is no current member, or is or later was in arrears.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_membership(now, "fall_into_arrears", person)
    new = Arrears(person=person, start=on, recorded=recorded)
    rows = union.rows(Arrears, "person", person, known_on=recorded)
    if any(row.meets(new) for row in rows):
        refuse("fall_into_arrears", "the member is in arrears then, or was later")
    return union.append(new)


@checked
def pay_arrears(
    rulebook: Rulebook, union: Union, person: str, *, on: date, recorded: date | None = None
) -> Union:
    """Record that a member has paid what they owed; ``on`` is the first day that is paid again.

    Raises:
        ChangeRefused: when the person is no current member, or is not in arrears on that day.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_membership(now, "pay_arrears", person)
    rows = [row for row in now.rows(Arrears, "person", person) if row.end is None]
    if not rows:
        refuse("pay_arrears", "the member is in no arrears on that day that go on")
    return union.append(*(until_then(row, on, recorded) for row in rows))


@checked
def choose_fund(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    choice: str,
    on: date,
    section: str = "",
    effect: date | None = None,
    recorded: date | None = None,
) -> Union:
    """Record what a member tells the union of the political fund, or of one of its sections.

    ``on`` is the day on which the union is told. From when on it has effect, the rules say; where
    they do not, ``effect`` does. What was said later counts, so that a choice that has not yet had
    effect never has it.

    Raises:
        ChangeRefused: when the person is no current member, there is no such section or choice, the
            day of its effect is not known and not given, or is given and not as the rules say.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_membership(now, "choose_fund", person)
    try:
        found = political_fund_effect(rulebook, now, person, choice=choice, section=section)
    except UnknownName as error:
        refuse("choose_fund", str(error))
        raise
    if not found.known and effect is None:
        refuse("choose_fund", f"when it has effect is not known: {found.reason}; give effect")
    if effect is not None and effect < on:
        refuse("choose_fund", "it has effect before the union was told")
    if found.known and effect not in (None, found.value):
        refuse("choose_fund", f"by the rules it has effect on {long_date(found.value)}")
    start = found.value if found.known else effect
    assert start is not None
    new = FundChoice(
        person=person, choice=choice, section=section, told=on, start=start, recorded=recorded
    )
    refuse("choose_fund", *unsound(rulebook, union, new, recorded))
    rows = union.rows(FundChoice, "person", person, known_on=recorded)
    over = [
        until_then(row, start, recorded)
        for row in rows
        if (row.section == section and row.meets(new)) or (not section and row.start >= start)
    ]
    return union.append(*over, new)
