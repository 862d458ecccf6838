"""The extension for Sphinx in a project of somebody else's."""

import re
from io import StringIO
from pathlib import Path
from shutil import which

import pytest

pytest.importorskip("sphinx")

from sphinx.application import Sphinx

pytestmark = [pytest.mark.slow, pytest.mark.needs_plugins]

CONF = """
from datetime import date
extensions = ["unioncore.sphinxext"]
union_on = date(2026, 6, 1)
"""
PAGE = """
Ours
====

We bargain in the :union-body:`psc-ew`.

.. union-body:: psc-ew
.. union-case-type:: pj.staff_misconduct
.. union-claim:: unfair-dismissal
.. union-fact:: employer.kind
.. union-diff:: 2026-09-30 2026-10-01
.. union-chart:: case-type/pj.staff_misconduct
"""


def built(folder: Path, page: str, conf: str = CONF) -> tuple[str, str]:
    """Build a project of one page; return its HTML, and what Sphinx warns of."""
    source = folder / "source"
    source.mkdir()
    (source / "conf.py").write_text(conf, "utf-8")
    (source / "index.rst").write_text(page, "utf-8")
    warnings = StringIO()
    Sphinx(
        source,
        source,
        folder / "out",
        folder / "kept",
        "html",
        status=StringIO(),
        warning=warnings,
    ).build()
    return (folder / "out" / "index.html").read_text("utf-8"), warnings.getvalue()


@pytest.mark.skipif(which("dot") is None, reason="needs Graphviz")
def test_a_page_shows_things_where_they_stand(tmp_path: Path) -> None:
    html, warnings = built(tmp_path, PAGE)
    assert warnings == ""
    # Without a handbook a link to a thing is only its name.
    text = re.sub("<[^>]*>", "", html)
    assert "We bargain in the Police Staff Council (England and Wales)" in text
    assert "The job group is police staff" in html
    assert "Notice of allegation served" in html
    assert "<svg" in html
    assert html.count("<h1>") == 1


def test_what_is_not_there_is_an_error_at_its_line_with_the_nearest(tmp_path: Path) -> None:
    _, warnings = built(tmp_path, "Ours\n====\n\n.. union-body:: psc-we\n")
    assert "index.rst:4" in warnings
    assert "did you mean" in warnings


def test_the_day_must_be_said(tmp_path: Path) -> None:
    from sphinx.errors import ConfigError

    with pytest.raises(ConfigError, match="union_on"):
        built(tmp_path, "Ours\n====\n", 'extensions = ["unioncore.sphinxext"]\n')
