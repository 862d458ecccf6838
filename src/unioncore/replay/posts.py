"""Worked examples of applications for a post, by what its advertisement says.

Importing this module registers the kind.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unioncore.answers import application_standing
from unioncore.answers.by_name import ask
from unioncore.model import Application, Vacancy
from unioncore.numbers import whole
from unioncore.replay.example_fields import moment
from unioncore.replay.examples import NotSupported, register
from unioncore.rulebook import Rulebook

__all__: list[str] = []

_SAID = ("closes", "closes_at", "form", "copies", "pages")
"""What an advertisement says."""


@register("application")
def _application(
    rulebook: Rulebook, plain: Mapping[str, Any], _: Mapping[str, Any]
) -> Mapping[str, Any]:
    reference = str(plain.get("vacancy"))
    key, known = reference.lower().replace("/", "-"), rulebook.words_of("vacancy")
    if key not in known:
        raise NotSupported(f"no vacancy is called {reference}", key, known)
    received = moment(plain, "received")
    facts = {"vacancy.reference": key}
    found = ask(rulebook, facts, *(f"vacancy.{each}" for each in _SAID), on=received.date())
    closes, hour, form, copies, pages = (found[f"vacancy.{each}"].value for each in _SAID)
    vacancy = Vacancy(
        reference=reference,
        office="",
        closing=datetime.fromisoformat(f"{closes.isoformat()}T{hour}"),
        form=form,
        copies=copies,
        pages=pages,
    )
    sections = [key for key in sorted(plain) if key.startswith("section_")]
    application = Application(
        vacancy=reference,
        applicant="A1",
        received=received,
        form=str(plain.get("form", "")),
        copies=whole(plain["copies"]) if "copies" in plain else None,
        pages=";".join(str(whole(plain[each])) for each in sections),
    )
    standing = application_standing(vacancy, application)
    return {
        "in_time": standing.in_time,
        "right_form": standing.right_form,
        "complete": standing.complete,
        "within_page_limits": standing.within_pages,
    }
