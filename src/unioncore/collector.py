"""Python's garbage collector, while very many objects are made that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__: list[str] = []


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the collector from looking at everything again and again while nothing is garbage.

    Otherwise making twice as many objects takes more than twice as long. Where it is paused
    already, nothing is done, so that who paused it decides when it goes on.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
