"""Settings of the documentation. The build reads nothing from the network."""

from importlib import metadata
from pathlib import Path

import unioncore
from unioncore.describe import rulebook_markdown

project = "unioncore"
author = "The unioncore authors"
project_copyright = author
release = metadata.version("unioncore")
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "_generated"]

autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = f"unioncore {release}"
html_copy_source = False

# The rulebook that is installed here, in English; rulebook.md includes it.
generated = Path(__file__).parent / "_generated"
generated.mkdir(exist_ok=True)
(generated / "rulebook.md").write_text(rulebook_markdown(unioncore.compose()), encoding="utf-8")
