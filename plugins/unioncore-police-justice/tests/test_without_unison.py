"""Bodies, pay rounds and case types of police, probation and Cafcass belong to no union's rules."""

from datetime import date

from tests.second_union import SECOND_UNION

import unioncore
import unioncore_police_justice

POLICE_STAFF = {"employer.kind": "police-force", "employer.key": "essex-police"}
POLICE_STAFF |= {"employer.nation": "England", "job.group": "police-staff"}


def test_it_composes_with_another_unions_plugin() -> None:
    plugins = (SECOND_UNION, unioncore_police_justice.plugin)
    rulebook = unioncore.compose(*plugins, discover=False, block={"unison"})
    place = unioncore.placement(rulebook, POLICE_STAFF, on=date(2024, 6, 1))
    assert place.negotiating_bodies.value == {"psc-ew"}
    assert place.union_has_seat.value is False
    assert rulebook.own_union == "lamplighters"
    assert rulebook.case_type("pj.staff_misconduct").versions
    assert "police" not in rulebook.named(unioncore.model.BranchType)
    told = {each.name: each.without for each in rulebook.plugins}
    assert told["police-justice"].startswith("left out without unison: ")
    assert told["lamplighters"] == ""


def test_without_any_union_it_is_said_that_no_rules_are_loaded() -> None:
    plugin = unioncore_police_justice.plugin
    rulebook = unioncore.compose(plugin, discover=False, block={"unison"})
    place = unioncore.placement(rulebook, POLICE_STAFF, on=date(2024, 6, 1))
    assert not place.service_group.known
    assert "no union's rules are loaded" in place.service_group.reason
    assert not place.union_has_seat.known
