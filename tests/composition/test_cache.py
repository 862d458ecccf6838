"""A rulebook that is kept on disk is the one that would be composed, or is not used."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import unioncore
from tests.books import core
from tests.composition.making import SOUND, SOURCE, python
from unioncore import Rulebook
from unioncore.composition import FoundPlugin, cache, plugin_in
from unioncore.composition.cache import MOST, OFF, cached
from unioncore.rulebook import Definitions

if not hasattr(os, "getuid"):
    pytest.skip("nothing is kept where files have no owner", allow_module_level=True)

ON = date(2024, 1, 1)
WALES = {"employer.nation": "Wales"}
EMPTY = Rulebook(Definitions(), not_proved=("that there is anything",))


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which rulebooks are kept for one test."""
    monkeypatch.delenv(OFF)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept" / "unioncore"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small plugin, which answers "a"."""
    folder = tmp_path / "small"
    folder.mkdir()
    content = (SOURCE + SOUND).replace("NAME", "small")
    (folder / "small.toml").write_text(content, encoding="utf-8")
    return folder


class Composing:
    """Composes when it is called, and counts how often; ``book`` stands for what comes of it."""

    def __init__(self, *plugins: FoundPlugin, book: Rulebook | None = None) -> None:
        self.plugins, self.book, self.times = plugins, book, 0

    def __call__(self) -> Rulebook:
        self.times += 1
        return self.book or unioncore.compose(*self.plugins, discover=False)


def composed(*plugins: FoundPlugin, block: Iterable[str] = ()) -> bool:
    """Ask for the rulebook of some plugins; whether it had to be composed."""
    composing = Composing(book=EMPTY)
    assert cached(plugins, {*block}, composing) == EMPTY
    return composing.times == 1


def answer(folder: Path) -> tuple[Any, int]:
    """Return what the plugin in a folder answers, and how often that was composed."""
    composing = Composing(plugin_in(folder))
    book = cached(composing.plugins, (), composing)
    return unioncore.ask(book, WALES, "small.answer", on=ON)["small.answer"].value, composing.times


def test_the_kept_rulebook_is_that_which_was_composed() -> None:
    composing = Composing(book=core())
    assert cached((), (), composing) is core()
    book = cached((), (), composing)
    assert book is not core()
    assert (book.definitions, book.origins) == (core().definitions, core().origins)
    assert (book.plugins, book.not_proved) == (core().plugins, core().not_proved)
    kept_print = book.fingerprint
    del vars(book)["fingerprint"]
    assert book.fingerprint == kept_print


@pytest.mark.slow
def test_one_letter_in_a_file_is_noticed_though_its_time_is_put_back(folder: Path) -> None:
    assert answer(folder) == ("a", 1)
    assert answer(folder) == ("a", 0)
    file = folder / "small.toml"
    before, was = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(was.replace('value = "a"', 'value = "b"'), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert answer(folder) == ("b", 1)
    file.write_text(was, encoding="utf-8")
    assert answer(folder) == ("a", 0)


def test_a_file_more_or_of_another_name_is_noticed(folder: Path) -> None:
    assert composed(plugin_in(folder))
    (folder / "small.toml").rename(folder / "little.toml")
    assert composed(plugin_in(folder))
    (folder / "more.toml").write_text("# Nothing yet\n", encoding="utf-8")
    assert composed(plugin_in(folder))
    assert not composed(plugin_in(folder))


def test_what_looks_like_a_definition_and_is_not_read_is_told_each_time(folder: Path) -> None:
    assert composed(plugin_in(folder))
    (folder / "more.tmol").write_text("", encoding="utf-8")
    assert composed(plugin_in(folder))
    assert composed(plugin_in(folder))


@pytest.mark.parametrize("what", ["sys.version", "_code"])
def test_another_python_or_another_unioncore_composes_anew(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert composed()
    if what == "_code":
        monkeypatch.setattr(cache, what, lambda: "another")
    else:
        monkeypatch.setattr(sys, "version", "another")
    assert composed()


def test_every_module_of_the_code_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "composition").mkdir(parents=True)
    monkeypatch.setattr(cache, "__file__", str(package / "composition" / "cache.py"))
    found = [cache._code()]
    for name in ("rulebook.py", "composition/each.py"):
        (package / name).write_text("ONE = 1\n", encoding="utf-8")
        found.append(cache._code())
    (package / "rulebook.py").write_text("ONE = 2\n", encoding="utf-8")
    found.append(cache._code())
    assert found[0] == ""
    assert len({*found}) == len(found)
    monkeypatch.setattr(cache, "_code", lambda: "")
    assert composed()
    assert composed()


def test_plugins_that_take_part_count_and_others_do_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def installed(version: str, name: str = "small") -> None:
        found = FoundPlugin(name, "unioncore-small", version, plugin_in(folder).load)
        monkeypatch.setattr(cache, "installed_plugins", lambda block, faults: {name: found})

    needing = FoundPlugin(
        "needing", "", "", lambda: unioncore.TomlPlugin(folder, prefix="x", requires=["small"])
    )
    installed("1.0", "other")
    assert composed(needing)
    installed("1.0")
    assert composed(needing)
    assert not composed(needing)
    installed("1.1")
    assert composed(needing)
    installed("1.1", "other")
    assert not composed(needing)


def test_a_plugin_beside_which_definitions_stand_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "with-other").mkdir()
    (folder / "with-other" / "x.toml").write_text("# Nothing yet\n", encoding="utf-8")
    assert composed(plugin_in(folder))
    other = FoundPlugin("other", "", "", plugin_in(folder).load)
    monkeypatch.setattr(cache, "installed_plugins", lambda block, faults: {"other": other})
    assert composed(plugin_in(folder))


