"""What is said in another language: where it comes from, what is wrong with it, what is left."""

from datetime import date
from pathlib import Path

import pytest
from tests.books import core, everything
from tests.composition.making import SOURCE, compose, faults_of, toml

import unioncore
from unioncore import Rulebook
from unioncore.describe import spoken_language, translatable, union_in_language
from unioncore.errors import UnknownName
from unioncore.legal import Nation
from unioncore.model import BodyKind, Employer, Union
from unioncore.phrases import english_phrases

DAY = date(2026, 6, 19)

GAELIC = """
[language.gd]
name = "Gàidhlig"
in_english = "Gaelic"
[translations.gd.nation]
citations = [{ source = "s", provision = "names" }]
Scotland = "Alba"
Wales = { name = "A' Chuimrigh", citations = [{ source = "s", confidence = "remembered" }] }
[translations.gd.phrase]
citations = [{ source = "s" }]
"month.June" = "an t-Ògmhios"
"day.long" = "{day} {month} {year}"
"list.and" = "{first} agus {last}"
"condition.not-true" = "chan eil e fìor: {claim}"
[translations.gd.label]
citations = [{ source = "s" }]
"employer.nation" = "dùthaich an fhastaiche"
[translations.gd.employer]
citations = [{ source = "s" }]
S12000036 = "Comhairle Bhaile Dhùn Èideann"
"""


@pytest.fixture(scope="module")
def welsh() -> Rulebook:
    return core().in_language("cy")


@pytest.fixture
def gaelic(tmp_path: Path) -> Rulebook:
    return compose(toml(GAELIC)(tmp_path, "lh")).in_language("gd")


# -- Welsh -----------------------------------------------------------------------------------------


def test_nations_have_their_welsh_names(welsh: Rulebook) -> None:
    names = {key: word.name for key, word in welsh.words_of("nation").items()}
    assert names == {
        "England": "Lloegr",
        "Northern Ireland": "Gogledd Iwerddon",
        "Scotland": "Yr Alban",
        "Wales": "Cymru",
    }


def test_bank_holidays_are_called_as_the_welsh_page_of_the_government_calls_them(
    welsh: Rulebook,
) -> None:
    calendar = welsh.calendar(Nation.WALES)
    days = {"2026-01-01": "Dydd Calan", "2026-04-03": "Gwener y Groglith"}
    days |= {"2026-05-25": "Gŵyl banc y gwanwyn", "2026-12-25": "Dydd Nadolig"}
    for day, name in days.items():
        holiday = calendar.holiday_on(date.fromisoformat(day))
        assert holiday is not None
        assert holiday.name == name


def test_months_and_weekdays_are_those_of_the_locale_data(welsh: Rulebook) -> None:
    dates = pytest.importorskip("babel.dates")
    for number, name in dates.get_month_names("wide", locale="cy").items():
        assert welsh.say.long_date(date(2026, number, 1)) == f"1 {name} 2026"
    for number, name in dates.get_day_names("wide", locale="cy").items():
        day = date(2026, 6, 15 + number)  # 15 June is a Monday
        assert welsh.say.weekday(day) == f"{name} {15 + number} Mehefin 2026"


@pytest.mark.needs_plugins
def test_employers_are_found_by_their_key_and_by_their_place() -> None:
    book = everything().in_language("cy")
    employers = (
        Employer(key="gwent-police", kind="police-force", name="Gwent Police"),
        Employer(key="our-council", kind="council", name="Anglesey", ons="W06000001"),
        Employer(key="kent-police", kind="police-force", name="Kent Police"),
        Employer(key="old", kind="council", name="Old", ons="W06000001", end=date(1996, 4, 1)),
    )
    shown = union_in_language(Union(key="u", employers=employers), book)
    names = [each.name for each in shown.employers]
    assert names == ["Heddlu Gwent", "Cyngor Sir Ynys Môn", "Kent Police", "Old"]
    assert union_in_language(Union(key="u", employers=employers), everything()).employers == (
        employers
    )


@pytest.mark.needs_plugins
def test_whatever_is_asked_the_answer_is_the_same_in_every_language() -> None:
    facts = {
        "employer.key": "south-wales-police",
        "employer.kind": "police-force",
        "employer.nation": "Wales",
        "job.group": "police-staff",
    }
    english = unioncore.placement(everything(), facts, on=DAY).answers()
    welsh = unioncore.placement(everything().in_language("cy"), facts, on=DAY).answers()
    assert english.keys() == welsh.keys()
    for key, answer in english.items():
        other = welsh[key]
        assert (answer.known, answer.missing) == (other.known, other.missing)
        assert not answer.known or answer.value == other.value
        assert answer.rulebook == other.rulebook


def test_every_translation_that_ships_says_where_it_was_seen_and_when() -> None:
    for each in everything().definitions.translations:
        assert all(cited.instrument and cited.checked_on for cited in each.citations), each


# -- any language ----------------------------------------------------------------------------------


