"""What an author looks up, as pages: every table of a definition file, and every hook."""

from collections.abc import Iterator
from inspect import getdoc

from unioncore.describe.keys import definition_tables
from unioncore.hookspecs import Hooks
from unioncore.rulebook import Definitions

__all__ = ["definition_tables_markdown", "hooks_markdown"]


def definition_tables_markdown() -> str:
    """Return a section for each table: what it is for, an example, its keys and its parts."""
    return "\n".join(_sections())


def _sections() -> Iterator[str]:
    told: dict[str, str] = {}
    whole = ""
    for table in definition_tables():
        is_part = "." in table.name
        if is_part and table.name.partition(".")[0] != whole:
            continue  # its keys are told already
        yield f"##{'#' * is_part} `{table.heading}`\n"
        yield f"{table.about}\n"
        if table.example:
            yield f"```toml\n{table.example}\n```\n"
        if not is_part and table.about in told:
            yield f"Its keys are those of `{told[table.about]}`.\n"
            continue
        if not is_part:
            whole, told[table.about] = table.name, table.heading
        yield "| key | what may be written | what it means |"
        yield "| --- | --- | --- |"
        for key in table.keys:
            needed = " (needed)" if key.is_needed else ""
            yield f"| `{key.name}`{needed} | {key.value} | {key.about} |"
        yield ""


def hooks_markdown() -> str:
    """Return a table of the hooks: what each gives, and the tables of a file for it."""
    tables = {kind.hook: kind.tables for kind in Definitions.kinds()}
    lines = ["| hook | what it does | tables |", "| --- | --- | --- |"]
    for name, hook in vars(Hooks).items():
        if name.startswith("unioncore_"):
            said = " ".join((getdoc(hook) or "").split())
            written = ", ".join(f"`{each}`" for each in tables.get(name, {}))
            lines.append(f"| `{name}` | {said} | {written} |")
    return "\n".join(lines)
