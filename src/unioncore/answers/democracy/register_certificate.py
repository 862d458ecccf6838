"""The yearly certificate about a union's register of members: who signs it, and by when."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers, told
from unioncore.answers.working import Where, agree_by_name, nations
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["RegisterCertificate", "register_certificate"]

_ASKED = ("required", "assurer_required", "signed_by", "may_assure", "may_not_assure")
"""The facts about a certificate that the answer gives."""


@frozen(kw_only=True)
class RegisterCertificate(Answers, shows="members_before"):
    """What the law asks about the certificate for one reporting period."""

    members_before: int | None
    """The members at the end of the period before; None: not known."""
    required: Answer[bool]
    """Whether the period needs a membership audit certificate."""
    assurer_required: Answer[bool]
    """Whether an independent assurer signs it."""
    signed_by: Answer[str]
    """``assurer`` or ``officer``."""
    may_assure: Answer[frozenset[str]]
    """Of which professions the assurer may be."""
    may_not_assure: Answer[frozenset[str]]
    """Who may not be the assurer, whatever their profession."""
    last_day_to_send: Answer[date]
    """The last day to send it, with the annual return."""
    duties: Answer[frozenset[str]]
    """What the law asks about the register itself."""

    def to_text(self) -> str:
        """Return who certifies the register as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield told("a membership audit certificate goes with it", self.required)
        if not self.required.known or self.required.value:
            yield told("who signs the certificate", self.signed_by)
        if not self.assurer_required.known or self.assurer_required.value:
            yield told("who may be the assurer", self.may_assure)
            yield told("who may not be the assurer", self.may_not_assure)


@checked
def register_certificate(
    rulebook: Rulebook,
    *,
    begins: date,
    ends: date,
    members_before: int | None = None,
    nation: Where = "GB",
) -> RegisterCertificate:
    """Answer who certifies the register of members for a reporting period.

    Args:
        rulebook: the rules.
        begins: the first day of the period, mostly 1 January.
        ends: its last day.
        members_before: the members at the end of the period before, which decide it, and not those
            of today; None: not known.
        nation: the nation whose law governs the return.

    Raises:
        UnknownName: when no nation has such a name.
    """
    facts: dict[str, Any] = {
        "annual_return.period_begins": begins,
        "annual_return.period_ends": ends,
        "certificate.members_before": members_before,
    }
    names = {name: f"certificate.{name}" for name in _ASKED}
    names |= {"last_day_to_send": "annual_return.last_day_to_send", "duties": "register.duties"}
    cases = []
    for each in nations(nation):
        given = {**facts, "annual_return.nation": str(each)}
        found = ask(rulebook, given, *names.values(), on=ends)
        cases.append(((str(each),), {name: found[key] for name, key in names.items()}))
    return RegisterCertificate(members_before=members_before, **agree_by_name(cases))
