"""The one door into cases: every entry passes every gate that applies to it, or is refused.

A gate gives what an entry lacks. All gates are asked, so that every reason comes at once; only an
entry whose fields cannot be read, or whose track is not there, is not asked about further.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Self

import attrs
from attrs import field, frozen

from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.authority import unauthorised
from unioncore.answers.cases.casework import bare, doubted, order, ready
from unioncore.answers.cases.proofs import late
from unioncore.answers.cases.refusals import Lacking, Refusal, refusal
from unioncore.answers.cases.sides import is_opposed
from unioncore.answers.cases.viewing import Viewer, roles_over
from unioncore.answers.cases.words import mistyped, unknown
from unioncore.answers.together import Answers
from unioncore.checked import check_ours, check_several, checked
from unioncore.errors import NoUnion, UnknownName, WrongArgument, did_you_mean, nearest
from unioncore.legal import in_force
from unioncore.model import (
    UNION_TRACK,
    Agreement,
    Body,
    Campaign,
    Case,
    CaseEntry,
    CaseEvent,
    Employer,
    Happened,
    Involve,
    Link,
    Membership,
    Office,
    Open,
    Person,
    TradeUnion,
    Union,
    Unit,
    Workplace,
)
from unioncore.model.entries import changed
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.shown import Shown

__all__ = ["Desk", "Taken"]

_SUBJECTS = "a body, forum, employer, workplace, unit, agreement or campaign, by key"
"""What a collective matter can be about."""


@frozen(eq=False, repr=False)
class _Cases(Mapping[str, Case]):
    """Cases by reference, to which one after another is added without copying them all."""

    _most: Mapping[str, Case]
    _newer: Mapping[str, Case]
    """Those added since: few, beside ``_most``, and what counts where both have a case."""

    def __getitem__(self, reference: str) -> Case:
        return self._newer[reference] if reference in self._newer else self._most[reference]

    def __iter__(self) -> Iterator[str]:
        yield from self._most
        yield from (each for each in self._newer if each not in self._most)

    def __len__(self) -> int:
        return len(self._most) + sum(each not in self._most for each in self._newer)

    def __repr__(self) -> str:
        return repr(dict(self))

    def having(self, case: Case) -> "_Cases":
        newer = {**self._newer, case.reference: case}
        if len(newer) ** 2 <= len(self._most):
            return _Cases(self._most, newer)
        return _Cases({**self._most, **newer}, {})


def _by_reference(cases: Iterable[Case] | Mapping[str, Case]) -> _Cases:
    found: dict[str, Case] = {}
    several = cases.values() if isinstance(cases, Mapping) else check_several(cases, "cases")
    for each in several:
        case = check_ours(each, Case, "cases")
        if case.reference in found:
            said = f"two cases are called {case.reference!r}"
            raise WrongArgument("cases", "a reference for each case", said, "leave one out")
        found[case.reference] = case
    return _Cases(found, {})


@frozen(kw_only=True)
class Desk(Shown, shows="union cases"):
    """The rules, the union's records, and every case that is open. It never changes.

    ``enter`` gives a desk whose case has a further entry, or a refusal.

    Raises:
        WrongArgument: when two cases have one reference, or something else is no case.
    """

    rulebook: Rulebook
    union: Union
    cases: _Cases = field(default=_Cases({}, {}), converter=_by_reference)
    """The cases by reference; any iterable of cases may be given."""

    def __attrs_post_init__(self) -> None:
        check_rulebook(self.rulebook)
        check_ours(self.union, Union, "union")

    @checked
    def case(self, reference: str) -> Case:
        """Return a case; raises ``UnknownName`` with the nearest."""
        return self._case(reference)

    @checked
    def open_case(
        self, *, reference: str, person: str, on: date, by: str, branch: str = ""
    ) -> "Taken | Refusal":
        """Open a member's case, with the track of the union's own handling.

        Args:
            reference: what the case is called by; it says nothing about the member.
            person: the member, by key.
            on: the day.
            by: who opens it, by key.
            branch: the branch; where none is given, that of the membership on the day.

        Raises:
            NoUnion: when no union's rules are loaded, or they say nothing of how it handles a case.
            NotADay: when ``on`` is not a plain day.
            UnknownName: when its own handling was not known on the day.
        """
        own = self.rulebook.named(TradeUnion).get(self.rulebook.own_union or "")
        if own is None or not own.case_type:
            raise NoUnion("how a union handles a member's case")
        kind = self.rulebook.case_type(own.case_type)
        if in_force(kind.versions, on) is None:
            raise UnknownName("case type in force", f"{kind.key} on {on.isoformat()}")
        case = self._begun(reference, person, branch or self._branch_of(person, on), "", on)
        first = Open(track=UNION_TRACK, case_type=kind.key, on=on, by=by)
        return self._take(case, first, self._wrong_opening(case))

    @checked
    def open_matter(
        self, *, reference: str, about: str, on: date, branch: str = ""
    ) -> "Taken | Refusal":
        """Open a collective matter, which is of no member and has no track yet.

        Args:
            reference: what the matter is called by.
            about: the body, forum, employer, workplace, unit or agreement, by key.
            on: the day.
            branch: the branch whose matter it is; empty where it is of none, such as a national
                one.

        Raises:
            NotADay: when ``on`` is not a plain day.
        """
        case = self._begun(reference, "", branch, about, on)
        wrong = self._wrong_opening(case)
        return refusal(None, *wrong) if wrong else Taken(self._with(case), case, None)

    @checked
    def enter(self, reference: str, entry: CaseEntry) -> "Taken | Refusal":
        """Enter something into a case: a desk with the new case, or why not.

        What the case type wants proved, such as that a body has agreed, is found from the record;
        nobody's word stands in for it. A link is entered into both cases.

        Raises:
            UnknownName: when no case has the reference.
            WrongArgument: when ``entry`` is no entry.
        """
        case = self._case(reference)
        if not entry.act:
            got = type(entry).__name__
            raise WrongArgument("entry", "an entry", got, "make one of the acts, such as CaseEvent")
        return self._take(case, entry)

    @checked
    def replay(self, reference: str) -> "Taken | Refusal":
        """Enter everything of a case again, from the beginning, through the same gates.

        Refused is a case in which an entry was changed or cut off, or that would not be taken
        today: by the rules and records as they now are.
        """
        case = self._case(reference)
        if case.altered is not None:
            place = min(case.altered, len(case.entries) - 1)
            said = f"entry {case.altered} is not as it was entered"
            return refusal(case.entries[place], Lacking(said, "the case as it was stored"))
        again = attrs.evolve(case, entries=(), mark="")
        for entry in case.entries:
            found = self._again(again, entry)
            if isinstance(found, Refusal):
                return found
            again = found
        return Taken(self, again, case.entries[-1] if case.entries else None)

    @checked
    def viewer(
        self, reference: str, person: str, *, on: date, roles: Collection[str] = ()
    ) -> Viewer:
        """Return who somebody is towards a case on a day; ``view`` takes it for that day.

        Args:
            reference: the case.
            person: the person, by key; somebody in no record, such as an employer, holds no office.
            on: the day.
            roles: further roles that no record holds, such as ``employer``.

        Raises:
            UnknownName: when no case has the reference, or no rule knows a role.
        """
        case, known = self._case(reference), self.rulebook.words_of("viewer_role")
        for role in roles:
            if role not in known:
                raise UnknownName("viewer role", role, nearest(role, known))
        others = self._asked(case).others
        own = roles_over(self.rulebook, case, self.union.on(on), person)
        return Viewer(
            person=person,
            case=reference,
            roles=own | frozenset(roles),
            is_opposed=is_opposed(self.rulebook, self.union.on(on), case, person, others),
            on=on,
        )

    # -- behind the door ---------------------------------------------------------------------------

    def _case(self, reference: str) -> Case:
        found = self.cases.get(reference)
        if found is None:
            raise UnknownName("case", reference, nearest(reference, self.cases))
        return found

    def _begun(self, reference: str, person: str, branch: str, about: str, on: date) -> Case:
        return Case(
            reference=reference,
            person=person,
            branch=branch,
            about=about,
            opened=on,
            fingerprint=self.rulebook.fingerprint,
        )

    def _with(self, case: Case) -> "Desk":
        return changed(self, cases=self.cases.having(case))

    def _asked(self, case: Case, known_on: date = date.max) -> Asked:
        return Asked(
            rulebook=self.rulebook,
            union=self.union,
            case=case,
            cases=self.cases,
            known_on=known_on,
        )

    def _branch_of(self, person: str, on: date) -> str:
        """Return the branch of somebody's membership on a day; empty where none is recorded."""
        if not self.union.knows(Person, person):
            return ""
        rows = self.union.on(on).rows(Membership, "person", person)
        return next((row.branch for row in rows if row.union in ("", self.union.key)), "")

    def _wrong_opening(self, case: Case) -> list[Lacking]:
        """Return what is wrong with how a case would be opened."""
        found = []
        name = case.reference
        if not name.strip():
            found.append(Lacking("reference: it is blank", "what the case is called by"))
        elif name != name.strip() or not name.isprintable():
            said = "reference: it holds a character that cannot be seen, or blanks at its ends"
            found.append(Lacking(said, "what the case is called by, on one line"))
        elif case.reference in self.cases:
            said = f"reference: another case is called {case.reference!r}"
            found.append(Lacking(said, "a reference of its own"))
        if case.about and not self._is_subject(case.about):
            hint = did_you_mean(nearest(case.about, self.rulebook.named(Body)))
            said = f"about: nothing that is known is called {case.about!r}{hint}"
            found.append(Lacking(said, _SUBJECTS))
        elif not case.about and not case.person:
            said = "about: it is blank"
            found.append(Lacking(said, _SUBJECTS))
        if case.person and not self.union.knows(Person, case.person):
            found.append(Lacking("person: nobody in the union's records has this key"))
        if case.branch and not self.union.knows(Unit, case.branch):
            found.append(Lacking(f"branch: {self.union.unknown(Unit, case.branch)}"))
        elif case.branch:
            unit = self.union.on(case.opened).unit(case.branch)
            if unit is not None and unit.kind != "branch":
                found.append(Lacking(f"branch: {unit.key} is a {unit.kind} and not a branch"))
        if case.person and not case.branch:
            found.append(Lacking("branch: the records hold none for the member", "the branch"))
        return found

    def _is_subject(self, key: str) -> bool:
        """Say whether there is something that a collective matter can be about."""
        defined = key in self.rulebook.named(Body) or key in self.rulebook.named(TradeUnion)
        records = (Employer, Workplace, Unit, Office, Agreement, Campaign)
        return defined or any(self.union.knows(kind, key) for kind in records)

    def _take(
        self, case: Case, entry: CaseEntry, wrong: Iterable[Lacking] = ()
    ) -> "Taken | Refusal":
        found = _checked(self._asked(case), entry, wrong)
        if isinstance(found, Refusal):
            return found
        taken = case.entered(found)
        desk = self._with(taken)
        touched = [case.reference]
        if isinstance(found, Link):
            desk = desk._with(_linked_back(desk._case(found.reference), case.reference, found))
            touched.append(found.reference)
        warnings: Iterable[str] = ()
        if isinstance(found, Link | Involve):
            warnings = desk._conflicts(touched, found.on)
        elif isinstance(found, CaseEvent | Happened):
            warnings = late(desk._asked(taken), found)
        elif isinstance(found, Open):
            warnings = doubted(desk._asked(taken), found)
        return Taken(desk, taken, taken.entries[-1], tuple(warnings))

    def _conflicts(self, references: Iterable[str], on: date) -> Iterator[str]:
        """Give who represents and is on the other side: a view shows them nothing from now on."""
        for case in map(self._case, references):
            others = self._asked(case).others
            for track in case.tracks.values():
                for each in track.assigned(on):
                    if is_opposed(self.rulebook, self.union.on(on), case, each.person, others):
                        yield (
                            f"{case.reference}/{track.key}: who represents is on the other side; "
                            "somebody else must be found"
                        )

    def _again(self, case: Case, entry: CaseEntry) -> Case | Refusal:
        """Return a case after an entry that was taken before, or why it would not be today.

        What was entered into other cases on the same day may have come before it or after it.
        """
        found: CaseEntry | Refusal = entry
        for day in (entry.recorded - timedelta(1), entry.recorded):
            found = _checked(self._asked(case, known_on=day), bare(entry))
            if not isinstance(found, Refusal):
                return case.entered(found)
        assert isinstance(found, Refusal)
        return found


