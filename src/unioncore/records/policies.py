"""Policy packs: what a branch or an employer lays down for itself, dated and cited."""

from collections.abc import Mapping

from attrs import frozen

from unioncore.definitions import Kind, read_entries
from unioncore.errors import DataFault, nearest
from unioncore.legal import Citation, Period
from unioncore.model import Setting
from unioncore.rulebook import Rulebook
from unioncore.rules import from_plain, read_value
from unioncore.rules.condition import Literal

__all__ = ["read_policies"]


@frozen
class _Written:
    """A setting as it is written: of a branch or of an employer."""

    fact: str
    value: Literal
    period: Period
    citations: tuple[Citation, ...]
    branch: str = ""
    employer: str = ""


def read_policies(
    files: Mapping[str, bytes], rulebook: Rulebook | None
) -> tuple[tuple[Setting, ...], list[DataFault]]:
    """Read the settings in policy files, given by name and content, and what is wrong with them."""
    entries, wrong = read_entries(files, {"setting": Kind(_Written, "settings")})
    faults = [DataFault(fault.file, 0, fault.path, fault.message) for fault in wrong]
    settings: list[Setting] = []
    for entry in entries:
        written: _Written = entry.made
        before = len(faults)

        def fault(field: str, message: str, hint: str | None = None) -> None:
            faults.append(DataFault(entry.file, 0, f"{entry.path}{field}", message, hint))  # noqa: B023

        if bool(written.branch) == bool(written.employer):
            fault("", "needs either the field branch or the field employer")
        if not written.citations:
            fault(".citations", "has no citation; a value without a source cannot stand")
        value = written.value.value
        if rulebook is not None:
            facts = {each.key: each for each in rulebook.rules.facts.values() if not each.derived}
            fact = facts.get(written.fact)
            if fact is None:
                said = f"no recorded fact is called {written.fact}"
                fault(".fact", said, nearest(written.fact, facts))
            else:
                plain = from_plain(fact, value)
                value, problem = read_value(fact, plain, rulebook.rules.names_of(fact))
                if problem is not None:
                    fault(".value", f"expected {problem.expected}", problem.suggestion)
        of = "branch" if written.branch else "employer"
        key = written.branch or written.employer
        made = Setting(of, key, written.fact, value, written.period, written.citations)
        if any(_clash(made, other) for other in settings):
            fault(".period", "overlaps another setting of the same fact")
        if len(faults) == before:
            settings.append(made)
    return tuple(settings), faults


def _clash(one: Setting, other: Setting) -> bool:
    same = (one.of, one.key, one.fact) == (other.of, other.key, other.fact)
    return same and one.period.overlaps(other.period)
