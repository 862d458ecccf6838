"""Every definition of a rulebook as dated texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import attrs
from attrs import frozen

from unioncore.checked import checked
from unioncore.legal import Citation, DayRange, Period, WorkingDayCalendar
from unioncore.model import (
    ANY,
    BargainingLevel,
    Body,
    BodyVersion,
    Branch,
    BranchType,
    CaseType,
    CaseTypeVersion,
    Clock,
    Counting,
    Direction,
    Ending,
    Meaning,
    MonthReading,
    OfficeRole,
    PayClause,
    PayClauseVersion,
    PayRound,
    PayScale,
    PayTable,
    Position,
    Region,
    Rise,
    Roll,
    ServiceGroup,
    Step,
    WayOfDeciding,
)
from unioncore.rulebook import At, Rulebook
from unioncore.rules import (
    ON,
    Condition,
    Expression,
    FactType,
    Impossible,
    Measure,
    Parameter,
    Predicate,
    Prose,
    Requirement,
    RequirementVersion,
    Row,
    Rule,
    Silence,
    Table,
    doubted,
    long_date,
    pounds,
    series,
    with_article,
)
from unioncore.rules.condition import TRUE, names_in
from unioncore.shown import Shown

__all__ = ["Item", "ItemVersion", "clock_text", "how_it_works", "items"]


@frozen
class ItemVersion(Shown):
    """What one definition says during one period."""

    period: Period
    text: str
    citations: tuple[Citation, ...]
    conflict: str = ""
    """Where sources disagree: what each says."""
    not_known: str = ""
    """Why it is not known whether it holds."""
    notes: tuple[str, ...] = ()
    """What else the version says, such as who sits on a body."""
    listed: str = attrs.field(default="", eq=False)
    """The text with its long conditions as lists, in Markdown; empty for what has no condition."""


@frozen
class Item(Shown, shows="kind key plugin versions"):
    """One dated definition: a rule, a body's coverage, a row of a table, a name."""

    key: str
    """The definition's key; for a row of a table, the first key of the row after a colon."""
    plugin: str
    definition: At
    """The kind and the key of the definition."""
    decides: str
    """The fact that it decides, names a word of, or is about."""
    versions: tuple[ItemVersion, ...]
    kind: str = "rule"
    also: tuple[str, ...] = ()
    """Other facts that follow from it, such as the level of a body."""
    reads: tuple[str, ...] = ()
    """The facts that it asks about."""
    notes: tuple[str, ...] = ()
    """What is said of it at all times, such as what succeeded it."""

    def at(self, day: date) -> ItemVersion | None:
        """Return the version that holds on ``day``."""
        return next((version for version in self.versions if day in version.period), None)


@checked
def items(rulebook: Rulebook) -> tuple[Item, ...]:
    """Return every definition that says something, by plugin, by what it decides, and by key."""
    found = _Writer(rulebook).items()
    return tuple(sorted(found, key=lambda item: (item.plugin, item.decides, item.key)))


_CAME_TO = {
    Ending.CLAIM: "a claim was submitted; no more is recorded",
    Ending.OFFER: "an offer was made; no more is recorded",
    Ending.REJECTED: "the offer was rejected; what followed is not recorded",
    Ending.AGREED: "agreed",
    Ending.IMPOSED: "put into effect without agreement",
    Ending.AWARDED: "awarded after the report of a review body",
}

_RECOMMENDED = {
    "accept": "recommended acceptance",
    "reject": "recommended rejection",
    "neutral": "made no recommendation",
}

_LONG = {
    Direction.WITHIN: "within {}",
    Direction.BEGINNING_WITH: "within {}, the first day counted",
    Direction.NOT_BEFORE: "at the earliest after {}",
    Direction.AT_LEAST_BEFORE: "at least {} before",
}

_ROLLS = {
    Roll.NEVER: "its last day does not move",
    Roll.NEXT_WORKING_DAY: "its last day moves to the next working day",
    Roll.NEXT_OPEN_DAY: "its last day moves to the next day on which the office is open",
}

