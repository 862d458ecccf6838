"""The casework stories of the dossier, told by hand, come out as they say."""

import json
from pathlib import Path

import jsonschema
import pytest

from unioncore import Rulebook, compose
from unioncore.errors import BadStory
from unioncore.stories import read_story, run_story, story_schema

TOLD = sorted((Path(__file__).parent / "told").glob("*.json"))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose()


@pytest.mark.needs_plugins
@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_a_story_comes_out_as_it_is_told(rulebook: Rulebook, path: Path) -> None:
    told = run_story(rulebook, read_story(path))
    assert told.lines
    assert told.good, "\n".join(line.text for line in told.lines if not line.good)


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_a_story_keeps_to_the_schema(path: Path) -> None:
    jsonschema.validate(json.loads(path.read_text()), story_schema())


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_every_expectation_names_its_sentence(path: Path) -> None:
    story = read_story(path)
    assert story.expect
    assert all(each.get("from") for each in story.expect)
    assert all(each.get("from") for each in story.told if each.get("refused"))


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "expected an object"),
        ('{"title": "t"}', "as_of: expected text"),
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
            '{"title": "t", "as_of": "2025-02-03", "expect": [{"what": "sate", "si": "x"}]}',
            "expect[0].what: expected one of state",
        ),
        (
            '{"title": "t", "as_of": "2025-02-03", "expect": [{"what": "level", "trak": "x"}]}',
            "expect[0].trak: no such field; did you mean 'track'?",
        ),
    ],
)
def test_a_bad_story_says_where(tmp_path: Path, plain: str, said: str) -> None:
    file = tmp_path / "story.json"
    file.write_text(plain)
    with pytest.raises(BadStory) as raised:
        read_story(file)
    assert said in str(raised.value)
    assert all(problem.startswith("story.json: ") for problem in raised.value.problems)
