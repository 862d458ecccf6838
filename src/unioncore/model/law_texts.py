"""Texts of law as somebody read them: which provisions, and a digest of what each said."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from unioncore.legal import Citation
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = [
    "LawText",
    "ReadProvision",
    "digest",
    "law_text_of",
    "places_in",
    "provisions_in",
    "words_at",
]

_DIGEST = re.compile("[0-9a-f]{16}")


@frozen
class ReadProvision(Shown, shows="at digest"):
    """One provision of a text, as it was read."""

    at: str
    """Where it stands, such as ``section 86`` or ``Schedule 2, paragraph 3``."""
    digest: str
    """What ``digest`` makes of its words."""


@frozen
class LawText(Definition):
    """An Act or instrument of which provisions were read, so that a later change is noticed."""

    key: str
    """The file that held it, without ``.md``: the type, year and number of the address of the
    official text, such as ``ukpga-1996-18``."""
    read_on: date
    """The day on which the provisions were read."""
    provisions: tuple[ReadProvision, ...]
    """The provisions that were read."""

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give the provisions and digests that are none."""
        seen: set[str] = set()
        for number, each in enumerate(self.provisions):
            if places_in(each.at) != (each.at,) or each.at in seen:
                said = "expected one provision, once, such as section 86"
                yield f"provisions[{number}].at", said
            if not _DIGEST.fullmatch(each.digest):
                yield (
                    f"provisions[{number}].digest",
                    "expected what verify-sources writes",
                )
            seen.add(each.at)


def law_text_of(citation: Citation) -> str:
    """Return the key of the text that a citation is to be found in; empty where it is no law."""
    found = re.search(r"legislation\.gov\.uk/(?:cy/)?(\w+)/(\d{4})/(\d+)", citation.url)
    return "-".join(found.groups()) if found else ""


# -- where in a text -------------------------------------------------------------------------------

_NUMBER = r"[A-Z]?\d+[A-Z]*\d*"
_AFTER = ("signed", "explanatory note", "footnotes", "editorial notes")
"""The headings of what follows a text and is no part of it."""
_KINDS = {
    "section": "section",
    "s": "section",
    "article": "article",
    "art": "article",
    "regulation": "regulation",
    "reg": "regulation",
    "rule": "rule",
    "r": "rule",
    "paragraph": "paragraph",
    "para": "paragraph",
    "schedule": "Schedule",
}
_PLACES = re.compile(
    rf"\b({'|'.join(_KINDS)})s?\b\.?"
    rf"((?: {_NUMBER}(?:\(\w+\))*(?:(?:, and|,| and| or| to) {_NUMBER}(?:\(\w+\))*)*)?)",
    re.IGNORECASE,
)


def places_in(provision: str) -> tuple[str, ...]:
    """Return the places that a citation names: ``sections 86(1) and 87: notice`` names two.

    What follows a colon is no place. A paragraph or a rule is one of the Schedule that was named
    before it; without a Schedule a paragraph is no place. A Schedule without a number is the first.
    """
    found: list[str] = []
    schedule = ""
    for word, numbers in _PLACES.findall(provision.partition(":")[0]):
        kind = _KINDS[word.lower()]
        if kind in ("section", "article", "regulation"):
            schedule = ""
        named = re.findall(rf"(?<![(\w]){_NUMBER}", numbers)
        for number in named or ["1"] * (kind == "Schedule"):
            if kind == "Schedule":
                schedule = f"Schedule {number}"
            elif schedule:
                # What stands within the Schedule is meant, and not the whole of it.
                found = [each for each in found if each != schedule]
            elif kind == "paragraph":
                continue
            inner = schedule and kind != "Schedule"
            place = schedule if kind == "Schedule" else f"{kind} {number}"
            found.append(f"{schedule}, paragraph {number}" if inner else place)
    return tuple(dict.fromkeys(found))


def provisions_in(text: str) -> Mapping[str, str]:
    """Return the provisions of a text in Markdown, each by its place without the word for its kind.

    Sections, articles and regulations stand under headings that are their numbers; so do the
    paragraphs of a Schedule. Sections that were inserted later stand behind the last Schedule. What
    stands under no number is of a Schedule only before its first paragraph, as a table does.
    """
    found: dict[str, list[str]] = {}
    schedule = number = ""
    last = 0
    for line in text.splitlines():
        if heading := re.match(r"(#+) +(.+)", line):
            if heading[2].lower() in _AFTER:
                break
            numbered = re.fullmatch(_NUMBER, heading[2].strip())
            number = numbered[0] if numbered else ""
            if begun := re.match(rf"schedule(?: ({_NUMBER}))?\b", heading[2], re.IGNORECASE):
                schedule, last = f"Schedule {begun[1] or '1'}", 0
            elif numbered:
                schedule = schedule if _goes_on(last, number) else ""
                last = _plain(number)
            elif len(heading[1]) <= 2 and not heading[2].lower().startswith("part"):
                schedule = ""
        else:
            if number:
                found.setdefault(f"{schedule}, {number}" if schedule else number, []).append(line)
            if schedule and (number or not last):
                found.setdefault(schedule, []).append(line)
    return {place: "\n".join(lines) for place, lines in found.items()}


def _goes_on(last: int, number: str) -> bool:
    """Say whether a number belongs to a Schedule whose last paragraph is known; 0 stands for none.

    Paragraphs count up, perhaps again in each Part. One that was inserted, such as 27A, stands
    behind 27.
    """
    inserted = re.search(r"\d[A-Z]", number)
    return _plain(number) == last if inserted else _plain(number) > last or _plain(number) == 1


def _plain(number: str) -> int:
    """Return the number without its letters: 27 for 27A."""
    return int(re.findall(r"\d+", number)[0])


def words_at(provisions: Mapping[str, str], at: str) -> str | None:
    """Return what stands at a place that ``places_in`` gives; None where nothing does."""
    kind, _, number = at.rpartition(" ")
    if kind.startswith("Schedule "):
        return provisions.get(f"{kind.partition(',')[0]}, {number}")
    return provisions.get(at if kind == "Schedule" else number)


def digest(text: str) -> str:
    """Return a short text that changes when, and only when, the words of a provision change.

    Case, punctuation, marks of Markdown, addresses of links and footnotes count for nothing. A
    provision without words, as one that was repealed, has an empty digest.
    """
    plain = re.sub(r"\]\([^)]*\)|\[\^\w+\]", " ", unicodedata.normalize("NFKC", text))
    words = re.findall(r"[^\W_]+", plain.casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] if words else ""
