"""Worked examples of work at workplaces: density, the training of representatives, their rights.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from unioncore.answers import Headcount, RepTraining, ask, density, rep_standing
from unioncore.answers.organising.learning import learning_facts
from unioncore.answers.organising.safety import safety_facts
from unioncore.errors import BadFacts
from unioncore.replay.example_fields import day, day_if_any, objects
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_NATION = "England"
"""Where an example names no nation: the law is that of Great Britain."""


@register("density")
def _density(_: Rulebook, plain: _Plain, __: _Plain) -> _Plain:
    places = objects(plain, "workplaces")
    try:
        found = density(
            Headcount(str(each.get("key")), each.get("members", 0), each.get("workforce"))
            for each in places
        )
    except BadFacts:
        return {"refused": True}
    return {
        "density_pct": _percent(found.whole),
        "by_workplace": {key: _percent(share) for key, share in found.by_place.items()},
        "majority": found.majority,
        "refused": False,
    }


def _percent(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * 100


@register("rep_training")
def _rep_training(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    on = day(plain, "on")
    days = [day_if_any(plain, key) for key in ("certified", "refreshed")]
    rep = RepTraining(
        "",
        elected=day_if_any(plain, "appointed"),
        certified=max((each for each in days if each is not None and each <= on), default=None),
        introductory=day_if_any(plain, "introductory"),
    )
    found = rep_standing(rulebook, rep, on=on)
    in_time = found.introductory_in_time
    return {
        "certified": found.may_take_casework,
        "until": found.certified_until,
        "introductory_due": found.introductory_due,
        "overdue": not in_time.value if in_time.known else None,
    }


@register("learning_rep")
def _learning_rep(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    on, notice = day(plain, "on"), day_if_any(plain, "notice")
    facts = learning_facts(
        nation=plain.get("nation", _NATION),
        recognised=plain.get("recognised", True),
        told=notice,
        training_to_come=notice if plain.get("training_to_come") else None,
        trained=day_if_any(plain, "second_notice") or day_if_any(plain, "trained"),
        on=on,
    )
    asked = "rep.paid_time_off"
    return {"time_off": ask(rulebook, facts, asked, on=on)[asked]}


@register("safety_rep")
def _safety_rep(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    on = day(plain, "on")
    represented, still = plain.get("workplaces"), plain.get("employed_at")
    facts = safety_facts(
        nation=plain.get("nation", _NATION),
        told=day_if_any(plain, "employer_told"),
        ended=day_if_any(plain, "ended_by_notice"),
        still_employed_there=(
            None if represented is None or still is None else bool({*represented} & {*still})
        ),
        on=on,
    )
    asked = "safety.in_office"
    return {"in_office": ask(rulebook, facts, asked, on=on)[asked]}
