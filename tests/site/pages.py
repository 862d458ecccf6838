"""The built site as files: its pages, what they lead to, and what can be led to within them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from attrs import frozen

__all__ = ["Page", "read", "to_look_at"]

_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]+)"', re.IGNORECASE)
_LEADS = re.compile(r'<([a-z]+)\b[^>]*?\s(?:href|src|xlink:href)="([^"]*)"', re.IGNORECASE)
_WITHIN_A_WORD = re.compile(r"</?(?:a|abbr|code|em|span|strong)\b[^>]*>")
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


@frozen
class Page:
    """A page of the site."""

    address: str
    """Where it is, without its ending: ``handbook/body/psc-ew``."""
    html: str

    @property
    def ids(self) -> set[str]:
        """Return what can be led to within it."""
        return set(_ID.findall(self.html))

    def leads(self) -> Iterator[tuple[str, str]]:
        """Give each element that names another place, and the place as it is written."""
        for element, place in _LEADS.findall(self.html):
            yield element.lower(), unescape(place)

    def inside(self) -> Iterator[tuple[str, str]]:
        """Give the file, from the site's folder on, and the part that each inner link leads to."""
        for _, place in self.leads():
            parts = urlsplit(place)
            if not parts.scheme and not parts.netloc:
                yield _joined(self.address, unquote(parts.path)), unquote(parts.fragment)

    def text(self) -> str:
        """Return its words, with single spaces."""
        return " ".join(unescape(_TAG.sub(" ", _WITHIN_A_WORD.sub("", self.html))).split())


def read(site: Path) -> Mapping[str, Page]:
    """Return the pages of a site by address."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).with_suffix("").as_posix()
        if not address.startswith("_"):
            found[address] = Page(address, file.read_text(encoding="utf-8"))
    return found


def to_look_at(pages: Mapping[str, Page]) -> list[str]:
    """Return the pages that stand for all: those at the top, and of each folder the largest.

    The alphabetical index is left out: what is looked for takes minutes in its thousands of links.
    """
    folders: dict[str, list[Page]] = {}
    for page in pages.values():
        folders.setdefault(page.address.rpartition("/")[0], []).append(page)
    top = [page.address for page in folders.pop("", []) if page.address != "genindex"]
    largest = [max(each, key=lambda page: len(page.html)) for each in folders.values()]
    return [*top, *(page.address for page in largest)]


def _joined(address: str, path: str) -> str:
    """Return the file that a path on a page means."""
    if not path:
        return f"{address}.html"
    steps = address.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
