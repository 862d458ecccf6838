"""Equality monitoring: what is asked, what anonymous forms said, and what members let be recorded.

The two never meet: a form has no person, and what a member lets be recorded is in no count of
forms.
"""

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen
from attrs.validators import min_len

from unioncore.legal import Citation, Period
from unioncore.model.record import KEY, Dated, Record, column
from unioncore.rules import Definition, RuleSet, Word
from unioncore.shown import Shown

__all__ = [
    "MonitoringCategory",
    "MonitoringCount",
    "MonitoringList",
    "MonitoringListVersion",
    "MonitoringRound",
    "OwnMonitoring",
]

_UNSAID = "prefer-not-to-say"
"""The category of those who were asked and would not say; every list has it."""


@frozen
class MonitoringCategory(Shown, shows="key"):
    """One category that a question offers."""

    key: str
    name: str
    """As people read it."""


@frozen
class MonitoringListVersion(Shown, shows="period"):
    """The categories that a question offers during one period."""

    period: Period
    question: str
    """The question in words."""
    categories: tuple[MonitoringCategory, ...] = field(validator=min_len(2))
    """In the order in which they are offered."""
    citations: tuple[Citation, ...]


@frozen
class MonitoringList(Definition):
    """A question of equality monitoring, with its list of categories."""

    key: str
    name: str
    """What it asks about."""
    versions: tuple[MonitoringListVersion, ...]

    def word(self) -> Word:
        """Return the question as a word of the vocabulary ``monitoring_question``."""
        return Word("monitoring_question", self.key, self.name)

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give each version that lets nobody say nothing."""
        for number, version in enumerate(self.versions):
            if _UNSAID not in {each.key for each in version.categories}:
                yield f"version[{number}].categories", f"needs the category {_UNSAID}"


@frozen(kw_only=True)
class MonitoringRound(Record, shows=""):
    """Forms that were given out on one day, or the figures of a population to hold them against."""

    table = "monitoring_rounds"
    subject = ("key",)
    personal = True

    key: str = column("The key of this round of forms, or of these figures.", form=KEY)
    unit: str = column("The unit whose members or delegates it is about.", refers="units")
    event: str = column("The event at which they were given out.", default="", refers="events")
    role: str = column("The kind of office of those asked.", default="", words="office_role")
    group: str = column(
        "The self-organised group of those asked.", default="", words="self_organised_group"
    )
    kind: str = column(
        "Anonymous forms, or figures of a population.",
        default="forms",
        choices=("forms", "population"),
    )
    day: date = column("The day of the forms, or of the figures.")
    given_out: int | None = column("How many forms were given out.", default=None)
    returned: int | None = column("How many came back.", default=None)
    source: str = column("For figures of a population: where they come from.", default="")


@frozen(kw_only=True)
class MonitoringCount(Record):
    """How many forms of a round gave one category."""

    table = "monitoring_counts"
    subject = ("round", "question", "category")
    personal = True

    round: str = column("The round of forms.", refers="monitoring_rounds")
    question: str = column("The question.", words="monitoring_question")
    category: str = column("The category, by its key in the list of the day of the round.")
    count: int = column("How many.")


@frozen(kw_only=True)
class OwnMonitoring(Dated):
    """What a member consented to have recorded; it ends where the consent is withdrawn."""

    table = "own_monitoring"
    subject = ("person", "question")
    personal = True

    person: str = column("The member.", refers="people")
    question: str = column("The question.", words="monitoring_question")
    category: str = column("The category, by its key in the list of the first day.")
    start: date = column("The first day for which the member consented.")
