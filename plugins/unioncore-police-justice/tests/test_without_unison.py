"""Bodies, pay rounds and case types of police, probation and Cafcass belong to no union's rules."""

import shutil
from datetime import date
from pathlib import Path

import unioncore
import unioncore_police_justice

DEFINITIONS = Path(unioncore_police_justice.__file__).parent / "definitions"
UNISONS_OWN = {"branches.toml", "service_group.toml", "no_other_body.toml"}
"""Files that say who belongs to UNISON's group and its branches."""
OTHER_UNION = """
[[union]]
key = "unison"
name = "UNISON"
"""


def test_everything_else_composes_without_unisons_plugin(tmp_path: Path) -> None:
    folder = tmp_path / "police-justice"
    shutil.copytree(DEFINITIONS, folder, ignore=shutil.ignore_patterns(*UNISONS_OWN))
    (folder / "unions.toml").write_text(OTHER_UNION, encoding="utf-8")
    rulebook = unioncore.compose(unioncore.TomlPlugin(folder, prefix="pj"), discover=False)
    assert {each.name for each in rulebook.plugins} == {"builtin", "police-justice"}
    facts = {"employer.kind": "police-force", "employer.nation": "England"}
    facts |= {"employer.key": "essex-police", "job.group": "police-staff"}
    place = unioncore.placement(rulebook, facts, on=date(2024, 6, 1))
    assert place.negotiating_bodies.at_least == {"psc-ew"}
    assert not place.service_group.known
    assert "no union's rules are loaded" in place.service_group.reason
    assert rulebook.case_type("pj.staff_misconduct").versions
