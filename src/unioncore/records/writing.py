"""Writing a union's folder, whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from unioncore.errors import BadUnion, DataFault
from unioncore.model import TABLES, Union
from unioncore.paths import AnyPath, as_path
from unioncore.records.reading import HEAD, Reading, read_union
from unioncore.records.tables import write_table

__all__ = ["write_union"]


def write_union(
    union: Union,
    folder: AnyPath,
    *,
    plugins: tuple[str, ...] = (),
    extra: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Write a union as a folder of CSV files that reads back as an equal union.

    The new folder is made beside the old one, read back, and only then put in its place. Policies
    and other files of the old folder are kept. Should the machine stop between the two last steps,
    the old folder is found beside it, its name ending in ``.old``.

    Args:
        union: what to write; its settings are not written, since policies are files of their own.
        folder: where, as a path or as text; it may exist.
        plugins: the plugins that the tables rest on, for ``union.toml``.
        extra: for each table, the union's own columns, as ``Reading.extra`` gives them.

    Raises:
        WrongArgument: when ``folder`` is no path.
        BadUnion: when what would be written could not be read back as it is; nothing is changed.
        OSError: when the disk fails; nothing is changed.
    """
    folder = as_path(folder, "folder").resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        if folder.exists():
            shutil.copytree(folder, new, dirs_exist_ok=True)
        _fill(new, union, plugins, dict(extra or {}))
        _proof(read_union(new), union)
        new.chmod(0o755)
        _swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _fill(
    folder: Path, union: Union, plugins: tuple[str, ...], extra: dict[str, tuple[str, ...]]
) -> None:
    for name, kind in TABLES.items():
        records = getattr(union, name)
        for ending in (".csv", ".ndjson"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
        own = dict.fromkeys(extra.get(name, ()))
        own |= dict.fromkeys(key for record in records for key, _ in record.extra)
        if own:
            extra[name] = tuple(own)
        if records:
            text = write_table(kind, records, tuple(own))
            (folder / f"{name}.csv").write_bytes(_bytes(text))
    lines = [f"union = {_quoted(union.key)}"]
    lines += [f"name = {_quoted(union.name)}"] if union.name else []
    lines += [f"kept_until = {union.kept_until.isoformat()}"] if union.kept_until else []
    if plugins:
        lines.append(f"plugins = [{', '.join(map(_quoted, plugins))}]")
    if extra:
        lines += ["", "[columns]"]
        lines += [f"{name} = [{', '.join(map(_quoted, own))}]" for name, own in extra.items()]
    (folder / HEAD).write_bytes(_bytes("\n".join(lines) + "\n"))


def _bytes(text: str) -> bytes:
    # What is no text in UTF-8 is written all the same: it is found when it is read back.
    return text.encode(errors="surrogatepass")


def _quoted(text: str) -> str:
    escaped = "".join(
        f"\\U{ord(letter):08x}" if letter in '"\\' or not letter.isprintable() else letter
        for letter in text
    )
    return f'"{escaped}"'


def _proof(reading: Reading, union: Union) -> None:
    """Raise when what was written does not say what was meant."""
    if reading.faults:
        raise BadUnion(reading.faults)
    said = "cannot be written so that it reads back the same"
    for field in ("key", "name", "kept_until"):
        if getattr(reading.union, field) != getattr(union, field):
            raise BadUnion((DataFault(HEAD, 0, "union" if field == "key" else field, said),))
    for name in TABLES:
        found, meant = getattr(reading.union, name), getattr(union, name)
        for line, (one, other) in enumerate(zip_longest(found, meant), 2):
            if one != other:
                raise BadUnion((DataFault(f"{name}.csv", line, "", said),))


def _swap(new: Path, folder: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    old = folder.with_name(f"{folder.name}.old")
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
