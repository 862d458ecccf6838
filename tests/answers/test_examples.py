"""The worked examples that ship with the library come out, and every rule of law is held by one."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

import unioncore
from tests.answers.test_parameters import ALWAYS, FIGURES
from tests.books import everything
from unioncore import Rulebook
from unioncore.legal import Period
from unioncore.replay import Outcome, Status, read_examples, replay
from unioncore.testing.mutations import mutants, survivors, unseen

ROOT = Path(__file__).parents[2]
BUILTIN = Path(unioncore.__file__).parent / "builtin"
EXAMPLES = BUILTIN / "examples"
WITH_A_UNION = {"campaign_funds.toml", "placement.toml", "retention.toml"}
"""The files of rules that come to nothing without those of a union."""
FILES = {
    each.name
    for each in (BUILTIN / "definitions").glob("*.toml")
    # Stories and tests of their own hold the case types.
    if each.name not in WITH_A_UNION and not each.name.startswith("case_types_")
}


def examples(name: str) -> list[object]:
    return [pytest.param(name, each.id, id=each.id) for each in read_examples(EXAMPLES / name)]


@pytest.mark.parametrize(
    ("file", "name"),
    [each for file in sorted(EXAMPLES.glob("*.json")) for each in examples(file.name)],
)
def test_example(put: dict[str, Outcome], file: str, name: str) -> None:
    assert put[name].status is Status.PASSED, put[name].to_text()


def test_each_example_has_a_question_and_a_source(put: dict[str, Outcome]) -> None:
    assert all(each.example.source and each.example.question for each in put.values())


def test_no_rules_clash(book: Rulebook) -> None:
    assert book.not_proved == ()


FIGURES_HELD = {(key, first) for key, _, first, _ in FIGURES} | {(key, None) for key, *_ in ALWAYS}
"""The parameters, and the starts of their versions, that tests of their own hold."""


SAME = "both versions say the same, each by its own provision"
FOLLOWS = "something that it asks is itself not known before that day"
EXPLAINS = "the version only says why it is not known"
BESIDE = "the rule that closes the set begins on the same day"
IN_PART = "what is known of the set is known in part, which no example calls known"
UNREAL = "there is no such case: "
LISTED = "which employers are listed, only the rules of service groups say"
UNSEEN = {
    "core.act-2025-sections-15-to-17 [2026-02-18]": SAME,
    "core.compensatory-award-capped [2013-07-29]": SAME,
    "core.redundancy-year-22-to-40-great-britain [2006-10-01]": SAME,
    "core.return-industrial-action [2018-12-31]": SAME,
    "core.return-industrial-action-early [2018-12-31]": SAME,
    "core.return-political-expenditure [2018-12-31]": SAME,
    "core.return-political-expenditure-early [2018-12-31]": SAME,
    "core.strikers-detriment [2026-02-18]": SAME,
    "core.transfer-is-static [2014-01-31]": SAME,
    "core.transfer-keeps-terms [2006-04-06]": SAME,
    "core.withdrawal-has-effect [2026-02-18]": SAME,
    "core.award-uncapped-ni-earlier [2012-03-04]": EXPLAINS,
    "core.fund-transition-of-a-new-fund [2026-02-18]": EXPLAINS,
    "core.return-parts [2025-12-31]": IN_PART,
    "core.learning-purposes [2003-04-27]": BESIDE,
    "core.no-other-learning-purposes [2003-04-27]": BESIDE,
    "core.safety-functions [1978-10-01]": FOLLOWS,
    "core.no-other-safety-functions [1978-10-01]": FOLLOWS,
    "core.safety-documents [1978-10-01]": FOLLOWS,
    "core.safety-information [1978-10-01]": FOLLOWS,
    "core.safety-inspection-after-event [1978-10-01]": FOLLOWS,
    "core.political-fund-pays [1992-10-16]": FOLLOWS,
    "core.no-fund-without-a-resolution [1992-10-16]": FOLLOWS,
    "core.facilities-for-safety-representatives [1978-10-01]": FOLLOWS,
    "core.facility-time-publish-before [2018-03-31]": FOLLOWS,
    "core.facility-time-publish-before [2026-02-18]": FOLLOWS,
    "core.facility_time_size [2018-03-31]": FOLLOWS,
    "core.facility_time_size [2026-02-18]": FOLLOWS,
    "core.mandate-does-not-go-on [1992-10-16]": FOLLOWS,
    "core.mandate-goes-on [1992-10-16]": FOLLOWS,
    "core.no-qualifying-period [1992-10-16]": FOLLOWS,
    "core.opt-out-at-the-new-year [2026-02-18]": FOLLOWS,
    "core.opt-out-has-effect [2026-02-18]": FOLLOWS,
    "core.opt-out-by-the-rule-book [2026-02-18]": FOLLOWS,
    "core.opt-out-on-the-day [2026-02-18]": FOLLOWS,
    "core.safety-committee [1978-10-01]": FOLLOWS,
    "core.safety-committee-by [1978-10-01]": FOLLOWS,
    "core.sick-pay-of-low-earnings [2025-04-06]": FOLLOWS,
    "core.sick-pay-of-other-earnings [2025-04-06]": FOLLOWS,
    "core.time-off-learning-representatives [2003-04-27]": FOLLOWS,
    "core.mandate_weeks_by_agreement [1992-10-16]": UNREAL + "such a vote ends eight years later",
    "core.mandate_weeks_by_agreement [1995-09-01]": UNREAL + "such a vote ends seven years later",
    "core.return-industrial-action-early [2017-03-02]": UNREAL + "the period would be one day",
    "core.return-political-expenditure-early [2017-03-02]": UNREAL + "the period would be one day",
    "core.return-sent [1992-10-16]": UNREAL + "a calendar year ends in December",
    "core.assurer [1992-10-16]": UNREAL + "no certificate was needed then",
    "core.certificate-assured [2015-04-06]": UNREAL + "no certificate was needed the day before",
    "core.certificate-signed [2015-04-06]": UNREAL + "no certificate was needed the day before",
    "core.check-off-elsewhere [2024-05-09]": SAME,
    "core.check-off-elsewhere [2026-02-18]": SAME,
    "core.check-off-no-other-conditions [1992-10-16]": FOLLOWS,
    "core.check-off-which-conditions [2024-05-09]": LISTED,
    "core.check-off-which-conditions [2026-02-18]": LISTED,
    "core.no-certificate-no-assurer [1992-10-16]": FOLLOWS,
    "core.no-other-assurers [2015-04-06]": BESIDE,
    "core.no-other-register-duties [1992-10-16]": BESIDE,
    "core.nobody-else-barred [2015-04-06]": BESIDE,
}
"""Boundary days of which no example sees that they are right, by name, each with the reason."""


def moved(versions: tuple[Any, ...], day: date, by: timedelta) -> tuple[Any, ...]:
    """The versions with what begins or ends on one day beginning or ending on another."""

    def off(edge: date | None) -> date | None:
        return edge + by if edge == day else edge

    return tuple(
        attrs.evolve(each, period=Period(off(each.period.start), off(each.period.end)))
        for each in versions
    )


def boundaries_moved(book: Rulebook) -> Iterator[tuple[str, date, Rulebook]]:
    """Every rulebook in which one boundary day of the law lies a day off.

    Each with the name of the boundary, and the day on which it gives another answer.
    """
    for kind in ("rules", "parameters", "requirements", "tables"):
        field = "rows" if kind == "tables" else "versions"
        every: tuple[Any, ...] = getattr(book.definitions, kind)
        for place, item in enumerate(every):
            if item.key.startswith("core.forum"):
                continue  # What makes a forum work is practice, and no law.
            versions = getattr(item, field)
            days = {day for each in versions for day in (each.period.start, each.period.end) if day}
            for day in sorted(days):
                if (item.key, day) in FIGURES_HELD:
                    continue
                for by in (timedelta(days=-1), timedelta(days=1)):
                    changed = attrs.evolve(item, **{field: moved(versions, day, by)})
                    rest = {kind: (*every[:place], changed, *every[place + 1 :])}
                    definitions = attrs.evolve(book.definitions, **rest)
                    rulebook = attrs.evolve(book, definitions=definitions)
                    yield f"{item.key} [{day}]", min(day, day + by), rulebook


@pytest.mark.slow
def test_each_boundary_day_is_held_by_an_example_on_both_sides(
    book: Rulebook, put: dict[str, Outcome]
) -> None:
    given = [(each.example, json.dumps(each.example.inputs, default=str)) for each in put.values()]
    unseen = set()
    for name, tells, changed in boundaries_moved(book):
        on_the_day = (example for example, inputs in given if tells.isoformat() in inputs)
        if all(replay(changed, each).status is Status.PASSED for each in on_the_day):
            unseen.add(name)
    assert unseen == set(UNSEEN)


GREAT_BRITAIN = "nation in ('England', 'Wales', 'Scotland')"
NORTHERN_IRELAND = "nation == 'Northern Ireland'"
ALIKE = {
    "the claim has the same test in the other nations": {
        f"core.late-{{}} [..]: claim.{GREAT_BRITAIN}": (
            *("breach-of-contract", "discrimination", "equal-pay", "fixed-term-employee"),
            *("flexible-working", "interim-relief", "months-great-britain", "part-time-worker"),
            *("redundancy-payment", "tupe", "unfair-dismissal", "unjustifiable-discipline"),
            "unlawful-deduction",
        ),
        f"core.late-{{}} [..]: claim.{NORTHERN_IRELAND}": (
            *("months-ni", "ni-discrimination", "ni-equal-pay", "ni-interim-relief"),
            *("ni-redundancy-payment", "ni-tupe", "ni-unfair-dismissal"),
            "ni-unjustifiable-discipline",
        ),
    },
    "the right began on the same day in the other nations": {
        f"core.first-day-{{}} [..]: claim.{GREAT_BRITAIN}": (
            *("equal-pay", "flexible-working", "minimum-wage-access", "redundancy-payment"),
            "tupe",
        ),
        f"core.first-day-ni-{{}} [..]: claim.{NORTHERN_IRELAND}": (
            *("equal-pay", "flexible-working", "minimum-wage-access", "redundancy-payment"),
            "tupe",
        ),
    },
    "Great Britain has a first day, beside which a day by which the right was there is not asked": {
        f"core.known-from-ni-{{}} [..]: claim.{NORTHERN_IRELAND}": (
            *("accompaniment", "breach-of-contract", "fixed-term-employee", "part-time-worker"),
        ),
    },
    "the limit was the same in the other nations on each day": {
        f"core.limit-{{}}: claim.{GREAT_BRITAIN}": (
            *("equal-pay [2010-10-01]", "flexible-working [2003-04-06]"),
            *("minimum-wage-access [1999-04-01]", "tupe [2006-04-06]"),
        ),
        f"core.limit-ni-{{}}: claim.{NORTHERN_IRELAND}": (
            *("interim-relief [1996-09-24]", "minimum-wage-access [1999-04-01]"),
            *("redundancy-payment [1996-09-24]", "union-exclusion-or-expulsion [1995-09-01]"),
        ),
    },
    "Great Britain had the same figure on each day": {
        f"core.{{}}_cap [2012-03-04]: redundancy.{NORTHERN_IRELAND}": (
            *("compensatory_award", "week_pay"),
        ),
        f"core.{{}}_cap [2013-02-10]: redundancy.{NORTHERN_IRELAND}": (
            *("compensatory_award", "week_pay"),
        ),
        f"core.minimum_basic_award [{{}}]: redundancy.{NORTHERN_IRELAND}": (
            *("2012-03-04", "2013-02-10"),
        ),
    },
    "Northern Ireland had the same figure on each day": {
        f"core.week_pay_cap [2009-10-01] when redundancy.{GREAT_BRITAIN}: {{}}": (
            f"redundancy.{GREAT_BRITAIN}",
        ),
    },
    "the provision is for every nation, and stood alike in the others": {
        f"core.act-2025-{{}}: act_2025.{NORTHERN_IRELAND}": (
            *("general-northern-ireland [2025-12-18]", "limits-northern-ireland [2025-12-18]"),
            *("maritime-northern-ireland [2025-12-18]", "maritime-northern-ireland [2026-02-18]"),
            "outsourcing-northern-ireland [2025-12-18]",
            "outsourcing-northern-ireland [2026-01-06]",
            *("part-5-northern-ireland [2025-12-18]", "part-5-northern-ireland [2026-01-06]"),
            "part-5-northern-ireland [2026-04-07]",
        ),
        f"core.act-2025-{{}}: act_2025.{GREAT_BRITAIN}": (
            *("part-5 [2025-12-18]", "part-5 [2026-01-06]", "part-5 [2026-04-07]"),
            "section-152 [2025-12-18]",
        ),
    },
    "the award is treated alike in the other nations on each day": {
        f"core.{{}}: redundancy.{GREAT_BRITAIN}": (
            *("award-weeks [..]", "compensatory-award-capped [2013-07-29]"),
        ),
        f"core.{{}}: redundancy.{NORTHERN_IRELAND}": ("award-uncapped-ni [2012-03-04]",),
    },
}
"""Drops of the nation where another nation's law is the same, by the reason."""
DEVOLVED = "check_off.nation == 'Wales' and not check_off.devolved_welsh"
NEEDS_THE_LIST = (
    *("", f": {DEVOLVED}", ": check_off.nation == 'Wales'", ": not check_off.devolved_welsh"),
    ": check_off.nation in ('England', 'Scotland')",
    f": check_off.nation in ('England', 'Scotland') or {DEVOLVED}",
)
"""Drops out of the conditions on check-off, which hold for listed employers alone."""
EQUIVALENT = {
    **{
        drop.format(what): reason
        for reason, drops in ALIKE.items()
        for drop, each in drops.items()
        for what in each
    },
    **{f"core.check-off-conditions [2024-05-09]{drop}": LISTED for drop in NEEDS_THE_LIST},
    "core.check-off-which-conditions [2024-05-09]": LISTED,
    "core.claim-known-by-then [..]: not known(claim.first_day)": (
        "no claim has both a first day and a day by which it was there"
    ),
    "core.service-needed-for-ordinary-reasons [..]: dismissal.nation in ('England', 'Wales', "
    "'Scotland', 'Northern Ireland')": "there is no other nation",
    "core.voting-workplace [1993-08-30]: voting.on == 'action'": (
        "no other vote could be held at work either"
    ),
    **{
        f"core.statutory-notice-{name} [{first}]: notice.employed_a_month": (
            "whoever was employed for two years was employed for a month"
        )
        for name, first in (
            ("a-week-a-year", "1996-08-22"),
            ("a-week-a-year-ni", "1996-09-24"),
            ("twelve-weeks", "1996-08-22"),
            ("twelve-weeks-ni", "1996-09-24"),
        )
    },
    "core.important-service-as-given [..]: not known(ballot.service)": (
        "where neither the belief nor the service is known, nothing is"
    ),
    "core.important-service-by-the-list [..]: known(ballot.service)": (
        "where the service is not known, whether it is listed is not known either"
    ),
    **{
        f"core.safety-{name} [{first}]: safety.nation in ('England', 'Wales', 'Scotland')": (
            "whether the representative is in office is asked too, and not known of other nations"
        )
        for name, first in (
            ("consultation", "1993-01-01"),
            ("documents", "1978-10-01"),
            ("information", "1978-10-01"),
            ("inspection-after-event", "1978-10-01"),
        )
    },
    "core.no-other-safety-functions [1978-10-01]: known(safety.in_office)": (
        "where that is not known, it is not known either whether there are functions"
    ),
    **{
        f"core.learning-purposes [2003-04-27]: {asked}": (
            "the rule that closes the set asks the same"
        )
        for asked in (
            "rep.kind == 'learning'",
            "rep.nation in ('England', 'Wales', 'Scotland')",
        )
    },
    "core.facility-time-all: overrides core.facility-time-up-to-half": (
        "both hold only where nobody worked an hour, and then another rule decides"
    ),
    "core.facility-time-none: overrides core.facility-time-over-half": (
        "the rule for up to half of the hours comes before it there already"
    ),
    **{
        f"core.facility-time-over-half [2018-03-31]: known(facility_time.hours_{hours})": (
            "where the hours are not known, whether a rule that comes before holds is not either"
        )
        for hours in ("taken", "worked")
    },
    "core.return-parts [2025-12-31]: annual_return.nation in ('England', 'Wales', 'Scotland')": (
        "what is known of the parts is known in part, which no example calls known"
    ),
    "core.scrutineer [..]: ballot.nation in ('England', 'Wales', 'Scotland')": (
        "the number above which one is needed is that of Great Britain too"
    ),
    **{
        f"core.majority-of-papers{place}: overrides core.majority-of-valid-votes{place}": (
            "whoever has more than half of the papers has more votes than No, so both rules agree"
        )
        for place in ("", "-northern-ireland")
    },
    **{
        f"core.majority-of-valid-votes{place} [..]: except 2 * ballot.yes <= "
        "ballot.papers_returned": "where Yes has more than half of the papers, another rule decides"
        for place in ("", "-northern-ireland")
    },
}
"""Drops that no example can see, by name, each with the reason."""


