"""Settings of the documentation. The build reads nothing from the network."""

import json
from importlib import metadata
from pathlib import Path

import unioncore
from unioncore.describe import (
    GlossaryPart,
    catalogue_markdown,
    definition_schema,
    definition_tables_markdown,
    glossary_markdown,
    hooks_markdown,
    rulebook_markdown,
    tables_markdown,
)
from unioncore.records import json_schema

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

# ``type[...]`` in a signature is also the name of two attributes.
suppress_warnings = ["ref.python"]

# The glossary is a list of definitions, and each has an anchor.
myst_enable_extensions = ["deflist", "attrs_inline"]

html_theme = "furo"
html_title = f"unioncore {release}"
html_copy_source = False

# The rulebook that is installed here, in English; rulebook.md includes it.
generated = Path(__file__).parent / "_generated"
generated.mkdir(exist_ok=True)
rulebook = unioncore.compose()
(generated / "rulebook.md").write_text(rulebook_markdown(rulebook), encoding="utf-8")
# What an author looks up, for every-table.md, faults.md and every-hook.md.
(generated / "every-table.md").write_text(definition_tables_markdown(), encoding="utf-8")
(generated / "faults.md").write_text(catalogue_markdown(), encoding="utf-8")
(generated / "every-hook.md").write_text(hooks_markdown(), encoding="utf-8")
# What the words mean, for glossary.md and glossary-rulebook.md.
for part in GlossaryPart:
    (generated / f"glossary-{part}.md").write_text(glossary_markdown(rulebook, part), "utf-8")
# The tables of a union's folder, for union-folder.md; and JSON Schemas beside the pages.
(generated / "tables.md").write_text(tables_markdown(), encoding="utf-8")
(generated / "site").mkdir(exist_ok=True)
for name, schema in (("union", json_schema(rulebook)), ("definitions", definition_schema())):
    file = generated / "site" / f"{name}.schema.json"
    file.write_text(json.dumps(schema, indent=2), encoding="utf-8")
html_extra_path = ["_generated/site"]
