"""Branches name delegates, bodies put motions, and committees approve plans."""

from datetime import date

import attrs

from unioncore.answers import conference_calendar, delegation, may_put
from unioncore.changes.needs import needs_fit, needs_known, refuse, state
from unioncore.checked import checked
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.model import Delegate, Motion, Person, PlanLine, Undertaking, Union, Unit
from unioncore.rulebook import Rulebook

__all__ = ["name_delegate", "put_motion", "sign_off_plan"]


@checked
def name_delegate(
    rulebook: Rulebook,
    union: Union,
    delegate: Delegate,
    *,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Let a branch name a delegate, a sharer or a substitute for a conference.

    What is not known refuses nothing: neither an entitlement nor a day that no source gives.

    Raises:
        ChangeRefused: when nobody or nothing is called so, the name comes too late, the person is
            named already or is no member of the branch, the branch does not send the delegate whose
            place is shared or taken over, or every place is taken.
    """
    recorded = recorded or on
    change = "name_delegate"
    for kind, key in ((Unit, delegate.unit), (Unit, delegate.body), (Person, delegate.person)):
        needs_known(union, change, kind, key)
    needs_fit(change, rulebook, delegate)
    now = state(union, on, recorded)
    same = [
        row
        for row in now.rows(Delegate, "person", delegate.person)
        if (row.unit, row.edition) == (delegate.unit, delegate.edition)
    ]
    if same:
        refuse(change, "the person is named for this conference already")
    named = union.append(attrs.evolve(delegate, recorded=recorded))
    then = state(named, max(on, delegate.received.date()), recorded)
    try:
        found = delegation(
            rulebook, then, delegate.body, to=delegate.unit, edition=delegate.edition
        )
    except UnknownName as error:
        raise ChangeRefused(change, (str(error),)) from None
    (own,) = [each for each in found.named if each.person == delegate.person]
    taken = found.wrong if delegate.part == "delegate" else ()
    refuse(change, *own.wrong, *taken)
    return named


@checked
def put_motion(
    rulebook: Rulebook,
    union: Union,
    motion: Motion,
    *,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Let a body put a motion, an amendment or another text to a conference.

    What is not known refuses nothing: neither a limit nor a day that no source gives.

    Raises:
        ChangeRefused: when no unit or motion is called so, the key is taken, the body may not put
            it or has put as many as it may, or it comes too late.
    """
    recorded = recorded or on
    change = "put_motion"
    for key in (motion.unit, motion.mover, motion.seconder):
        if key:
            needs_known(union, change, Unit, key)
    for key in (motion.amends, motion.part_of):
        if key:
            needs_known(union, change, Motion, key)
    needs_fit(change, rulebook, motion)
    if union.knows(Motion, motion.key):
        refuse(change, f"a motion has the key {motion.key} already")
    now = state(union, max(on, motion.received.date()), recorded)
    try:
        calendar = conference_calendar(rulebook, now, motion.unit, motion.edition)
        put = may_put(
            rulebook, now, motion.kind, motion.mover, to=motion.unit, edition=motion.edition
        )
    except UnknownName as error:
        raise ChangeRefused(change, (str(error),)) from None
    in_time = calendar.for_motions(motion.kind).in_time(motion.received)
    reasons = []
    if put.allowed.known and not put.allowed.value:
        reasons.append("the body may not put motions to this conference")
    elif put.may_put_more.known and not put.may_put_more.value:
        reasons.append(f"the body has put {put.submitted}, as many as it may")
    if in_time.known and not in_time.value:
        reasons.append(f"it came too late: {in_time.because[0].text}")
    refuse(change, *reasons)
    return union.append(attrs.evolve(motion, recorded=recorded))


@checked
def sign_off_plan(
    rulebook: Rulebook,
    union: Union,
    undertaking: str,
    *,
    by: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Let the committee in whose field a programme lies approve its plan.

    Raises:
        ChangeRefused: when there is no such programme on the day, it is settled that it lies in the
            field of another committee or not settled in whose, or the plan is approved already.
    """
    recorded = recorded or on
    change = "sign_off_plan"
    needs_known(union, change, Undertaking, undertaking)
    needs_known(union, change, Unit, by)
    now = state(union, on, recorded)
    row = next(iter(now.rows(Undertaking, "key", undertaking)), None)
    if row is None:
        raise ChangeRefused(change, (f"{undertaking} is not there on {on.isoformat()}",))
    if not row.committee:
        refuse(change, "it is not settled in which committee's field it lies")
    elif row.committee != by:
        refuse(change, f"it lies in the field of {row.committee}, and not of {by}")
    lines = now.rows(PlanLine, "undertaking", undertaking)
    if any(each.kind == "approval" and each.done and each.done <= on for each in lines):
        refuse(change, "the plan is approved already")
    line = PlanLine(
        undertaking=undertaking,
        kind="approval",
        name=f"plan, {on.isoformat()}",
        body=by,
        done=on,
        recorded=recorded,
    )
    return union.append(line)