def test_a_plugin_adds_a_language_of_its_own(gaelic: Rulebook) -> None:
    assert gaelic.words_of("nation")["Scotland"].name == "Alba"
    assert gaelic.words_of("nation")["Wales"].name == "A' Chuimrigh"
    assert gaelic.say.long_date(DAY) == "19 an t-Ògmhios 2026"
    assert gaelic.rules.fact("employer.nation").label == "dùthaich an fhastaiche"
    assert gaelic.say.series(["a", "b", "c"]) == "a, b agus c"


def test_what_is_not_translated_stays_english(gaelic: Rulebook) -> None:
    assert gaelic.words_of("nation")["England"].name == "England"
    assert gaelic.say.long_date(date(2026, 7, 1)) == "1 July 2026"
    assert gaelic.words_of("claim") == core().words_of("claim")


def test_a_rulebook_in_another_language_has_a_way_back(gaelic: Rulebook) -> None:
    english = gaelic.in_language("en")
    assert english.words_of("nation")["Scotland"].name == "Scotland"
    assert english.fingerprint == gaelic.fingerprint
    assert english.in_language("gd").words_of("nation")["Scotland"].name == "Alba"
    assert gaelic.in_language("cy").words_of("nation")["Scotland"].name == "Yr Alban"


@pytest.mark.parametrize("asked", ["cz", "CY", "cym", "welsh", "Cymraeg", "Welch"])
def test_a_misspelt_language_is_told_with_the_one_that_was_meant(asked: str) -> None:
    with pytest.raises(UnknownName, match="did you mean 'cy'"):
        core().in_language(asked)


def test_a_language_that_nothing_is_like_is_told() -> None:
    with pytest.raises(UnknownName, match="no language is called 'xx'"):
        core().in_language("xx")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[translations.gd.nation]",
            "[translations.gb.nation]",
            "refers to the language gb, which no plugin defines; there are cy, gd",
        ),
        (
            "[translations.gd.nation]",
            "[translations.gd.nations]",
            "refers to the vocabulary nations, which no plugin defines; did you mean 'nation'?",
        ),
        (
            'Scotland = "Alba"',
            'Scotlnd = "Alba"',
            "refers to the nation Scotlnd, which no plugin defines; did you mean 'Scotland'?",
        ),
        (
            '"month.June"',
            '"month.Juni"',
            "refers to the phrase month.Juni, which no plugin defines; did you mean 'month.June'?",
        ),
        (
            '"{day} {month} {year}"',
            '"{day} {mis} {year}"',
            "expected {day}, {month} and {year}, as in '{day} {month} {year}'",
        ),
        (
            '"{day} {month} {year}"',
            '"{day} {month {year}"',
            "a bracket in it is not closed: unexpected '{' in field name",
        ),
        ('Scotland = "Alba"', 'Scotland = ""', "name must not be empty"),
        ("S12000036", "S1200003", "refers to the employer S1200003, which no plugin defines"),
        ('"condition.not-true" = "chan', '"condition.not-true" = 3 #', "expected the name"),
        ("[language.gd]", "[language.en]", "English is what is said where no language is chosen"),
        ("[language.gd]", "[language.gaelic]", "two or three small letters are a language"),
    ],
)
def test_a_slip_in_a_translation_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GAELIC
    text = GAELIC.replace(old, new, 1)
    lines = (SOURCE + text).splitlines()
    (fault,) = [
        each for each in faults_of(toml(text)(tmp_path, "lh")) if each.message.startswith(said)
    ]
    assert new.split(" = ")[0] in lines[fault.line - 1]


def test_how_much_is_translated_is_counted() -> None:
    spoken = spoken_language(core(), "cy")
    counts = spoken.counts()
    assert counts["nation"] == (4, 4)
    said, of = counts["phrase"]
    assert 0 < said < of == len(english_phrases())
    assert "Wales" not in spoken.english["nation"]
    assert spoken.english["phrase"]["value.yes"] == "yes"


def test_everything_that_has_a_name_may_be_translated() -> None:
    found = translatable(core())
    assert found["nation"]["Wales"] == "Wales"
    assert {*found} >= {"phrase", "holiday", "calendar", "employer", "label", "denial", "claim"}


@pytest.mark.needs_plugins
def test_a_body_keeps_the_names_that_it_had_before(tmp_path: Path) -> None:
    book = everything()
    renamed = next(
        body
        for body in book.definitions.bodies
        if body.kind is BodyKind.NEGOTIATING and len({each.name for each in body.versions}) > 1
    )
    newest = renamed.versions[-1].name
    text = f"""
[language.gd]
name = "Gàidhlig"
in_english = "Gaelic"
[translations.gd.body]
citations = [{{ source = "s" }}]
{renamed.key} = "Buidheann"
"""
    plugin = toml(text)(tmp_path, "lh")
    body = unioncore.compose(plugin).in_language("gd").body(renamed.key)
    old = [each.name for each in renamed.versions]
    assert [each.name for each in body.versions] == [
        "Buidheann" if name == newest else name for name in old
    ]
