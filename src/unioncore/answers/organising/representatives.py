"""Representatives at work: what their training allows, and the way from contact to specialist."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.model import (
    Accreditation,
    Agreement,
    AgreementParty,
    Holding,
    Notice,
    Office,
    OfficeRole,
    Person,
    Snapshot,
    Training,
)
from unioncore.records import job_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, series
from unioncore.shown import Shown

__all__ = [
    "ActivistPath",
    "RepStanding",
    "RepTraining",
    "Representative",
    "path_of",
    "rep_standing",
    "rep_standing_of",
    "representatives_of",
]

_DAYS = ("elected", "certified", "introductory", "data_training")
_CERTIFIED = Fact("certified", FactType.YES_NO, "the certificate is in date")
_DATA_TRAINING = Fact("data_training", FactType.YES_NO, "training in data protection is in date")
_INTRODUCTORY = Fact("introductory_training", FactType.YES_NO, "introductory training is in time")


# -- what training allows --------------------------------------------------------------------------


@frozen
class RepTraining(Shown, shows=""):
    """When a representative was elected and trained; a day that is None never came.

    Raises:
        UnknownName: when ``not_recorded`` names something else.
    """

    person: str
    elected: date | None = None
    certified: date | None = None
    """The last certificate, or refresher, that lets them accompany and take casework."""
    introductory: date | None = None
    data_training: date | None = None
    not_recorded: frozenset[str] = frozenset()
    """Which of these days may have come without being recorded."""

    def __attrs_post_init__(self) -> None:
        for name in sorted(self.not_recorded):
            if name not in _DAYS:
                raise UnknownName("day of a representative", name, nearest(name, _DAYS))


@frozen
class RepStanding(Answers, shows="may_take_casework data_training_current introductory_in_time"):
    """What a representative may do on a day, by their training."""

    person: str
    may_take_casework: Answer[bool]
    """Whether their certificate is in date. Without one they may still be a workplace contact."""
    certified_until: Answer[date]
    """The last day of the certificate; not known where there is none."""
    data_training_current: Answer[bool]
    introductory_in_time: Answer[bool]
    """Whether they had their introductory training, or still have time for it."""
    introductory_due: Answer[date]
    """The last day for introductory training, whether or not they had it."""


@checked
def rep_standing(rulebook: Rulebook, rep: RepTraining, *, on: date) -> RepStanding:
    """Answer what a representative's training allows on a day.

    The union's rules say how long a certificate and training last, and by when it must come.

    Args:
        rulebook: the rules.
        rep: the representative.
        on: the day of the question.
    """
    certified, data = _done(rep.certified, on), _done(rep.data_training, on)
    until = _last_day(rulebook, "certificate", certified, on)
    due = _due(rulebook, rep.elected, on)
    return RepStanding(
        person=rep.person,
        may_take_casework=_lasts(rulebook, rep, on, _CERTIFIED, "certificate", certified, until),
        certified_until=until,
        data_training_current=_lasts(
            rulebook,
            rep,
            on,
            _DATA_TRAINING,
            "training in data protection",
            data,
            _last_day(rulebook, "data-protection", data, on),
        ),
        introductory_in_time=_in_time(rulebook, rep, on, due),
        introductory_due=due,
    )


def _done(day: date | None, on: date) -> date | None:
    return None if day is None or day > on else day


def _last_day(rulebook: Rulebook, kind: str, done: date | None, on: date) -> Answer[date]:
    """Return the last day on which training counts, by the union's rules."""
    facts = {"training.kind": kind, "training.done": done}
    return ask(rulebook, facts, "training.last_day", on=on)["training.last_day"]


def _due(rulebook: Rulebook, elected: date | None, on: date) -> Answer[date]:
    facts = {"training.kind": "introductory", "training.appointed": elected}
    return ask(rulebook, facts, "training.due_by", on=on)["training.due_by"]


