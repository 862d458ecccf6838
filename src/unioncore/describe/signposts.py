"""Where the words and the troubles of people lead, whichever plugins say it."""

from collections.abc import Iterable

from attrs import frozen

from unioncore.checked import checked
from unioncore.model import Synonym, Trouble
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["Signpost", "signposts_of_troubles", "signposts_of_words"]


@frozen
class Signpost(Shown, shows="said see"):
    """A word or a trouble, with everything that it leads to."""

    said: str
    see: tuple[str, ...]
    """The addresses of things, the best first; ``things`` names them."""
    notes: tuple[str, ...] = ()
    """What to know first."""


@checked
def signposts_of_words(rulebook: Rulebook) -> tuple[Signpost, ...]:
    """Return where other words for things lead, by alphabet."""
    return _joined(rulebook.definitions.synonyms)


@checked
def signposts_of_troubles(rulebook: Rulebook) -> tuple[Signpost, ...]:
    """Return where troubles lead, by alphabet."""
    return _joined(rulebook.definitions.troubles)


def _joined(every: Iterable[Synonym | Trouble]) -> tuple[Signpost, ...]:
    """Return what plugins say of one word as one signpost; what any of them puts first comes first.

    Which plugin says it leaves no trace.
    """
    places: dict[str, dict[str, int]] = {}
    notes: dict[str, dict[str, None]] = {}
    for each in every:
        known = places.setdefault(each.said, {})
        for place, address in enumerate(each.see):
            known[address] = min(place, known.get(address, place))
        if isinstance(each, Trouble) and each.note:
            notes.setdefault(each.said, {})[each.note] = None
    return tuple(
        Signpost(
            said,
            tuple(sorted(places[said], key=lambda address: (places[said][address], address))),
            tuple(notes.get(said, ())),
        )
        for said in sorted(places, key=lambda said: (said.casefold(), said))
    )
