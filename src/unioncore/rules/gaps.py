"""What is still open: the facts not given, and the times and people of which no rule speaks."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from unioncore.errors import NO_UNION
from unioncore.legal import DayRange
from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Expression,
    InSet,
    Not,
    NotReviewed,
    names_in,
)
from unioncore.rules.derivation import Asked
from unioncore.rules.evaluate import Subject
from unioncore.rules.functions import bounds
from unioncore.rules.prose import Prose
from unioncore.rules.rule import Measure, Silence, Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause

__all__ = ["Gaps"]

_ONE_DAY = timedelta(days=1)


@frozen(eq=False, repr=False)
class _Unsettled:
    """Why one fact, or one word of it, is open."""

    missing: tuple[str, ...] = ()
    """Recorded facts that were not given, or of which only bounds were."""
    said: tuple[str, ...] = ()
    """Why the rules leave it open, in words."""
    further: tuple[Asked, ...] = ()
    """The facts on which it waits."""


class Gaps:
    """Why facts of one subject are not known; each part is worked out once."""

    def __init__(self, subject: Subject, prose: Prose) -> None:
        self.subject = subject
        self.prose = prose
        self.say = prose.say
        self._open: dict[Asked, _Unsettled] = {}

    def of(self, asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the recorded facts that could still decide it, and why the rules leave it open.

        One walk through whatever could still decide it.
        """
        missing: dict[str, None] = {}
        said: dict[str, None] = {}
        waiting = [asked]
        seen = set(waiting)
        while waiting:
            one = waiting.pop()
            found = self._open.get(one)
            if found is None:
                found = self._open[one] = self._look(*one)
            missing |= dict.fromkeys(found.missing)
            said |= dict.fromkeys(found.said)
            for each in reversed(found.further):
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
        return tuple(sorted(missing)), tuple(said)

    def _look(self, key: str, word: str) -> _Unsettled:
        subject, rules = self.subject, self.subject.rules
        fact = rules.facts.get(key)
        if fact is None:
            return _Unsettled()
        value = subject.value(key)
        if value is not None:
            return (
                _Unsettled((key,))
                if isinstance(value, DayRange) and not fact.derived
                else _Unsettled()
            )
        match subject.decider(key):
            case None if fact.derived:
                name = self.prose.label(key)
                if rules.union:
                    return _Unsettled(said=(self.say("reason.no-plugin", name=name),))
                nor = self.say("reason.no-plugin-nor-union", name=name, no_union=NO_UNION)
                return _Unsettled(said=(nor,))
            case None:
                return _Unsettled((key,))
            case Choosing() as choosing:
                return self._choosing(key, choosing)
            case Gathering() as gathering:
                return self._gathering(key, word, gathering)
            case Table() as table:
                by = self.prose.label(table.by)
                listed = self.say("reason.not-listed", table=table.key, by=by)
                said = tuple(self._on_purpose(key)) or (listed,)
                said = said if subject.value(table.by) is not None else ()
                return _Unsettled((), said, ((table.by, ""), (table.dated_by, "")))
            case Measure() as measure:
                # What is asked of each record may rest on facts outside it, or not be recorded.
                read = (measure.over, *names_in(measure.where))
                none = self.say("reason.no-records", records=self.prose.label(measure.over))
                return _Unsettled((), (none,), tuple((name, "") for name in read))

    def _choosing(self, key: str, choosing: Choosing) -> _Unsettled:
        counts = [(clause, self.subject.counts(clause, choosing)) for clause in choosing.clauses]
        undecided = [(clause, truth) for clause, truth in counts if truth is not False]
        if not undecided:
            silent = tuple(said for clause in choosing.clauses for said in self._excepted(clause))
            why, of_days = self._no_rule(key)
            # That a rule for these people has ended, or begins later, is the nearer reason.
            if not of_days:
                silent += tuple(self._on_purpose(key))
            return _Unsettled(said=silent or (why,))
        nodes: list[Expression] = []
        for clause, truth in undecided:
            if truth is None:
                nodes += self._conditions(clause, choosing)
            if clause.value is not None:
                nodes.append(clause.value)
        return self._among(nodes)

    def _gathering(self, key: str, word: str, gathering: Gathering) -> _Unsettled:
        nodes: list[Expression] = []
        for one in [word] if word else gathering.words:
            if self.subject.has(key, one) is None:
                for clause in gathering.words.get(one, ()):
                    if self.subject.counts(clause, gathering) is None:
                        nodes += self._conditions(clause, gathering)
        if word or self.subject.closed(gathering):
            return self._among(nodes)
        nodes += [clause.holds for clause in gathering.closing]
        said = []
        if all(self.subject.holds(clause) is False for clause in gathering.closing):
            part = self.subject.in_part(key)
            known = frozenset() if part is None else part.at_least
            further = self.prose.further(key, known)
            purposes = self.say.series(each.because for each in self._silences(key))
            if why := purposes or self._no_rule(key)[0]:
                said.append(self.say("reason.whether-further-why", further=further, why=why))
            else:
                said.append(self.say("reason.whether-further", further=further))
        return self._among(nodes, *said)

    def _conditions(
        self, clause: RuleClause, decider: Choosing | Gathering
    ) -> Iterator[Expression]:
        yield clause.holds
        yield from (decider.raw[key] for key in decider.overriders.get(clause.rule.key, ()))

    def _among(self, nodes: Iterable[Expression], *said: str) -> _Unsettled:
        """Follow the parts of expressions that are not known."""
        texts: list[str] = []
        further: dict[Asked, None] = {}
        waiting = list(reversed(list(nodes)))
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue  # rules that override several are met once for each
            seen.add(id(node))
            match node:
                case AllOf(parts) | AnyOf(parts):
                    if self.subject.truth(node) is None:
                        waiting += reversed(parts)
                case Not(part):
                    waiting.append(part)
                case NotReviewed(reason):
                    texts.append(reason)
                case InSet(item, key):
                    if self.subject.truth(node) is None:
                        word = self.subject.evaluate(item)
                        further[key, word if isinstance(word, str) else ""] = None
                        waiting.append(item)
                case _ if self.subject.evaluate(node) is None:
                    further |= dict.fromkeys(self.subject.rules.read_by(node))
        return _Unsettled((), (*texts, *said), tuple(further))

    def _excepted(self, clause: RuleClause) -> Iterator[str]:
        """Say why a rule that would decide its fact is silent: an exception without a value."""
        version = clause.version
        if version is None or clause.exception is not None:
            return
        truth = self.subject.truth
        exception = next((each for each in version.exceptions if truth(each.when)), None)
        if exception is None or exception.value is not None:
            return
        if truth(clause.force) and truth(version.when):
            by = self.say.series(map(str, exception.citations or version.citations))
            said = {"rule": clause.rule.key, "name": self.prose.label(clause.rule.decides)}
            said["why"] = exception.because
            if by:
                yield self.say("reason.silent-by", sources=by, **said)
            else:
                yield self.say("reason.silent", **said)

    def _silences(self, key: str) -> Iterator[Silence]:
        """Give the definitions that leave the fact undecided for such people on purpose."""
        for silence in self.subject.rules.silences:
            if key in silence.of and self.subject.truth(silence.when):
                yield silence

    def _on_purpose(self, key: str) -> Iterator[str]:
        """Say why a definition leaves the fact undecided for such people."""
        for silence in self._silences(key):
            said = {"name": self.prose.label(key), "why": silence.because}
            if by := self.say.series(map(str, silence.citations)):
                yield self.say("reason.left-open-by", sources=by, **said)
            else:
                yield self.say("reason.left-open", **said)

    def _no_rule(self, key: str) -> tuple[str, bool]:
        """Say that no rule speaks: of these people, or of a day that no version covers.

        For a set, that none says that there is nothing else; "" where none ever does. With it goes
        whether the day is the reason.
        """
        say, label, truth = self.say, self.prose.label(key), self.subject.truth
        decider = self.subject.rules.deciders[key]
        assert isinstance(decider, Choosing | Gathering)
        if isinstance(decider, Choosing):
            clauses, none = decider.clauses, say("reason.none-decides", name=label)
        elif decider.closing:
            clauses, none = decider.closing, say("reason.none-settles")
        else:
            return "", False
        versions = [clause for clause in clauses if clause.version is not None]
        # Where versions are for some people only, those of others say nothing.
        theirs = [c for c in versions if c.version and truth(c.version.when) is not False]
        theirs = theirs or versions
        in_force = [clause for clause in versions if truth(clause.force) is not False]
        if any(isinstance(decider, Gathering) or clause in theirs for clause in in_force):
            return none, False
        ended: list[date] = []
        starts: list[date] = []
        for clause in theirs:
            assert clause.version is not None
            period = clause.version.period
            first, last = bounds(self.subject.value(clause.rule.dated_by))
            ended += [period.end] if period.end is not None and period.end <= first else []
            starts += [period.start] if period.start is not None and period.start > last else []
        if ended and starts:
            first, last = max(ended), min(starts) - _ONE_DAY
            if first == last:
                what = say("reason.gap-of-a-day", name=label, day=say.long_date(first))
            else:
                days = {"first": say.long_date(first), "last": say.long_date(last)}
                what = say("reason.gap", name=label, **days)
        elif ended:
            what = say("reason.ended", name=label, day=say.long_date(max(ended) - _ONE_DAY))
        elif starts:
            what = say("reason.starts", name=label, day=say.long_date(min(starts)))
        else:
            return say("reason.none-on-the-day", name=label), False
        return (say("reason.for-these-facts", what=what) if in_force else what), True
