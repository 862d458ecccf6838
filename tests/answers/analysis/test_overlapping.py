"""Which rules of one fact can hold for one person and say different things."""

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import core, everything
from tests.rules.strategies import CITED

from unioncore.answers import OverlappingRules, overlaps
from unioncore.errors import WrongArgument
from unioncore.legal import Period
from unioncore.rules import Fact, FactType, Rule, RuleSet, RuleVersion, Subject
from unioncore.rules.condition import AllOf, AnyOf, Compare, Expression, Literal, Name, Not
from unioncore.rules.overlap import Overlap, settled_overlaps
from unioncore.rules.overlap import overlaps as clashes


def pairs() -> dict[tuple[str, str], OverlappingRules]:
    return {(each.first, each.second): each for each in overlaps(core())}


def test_no_rules_of_the_core_clash_and_each_pair_says_which_counts() -> None:
    found = pairs()
    assert all(each.counts in pair for pair, each in found.items())
    one = found["core.dismissal-from-the-end", "core.no-other-start"]
    assert one.counts == "core.dismissal-from-the-end"
    assert one.person is not None
    assert one.to_dict()["person"] == dict(one.person)


def test_both_rules_hold_for_the_person() -> None:
    rules = core().rules
    for pair, each in pairs().items():
        if each.person is not None:
            subject = Subject(rules, each.person)
            raw = getattr(rules.deciders[each.fact], "raw")  # noqa: B009
            assert all(subject.truth(raw[key]) is True for key in pair)


@pytest.mark.needs_plugins
@pytest.mark.slow
def test_few_pairs_of_what_ships_are_not_proved() -> None:
    found = overlaps(everything())
    unproved = {(each.first, each.second) for each in found if each.person is None}
    assert unproved <= {
        ("core.facility-time-all", "core.facility-time-up-to-half"),
        ("unison.student", "unison.unemployed"),
        ("unison.student", "unison.unemployed_by_agreement"),
    }


def test_only_a_rulebook_is_asked() -> None:
    with pytest.raises(WrongArgument):
        overlaps(core().rules)  # type: ignore[arg-type]


# -- against everybody there can be ------------------------------------------------------------

FACTS = {
    fact.key: fact
    for fact in (
        Fact("kind", FactType.CHOICE, "the kind", choices=("a", "b", "c")),
        Fact("works", FactType.YES_NO, "somebody works"),
        Fact("pays", FactType.YES_NO, "somebody pays"),
        Fact("group", FactType.CHOICE, "the group", derived=True, choices=("x", "y")),
    )
}
EVERYBODY = [
    dict(zip(("kind", "works", "pays"), each, strict=True))
    for each in product(("a", "b", "c"), (True, False), (True, False))
]
_leaves: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from([Name("works"), Name("pays")]),
    st.sampled_from("abc").map(lambda word: Compare("==", Name("kind"), Literal(word))),
)
_conditions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.tuples(inner, inner).map(AllOf),
        st.tuples(inner, inner).map(AnyOf),
    ),
    max_leaves=4,
)


@st.composite
def groups(draw: st.DrawFn) -> RuleSet:
    made: list[Rule] = []
    for number in range(draw(st.integers(2, 4))):
        value = Literal(draw(st.sampled_from("xy")))
        version = RuleVersion(Period(), draw(_conditions), value, CITED)
        over = tuple(each.key for each in made if draw(st.booleans()))
        made.append(Rule(f"t.{number}", "group", (version,), overrides=over))
    return RuleSet(facts=FACTS, rules=tuple(made))


def met(rules: RuleSet, person: dict[str, Any]) -> set[tuple[str, str, str]]:
    """The pairs that hold for one person and differ, each with the rule that overrides."""
    subject, found = Subject(rules, person), set()
    held = [each for each in rules.rules if subject.truth(each.versions[0].when)]
    beaten = {key for each in held for key in each.overrides}
    for one, other in combinations(held, 2):
        if one.versions[0].value == other.versions[0].value:
            continue
        above = one.key if other.key in one.overrides else ""
        above = other.key if one.key in other.overrides else above
        if above and above not in beaten:
            found.add((one.key, other.key, above))
        elif not above and not {one.key, other.key} & beaten:
            found.add((one.key, other.key, ""))
    return found


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(groups())
def test_over_few_values_the_pairs_are_those_of_everybody_there_can_be(rules: RuleSet) -> None:
    def told(found: Overlap) -> tuple[str, str, str]:
        assert found.example is not None
        return found.first, found.second, found.counts

    found = {told(each) for each in (*clashes(rules), *settled_overlaps(rules))}
    assert found == {pair for person in EVERYBODY for pair in met(rules, person)}
