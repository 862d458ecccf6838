"""Mappings of a rulebook: one that nobody writes into, and one that knows what its keys are."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar, overload

from unioncore.errors import UnknownName, nearest

__all__ = ["Named", "ReadOnly", "read_only"]

T = TypeVar("T")
D = TypeVar("D")
K = TypeVar("K")


class ReadOnly(dict[K, T]):
    """A mapping that is as it was made; unlike ``MappingProxyType`` it can be pickled.

    Raises:
        TypeError: when somebody writes into it.
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a rulebook stays as it is")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type["ReadOnly[K, T]"], tuple[dict[K, T]]]:
        return ReadOnly, (dict(self),)


def read_only(given: Mapping[Any, Any]) -> Any:
    """Return a mapping, and those in it, as one that nobody writes into; a converter of attrs."""
    return ReadOnly(
        {key: read_only(each) if isinstance(each, dict) else each for key, each in given.items()}
    )


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
