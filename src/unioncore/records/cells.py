"""One cell of a table: text in, a value or what is wrong with it out; and back."""

import re
import types
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

import attrs
from attrs import frozen

from unioncore.errors import DataFault, nearest
from unioncore.legal import DayRange
from unioncore.legal.period import whole_day
from unioncore.model.record import Column, Record, columns
from unioncore.shown import Shown

__all__ = [
    "CellTexts",
    "Wrong",
    "json_type",
    "kind_of",
    "not_the_same",
    "parted_by",
    "read_own",
    "reader",
    "shown",
    "text_of",
    "unfit_cells",
    "unfit_text",
    "write_cell",
]

LONGEST = 1_000
"""How long a cell may be, in characters."""

BETWEEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What may part the fields of a line of CSV, and what it is called."""

_REMEMBERED = 10_000
"""How many texts of a column are remembered while its file is read."""

SHOWN = 40
"""How much of a value a report shows."""

NOT_THE_SAME = "cannot be written so that it reads back the same"
"""What is wrong with a value that a file would hold as another."""

_FORMULA = frozenset("=+-@")
"""What a cell begins with that a spreadsheet would run."""

_CUT_SHORT = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{2}")
"""A long number as a spreadsheet shows it, such as 1.23E+11."""

_FIRST, _LAST = 1800, 2199
"""Years outside these are slips of the pen."""


@frozen
class Wrong(Shown, shows=""):
    """What is wrong with a cell: what was expected, and the nearest that fits."""

    message: str
    suggestion: str | None = None
    is_value: bool = False
    """Whether the suggestion is the value itself, written otherwise."""


_AS_FORMULA = Wrong("begins like a formula, which a spreadsheet would run")


def kind_of(field: "attrs.Attribute[Any]") -> tuple[type, ...]:
    """Return the classes of the values of a column, None left out."""
    kind: Any = field.type
    parts = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    return tuple(part for part in parts if part is not type(None))


class CellTexts(dict[Any, Any]):
    """What each cell of a column says: a value, or a ``Wrong`` that says what is expected there.

    Columns repeat themselves, so a cell is read when it is first looked up, and remembered. One
    that is no text is read as the text for which it stands. What is called for a ``Wrong`` is
    called before the first is given.
    """

    __slots__ = ("_read", "_tell_wrong", "_text_of")

    def __init__(
        self,
        read: Callable[[str], Any],
        text_of: Callable[[Any], str | Wrong],
        tell_wrong: Callable[[], None],
    ) -> None:
        super().__init__()
        self._read = read
        self._text_of = text_of
        self._tell_wrong = tell_wrong

    def __missing__(self, cell: Any) -> Any:
        is_text = cell.__class__ is str
        known = cell
        if not is_text and cell is not None:
            # Python takes 1, 1.0 and true for equal, so each is remembered with its class.
            known = cell.__class__, cell
            if known in self:
                return self[known]
        text = cell if is_text else self._text_of(cell)
        found = self._read(text) if text.__class__ is str else text
        if found.__class__ is Wrong:
            self._tell_wrong()
        if len(self) < _REMEMBERED:
            self[known] = found
        return found


def reader(field: "attrs.Attribute[Any]", padded: Wrong | None = None) -> Callable[[str], Any]:
    """Return what reads the cells of a column into values; what does not fit is a ``Wrong``.

    ``padded`` is what is wrong with blanks at the ends of a cell; where nothing is, they go.
    """
    about: Column = field.metadata["column"]
    kind = kind_of(field)
    read = _fitting(about) if kind == (str,) else _READERS[kind]
    blank = field.default
    if blank is attrs.NOTHING:
        blank = Wrong(f"must not be blank: {_lower(about.about)}")
    zero = "0" if about.zero else None

    def read_cell(text: str) -> Any:
        if not text.isprintable() or len(text) > LONGEST:
            return _unfit(text)
        plain = text.strip()
        if padded is not None and plain != text:
            return padded
        if not plain:
            return blank
        return 0 if plain == zero else read(plain)

    return read_cell


def read_own(text: str, padded: Wrong | None = None) -> str | Wrong:
    """Return the text of a cell in a column of the union's own, or what is wrong with it."""
    return unfit_text(text) or (padded if text != text.strip() else None) or text


