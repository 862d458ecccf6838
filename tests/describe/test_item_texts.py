"""Each kind of definition has its text, and what follows from it stands with it."""

from datetime import date

import pytest
from tests.books import everything
from tests.synthetic import cited

from unioncore import (
    About,
    Confidence,
    Fact,
    FactType,
    Period,
    Rule,
    Rulebook,
    RuleVersion,
    Word,
    compose,
    hookimpl,
    parse,
)
from unioncore.describe import Item, diff, items, rulebook_markdown
from unioncore.model import (
    BargainingLevel,
    Body,
    BodyKind,
    BodyVersion,
    Branch,
    BranchType,
    BranchTypeVersion,
    BranchVersion,
    NamedVersion,
    Region,
    Side,
    SideKey,
    TradeUnion,
)
from unioncore.rules import (
    Impossible,
    Measure,
    Measuring,
    Parameter,
    ParameterVersion,
    Predicate,
    Requirement,
    RequirementVersion,
    Row,
    RuleException,
    Table,
)
from unioncore.rules.condition import TRUE, Literal

FIRST, TURN, LAST = date(2000, 1, 1), date(2010, 1, 1), date(2020, 1, 1)


def is_even(number: int) -> bool:
    return number % 2 == 0


class Every:
    """A definition of every kind that says something."""

    name = "every"

    @hookimpl
    def unioncore_about(self) -> About:
        return About("every")

    @hookimpl
    def unioncore_words(self) -> list[Word]:
        return [Word("employer_kind", "shop", "shop"), Word("employer_kind", "farm", "farm")]

    @hookimpl
    def unioncore_facts(self) -> list[Fact]:
        return [
            Fact("every.listed", FactType.YES_NO, "the employer is listed", derived=True),
            Fact("every.staff", FactType.WHOLE, "the number of staff"),
            Fact("every.started", FactType.DAY, "the day the job started"),
            Fact("every.meetings", FactType.COLLECTION, "the meetings", of="meeting"),
            Fact("meeting.quorate", FactType.YES_NO, "the meeting was quorate", subject="meeting"),
            Fact("every.met", FactType.WHOLE, "the meetings that counted", derived=True),
        ]

    @hookimpl
    def unioncore_unions(self) -> list[TradeUnion]:
        return [
            TradeUnion("own", "Our Union", own=True, citations=cited("The agreement")),
            TradeUnion("other", "Theirs"),
        ]

    @hookimpl
    def unioncore_regions(self) -> list[Region]:
        return [
            Region("N", (NamedVersion(Period(), "North", cited("The agreement")),)),
            Region(
                "S",
                (NamedVersion(Period(None, TURN), "South", cited("The agreement")),),
                succeeded_by="N",
            ),
        ]

    @hookimpl
    def unioncore_branches(self) -> list[Branch]:
        farms = parse("employer.kind == 'farm'")
        return [
            Branch(
                "farm-branch",
                (
                    BranchVersion(
                        Period(FIRST, TURN), "Farms South", "S", farms, cited("The agreement")
                    ),
                    BranchVersion(Period(TURN), "Farms", "N", farms, cited("The agreement")),
                ),
            )
        ]

    @hookimpl
    def unioncore_branch_types(self) -> list[BranchType]:
        takes = BranchTypeVersion(
            Period(), parse("employer.kind == 'shop'"), cited("The agreement")
        )
        return [BranchType("shops", "shop branch", (takes,), regional=True)]

    @hookimpl
    def unioncore_bodies(self) -> list[Body]:
        sides = (
            Side(SideKey.EMPLOYERS, seats=4, bodies=("Chamber of Shops",)),
            Side(SideKey.UNIONS, unions=("own", "other"), complete=False),
        )
        shops = parse("employer.kind == 'shop'")
        return [
            Body(
                "council",
                BodyKind.NEGOTIATING,
                (
                    BodyVersion(
                        Period(FIRST, TURN),
                        "Shop Board",
                        shops,
                        cited("The agreement"),
                        level=BargainingLevel.REGIONAL,
                    ),
                    BodyVersion(
                        Period(TURN, LAST),
                        "Shop Council",
                        shops,
                        cited("The agreement"),
                        exceptions=(RuleException(parse("every.staff < 5"), "it is too small"),),
                        level=BargainingLevel.NATIONAL,
                        sides=sides,
                        note="Its handbook is red.",
                        conflict="one source says otherwise",
                        not_known="nobody looked",
                    ),
                ),
                existed=Period(FIRST, LAST),
                succeeded_by=("forum",),
            ),
            Body(
                "forum",
                BodyKind.CONSULTATIVE,
                (BodyVersion(Period(LAST), "Shop Forum", shops, cited("The agreement")),),
            ),
        ]

    @hookimpl
    def unioncore_rules(self) -> list[Rule]:
        first = RuleVersion(
            Period(), parse("employer.kind == 'farm'"), Literal("none"), cited("The agreement")
        )
        second = RuleVersion(
            Period(), parse("every.staff > 9"), Literal("none"), cited("The agreement")
        )
        return [
            Rule("every.farms", "service_group", (first,)),
            Rule(
                "every.large",
                "service_group",
                (second,),
                overrides=("every.farms",),
                dated_by="every.started",
            ),
        ]

    @hookimpl
    def unioncore_tables(self) -> list[Table]:
        def row(keys: tuple[str, ...], value: bool, period: Period) -> Row:
            return Row(keys, Literal(value), period, cited("The agreement"))

        rows = (
            row(("a", "b", "c"), True, Period(FIRST, TURN)),
            row(("a", "b"), True, Period(TURN)),
            row(("c",), False, Period(TURN)),
            row(("d",), True, Period(FIRST)),
        )
        otherwise = (row((), False, Period(FIRST)),)
        return [Table("every.list", "every.listed", "employer.key", rows, otherwise)]

    @hookimpl
    def unioncore_parameters(self) -> list[Parameter]:
        shops = parse("employer.kind == 'shop'")
        versions = (
            ParameterVersion(Period(FIRST, TURN), Literal(3), cited("The agreement")),
            ParameterVersion(Period(TURN), Literal(6), cited("The agreement")),
            ParameterVersion(Period(FIRST), Literal(9), cited("The agreement"), when=shops),
        )
        return [
            Parameter("every.limit", FactType.WHOLE, "the limit", versions[:2], unit="days"),
            Parameter("every.shop_limit", FactType.WHOLE, "the shop limit", versions[2:]),
        ]

    @hookimpl
    def unioncore_requirements(self) -> list[Requirement]:
        size, listed = parse("every.staff >= 5"), parse("every.listed")
        doubted = RequirementVersion(
            Period(LAST),
            size,
            cited("The agreement"),
            applies=listed,
            not_known="no later law was seen",
        )
        version = RequirementVersion(
            Period(TURN, LAST), size, cited("The agreement"), applies=listed
        )
        return [Requirement("every.size", "the size test", (version, doubted))]

    @hookimpl
    def unioncore_measures(self) -> list[Measure]:
        where = parse("meeting.quorate")
        count = Measuring.COUNT
        return [
            Measure(
                "every.count", "every.met", "every.meetings", count, where, cited("The agreement")
            )
        ]

    @hookimpl
    def unioncore_predicates(self) -> list[Predicate]:
        return [
            Predicate(
                "every.is_even",
                "the number is even",
                (FactType.WHOLE,),
                is_even,
                cited("The agreement"),
            )
        ]

    @hookimpl
    def unioncore_impossible(self) -> list[Impossible]:
        when = parse("employer.kind == 'farm' and every.staff > 99")
        return [Impossible("every.no-such-farm", when, "farms are small")]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(Every(), discover=False)


