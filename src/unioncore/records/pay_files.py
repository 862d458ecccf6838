"""A file about somebody's pay, in TOML: the job, what an hour pays, the shifts and the payslip."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, get_args, get_type_hints

import attrs
from attrs import NOTHING, field, frozen

from unioncore import forms
from unioncore.checked import checked
from unioncore.definitions import Locations
from unioncore.definitions.loader import not_toml
from unioncore.errors import BadPayFile, DataFault, Fault, nearest
from unioncore.forms import Text, Unexpected, about
from unioncore.legal import Nation
from unioncore.model import (
    CLOCK_CHANGES,
    PAYSLIP_LINES,
    Break,
    HourlyPay,
    PayCase,
    PayClause,
    PayslipLine,
    Shift,
    WorkedUnder,
    pay_misfits,
)
from unioncore.paths import parse_toml

__all__ = ["pay_file_schema", "read_break", "read_pay_case"]

_Faulty = Iterator[tuple[str, Exception]]
_Fault = tuple[str, str, str | None]
"""Where it is, what is wrong, and the nearest spelling."""

_BREAK = 'a break such as "12:30-13:00", or "30 minutes" where it is not known when it was'
_TIMES = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9]) *(?:-|to) *([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MINUTES = re.compile(r"([0-9]{1,3}) *min(?:ute)?s?")
_MOMENT = 'a day and a time such as "2026-06-13 20:00"'


@checked
def read_break(text: str) -> Break:
    """Return the break that is written, such as ``12:30-13:00`` or ``30 minutes``.

    Raises:
        ValueError: when it is neither.
    """
    if times := _TIMES.fullmatch(text.strip()):
        first, last = (int(times[at]) * 60 + int(times[at + 1]) for at in (1, 3))
        return Break((last - first) % (24 * 60), time(*divmod(first, 60)))
    if length := _MINUTES.fullmatch(text.strip()):
        return Break(int(length[1]))
    raise ValueError(text)


# -- what may stand in it --------------------------------------------------------------------------


def _one_of(given: Mapping[str, Any], name: str, known: tuple[str, ...]) -> _Faulty:
    word = given.get(name)
    if isinstance(word, str) and word not in known:
        yield name, Unexpected(f"one of {', '.join(known)}", nearest(word, known))


def _readable(
    given: Mapping[str, Any], name: str, read: Callable[[str], Any], expected: str
) -> _Faulty:
    text = given.get(name)
    if isinstance(text, str):
        try:
            read(text)
        except ValueError:
            yield name, Unexpected(expected)


def _moment(text: str) -> datetime:
    if not re.search("[T ]", text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


@frozen(kw_only=True, repr=False)
class _JobPart:
    """Under what somebody works."""

    clause: Text = about("The clause, such as afc-section-2.", default=NOTHING)
    nation: Text = about("The nation of the post.", default=NOTHING)
    clock_change: Text | None = about(
        "What the employer pays for when the clocks change: hours-of-the-shift, or hours-worked."
    )
    whole_shift: bool | None = about(
        "Whether the employer pays the whole of a shift as most of it is, where a rule says so."
    )
    public_holidays: tuple[date, ...] | None = about(
        "The public holidays that the employer goes by; without it, those of the nation."
    )

    @staticmethod
    def amiss(given: Mapping[str, Any]) -> _Faulty:
        yield from _one_of(given, "clock_change", CLOCK_CHANGES)
        yield from _one_of(given, "nation", tuple(map(str, Nation)))


@frozen(kw_only=True, repr=False)
class _PayPart:
    """What an hour pays, from a day on."""

    band: Text = about("The band.", default=NOTHING)
    hourly: Decimal | None = about("Basic pay of an hour, in pounds.")
    start: date | None = about("The first day; without it, always.")
    kept: Mapping[str, Any] | None = about(
        "For classes of hours, what an hour brought more by the version whose cash value is kept."
    )
    version: Text | None = about(
        "The version of the clause that is applied, where it is not that of the day."
    )

    @staticmethod
    def amiss(given: Mapping[str, Any]) -> _Faulty:
        kept = given.get("kept")
        for hours, each in kept.items() if isinstance(kept, Mapping) else ():
            try:
                wrong = isinstance(each, bool) or Decimal(each) < 0
            except (InvalidOperation, TypeError, ValueError):
                wrong = True
            if wrong:
                yield f"kept.{hours}", Unexpected("pounds an hour")


@frozen(kw_only=True, repr=False)
class _ShiftPart:
    """A shift."""

    start: Text = about("Its first minute, such as 2026-06-13 20:00.", default=NOTHING)
    end: Text = about("When it ended.", default=NOTHING)
    breaks: tuple[str, ...] | None = about(
        "The unpaid breaks, such as 12:30-13:00, or 30 minutes; [] for none."
    )
    kind: Text | None = about("standard hours, or another kind such as overtime.")

    @staticmethod
    def amiss(given: Mapping[str, Any]) -> _Faulty:
        for name in ("start", "end"):
            yield from _readable(given, name, _moment, _MOMENT)
        breaks = given.get("breaks")
        for number, each in enumerate(breaks if isinstance(breaks, list) else ()):
            yield from (
                (f"breaks[{number}]", error)
                for _, error in _readable({"break": each}, "break", read_break, _BREAK)
            )


@frozen(kw_only=True, repr=False)
class _PayslipPart:
    """A line of a payslip."""

    start: date = about("The first day of the pay period.", default=NOTHING)
    end: date = about("Its last day.", default=NOTHING)
    pays: Text = about("basic or enhancement.", default=NOTHING)
    amount: Decimal = about("Pounds.", default=NOTHING)

    @staticmethod
    def amiss(given: Mapping[str, Any]) -> _Faulty:
        yield from _one_of(given, "pays", PAYSLIP_LINES)


@frozen(kw_only=True, repr=False)
class _PayFile:
    """A file about somebody's pay."""

    job: _JobPart = about("Under what somebody works.", default=NOTHING)
    pay: tuple[_PayPart, ...] = about("What an hour pays; the latest that has begun counts.")
    shift: tuple[_ShiftPart, ...] = about("The shifts, by the clock.")
    payslip: tuple[_PayslipPart, ...] = about("What was paid, line by line.")
    owed: tuple[_PayPart, ...] = about("What an hour ought to have paid, for back pay.")

    @classmethod
    def part(cls, name: str) -> type:
        """Return the class of each table of a name."""
        of = get_type_hints(cls)[name]
        found: type = next(iter(get_args(of)), of)
        return found


