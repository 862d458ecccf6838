"""Things of one kind by their keys, where a key that nothing has raises ``UnknownName``."""

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from unioncore.errors import UnknownName, nearest

__all__ = ["Named"]

T = TypeVar("T")
D = TypeVar("D")


class Named(Mapping[str, T]):
    """Things of one kind by key.

    ``[key]`` raises ``UnknownName`` with the nearest key where there is none; ``in`` and ``get``
    are for keys that may be missing, such as those of a case whose plugin is not loaded.
    """

    __slots__ = ("_things", "kind")

    def __init__(self, kind: str, things: Mapping[str, T]) -> None:
        self.kind = kind
        """What errors call a thing of the kind, such as ``case type``."""
        self._things = things

    def __getitem__(self, key: str) -> T:
        if key not in self._things:
            raise UnknownName(self.kind, key, nearest(key, self._things))
        return self._things[key]

    # Most that is asked for and not there needs no nearest spelling, which takes time to find.
    def __contains__(self, key: object) -> bool:
        return key in self._things

    @overload
    def get(self, key: str, /) -> T | None: ...
    @overload
    def get(self, key: str, default: T | D, /) -> T | D: ...
    def get(self, key: str, default: D | None = None, /) -> T | D | None:
        """Return the thing, or ``default`` where nothing has the key."""
        return self._things.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)
