"""The rulebook as Markdown, for the docs and for terminals."""

from collections.abc import Iterable, Iterator
from datetime import date

from unioncore.checked import checked
from unioncore.describe.item_texts import Item, ItemVersion, capital, items
from unioncore.legal import Citation, Confidence, Period
from unioncore.rulebook import Rulebook
from unioncore.rules import Fact, long_date

__all__ = ["answered_by", "in_words", "rulebook_markdown"]


@checked
def rulebook_markdown(
    rulebook: Rulebook, *, on: date | None = None, only: Iterable[Item] | None = None
) -> str:
    """Return the rulebook in plain English, with citations, as Markdown.

    With ``on``, only what holds on that day; with ``only``, these items. Headings go by plugin,
    then by what is decided, then by definition; the order is always the same. A page of all items
    ends with the facts that can be given, by key.
    """
    lines: list[str] = []
    plugin = decides = ""
    for item in items(rulebook) if only is None else only:
        versions = [v for v in item.versions if on is None or on in v.period]
        if not versions:
            continue
        if item.plugin != plugin:
            plugin, decides = item.plugin, ""
            lines += [f"## {plugin}", ""]
        if item.decides != decides:
            decides = item.decides
            lines += [f"### {_heading(rulebook, decides)}", ""]
        lines += [f"#### {item.key}", "", *_paragraph(item.notes)]
        for version in versions:
            lines += _version(version)
    if only is None:
        lines += _can_be_given(rulebook)
    return "\n".join(lines)


def answered_by(fact: Fact) -> str:
    """Say what a fact is answered by: its words, where it has any, or its type."""
    if fact.vocabulary:
        return f"{fact.type} of {fact.vocabulary}"
    return " or ".join(fact.choices) if fact.choices else str(fact.type)


def _can_be_given(rulebook: Rulebook) -> Iterator[str]:
    given = rulebook.rules.recorded
    if given:
        yield from ("## What can be given", "")
    for _, fact in sorted(given.items()):
        yield f"- `{fact.key}`, {fact.label or fact.about} ({answered_by(fact)})"


def _heading(rulebook: Rulebook, decides: str) -> str:
    fact = rulebook.rules.facts.get(decides)
    label = fact.label if fact is not None and fact.label else ""
    if fact is None:
        word = rulebook.words_of("body").get(decides)
        label = f"the pay rounds of the {word.name}" if word is not None else ""
    name = f"{label} (`{decides}`)" if label else decides
    return capital(name)


def _version(version: ItemVersion) -> Iterator[str]:
    # The text after a list must not be indented: Markdown would take it into the list.
    text = (version.listed or version.text).replace("\n\n ", "\n\n").strip()
    yield f"*{capital(in_words(version.period))}.* {text}"
    yield ""
    yield from _paragraph(version.notes)
    for citation in version.citations:
        yield f"- {_cited(citation)}"
    yield ""


def _paragraph(notes: tuple[str, ...]) -> list[str]:
    return [" ".join(notes), ""] if notes else []


def in_words(period: Period) -> str:
    """Return a period as people write it, such as: from 1 April 2015."""
    match period.start, period.end:
        case None, None:
            return "at all times"
        case date() as start, None:
            return f"from {long_date(start)}"
        case None, date() as end:
            return f"before {long_date(end)}"
        case start, end:
            assert start is not None
            assert end is not None
            return f"from {long_date(start)} up to but not including {long_date(end)}"


def _cited(citation: Citation) -> str:
    place = f", {citation.provision}" if citation.provision else ""
    name = f"[{citation.instrument}](<{citation.url}>)" if citation.url else citation.instrument
    return f"{name}{place} (checked {long_date(citation.checked_on)}){_MARKS[citation.confidence]}"


_MARKS = {
    Confidence.VERIFIED: "",
    Confidence.REMEMBERED: " — **remembered**, not verified",
    Confidence.CHANGED: " — **changed since**, not reviewed",
}
