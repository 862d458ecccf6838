"""How a body is made up beside those who elect it, as counts that give nobody away."""

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.democracy.conference import women_in_proportion
from unioncore.answers.figures import Pattern, Withheld, publish_counts
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.model import GroupMember, Snapshot
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["FairShare", "fair_share"]

_GENDER = "gender"
_NOT_RECORDED = "not recorded"
_IN_PROPORTION = Fact("committee.in_proportion", FactType.YES_NO, "the body is in proportion")


@frozen
class FairShare(Answers, shows="unit by"):
    """Who sits on a body beside those who elect it, by one thing, as counts that may go out.

    A small count is suppressed, and with it what would give it away. Publish the same people once:
    two such tables could be held against each other.
    """

    unit: str
    by: str
    table: Pattern | Withheld
    """A row each for ``holders`` and ``electors``, each person once."""
    in_proportion: Answer[bool]
    """Whether women hold as much of the body as the rules call for; not known of anything else, for
    which no proportion is laid down."""

    def to_text(self) -> str:
        """Return a line for each row."""
        if isinstance(self.table, Withheld):
            return f"{self.unit} by {self.by}: withheld: {self.table}"
        lines = [f"{self.unit} by {self.by}; counts below {self.table.smallest} are suppressed"]
        for place, row in enumerate(self.table.rows.all()):
            counts = {**self.table.counts(row), "all": self.table.row_totals[place]}
            told = counts.items()
            said = ", ".join(f"{key} {'suppressed' if n is None else n}" for key, n in told)
            lines.append(f"  {row}: {said}")
        if self.by == _GENDER:
            lines.append(f"  women in proportion: {self.in_proportion.value_to_text()}")
        return "\n".join(lines)


@checked
def fair_share(
    rulebook: Rulebook, now: Snapshot, unit: str, electorate: Iterable[str], *, by: str
) -> FairShare:
    """Answer how a body is made up beside the members (by key) who elect it.

    ``by`` is ``gender``, a self-organised group, or the key of a derived fact that is yes or no,
    such as ``young_member``. What somebody did not say, or no record tells, is ``not recorded``, so
    that whoever declared no group is not counted as being outside it.

    Raises:
        UnknownName: when no record knows the unit, or nothing is called as ``by`` says.
    """
    groups, facts = rulebook.words_of("self_organised_group"), rulebook.rules.facts
    asked = [key for key, each in facts.items() if each.derived and each.type is FactType.YES_NO]
    known = [_GENDER, *groups, *asked]
    if by not in known:
        raise UnknownName("way to count the people of a body", by, nearest(by, known))
    holders = [who for office in now.offices(unit) for who in now.holders(office.key)]
    people = {"holders": dict.fromkeys(holders), "electors": dict.fromkeys(electorate)}
    in_proportion = (
        women_in_proportion(rulebook, now, people["holders"], people["electors"], now.day)
        if by == _GENDER
        else Working.by(rulebook, now.day).not_known(
            _IN_PROPORTION, "the rules lay down a proportion of women only"
        )
    )

    def said(who: str) -> str:
        if by == _GENDER:
            person = now.person(who)
            return (person.gender if person is not None else "") or _NOT_RECORDED
        if by in groups:
            declared = {row.group for row in now.rows(GroupMember, "person", who)}
            return "yes" if by in declared else _NOT_RECORDED
        found = ask(rulebook, member_facts(rulebook, now, who), by, on=now.day)[by]
        return _NOT_RECORDED if not found.known else "yes" if found.value else "no"

    counts = {row: dict(Counter(map(said, keys))) for row, keys in people.items()}
    table = publish_counts(rulebook, counts, rows="people", columns=by, on=now.day, protected=True)
    return FairShare(unit, by, table, in_proportion)
