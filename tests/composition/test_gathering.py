"""A plugin that is broken stops nothing where that is asked for, and every answer says so."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import unioncore
from tests.composition.making import ABOUT, compose, faults_of, python, rule, sound, toml
from unioncore.answers.working import Working
from unioncore.errors import CompositionError, WrongArgument
from unioncore.rules import Fact, FactType

ON = date(2024, 1, 1)
WALES = {"employer.nation": "Wales"}
BROKEN = sound("employer.nation ==", "employer.naton ==")


def without_broken(*plugins: Any) -> unioncore.Rulebook:
    return unioncore.compose(*plugins, discover=False, on_fault="leave out")


def needing(folder: Path, name: str, *needs: str) -> Any:
    """Return a sound plugin that requires others."""
    plugin = sound()(folder, name)
    made = unioncore.TomlPlugin(plugin.package, prefix=name, requires=needs)
    made.name = name  # type: ignore[attr-defined]
    return made


def left_out(book: unioncore.Rulebook) -> list[str]:
    return [each.plugin for each in book.left_out]


@pytest.mark.slow
def test_what_is_broken_goes_with_all_that_requires_it_and_every_answer_says_so(
    tmp_path: Path,
) -> None:
    plugins = [
        BROKEN(tmp_path, "broken"),
        needing(tmp_path, "needs", "broken"),
        needing(tmp_path, "further", "needs"),
        sound()(tmp_path, "fine"),
    ]
    with pytest.raises(CompositionError, match=r"mend or leave out \(--without broken"):
        compose(*plugins)
    book = without_broken(*plugins)
    assert left_out(book) == ["broken", "further", "needs"]
    assert [each.name for each in book.plugins] == ["builtin", "fine"]
    (answer,) = unioncore.ask(book, WALES, "fine.answer", on=ON).values()
    assert answer.value == "a"
    first, further, needs = answer.warnings
    assert "the plugin broken is left out: broken: broken.toml:20:3: rule broken.rule" in first
    assert "no fact is called employer.naton" in first
    assert needs.endswith("needs: needs the plugin broken, which is left out")
    assert further.endswith("further: needs the plugin needs, which is left out")
    # What is counted in Python says it too.
    asked = Fact("counted", FactType.WHOLE, "the number counted")
    assert Working.by(book, ON).known(asked, 3, "counted").warnings == answer.warnings
    assert compose(sound()(tmp_path, "calm")).left_out == ()


@pytest.mark.parametrize(
    "code",
    ["1 / 0", "raise SystemExit(3)", "from unioncore import nothing_of_this_name"],
)
def test_a_plugin_may_do_what_it_likes_when_it_is_loaded(code: str, tmp_path: Path) -> None:
    hook = f"@hookimpl\ndef unioncore_rules():\n    {code}\n"
    for name, plugin in {
        "loaded": python("", about=f"{code}\n")(tmp_path, "loaded"),
        "called": python(hook)(tmp_path, "called"),
        "asked": python("", about=ABOUT.replace("return", f"{code}\n    return"))(
            tmp_path, "asked"
        ),
    }.items():
        assert left_out(without_broken(plugin)) == [name]


def test_of_two_that_clash_the_one_goes_on_which_fewer_rest(tmp_path: Path) -> None:
    other = rule("NAME.other", "job.is_manager", '"b"', decides="first.answer")
    first, second = sound()(tmp_path, "first"), toml(other)(tmp_path, "second")
    assert left_out(without_broken(first, second)) == ["first", "second"]
    rests = needing(tmp_path, "rests", "first")
    assert left_out(without_broken(first, second, rests)) == ["second"]


def test_what_clashes_with_the_core_goes(tmp_path: Path) -> None:
    nation = toml('[words.nation]\nWales = "The Principality"')(tmp_path, "aaa")
    assert left_out(without_broken(nation)) == ["aaa"]
    circle = rule(
        "NAME.r", "union_has_seat", "[]", decides="seated_bodies", more="otherwise = true"
    )
    assert left_out(without_broken(toml(circle)(tmp_path, "circle"))) == ["circle"]


def test_a_prefix_belongs_to_one_plugin(tmp_path: Path) -> None:
    core = toml("")(tmp_path, "core")
    (fault,) = faults_of(core)
    said = "the prefix core is taken; choose another than that of builtin"
    assert str(fault) == f"core: unioncore_about.prefix: {said}"
    assert left_out(without_broken(core)) == ["core"]


def test_a_plugin_that_is_not_there_is_not_to_be_installed_by_a_name_made_up(
    tmp_path: Path,
) -> None:
    (fault,) = faults_of(needing(tmp_path, "needs", "fin"), sound()(tmp_path, "fine"))
    said = "needs the plugin fin, which is not installed; did you mean 'fine'?"
    assert fault.message == said


def test_what_to_do_on_a_fault_is_one_of_two_words() -> None:
    with pytest.raises(
        WrongArgument, match='on_fault: expected "raise" or "leave out", got \'no\''
    ):
        unioncore.compose(discover=False, on_fault="no")