def pay_file_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file about somebody's pay."""
    return forms.schema(_PayFile, "The pay of somebody's shifts")


# -- reading ---------------------------------------------------------------------------------------


@checked
def read_pay_case(content: bytes, file: str, clauses: Mapping[str, PayClause]) -> PayCase:
    """Read a file about somebody's pay.

    Args:
        content: TOML.
        file: its name, for messages.
        clauses: the clauses that there are, by key.

    Raises:
        BadPayFile: with everything that is wrong, each with its line, its field and, where one is
            near, the right word.
    """
    try:
        text = content.decode("utf-8-sig")
        written = _plain(parse_toml(text, Decimal))
    except UnicodeDecodeError:
        said = "this is not UTF-8 text; save the file as UTF-8"
        raise BadPayFile((DataFault(file, 0, "", said),)) from None
    except (ValueError, RecursionError) as error:
        fault = not_toml(file, text, str(error))
        raise BadPayFile((DataFault(file, fault.line, "", fault.message),)) from None
    reading = _PayFileReader(clauses)
    case = reading.case(written)
    if case is None or reading.faults:
        raise _faulty(file, Locations(text), reading.faults)
    return case


def _plain(value: Any) -> Any:
    """Return what TOML holds as JSON would hold it: days and times as text."""
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case datetime() | date() | time():
            return value.isoformat()
    return value


def _faulty(file: str, places: Locations, found: Iterable[_Fault]) -> BadPayFile:
    """Return the error that names the line of each fault, those of the first lines first."""
    faults = []
    for path, said, hint in found:
        at = places.located(Fault("", file, path, said))
        faults.append(DataFault(file, at.line, at.where or path, said, hint))
    return BadPayFile(tuple(sorted(faults, key=lambda each: each.line)))