def _lasts(
    rulebook: Rulebook,
    rep: RepTraining,
    on: date,
    fact: Fact,
    what: str,
    done: date | None,
    until: Answer[date],
) -> Answer[bool]:
    work = Working.by(rulebook, on)
    if done is None and fact.key in rep.not_recorded:
        said = f"whether {rep.person} has a {what} is not recorded"
        return work.not_known(fact, said, using=[until], missing=(fact.key,))
    if done is None:
        # Without any, no length of time would make it current.
        return work.known(fact, False, f"{rep.person} has no {what}")

    def calculate(last: date) -> tuple[bool, str]:
        return on <= last, f"the {what} of {long_date(done)} lasts to {long_date(last)}"

    return work.out(fact, [until], calculate)


def _in_time(rulebook: Rulebook, rep: RepTraining, on: date, due: Answer[date]) -> Answer[bool]:
    work, done = Working.by(rulebook, on), _done(rep.introductory, on)
    if done is not None:
        said = f"introductory training on {long_date(done)}"
        return work.known(_INTRODUCTORY, True, said)
    lacking = [
        name
        for name, day in (("introductory", rep.introductory), ("elected", rep.elected))
        if day is None and name in rep.not_recorded
    ]
    if lacking or rep.elected is None:
        missing = tuple(lacking) or ("elected",)
        said = f"{series(missing)}: no day is recorded for {rep.person}"
        return work.not_known(_INTRODUCTORY, said, using=[due], missing=missing)
    elected = rep.elected

    def calculate(last: date) -> tuple[bool, str]:
        said = f"elected on {long_date(elected)}, so introductory training was due by"
        return on <= last, f"{said} {long_date(last)}"

    return work.out(_INTRODUCTORY, [due], calculate)


# -- from a union's records ------------------------------------------------------------------------

_REPRESENTS = "office.represents_as"
CONTACT = "contact"
"""What somebody is who passes on what the union says, and represents nobody."""
STEPS = ("contact", "elected", "told", "trained", "certified", "specialist")
"""The way of an activist, step by step; ``told``: the employer was told in writing."""
_SPECIALIST = ("safety", "learning", "equality")


def kinds_of_representative(rulebook: Rulebook, on: date) -> Mapping[str, str]:
    """Return what each office makes of its holder at work; those that are for no workplace lack."""
    found = {}
    for role in rulebook.named(OfficeRole):
        answer = ask(rulebook, {"office.role": role}, _REPRESENTS, on=on)[_REPRESENTS]
        if answer.known:
            found[role] = answer.value
    return found


def roles_of_representative(rulebook: Rulebook, on: date, kind: str) -> frozenset[str]:
    """Return the offices that make their holder one kind of representative, such as ``safety``."""
    kinds = kinds_of_representative(rulebook, on)
    return frozenset(role for role, each in kinds.items() if each == kind)


def terms_of_representatives(
    now: Snapshot, unit: str, roles: Collection[str]
) -> Iterator[tuple[Office, Holding]]:
    """Give each term, of an office with one of the roles, in a unit or below it.

    Raises:
        UnknownName: when no record knows the unit.
    """
    for each in now.with_descendants(unit):
        for office in now.offices(each):
            if office.role in roles:
                for row in now.rows(Holding, "office", office.key):
                    yield office, row


def first_notices(now: Snapshot, person: str, role: str) -> Mapping[str, date]:
    """Return what an employer was told of a person in a role, each with the day it first was."""
    found: dict[str, date] = {}
    for each in now.rows(Notice, "person", person):
        if each.role == role:
            found[each.what] = min(each.day, found.get(each.what, each.day))
    return found


def nation_of(rulebook: Rulebook, now: Snapshot, person: str) -> str | None:
    """Return the nation of a person's main job; None where it is not recorded."""
    jobs = now.jobs(person)
    return job_facts(rulebook, now, jobs[0]).get("employer.nation") if jobs else None


def recognised_by(now: Snapshot, employer: str) -> bool | None:
    """Say that an employer recognises the union; None where no such agreement is recorded."""
    for party in now.rows(AgreementParty, "employer", employer):
        if any(row.kind == "recognition" for row in now.rows(Agreement, "key", party.agreement)):
            return True
    return None


@frozen
class Representative(Answers, shows="since"):
    """A representative or a contact at work, as the records have them on a day."""

    person: str
    office: str
    kind: str
    """``official``, ``safety``, ``learning``, ``equality`` or ``contact``."""
    since: date
    """The day of the election or appointment."""
    employer_told: date | None
    """When the employer was told of them in writing; None where no notice is recorded."""
    standing: RepStanding
    step: str
    """The furthest of contact, elected, told, trained, certified and specialist."""
    lacks: tuple[str, ...]
    """What is missing or has run out, such as ``employer not told``; empty of a contact."""


