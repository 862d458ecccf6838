"""Posts of the union's staff: who holds them, whom they report to, and what they answer to."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import Holding, Office, OfficeRole, Oversight, Snapshot
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date, series

__all__ = ["Post", "PostList", "posts"]


@frozen
class Post(Answers, shows=""):
    """A post of the staff on a day; what is empty is not recorded."""

    office: str
    role: str
    """What kind of post it is, as the rulebook calls it."""
    unit: str
    grade: str
    place: str
    """The workplace."""
    responsible_for: str
    holders: tuple[str, ...]
    """Who holds it, by key; none where it is vacant."""
    since: date | None
    """From when the latest of them has held it; None where it is vacant."""
    reports_to: tuple[str, ...]
    """The posts above it, the nearest first, as far as they are recorded."""
    answers_to: tuple[str, ...]
    """The committees and other units that it answers to beside them."""

    def lines(self) -> Iterator[str]:
        """Give it as lines for people."""
        held = "vacant"
        if self.holders and self.since is not None:
            held = f"held by {series(self.holders)}, since {long_date(self.since)}"
        yield f"{self.office}: {self.role}, {held}"
        if self.grade or self.place:
            yield f"  {'; '.join(each for each in (self.grade, self.place) if each)}"
        above = ", then ".join(self.reports_to) or "not recorded"
        yield f"  reports to: {above}"
        if self.answers_to:
            yield f"  answers to: {series(self.answers_to)}"
        if self.responsible_for:
            yield f"  responsible for: {self.responsible_for}"


@frozen
class PostList(Answers, shows="posts"):
    """The posts of a union's staff on a day."""

    posts: tuple[Post, ...]

    def to_text(self) -> str:
        """Return it as lines for people."""
        lines = [line for each in self.posts for line in each.lines()]
        return "\n".join(lines) or "no post of the staff is recorded"


@checked
def posts(rulebook: Rulebook, now: Snapshot, unit: str = "") -> PostList:
    """Answer which posts of the staff there are on the day of ``now``, of one unit or of all.

    A post is an office of which the rulebook says that staff hold it.

    Raises:
        UnknownName: when no record knows the unit.
    """
    roles = {key: role for key, role in rulebook.named(OfficeRole).items() if role.staff}
    offices = now.offices(unit) if unit else now.every(Office)
    mine = (each for each in offices if each.role in roles)
    return PostList(tuple(_post(now, each, roles[each.role]) for each in mine))


def _post(now: Snapshot, office: Office, role: OfficeRole) -> Post:
    held = sorted(now.rows(Holding, "office", office.key), key=lambda row: row.start)
    version = next((each for each in role.versions if now.day in each.period), role.versions[-1])
    return Post(
        office=office.key,
        role=version.name,
        unit=office.unit,
        grade=office.grade,
        place=office.place,
        responsible_for=office.responsible_for,
        holders=tuple(row.person for row in held),
        since=held[-1].start if held else None,
        reports_to=tuple(_above(now, office)),
        answers_to=tuple(row.unit for row in now.rows(Oversight, "office", office.key)),
    )


def _above(now: Snapshot, office: Office) -> Iterator[str]:
    seen = {office.key}
    key = office.reports_to
    # Records that go round in a circle are a fault, and still come to an end.
    while key and key not in seen:
        yield key
        seen.add(key)
        above = now.office(key)
        key = "" if above is None else above.reports_to
