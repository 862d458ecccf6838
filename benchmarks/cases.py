"""Entries of a case: beside state machines, and as the case, or the number of cases, grows.

An entry passes every gate, and gives a new desk whose case keeps all that was entered. The peers,
transitions and python-statemachine, change one state and keep a list. Of a whole life, and of what
is asked of all cases, the time for one entry or one case must not grow with their number. How all
are timed: ``rounds``.

    python benchmarks/cases.py [ROUNDS]
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
from rounds import Line, Way, asked, peer, race, same, show

import unioncore
from unioncore import Rulebook
from unioncore.answers import Desk, attention, candidates, deadlines
from unioncore.model import CaseEntry, CaseEvent, Membership, Note, Parent, Person, Union, Unit

ROUNDS = 7
DAY = date(2026, 1, 5)
LONG_AGO = date(2015, 1, 5)
PATH = (
    ("check_membership", ""),
    ("issue_case_form", ""),
    ("complete_member_sections", ""),
    ("explain_conditions", ""),
)
"""Events of UNISON's own handling of a case, each with what is said to be so."""
TIMES = 100
LATER = date(2026, 3, 2)
FEW, MANY = 1_000, 10_000
"""How many cases are asked about at once."""


def event(name: str, said: str) -> CaseEvent:
    says = (said,) if said else ()
    return CaseEvent(on=DAY, by="secretary", track="union", event=name, says=says)


def first(rulebook: Rulebook) -> Desk:
    """Return a desk with one case, which nothing but its opening was entered into."""
    union = Union(
        key="unison",
        units=(
            Unit(key="unison", kind="union", name="UNISON"),
            Unit(key="region", kind="region", name="Example region"),
            Unit(key="branch", kind="branch", name="Example branch"),
        ),
        parents=(
            Parent(unit="region", axis="region", parent="unison"),
            Parent(unit="branch", axis="region", parent="region"),
        ),
        people=(
            Person(key="member", name="Ada Example"),
            Person(key="secretary", name="Bela Sample"),
        ),
        memberships=(
            Membership(person="member", category="full", branch="branch", start=LONG_AGO),
        ),
    )
    desk = Desk(rulebook=rulebook, union=union)
    return desk.open_case(reference="C", person="member", on=DAY, by="secretary").ok().desk


def entered(desk: Desk, *entries: CaseEntry) -> Desk:
    for each in entries:
        desk = desk.enter("C", each).ok().desk
    return desk


def machines(transitions: Any) -> Callable[[], None]:
    """Return the same walk by transitions."""
    states = [f"s{number}" for number in range(len(PATH) + 1)]
    machine = transitions.Machine(states=states, initial="s0", auto_transitions=False)
    for number, (name, _) in enumerate(PATH):
        machine.add_transition(name, f"s{number}", f"s{number + 1}")

    class Model:
        def __init__(self) -> None:
            self.kept: list[tuple[str, date]] = []

    def walk() -> None:
        for _ in range(TIMES):
            model: Any = Model()
            machine.add_model(model)
            for name, _ in PATH:
                model.trigger(name)
                model.kept.append((name, DAY))
            machine.remove_model(model)

    return walk


def state_machines(statemachine: Any) -> Callable[[], None]:
    """Return the same walk by python-statemachine."""
    last = len(PATH)
    body: dict[str, Any] = {
        f"s{number}": statemachine.State(initial=number == 0, final=number == last)
        for number in range(last + 1)
    }
    for number, (name, _) in enumerate(PATH):
        body[name] = body[f"s{number}"].to(body[f"s{number + 1}"])
    kind = type("Handling", (statemachine.StateMachine,), body)

    def walk() -> None:
        for _ in range(TIMES):
            machine, kept = kind(), []
            for name, _ in PATH:
                machine.send(name)
                kept.append((name, DAY))

    return walk


def questions(desk: Desk) -> dict[str, Callable[[], Any]]:
    """Return what is asked of all cases of a desk at once."""
    rulebook, cases = desk.rulebook, desk.cases.values()
    return {
        "candidates": lambda: candidates(desk, "C", "union", on=LATER),
        "attention": lambda: attention(desk, on=LATER),
        "deadlines": lambda: [deadlines(rulebook, case, on=LATER) for case in cases],
    }


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    *path, again = [event(*each) for each in PATH]
    note = Note(on=DAY, by="secretary", track="union", level="ordinary", text="A call was made")
    begun = first(rulebook)
    short = entered(begun, *path, *[note] * 6)
    long = entered(short, *[note] * 9_990)
    case = short.case("C")
    further = [attrs.evolve(case, reference=f"C-{number}") for number in range(MANY - 1)]
    many = attrs.evolve(short, cases=[case, *further])
    fewer = attrs.evolve(short, cases=[case, *further[: FEW - 1]])
    same("a case among many", entered(many, again).case("C"), entered(short, again).case("C"))

    def walk() -> None:
        for _ in range(TIMES):
            entered(begun, *path, again)

    def again_and_again(desk: Desk) -> None:
        for _ in range(TIMES):
            entered(desk, again)

    ways = {
        "an event": Way(walk, TIMES * len(PATH)),
        "at 10 entries": Way(lambda: again_and_again(short), TIMES),
        "at 10,000 entries": Way(lambda: again_and_again(long), TIMES),
        "among 10,000 cases": Way(lambda: again_and_again(many), TIMES),
    }
    for length in (100, 800):
        life = [*path, *[note] * (length - len(path) - 1)]
        ways[f"of {length} entries"] = Way(lambda life=life: entered(begun, *life), length)
    for name, desk, count in (("1,000", fewer, FEW), ("10,000", many, MANY)):
        for ask, run in questions(desk).items():
            ways[f"{ask}, {name} cases"] = Way(run, count)
    if transitions := peer("transitions"):
        ways["transitions"] = Way(machines(transitions), TIMES * len(PATH))
    if statemachine := peer("statemachine"):
        ways["python-statemachine"] = Way(state_machines(statemachine), TIMES * len(PATH))
    show(
        race(ways, rounds),
        [
            Line("an event", "transitions", 0.3),
            Line("an event", "python-statemachine", 0.05),
            Line("at 10,000 entries", "at 10 entries", 3),
            Line("among 10,000 cases", "at 10 entries", 3),
            Line("of 800 entries", "of 100 entries", 1.25),
            *(Line(f"{ask}, 10,000 cases", f"{ask}, 1,000 cases", 1.25) for ask in questions(many)),
        ],
    )


if __name__ == "__main__":
    main(asked(ROUNDS))
