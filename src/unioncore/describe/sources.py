"""What each dated version rests on, and whether the texts of law still say what was read.

A folder of law texts holds Markdown files, anywhere in it, that are called by the type, year and
number of an Act or instrument, such as ``uk/ukpga-1996-18.md``, with sections under headings that
are their numbers: the layout of the repository ``legalize-dev/legalize-uk``.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.item_texts import Item, ItemVersion, items
from unioncore.legal import Citation, Confidence, Period
from unioncore.model import (
    LawText,
    ReadProvision,
    digest,
    law_text_of,
    places_in,
    provisions_in,
    words_at,
)
from unioncore.paths import AnyPath, as_path
from unioncore.rulebook import Definitions, Rulebook
from unioncore.shown import Shown

__all__ = ["ComparedProvision", "compare_texts", "digests_of", "not_reviewed", "of_law", "sourced"]


@frozen
class ComparedProvision(Shown, shows="text at changed"):
    """A provision as it was read, beside what a folder holds now."""

    text: str
    """The key of its ``LawText``, such as ``ukpga-1996-18``."""
    at: str
    """Where it stands in the text, such as ``section 86``."""
    changed: bool | None
    """Whether its words are others than those read, or it has none any more; None where the folder
    does not hold it."""
    rests: tuple[str, ...]
    """The versions that cite it and held when it was read or later, such as
    ``core.notice [2026-01-06]``."""


@checked
def sourced(rulebook: Rulebook) -> Iterator[tuple[Item, ItemVersion, Citation]]:
    """Give every dated version with each source that it cites."""
    for item in items(rulebook):
        for version in item.versions:
            yield from ((item, version, citation) for citation in version.citations)


def of_law(rulebook: Rulebook, since: date) -> frozenset[str]:
    """Return the names of the versions that rest on an Act or instrument that somebody read.

    What ended by the day ``since`` is left out: a text of that day says nothing of it.
    """
    return frozenset(
        _name(item, version)
        for item, version, citation in sourced(rulebook)
        if _verified(citation, version.period, since)
    )


@checked
def compare_texts(rulebook: Rulebook, folder: AnyPath) -> tuple[ComparedProvision, ...]:
    """Compare each provision of which the rulebook holds a digest with a folder of law texts."""
    texts = _texts(as_path(folder, "folder"))
    rests = _resting(rulebook)
    found = []
    for text in rulebook.definitions.law_texts:
        now = provisions_in(texts[text.key].read_text("utf-8")) if text.key in texts else {}
        for each in text.provisions:
            words = words_at(now, each.at)
            changed = None if words is None else digest(words) != each.digest
            names = tuple(rests.get((text.key, each.at), ()))
            found.append(ComparedProvision(text.key, each.at, changed, names))
    return tuple(found)


def digests_of(
    rulebook: Rulebook, folder: AnyPath, read_on: date
) -> Mapping[str, tuple[ReadProvision, ...]]:
    """Return, for each text in a folder, the provisions that verified citations name, as they are.

    What ended by the day ``read_on`` rests on no text of that day. Names of provisions that the
    text does not hold are left out, and so are provisions that were repealed and have no words.
    """
    texts = _texts(as_path(folder, "folder"))
    cited: dict[str, set[str]] = {}
    for _, version, citation in sourced(rulebook):
        if _verified(citation, version.period, read_on):
            cited.setdefault(law_text_of(citation), set()).update(places_in(citation.provision))
    found = {}
    for key in sorted(cited.keys() & texts.keys()):
        now = provisions_in(texts[key].read_text("utf-8"))
        read = [(at, words_at(now, at)) for at in sorted(cited[key], key=_in_order)]
        digests = [(at, digest(words or "")) for at, words in read]
        found[key] = tuple(ReadProvision(at, made) for at, made in digests if made)
    return {key: read for key, read in found.items() if read}


@checked
def not_reviewed(rulebook: Rulebook, changed: Collection[ComparedProvision]) -> Rulebook:
    """Return a rulebook in which what rests on changed provisions warns that nobody looked again.

    ``changed`` is what ``compare_texts`` gave, or a part of it. What ended before a provision was
    read never rested on the text that was read.
    """
    places = {(each.text, each.at) for each in changed if each.changed}
    texts = {text.key: text for text in rulebook.definitions.law_texts}

    def marked(citation: Citation, period: Period) -> Citation:
        if not any(each in places for each in _rests_on(citation, period, texts)):
            return citation
        return attrs.evolve(citation, confidence=Confidence.CHANGED)

    def walked(value: Any, period: Period) -> Any:
        if isinstance(value, Citation):
            return marked(value, period)
        if isinstance(value, tuple):
            made = tuple(walked(each, period) for each in value)
            return value if all(a is b for a, b in zip(made, value, strict=True)) else made
        if not attrs.has(type(value)):
            return value
        own = getattr(value, "period", period)
        found = {
            field.alias: new
            for field in attrs.fields(type(value))
            if field.init and (new := walked(old := getattr(value, field.name), own)) is not old
        }
        return attrs.evolve(value, **found) if found else value

    kinds = [kind.name for kind in Definitions.kinds()]
    definitions = {kind: walked(getattr(rulebook.definitions, kind), Period()) for kind in kinds}
    return attrs.evolve(rulebook, definitions=Definitions(**definitions))


def _rests_on(
    citation: Citation, period: Period, texts: Mapping[str, LawText]
) -> Iterator[tuple[str, str]]:
    """Give the provisions that a version of a period rests on, of those that were read."""
    key = law_text_of(citation)
    if key in texts and _verified(citation, period, texts[key].read_on):
        yield from ((key, at) for at in places_in(citation.provision))


def _verified(citation: Citation, period: Period, since: date) -> bool:
    """Say whether a version cites law that somebody read, and lasts past a day."""
    read = law_text_of(citation) and citation.confidence is not Confidence.REMEMBERED
    return bool(read) and (period.end is None or period.end > since)


def _resting(rulebook: Rulebook) -> Mapping[tuple[str, str], list[str]]:
    texts = {text.key: text for text in rulebook.definitions.law_texts}
    found: dict[tuple[str, str], list[str]] = {}
    for item, version, citation in sourced(rulebook):
        name = _name(item, version)
        for at in _rests_on(citation, version.period, texts):
            if name not in found.setdefault(at, []):
                found[at].append(name)
    return found


def _name(item: Item, version: ItemVersion) -> str:
    return f"{item.key} [{version.period.start or '..'}]"


def _texts(folder: Path) -> Mapping[str, Path]:
    """Return the files of a folder by their names without ``.md``."""
    return {file.stem: file for file in sorted(folder.rglob("*-*.md"))}


def _in_order(at: str) -> tuple[bool, list[tuple[int, str]]]:
    """Order provisions as a text does: its body first, and 9 before 10."""
    parts = at.replace(",", "").split()
    digits = [int("".join(filter(str.isdigit, each)) or 0) for each in parts]
    return at.startswith("Schedule"), list(zip(digits, parts, strict=True))
