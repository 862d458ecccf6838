"""What a package offers: the names that its modules list, so that no list is written twice."""

import sys

__all__ = ["offered"]


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