_SIDES = {"employers": "Employers' side", "trade-unions": "Trade union side"}

_LEVELS = {
    BargainingLevel.NATIONAL: "It bargains nationally.",
    BargainingLevel.REGIONAL: "It bargains regionally.",
    BargainingLevel.EMPLOYER: "It bargains with one employer.",
}


class _Writer:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.prose = Prose(rulebook.rules)
        self.called = rulebook.rules.name_of
        rounds = (each.meant() for each in rulebook.definitions.case_types if each.is_pay_round)
        self.steps = {event: means for meant in rounds for event, means in meant.items()}

    def items(self) -> Iterator[Item]:
        every = self.rulebook.definitions
        yield from (self.rule("rules", "rule", rule, rule.key) for rule in every.rules)
        yield from (item for table in every.tables for item in self.table(table))
        yield from (item for parameter in every.parameters for item in self.parameter(parameter))
        yield from map(self.requirement, every.requirements)
        yield from map(self.measure, every.measures)
        yield from map(self.predicate, every.predicates)
        yield from map(self.impossible, every.impossible)
        yield from map(self.silence, every.silences)
        yield from (self.named("service_groups", "service group", g) for g in every.service_groups)
        yield from (self.named("regions", "region", region) for region in every.regions)
        yield from (self.branch_type(kind) for kind in every.branch_types)
        yield from (self.branch(branch) for branch in every.branches)
        yield from (self.body(body) for body in every.bodies)
        yield from (self.office_role(role) for role in every.office_roles)
        yield from (self.case_type(kind) for kind in every.case_types)
        yield from (self.counting(each) for each in every.countings)
        yield from (self.pay_round(each) for each in every.pay_rounds)
        yield from (self.pay_scale(each) for each in every.pay_scales)
        yield from (self.pay_clause(each) for each in every.pay_clauses)
        yield from (self.calendar(calendar) for calendar in every.calendars)

    def plugin(self, kind: str, key: str) -> str:
        origin = self.rulebook.origins.get((kind, key))
        return origin.plugin if origin is not None else ""

    def dated(self, key: str) -> tuple[str, ...]:
        """Say which fact's day chooses the version, where it is not the day asked about."""
        return () if key == ON else (f"Dated by {self.prose.label(key)}.",)

    # -- rules and what stands for rules -------------------------------------------------------

    def rule(
        self,
        kind: str,
        called: str,
        rule: Rule,
        key: str,
        *,
        also: tuple[str, ...] = (),
        notes: Iterable[tuple[str, ...]] = (),
        about: tuple[str, ...] = (),
    ) -> Item:
        """Return a rule as an item; ``notes`` are those of each version, where there are some."""
        of_versions = tuple(notes) or ((),) * len(rule.versions)
        own = self.dated(rule.dated_by)
        if rule.overrides:
            own += (f"Counts before {series(rule.overrides)}.",)
        return Item(
            key=key,
            plugin=self.plugin(kind, key),
            definition=(kind, key),
            decides=rule.decides,
            versions=tuple(
                ItemVersion(
                    version.period,
                    self.prose.sentence(rule, version),
                    version.citations,
                    version.conflict,
                    version.not_known,
                    said,
                    self.prose.sentence(rule, version, listed=True),
                )
                for version, said in zip(rule.versions, of_versions, strict=True)
            ),
            kind=called,
            also=also,
            reads=_reads(rule.dated_by, *rule.expressions()),
            notes=(*own, *about),
        )

    def table(self, table: Table) -> Iterator[Item]:
        """Give an item for each group of keys that stand in the same rows."""
        rows_of: dict[str, tuple[Row, ...]] = {}
        for row in table.rows:
            for key in row.keys:
                rows_of[key] = (*rows_of.get(key, ()), row)
        groups: dict[tuple[Row, ...], list[str]] = {}
        for key, rows in rows_of.items():
            groups.setdefault(rows, []).append(key)
        for rows, keys in groups.items():
            yield self.rows(table, f"{table.key}: {keys[0]}", rows, keys)
        if table.otherwise:
            yield self.rows(table, f"{table.key}: otherwise", table.otherwise, [])

    def rows(self, table: Table, key: str, rows: tuple[Row, ...], keys: list[str]) -> Item:
        by = self.prose.label(table.by)
        names = [self.prose.value(table.by, each) for each in keys]
        who = f"where {by} is {series(names, 'or')}" if keys else f"where {by} is not listed"

        def text(row: Row) -> str:
            given = self.prose.given(table.decides, row.value)
            text = self.prose.under(table.decides, given, who)
            return doubted(f"{capital(text)}.", row.conflict, say=self.prose.say)

        return Item(
            key=key,
            plugin=self.plugin("tables", table.key),
            definition=("tables", table.key),
            decides=table.decides,
            versions=tuple(
                ItemVersion(row.period, text(row), row.citations, row.conflict) for row in rows
            ),
            kind="table",
            reads=(table.by, table.dated_by),
            notes=self.dated(table.dated_by),
        )

    def parameter(self, parameter: Parameter) -> Iterator[Item]:
        """Give an item for each condition that versions of the parameter are under."""
        for rule in parameter.rules():
            when = rule.versions[0].when
            place = "" if when == TRUE else f": {self.prose.condition(when)}"
            unit = (f"In {parameter.unit}.",) if parameter.unit else ()
            item = self.rule("parameters", "parameter", rule, parameter.key, about=unit)
            yield attrs.evolve(item, key=f"{parameter.key}{place}")

    def requirement(self, requirement: Requirement) -> Item:
        label = capital(requirement.label)
        versions = []
        for version in requirement.versions:
            told = (version.conflict, version.not_known)
            texts = (
                self._required(label, version, said, told)
                for said in (self.prose.condition, self.prose.listed)
            )
            text, listed = texts
            versions.append(
                ItemVersion(version.period, text, version.citations, *told, listed=listed)
            )
        asked = [node for v in requirement.versions for node in (v.holds, v.applies)]
        return Item(
            key=requirement.key,
            plugin=self.plugin("requirements", requirement.key),
            definition=("requirements", requirement.key),
            decides=requirement.key,
            versions=tuple(versions),
            kind="requirement",
            reads=_reads(requirement.dated_by, *asked),
            also=(requirement.verdict,) if requirement.verdict else (),
            notes=self.dated(requirement.dated_by),
        )

    def _required(
        self,
        label: str,
        version: RequirementVersion,
        said: Callable[[Condition], str],
        told: tuple[str, str],
    ) -> str:
        """Return what a requirement asks, its conditions as ``said`` says them."""
        text = f"{label}: met when {said(version.holds)}"
        if version.applies != TRUE:
            only = f"required only when {said(version.applies)}"
            text += capital(only) if text.endswith("\n") else f"; {only}"
        return doubted(text if text.endswith("\n") else f"{text}.", *told, self.prose.say)

    def measure(self, measure: Measure) -> Item:
        text = f"{self.prose.measure(measure)}."
        return Item(
            key=measure.key,
            plugin=self.plugin("measures", measure.key),
            definition=("measures", measure.key),
            decides=measure.decides,
            versions=(ItemVersion(Period(), capital(text), measure.citations),),
            kind="measure",
            reads=(measure.over, *_reads(measure.where)),
        )

    def predicate(self, predicate: Predicate) -> Item:
        text = f"{capital(predicate.label)}: worked out by a function."
        return Item(
            key=predicate.key,
            plugin=self.plugin("predicates", predicate.key),
            definition=("predicates", predicate.key),
            decides=predicate.key,
            versions=(ItemVersion(Period(), text, predicate.citations),),
            kind="predicate",
        )

    def impossible(self, impossible: Impossible) -> Item:
        when = self.prose.condition(impossible.when)
        text = f"Impossible: {when}, because {impossible.because}."
        return Item(
            key=impossible.key,
            plugin=self.plugin("impossible", impossible.key),
            definition=("impossible", impossible.key),
            decides="impossible",
            versions=(ItemVersion(Period(), text, impossible.citations),),
            kind="impossible",
            reads=_reads(impossible.when),
        )

    def silence(self, silence: Silence) -> Item:
        when = self.prose.condition(silence.when)
        where = "" if silence.when == TRUE else f" where {when}"
        text = f"Left undecided{where}, because {silence.because}."
        notes = tuple(self._left_undecided(key) for key in silence.of)
        return Item(
            key=silence.key,
            plugin=self.plugin("silences", silence.key),
            definition=("silences", silence.key),
            decides="silence",
            versions=(ItemVersion(Period(), text, silence.citations, notes=notes),),
            kind="silence",
            reads=(*silence.of, *_reads(silence.when)),
        )

    def _left_undecided(self, key: str) -> str:
        fact = self.rulebook.rules.facts.get(key)
        whether = "whether " if fact is not None and fact.type is FactType.YES_NO else ""
        return f"It is about {whether}{self.prose.label(key)}."

    # -- structure -----------------------------------------------------------------------------

    def named(self, kind: str, called: str, definition: ServiceGroup | Region | OfficeRole) -> Item:
        later = getattr(definition, "succeeded_by", "")
        return Item(
            key=definition.key,
            plugin=self.plugin(kind, definition.key),
            definition=(kind, definition.key),
            decides=called.replace(" ", "_"),
            versions=tuple(
                ItemVersion(v.period, f"The {called} is called {v.name}.", v.citations, v.conflict)
                for v in definition.versions
            ),
            kind=called,
            notes=(f"Succeeded by {self.called('region', later)}.",) if later else (),
        )

    def office_role(self, role: OfficeRole) -> Item:
        of = series([self.called("unit_kind", key) for key in role.of], "or")
        about = [f"A {'post of the staff' if role.staff else 'lay office'} of a {of}."]
        about += ["Each should have one."] * role.core
        about += ["It may be shared."] * role.shareable
        about += [f"Filled {role.elected}."] * bool(role.elected)
        item = self.named("office_roles", "office", role)
        return attrs.evolve(
            item,
            decides="office_role",
            also=("office.held_by_staff",),
            reads=("office.role",),
            notes=tuple(about),
        )

    def case_type(self, kind: CaseType) -> Item:
        notes = []
        notes += [f"The representative is accredited for {kind.needs}."] * bool(kind.needs)
        if kind.compartment != "general":
            notes.append(f"It begins in the compartment {kind.compartment}.")
        notes += ["The right to be accompanied goes with it."] * (kind.companion is True)
        return Item(
            key=kind.key,
            plugin=self.plugin("case_types", kind.key),
            definition=("case_types", kind.key),
            decides="case_type",
            versions=tuple(
                ItemVersion(
                    version.period,
                    f"{kind.name}: begins as "
                    f"{_state_name(version, version.initial).lower()}; {len(version.states)} "
                    f"states, {len(version.transitions)} ways between them.",
                    version.citations,
                    version.conflict,
                    notes=(
                        *self._whom(version),
                        _endings(version),
                        *_anytime(version),
                        *map(self.clock, version.clocks),
                    ),
                )
                for version in kind.versions
            ),
            kind="case type",
            notes=(*notes, *kind.notes),
        )

    def _whom(self, version: CaseTypeVersion) -> Iterator[str]:
        """Say for whom a case type is, where it is not for everybody."""
        if version.covers != TRUE:
            yield f"It is only for members where {self.prose.condition(version.covers)}."

    def counting(self, counting: Counting) -> Item:
        return Item(
            key=counting.key,
            plugin=self.plugin("countings", counting.key),
            definition=("countings", counting.key),
            decides="counting",
            versions=tuple(
                ItemVersion(
                    version.period,
                    f"{capital(counting.name)}: {_ROLLS[version.rolls]}"
                    f"{f', and ends at {version.until}' if version.until else ''}.",
                    version.citations,
                    notes=tuple(
                        f"Months are counted {self.rulebook.named(MonthReading)[key].name}."
                        for key in version.months
                    ),
                )
                for version in counting.versions
            ),
            kind="counting",
        )

    def pay_round(self, round_: PayRound) -> Item:
        body = self.called("body", round_.body)
        text = f"Pay round {round_.year} of {with_article(body)}: {_CAME_TO[round_.ending]}."
        terms = [*map(_rise, round_.rises), *([round_.award] if round_.award else [])]
        called = "Terms" if round_.is_settled else "Offer"
        text += f" {called}: {'; '.join(terms)}." if terms else ""
        text = doubted(text, round_.conflict, say=self.prose.say)
        notes = [self._step(step) for step in round_.steps]
        notes += [self._position(each) for each in round_.positions]
        return Item(
            key=round_.key,
            plugin=self.plugin("pay_rounds", round_.key),
            definition=("pay_rounds", round_.key),
            decides=round_.body,
            versions=(
                ItemVersion(
                    # Of a round whose first day is not known, the year is known.
                    round_.holds or Period(date(int(round_.year[:4]), 1, 1)),
                    text,
                    round_.citations,
                    round_.conflict,
                    notes=tuple(notes),
                ),
            ),
            kind="pay round",
            notes=(round_.note,) if round_.note else (),
        )

    def pay_scale(self, scale: PayScale) -> Item:
        about = [f"Its rounds are those of {series(self.called('body', b) for b in scale.bodies)}."]
        about.append(f"It holds in {series(scale.nations)}.")
        step = f"£{scale.rounding.to}"
        if scale.rounding.within:
            about.append("No rule is known by which a rise is rounded.")
        elif scale.rounding.up:
            about.append(f"A rise is rounded up to the next {step}.")
        else:
            about.append(f"A rise is rounded to the nearest {step}, half of it up.")
        if scale.hourly is not None:
            each = scale.hourly
            about.append(f"An hour is the year shared by {each.weeks} weeks of {each.hours} hours.")
        return Item(
            key=scale.key,
            plugin=self.plugin("pay_scales", scale.key),
            definition=("pay_scales", scale.key),
            decides=scale.bodies[0] if scale.bodies else "",
            versions=tuple(
                ItemVersion(
                    table.period,
                    doubted(
                        f"{capital(scale.name)}: {_points(table, scale.unit)}.",
                        table.conflict,
                        say=self.prose.say,
                    ),
                    table.citations,
                    table.conflict,
                    notes=(*_read_where(table), *((table.note,) if table.note else ())),
                )
                for table in scale.versions
            ),
            kind="pay scale",
            notes=(*about, *((scale.note,) if scale.note else ())),
        )

    def pay_clause(self, clause: PayClause) -> Item:
        names = {each.key: each.name for each in clause.hours}
        about = [f"It holds in {series(clause.nations)}, for {series(clause.kinds)} hours."]
        about += [f"{each.key}: {each.name}." for each in clause.hours]
        if clause.whole_shift is not None and clause.whole_shift.not_known:
            about.append(f"Not known: {clause.whole_shift.not_known}.")
        return Item(
            key=clause.key,
            plugin=self.plugin("pay_clauses", clause.key),
            definition=("pay_clauses", clause.key),
            decides="pay",
            versions=tuple(
                ItemVersion(
                    version.period,
                    doubted(
                        f"{version.name}: {_gives(version, names)}.",
                        version.conflict,
                        say=self.prose.say,
                    ),
                    version.citations,
                    version.conflict,
                    notes=tuple(_kept_rate(version)),
                )
                for version in clause.versions
            ),
            kind="pay clause",
            notes=(*about, *((clause.note,) if clause.note else ())),
        )

    def _step(self, step: Step) -> str:
        """Say one step of a pay round, such as: On 16 May 2024 the employers made an offer."""
        union = self.rulebook.words_of("union").get(step.by)
        who = union.name if union is not None else f"the {_spaced(step.by or 'sides')}"
        match self.steps.get(step.what):
            case Meaning.CLAIM_SUBMITTED:
                did = f"claimed {step.text}" if step.text else "submitted a claim"
            case Meaning.OFFER_MADE:
                did = f"offered {step.text}" if step.text else "made an offer"
            case Meaning.RECOMMENDATION_DECIDED:
                did = _RECOMMENDED.get(step.text, f"recommended: {step.text}")
            case Meaning.CIRCULAR_ISSUED:
                who = "both sides" if step.by == "joint" else who
                did = "issued a circular" + (f": {step.text}" if step.text else "")
            case _:
                did = f"took the step: {_spaced(step.what)}"
                did += f" ({step.text})" if step.text else ""
        when = f"{_since(step.on)} " if step.on else ""
        return f"{capital(f'{when}{who} {did}')}."

    def _position(self, position: Position) -> str:
        """Say what a union said to an offer, with its ballot as far as that is recorded."""
        did = {True: "accepted", False: "rejected", None: "took a position that is not recorded"}
        told = []
        if position.yes is not None and position.no is not None:
            told.append(f"{position.yes:,} votes for and {position.no:,} against")
        elif position.yes_percent:
            told.append(f"{position.yes_percent}% for")
        if position.entitled is not None:
            told.append(f"{position.entitled:,} entitled to vote")
        if position.turnout_percent:
            told.append(f"turnout {position.turnout_percent}%")
        ballot = f" ({', '.join(told)})" if told else ""
        return f"{self.called('union', position.union)} {did[position.accepts]}{ballot}."

    def clock(self, clock: Clock) -> str:
        """Say what a clock says."""
        long = clock_text(self.prose, clock)
        return (
            f"{clock.name}: {long}; from {_spaced(clock.starts)} to {_spaced(clock.must)}; owed by "
            f"the {_spaced(clock.owed_by)} ({clock.nature})."
        )

    def branch_type(self, kind: BranchType) -> Item:
        takes = kind.rules()[0]
        if not kind.regional:
            return self.rule("branch_types", "branch type", takes, kind.key)
        lies = f"Such a branch lies in {self.prose.label('work.region')}."
        item = self.rule(
            "branch_types", "branch type", takes, kind.key, also=("region",), about=(lies,)
        )
        return attrs.evolve(item, reads=(*item.reads, "work.region"))

    def branch(self, branch: Branch) -> Item:
        newest = branch.word().name
        return self.rule(
            "branches",
            "branch",
            branch.rules()[0],
            branch.key,
            also=("region",),
            notes=(
                (
                    *_called_then(v.name, newest),
                    f"It lies in the region {self.called('region', v.region)}.",
                )
                for v in branch.versions
            ),
        )

    def body(self, body: Body) -> Item:
        rules = body.rules(self.rulebook.own_union)
        newest = body.word().name
        about: tuple[str, ...] = ()
        if body.existed is not None:
            about += (_existed(body.existed),)
        if body.parent:
            parent = self.prose.word("negotiating_bodies", body.parent)
            about += (f"It works under {with_article(parent)}.",)
        before = [
            with_article(each.word().name)
            for each in self.rulebook.definitions.bodies
            if body.key in each.succeeded_by
        ]
        if before:
            about += (f"It took over from {series(before)}.",)
        if body.succeeded_by:
            names = [with_article(self.prose.word(body.decides, key)) for key in body.succeeded_by]
            about += (f"{capital(series(names))} took over from it.",)
        return self.rule(
            "bodies",
            f"{body.kind} body" if body.decides.endswith("bodies") else str(body.kind),
            rules[0],
            body.key,
            also=tuple(rule.decides for rule in rules[1:]),
            notes=(self._body_notes(version, newest) for version in body.versions),
            about=about,
        )

    def _body_notes(self, version: BodyVersion, newest: str) -> tuple[str, ...]:
        notes = [*_called_then(version.name, newest), *_level(version)]
        for side in version.sides:
            who = [*(self.called("union", key) for key in side.unions), *side.bodies]
            who += [] if side.complete else ["others that are not known"]
            seats = f" ({side.seats} seats)" if side.seats is not None else ""
            name = _SIDES.get(side.key, capital(_spaced(side.key)))
            notes.append(f"{name}{seats}: {series(who) or 'not known'}.")
            when = f" ({side.seats_as_of})" if side.seats_as_of else ""
            if side.seats_by:
                each = [f"{self.called('union', s.who)} {s.seats}" for s in side.seats_by]
                notes.append(f"Its seats by union or body{when}: {series(each)}.")
            if side.majorities:
                together = [
                    " with ".join(self.called("union", key) for key in majority)
                    for majority in side.majorities
                ]
                notes.append(f"Known to be a majority of it{when}: {', or '.join(together)}.")
            if side.secretary:
                notes.append(f"Its secretary: {side.secretary}.")
        notes += _ways(self.rulebook, version)
        return (*notes, version.note) if version.note else tuple(notes)

    def calendar(self, calendar: WorkingDayCalendar) -> Item:
        nations = series(sorted(calendar.nations))
        names = series(dict.fromkeys(holiday.name for holiday in calendar.holidays))
        text = f"In {nations} every day from Monday to Friday is a working day, except {names}."
        cited = dict.fromkeys(c for holiday in calendar.holidays for c in holiday.citations)
        return Item(
            key=calendar.key,
            plugin=self.plugin("calendars", calendar.key),
            definition=("calendars", calendar.key),
            decides="working days",
            versions=(ItemVersion(calendar.period, text, tuple(cited)),),
            kind="calendar",
        )


