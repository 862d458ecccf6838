"""A case type as a picture: text, Mermaid, DOT, or SVG."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from unioncore.checked import checked
from unioncore.describe.graphviz import ARROW, digraph, dot_text, statement, svg_of_dot, wrapped
from unioncore.describe.union_chart import mermaid_text
from unioncore.errors import UnknownName
from unioncore.legal import in_force
from unioncore.model import ANY, CaseType, CaseTypeVersion, Clock, Direction, State, Transition
from unioncore.rulebook import Rulebook
from unioncore.rules import Named, series

__all__ = ["CASE_TYPE_FORMATS", "case_type_chart"]


_Links = Mapping[str, str]
"""Where states lead, as addresses by their keys."""


@checked
def case_type_chart(
    rulebook: Rulebook,
    case_type: str,
    *,
    on: date,
    style: str = "text",
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the states of a case type and what leads from one to another.

    As text it also lists what may happen at any time, and the clocks with what starts them. As SVG
    and DOT, what leads out of any open state, or by one event out of many, stands below in words.

    Args:
        rulebook: holds the case type.
        case_type: its key.
        on: the day of the chart.
        style: ``text``, ``mermaid``, ``dot``, or ``svg``, which can stand in a page.
        links: where a state leads, as addresses by the keys of states; for SVG and DOT.

    Raises:
        MissingPart: for ``svg``, where Graphviz is not installed.
        UnknownName: when no plugin has the case type, none of its versions covers the day, or there
            is no such style.
    """
    kind = rulebook.case_type(case_type)
    version = in_force(kind.versions, on)
    if version is None:
        raise UnknownName("case type in force", f"{case_type} on {on.isoformat()}")
    return CASE_TYPE_FORMATS[style](kind, version, links or {})


def _places(version: CaseTypeVersion) -> tuple[State, ...]:
    """Return the states; last, where something leads out of any open one, all those as one."""
    every = (State(ANY, "Any open state"),) if version.leaving(ANY) else ()
    return (*version.states, *every)


def _text(kind: CaseType, version: CaseTypeVersion, links: _Links) -> str:
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
            event, actor = _called(way.event), _called(way.actor)
            lines.append(f"  {event} ({actor}{needs}) -> {names[way.to_state]}")
    if version.happenings:
        lines.append("May happen at any time")
        lines += [f"  {_called(each.key)}: {each.name}" for each in version.happenings]
    if version.clocks:
        lines += ["Clocks", *map(_clock, version.clocks)]
    return "\n".join(lines)


def _clock(clock: Clock) -> str:
    """Say with what a clock starts and what must come."""
    starts, must, owed_by = (_called(each) for each in (clock.starts, clock.must, clock.owed_by))
    back = clock.direction is Direction.AT_LEAST_BEFORE
    ends = f"{starts} before {must}" if back else f"from {starts} to {must}"
    return f"  {clock.name} ({owed_by}): {ends}"


def _mermaid(kind: CaseType, version: CaseTypeVersion, links: _Links) -> str:
    lines = ["stateDiagram-v2"]
    lines += [f"  {state.key} : {mermaid_text(state.name)}" for state in _places(version)]
    lines.append(f"  [*] --> {version.initial}")
    for way in version.transitions:
        event = mermaid_text(_called(way.event))
        lines.append(f"  {way.from_state} --> {way.to_state} : {event}")
    lines += [f"  {state.key} --> [*]" for state in version.states if state.outcome]
    return "\n".join(lines)


_MANY = 5
"""So many arrows by one event into one state would be a tangle; the graph tells them in words."""


