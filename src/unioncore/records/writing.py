"""Writing a union's folder, whole or not at all."""

from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest

from unioncore import model
from unioncore.checked import checked
from unioncore.errors import BadUnion, DataFault, Overtaken
from unioncore.model import TABLES, Record, Union
from unioncore.paths import AnyPath, as_names, as_path
from unioncore.records.cells import NOT_THE_SAME, not_the_same
from unioncore.records.reading import ENDINGS, HEAD, Reading, held, read_files
from unioncore.records.tables import write_table
from unioncore.records.whole import alone, put, state_of

__all__ = ["write_union"]


@checked
def write_union(
    union: Union,
    folder: AnyPath,
    *,
    plugins: Collection[str] = (),
    extra: Mapping[str, tuple[str, ...]] | None = None,
    policies: Mapping[str, bytes] | None = None,
    cases: Iterable["model.Case"] | None = None,  # quoted: loaded when it is needed
    after: Reading | None = None,
) -> None:
    """Write a union as a folder of CSV files that reads back as an equal union.

    It is read back before it counts. Other files of the folder are kept. Other writers wait for
    their turn. What a writer was stopped at is finished, or was never begun, by the next reading or
    writing.

    Args:
        union: what to write; its settings are not written, since policies are files of their own.
        folder: where, as a path or as text; it may exist. A new one is for its owner alone.
        plugins: the plugins that the tables rest on, for ``union.toml``.
        extra: for each table, the union's own columns, as ``Reading.extra`` gives them.
        policies: its policy files by name, such as ``policies/ash.toml``; default: those it has.
        cases: its cases; default: those it has.
        after: the reading that the union was made from. Where the folder is another by now, nothing
            is written; without it, what somebody else has written meanwhile is lost.

    Raises:
        WrongArgument: when ``folder`` is no path.
        BadUnion: when what would be written could not be read back as it is; nothing is changed.
        Overtaken: when the folder is no longer as ``after`` found it; nothing is changed.
        NotWritten: when the disk fails; nothing is changed.
    """
    folder = as_path(folder, "folder").resolve()
    with alone(folder):
        before, faults = held(folder)
        if after is not None and after.state != state_of(before):
            raise Overtaken(str(folder))
        replaced = {f"{name}{ending}" for name in TABLES for ending in ENDINGS}
        new = _union_files(union, as_names(plugins, "plugins"), extra or {})
        if policies is not None:
            replaced |= {name for name in before if name.startswith("policies/")}
            new |= policies
        kept = {name: content for name, content in before.items() if name not in replaced}
        _proof(read_files(kept | new), union, faults)
        gone = {name: b"" for name in before if name in replaced}
        if cases is not None:
            from unioncore.records.cases import case_files

            gone |= {f"cases/{each.name}": b"" for each in folder.glob("cases/*.json")}
            new |= case_files(cases)
        put(folder, gone | new)


def _union_files(
    union: Union, plugins: tuple[str, ...], extra: Mapping[str, tuple[str, ...]]
) -> dict[str, bytes]:
    """Return the files of a union's folder by name, without its policies and cases."""
    every = own_columns({name: getattr(union, name) for name in TABLES}, extra)
    files = {
        f"{name}.csv": _bytes(write_table(kind, records, every.get(name, ())))
        for name, kind in TABLES.items()
        if (records := getattr(union, name))
    }
    return files | {HEAD: _bytes(head_text(union, plugins, every))}


def own_columns(
    rows: Mapping[str, Iterable[Record]], extra: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the union's own columns of each table: those declared, and those that rows have."""
    every = dict(extra)
    for name, records in rows.items():
        own = dict.fromkeys(every.get(name, ()))
        own |= dict.fromkeys(key for record in records for key, _ in record.extra)
        if own:
            every[name] = tuple(own)
    return every


def head_text(union: Union, plugins: tuple[str, ...], extra: Mapping[str, tuple[str, ...]]) -> str:
    """Return the text of ``union.toml``."""
    lines = [f"union = {_quoted(union.key)}"]
    lines += [f"name = {_quoted(union.name)}"] if union.name else []
    lines += [f"kept_until = {union.kept_until.isoformat()}"] if union.kept_until else []
    if plugins:
        lines.append(f"plugins = [{', '.join(map(_quoted, plugins))}]")
    if extra:
        lines += ["", "[columns]"]
        for table, own in extra.items():
            name = table if table in TABLES else _quoted(table)
            lines.append(f"{name} = [{', '.join(map(_quoted, own))}]")
    return "\n".join(lines) + "\n"


def _bytes(text: str) -> bytes:
    # What is no text in UTF-8 is written all the same: it is found when it is read back.
    return text.encode(errors="surrogatepass")


def _quoted(text: str) -> str:
    escaped = "".join(
        f"\\U{ord(letter):08x}" if letter in '"\\' or not letter.isprintable() else letter
        for letter in text
    )
    return f'"{escaped}"'


def _proof(reading: Reading, union: Union, faults: tuple[DataFault, ...] = ()) -> None:
    """Raise ``BadUnion`` when what is to be written does not say what is meant."""
    if faults or reading.faults:
        raise BadUnion((*faults, *reading.faults))
    for field in ("key", "name", "kept_until"):
        if getattr(reading.union, field) != getattr(union, field):
            raise BadUnion(
                (DataFault(HEAD, 0, "union" if field == "key" else field, NOT_THE_SAME),)
            )
    for name in TABLES:
        found, meant = getattr(reading.union, name), getattr(union, name)
        for line, (one, other) in enumerate(zip_longest(found, meant), 2):
            if one != other:
                raise BadUnion(not_the_same(f"{name}.csv", line, other))