def test_a_plugin_that_is_more_than_files_is_composed_each_time(folder: Path) -> None:
    module = python("")(folder.parent, "coded")

    class Own(unioncore.TomlPlugin):
        """A plugin that may do anything."""

    def broken() -> None:
        raise SystemExit

    added: Any = unioncore.TomlPlugin(folder, prefix="small")
    added.unioncore_predicates = lambda: ()
    own = Own(folder, prefix="small")
    for plugin in (
        module,
        FoundPlugin("added", "", "", lambda: added),
        FoundPlugin("own", "", "", lambda: own),
        FoundPlugin("broken", "", "", broken),
    ):
        assert composed(plugin)
        assert composed(plugin)


def test_a_rulebook_without_a_broken_plugin_is_not_kept(folder: Path, kept: Path) -> None:
    file = folder / "small.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("employer.nation", "employer.naton"))
    plugin = plugin_in(folder)
    book = unioncore.compose(plugin, discover=False, on_fault="leave out")
    assert cached([plugin], (), lambda: book) is book
    assert [*kept.iterdir()] == []


def only(kept: Path) -> Path:
    """Return the one file that is kept."""
    (file,) = kept.iterdir()
    return file


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"anything", b"anythink"),
        lambda content: b"\x00" * 99,
        lambda content: b"{}",
    ],
    ids=["empty", "half", "one letter", "zeros", "another form"],
)
def test_a_file_that_is_not_whole_is_put_right(spoil: Callable[[bytes], bytes], kept: Path) -> None:
    assert composed()
    file = only(kept)
    was = file.read_bytes()
    file.write_bytes(spoil(was))
    assert composed()
    assert only(kept).read_bytes() == was
    assert not composed()


@pytest.mark.parametrize(
    "content", ["1", "[]", '{"classes": ["os:system"], "objects": ["true", [0, 0]]}']
)
def test_what_is_no_rulebook_is_not_read_though_its_hash_is_right(content: str, kept: Path) -> None:
    assert composed()
    file = only(kept)
    hashed = cache.sha256(content.encode()).hexdigest()
    file.write_text(f"{hashed}\n{content}", encoding="utf-8")
    assert composed()


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
@pytest.mark.parametrize("place", ["the file", "the folder", "a folder above"])
def test_nothing_is_read_where_others_can_write(place: str, mode: int, kept: Path) -> None:
    assert composed()
    file = only(kept)
    {"the file": file, "the folder": kept, "a folder above": kept.parent}[place].chmod(mode)
    assert composed()


def test_nothing_is_read_through_a_link_to_where_others_can_write(
    kept: Path, tmp_path: Path
) -> None:
    assert composed()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    kept.rename(elsewhere / "unioncore")
    kept.symlink_to(elsewhere / "unioncore", target_is_directory=True)
    assert composed()


def test_nothing_is_read_of_what_is_somebody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert composed()
    somebody = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody)
    assert composed()


def test_only_its_owner_can_read_what_is_kept(kept: Path) -> None:
    assert composed()
    assert [each.stat().st_mode & 0o777 for each in (kept, only(kept))] == [0o700, 0o600]


def test_a_place_that_cannot_be_written_stops_nothing(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        assert composed()
    assert [*kept.iterdir()] == []
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file" / "below"))
    assert composed()


def test_it_lies_in_the_home_where_no_other_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert composed()
    assert not composed()
    assert any((tmp_path / usual).is_dir() for usual in (".cache", "Library/Caches"))


def test_it_can_be_switched_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert composed()
    monkeypatch.setenv(OFF, "1")
    assert composed()
    only(kept)


def test_what_a_writer_left_unfinished_is_in_nobodys_way(kept: Path) -> None:
    kept.mkdir(mode=0o700, parents=True)
    assert composed()
    left = only(kept).with_suffix(".1")
    left.write_bytes(only(kept).read_bytes()[:99])
    assert not composed()


def test_only_so_many_are_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.mkdir(mode=0o700, parents=True)
    for number in range(MOST + 3):
        (kept / f"older-{number}").touch()
        os.utime(kept / f"older-{number}", (number, number))
    assert composed()
    assert not composed()
    left = {each.name for each in kept.iterdir()}
    assert len(left) == MOST
    assert "older-3" not in left
    assert f"older-{MOST + 2}" in left


@pytest.mark.slow
@pytest.mark.needs_cli
def test_processes_at_once_say_the_same_and_leave_one_file(kept: Path) -> None:
    command = [sys.executable, "-m", "unioncore", "ask", "organised", "--json"]
    command += ["--plugin", "builtin", "--on", "2024-06-01"]
    at_once = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    said = [each.communicate()[0] for each in at_once]
    only(kept)
    said.append(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)
    off = {**os.environ, OFF: "1"}
    said.append(subprocess.run(command, stdout=subprocess.PIPE, check=False, env=off).stdout)
    assert said[0]
    assert {*said} == {said[0]}
