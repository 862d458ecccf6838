"""What a story may expect: each question with what it asks, and how it is answered."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, Factory, frozen

from unioncore.answers import (
    BallotResult,
    Deadline,
    Desk,
    ProgrammeStanding,
    View,
    agenda,
    ask,
    audience,
    ballot_results,
    body_decision,
    campaign,
    candidates,
    delegation,
    density_of,
    escalates_to,
    event,
    forum_facts,
    forum_health,
    may_leave,
    movement_of,
    overdue,
    percent,
    policies,
    political_fund,
    positions,
    programmes,
    read_facts,
    representation_level,
    representatives_of,
    safety_of,
    seat,
    seats,
    standing,
    track_ballot,
    view,
    workload,
)
from unioncore.answers.organising.representatives import STEPS
from unioncore.errors import UnioncoreError, did_you_mean, nearest
from unioncore.forms import Unexpected, Unfit, about
from unioncore.model import Case, Motion, Note, Organises, Snapshot, Union, Workplace
from unioncore.numbers import half_up
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Named, facts_from_plain
from unioncore.shown import Shown, plain

_TESTS = ("majority", "turnout", "support")
"""The tests of a ballot, in the order in which a result has them."""


@frozen(kw_only=True)
class Expected:
    """One thing that a story expects, with the world that it is asked of."""

    desk: Desk
    deadlines: tuple[Deadline, ...]
    told: "Expectation"
    """The expectation as it is told."""
    as_of: date

    @property
    def rulebook(self) -> Rulebook:
        """The rules."""
        return self.desk.rulebook

    @property
    def union(self) -> Union:
        """The story's union."""
        return self.desk.union

    @property
    def cases(self) -> Mapping[str, Case]:
        """The cases, by reference."""
        return self.desk.cases

    @property
    def case(self) -> Case:
        """The case that it is about: the first, where none is named."""
        return self.cases[self.reference]

    @property
    def of_case(self) -> bool:
        """Whether it is asked of a case, and not of the union."""
        return QUESTIONS[self.told.what].of != "union"

    @property
    def reference(self) -> str:
        """The reference of that case."""
        return self.told.case or next(iter(self.cases), "")

    @property
    def now(self) -> Snapshot:
        """The union on the day of the question."""
        return self.union.on(self.on)

    @property
    def on(self) -> date:
        """The day of the question; the story's, where none is told."""
        return self.told.on or self.as_of

    @property
    def given(self) -> dict[str, Any]:
        """The facts that are told beside the records, as values."""
        facts = Named("fact", self.rulebook.rules.facts)
        return read_facts(self.rulebook, facts_from_plain(facts, self.told.given))

    def answer(self) -> Any:
        """Return what came of it, as plain data that the story can name; or why nothing did."""
        try:
            return QUESTIONS[self.told.what].answer(self)
        except UnioncoreError as error:
            return [str(error)] if self.told.what == "view" else str(error)


_Answering = Callable[[Expected], Any]


@frozen(repr=False)
class _Question:
    """A question that a story may put."""

    about: str
    """What is asked, for the schema."""
    of: str
    """What it is asked of, which must be there: ``case``, ``track``, or the ``union``."""
    answer: _Answering


QUESTIONS: dict[str, _Question] = {}
"""Every question by the word for it in ``what``."""


def _question(what: str, about: str, *, of: str = "case") -> Callable[[_Answering], _Answering]:
    def register(answer: _Answering) -> _Answering:
        QUESTIONS[what] = _Question(about, of, answer)
        return answer

    return register


# -- cases and deadlines ---------------------------------------------------------------------------


@_question("state", "the state of a track")
def _state(asked: Expected) -> Any:
    track = asked.case.tracks.get(asked.told.track)
    return None if track is None else track.state


@_question("absent", "the case type in is, of which the case has no track")
def _absent(asked: Expected) -> Any:
    kinds = {track.case_type for track in asked.case.tracks.values()}
    return asked.told.is_ if asked.told.is_ not in kinds else "open"


