"""The seats of a body as a picture: a row for each constituency, a box for each seat."""

from unioncore.answers import Seat, SeatedBody
from unioncore.checked import checked
from unioncore.describe.svg import LETTER, SIZE, group, picture, polygon, words
from unioncore.errors import CannotBe

__all__ = ["seat_chart"]

_WIDTH = 380.0
_BOX = 22.0
_GAP = 4.0
_KINDS = {"held": "filled one", "vacant": "box", "": "unknown"}
"""How a box is drawn, by the state of its seat; empty: not known."""
_SAID = {"held": "held", "vacant": "vacant", "": "not known whether it is held"}


@checked
def seat_chart(found: SeatedBody) -> str:
    """Return the seats of a body as an SVG: filled boxes are held, outlined ones vacant.

    A dashed outline is a seat of which it is not known. Letters say for whom a seat is; nobody is
    named. Seats without a constituency stand under the kind of office.

    Raises:
        CannotBe: when the body has no seat.
    """
    rows: dict[str, list[Seat]] = {}
    for each in found.seats:
        rows.setdefault(each.constituency or each.role, []).append(each)
    if not rows:
        raise CannotBe(f"{found.unit} has no seat to draw")
    left = max(len(name) for name in rows) * LETTER + 12
    most = max(1, int((_WIDTH - left) // (_BOX + _GAP)))
    shapes: list[str] = []
    y = 0.0
    for name, seats in rows.items():
        shapes.append(words(0, y + _BOX - 6, name))
        for place, each in enumerate(seats):
            if place and place % most == 0:
                y += _BOX + _GAP
            shapes.append(_box(each, left + place % most * (_BOX + _GAP), y))
        y += _BOX + _GAP
    for line in _legend(found):
        y += SIZE + 4
        shapes.append(words(0, y, line, "quiet"))
    title = f"Seats of {found.unit}"
    about = ", ".join(f"{each.role}: {each.held} of {each.recorded} held" for each in found.bodies)
    return picture(
        "".join(shapes), title=title, about=about, width=_WIDTH, height=y + 6, widest=500, least=0
    )


def _state(seat: Seat) -> str:
    return seat.state.value if seat.state.known else ""


def _box(seat: Seat, x: float, y: float) -> str:
    state = _state(seat)
    corners = [(x, y), (x + _BOX, y), (x + _BOX, y + _BOX), (x, y + _BOX)]
    parts = [polygon(corners, _KINDS[state])]
    if seat.kind:
        parts.append(words(x + _BOX / 2, y + _BOX - 7, seat.kind[0].upper(), "strong", "middle"))
    return group(f"{seat.office}: {_SAID[state]}", parts)


def _legend(found: SeatedBody) -> list[str]:
    kinds = sorted({each.kind for each in found.seats if each.kind})
    letters = ", ".join(f"{kind[0].upper()} {kind}" for kind in kinds)
    return [*([letters] if letters else []), "filled: held; outlined: vacant; dashed: not known"]