@frozen(repr=False)
class _PayFileReader:
    """Reads a file part by part, so that what is wrong in one hides nothing in another."""

    clauses: Mapping[str, PayClause]
    faults: list[_Fault] = field(factory=list)

    def case(self, written: Any) -> PayCase | None:
        """Return what the file holds; None where the job cannot be read."""
        names = attrs.fields_dict(_PayFile)
        for key in [key for key in written if key not in names]:
            self.faults.append((key, "no such table", nearest(key, names)))
        made = {name: self._parts(written, name) for name in names}
        pay, owed = (self._pay(name, made[name]) for name in ("pay", "owed"))
        shifts = self._shifts(made["shift"])
        payslip = self._payslip(made["payslip"])
        job = self._job(made["job"], {"pay": pay, "owed": owed})
        if job is None:
            return None
        return PayCase(
            job,
            tuple(pay.values()),
            tuple(shifts.values()),
            tuple(payslip.values()),
            tuple(owed.values()),
        )

    def _parts(self, written: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Return the tables of a name that can be read, each with its path."""
        one = name == "job"
        if one and name not in written:
            self.faults.append((name, "needs the table [job]", None))
            return {}
        of = _PayFile.part(name)
        found = written.get(name, None if one else [])
        places = {name: found} if one else {f"{name}[{at}]": e for at, e in _numbered(found)}
        made: dict[str, Any] = {}
        for path, each in places.items():
            try:
                made[path] = forms.structure(each, of)
            except Exception as error:  # whatever a file holds is reported
                for inner, fault in forms.faults_of(error):
                    said = str(attrs.evolve(fault, suggestion=None))
                    self.faults.append((f"{path}.{inner}".rstrip("."), said, fault.suggestion))
        return made

    def _expected(self, path: str, said: str, hint: str | None = None) -> None:
        self.faults.append((path, f"expected {said}", hint))

    def _job(
        self, made: Mapping[str, _JobPart], rates: Mapping[str, Mapping[str, HourlyPay]]
    ) -> WorkedUnder | None:
        for path, job in made.items():
            clause = self.clauses.get(job.clause)
            if clause is None:
                hint = nearest(job.clause, self.clauses)
                said = f"the key of a clause: {', '.join(self.clauses)}"
                self._expected(f"{path}.clause", said, hint)
                continue
            for pay in rates.values():
                for at, each in pay.items():
                    for problem in pay_misfits(clause, each, at):
                        self._expected(problem.fact, problem.expected, problem.suggestion)
            holidays = job.public_holidays
            return WorkedUnder(
                job.clause,
                Nation(job.nation),
                job.clock_change,
                job.whole_shift,
                None if holidays is None else frozenset(holidays),
            )
        return None

    def _pay(self, name: str, made: Mapping[str, _PayPart]) -> dict[str, HourlyPay]:
        found: dict[str, HourlyPay] = {}
        for path, part in made.items():
            kept = {hours: Decimal(each) for hours, each in (part.kept or {}).items()}
            pay = HourlyPay(part.band, part.hourly, part.start, kept, part.version or "")
            if pay.hourly is not None and pay.hourly < 0:
                self._expected(f"{path}.hourly", "pounds an hour, zero or more")
            if any(pay.start == each.start for each in found.values()):
                self._expected(f"{path}.start", f"a day on which no other {name} begins")
            found[path] = pay
        return found

    def _shifts(self, made: Mapping[str, _ShiftPart]) -> dict[str, Shift]:
        found: dict[str, Shift] = {}
        for path, part in made.items():
            breaks = None if part.breaks is None else tuple(map(read_break, part.breaks))
            shift = Shift(_moment(part.start), _moment(part.end), breaks, part.kind or "standard")
            for inner, said in shift.faults():
                self._expected(f"{path}.{inner}", said)
            if shift in found.values():
                self._expected(path, "a shift that does not stand here already")
            found[path] = shift
        return found

    def _payslip(self, made: Mapping[str, _PayslipPart]) -> dict[str, PayslipLine]:
        found: dict[str, PayslipLine] = {}
        for path, part in made.items():
            line = PayslipLine(part.start, part.end, part.pays, part.amount)
            if line.end < line.start:
                self._expected(f"{path}.end", "a day that is not before start")
            elif any(line.cuts(other) for other in found.values()):
                said = "a pay period that is one of those above, or overlaps none of them"
                self._expected(f"{path}.start", said)
            found[path] = line
        return found


def _numbered(found: Any) -> Iterable[tuple[int, Any]]:
    return enumerate(found if isinstance(found, list) else [found])
