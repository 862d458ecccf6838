from datetime import date

import pytest
from tests.synthetic import cited

from unioncore import (
    About,
    Period,
    Rule,
    Rulebook,
    RuleVersion,
    Word,
    compose,
    hookimpl,
    parse,
)
from unioncore.describe import Change, diff, items, rulebook_markdown
from unioncore.model import (
    BargainingLevel,
    Body,
    BodyKind,
    BodyVersion,
    Branch,
    BranchVersion,
    NamedVersion,
    Region,
)
from unioncore.rules import ON, Fact, FactType, Row, Table
from unioncore.rules.condition import Literal

OLD, NEW = date(2005, 6, 1), date(2015, 6, 1)
TURN = date(2010, 1, 1)


BEFORE, AFTER = Period(None, TURN), Period(TURN)
SHOP, FARM = parse("employer.kind == 'shop'"), parse("employer.kind == 'farm'")


class Small:
    """One definition of each dated sort, most of which turn on one day."""

    name = "small"

    @hookimpl
    def unioncore_about(self) -> About:
        return About("small")

    @hookimpl
    def unioncore_words(self) -> list[Word]:
        return [Word("employer_kind", "shop", "shop"), Word("employer_kind", "farm", "farm")]

    @hookimpl
    def unioncore_facts(self) -> list[Fact]:
        return [Fact("small.listed", FactType.YES_NO, "the employer is listed", derived=True)]

    @hookimpl
    def unioncore_regions(self) -> list[Region]:
        names = (
            NamedVersion(
                BEFORE, "Northern", cited("Old map", "rule 1", url="https://example.org/rules")
            ),
            NamedVersion(
                AFTER, "North", cited("New map", "rule 1", url="https://example.org/rules")
            ),
        )
        return [Region("N", names)]

    @hookimpl
    def unioncore_branches(self) -> list[Branch]:
        version = BranchVersion(
            AFTER,
            "Farm Branch",
            "N",
            FARM,
            cited("Branch rules", "rule 1", url="https://example.org/rules"),
        )
        return [Branch("farm-branch", (version,))]

    @hookimpl
    def unioncore_bodies(self) -> list[Body]:
        version = BodyVersion(
            BEFORE,
            "Shop Council",
            SHOP,
            cited("Agreement", "rule 1", url="https://example.org/rules"),
            level=BargainingLevel.NATIONAL,
        )
        return [Body("shop-council", BodyKind.NEGOTIATING, (version,))]

    @hookimpl
    def unioncore_rules(self) -> list[Rule]:
        always = RuleVersion(
            Period(),
            SHOP,
            Literal("none"),
            cited("Rule book", "rule 1", url="https://example.org/rules"),
        )
        return [Rule("small.nowhere", "service_group", (always,))]

    @hookimpl
    def unioncore_tables(self) -> list[Table]:
        rows = (
            Row(
                ("a-farm", "b-farm"),
                Literal(True),
                AFTER,
                cited("List", "rule 1", url="https://example.org/rules"),
            ),
        )
        return [Table("small.list", "small.listed", "employer.key", rows)]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(Small(), discover=False)


def test_every_dated_definition_is_one_item(rulebook: Rulebook) -> None:
    found = {item.key: item for item in items(rulebook) if item.plugin == "small"}
    assert sorted(found) == [
        "N",
        "farm-branch",
        "shop-council",
        "small.list: a-farm",
        "small.nowhere",
    ]
    assert found["shop-council"].decides == "negotiating_bodies"
    assert found["small.list: a-farm"].decides == "small.listed"
    assert len(found["N"].versions) == 2


def test_an_item_says_it_in_english_with_its_source(rulebook: Rulebook) -> None:
    (item,) = [item for item in items(rulebook) if item.key == "shop-council"]
    (version,) = item.versions
    assert version.text == (
        "The negotiating bodies include the Shop Council when the employer's kind is shop."
    )
    assert [citation.instrument for citation in version.citations] == ["Agreement"]


def test_items_have_a_fixed_order(rulebook: Rulebook) -> None:
    found = [(item.plugin, item.decides, item.key) for item in items(rulebook)]
    assert found == sorted(found)


def own_changes(rulebook: Rulebook, first: date, second: date) -> list[Change]:
    """The changes in the small plugin; the law that is built in changes too."""
    return [change for change in diff(rulebook, first, second) if change.plugin == "small"]


def test_a_difference_begins_ends_or_replaces(rulebook: Rulebook) -> None:
    changes = {change.key: change for change in own_changes(rulebook, OLD, NEW)}
    assert {key: change.kind for key, change in changes.items()} == {
        "N": "replaced",
        "farm-branch": "begun",
        "shop-council": "ended",
        "small.list: a-farm": "begun",
    }
    renamed = changes["N"]
    assert renamed.before is not None
    assert renamed.after is not None
    assert [renamed.before.citations, renamed.after.citations] == [
        cited("Old map", "rule 1", url="https://example.org/rules"),
        cited("New map", "rule 1", url="https://example.org/rules"),
    ]
    assert changes["farm-branch"].before is None
    assert changes["shop-council"].after is None


def test_backwards_in_time_what_began_has_ended(rulebook: Rulebook) -> None:
    kinds = {change.key: change.kind for change in diff(rulebook, NEW, OLD)}
    assert (kinds["farm-branch"], kinds["shop-council"]) == ("ended", "begun")


@pytest.mark.parametrize("day", [OLD, date(2009, 12, 31), TURN, NEW])
def test_a_day_differs_in_nothing_from_itself(rulebook: Rulebook, day: date) -> None:
    assert diff(rulebook, day, day) == ()


def test_the_last_day_and_the_first_are_told_apart(rulebook: Rulebook) -> None:
    there = own_changes(rulebook, date(2009, 12, 31), TURN)
    assert there == own_changes(rulebook, OLD, NEW) != []


def test_the_page_holds_each_text_and_link(rulebook: Rulebook) -> None:
    page = rulebook_markdown(rulebook)
    for item in items(rulebook):
        for version in item.versions:
            for line in (version.listed or version.text).splitlines():
                assert line.strip() in page
    assert "[Agreement](<https://example.org/rules>), rule 1 (checked 1 January 2026)" in page


def test_the_page_of_a_day_holds_what_is_in_force(rulebook: Rulebook) -> None:
    page = rulebook_markdown(rulebook, on=NEW)
    assert "is called North." in page
    assert "is called Northern." not in page
    assert "shop-council" not in page


def test_a_page_can_be_made_of_some_items(rulebook: Rulebook) -> None:
    page = rulebook_markdown(rulebook, only=[i for i in items(rulebook) if i.key == "N"])
    assert "is called North." in page
    assert "small.nowhere" not in page


def test_a_page_of_everything_names_each_fact_that_can_be_given(rulebook: Rulebook) -> None:
    page = rulebook_markdown(rulebook)
    given = [fact for fact in rulebook.rules.facts.values() if not fact.derived]
    assert given
    given.remove(rulebook.rules.facts[ON])
    assert all(f"- `{fact.key}`, {fact.label} (" in page for fact in given)
    assert "## What can be given" not in rulebook_markdown(rulebook, only=[])
