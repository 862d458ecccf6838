"""The one cattrs converter, on which every reader builds."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Required, TypedDict

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["dict_reader", "strict_converter", "yes_or_no"]


def strict_converter() -> "Converter":
    """Return a new converter that refuses unknown keys, uses aliases, and reports every fault."""
    # cattrs is slow to import and is needed only where data comes in or goes out.
    from cattrs import Converter

    converter = Converter(
        forbid_extra_keys=True, use_alias=True, detailed_validation=True, omit_if_default=False
    )
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    return converter


def dict_reader(
    readers: Mapping[str, Callable[[Any, Any], Any]], needed: Collection[str]
) -> Callable[[Any], dict[str, Any]]:
    """Return what reads many dicts of one shape, each value by the reader of its name.

    A reader gets the value and a type that is of no use. What is read refuses other names and lacks
    none of those ``needed``; it raises at the first fault, with nothing more to say of it.
    """
    from cattrs import Converter
    from cattrs.gen import override
    from cattrs.gen.typeddicts import make_dict_structure_fn

    shape = {name: Required[Any] if name in needed else Any for name in readers}
    kind: Any = TypedDict("kind", shape, total=False)  # type: ignore[misc]
    hooks: dict[str, Any] = {name: override(struct_hook=read) for name, read in readers.items()}
    structure = make_dict_structure_fn(
        kind,
        Converter(),
        _cattrs_detailed_validation=False,
        _cattrs_forbid_extra_keys=True,
        **hooks,
    )
    return lambda plain: structure(plain, kind)


def yes_or_no(value: Any) -> bool:
    """Return true or false as it stands; raises ``TypeError`` for all else."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value
