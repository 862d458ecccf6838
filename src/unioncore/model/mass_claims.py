"""Claims of many members about one matter: what it is, who takes part, and what starts time."""

from datetime import date

from attrs import frozen

from unioncore.model.record import KEY, Record, column

__all__ = ["ClaimEvent", "Claimant", "MassClaim"]


@frozen(kw_only=True)
class MassClaim(Record):
    """One claim that the union runs for many members, against one employer.

    Whom it covers is said by jobs and days, and by a condition; who takes part stands in
    ``claimants``.
    """

    table = "mass_claims"
    subject = ("key",)

    key: str = column("The claim's key.", form=KEY)
    name: str = column("What the claim is called.")
    claim: str = column(
        "What is claimed; blank: nothing goes to a tribunal, and it is about a settlement only.",
        default="",
        words="claim",
    )
    employer: str = column("Against whom.", refers="employers")
    nation: str = column(
        "Whose tribunal hears it; blank: that of the employer.", default="", words="nation"
    )
    employed_from: date | None = column(
        "The first day of the time that it covers; whoever was employed on any day of it is in.",
        default=None,
    )
    employed_to: date | None = column("The last day of that time.", default=None)
    job_group: str = column("Only this group of staff.", default="", words="job_group")
    roles: str = column(
        "Only these roles, as jobs write them, between semicolons.",
        default="",
    )
    group: str = column(
        "Whom else it is limited to, as a condition over members in the notation of rules.",
        default="",
    )
    common_fault: bool | None = column(
        "For deductions: whether one and the same fault made each of them, which makes them a "
        "series; blank: not recorded.",
        default=None,
    )
    forms_by: date | None = column(
        "The last day on which the union takes forms; its own, earlier than the limit.",
        default=None,
    )
    mandate_needed: bool = column(
        "Whether each must also authorise the solicitor, beside the form.", default=False
    )
    consent_by: date | None = column(
        "The last day on which somebody can consent that the employer is told the name.",
        default=None,
    )

    @property
    def only_roles(self) -> frozenset[str]:
        """The roles that it is limited to; empty where it is not."""
        return frozenset(role for each in self.roles.split(";") if (role := each.strip()))


@frozen(kw_only=True)
class Claimant(Record):
    """What one person has sent in, agreed to and signed for one claim."""

    table = "claimants"
    subject = ("person", "claim")
    personal = True

    person: str = column("The member.", refers="people")
    claim: str = column("The claim.", refers="mass_claims")
    form: date | None = column("The day on which the union had the form.", default=None)
    consent: date | None = column(
        "The day on which they consented that the employer is told the name.", default=None
    )
    mandate: date | None = column("The day on which they authorised the solicitor.", default=None)
    day_a: date | None = column(
        "Day A: the day on which the conciliation service was told.", default=None
    )
    day_b: date | None = column("Day B: the day of the certificate.", default=None)
    presented: date | None = column("The day on which the tribunal had the claim.", default=None)
    withdrew: date | None = column("The day on which they left the claim.", default=None)
    settled: date | None = column("The day on which they signed a settlement.", default=None)
    settled_through: str = column(
        "Who arranged it, where that was not this union, such as a firm or another union.",
        default="",
    )
    waiver: str = column("By what they gave up the claim.", default="", words="waiver")
    adviser: str = column(
        "Who advised on a settlement agreement.", default="", words="settlement_adviser"
    )


@frozen(kw_only=True)
class ClaimEvent(Record):
    """Something from which time may run, and which no job record shows."""

    table = "claim_events"
    subject = ("person", "claim", "what", "on")
    personal = True

    person: str = column("The member.", refers="people")
    claim: str = column("The claim.", refers="mass_claims")
    what: str = column(
        "What it was.",
        choices=("new-contract", "terms-changed", "pay-corrected", "deduction", "act"),
    )
    on: date = column(
        "The day from which time runs: the last day on the old terms, or the day on which too "
        "little was paid, for the last time before a correction."
    )
    evidence: str = column("What shows it, such as a letter of that day.", default="")

    def holds(self, day: date) -> bool:
        """Say whether it has happened by ``day``."""
        return self.on <= day
