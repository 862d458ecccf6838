"""Everything works for a union other than the one whose plugin ships beside the library."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import unioncore
from tests.books import with_second_union
from tests.second_union import RECORDS, SECOND_UNION
from unioncore import find_plugins
from unioncore.answers import (
    Desk,
    Refusal,
    candidates,
    escalates_to,
    representation_level,
    view,
)
from unioncore.model import Assign, CaseEntry, CaseEvent, CaseForm, Open, Union
from unioncore.records import read_union

DAY = date(2026, 6, 1)
BOOK = with_second_union()


def entry(act: type[CaseEntry], **more: Any) -> CaseEntry:
    return act(**{"on": DAY, "by": "L3", **more})


def a_desk(union: Union, kind: str = "core.grievance") -> Desk:
    desk = Desk(rulebook=BOOK, union=union)
    desk = desk.open_case(reference="C-1", person="L1", on=DAY, by="L3").ok().desk
    opened = entry(Open, track="t", case_type=kind, nation="England", incident=DAY)
    return desk.enter("C-1", opened).ok().desk


@pytest.fixture(scope="module")
def union() -> Union:
    reading = read_union(RECORDS, BOOK)
    assert not reading.faults
    assert reading.union is not None
    return reading.union


def test_a_member_has_a_place() -> None:
    facts = {"employer.kind": "lamp-board", "job.group": "lamplighter", "work.region": "harbours"}
    place = unioncore.placement(BOOK, facts, on=DAY)
    assert (place.service_group.value, place.branch_type.value) == ("lights", "harbour")
    assert place.negotiating_bodies.value == {"lamp-council"}
    assert place.union_has_seat.value is True
    assert place.bargaining_level.value == "national"


def test_its_own_tiers_represent(union: Union) -> None:
    desk = a_desk(union)
    case = desk.case("C-1")
    assert representation_level(desk, "C-1", "t", on=DAY).value == "full"
    assert escalates_to(BOOK, case, "t", on=DAY).value == "officer"
    assert [each.person for each in candidates(desk, "C-1", "t", on=DAY)] == ["L2"]
    giving = entry(Assign, track="t", person="L2", role="warden")
    given = desk.enter("C-1", giving).ok().case
    assert [each.tier for each in given.tracks["t"].assigned(DAY)] == ["warden"]
    refused = a_desk(union, "core.employment_tribunal").enter("C-1", giving)
    assert "an officer represents where the matter needs one" in str(refused)


def test_its_own_form_goes_with_a_case(union: Union) -> None:
    desk = a_desk(union)
    send = entry(CaseEvent, track="union", event="send")
    half = desk.enter("C-1", entry(CaseForm, sections=(1,))).ok().desk
    refused = half.enter("C-1", send)
    assert isinstance(refused, Refusal)
    assert refused.reasons == ("1 of 2 sections of the case form are not complete",)
    desk = half.enter("C-1", entry(CaseForm, sections=(2,))).ok().desk
    assert desk.enter("C-1", send).ok().case.tracks["union"].state == "sent"


def test_its_own_rules_say_who_sees_a_case(union: Union) -> None:
    desk = a_desk(union)
    seen = [
        view(BOOK, desk.case("C-1"), desk.viewer("C-1", who, on=DAY), on=DAY).person
        for who in ("L1", "L2")
    ]
    assert seen == ["L1", ""]


STORY = {
    "title": "A grievance of the guild",
    "as_of": "2026-06-01",
    "nation": "England",
    "source": "made up",
    "union": {
        "units": [
            {"key": "lamplighters", "kind": "union", "name": "Guild of Lamplighters"},
            {"key": "harbours", "kind": "region", "name": "The Harbours"},
            {"key": "north-quay", "kind": "branch", "name": "North Quay"},
        ],
        "parents": [
            {"unit": "harbours", "axis": "region", "parent": "lamplighters"},
            {"unit": "north-quay", "axis": "region", "parent": "harbours"},
        ],
        "people": [{"key": "L1", "name": "Ada Example"}],
        "memberships": [
            {"person": "L1", "category": "full", "branch": "north-quay", "start": "2020-01-06"}
        ],
    },
    "cases": [{"reference": "C-1", "person": "L1", "branch": "north-quay", "opened": "2026-06-01"}],
    "told": [
        {"act": "form", "on": "2026-06-01", "sections": [1, 2]},
        {"act": "event", "on": "2026-06-01", "track": "union", "event": "send"},
    ],
    "expect": [{"what": "state", "track": "union", "is": "sent", "from": "rule 23"}],
}


@pytest.mark.slow
@pytest.mark.needs_cli
def test_the_command_line_checks_explains_draws_and_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("click")
    pytest.importorskip("rich")
    from click.testing import CliRunner

    from unioncore.cli import chosen
    from unioncore.cli.group import cli
    from unioncore.composition import FoundPlugin

    installed = FoundPlugin("lamplighters", "", "", lambda: SECOND_UNION)
    monkeypatch.setattr(chosen, "find_plugins", lambda: (installed,))
    monkeypatch.delenv("UNIONCORE_PLUGINS", raising=False)

    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, words, prog_name="unioncore")
        assert result.exit_code == 0, (words, result.output)
        return " ".join(result.stdout.split())

    folder = str(RECORDS)
    run("check", folder)
    assert "North Quay" in run("chart", folder, "--on", "2026-06-01")
    said = run("explain", "L1", "--union", folder, "--on", "2026-06-01")
    assert "Lamp Council" in said
    assert "North Quay" in said
    story = tmp_path / "story.json"
    story.write_text(json.dumps(STORY), encoding="utf-8")
    assert "C-1/union: lamps.handling is sent" in run("run", str(story))


@pytest.mark.needs_plugins
def test_the_plugins_of_public_services_go_with_it_as_far_as_unison_has_no_part_in_them() -> None:
    services = {"police-justice", "health", "local-government"}
    plugins = [each for each in find_plugins() if each.name in services]
    book = unioncore.compose(SECOND_UNION, *plugins, discover=False, block={"unison"})
    told = {
        each.name for each in book.plugins if each.without.startswith("left out without unison")
    }
    assert told == services
    assert book.own_union == "lamplighters"
    assert not {"police", "managers-in-partnership"} & {
        each.key for each in book.definitions.branches
    }
    assert book.case_type("pj.staff_misconduct").versions

    def place(**facts: str) -> unioncore.Placement:
        given = {name.replace("_", "."): value for name, value in facts.items()}
        return unioncore.placement(book, {"employer.nation": "England", **given}, on=DAY)

    police = place(
        employer_kind="police-force", employer_key="essex-police", job_group="police-staff"
    )
    assert police.negotiating_bodies.value == {"psc-ew"}
    assert police.union_has_seat.value is False
    assert not police.service_group.known
    nurse = place(employer_kind="nhs-trust", job_group="agenda-for-change")
    assert nurse.negotiating_bodies.value == {"nhs-sc"}
    chief = place(employer_kind="council", job_group="chief-officer")
    assert chief.negotiating_bodies.at_least == {"jnc-co"}