@_question(
    "deadline",
    "the day of the clock in name, as it stands on the day of the story, or its moment, such as "
    "2026-03-06T09:15, where one is expected",
)
def _deadline(asked: Expected) -> Any:
    found = _clock(asked)
    if found is None:
        return _no_clock(asked)
    if not found.day.known:
        return f"not known: {found.day.reason}"
    hour = found.at is not None and "T" in str(asked.told.is_)
    return f"{found.at:%Y-%m-%dT%H:%M}" if hour else found.day.value.isoformat()


@_question("standing", "how that clock stands")
def _standing(asked: Expected) -> Any:
    found = _clock(asked)
    return _no_clock(asked) if found is None else str(found.standing)


def _clock(asked: Expected) -> Deadline | None:
    at = (asked.reference, asked.told.track, asked.told.name)
    return {(each.case, each.track, each.clock): each for each in asked.deadlines}.get(at)


def _no_clock(asked: Expected) -> str | None:
    """Say that the case type has no clock of a name; None for one that does not run yet."""
    track, name = asked.case.tracks.get(asked.told.track), asked.told.name
    known = [] if track is None else [clock.key for clock in asked.rulebook.clocks(track)]
    if not known or name in known:
        return None
    return f"no clock is called {name}{did_you_mean(nearest(name, known))}"


@_question("overdue", "what of the case is late, as track/clock and the tier to which it goes on")
def _overdue(asked: Expected) -> Any:
    late = [each for each in overdue(asked.desk, on=asked.on) if each.case == asked.reference]
    return [f"{each.deadline.track}/{each.deadline.clock}: {each.escalates_to}" for each in late]


# -- who represents --------------------------------------------------------------------------------


@_question("level", "how far the member is represented on a track", of="track")
def _level(asked: Expected) -> Any:
    level = representation_level(asked.desk, asked.reference, asked.told.track, on=asked.on)
    return level.value if level.known else "unknown"


@_question("assigned", "the tiers of those who represent on a track", of="track")
def _assigned(asked: Expected) -> Any:
    return [each.tier for each in asked.case.track(asked.told.track).assigned(asked.on)]


@_question("candidates", "who may be given a track, by key, the first choice first", of="track")
def _candidates(asked: Expected) -> Any:
    found = candidates(asked.desk, asked.reference, asked.told.track, on=asked.on)
    return [each.person for each in found if each.may_act.known and each.may_act.value]


@_question("then", "the tier to which a track goes on", of="track")
def _then(asked: Expected) -> Any:
    onwards = escalates_to(asked.rulebook, asked.case, asked.told.track, on=asked.on)
    return onwards.value if onwards.known else "unknown"


@_question("workload", "how many open tracks the person in name has")
def _workload(asked: Expected) -> Any:
    return workload(asked.desk, asked.told.name, on=asked.on).tracks


@_question("keeps", "the cases that keep the person in name from leaving")
def _keeps(asked: Expected) -> Any:
    return list(may_leave(asked.desk, asked.told.name, on=asked.on))


# -- facts -----------------------------------------------------------------------------------------


@_question(
    "fact", "the fact in name, of the member on a day, with the facts given beside the records"
)
def _fact(asked: Expected) -> Any:
    person = asked.case.person
    recorded = member_facts(asked.rulebook, asked.now, person) if person else {}
    answer = ask(asked.rulebook, {**recorded, **asked.given}, asked.told.name, on=asked.on)[
        asked.told.name
    ]
    return plain(answer.value) if answer.known else "unknown"


# -- bargaining, ballots and forums ----------------------------------------------------------------


@_question(
    "decision",
    "what the body of a pay round came to: agreed, not agreed or unknown",
    of="track",
)
def _decision(asked: Expected) -> Any:
    found = body_decision(asked.rulebook, asked.case, asked.told.track, on=asked.on)
    return _worded(found.agreed, "agreed", "not agreed")


@_question("outvoted", "the unions that the body's decision was made against, by key", of="track")
def _outvoted(asked: Expected) -> Any:
    return list(body_decision(asked.rulebook, asked.case, asked.told.track, on=asked.on).outvoted)