def clock_text(prose: Prose, clock: Clock) -> str:
    """Return how long a clock runs, such as "within 3 months"."""
    if clock.policy:
        return "as long as a policy says"
    if clock.claim:
        return "within the time limit of the tribunal claim"
    unit = str(clock.unit).replace("-", " ")
    unit = unit.removesuffix("s") if clock.count == 1 else unit
    time = prose.label(clock.parameter) if clock.parameter else f"{clock.count} {unit}"
    return _LONG[clock.direction].format(time)


def how_it_works(rulebook: Rulebook, version: BodyVersion) -> Iterator[str]:
    """Give how widely a body bargains and how it works, a sentence each, as far as it is known."""
    yield from _level(version)
    yield from _ways(rulebook, version)


def _level(version: BodyVersion) -> Iterator[str]:
    if version.level is not None:
        yield _LEVELS[version.level]


def _ways(rulebook: Rulebook, version: BodyVersion) -> Iterator[str]:
    way = rulebook.named(WayOfDeciding).get(version.decides_by)
    if way is not None:
        yield way.about
    elif version.level is not None and version.sides:
        yield "How it decides when the unions differ is not known."
    told = (
        ("Chair:", version.chair),
        ("Quorum:", version.quorum),
        ("It deals with", series(version.subjects)),
        ("Handbook:", version.handbook),
        ("A pay year begins on", _day_of_year(version.pay_date)),
        ("Its agreements bind", version.binds),
        ("Disputes go through", ", then ".join(version.dispute_steps)),
    )
    for label, said in told:
        if said:
            yield f"{label} {said}."