def _fitting(about: Column) -> Callable[[str], str | Wrong]:
    """Return what looks whether a text, without blanks at its ends, may stand in a column."""
    choices, form = about.choices, about.form
    fits = re.compile(form.pattern).fullmatch if form is not None else None

    def fitting(text: str) -> str | Wrong:
        if text[0] in _FORMULA:
            return _AS_FORMULA
        if choices and text not in choices:
            return Wrong(f"expected {' or '.join(choices)}", nearest(text, choices))
        if "E+" in text and _CUT_SHORT.fullmatch(text):
            said = "a spreadsheet has cut a long number short; format the column as text"
            return Wrong(f"{said}, and enter it again")
        if fits is not None and not fits(text):
            capitals = text.upper() if fits(text.upper()) else None
            looks = form.looks if form is not None else ""
            return Wrong(f"expected {looks}", capitals, is_value=True)
        return text

    return fitting


def shown(text: str) -> str:
    """Return a text in quotes as a report shows it: shortened."""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def parted_by(head: str) -> str:
    """Return what parts the names in the first line of CSV: commas, unless there are none."""
    return "," if "," in head else next((each for each in BETWEEN if each in head), ",")


def unfit_text(text: str) -> Wrong | None:
    """Return what is wrong with a text whatever column it stands in."""
    return _formula(text) or _unfit(text)


def _formula(text: str) -> Wrong | None:
    return _AS_FORMULA if text.lstrip()[:1] in _FORMULA else None


def _unfit(text: str) -> Wrong | None:
    if text.isprintable() and len(text) <= LONGEST:
        return None
    if len(text) > LONGEST:
        return Wrong(f"is {len(text)} characters long; at most {LONGEST} are read")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return Wrong("is not UTF-8 text; save the file as UTF-8")
    place = next(at for at, letter in enumerate(text) if not letter.isprintable())
    return Wrong(_unseen(text, place))


def _unseen(text: str, place: int) -> str:
    """Say which character in a text cannot be seen, where it is, and what to do."""
    bad = text[place]
    if not text[:place].strip():
        where = "at the beginning"
    elif not text[place:].strip():
        where = "at the end"
    else:
        where = f"after {place} character{'' if place == 1 else 's'}"
    where += f", U+{ord(bad):04X}"
    if bad in "\n\r":
        return f"holds a line break {where}; write it on one line"
    name = unicodedata.name(bad, "").lower()
    if bad == "\t" or unicodedata.category(bad) == "Zs":
        return f"holds a {name or 'tab'} {where}; delete it, or type a plain space"
    named = f"a {name}" if name else "a character that cannot be printed"
    return f"holds {named} {where}; delete it"


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]


def _yes_no(text: str) -> bool | Wrong:
    found = {"yes": True, "no": False}.get(text.lower())
    return Wrong("expected yes or no", _MEANT.get(text.lower())) if found is None else found


_MEANT = {"true": "yes", "t": "yes", "y": "yes", "1": "yes", "x": "yes"}
_MEANT |= {"false": "no", "f": "no", "n": "no", "0": "no"}
"""What is written for yes and no elsewhere."""


def _whole(text: str) -> int | Wrong:
    if re.fullmatch(r"[1-9][0-9]{0,5}", text):
        return int(text)
    return Wrong("expected a whole number from 1 to 999999")


def _money(text: str) -> Decimal | Wrong:
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{2})?", text):
        return Decimal(text)
    return Wrong(
        "expected pounds, or pounds and pence, such as 23500 or 12.60, without £ or commas"
    )


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(text: str) -> date | Wrong:
    try:
        found = whole_day(text)
    except ValueError:
        if _DAY.fullmatch(text):
            return Wrong("there is no such day in the calendar")
    else:
        if _FIRST <= found.year <= _LAST:
            return found
        return Wrong(f"expected a year from {_FIRST} to {_LAST}")
    said = "expected a day such as 2024-06-01, with a year of four digits"
    if re.fullmatch(r"[0-9]{5}", text):
        return Wrong(f"{said}; a spreadsheet has put a number for it: format the column as text")
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}){1,2}", text):
        return Wrong(f"{said}, the year first")
    return Wrong(said)