@pytest.mark.slow
def test_each_condition_of_the_law_is_held_by_an_example(book: Rulebook) -> None:
    found = survivors(book, "builtin", EXAMPLES, files=FILES)
    assert found == sorted(EQUIVALENT)


WITHOUT_AN_EXAMPLE = {
    **dict.fromkeys(
        (
            "core.bargains-regionally [..]",
            "core.bargains-with-the-employer [..]: 'regional' not in body_levels",
        ),
        "no post that the plugins know has a regional body and no national one",
    ),
    **dict.fromkeys(
        (
            "core.no-fund-without-a-resolution [1992-10-16]",
            "core.no-fund-without-a-resolution [1992-10-16]: campaign.political",
            "core.no-fund-without-a-resolution [1992-10-16]: campaign.fund == 'political'",
        ),
        "of no union is it known that it has no political resolution",
    ),
}
"""Drops from the rules that need a union which no example sees, by name, each with the reason."""


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_each_condition_that_needs_a_union_is_held_by_an_example() -> None:
    book = everything()
    decided = {key for each in mutants(book, "builtin", files=WITH_A_UNION) for key in each.decides}
    folders = (EXAMPLES, *ROOT.glob("plugins/*/src/*/examples"))
    files = (file for folder in folders for file in folder.glob("*.json"))
    found = (each for file in files for each in read_examples(file))
    asking = [each for each in found if decided & each.expected.keys()]
    sound = [each for each in asking if replay(book, each).status is Status.PASSED]
    alive = unseen(book, "builtin", sound, files=WITH_A_UNION)
    assert {each.name for each in alive} == set(WITHOUT_AN_EXAMPLE)