def _dot(kind: CaseType, version: CaseTypeVersion, links: _Links) -> str:
    alike = Counter((way.event, way.to_state) for way in version.transitions)
    arrows: dict[tuple[str, str], list[Transition]] = {}
    told: dict[tuple[str, str], list[str]] = {}
    for way in version.transitions:
        if way.from_state == ANY or alike[way.event, way.to_state] >= _MANY:
            told.setdefault((way.event, way.to_state), []).append(way.from_state)
        else:
            arrows.setdefault((way.from_state, way.to_state), []).append(way)
    # A state that no arrow touches stands in the words only.
    drawn = {version.initial, *(key for ends in arrows for key in ends)}
    names = {each.key: each.name for each in version.states}
    return digraph(
        "case_type",
        [
            '  "begins here" [shape="point" width="0.12" class="begins"];',
            f'  "begins here" -> {dot_text(version.initial)};',
            *(_box(each, version, links) for each in version.states if each.key in drawn),
            *(_arrow(*ends, ways) for ends, ways in arrows.items()),
            *_stubs(told, drawn),
        ],
        _in_words(names, told),
    )


def _box(state: State, version: CaseTypeVersion, links: _Links) -> str:
    begins = state.key == version.initial
    marks = f"{' (begins here)' if begins else ''}{' (outcome)' if state.outcome else ''}"
    return statement(
        dot_text(state.key),
        {
            "label": wrapped(state.name),
            "tooltip": f"{state.name}{marks}",
            "peripheries": "2" if state.outcome else "",
            "class": "outcome" if state.outcome else "",
            "penwidth": "2.5" if begins else "",
            "URL": links.get(state.key, ""),
        },
    )


def _arrow(from_: str, to: str, ways: list[Transition]) -> str:
    """Draw every way from one state to another as one arrow."""
    acts = {_called(each.event): _called(f"{each.event} ({each.actor})") for each in ways}
    said = {"label": _beside(*acts), "tooltip": "; ".join(acts.values())}
    return statement(f"{dot_text(from_)} -> {dot_text(to)}", said)


def _stubs(told: Mapping[tuple[str, str], list[str]], drawn: set[str]) -> Iterator[str]:
    """Draw what words tell of many states as one arrow, where it leads into the graph."""
    for (event, to), froms in told.items():
        if to not in drawn or ANY in froms:
            continue
        many = f"any of {len(froms)} states: {event}"
        label = f"any of {len(froms)} states"
        yield statement(dot_text(many), {"label": label, "style": "rounded,dashed"})
        ends = f"{dot_text(many)} -> {dot_text(to)}"
        yield statement(ends, {"label": _beside(_called(event)), "style": "dashed"})
        # An arrow that nobody sees puts the box below the first of those states.
        ends = f"{dot_text(froms[0])} -> {dot_text(many)}"
        yield statement(ends, {"style": "invis", "weight": "0"})


def _beside(*events: str) -> str:
    """Return the words of an arrow, kept off its line by spaces."""
    return "\n".join(f" {line} " for event in events for line in wrapped(event, ARROW).splitlines())


def _called(key: str) -> str:
    return key.replace("_", " ")


def _in_words(names: Mapping[str, str], told: Mapping[tuple[str, str], list[str]]) -> Iterator[str]:
    """Say what leads out of any open state, and out of many."""
    ways = [(_called(event), names[to], froms) for (event, to), froms in told.items()]
    if any(ANY in froms for _, _, froms in ways):
        yield "From any open state:"
        yield from (f"• {event} → {to}" for event, to, froms in ways if ANY in froms)
    for event, to, froms in ways:
        if some := [names[each] for each in froms if each != ANY]:
            yield f"{event} → {to}, from: {series(some)}"
    yield "Double border: an outcome."


def _svg(kind: CaseType, version: CaseTypeVersion, links: _Links) -> str:
    states = {each.key: each.name for each in version.states}
    ends = series(each.name for each in version.states if each.outcome)
    return svg_of_dot(
        _dot(kind, version, links),
        title=f"{kind.name}: states and events",
        about=f"{len(states)} states. It begins with: {states[version.initial]}. Outcomes: {ends}.",
    )


CASE_TYPE_FORMATS: Mapping[str, Callable[[CaseType, CaseTypeVersion, _Links], str]] = Named(
    "format", {"text": _text, "mermaid": _mermaid, "dot": _dot, "svg": _svg}
)
"""How a chart of a case type may be written, by the name of the format."""
