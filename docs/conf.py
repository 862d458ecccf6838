"""Settings of the documentation. The build reads nothing from the network."""

import json
import os
import sys
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.ext.napoleon import GoogleDocstring

import unioncore
from unioncore.describe import GlossaryPart, glossary_markdown
from unioncore.schemas import schemas

docs = Path(__file__).parent
sys.path.insert(0, str(docs))

import measured  # noqa: E402 - it stands beside this file
import reference  # noqa: E402 - so does this

# Napoleon would take what stands before a colon under a field for the type of the field.
GoogleDocstring._consume_inline_attribute = lambda self: ("", self._dedent(self._consume_to_end()))

project = "unioncore"
author = "The unioncore authors"
project_copyright = author
release = metadata.version("unioncore")
version = release

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "unioncore.sphinxext",
]
exclude_patterns = ["_build", "_generated"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 2

autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

# ``type[...]`` in a signature is also the name of two attributes.
suppress_warnings = ["ref.python"]

# What a reader copies from a session is what one types.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = f"unioncore {release}"
html_copy_source = False
html_static_path = ["_static"]
html_js_files = [("site.js", {"defer": "defer"})]
html_css_files = ["site.css", ("print.css", {"media": "print"})]
# A page links to where it can be edited only where somebody says where that is.
if repository := os.environ.get("UNIONCORE_DOCS_REPOSITORY"):
    html_theme_options = {
        "source_repository": repository,
        "source_branch": "main",
        "source_directory": "docs/",
    }
# The search shows titles only: it would fetch every page that it finds, and none from a file.
html_show_search_summary = False
smartquotes = False

# The handbook: a page for each thing of the rulebook that is installed here.
union_handbook = "handbook"
union_on = date.today()

# What is looked up is made from the code, and the rulebook from the plugins installed here.
reference.write(docs)
rulebook = unioncore.compose()
generated = docs / "_generated"
# What the words mean, for glossary.md and the pages beside it.
for part in GlossaryPart:
    (generated / f"glossary-{part}.md").write_text(glossary_markdown(rulebook, part), "utf-8")
# What the benchmarks found when they last ran, for performance.md and the pages under it.
for name, text in measured.pages(docs / "performance.json").items():
    (generated / f"performance-{name}.md").write_text(text, "utf-8")
site = generated / "site"
(site / "schema").mkdir(parents=True, exist_ok=True)
for each in schemas():
    text = json.dumps(each.make(rulebook), indent=2)
    (site / "schema" / f"{each.name}.json").write_text(text, encoding="utf-8")
html_extra_path = ["_generated/site"]


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", no_edit_link)


def no_edit_link(_: Sphinx, page: str, __: str, context: dict[str, Any], ___: object) -> None:
    """Only the pages beside this file were written by people; all others stand in folders."""
    if "/" in page:
        context["page_source_suffix"] = ""
