"""Builds a handbook as a site of its own, without a project of Sphinx around it."""

import tempfile
from io import StringIO
from pathlib import Path
from typing import TextIO

from sphinx.application import Sphinx

from unioncore.handbook import Handbook
from unioncore.paths import AnyPath, as_path
from unioncore.sphinxext.stubs import keep

__all__ = ["build_site"]


def build_site(
    handbook: Handbook, out: AnyPath, *, title: str, progress: TextIO | None = None
) -> int:
    """Write a handbook as HTML into a folder, and return how many pages it has.

    Args:
        handbook: the pages.
        out: the folder; it is made where it is not there.
        title: what stands above every page.
        progress: where Sphinx tells what it is doing; without it, nowhere.

    Raises:
        OSError: when the folder cannot be written.
    """
    folder = as_path(out, "out").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        sources, kept = Path(made) / "sources", Path(made) / "kept"
        sources.mkdir()
        keep(sources, handbook)
        app = Sphinx(
            sources,
            None,
            folder,
            kept,
            "html",
            confoverrides=_settings(handbook, title),
            status=progress or StringIO(),
            warning=progress or StringIO(),
            parallel=2,
        )
        app.build()
    return sum(1 for _ in handbook.addresses())


def _settings(handbook: Handbook, title: str) -> dict[str, object]:
    return {
        "extensions": ["unioncore.sphinxext"],
        "project": title,
        "html_title": title,
        "html_theme": "furo",
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_search_summary": False,
        "smartquotes": False,
        "union_on": handbook.book.on,
        "union_handbook": ".",
    }