@frozen
class Taken(Answers, shows="case entry", inside="desk"):
    """That an entry was taken, and what has come of it."""

    desk: Desk
    """The desk with the new case."""
    case: Case
    entry: CaseEntry | None
    """The entry as it stands in the case; None for a matter that was opened."""
    warnings: tuple[str, ...] = ()
    """What somebody must see to now, such as a conflict that the entry has brought out."""

    def ok(self) -> Self:
        """Return itself; a ``Refusal`` raises."""
        return self


def _checked(asked: Asked, entry: CaseEntry, wrong: Iterable[Lacking] = ()) -> CaseEntry | Refusal:
    """Return an entry with what is filled in, once it has passed every gate."""
    lacking = list(mistyped(entry))
    if not lacking:
        blank = list(unknown(asked, entry))
        lacking = [*wrong, *order(asked.case, entry), *blank]
        # What is asked further needs the words of the entry.
        if not blank:
            found = ready(asked, entry)
            lacking += unauthorised(asked, entry if isinstance(found, Refusal) else found)
            if isinstance(found, Refusal):
                lacking += found.lacking
            elif not lacking:
                return found
    return refusal(entry, *lacking)


def _linked_back(case: Case, reference: str, link: Link) -> Case:
    """Return a case with the link that another one has to it."""
    if any((each.how, each.reference) == (link.how, reference) for each in case.links()):
        return case
    last = case.entries[-1].recorded if case.entries else link.recorded
    back = Link(
        on=link.on,
        recorded=max(link.recorded, last),
        by=link.by,
        how=link.how,
        reference=reference,
    )
    return case.entered(back)
