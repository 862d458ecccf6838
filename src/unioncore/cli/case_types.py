"""The command that lists the kinds of cases."""

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import json_option
from unioncore.model import CaseType
from unioncore.rulebook import Rulebook


@cli.command("case-types")
@about_option(completion.words("case_type"))
@json_option
@choice
def case_types(chosen: Chosen, about: str | None, as_json: bool) -> None:
    """List the kinds of cases: a grievance, a pay round, what a regulator looks into.

    What may happen in one, and its clocks, unioncore chart --case-type draws.

    For example: unioncore case-types --about disciplinary
    """
    rulebook = chosen.rulebook
    every = sorted(rulebook.definitions.case_types, key=lambda kind: kind.key)
    heads = ("case type", "name", "family", "plugin")
    listed = (_listed(rulebook, kind) for kind in every)
    print_list("case type", heads, listed, about, as_json=as_json)


def _listed(rulebook: Rulebook, kind: CaseType) -> Listed:
    origin = rulebook.origins["case_types", kind.key]
    plain = {"family": kind.family, "plugin": origin.plugin, "defined_in": origin.told}
    return Listed(kind.key, kind.name, (kind.family, origin.plugin), plain)
