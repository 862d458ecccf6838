"""Begins a build: composes the rulebook, and writes a source file for each page of the handbook."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError

from unioncore.composition import FoundPlugin, compose, find_plugins, plugin_in
from unioncore.handbook import Book, Handbook, shipped_examples

__all__ = ["begin", "changed", "docname_of", "handbook_of", "keep"]

_BOOKS: dict[str, Handbook] = {}
"""For each folder of sources that is being built, its handbook."""


def keep(srcdir: Path, handbook: Handbook) -> None:
    """Say which handbook the sources in a folder are of, in place of what the settings choose."""
    _BOOKS[str(srcdir)] = handbook


def begin(app: Sphinx) -> None:
    """Compose the rulebook that the settings choose, and write the stubs of its pages."""
    handbook = _BOOKS.get(str(app.srcdir)) or _composed(app)
    _BOOKS[str(app.srcdir)] = handbook
    if app.config.union_handbook:
        # Whatever is read by several processes at once is worked out before they part.
        handbook.book.exercised("")
        _write(Path(app.srcdir) / app.config.union_handbook, handbook.addresses())


def _composed(app: Sphinx) -> Handbook:
    """Return the handbook that the settings of a project choose."""
    on = app.config.union_on
    if not isinstance(on, date):
        raise ConfigError("union_on: expected a day, such as datetime.date(2026, 6, 1)")
    chosen = [_plugin(named) for named in app.config.union_plugins] or [*find_plugins()]
    rulebook = compose(*chosen, discover=False).in_language(app.config.union_language)
    examples = shipped_examples(chosen) if app.config.union_handbook else ()
    return Handbook(Book(rulebook, on=on, examples=examples, plugins=chosen))


def _plugin(named: str) -> FoundPlugin:
    if Path(named).is_dir():
        return plugin_in(named)
    found = {each.name: each for each in find_plugins()}
    if named not in found:
        raise ConfigError(f"union_plugins: no plugin is called {named!r}; installed: {[*found]}")
    return found[named]


def _write(folder: Path, addresses: Iterable[str]) -> None:
    """Write the stubs, leave alone those that are there, and remove those of former pages."""
    wanted = {folder / f"{address}.rst": address for address in addresses}
    for file in set(folder.rglob("*.rst")) - set(wanted):
        file.unlink()
    for file, address in wanted.items():
        # The first page stands in the contents at the side; two thousand others would fill them.
        orphan = "" if address == "index" else ":orphan:\n\n"
        text = f"{orphan}.. union-page:: {address}\n"
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


def changed(
    app: Sphinx, env: BuildEnvironment, added: set[str], outdated: set[str], removed: set[str]
) -> list[str]:
    """Return the pages to make again: all of them where the rulebook or the day is another."""
    handbook = handbook_of(app.srcdir)
    rulebook = handbook.book.rulebook
    now = f"{rulebook.fingerprint} {rulebook.language} {handbook.book.on}"
    before, env.union_made_of = getattr(env, "union_made_of", ""), now  # type: ignore[attr-defined]
    return [] if now == before else [*env.found_docs]


def handbook_of(srcdir: object) -> Handbook:
    """Return the handbook of the sources that are being built."""
    return _BOOKS[str(srcdir)]


def docname_of(env: BuildEnvironment, address: str) -> str:
    """Return the document of a page; empty where no handbook is made, or it has no such page."""
    folder = env.config.union_handbook
    name = address if folder == "." else f"{folder}/{address}"
    return name if folder and name in env.found_docs else ""
