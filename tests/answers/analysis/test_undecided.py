"""For whom the rules leave a fact undecided, of one plugin and of all that are installed."""

from datetime import date
from pathlib import Path

import pytest
from tests.books import everything
from tests.synthetic import source

import unioncore
from unioncore.answers import Decided, UndecidedFact, gaps
from unioncore.errors import UnknownName

DAY = date(2026, 11, 28)
LAMPS = """
[words.employer_kind]
lighthouse = "lighthouse"
ferry = "ferry"

[words.job_group]
keeper = "keepers"
pilot = "pilots"

[words.service_group]
lights = "Lights"

[fact.demo.lamps]
type = "yes-no"
derived = true
label = "there are lamps"
denial = "there are no lamps"
about = "Whether there are lamps."

[silence.demo.ferries]
of = ["service_group"]
when = "employer.kind == 'ferry'"
because = "the group for ferries has rules of its own"

[silence.demo.of-no-use]
of = ["demo.lamps"]
when = "employer.kind == 'ferry'"
because = "ferries have lanterns"

[[rule]]
key = "demo.keepers"
decides = "service_group"
period = { start = 2020-01-01 }
when = "employer.kind == 'lighthouse' and job.group == 'keeper'"
value = "lights"
citations = [{ source = "s" }]

[[rule]]
key = "demo.lamps-everywhere"
decides = "demo.lamps"
period = { start = 2020-01-01 }
when = "True"
value = true
citations = [{ source = "s" }]
"""
WORDS = """
[words.employer_kind]
pier = "pier"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> unioncore.TomlPlugin:
    folder = tmp_path_factory.mktemp("lamps")
    (folder / "lamps.toml").write_text(f"# Lamps.\n{source()}{LAMPS}", encoding="utf-8")
    return unioncore.TomlPlugin(folder, prefix="demo")


def only(book: unioncore.Rulebook, fact: str) -> UndecidedFact:
    [found] = gaps(book, fact, on=DAY)
    return found


def test_the_people_are_described_and_one_of_them_is_given(folder: unioncore.TomlPlugin) -> None:
    found = only(unioncore.compose(folder, discover=False), "service_group")
    assert found.found is Decided.OPEN
    assert [(each.who, each.person) for each in found.people] == [
        (
            "the employer's kind is lighthouse and the job group is pilots",
            {"employer.kind": "lighthouse", "job.group": "pilot"},
        )
    ]


def test_the_plugins_are_named_whose_words_are_left_out(
    folder: unioncore.TomlPlugin, tmp_path: Path
) -> None:
    home = tmp_path / "piers"
    home.mkdir()
    (home / "piers.toml").write_text(f"# Piers.\n{WORDS}", encoding="utf-8")
    pier = unioncore.TomlPlugin(home, prefix="piers")
    found = only(unioncore.compose(folder, pier, discover=False), "service_group")
    told = {each.who: each.plugins for each in found.people}
    assert told["the employer's kind is pier"] == ("piers",)


def test_a_silence_gives_the_reason_and_is_told_where_it_is_of_no_use(
    folder: unioncore.TomlPlugin,
) -> None:
    book = unioncore.compose(folder, discover=False)
    found = only(book, "demo.lamps")
    assert (found.found, found.idle) == (Decided.DECLARED, ("demo.of-no-use",))
    assert only(book, "service_group").idle == ()
    answer = unioncore.ask(book, {"employer.kind": "ferry"}, "service_group", on=DAY)
    assert answer["service_group"].reason == (
        "no rule decides the service group, because the group for ferries has rules of its own"
    )


def test_a_silence_about_no_derived_fact_is_a_fault(tmp_path: Path) -> None:
    said = LAMPS.replace('of = ["service_group"]', 'of = ["service_grup"]')
    (tmp_path / "lamps.toml").write_text(f"# Lamps.\n{source()}{said}", encoding="utf-8")
    with pytest.raises(unioncore.CompositionError, match="did you mean 'service_group'"):
        unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="demo"), discover=False)


def test_a_fact_that_nobody_derives_is_refused_with_the_nearest(
    folder: unioncore.TomlPlugin,
) -> None:
    with pytest.raises(UnknownName, match="service_group"):
        gaps(unioncore.compose(folder, discover=False), "service_grup", on=DAY)


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_every_fact_of_what_is_installed_is_decided_or_declared() -> None:
    book = everything()
    found = gaps(book, on=DAY)
    assert {each.fact for each in found} == {k for k, f in book.rules.facts.items() if f.derived}
    assert [each for each in found if each.found is Decided.OPEN] == []
    assert [(each.fact, each.idle) for each in found if each.idle] == []
    assert [each.fact for each in found if each.found is Decided.NOT_PROVED] == []
    for each in found:
        if each.found is Decided.NO_VERSION:
            assert all(people.reason for people in each.people)


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_a_new_kind_of_employer_is_told_of_once_for_each_fact(tmp_path: Path) -> None:
    home = tmp_path / "piers"
    home.mkdir()
    (home / "piers.toml").write_text(f"# Piers.\n{WORDS}", encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(home, prefix="piers"))
    for found in gaps(book, "negotiating_bodies", "seated_bodies", "service_group", on=DAY):
        [people] = found.people
        assert people.who.startswith("the employer's kind is pier")
        assert ("piers" in people.plugins, found.more) == (True, False)
