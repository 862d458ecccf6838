"""Changes of the union as a story tells them: each function of ``unioncore.changes`` is an act."""

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import attrs
from attrs import field

from unioncore import changes
from unioncore.errors import ChangeRefused
from unioncore.faces import offered
from unioncore.model import Record, Union
from unioncore.records.tables import read_row
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["TOLD_CHANGES", "ToldChange"]

_SAID = {
    "from_": "The sentence that it comes from.",
    "refused": "A part of why it is refused; empty where it is not.",
}
"""What a story says of a change beside its arguments."""


class ToldChange(Shown):
    """A change that is told: the arguments of the function, and what the story says besides."""

    __slots__ = ()
    act: ClassVar[str] = ""
    change: ClassVar[Callable[..., Union]]
    records: ClassVar[Mapping[str, type[Record]]] = {}
    """The arguments that are records, with their classes; they are told as rows of their table."""

    def __str__(self) -> str:
        subject = next(iter(_arguments(type(self).change)))
        told = getattr(self, subject)
        return f"{self.act} {told if isinstance(told, str) else ''}".strip()

    def made(self, rulebook: Rulebook, union: Union) -> Union:
        """Return the union after the change.

        Raises:
            ChangeRefused: when it is refused, or a row in it cannot be read.
        """
        kind: Any = type(self)
        given = {
            each.name: getattr(self, each.name)
            for each in attrs.fields(kind)
            if each.name not in _SAID
        }
        for name, of in self.records.items():
            if isinstance(given[name], Mapping):
                row = read_row(of, json.dumps(given[name]))
                if row.faults:
                    raise ChangeRefused(self.act, tuple(str(fault) for fault in row.faults))
                given[name] = row.rows[0].record
        change: Callable[..., Union] = kind.change
        return change(rulebook, union, **given)


def _arguments(change: Callable[..., Union]) -> dict[str, inspect.Parameter]:
    """Return what a change is told with: its arguments after the rulebook and the union."""
    return dict([*inspect.signature(change).parameters.items()][2:])


def _class_of(change: Callable[..., Union]) -> type[ToldChange]:
    hints = get_type_hints(change)
    fields: dict[str, Any] = {}
    records: dict[str, type[Record]] = {}
    for name, each in _arguments(change).items():
        kind = hints[name]
        of = next((k for k in (kind, *get_args(kind)) if _is_record(k)), None)
        if of is not None:
            records[name] = of
            kind = Mapping[str, Any]
        elif get_origin(kind) is not None and get_args(kind) == (str,):
            kind = tuple[str, ...]
        default = attrs.NOTHING if each.default is each.empty else each.default
        fields[name] = field(default=default, type=kind)
    for name, said in _SAID.items():
        fields[name] = field(default="", type=str, metadata={"about": said})
    made: Any = attrs.make_class(
        f"Told{change.__name__.title().replace('_', '')}",
        fields,
        bases=(ToldChange,),
        frozen=True,
        kw_only=True,
    )
    made.act, made.records, made.change = change.__name__, records, staticmethod(change)
    return made  # type: ignore[no-any-return]


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)


TOLD_CHANGES: Mapping[str, type[ToldChange]] = {
    name: _class_of(each)
    for name, each in ((name, getattr(changes, name)) for name in offered(changes.__name__))
    if inspect.isfunction(each)
}
"""The class of each change as it is told, by its word."""
