"""A case type as a picture: text, Mermaid, or DOT."""

from collections.abc import Callable, Mapping
from datetime import date

from unioncore.describe.chart import dot_text, mermaid_text
from unioncore.errors import UnknownName
from unioncore.legal import in_force
from unioncore.model import ANY, CaseType, CaseTypeVersion, Clock, Direction, State
from unioncore.rulebook import Rulebook

__all__ = ["CASE_TYPE_FORMATS", "case_type_chart"]


def case_type_chart(rulebook: Rulebook, case_type: str, *, on: date, style: str = "text") -> str:
    """Return the states of a case type and what leads from one to another.

    As text it also lists what may happen at any time, and the clocks with what starts them.

    Raises:
        UnknownName: when no plugin has the case type, or none of its versions covers the day.
    """
    kind = rulebook.case_type(case_type)
    version = in_force(kind.versions, on)
    if version is None:
        raise UnknownName("case type in force", f"{case_type} on {on.isoformat()}")
    return CASE_TYPE_FORMATS[style](kind, version)


def _places(version: CaseTypeVersion) -> tuple[State, ...]:
    """Return the states; last, where something leads out of any open one, all those as one."""
    every = (State(ANY, "Any open state"),) if version.leaving(ANY) else ()
    return (*version.states, *every)


def _text(kind: CaseType, version: CaseTypeVersion) -> str:
    lines = [f"{kind.name} ({kind.key})"]
    names = {each.key: each.name for each in version.states}
    for state in _places(version):
        first = " (begins here)" if state.key == version.initial else ""
        last = " (outcome)" if state.outcome else ""
        lines.append(f"{state.name}{first}{last}")
        for way in version.transitions:
            if way.from_state != state.key:
                continue
            condition = way.needs or str(way.proof or "").replace("-", " ")
            needs = f", if {condition}" if condition else ""
            event, actor = way.event.replace("_", " "), way.actor.replace("_", " ")
            lines.append(f"  {event} ({actor}{needs}) -> {names[way.to_state]}")
    if version.happenings:
        lines.append("May happen at any time")
        lines += [f"  {each.key.replace('_', ' ')}: {each.name}" for each in version.happenings]
    if version.clocks:
        lines += ["Clocks", *map(_clock, version.clocks)]
    return "\n".join(lines)


def _clock(clock: Clock) -> str:
    """Say with what a clock starts and what must come."""
    starts, must, owed_by = (
        each.replace("_", " ") for each in (clock.starts, clock.must, clock.owed_by)
    )
    back = clock.direction is Direction.AT_LEAST_BEFORE
    ends = f"{starts} before {must}" if back else f"from {starts} to {must}"
    return f"  {clock.name} ({owed_by}): {ends}"


def _mermaid(kind: CaseType, version: CaseTypeVersion) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"  {state.key} : {mermaid_text(state.name)}" for state in _places(version)]
    lines.append(f"  [*] --> {version.initial}")
    for way in version.transitions:
        event = mermaid_text(way.event.replace("_", " "))
        lines.append(f"  {way.from_state} --> {way.to_state} : {event}")
    lines += [f"  {state.key} --> [*]" for state in version.states if state.outcome]
    return "\n".join(lines)


def _dot(kind: CaseType, version: CaseTypeVersion) -> str:
    lines = ["digraph case_type {", "  rankdir=LR;", "  node [shape=box];"]
    for state in _places(version):
        shape = " shape=doubleoctagon" if state.outcome else ""
        lines.append(f"  {dot_text(state.key)} [label={dot_text(state.name)}{shape}];")
    for way in version.transitions:
        ends = f"{dot_text(way.from_state)} -> {dot_text(way.to_state)}"
        lines.append(f"  {ends} [label={dot_text(way.event.replace('_', ' '))}];")
    return "\n".join([*lines, "}"])


CASE_TYPE_FORMATS: Mapping[str, Callable[[CaseType, CaseTypeVersion], str]] = {
    "text": _text,
    "mermaid": _mermaid,
    "dot": _dot,
}
"""How a case type may be drawn."""
