"""What comes of an entry that is not taken: why, and what would be needed."""

from typing import TYPE_CHECKING, Any, NoReturn

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.errors import EntryRefused
from unioncore.legal import Citation
from unioncore.model import CaseEntry
from unioncore.shown import Shown

__all__ = ["Refusal"]

_OF_WHAT_WAS_TAKEN = frozenset(
    (
        *("case", "cases", "desk", "enter", "open_case", "open_matter", "replay", "rulebook"),
        *("union", "viewer", "warnings"),
    )
)
"""What only ``Taken`` and ``Desk`` have."""


@frozen
class Lacking(Shown):
    """One reason against an entry, what would lift it, and the rule that it rests on."""

    reason: str
    """A sentence without a full stop."""
    needed: str = ""
    citations: tuple[Citation, ...] = ()


@frozen
class Refusal(Answers, shows="entry reasons needed", inside="entry"):
    """Why an entry was not taken; the case stays as it was."""

    entry: CaseEntry | None
    """What was refused; None for a collective matter that cannot be opened."""
    lacking: tuple[Lacking, ...]
    """Every reason, each with what would lift it."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason, as sentences without a full stop."""
        return tuple(dict.fromkeys(each.reason for each in self.lacking))

    @property
    def needed(self) -> tuple[str, ...]:
        """What would have to be so, or could be entered instead."""
        return tuple(dict.fromkeys(each.needed for each in self.lacking if each.needed))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sources of the rules that refuse it, where a rule does."""
        return tuple(dict.fromkeys(cited for each in self.lacking for cited in each.citations))

    def ok(self) -> NoReturn:
        """Raise the refusal.

        Raises:
            EntryRefused: always.
        """
        raise EntryRefused(self.reasons, self.needed)

    def __str__(self) -> str:
        return str(EntryRefused(self.reasons, self.needed))

    if not TYPE_CHECKING:  # a type checker that sees it takes a refusal for what was taken

        def __getattr__(self, name: str) -> Any:
            """Raise the refusal where it is used as if the entry had been taken."""
            if name in _OF_WHAT_WAS_TAKEN:
                self.ok()
            raise AttributeError(f"a refusal has no {name!r}", name=name, obj=self)


def refusal(entry: CaseEntry | None, *lacking: Lacking) -> Refusal:
    """Return the refusal of an entry for all that it lacks."""
    return Refusal(entry, lacking)
