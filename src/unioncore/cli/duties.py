"""The command that lists an official's duties, and what serves each."""

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import json_option
from unioncore.model import OccupationalStandard
from unioncore.rulebook import Rulebook

__all__: list[str] = []


def _names(rulebook: Rulebook) -> completion.Named:
    return ((each.key, each.title) for each in rulebook.definitions.occupational_standards)


@cli.command()
@about_option(completion.from_rulebook(_names))
@json_option
@choice
def duties(chosen: Chosen, about: str | None, as_json: bool) -> None:
    """List the duties of a union's official, each with the commands that serve it.

    They are those of the occupational standard OCC0815. What its source leaves empty is empty here.

    For example: unioncore duties --about campaigns
    """
    standards = chosen.rulebook.definitions.occupational_standards
    listed = (
        Listed(
            f"{each.key}/{number}",
            duty.name,
            (duty.served_by, ", ".join(f"unioncore {name}" for name in duty.commands)),
            {
                "served_by": duty.served_by,
                "commands": list(duty.commands),
                "standard": _plain(each),
            },
        )
        for each in standards
        for number, duty in enumerate(each.duties, 1)
    )
    heads = ("duty", "what it is", "what serves it", "commands")
    head = "\n".join(_head(each) for each in standards)
    print_list("duty", heads, listed, about, as_json=as_json, head=head)


def _plain(standard: OccupationalStandard) -> dict[str, object]:
    return {
        "title": standard.title,
        "level": standard.level,
        "version": standard.version,
        "soc_2020": standard.soc_2020,
        "soc_group": standard.soc_group,
        "soc_group_title": standard.soc_group_title,
        "soc_group_edition": standard.soc_group_edition,
        "unions": list(standard.unions),
        "citations": [str(each) for each in standard.citations],
    }


def _head(standard: OccupationalStandard) -> str:
    edition = standard.soc_group_edition or "an edition that its source does not show"
    return (
        f"{standard.title}, {standard.key}, level {standard.level}, version {standard.version}\n"
        f"groups of SOC 2020: {standard.soc_2020 or '(empty in the standard)'}; unit group "
        f"{standard.soc_group}, {standard.soc_group_title}, of {edition}"
    )