@_question(
    "position",
    "what the union in name says to the offer, with its turnout and support",
    of="track",
)
def _position(asked: Expected) -> Any:
    said = positions(asked.rulebook, asked.case, asked.told.track, on=asked.on).get(asked.told.name)
    if said is None:
        return "not recorded"
    shares = {"turnout_percent": said.turnout, "yes_percent": said.support}
    known = {key: str(half_up(share, 1)) for key, share in shares.items() if share is not None}
    return {"accepts": said.accepts, **known}


@_question(
    "ballot",
    "whether the ballot of a track is lawful by its numbers, by the question in name",
    of="track",
)
def _ballot(asked: Expected) -> Any:
    result = _results(asked).get(asked.told.name)
    verdict = None if result is None else result.lawful_by_numbers
    return verdict.value if verdict is not None and verdict.known else "unknown"


@_question(
    "margin",
    "the votes to spare in the test in name, such as turnout or strike/turnout",
    of="track",
)
def _margin(asked: Expected) -> Any:
    question, _, test = asked.told.name.rpartition("/")
    results = _results(asked)
    if question not in results or test not in _TESTS:
        return "unknown"
    found = results[question].tests[_TESTS.index(test)]
    if found.outcome.known and found.outcome.value == "not-required":
        return "not-required"
    return found.margin.value if found.margin.known else "unknown"


def _results(asked: Expected) -> Mapping[str, BallotResult]:
    file = track_ballot(asked.rulebook, asked.case, asked.told.track, on=asked.on)
    return {} if file is None else ballot_results(asked.rulebook, file)


@_question(
    "forum", "whether a forum works as it should, or what the rule in name finds, with given"
)
def _forum(asked: Expected) -> Any:
    facts = {**forum_facts(asked.rulebook, asked.case, on=asked.on), **asked.given}
    health = forum_health(asked.rulebook, facts, on=asked.on)
    if not asked.told.name:
        return _worded(health.healthy, "healthy", "not healthy")
    found = {each.rule: each.outcome for each in health.findings}
    if asked.told.name not in found:
        return "no such rule" + did_you_mean(nearest(asked.told.name, found))
    outcome = found[asked.told.name]
    return outcome.value if outcome.known else "unknown"


def _worded(answer: Answer[bool], yes: str, no: str) -> str:
    if not answer.known:
        return "unknown"
    return yes if answer.value else no


# -- what somebody sees ----------------------------------------------------------------------------


@_question("view", "what the person in name sees of the case on the day, and what they do not")
def _view(asked: Expected) -> Any:
    viewer = asked.desk.viewer(asked.reference, asked.told.name, on=asked.on)
    return _names(asked.case, view(asked.rulebook, asked.case, viewer, on=asked.on))


def _names(case: Case, seen: View) -> list[str]:
    """Return what a view holds, by name: the case as soon as it holds anything of it."""
    tracks = seen.tracks
    anything = (seen.reference, seen.person, tracks, seen.notes, seen.log)
    found = [case.reference] if any(anything) else []
    found += [seen.person, seen.about, *(each.key for each in tracks)]
    notes = {(each.on, each.by, each.text) for each in seen.notes}
    for entry in case.standing:
        if isinstance(entry, Note) and (entry.on, entry.by, entry.text) in notes:
            found.append(entry.reference)
    found += [person for each in tracks for person in each.people]
    return [name for name in dict.fromkeys(found) if name]


# -- the union ------------------------------------------------------------------------------------


@_question("holders", "who holds the office in name, by key", of="union")
def _holders(asked: Expected) -> Any:
    return list(asked.now.holders(asked.told.name))


@_question("held", "the offices that the person in name holds, by key", of="union")
def _held(asked: Expected) -> Any:
    return [each.key for each in asked.now.held(asked.told.name)]


@_question("seat", "whether each place of the office in name is held or vacant", of="union")
def _seat(asked: Expected) -> Any:
    found = seat(asked.rulebook, asked.now, asked.told.name)
    return [each.state.value if each.state.known else "unknown" for each in found]