def _since(text: str) -> str:
    """Return ``2024-05-16`` as "on 16 May 2024", ``2024-05`` as "in May 2024"."""
    day = DayRange.of(DayRange.parse(text)).earliest
    words = long_date(day).split(" ", maxsplit=1)[1]
    return {4: f"in {day.year}", 7: f"in {words}"}.get(len(text), f"on {long_date(day)}")


def _day_of_year(text: str) -> str:
    """Return ``04-01`` as 1 April."""
    if not text:
        return ""
    return long_date(date.fromisoformat(f"2000-{text}")).removesuffix(" 2000")


def _spaced(key: str) -> str:
    return key.replace("-", " ").replace("_", " ")


def _state_name(version: CaseTypeVersion, key: str) -> str:
    state = version.state(key)
    return key if state is None else state.name


def _endings(version: CaseTypeVersion) -> str:
    ends = (each.name[:1].lower() + each.name[1:] for each in version.states if each.outcome)
    return f"It may end as: {'; '.join(ends)}."


def _anytime(version: CaseTypeVersion) -> Iterator[str]:
    """Say what may happen in any open state."""
    events = [_spaced(each.event) for each in version.leaving(ANY)]
    if events:
        yield f"While it is open, at any time: {series(events, 'or')}."


def capital(text: str) -> str:
    """Return a sentence with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def _called_then(name: str, newest: str) -> tuple[str, ...]:
    return () if name == newest else (f"It was called {name}.",)


def _existed(period: Period) -> str:
    start = f" from {long_date(period.start)}" if period.start is not None else ""
    end = f" until {long_date(period.end)}, not included" if period.end is not None else ""
    return f"It existed{start}{end}." if end else f"It has existed{start}."


def _reads(*nodes: str | Expression) -> tuple[str, ...]:
    names = {
        name for node in nodes for name in ({node} if isinstance(node, str) else names_in(node))
    }
    return tuple(sorted(names))


def _rise(rise: Rise) -> str:
    """Say what one rise gives, such as "3.20% on points 2-43 from 1 April 2025"."""
    when = f" from {long_date(rise.start)}" if rise.start else ""
    if rise.first_set_for is not None:
        when += f", brought forward from {long_date(rise.first_set_for)}"
    points = f"point{'s' if len(rise.points) > 1 else ''} {series(rise.points)}"
    if rise.deleted:
        moved = f", and moved to {rise.moves_to}" if rise.moves_to else ""
        return f"{points} deleted{when}{moved}"
    on = [rise.of] * bool(rise.of) + [points] * bool(rise.points)
    low, high = rise.pay_from, rise.pay_to
    if low is not None or high is not None:
        least = f" from {pounds(low)}" if low is not None else ""
        on.append(f"pay{least}" + (f" up to {pounds(high)}" if high is not None else ""))
    return f"{_given(rise)}{' on ' if on else ''}{', '.join(on)}{when}"


def _given(rise: Rise) -> str:
    """Say how much a rise gives."""
    if rise.not_known:
        return f"not known ({rise.not_known})"
    if rise.becomes is not None:
        return pounds(rise.becomes)
    sums = [f"{rise.percent}%"] * bool(rise.percent) + [pounds(rise.flat)] * bool(rise.flat)
    if rise.at_least is not None:
        sums.append(f"at least {pounds(rise.at_least)}")
    if rise.at_most is not None:
        sums.append(f"at most {pounds(rise.at_most)}")
    once = ", paid once" if rise.once else ""
    return f"{series(sums)}{once}{', whatever the hours' if rise.per_head else ''}"


def _gives(version: PayClauseVersion, names: Mapping[str, str]) -> str:
    """Say what each class of hours pays more by a version of a clause, band by band."""
    if version.not_known:
        return f"not known, because {version.not_known}"
    found = []
    for rate in version.rates:
        bands = f" of band {series(rate.bands)}" if rate.bands else ""
        more = f"{rate.percent} per cent" if rate.per_hour is None else f"{pounds(rate.per_hour)}"
        more = f"not known, {rate.not_known}" if rate.not_known else f"{more} more"
        found.append(f"{names[rate.hours]}{bands}: {more}")
    return "; ".join(found)


def _kept_rate(version: PayClauseVersion) -> Iterator[str]:
    if version.kept is not None:
        bands = f" of band {series(version.kept.bands)}" if version.kept.bands else ""
        yield f"An hour{bands} brings no less in cash than {version.kept.of}."


def _points(table: PayTable, unit: str) -> str:
    """Say what the points of a table pay: each, so that every change shows."""
    each = ", ".join(f"{one.point} {pounds(one.pay)}" for one in table.pay)
    return f"pay {unit} by point: {each}" + ("" if table.complete else "; other points not found")


def _read_where(table: PayTable) -> tuple[str, ...]:
    if not table.remembered:
        return ()
    return (f"Remembered, and not read in the source: {series(table.remembered)}.",)
