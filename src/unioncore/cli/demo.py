"""The command that shows the rules and the example union: members, regions, where axes cross."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers import MemberAnswers, member
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import union_folder
from unioncore.describe import Short
from unioncore.errors import MissingPart
from unioncore.model import Snapshot, Union, Unit, UnitSuccession
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date, series


@cli.command()
@choice
def demo(chosen: Chosen) -> None:
    """A guided tour of the rules and of an example union. Needs no arguments."""
    rulebook = chosen.rulebook
    _needs(rulebook)
    folder = union_folder(chosen, None)
    union = folder.read(rulebook).ok()
    screen = Screen()
    for text, style in _tour(rulebook, union):
        screen.lines(text, style)


Line = tuple[str, str]
"""A line of the tour, and its style for a terminal."""


@frozen(repr=False)
class _Stop:
    """One stop of the tour: a member, what to look for, what is asked, and on which days."""

    person: str
    look_for: str
    asked: tuple[str, ...]
    days: tuple[date, ...]
    incident: date | None = None


_MEMBERS = (
    _Stop(
        "M0011",
        "Bristol is in the South West, and the branch is not.",
        ("service_group", "branch", "region", "negotiating_bodies"),
        (date(2026, 6, 1),),
    ),
    _Stop(
        "M0002",
        '"No body" is an answer too: a rule gives it, with its reason.',
        ("negotiating_bodies", "bargaining_level"),
        (date(2026, 6, 1),),
    ),
    _Stop(
        "M0010",
        "The member did not move; the employer was replaced, and its bargaining with it.",
        ("service_group", "negotiating_bodies"),
        (date(2015, 3, 1), date(2026, 6, 1)),
    ),
    _Stop(
        "M0036",
        "From band 8a a manager of the health service is a member of two unions at once.",
        ("service_group", "branch_type", "negotiating_bodies", "joint_unions"),
        (date(2026, 6, 1),),
    ),
    _Stop(
        "M0046",
        "A council's craft workers have a body of their own, on which UNISON has no seat.",
        ("service_group", "branch_type", "negotiating_bodies", "union_has_seat"),
        (date(2026, 6, 1),),
    ),
    _Stop(
        "M0019",
        "Four weeks in membership come before help at law; the branch says from when they count.",
        ("in_good_standing", "membership_began", "qualifies_for_legal_help"),
        (date(2026, 10, 31),),
        incident=date(2026, 10, 30),
    ),
    _Stop(
        "M0025",
        "In Northern Ireland the law is another one; what is not known is never guessed.",
        ("political_fund_regime", "political_fund", "subscription_monthly"),
        (date(2026, 6, 1),),
    ),
)
_END = (
    "Everything about one member:\n"
    "  unioncore explain M0011 --on 2026-06-01\n"
    "Ask about somebody else:\n"
    "  unioncore ask negotiating_bodies --short --on 2024-06-01 \\\n"
    "    --set employer.key=kent-police --set employer.kind=police-force \\\n"
    "    --set employer.nation=England --set job.group=police-staff\n"
    "What can be asked and given:\n"
    "  unioncore facts --about employer.\n"
    "Read the rulebook, and see what changed:\n"
    "  unioncore rules --about psc-ew\n"
    "  unioncore diff 2021-06-01 2021-07-31"
)


def _needs(rulebook: Rulebook) -> None:
    """Raise ``MissingPart`` without the plugins that the tour is about."""
    loaded = {plugin.name for plugin in rulebook.plugins}
    for name in ("police-justice", "health", "local-government", "unison"):
        if name not in loaded:
            raise MissingPart(f"the plugin unioncore-{name}", f"pip install unioncore-{name}")


def _tour(rulebook: Rulebook, union: Union) -> Iterator[Line]:
    """Give the tour as texts, each with its style for a terminal."""
    yield "An example union: real regions, employers and rules; everybody in it is made up.", ""
    yield "", ""
    stops = [*(_member(rulebook, union, stop) for stop in _MEMBERS)]
    stops += [_corrected(union), _regions(union), _crossing(union)]
    for number, stop in enumerate(stops, 1):
        title, look_for, *rest = stop
        yield f"{number}. {title[0]}", "bold"
        yield f"   {look_for[0]}", "italic"
        yield from ((f"   {text}", style) for text, style in rest)
        yield "", ""
    yield _END, ""


def _member(rulebook: Rulebook, union: Union, stop: _Stop) -> Iterator[Line]:
    first = _on(rulebook, union, stop, stop.days[0])
    yield _who(first), ""
    yield stop.look_for, ""
    for day in stop.days:
        found = _on(rulebook, union, stop, day)
        at = f" at {found.jobs[0].employer}" if len(stop.days) > 1 and found.jobs else ""
        yield f"On {long_date(day)}{at}:", ""
        facts = found.jobs[0].facts if stop.asked[0] in _placed(found) else found.facts
        short = Short(rulebook, facts, day)
        answers = {**_placed(found), **found.membership.answers()}
        for line in short.all([answers[name] for name in stop.asked], "  "):
            yield line, ""


def _on(rulebook: Rulebook, union: Union, stop: _Stop, day: date) -> MemberAnswers:
    return member(rulebook, union.on(day), stop.person, incident=stop.incident)


def _placed(found: MemberAnswers) -> dict[str, Answer[Any]]:
    return found.jobs[0].placement.answers() if found.jobs else {}


def _who(found: MemberAnswers) -> str:
    job = found.jobs[0]
    place = f", {job.workplace}" if job.workplace else ""
    return f"{found.name} ({found.person}), {job.job.role} at {job.employer}{place}"


def _corrected(union: Union) -> Iterator[Line]:
    person, day = "M0030", date(2024, 3, 1)
    now = union.on(day)
    found = now.person(person)
    yield f"{found.name if found else person} ({person}), entered in the wrong branch", ""
    yield "A correction is added and nothing is overwritten, so both can be asked.", ""
    for known_on in (date(2024, 3, 1), date(2024, 7, 1)):
        key = union.on(day, known_on=known_on).branch_of(person)
        branch = now.unit(key) if key else None
        name = "none" if branch is None else branch.name
        yield f"On {long_date(day)}, as known on {long_date(known_on)}: {name}", ""


def _names(now: Snapshot) -> list[str]:
    return sorted(unit.called for unit in now.units("region"))


def _regions(union: Union) -> Iterator[Line]:
    yield "The regions, thirteen and then twelve", ""
    yield "On which day was not found; the answer keeps the bounds.", ""
    days = (date(2002, 6, 1), date(2026, 6, 1))
    before, after = (_names(union.on(day)) for day in days)
    for day, names in zip(days, (before, after), strict=True):
        yield f"On {long_date(day)}: {len(names)} regions", ""
    for each in union.history("SE"):
        if isinstance(each, Unit):
            yield f"  {each.name}: {each.period}", ""
        elif isinstance(each, UnitSuccession):
            old, new = _name(union, each.unit), _name(union, each.successor)
            yield f"  {old} {each.how} into {new}: {each.on}", ""
    gone = [name for name in before if name not in after]
    came = [name for name in after if name not in before]
    yield f"  gone: {series(gone)}; new: {series(came)}", ""


def _name(union: Union, key: str) -> str:
    return next(unit.name for unit in union.units if unit.key == key)


def _crossing(union: Union) -> Iterator[Line]:
    now = union.on(date(2026, 6, 1))
    unit = now.unit("pj-committee-nw")
    yield f"{unit.name if unit else 'A committee'}, where two axes cross", ""
    yield "A union is a matrix and not a tree.", ""
    for axis in now.parents("pj-committee-nw"):
        above = (now.unit(key) for key in now.ancestors("pj-committee-nw", axis))
        names = " > ".join(each.name for each in above if each is not None)
        yield f"{axis.replace('-', ' ')}: {names}", ""
    held = len(now.rows(Unit, "kind", "regional-service-group-committee"))
    yield f"There are {held} of them: none in Greater London or Northern Ireland.", ""
