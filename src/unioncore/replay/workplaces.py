"""Worked examples of work at workplaces: density, the training of representatives, their rights.

Importing this module registers its kinds.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from unioncore.answers import Headcount, RepTraining, ask, density, rep_standing
from unioncore.answers.organising.learning import learning_facts
from unioncore.answers.organising.safety import safety_facts
from unioncore.errors import BadFacts, NotADay, Problem
from unioncore.replay.examples import register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_Plain = Mapping[str, Any]
_NATION = "England"
"""Where an example names no nation: the law is that of Great Britain."""


def _day(plain: _Plain, key: str) -> date | None:
    told = plain.get(key)
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError):
        raise NotADay(key, str(told)) from None


def _on(plain: _Plain) -> date:
    on = _day(plain, "on")
    if on is None:
        raise BadFacts((Problem("on", "the day of the question, such as 2024-06-01"),))
    return on


@register("density")
def _density(_: Rulebook, plain: _Plain, __: _Plain) -> _Plain:
    places = plain.get("workplaces")
    if not isinstance(places, list) or not all(isinstance(each, Mapping) for each in places):
        raise BadFacts((Problem("workplaces", "a list of key, members and workforce"),))
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
    on = _on(plain)
    days = [_day(plain, key) for key in ("certified", "refreshed")]
    rep = RepTraining(
        "",
        elected=_day(plain, "appointed"),
        certified=max((day for day in days if day is not None and day <= on), default=None),
        introductory=_day(plain, "introductory"),
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
    notice = _day(plain, "notice")
    facts = learning_facts(
        nation=plain.get("nation", _NATION),
        recognised=plain.get("recognised", True),
        told=notice,
        training_to_come=notice if plain.get("training_to_come") else None,
        trained=_day(plain, "second_notice") or _day(plain, "trained"),
        on=_on(plain),
    )
    asked = "rep.paid_time_off"
    return {"time_off": ask(rulebook, facts, asked, on=_on(plain))[asked]}


@register("safety_rep")
def _safety_rep(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
    on = _on(plain)
    represented, still = plain.get("workplaces"), plain.get("employed_at")
    facts = safety_facts(
        nation=plain.get("nation", _NATION),
        told=_day(plain, "employer_told"),
        ended=_day(plain, "ended_by_notice"),
        still_employed_there=(
            None if represented is None or still is None else bool({*represented} & {*still})
        ),
        on=on,
    )
    asked = "safety.in_office"
    return {"in_office": ask(rulebook, facts, asked, on=on)[asked]}