@checked
def rep_standing_of(rulebook: Rulebook, now: Snapshot, person: str) -> RepStanding:
    """Answer what a person's training allows, from the records.

    A certificate is an accreditation that the rules call one, or the course or the refresher for
    it; the last one counts. Training that the records do not have did not happen.

    Raises:
        UnknownName: when no record knows the person.
    """
    if not now.union.knows(Person, person):
        raise now.union.unknown(Person, person)
    kinds = kinds_of_representative(rulebook, now.day)
    elected = [row.elected or row.start for row in _holdings(now, person, kinds)]
    return rep_standing(
        rulebook, _training(rulebook, now, person, min(elected, default=None)), on=now.day
    )


def _holdings(now: Snapshot, person: str, kinds: Mapping[str, str]) -> Iterator[Holding]:
    """Give the terms, of any day so far, in which a person was a representative of some kind."""
    for row in now.union.rows(Holding, "person", person, known_on=now.known_on):
        office = now.union.on(row.start, known_on=now.known_on).office(row.office)
        kind = kinds.get(office.role) if office is not None and row.start <= now.day else None
        if kind not in (None, CONTACT):
            yield row


def _training(rulebook: Rulebook, now: Snapshot, person: str, elected: date | None) -> RepTraining:
    last: dict[str, date] = {}
    for row in now.rows(Training, "person", person):
        last[row.course] = max(row.day, last.get(row.course, row.day))
    certified = [last[kind] for kind in ("certificate", "refresher") if kind in last]
    certified += [
        row.start
        for row in now.union.rows(Accreditation, "person", person, known_on=now.known_on)
        if row.start <= now.day and _is_certificate(rulebook, row.kind, now.day)
    ]
    return RepTraining(
        person,
        elected=elected,
        certified=max(certified, default=None),
        introductory=last.get("introductory"),
        data_training=last.get("data-protection"),
    )


def _is_certificate(rulebook: Rulebook, kind: str, on: date) -> bool:
    asked = "accreditation.is_certificate"
    found = ask(rulebook, {"accreditation.kind": kind}, asked, on=on)[asked]
    return found.known and found.value


@checked
def representatives_of(rulebook: Rulebook, now: Snapshot, unit: str) -> tuple[Representative, ...]:
    """Answer who is a representative or a contact in the branches of a unit, and how they stand.

    Args:
        rulebook: the rules, which say which offices make one.
        now: the union on the day of the question.
        unit: the key of a branch, or of a unit with branches.

    Raises:
        UnknownName: when no record knows the unit.
    """
    kinds = kinds_of_representative(rulebook, now.day)
    return tuple(
        _representative(rulebook, now, office, row, kinds)
        for office, row in terms_of_representatives(now, unit, kinds)
    )


def _representative(
    rulebook: Rulebook, now: Snapshot, office: Office, row: Holding, kinds: Mapping[str, str]
) -> Representative:
    kind, person = kinds[office.role], row.person
    terms = [each.elected or each.start for each in _holdings(now, person, kinds)]
    standing = rep_standing(
        rulebook, _training(rulebook, now, person, min(terms, default=None)), on=now.day
    )
    told = first_notices(now, person, office.role).get("appointed")
    return Representative(
        person=person,
        office=office.key,
        kind=kind,
        since=row.elected or row.start,
        employer_told=told,
        standing=standing,
        step=_step(now, person, kind, told is not None, standing),
        lacks=() if kind == CONTACT else tuple(_lacks(kind, told is not None, standing)),
    )


def _step(now: Snapshot, person: str, kind: str, told: bool, standing: RepStanding) -> str:
    if kind == CONTACT:
        return CONTACT
    courses = {row.course for row in now.rows(Training, "person", person)}
    if kind in _SPECIALIST and kind in courses:
        return "specialist"
    if is_yes(standing.may_take_casework):
        return "certified"
    if "introductory" in courses:
        return "trained"
    return "told" if told else "elected"


