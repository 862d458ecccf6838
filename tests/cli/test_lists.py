"""What can be asked and given, listed on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "facts --about employer.",
            "employer.nation: the employer's nation (choice of nation, given)",
        ),
        (
            "facts --about BARGAINING",
            "bargaining_level: the level of bargaining (national or regional or employer, decided)",
        ),
        ("words --about nation", "Wales: Wales (nation, builtin)"),
        (
            "words --about case_type",
            "core.grievance: Individual grievance (case_type, builtin)",
        ),
        ("claims --on 2026-09-30", "unfair-dismissal: unfair dismissal (3 months)"),
        ("claims --on 2026-10-01", "interim-relief: interim relief after dismissal (7 days)"),
        ("case-types", "core.grievance: Individual grievance (grievance, builtin)"),
    ],
)
def test_each_thing_has_a_line(run: Run, words: str, line: str) -> None:
    assert line in run(f"{words} --plugin builtin").stdout.splitlines()


@pytest.mark.needs_plugins
def test_bodies_are_called_as_they_were_on_the_day(run: Run) -> None:
    def lines(day: str) -> list[str]:
        return run(f"bodies --on {day}").stdout.splitlines()

    early, now = lines("2005-06-01"), lines("2024-06-01")
    assert "njc: National Joint Council for Local Government Services (negotiating)" in now
    assert any(line.startswith("prrb:") and "only from 2014-09-01" in line for line in early)
    assert any(line.startswith("prrb:") and "only" not in line for line in now)


@pytest.mark.parametrize("name", ["facts", "words", "claims", "case-types", "bodies"])
@pytest.mark.needs_plugins
def test_every_list_has_one_form(run: Run, name: str) -> None:
    found = json.loads(run(f"{name} --json").stdout)
    assert all(list(each)[:2] == ["key", "name"] for each in found)
    one = found[0]
    kept = json.loads(run(name, "--about", one["key"], "--json").stdout)
    assert one in kept


def test_what_is_not_known_of_a_claim_says_why(run: Run) -> None:
    (claim,) = json.loads(
        run("claims --about fixed-term --on 2026-10-01 --json --plugin builtin").stdout
    )
    assert claim["limits"] == {"GB": None, "NI": "3 months"}
    assert set(claim["not_known"]) == {"GB"}


def test_where_text_is_a_vocabulary_its_words_are_listed(run: Run) -> None:
    found = json.loads(run("words --about nation --json --plugin builtin").stdout)
    assert {each["vocabulary"] for each in found} == {"nation"}
    assert {each["defined_in"] for each in found} == {"builtin: placement.toml"}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("facts --about employer.naton", "did you mean 'employer.nation'? unioncore facts lists"),
        ("words --about natoin", "did you mean 'nation'? unioncore words lists them"),
        ("ask zzz", "no derived fact is called 'zzz'; unioncore facts lists them"),
        ("ask organised --set zzz=1", "(unioncore facts lists them)"),
        (
            "ask organised --set dismissal.reason=zzz",
            "(unioncore words --about dismissal_reason lists them)",
        ),
        ("chart --case-type zzz", "unioncore case-types lists them"),
        ("deadline zzz --starts 2024-01-01", "unioncore claims lists them"),
        ("pay zzz --tables", "unioncore bodies lists them"),
        ("rules --about zzz", "unioncore facts, unioncore bodies and unioncore rules list them"),
        ("tables zzz", "no table is called 'zzz'; unioncore tables lists them"),
    ],
)
def test_a_name_that_nothing_has_is_met_with_where_the_list_is(
    run: Run, words: str, said: str
) -> None:
    done = run(words if words.startswith("tables") else f"{words} --plugin builtin")
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert said in line
