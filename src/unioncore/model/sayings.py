"""What people say, and where it leads: other words for things, and troubles that people are in."""

from attrs import field, frozen
from attrs.validators import min_len

from unioncore.shown import Shown

__all__ = ["Synonym", "Trouble"]


@frozen
class Synonym(Shown, shows="said see"):
    """Another word for a thing, such as an abbreviation, an old name or what people call it.

    Several plugins may say what one word means; all of it is meant.
    """

    said: str = field(validator=min_len(1))
    """The word, as people write it."""
    see: tuple[str, ...] = field(validator=min_len(1))
    """The addresses of what it means, such as ``body/psc-ew``, the best first."""

    @property
    def key(self) -> str:
        """What is said, and all that it leads to."""
        return f"{self.said}: {', '.join(self.see)}"


@frozen
class Trouble(Shown, shows="said see note"):
    """A trouble as somebody tells it, such as "I have been suspended", and where to read on.

    Several plugins may say where one trouble leads; all of it is meant.
    """

    said: str = field(validator=min_len(1))
    """The trouble, as people tell it."""
    see: tuple[str, ...] = field(validator=min_len(1))
    """The addresses of what helps, such as ``case-type/core.disciplinary``, the best first."""
    note: str = ""
    """What to know first, in one sentence."""

    @property
    def key(self) -> str:
        """What is said, and all that it leads to."""
        return f"{self.said}: {', '.join(self.see)}"