def _lacks(kind: str, told: bool, standing: RepStanding) -> Iterator[str]:
    if not told:
        yield "employer not told"
    if _no(standing.introductory_in_time):
        yield "introductory course overdue"
    # Only who accompanies members at hearings needs the certificate.
    if kind == "official" and _no(standing.may_take_casework):
        yield "certificate run out" if standing.certified_until.known else "no certificate"
    if _no(standing.data_training_current):
        yield "data protection training not in date"


def is_yes(answer: Answer[bool]) -> bool:
    """Say whether it is known to be so."""
    return answer.known and answer.value is True


def _no(answer: Answer[bool]) -> bool:
    return answer.known and not answer.value


@frozen
class ActivistPath(Answers, shows="on"):
    """How many activists of a unit have come how far, and what holds them up."""

    of: str
    on: date
    steps: Mapping[str, int]
    """How many stand at each step; an activist with several offices counts at the furthest."""
    lacking: Mapping[str, tuple[str, ...]]
    """What is missing or has run out, with the keys of those who lack it: for those alone who may
    see who it is."""
    expiring: Mapping[str, date]
    """Whose certificate ends soon, by key, with its last day."""
    within: int
    """How many days soon is."""

    def to_text(self) -> str:
        """Return the counts, and nobody's key."""
        lines = [f"{self.of}: representatives and contacts by how far they have come"]
        lines += [f"  {_STEP_NAMES.get(step, step)}: {count}" for step, count in self.steps.items()]
        lines += [f"  {what}: {len(keys)}" for what, keys in self.lacking.items()]
        lines.append(f"  certificate ends within {self.within} days: {len(self.expiring)}")
        return "\n".join(lines)

    def counts(self) -> dict[str, Any]:
        """Return the counts as plain data, and nobody's key."""
        return {
            "of": self.of,
            "on": self.on.isoformat(),
            "steps": dict(self.steps),
            "lacking": {what: len(keys) for what, keys in self.lacking.items()},
            "expiring": len(self.expiring),
            "within": self.within,
        }

    def told(self) -> str:
        """Return whom it is about, by key, as lines for those who may see that."""
        lines = [f"  {what}: {', '.join(keys)}" for what, keys in self.lacking.items()]
        lines += [f"  ends on {long_date(day)}: {key}" for key, day in self.expiring.items()]
        return "\n".join(lines)


_STEP_NAMES = {
    "contact": "contact",
    "elected": "elected, employer not told",
    "told": "employer told",
    "trained": "introductory course done",
    "certified": "certified",
    "specialist": "specialist, by their own course",
}


@checked
def path_of(rulebook: Rulebook, now: Snapshot, unit: str, *, within: int = 90) -> ActivistPath:
    """Answer how far the activists of a unit have come, who is held up, and whose certificate ends.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        unit: the key of a branch, or of a unit with branches.
        within: how many days on a certificate's end is told of.

    Raises:
        BadFacts: when ``within`` is no count, or the rules do not say which offices make a
            representative.
        UnknownName: when no record knows the unit.
    """
    every = representatives_of(rulebook, now, unit)
    if not kinds_of_representative(rulebook, now.day):
        said = "a union whose rules say which offices make a representative"
        raise BadFacts((Problem(_REPRESENTS, said),))
    furthest: dict[str, int] = {}
    lacking: dict[str, dict[str, None]] = {}
    expiring: dict[str, date] = {}
    soon = now.day + timedelta(within)
    for each in every:
        at = STEPS.index(each.step)
        furthest[each.person] = max(at, furthest.get(each.person, at))
        for what in each.lacks:
            lacking.setdefault(what, {})[each.person] = None
        until = each.standing.certified_until
        if until.known and now.day <= until.value <= soon:
            expiring[each.person] = until.value
    return ActivistPath(
        of=unit,
        on=now.day,
        steps={step: _count(furthest.values(), at) for at, step in enumerate(STEPS)},
        lacking={what: tuple(sorted(keys)) for what, keys in sorted(lacking.items())},
        expiring=dict(sorted(expiring.items(), key=lambda each: (each[1], each[0]))),
        within=within,
    )


def _count(values: Iterable[int], at: int) -> int:
    return sum(value == at for value in values)
