"""What the words of the model mean."""

from enum import StrEnum
from functools import cache
from importlib import resources

from attrs import frozen

from unioncore.definitions import FileTable, read_entries
from unioncore.describe.addresses import things
from unioncore.describe.signposts import signposts_of_words
from unioncore.errors import BadDefinition
from unioncore.legal import Citation
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["GlossaryPart", "GlossaryTerm", "glossary", "glossary_markdown"]


class GlossaryPart(StrEnum):
    """What a term is about."""

    UNION = "union"
    """A union, its members, their work, and bargaining."""
    REGISTER = "register"
    """What a union does with its register: ballots, check-off, claims of many and pay."""
    RULEBOOK = "rulebook"
    """How the rulebook says what it knows, and how cases run."""


@frozen
class GlossaryTerm(Shown):
    """A word of the model, explained."""

    key: str
    """The word itself."""
    about: GlossaryPart
    means: str
    names: tuple[str, ...] = ()
    """The public classes that it stands for."""
    vocabulary: str = ""
    """The vocabulary that holds what it is about."""
    citations: tuple[Citation, ...] = ()
    """The law that defines it so."""

    @property
    def anchor(self) -> str:
        """Where it stands on its page, such as ``case-type``."""
        return self.key.lower().replace(" ", "-").replace("'", "")


@cache
def glossary() -> tuple[GlossaryTerm, ...]:
    """Return every term, by alphabet."""
    name = "glossary.toml"
    file = resources.files("unioncore") / "describe" / name
    entries, faults = read_entries(
        {name: file.read_bytes()}, {"term": FileTable(GlossaryTerm, "terms")}
    )
    if faults:
        raise BadDefinition(tuple(faults))
    return tuple(sorted((each.made for each in entries), key=lambda term: term.key.casefold()))


def glossary_markdown(rulebook: Rulebook, part: GlossaryPart) -> str:
    """Return the terms of one part as a list of definitions, each with an anchor.

    A term is an entry of the index unless it is what a thing of the rulebook is called, whose page
    says more.
    """
    found = {thing.name.casefold() for thing in things(rulebook).values()}
    found |= {each.said.casefold() for each in signposts_of_words(rulebook)}
    terms = (term for term in glossary() if term.about is part)
    return "\n".join(_told(term, term.key.casefold() not in found) for term in terms)


def _told(term: GlossaryTerm, is_searched: bool) -> str:
    shown = f"{{index}}`{term.key} <! {term.key}>`" if is_searched else term.key
    said = [term.means]
    if term.names:
        said.append(f"In Python: {', '.join(f'`{each}`' for each in term.names)}.")
    said += (f"[{c.instrument}]({c.url}), {c.provision}." for c in term.citations)
    return f"[{shown}]{{#{term.anchor}}}\n: {' '.join(said)}\n"
