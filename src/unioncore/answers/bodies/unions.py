"""What is known of each union: who leads it, where it is, and what it belongs to."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Citation
from unioncore.model import Affiliation, LedBy, TradeUnion
from unioncore.rulebook import Rulebook
from unioncore.rules import series

__all__ = ["AboutUnion", "Unions", "about_union", "unions"]

_LED_BY = {LedBy.LAY_MEMBERS: "lay members", LedBy.OFFICIALS: "officials"}
_NOT_KNOWN = "not known"


@frozen(kw_only=True)
class AboutUnion(Answers, shows="key on"):
    """What is known of one union on a day. What is None or empty is not known."""

    key: str
    name: str
    on: date
    own: bool
    """Whether the rulebook is its own."""
    led_by: LedBy | None
    countries: tuple[str, ...]
    venture_of: tuple[str, ...]
    """The names of the unions whose joint venture it is."""
    ventures: tuple[str, ...]
    """The names of the joint ventures that it has with others."""
    part_of: str
    """The name of the union that it is a part of since it was merged."""
    took_in: tuple[str, ...]
    """The names of the unions that were merged into it."""
    affiliations: tuple[Affiliation, ...]
    """What it is affiliated to on the day."""
    citations: tuple[Citation, ...]

    def facts(self) -> Iterator[str]:
        """Give what is known, and that who leads it or where it is is not."""
        led = _NOT_KNOWN if self.led_by is None else _LED_BY[self.led_by]
        yield f"led by: {led}"
        yield f"members in: {series(self.countries) or _NOT_KNOWN}"
        for said, names in (
            ("joint venture of", self.venture_of),
            ("has a joint venture", self.ventures),
            ("was merged into", (self.part_of,)),
            ("took in", self.took_in),
        ):
            if any(names):
                yield f"{said}: {series(names)}"
        for each in self.affiliations:
            where = {True: ", nationally and locally", False: ", nationally", None: ""}
            paid = f", paid from {each.through}" if each.through else ", who pays is not known"
            yield f"affiliated to: {each.to}, {each.period}{where[each.locally]}{paid}"

    def to_text(self) -> str:
        """Return it as lines for people."""
        own = ", whose rulebook this is" if self.own else ""
        lines = [f"{self.name} ({self.key}){own}", *(f"  {each}" for each in self.facts())]
        cited = (*self.citations, *(c for each in self.affiliations for c in each.citations))
        lines += [f"  source: {citation}" for citation in dict.fromkeys(cited)]
        return "\n".join(lines)


@frozen
class Unions(Answers, shows="on each"):
    """What is known of every union that a plugin declares, on a day."""

    on: date
    each: tuple[AboutUnion, ...]

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n\n".join(each.to_text() for each in self.each)


@checked
def about_union(rulebook: Rulebook, union: str, *, on: date) -> AboutUnion:
    """Answer what is known of a union on a day.

    Args:
        rulebook: the rules.
        union: the union's key.
        on: the day of the question.

    Raises:
        UnknownName: when no plugin declares such a union.
    """
    known = rulebook.named(TradeUnion)
    if union not in known:
        raise UnknownName("union", union, nearest(union, known))
    found = known[union]

    def merged(each: TradeUnion) -> bool:
        return each.merged_on is not None and each.merged_on <= on

    return AboutUnion(
        key=union,
        name=found.name,
        on=on,
        own=found.own,
        led_by=found.led_by,
        countries=found.countries,
        venture_of=tuple(known[key].name for key in found.venture_of),
        ventures=tuple(each.name for each in known.values() if union in each.venture_of),
        part_of=known[found.merged_into].name if merged(found) else "",
        took_in=tuple(e.name for e in known.values() if e.merged_into == union and merged(e)),
        affiliations=tuple(each for each in found.affiliations if on in each.period),
        citations=found.citations,
    )


@checked
def unions(rulebook: Rulebook, *, on: date) -> Unions:
    """Answer what is known of every union on a day, the rulebook's own first."""
    known = rulebook.named(TradeUnion)
    order = sorted(known, key=lambda key: (not known[key].own, known[key].name.casefold()))
    return Unions(on, tuple(about_union(rulebook, key, on=on) for key in order))
