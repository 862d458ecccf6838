"""What a package offers: the names that its modules list, so that no list is written twice."""

import sys

__all__ = ["offered"]


def offered(package: str) -> list[str]:
    """Return every name in ``__all__`` of the modules and packages right under ``package``.

    ``package`` has imported each with ``*``. A module without ``__all__`` offers nothing: only its
    neighbours use it.
    """
    within = f"{package}."
    found: set[str] = set()
    for name, module in sys.modules.items():
        if name.startswith(within) and "." not in name.removeprefix(within):
            found.update(getattr(module, "__all__", ()))
    return sorted(found)
