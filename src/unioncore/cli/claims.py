"""The command that lists the claims to tribunals."""

from datetime import date

from unioncore.answers import TimeLimit, time_limit
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import asked, json_option, on_option
from unioncore.legal import Duration, TimeUnit
from unioncore.rulebook import Rulebook

_PLACES = ("GB", "NI")


@cli.command()
@about_option(completion.words("claim"))
@on_option
@json_option
@choice
def claims(chosen: Chosen, about: str | None, on: date | None, as_json: bool) -> None:
    """List the claims to tribunals, with the time limit of what happens on the day.

    By when one must be presented, and on what that rests, unioncore deadline says.

    For example: unioncore claims --about dismissal --on 2026-06-01
    """
    rulebook = chosen.rulebook
    day, head = asked(on)
    names = rulebook.rules.names_of(rulebook.rules.fact("claim.kind"))
    listed = (_listed(rulebook, key, name, day) for key, name in sorted(names.items()))
    print_list(
        "claim", ("claim", "what it is", "time limit"), listed, about, as_json=as_json, head=head
    )


def _listed(rulebook: Rulebook, claim: str, name: str, day: date) -> Listed:
    limits = {place: time_limit(rulebook, claim, starts=day, nation=place) for place in _PLACES}
    long = {place: _long(limit, day) for place, limit in limits.items()}
    britain, ireland = (str(each or "not known") for each in long.values())
    told = britain if britain == ireland else f"{britain}; Northern Ireland: {ireland}"
    plain = {
        "on": day.isoformat(),
        "limits": {place: str(each) if each else None for place, each in long.items()},
        "not_known": {
            place: limits[place].limit_months.reason for place, each in long.items() if not each
        },
    }
    return Listed(claim, name, (told,), plain)


def _long(limit: TimeLimit, day: date) -> Duration | None:
    """Return how long one has: months, or for one claim days; None where it is not known."""
    if limit.limit_months.known:
        return Duration(limit.limit_months.value, TimeUnit.MONTHS)
    last = limit.primary_last_day
    return Duration((last.value - day).days, TimeUnit.DAYS) if last.known else None
