"""Everything about one member, as text for people and as plain data."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from unioncore.answers import Applied, Held, JobAgreements, MemberAnswers, PlacedJob, Term
from unioncore.checked import checked
from unioncore.describe.short import Short, is_told, named_on
from unioncore.model import Clause, Membership
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Prose

__all__ = ["member_plain", "member_text"]

_PLACE = (
    "service_group",
    "branch_type",
    "branch",
    "region",
    "negotiating_bodies",
    "bargaining_level",
    "union_has_seat",
    "consultative_bodies",
    "joint_unions",
    "pay_reviewed_by",
    "national_forums",
    "committees",
)
"""What is told of a job, in this order."""

_QUIET = ("branch", "joint_unions", "pay_reviewed_by", "national_forums", "committees")
"""What is told only where there is something to tell."""


_BINDS = {
    "binding": ", binding",
    "locally-varied": ", binding unless varied locally",
    "guidance": ", guidance",
    "": "",
}

_BY = {"tupe": "TUPE", "statute": "statute", "agreement": "agreement"}
"""By what law staff are transferred, in a sentence."""

_OUTSIDE = ("service_group", "negotiating_bodies", "bargaining_level")
"""What is told of a job that the union does not organise."""


@checked
def member_text(rulebook: Rulebook, found: MemberAnswers) -> Iterator[str]:
    """Give the text line by line: headings are not indented."""
    yield from _Text(rulebook, found).lines()


class _Text:
    def __init__(self, rulebook: Rulebook, found: MemberAnswers) -> None:
        self.rulebook = rulebook
        self.prose = Prose(named_on(rulebook, found.on))
        self.day = self.prose.say.long_date
        self.found = found
        self.short = Short(rulebook, found.facts, found.on)

    def lines(self) -> Iterator[str]:
        found = self.found
        yield f"{found.name} ({found.person}), on {self.day(found.on)}"
        if found.known_on is not None:
            yield f"  as known on {self.day(found.known_on)}"
        yield from (f"  warning: {each}" for each in found.warnings)
        yield ""
        yield "Membership"
        yield from self.membership()
        for each in found.jobs:
            yield ""
            yield from self.job(each)
        if found.offices or found.accreditations:
            yield ""
            yield "Offices"
            for office in found.offices:
                yield from self.office(office)
            for row in found.accreditations:
                until = f" until {self.day(row.end)}, not included" if row.end else ""
                kind = self.prose.rules.name_of("accreditation_kind", row.kind)
                yield f"  accredited for {kind}, from {self.day(row.start)}{until}"
        if found.disagreements:
            yield ""
            yield "What the records and the rules do not agree about"
            yield from (f"  {each}" for each in found.disagreements)

    def membership(self) -> Iterator[str]:
        found, said = self.found, self.found.membership
        if found.current is None:
            yield "  not a member on that day"
            yield from self.short.all([said.may_join], "  ")
        else:
            yield f"  {self.row(found.current)}"
            began = found.facts.get("membership.joined")
            if isinstance(began, date):
                yield f"  a member without a break since {self.day(began)}"
        if found.branch is not None:
            yield f"  branch: {found.branch.called}"
            for axis, units in found.above.items():
                # At the top of every axis stands the union itself.
                names = [unit.called for unit in units if unit.kind != "union"]
                name = self.prose.rules.name_of("axis", axis)
                yield from [f"    {name}: {', '.join(names)}"] * bool(names)
        other = [row for row in found.history if row != found.current]
        for row in other:
            yield f"  {'before' if row.start <= found.on else 'later'}: {self.row(row)}"
        if found.current is None or found.current.status != "current":
            return
        shown: list[Answer[Any]] = [said.in_good_standing]
        if found.current.category == "full":
            shown += [said.subscription_band, said.subscription_monthly]
        else:
            shown += [said.category, said.subscription_yearly]
        shown += [said.political_fund_regime, said.political_fund]
        if "incident.on" in found.facts:
            shown += [said.membership_began, said.qualifies_for_legal_help]
        yield from self.short.all([each for each in shown if each.known], "  ")
        lacking = self.short.unknown(each for each in shown if not each.known)
        yield from (f"  {line}" for line in lacking)

    def row(self, row: Membership) -> str:
        """Say one row of a membership's history."""
        rules = self.prose.rules
        category = rules.name_of("membership_category", row.category)
        union = row.union or self.rulebook.own_union or "the union"
        until = f" until {self.day(row.end)}, not included" if row.end else ""
        why = rules.name_of("membership_leaving_reason", row.left_because)
        status = f"{row.status}{f' ({why})' if row.left_because else ''}: "
        status = "" if row.status == "current" else status
        name = rules.name_of("union", union)
        return f"{status}{category} of {name} from {self.day(row.start)}{until}"

    def job(self, placed: PlacedJob) -> Iterator[str]:
        job = placed.job
        role = job.role or self.prose.word("job.group", job.group) or "a job"
        main = "" if job.main else " (not the main job)"
        yield f"{role[:1].upper()}{role[1:]}, {placed.employer}{main}"
        if placed.workplace:
            yield f"  works at {placed.workplace}"
        if placed.transfer is not None:
            on, how = self.day(placed.transfer.on), _BY[placed.transfer.how]
            yield f"  transferred from {placed.transferred_from} on {on} by {how}"
        short = Short(self.rulebook, placed.facts, self.found.on)
        answers = placed.placement.answers()
        told = [answers[name] for name in _PLACE]
        if answers["branch"].known:
            told.remove(answers["branch_type"])  # where the branch is known, its type adds nothing
        told = [each for each in told if is_told(each) or each.fact not in _QUIET]
        said = [each for each in told if is_told(each)]
        if answers["organised"].known and not answers["organised"].value:
            # Why the union does not organise a post is all there is to say of it.
            said = [each for each in said if each.fact in _OUTSIDE]
            told = said
        for each in said:
            if each.fact not in _QUIET or not each.known or each.value:
                yield from short.all([each], "  ")
        lacking = short.unknown(each for each in told if not is_told(each))
        yield from (f"  {line}" for line in lacking)
        yield from (f"  {line}" for line in self.agreements(placed.agreements))

    def agreements(self, found: JobAgreements) -> Iterator[str]:
        """Say which agreements apply to a job, clause by clause."""
        if found.applied or found.not_known:
            yield "agreements:"
        titles = {each.agreement.key: each.agreement.title for each in found.applied}
        for each in found.applied:
            yield f"  {each.agreement.title}{_BINDS[each.agreement.binding]}{self.frozen(each)}"
            for reason in each.applies.because:
                # Who negotiates for the post today was said above, with the job.
                then = each.frozen_on is not None and reason.rule == each.agreement.body
                if then or reason.step or reason.fact.startswith("transfer."):
                    yield f"    because {reason.text}"
                    yield from (f"      source: {citation}" for citation in reason.citations)
            yield from (f"    {line}" for line in self.own(each))
            for term in each.terms:
                other = "" if term.binding == each.agreement.binding else _BINDS[term.binding]
                instead = ""
                if term.varies is not None:
                    wider = titles[term.varies.agreement]
                    instead = f" (in place of {_given(term.varies)}, {wider})"
                yield f"    {_topic(term)}: {_given(term.clause)}{other}{instead}"
                yield from (f"      warning: {warning}" for warning in term.warnings)
            for term in each.guidance:
                yield f"    guidance: {_topic(term)}: {_given(term.clause)}"
            told = () if each.frozen_on is None else each.applies.warnings
            yield from (f"    warning: {warning}" for warning in (*told, *each.warnings))
        for each in found.not_known:
            yield f"  {each.agreement.title}: not known whether it applies: {each.applies.reason}"

    def own(self, applied: Applied) -> Iterator[str]:
        """Say what agreements on recognition, facility time and learning have of their own."""
        agreement = applied.agreement
        if applied.covers_the_core is not None:
            by_name = {"pay": agreement.pay, "hours": agreement.hours}
            by_name["holidays"] = agreement.holidays
            for truth, said in ((True, "for"), (False, "not for"), (None, "not known: for")):
                names = [name for name, value in by_name.items() if value is truth]
                yield from [f"recognition {said} {', '.join(names)}"] * bool(names)
        if agreement.bargaining_unit:
            yield f"bargaining unit: {agreement.bargaining_unit}"
        if agreement.notice_months is not None:
            yield f"ended by {agreement.notice_months} months' notice"
        if agreement.learning_reps is not None:
            yield f"learning representatives: at most {agreement.learning_reps}"
        if agreement.learning_hours is not None:
            yield f"paid hours to learn: {agreement.learning_hours} a year"
        for row in applied.time_off:
            shares = [f"{row.hours} hours a {row.per}"] * (row.hours is not None)
            shares += [f"{row.percent} per cent of the working time"] * (row.percent is not None)
            paid = {True: ", paid", False: ", unpaid", None: ""}[row.paid]
            role = self.prose.word("office.role", row.role)
            yield f"{role}: {' or '.join(shares) or 'how much is not recorded'}{paid}"

    def frozen(self, applied: Applied) -> str:
        day = applied.frozen_on
        return "" if day is None else f", frozen at the transfer on {self.day(day)}"

    def office(self, held: Held) -> Iterator[str]:
        name = self.prose.word("office.role", held.office.role)
        until = f" until {self.day(held.holding.end)}, not included" if held.holding.end else ""
        yield f"  {name}, {held.unit}, from {self.day(held.holding.start)}{until}"
        short = Short(self.rulebook, held.facts, held.holding.start)
        yield from short.all([held.eligible], "    ")


@checked
def member_plain(found: MemberAnswers) -> dict[str, Any]:
    """Return the same as plain data, for JSON; the agreements of a job are one list."""
    plain = found.to_dict()
    for job in plain["jobs"]:
        job["agreements"] = [*job["agreements"]["applied"], *job["agreements"]["not_known"]]
    return plain


def _topic(term: Term) -> str:
    return term.clause.topic or term.clause.key


def _given(clause: Clause) -> str:
    return clause.value or clause.text or "what is not recorded"
