"""The command that lists the bodies that negotiate, are consulted, advise or review."""

from datetime import date

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import asked, json_option, on_option
from unioncore.model import Body
from unioncore.rulebook import Rulebook


@cli.command()
@about_option(completion.words("body"))
@on_option
@json_option
@choice
def bodies(chosen: Chosen, about: str | None, on: date | None, as_json: bool) -> None:
    """List the bodies that negotiate, are consulted, advise or review, as they are called.

    A body that is not there on the day has its latest name, and says when it existed. What one is
    and whom it covers, unioncore rules --about says.

    For example: unioncore bodies --about police --on 2024-06-01
    """
    rulebook = chosen.rulebook
    day, head = asked(on)
    every = sorted(rulebook.definitions.bodies, key=lambda body: body.key)
    listed = (_listed(rulebook, body, day) for body in every)
    heads = ("body", "name", "kind")
    print_list("body", heads, listed, about, as_json=as_json, head=head)


def _listed(rulebook: Rulebook, body: Body, day: date) -> Listed:
    names = [each.name for each in body.versions if day in each.period]
    name = names[0] if names else body.versions[-1].name
    existed = body.existed
    gone = existed is not None and day not in existed
    plain = {
        "on": day.isoformat(),
        "kind": str(body.kind),
        "existed": None if existed is None else str(existed),
        "defined_in": rulebook.origins["bodies", body.key].told,
    }
    kind = f"{body.kind}, only {existed}" if gone else str(body.kind)
    return Listed(body.key, name, (kind,), plain)
