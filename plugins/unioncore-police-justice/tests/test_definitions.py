"""What the definitions promise, beside the worked examples."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import unioncore
import unioncore_police_justice
from unioncore.describe import diff
from unioncore.testing.composed import installed

BOOK = installed()
DEFINITIONS = Path(unioncore_police_justice.__file__).parent / "definitions"

NEW_BODY = """
[[negotiating_body]]
key = "synthetic-forum"
existed = { start = 2030-01-01 }
  [[negotiating_body.version]]
  period = { start = 2030-01-01 }
  name = "A synthetic forum of a made-up force"
  covers = "employer.key == 'synthetic-police'"
  level = "employer"
  citations = [{ source = "about-the-group", provision = "made up for a test" }]
    [negotiating_body.version.side.trade-unions]
    unions = ["unison"]
"""


@pytest.mark.slow
def test_a_body_is_added_by_editing_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "police-justice"
    shutil.copytree(DEFINITIONS, folder)
    file = folder / "police_bodies.toml"
    file.write_text(file.read_text(encoding="utf-8") + NEW_BODY, encoding="utf-8")
    plugin = unioncore.TomlPlugin(folder, prefix="pj", requires=["unison"])
    rulebook = unioncore.compose(plugin, discover=False)
    facts = {"employer.key": "synthetic-police", "employer.kind": "private-contractor"}
    facts |= {"employer.serves": "police", "employer.nation": "Wales", "job.group": "police-staff"}
    place = unioncore.placement(rulebook, facts, on=date(2031, 1, 1))
    assert place.negotiating_bodies.value == {"synthetic-forum"}
    assert place.union_has_seat.value is True
    assert place.bargaining_level.value == "employer"


def test_the_group_was_made_in_2009() -> None:
    changes = diff(BOOK, date(2009, 6, 1), date(2010, 6, 1))
    kinds = {change.key: change.kind for change in changes}
    assert kinds["pj.probation-and-cafcass-in-local-government"] == "ended"
    assert kinds["pj.probation-and-cafcass"] == "begun"
    assert kinds["police-justice"] == "replaced"
    assert all(v.citations for c in changes for v in (c.before, c.after) if v is not None)


def test_probation_was_reunited_in_2021() -> None:
    changes = diff(BOOK, date(2021, 6, 1), date(2021, 7, 31))
    bodies = {(c.kind, c.key) for c in changes if c.plugin == "police-justice"}
    assert bodies == {("ended", "nps-jnc"), ("begun", "prob-jnc")}


def test_an_answer_warns_where_sources_conflict() -> None:
    facts = {"employer.key": "essex-police", "employer.kind": "police-force"}
    facts |= {"employer.nation": "England", "job.group": "police-staff"}
    place = unioncore.placement(BOOK, facts, on=date(2024, 6, 1))
    assert any("37" in warning for warning in place.negotiating_bodies.warnings)


def test_an_answer_warns_where_a_source_is_only_remembered() -> None:
    facts = {"employer.kind": "police-force", "job.group": "police-officer"}
    place = unioncore.placement(BOOK, facts, on=date(2024, 6, 1))
    assert place.organised.value is False
    assert any("remembered" in warning for warning in place.service_group.warnings)
