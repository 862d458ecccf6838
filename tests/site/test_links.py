"""Every link leads somewhere, and nothing on a page is fetched from elsewhere."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.site.pages import Page

pytestmark = pytest.mark.site


def test_every_link_inside_the_site_leads_somewhere(site: Path, pages: Mapping[str, Page]) -> None:
    ids = {f"{address}.html": page.ids for address, page in pages.items()}
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    broken = {
        f"{page.address} leads to {file}" + (f"#{part}" if part else "")
        for page in pages.values()
        for file, part in page.inside()
        if file not in files or (part and part not in ids.get(file, {part}))
    }
    assert sorted(broken) == []


def test_nothing_on_a_page_comes_from_elsewhere(pages: Mapping[str, Page]) -> None:
    """A link may lead out when it is followed; a script, style, font or image may not."""
    outside = {
        f"{page.address}: {element} {place}"
        for page in pages.values()
        for element, place in page.leads()
        if element != "a" and place.startswith(("http:", "https:", "//"))
    }
    assert sorted(outside) == []
