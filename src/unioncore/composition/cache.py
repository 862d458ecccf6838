"""Keeps composed rulebooks on disk, so that a command need not compose one each time.

Each is kept under the hash of everything that it was made from: the code of unioncore, Python's
version, and the name, version and files of each plugin. So what is kept is never out of date: after
any change it is looked for under another name. A rulebook with a plugin that is more than a folder
of definitions, or one without a plugin that is broken, is composed each time.
"""

import json
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeGuard

from unioncore import builtin
from unioncore.composition.discovery import BUILTIN, FoundPlugin, installed_plugins, named
from unioncore.composition.packing import pack, unpack
from unioncore.definitions import TomlPlugin
from unioncore.errors import Fault
from unioncore.rulebook import Origin, Rulebook

__all__ = ["cached"]

OFF = "UNIONCORE_NO_CACHE"
"""The environment variable that switches it off, whatever it says."""
MOST = 8
"""How many rulebooks are kept; each takes about a megabyte."""


def cached(
    plugins: Iterable[FoundPlugin], block: Collection[str], compose: Callable[[], Rulebook]
) -> Rulebook:
    """Return the rulebook of some plugins as it is kept, or else compose it and keep it.

    Args:
        plugins: those that are composed, besides the built-in one and those that they need.
        block: the plugins to leave out.
        compose: composes them; whatever it raises is raised.
    """
    folder = _folder()
    name = None if folder is None else _made_from(plugins, frozenset(block))
    if folder is None or name is None:
        return compose()
    rulebook = _read(folder / name)
    if rulebook is None:
        rulebook = compose()
        if not rulebook.left_out:
            _write(folder / name, rulebook)
    return rulebook


def _made_from(plugins: Iterable[FoundPlugin], block: frozenset[str]) -> str | None:
    """Return the hash of everything that makes the rulebook of some plugins.

    None where something else than files makes it, or where something is wrong with a plugin.
    """
    faults: list[Fault] = []
    given = [named(builtin.plugin, BUILTIN)[0], *plugins]
    there = installed_plugins(block, faults) | {each.name: each for each in given}
    names = [each.name for each in given]
    parts = []
    for found in (there[name] for name in names):  # which grow
        try:
            plugin = found.load()
        except (Exception, SystemExit):  # whatever its module does; composition tells it
            return None
        if not _is_a_folder(plugin):
            return None
        files, about = plugin.contents.files, plugin.about
        faults += plugin.contents.faults
        hashes = sorted((file, sha256(content).hexdigest()) for file, content in files.items())
        own = found.name, found.distribution, found.version
        parts.append((*own, about.prefix, about.requires, hashes))
        needed = {*about.requires, *(Origin("", file).beside for file in files)}
        names += sorted(needed & there.keys() - {*names})
    code = _code()
    if faults or not code:
        return None
    return sha256(repr((sys.version, code, sorted(parts))).encode()).hexdigest()


def _is_a_folder(plugin: object) -> TypeGuard[TomlPlugin]:
    """Whether a plugin is its definition files and no more: not even a hook is added to it."""
    return type(plugin) is TomlPlugin and not any(
        name.startswith("unioncore_") for name in vars(plugin)
    )


def _code() -> str:
    """Return the hash of the code of unioncore; empty where it does not lie in a folder."""
    files = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(Path(__file__).parents[1])
        for name in names
        if name.endswith(".py")
    )
    return sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest() if files else ""


def _folder() -> Path | None:
    """Return the folder that rulebooks are kept in; None where others could write there."""
    if OFF in os.environ or not hasattr(os, "getuid"):
        return None
    try:
        usual = Path(os.environ.get("XDG_CACHE_HOME", ""))
        if not usual.is_absolute():
            usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        folder = usual / "unioncore"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        safe = _only_mine(folder.stat()) and all(_kept_by_its_owner(p) for p in folder.parents)
    except (OSError, RuntimeError):  # the latter where nobody knows a home
        return None
    return folder if safe else None


def _only_mine(found: os.stat_result) -> bool:
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _kept_by_its_owner(folder: Path) -> bool:
    """Whether nobody but this user and root can put something else in the place of what is here."""
    found = folder.stat()
    others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
    return found.st_uid in (0, os.getuid()) and not others


def _read(file: Path) -> Rulebook | None:
    """Return a rulebook that is kept; None where the file is not there, not mine or not whole."""
    try:
        with file.open("rb") as opened:
            if not _only_mine(os.fstat(opened.fileno())):
                return None
            hashed, _, content = opened.read().partition(b"\n")
        if sha256(content).hexdigest() != hashed.decode():
            return None
        rulebook, fingerprint = unpack(json.loads(content))
    except Exception:  # whatever stands in the file, the rulebook is composed again
        return None
    if not isinstance(rulebook, Rulebook):
        return None
    vars(rulebook).update(fingerprint=fingerprint)
    return rulebook


def _write(file: Path, rulebook: Rulebook) -> None:
    """Keep a rulebook, in one step, and remove what was kept longest; nothing where that fails."""
    packed = pack((rulebook, rulebook.fingerprint))
    content = json.dumps(packed, separators=(",", ":")).encode()
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        with open(unfinished, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            new.write(sha256(content).hexdigest().encode() + b"\n" + content)
        unfinished.replace(file)
        for old in sorted(file.parent.iterdir(), key=lambda each: each.stat().st_mtime)[:-MOST]:
            old.unlink()
    except OSError:
        return