@pytest.fixture(scope="module")
def found(rulebook: Rulebook) -> dict[str, Item]:
    return {item.key: item for item in items(rulebook) if item.plugin == "every"}


def texts(item: Item) -> list[str]:
    return [version.text for version in item.versions]


def test_every_definition_is_an_item_and_no_helper_is(found: dict[str, Item]) -> None:
    assert sorted(found) == [
        "N",
        "S",
        "council",
        "every.count",
        "every.farms",
        "every.is_even",
        "every.large",
        "every.limit",
        "every.list: a",
        "every.list: c",
        "every.list: d",
        "every.list: otherwise",
        "every.no-such-farm",
        "every.shop_limit: the employer's kind is shop",
        "every.size",
        "farm-branch",
        "forum",
        "shops",
    ]


def test_a_body_tells_its_level_its_sides_and_its_fate(found: dict[str, Item]) -> None:
    council = found["council"]
    early, late = council.versions
    assert early.notes == ("It was called Shop Board.", "It bargains regionally.")
    assert late.notes == (
        "It bargains nationally.",
        "Employers' side (4 seats): Chamber of Shops.",
        "Trade union side: Our Union, Theirs and others that are not known.",
        "How it decides when the unions differ is not known.",
        "Its handbook is red.",
    )
    assert late.text == (
        "The negotiating bodies include the Shop Council when the employer's kind is shop. But not "
        "when the number of staff is less than 5, because it is too small. Whether this holds is "
        "not known: nobody looked. Sources conflict: one source says otherwise."
    )
    assert (late.conflict, late.not_known) == ("one source says otherwise", "nobody looked")
    assert council.notes == (
        "It existed from 1 January 2000 until 1 January 2020, not included.",
        "The Shop Forum took over from it.",
    )
    assert council.kind == "negotiating body"
    assert {"body_levels", "seated_bodies"} <= set(council.also)
    assert {"employer.kind", "every.staff", "on"} == set(council.reads)