def _moment(text: str) -> datetime | Wrong:
    day, _, hour = text.partition("T")
    found = _day(day)
    if isinstance(found, Wrong):
        return found
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", hour):
        return datetime.fromisoformat(text)
    return Wrong("expected a day and an hour such as 2018-04-26T12:00")


def _day_or_moment(text: str) -> date | Wrong:
    return _moment(text) if "T" in text else _day(text)


def _day_or_range(text: str) -> date | DayRange | Wrong:
    first, slash, last = text.partition("/")
    if not slash:
        return _day(text)
    earliest, latest = _day(first), _day(last)
    if isinstance(earliest, Wrong):
        return earliest
    if isinstance(latest, Wrong):
        return latest
    if latest < earliest:
        return Wrong("the later day stands first")
    return DayRange(earliest, latest)


_READERS: Mapping[tuple[type, ...], Callable[[str], Any]] = {
    (bool,): _yes_no,
    (int,): _whole,
    (Decimal,): _money,
    (date,): _day,
    (datetime,): _moment,
    (date, datetime): _day_or_moment,
    (date, DayRange): _day_or_range,
}


_YES_NO = "true or false"
_WHOLE = "a whole number or text"


def json_type(field: "attrs.Attribute[Any] | None") -> str:
    """Say what JSON holds in a column; None is a column of the union's own."""
    kinds = kind_of(field) if field is not None else ()
    if bool in kinds:
        return _YES_NO
    return _WHOLE if int in kinds or Decimal in kinds else "text"


def text_of(field: "attrs.Attribute[Any] | None", value: Any) -> str | Wrong:
    """Return the text for which a value of JSON stands in a column; null is blank in any.

    Any other type than ``json_type`` says is ``Wrong``; one of the union's own also takes numbers,
    true and false.
    """
    if value is None or isinstance(value, str):
        return value or ""
    expected = json_type(field)
    fits = _YES_NO if isinstance(value, bool) else _WHOLE
    if isinstance(value, int) and (field is None or expected == fits):
        return write_cell(value)
    return Wrong(f"expected {expected}")


def write_cell(value: Any) -> str:
    """Return the text that ``read_cell`` reads as ``value``."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case DayRange():
            return f"{value.earliest.isoformat()}/{value.latest.isoformat()}"
        case _:
            return str(value)


def _read_as_another(field: "attrs.Attribute[Any]", value: Any) -> Wrong:
    """Say why a value would be read back as another."""
    kinds = kind_of(field)
    if value is None or isinstance(value, kinds):
        return Wrong(NOT_THE_SAME)
    names = " or ".join(each.__name__ for each in kinds)
    return Wrong(f"expected {names}, got {type(value).__name__}")


def unfit_cells(record: Record) -> Iterator[tuple[str, Wrong]]:
    """Give the columns in which no file can hold what a record made in Python says.

    Each comes with what is wrong. Words of the rulebook and keys of other rows are not looked up.
    """
    for name, each in columns(type(record)).items():
        value = getattr(record, name)
        found = reader(each)(write_cell(value))
        if found.__class__ is Wrong:
            yield name, found
        elif found != value or isinstance(value, float):  # which no pounds can be added to
            yield name, _read_as_another(each, value)
    for name, text in record.extra:
        if wrong := unfit_text(text):
            yield name, wrong


def not_the_same(file: str, line: int, meant: Record | None) -> tuple[DataFault, ...]:
    """Return why a record would be read back as another, by column where a cell tells it."""
    wrong = list(unfit_cells(meant)) if meant is not None else []
    return tuple(
        DataFault(file, line, name, each.message, each.suggestion) for name, each in wrong
    ) or (DataFault(file, line, "", NOT_THE_SAME),)
