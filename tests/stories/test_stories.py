"""The casework stories of the dossier, told by hand, come out as they say."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.books import core, everything

from unioncore import Rulebook
from unioncore.errors import BadStory, UnioncoreError
from unioncore.stories import read_story, run_story, story_schema

TOLD = sorted((Path(__file__).parent / "told").glob("*.json"))
SCHEMA = jsonschema.Draft202012Validator(story_schema())


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return everything()


@pytest.mark.needs_plugins
@pytest.mark.parametrize("union", [{}, {"folder": "union"}])
def test_a_view_is_of_whoever_joins_or_stands_in_a_folder(
    tmp_path: Path, union: dict[str, str]
) -> None:
    nova = {"key": "N1", "name": "Nova Sample"}
    plain = {
        "title": "t",
        "as_of": "2026-06-01",
        "union": union,
        "told": [{"act": "join", "person": nova, "branch": "ash", "on": "2025-01-01"}],
        "cases": [{"reference": "c", "about": "pay", "opened": "2026-01-01"}],
        "expect": [{"what": "view", "name": "N1", "hides": ["c"]}],
    }
    file = tmp_path / "story.json"
    file.write_text(json.dumps(plain))
    assert len(read_story(file).expect) == 1
    other = {"what": "view", "name": "N2", "hides": ["c"]}
    file.write_text(json.dumps({**plain, "expect": [other]}))
    if union:  # who is in a folder is known only when it is read
        assert len(read_story(file).expect) == 1
    else:
        with pytest.raises(BadStory, match="no person 'N2' is told"):
            read_story(file)


@pytest.mark.needs_plugins
@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_a_story_comes_out_as_it_is_told(rulebook: Rulebook, path: Path) -> None:
    told = run_story(rulebook, read_story(path))
    assert told.lines
    assert told.good, "\n".join(line.text for line in told.lines if not line.good)


def test_a_story_of_no_union_says_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "story.json"
    cases = [{"reference": "C-1", "about": "pay", "opened": "2026-06-01"}]
    file.write_text(json.dumps({"title": "t", "as_of": "2026-06-01", "cases": cases, "told": []}))
    with pytest.raises(BadStory, match="no plugin that is loaded says which union it is"):
        run_story(core(), read_story(file))


@pytest.mark.needs_plugins
def test_a_word_without_end_is_shown_in_short(rulebook: Rulebook, tmp_path: Path) -> None:
    path = next(each for each in TOLD if '"event"' in each.read_text("utf-8"))
    plain = json.loads(path.read_text("utf-8"))
    next(each for each in plain["told"] if "event" in each)["event"] = "x" * 30_000
    file = tmp_path / "story.json"
    file.write_text(json.dumps(plain))
    told = run_story(rulebook, read_story(file))
    assert any("xxx... (30,00" in line.text for line in told.lines)
    assert all(len(line.text) < 2100 for line in told.lines)


@pytest.mark.needs_plugins
@pytest.mark.parametrize("what", ["deadline", "standing"])
def test_a_clock_that_the_case_type_does_not_have_is_told(
    rulebook: Rulebook, tmp_path: Path, what: str
) -> None:
    path = next(each for each in TOLD if '"what": "deadline"' in each.read_text("utf-8"))
    plain = json.loads(path.read_text("utf-8"))
    asked = next(each for each in plain["expect"] if each["what"] == "deadline")
    slip = {**asked, "what": what, "name": asked["name"][:-1], "is": None}
    file = tmp_path / "story.json"
    file.write_text(json.dumps({**plain, "expect": [slip]}))
    (wrong,) = [line.text for line in run_story(rulebook, read_story(file)).lines if not line.good]
    assert f"no clock is called {slip['name']}; did you mean '{asked['name']}'?" in wrong


@pytest.mark.needs_plugins
@pytest.mark.parametrize("said", [{"policies": "\ud800"}, {"key": "\ud800"}])
def test_what_no_file_may_hold_is_told(
    rulebook: Rulebook, tmp_path: Path, said: dict[str, str]
) -> None:
    plain: dict[str, Any] = {"title": "t", "as_of": "2026-06-01", "told": [], "union": said}
    file = tmp_path / "story.json"
    file.write_text(json.dumps(plain))
    with pytest.raises(UnioncoreError, match="UTF-8"):
        run_story(rulebook, read_story(file))


@pytest.mark.needs_plugins
def test_a_story_changes_the_union_of_a_folder_and_asks_about_it(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    (tmp_path / "union").mkdir()
    (tmp_path / "union" / "union.toml").write_text('union = "unison"\n')
    (tmp_path / "union" / "units.csv").write_text("key,kind,name\nash,branch,Ash branch\n")
    offices = "key,role,unit\nash/chair,branch-chair,ash\n"
    (tmp_path / "union" / "offices.csv").write_text(offices)
    nova = {"key": "N1", "name": "Nova Sample"}
    told: list[dict[str, Any]] = [
        {"act": "join", "person": nova, "branch": "ash", "on": "2025-01-01"},
        {"act": "elect", "office": "ash/chair", "person": "N1", "on": "2026-06-01"},
        {"act": "move", "person": "N1", "to": "ahs", "on": "2026-06-02", "refused": "'ash'"},
        {"act": "join", "person": {"key": "N 2"}, "branch": "ash", "on": "2026-06-01"},
    ]
    expect = [
        {"what": "holders", "name": "ash/chair", "is": ["N1"]},
        {"what": "held", "name": "N1", "on": "2026-05-31", "is": []},
    ]
    plain: dict[str, Any] = {"title": "t", "as_of": "2026-10-01", "told": told, "expect": expect}
    file = tmp_path / "story.json"
    file.write_text(json.dumps({**plain, "union": {"folder": "union"}}))
    SCHEMA.validate(json.loads(file.read_text()))
    lines = run_story(rulebook, read_story(file)).lines
    assert [line.good for line in lines] == [True, True, True, False, True, True]
    assert "N 2" not in lines[3].text
    assert "people.ndjson" in lines[3].text
    file.write_text(json.dumps({**plain, "union": {"folder": "union", "units": []}}))
    with pytest.raises(BadStory, match="stands alone"):
        read_story(file)
    file.write_text(json.dumps({**plain, "told": [{"act": "joim", "on": "2026-01-01"}]}))
    with pytest.raises(BadStory, match=r"did you mean 'join'\?"):
        read_story(file)


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_a_story_keeps_to_the_schema(path: Path) -> None:
    SCHEMA.validate(json.loads(path.read_text()))


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_every_expectation_names_its_sentence(path: Path) -> None:
    story = read_story(path)
    assert story.expect
    assert all(each.from_ for each in story.expect)
    assert all(each.from_ for each in story.told if each.refused)


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "expected an object"),
        ('{"title": "t"}', "as_of: expected a day"),
        ('{"title": "t", "as_of": "2025-02-30"}', "expected a day"),
        ('{"title": "t", "as_of": "2025-02-03", "tolds": []}', "did you mean 'told'?"),
        (
            '{"title": "t", "as_of": "2025-02-03", "told": [{"act": "evnt", "on": "2025-01-01"}]}',
            "told[0].act: expected one of open",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "union": {"peple": []}}',
            "did you mean 'people'?",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "union": {"units": 1.5}}',
            "union.units: expected a list of objects",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "union": {"people": [5], "policies": []}}',
            "union.policies: expected text",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "expect": [{"what": "sate", "si": "x"}]}',
            "expect[0].what: expected one of state",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "expect": [{"what": "level", "trak": "x"}]}',
            "expect[0].trak: no such field; did you mean 'track'?",
        ),
        ('{"title": "t", "as_of": "2025-02-03", "cases": 5}', "cases: expected a list"),
        ('{"title": "t", "as_of": "2025-02-03", "union": []}', "union: expected an object"),
        (
            '{"title": "t", "as_of": "2025-02-03", "cases": [{"reference": "C-1"}]}',
            "cases[0].opened: expected a day",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "cases": [{"reference": "C-1", "abuot": "b"}]}',
            "cases[0].abuot: no such field; did you mean 'about'?",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "cases": [{"person": "ada", "about": "b"}]}',
            "cases[0].person: expected the member, or in about what",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "cases": [{"about": ""}]}',
            "cases[0].about: expected text",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "told": [{"act": "event", "figures": 5}]}',
            "told[0].figures: expected an object",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "told": [{"act": "open", "incident": "May"}]}',
            "told[0].incident: expected a day",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "told": [{"act": "note", "on": "2025-01-01"}]}',
            "told[0].case: no case '' is told",
        ),
    ],
)
def test_a_bad_story_says_where(tmp_path: Path, plain: str, said: str) -> None:
    file = tmp_path / "story.json"
    file.write_text(plain)
    with pytest.raises(BadStory) as raised:
        read_story(file)
    assert said in str(raised.value)
    assert all(problem.startswith(f"{file}: ") for problem in raised.value.problems)


PLAIN: dict[str, Any] = {
    "title": "One member, who has a representative",
    "as_of": "2025-04-15",
    "cases": [
        {"reference": "C-1", "person": "ada", "branch": "b", "opened": "2025-03-05"},
        {"reference": "C-2", "person": "bo", "branch": "b", "opened": "2025-03-05"},
    ],
    "told": [
        {"act": "open", "on": "2025-03-05", "track": "g", "case_type": "unison.union_case"},
        {"act": "note", "on": "2025-03-05", "track": "g", "level": "ordinary", "reference": "n-1"},
        {"act": "note", "on": "2025-04-14", "track": "g", "level": "closed", "reference": "n-2"},
    ],
}


def seen(rulebook: Rulebook, folder: Path, **expected: Any) -> Any:
    """Return the line of the view that a story expects."""
    file = folder / "story.json"
    plain = {**PLAIN, "expect": [{"what": "view", "name": "ada", **expected}]}
    SCHEMA.validate(plain)
    file.write_text(json.dumps(plain))
    return run_story(rulebook, read_story(file)).lines[-1]


@pytest.mark.needs_plugins
@pytest.mark.parametrize("what", ["assigned", "ballot", "candidates", "decision", "level", "then"])
def test_of_a_track_whose_opening_is_refused_the_story_says_so(
    rulebook: Rulebook, tmp_path: Path, what: str
) -> None:
    plain = {**PLAIN, "told": [{**PLAIN["told"][0], "case_type": "core.greivance"}]}
    plain["expect"] = [{"what": what, "track": "g", "is": "branch"}]
    file = tmp_path / "story.json"
    file.write_text(json.dumps(plain))
    told = run_story(rulebook, read_story(file))
    wrong = [line.text for line in told.lines if not line.good]
    assert ["did you mean 'core.grievance'?" in text for text in wrong] == [True, False]
    assert wrong[-1] == f"{what} C-1/g: no track is called 'g'; expected branch"


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("expected", "good"),
    [
        ({"shows": ["C-1", "ada", "union", "g", "n-1"], "hides": ["n-2"]}, True),
        ({"shows": ["n-2"]}, False),
        ({"hides": ["n-1"]}, False),
        ({"name": "bo", "hides": ["C-1", "ada", "union", "g", "n-1", "n-2"]}, True),
        ({"name": "bo", "shows": ["C-1"]}, False),
        ({"case": "C-2", "hides": ["C-2"]}, True),
        ({"on": "2025-03-04", "hides": ["g"]}, True),
    ],
)
def test_a_view_shows_and_hides(
    rulebook: Rulebook, tmp_path: Path, expected: dict[str, Any], good: bool
) -> None:
    assert seen(rulebook, tmp_path, **expected).good is good


@pytest.mark.needs_plugins
def test_a_view_that_is_not_as_expected_says_what_is_seen(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    line = seen(rulebook, tmp_path, shows=["n-2"], hides=["n-1", "g"], **{"from": "must not"})
    said = "view C-1/ada: C-1, ada, union, g, n-1 (must not); expected n-2; not n-1, g"
    assert (line.good, line.text) == (False, said)
    line = seen(rulebook, tmp_path, name="bo", shows=["C-1"])
    assert line.text == "view C-1/bo: nothing; expected C-1"


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"case": "C-3"}, "expect[0].case: no case 'C-3' is told; did you mean"),
        ({"name": "adaa"}, "expect[0].name: no person 'adaa' is told; did you mean 'ada'?"),
        ({"name": ""}, "expect[0].name: no person '' is told"),
        ({"hides": ["n-1", "n1"]}, "expect[0].hides[1]: no part of the case 'n1' is told"),
        ({"case": "C-2", "hides": ["g"]}, "expect[0].hides[0]: no part of the case 'g'"),
        ({"hides": "g"}, "expect[0].hides: expected a list of texts"),
        ({"hides": []}, "expect[0].shows: expected what the view shows"),
        ({"is": "g"}, "expect[0].is: a view has shows and hides instead"),
        ({"what": "state"}, "expect[0].hides: only a view has it"),
        ({"on": "2025-02-30"}, "expect[0].on: expected a day"),
        ({"what": "state", "track": "gg"}, "expect[0].track: no track 'gg' is told; did you mean"),
        ({"what": "level"}, "expect[0].track: no track '' is told"),
        ({"what": "decision"}, "expect[0].track: no track '' is told"),
        ({"what": "margin", "track": "gg"}, "expect[0].track: no track 'gg' is told"),
    ],
)
def test_a_mistaken_view_says_where(tmp_path: Path, expected: dict[str, Any], said: str) -> None:
    file = tmp_path / "story.json"
    expect = [{"what": "view", "name": "ada", "hides": ["C-1"], **expected}]
    file.write_text(json.dumps({**PLAIN, "expect": expect}))
    with pytest.raises(BadStory) as raised:
        read_story(file)
    assert said in str(raised.value)
