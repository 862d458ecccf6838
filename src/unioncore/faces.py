"""What a package offers: the names that its modules list, so that no list is written twice."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

__all__ = ["offered", "on_demand"]


def offered(package: str) -> list[str]:
    """Return the names in ``__all__`` of the modules of ``package`` that it has imported.

    It imports with ``*`` each module that offers anything; what is only for the neighbours of a
    module does not stand in its ``__all__``.
    """
    within, own = f"{package}.", vars(sys.modules[package])
    names: set[str] = set()
    for module, loaded in sys.modules.items():
        if module.startswith(within) and "." not in module.removeprefix(within):
            names.update(
                name
                for name in getattr(loaded, "__all__", ())
                if own.get(name) is getattr(loaded, name)
            )
    return sorted(names)


def on_demand(
    package: str, *modules: str
) -> tuple[Callable[[str], Any], Callable[[], Iterable[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package that loads its modules when asked for.

    They are loaded in turn until one offers the name that is asked for: so whoever needs one module
    of a large package does not load all others with it. No name that a module offers may be that of
    a module.
    """
    own = vars(sys.modules[package])

    def load(name: str) -> Any:
        if "__all__" not in own and (name == "__all__" or not name.startswith("__")):
            for module in modules:
                loaded = import_module(f"{package}.{module}")
                own.update((each, getattr(loaded, each)) for each in loaded.__all__)
                if name in own:
                    break
            else:
                own["__all__"] = offered(package)
        if name in own:
            return own[name]
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def names() -> Iterable[str]:
        return {*load("__all__"), *own}

    return load, names
