"""The built site, served to a real browser in which every page is watched."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.site.pages import Page, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage
    from playwright.sync_api import Page as Tab

QUIET = (
    *("--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""Options with which Chromium asks for nothing by itself, and reaches nothing outside."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the built site."""
    parser.addoption("--site", metavar="FOLDER", help="the built documentation to check")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the built site."""
    folder = request.config.getoption("site", default=None)
    if folder is None:
        pytest.skip("needs a built site: --site FOLDER")
    return Path(folder).resolve(strict=True)


@pytest.fixture(scope="session")
def pages(site: Path) -> Mapping[str, Page]:
    """Return the pages of the site by address."""
    return read(site)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that goes away before it has read everything."""


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Serve the site on this machine alone; give its address."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start Debian's Chromium, with a profile that is empty and thrown away."""
    playwright = pytest.importorskip("playwright.sync_api", reason="in the site group")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=chromium, args=QUIET, chromium_sandbox=False)


@pytest.fixture
def opened(browser: "Browser", served: str) -> "Iterator[Callable[..., Tab]]":
    """Open a tab; afterwards no console may have complained, and no request gone elsewhere."""
    troubles: list[str] = []

    def open_tab(url: str = "", **settings: Any) -> "Tab":
        tab = browser.new_context(**settings).new_page()
        tab.on("console", lambda said: complains(said) and trouble(tab, told(said)))
        tab.on("pageerror", lambda error: trouble(tab, str(error)))
        tab.on("request", lambda asked: ours(asked.url) or trouble(tab, f"asks for {asked.url}"))
        tab.goto(url or f"{served}/index.html")
        return tab

    def complains(said: "ConsoleMessage") -> bool:
        # Browsers look for this by themselves.
        return said.type == "error" and not said.location["url"].endswith("/favicon.ico")

    def told(said: "ConsoleMessage") -> str:
        return f"{said.text} ({said.location['url']})"

    def ours(url: str) -> bool:
        return url.startswith((f"{served}/", "file:", "data:", "about:"))

    def trouble(tab: "Tab", text: str) -> None:
        troubles.append(f"{tab.url}: {text}")

    yield open_tab
    for context in browser.contexts:
        context.close()
    assert troubles == []