def test_a_branch_tells_its_region_and_a_branch_type_where_it_lies(found: dict[str, Item]) -> None:
    assert [version.notes for version in found["farm-branch"].versions] == [
        ("It was called Farms South.", "It lies in the region South."),
        ("It lies in the region North.",),
    ]
    assert found["shops"].notes == ("Such a branch lies in the region of the workplace.",)
    assert "work.region" in found["shops"].reads


def test_a_region_tells_what_it_went_into(found: dict[str, Item]) -> None:
    assert found["S"].notes == ("Succeeded by North.",)
    assert found["N"].notes == ()


def test_keys_of_a_table_stand_together_as_long_as_their_rows_do(found: dict[str, Item]) -> None:
    assert texts(found["every.list: a"]) == [
        "The employer is listed where the employer is a or b.",
        "The employer is listed where the employer is a or b.",
    ]
    assert texts(found["every.list: c"]) == [
        "The employer is listed where the employer is c.",
        "The employer is listed: no, where the employer is c.",
    ]
    assert texts(found["every.list: otherwise"]) == [
        "The employer is listed: no, where the employer is not listed."
    ]


def test_a_parameter_tells_its_unit_and_its_condition(found: dict[str, Item]) -> None:
    assert texts(found["every.limit"]) == ["The limit: 3.", "The limit: 6."]
    assert found["every.limit"].notes == ("In days.",)
    (shop,) = found["every.shop_limit: the employer's kind is shop"].versions
    assert shop.text == "The shop limit: 9, when the employer's kind is shop."


def test_what_else_decides_is_told_too(found: dict[str, Item]) -> None:
    size = (
        "The size test: met when the number of staff is at least 5; required only when the "
        "employer is listed."
    )
    doubt = "no later law was seen"
    assert texts(found["every.size"]) == [size, f"{size} Whether this holds is not known: {doubt}."]
    assert [version.not_known for version in found["every.size"].versions] == ["", doubt]
    assert texts(found["every.count"]) == [
        "The meetings that counted: the number of the meetings for which the meeting was quorate."
    ]
    assert texts(found["every.is_even"]) == ["The number is even: worked out by a function."]
    assert texts(found["every.no-such-farm"]) == [
        "Impossible: the employer's kind is farm and the number of staff is more than 99, because "
        "farms are small."
    ]


def test_a_rule_tells_what_it_counts_before_and_which_day_chooses(found: dict[str, Item]) -> None:
    assert found["every.large"].notes == (
        "Dated by the day the job started.",
        "Counts before every.farms.",
    )