@_question(
    "seats_held",
    "how many seats of the unit in name are held, of the role that is given",
    of="union",
)
def _seats_held(asked: Expected) -> Any:
    role = str(asked.told.given.get("role", ""))
    bodies = seats(asked.rulebook, asked.now, asked.told.name, role).bodies
    return sum(each.held for each in bodies)


@_question("member_of", "the branch of which the person in name is a current member", of="union")
def _member_of(asked: Expected) -> Any:
    return asked.now.branch_of(asked.told.name)


@_question("good_standing", "whether the member in name is in good standing", of="union")
def _good_standing(asked: Expected) -> Any:
    answer = standing(asked.rulebook, asked.now, asked.told.name).in_good_standing
    return answer.value if answer.known else "unknown"


@_question("owes", "what the member in name owes for whole months, in pounds", of="union")
def _owes(asked: Expected) -> Any:
    answer = standing(asked.rulebook, asked.now, asked.told.name).owed
    return plain(answer.value) if answer.known else "unknown"


@_question("fund_sections", "the sections of the fund that the member in name pays for", of="union")
def _fund_sections(asked: Expected) -> Any:
    found = political_fund(asked.rulebook, asked.now, asked.told.name).sections
    return [key for key, each in found.items() if each.known and each.value]


@_question(
    "members_moved",
    "how the membership of the unit in name moved since the day given as since, in counts",
    of="union",
)
def _members_moved(asked: Expected) -> Any:
    since = date.fromisoformat(str(asked.told.given.get("since", asked.on.isoformat())))
    found = movement_of(asked.rulebook, asked.now, asked.told.name, since=since)
    counts = ("at_start", "joined", "moved_in", "left", "moved_out", "at_end")
    return {count: getattr(found, count) for count in counts}


@_question("density", "the density of the unit or employer in name, in per cent", of="union")
def _density(asked: Expected) -> Any:
    share = percent(density_of(asked.rulebook, asked.now, asked.told.name).density)
    return "unknown" if share is None else str(share)


@_question("lacks", "what the representative in name lacks, such as training", of="union")
def _lacks(asked: Expected) -> Any:
    every = representatives_of(asked.rulebook, asked.now, asked.now.branch_of(asked.told.name))
    mine = (each.lacks for each in every if each.person == asked.told.name)
    return list(dict.fromkeys(what for lacks in mine for what in lacks))


@_question("step", "how far the activist in name has come, such as certified", of="union")
def _step(asked: Expected) -> Any:
    every = representatives_of(asked.rulebook, asked.now, asked.now.branch_of(asked.told.name))
    mine = [each.step for each in every if each.person == asked.told.name]
    return max(mine, key=STEPS.index, default="member")


@_question("safety", "what is due about safety at the workplace in name", of="union")
def _safety(asked: Expected) -> Any:
    place = asked.now.workplace(asked.told.name)
    if place is None:
        raise asked.union.unknown(Workplace, asked.told.name)
    branches = {row.branch for row in asked.now.rows(Organises, "employer", place.employer)}
    found = [safety_of(asked.rulebook, asked.now, branch) for branch in sorted(branches)]
    every = [each for work in found for each in work.workplaces]
    return [what for each in every if each.workplace == place.key for what in each.due]


@_question(
    "sends",
    "how many delegates the branch in name may send, with to and edition given",
    of="union",
)
def _sends(asked: Expected) -> Any:
    to, edition = (str(asked.told.given.get(key, "")) for key in ("to", "edition"))
    found = delegation(asked.rulebook, asked.now, asked.told.name, to=to, edition=edition)
    return found.delegates.value if found.delegates.known else "unknown"


@_question("motion", "what became of the motion in name, such as Carried", of="union")
def _motion(asked: Expected) -> Any:
    put = _put(asked)
    items = agenda(asked.rulebook, asked.now, put.unit, put.edition).items
    return next((each.standing for each in items if each.key == put.key), "not there yet")


