"""Files put into a folder whole or not at all, whatever stops the writer.

New files are written into a hidden folder inside, and synced. One rename says that they are all
there: from then on they count. Then each is moved to its place. A writer that is stopped before the
rename has changed nothing; what one stopped after it has not moved, whoever comes next moves.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from unioncore.errors import NotWritten
from unioncore.paths import on_disk

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where two writers are not kept apart
    fcntl = None  # type: ignore[assignment]

__all__: list[str] = []

_BEGUN = ".unioncore-begun"
"""Holds new files that are not all there yet."""
_COMPLETE = ".unioncore-complete"
"""Holds new files that count; one without content stands for a file to be taken away."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other writers of a folder waiting, and set right what a stopped one left.

    The folder is made where it is not there, for its owner alone, and taken away again where
    nothing was put into it.

    Raises:
        NotWritten: when that cannot be done.
    """
    made = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder):
            try:
                _settle(folder)
                yield
            finally:
                if made and not any(folder.iterdir()):
                    folder.rmdir()
    except OSError as error:
        if isinstance(error, NotWritten):
            raise
        raise NotWritten(str(folder), error.strerror or type(error).__name__) from None


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in their places, by name; one without content is taken away.

    Whoever calls it has the folder alone. Files keep their modes, and new ones are as private as
    the folder.

    Raises:
        NotWritten: when a file to be replaced is a link.
        OSError: when the disk fails; nothing is changed.
    """
    begun = folder / _BEGUN
    try:
        begun.mkdir(mode=0o700)
        for name, content in files.items():
            if (folder / name).is_symlink():
                raise NotWritten(str(folder), f"{name} is a link; put the file itself there")
            _write(begun / name, content, _mode(folder, folder / name))
        for inside in {begun, *(each.parent for each in begun.rglob("*"))}:
            on_disk(inside)
        begun.rename(folder / _COMPLETE)
        on_disk(folder)
        on_disk(folder.parent)
    except BaseException:
        for each in (begun, folder / _COMPLETE):
            shutil.rmtree(each, ignore_errors=True)
        raise
    # They count. What cannot be moved now, the next reader moves, or says why it cannot.
    with suppress(OSError):
        _settle(folder)


def settle(folder: Path) -> None:
    """Move what a stopped writer had completed; raises ``OSError`` where that is not allowed."""
    if (folder / _COMPLETE).exists():
        with _locked(folder):
            _settle(folder)


def seen(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """Return which files a folder and its folders hold, so that any change of one shows."""
    found = [folder, *folder.iterdir()]
    found += [file for each in found[1:] if each.is_dir() for file in each.iterdir()]
    told = ((str(each), each.stat(follow_symlinks=False)) for each in found)
    return frozenset((name, s.st_ino, s.st_mtime_ns, s.st_size) for name, s in told)


def state_of(files: Mapping[str, bytes]) -> str:
    """Return a digest of files by name, by which another state of them shows."""
    found = blake2b(digest_size=16)
    for name, content in sorted(files.items()):
        found.update(f"{name}\0{len(content)}\0".encode(errors="surrogatepass"))
        found.update(content)
    return found.hexdigest()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which a process that is stopped lets go."""
    if fcntl is None:  # pragma: no cover
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _settle(folder: Path) -> None:
    """Throw away what a stopped writer had begun, and move what it had completed."""
    if (folder / _BEGUN).exists():
        shutil.rmtree(folder / _BEGUN)
    complete = folder / _COMPLETE
    if not complete.exists():
        return
    for file in sorted(each for each in complete.rglob("*") if each.is_file()):
        place = folder / file.relative_to(complete)
        if file.stat().st_size:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            file.replace(place)
        else:
            place.unlink(missing_ok=True)
            file.unlink()
    for inside in complete.rglob("*"):
        on_disk(folder / inside.relative_to(complete))
    on_disk(folder)
    shutil.rmtree(complete)
    on_disk(folder)


def _write(file: Path, content: bytes, mode: int) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_bytes(content)
    on_disk(file)
    file.chmod(mode)


def _mode(folder: Path, file: Path) -> int:
    """Return the mode of a file; of one that is not there, as private as its folder is."""
    if file.exists():
        return file.stat().st_mode & 0o777
    return folder.stat().st_mode & 0o666