def test_calendars_are_items_of_the_core(rulebook: Rulebook) -> None:
    calendars = {item.key: item for item in items(rulebook) if item.kind == "calendar"}
    assert set(calendars) == {"england-and-wales", "scotland", "northern-ireland"}
    (version,) = calendars["scotland"].versions
    assert version.text.startswith("In Scotland every day from Monday to Friday is a working day")
    assert version.period.end is not None
    assert version.citations


# -- changes ---------------------------------------------------------------------------------------


def changed(rulebook: Rulebook, first: str, second: str) -> list[tuple[str, str]]:
    days = date.fromisoformat(first), date.fromisoformat(second)
    return [
        (change.kind, change.key) for change in diff(rulebook, *days) if change.plugin == "every"
    ]


def test_a_table_changes_by_key_and_helpers_are_no_changes(rulebook: Rulebook) -> None:
    assert changed(rulebook, "2009-12-31", "2010-01-01") == [
        ("replaced", "farm-branch"),
        ("replaced", "every.limit"),
        ("replaced", "every.list: a"),
        ("replaced", "every.list: c"),
        ("begun", "every.size"),
        ("replaced", "council"),
        ("ended", "S"),
    ]


def test_what_came_and_went_between_two_days_began_and_ended(rulebook: Rulebook) -> None:
    council = [
        each for each in changed(rulebook, "1999-12-31", "2020-01-01") if each[1] == "council"
    ]
    assert council == [("begun", "council"), ("ended", "council")] * 2
    once = [each for each in changed(rulebook, "1999-12-31", "2019-12-31") if each[1] == "council"]
    assert once == [("begun", "council"), ("begun", "council"), ("ended", "council")]


def test_no_change_is_told_on_either_side_of_nothing(rulebook: Rulebook) -> None:
    assert changed(rulebook, "2011-01-01", "2019-12-31") == []


# -- pages -----------------------------------------------------------------------------------------


def test_a_page_says_in_words_what_is_decided_and_marks_what_is_remembered() -> None:
    class Remembering(Every):
        name = "every"

        @hookimpl
        def unioncore_rules(self) -> list[Rule]:
            version = RuleVersion(
                Period(),
                TRUE,
                Literal("none"),
                cited("The agreement", confidence=Confidence.REMEMBERED),
            )
            return [Rule("every.farms", "service_group", (version,))]

    page = rulebook_markdown(compose(Remembering(), discover=False), on=TURN)
    assert "### The service group (`service_group`)" in page
    assert "(checked 1 January 2026) — **remembered**, not verified" in page
    assert "It bargains nationally." in page
    assert "The Shop Forum took over from it." in page


def test_pages_are_the_same_for_the_same_rulebook(rulebook: Rulebook) -> None:
    again = compose(Every(), discover=False)
    assert rulebook_markdown(again) == rulebook_markdown(rulebook)


@pytest.mark.needs_plugins
def test_every_version_of_the_installed_plugins_has_a_source() -> None:
    for item in items(everything()):
        for version in item.versions:
            assert version.text
            assert version.citations or item.kind in ("impossible", "silence"), item.key


@pytest.mark.needs_plugins
def test_real_changes_have_both_texts_with_sources() -> None:
    rulebook = everything()
    changes = diff(rulebook, date(2009, 6, 1), date(2010, 6, 1))
    replaced = {change.decides: change for change in changes if change.kind == "replaced"}
    ours = {each.key for each in replaced.values() if not each.key.startswith("core.")}
    assert ours == {"police", "police-justice"}
    renamed = replaced["service_group"]
    assert renamed.before is not None
    assert renamed.after is not None
    assert "Police Staff" in renamed.before.text
    assert "Police and Justice" in renamed.after.text
    assert renamed.before.citations
    assert renamed.after.citations
    bodies = {
        (change.kind, change.key) for change in diff(rulebook, date(2021, 6, 1), date(2021, 7, 31))
    }
    assert {("ended", "nps-jnc"), ("begun", "prob-jnc")} <= bodies