@_question("policy", "how the policy stands that the motion in name made", of="union")
def _policy(asked: Expected) -> Any:
    put = _put(asked)
    found = policies(asked.rulebook, asked.now, put.unit, put.edition).policies
    return next((each.standing for each in found if each.motion == put.key), "none")


def _put(asked: Expected) -> Motion:
    """Return the motion in name, on whatever day it was received."""
    rows = [*asked.union.rows(Motion, "key", asked.told.name)]
    if not rows:
        raise asked.union.unknown(Motion, asked.told.name)
    return rows[0]


@_question("overdue_lines", "what of the plan of the programme in name is overdue", of="union")
def _overdue_lines(asked: Expected) -> Any:
    return [line for each in _programmes(asked) for line in each.late]


@_question("approved", "the day on which the programme in name was approved; or no", of="union")
def _approved(asked: Expected) -> Any:
    days = [each.approved for each in _programmes(asked) if each.approved]
    return days[0].isoformat() if days else "no"


def _programmes(asked: Expected) -> list[ProgrammeStanding]:
    """Return the programme in name, where it is there on the day."""
    found = programmes(asked.rulebook, asked.now)
    every = [each for aim in found.objectives for each in aim.programmes] + [*found.others]
    return [each for each in every if each.key == asked.told.name]


@_question("campaign_done", "the per cent that the campaign in name has done", of="union")
def _campaign_done(asked: Expected) -> Any:
    done = campaign(asked.rulebook, asked.now, asked.told.name).progress.done
    return "unknown" if done is None else str(half_up(done * 100, 1))


@_question(
    "milestones_overdue", "the days of the campaign in name by which too little came", of="union"
)
def _milestones_overdue(asked: Expected) -> Any:
    found = campaign(asked.rulebook, asked.now, asked.told.name)
    return [day.isoformat() for day in found.overdue]


@_question(
    "waiting", "who waits for the event in name, by key, the first in line first", of="union"
)
def _waiting(asked: Expected) -> Any:
    return list(event(asked.rulebook, asked.now, asked.told.name).waiting)


@_question(
    "audience",
    "how many members a text reaches that is for those of whom the condition in name holds, by the "
    "channel and for the purpose given",
    of="union",
)
def _audience(asked: Expected) -> Any:
    channel, purpose = (str(asked.told.given.get(key, "")) for key in ("channel", "purpose"))
    when = asked.told.name or "True"
    return audience(asked.rulebook, asked.now, channel=channel, purpose=purpose, when=when).members


# -- as it is told ---------------------------------------------------------------------------------

if TYPE_CHECKING:
    _What = str
else:
    _What = StrEnum("What", list(QUESTIONS))


@frozen(kw_only=True)
class Expectation(Shown, shows="what case track name"):
    """One thing that a story expects, as it is told."""

    what: _What = about("; ".join(f"{k}: {v.about}" for k, v in QUESTIONS.items()), default=NOTHING)
    case: str = ""
    track: str = ""
    name: str = ""
    on: date | None = None
    given: Mapping[str, Any] = about(
        "facts beside the records; of the union, what else it is asked with", default=Factory(dict)
    )
    shows: tuple[str, ...] = about(
        "what a view holds: the case or the member by reference, a track, a note, a person",
        default=(),
    )
    hides: tuple[str, ...] = about(
        "what a view does not hold; nothing at all, where it is the case", default=()
    )
    is_: Any = None
    from_: str = ""

    @staticmethod
    def amiss(plain: Mapping[str, Any]) -> Iterator[tuple[str, Unfit]]:
        """Give what a view lacks, and what only a view or anything else has."""
        view = plain.get("what") == "view"
        if view and not plain.get("shows") and not plain.get("hides"):
            yield "shows", Unexpected("what the view shows, or in hides what it does not")
        said = "a view has shows and hides instead" if view else "only a view has it"
        for key in ("track", "is") if view else ("shows", "hides"):
            if key in plain:
                yield key, Unfit(said)
