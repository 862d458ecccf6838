"""The plugins, listed and chosen."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
needs_plugins = pytest.mark.needs_plugins


def test_plugins_are_listed_with_what_they_give(run: Run) -> None:
    result = run("plugins --json")
    listed = {plugin["name"]: plugin for plugin in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert listed["builtin"]["contributes"]["facts"] > 0
    assert listed["builtin"]["faults"] == []


@pytest.mark.slow
@needs_plugins
def test_a_set_of_plugins_is_chosen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(words: str) -> set[str]:
        return {plugin["name"] for plugin in json.loads(run(f"plugins --json {words}").stdout)}

    everything = names("")
    assert {"builtin", "unison", "police-justice"} <= everything
    assert names("--plugin unison") == {"builtin", "unison"}
    assert names("--plugin police-justice") == {"builtin", "unison", "police-justice"}
    assert names("--without police-justice") == everything - {"police-justice"}
    assert names("--without unison") == everything - {"unison"}
    alone = run("plugins --plugin police-justice --without unison")
    assert alone.exit_code == 0
    assert "police-justice: left out without unison: " in alone.stdout
    monkeypatch.setenv("UNIONCORE_PLUGINS", "unison")
    assert names("") == {"builtin", "unison"}
    assert names("--plugin police-justice") == {"builtin", "unison", "police-justice"}


@pytest.mark.slow
def test_a_broken_plugin_is_shown_beside_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unioncore.cli import chosen
    from unioncore.composition import FoundPlugin

    def load() -> None:
        raise RuntimeError("boom")

    broken = FoundPlugin("broken", "unioncore-broken", "1", load)
    monkeypatch.setattr(chosen, "find_plugins", lambda: (broken,))
    shown = run("plugins")
    assert shown.exit_code == 1
    assert re.search(r"broken: .*RuntimeError: boom", shown.stdout)
    assert "builtin" in shown.stdout
    asked = run("ask organised")
    assert asked.exit_code == 3
    assert "boom" in asked.stderr
    assert "warning: the plugin broken is left out: " in asked.stdout


def test_a_plugin_in_a_folder_is_used_as_it_lies_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lights"
    folder.mkdir()
    said = '[fact.lights.lit]\ntype = "yes-no"\nlabel = "the lamp is lit"\n'
    said += 'denial = "the lamp is not lit"\nabout = "Whether the lamp is lit."\n'
    (folder / "facts.toml").write_text(said, encoding="utf-8")
    listed = json.loads(run("plugins", "--json", "--plugin", str(folder)).stdout)
    assert {each["name"]: each["contributes"] for each in listed}["lights"] == {"facts": 1}
    facts = run("facts", "--about", "lights.", "--plugin", str(folder))
    assert facts.stdout == "lights.lit: the lamp is lit (yes-no, given)\n"
    (folder / "facts.toml").unlink()
    empty = run("plugins", "--plugin", str(folder))
    assert (empty.exit_code, empty.stderr[:25]) == (1, "lights: no plugin is here")
    nowhere = run("plugins", "--plugin", str(tmp_path / "nowhere"))
    assert (nowhere.exit_code, nowhere.stderr) == (1, "nowhere: there is no such folder\n")


@needs_plugins
def test_a_plugin_that_is_misspelt_is_suggested(run: Run) -> None:
    result = run("plugins --plugin polic-justice")
    assert result.exit_code == 2
    assert "'police-justice'" in result.stderr


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_what_is_lacking_may_be_in_a_plugin_that_is_not_used(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lights"
    folder.mkdir()
    (folder / "words.toml").write_text('[words.job_grop]\nkeeper = "keepers"\n', encoding="utf-8")
    asked = run("ask", "organised", "--plugin", str(folder), "--plugin", "unison")
    assert "the plugin lights is left out" in asked.stderr
    used = "installed and not used here: health, local-government, police-justice;"
    assert f"{used} --plugin NAME uses one too" in asked.stderr
