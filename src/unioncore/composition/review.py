"""Every check of composition on the definitions of a rulebook."""

from collections.abc import Collection, Mapping

from unioncore.composition.across import Across
from unioncore.composition.each import Each
from unioncore.composition.report import Report
from unioncore.hookspecs import About
from unioncore.rulebook import Definitions, Rulebook

__all__ = ["review"]


def review(
    book: Rulebook, abouts: Mapping[str, About | None], unread: Collection[str] = ()
) -> Report:
    """Return what is wrong with the definitions of a rulebook, and what could not be proved.

    Args:
        book: the rulebook.
        abouts: what each plugin says about itself, by its name.
        unread: keys of definitions that could not be read: that they are not there is no fault.
    """
    report = Report(book, unread)
    each, across = Each(report), Across(report)
    across.check_vocabularies()
    everything = list(book.definitions.every())
    kinds = {kind.name: kind for kind in Definitions.kinds()}
    for at, definition in everything:
        each.check_form(kinds[at[0]], at, definition, abouts.get(book.origins[at].plugin))
    # Conditions are followed into what decides their facts, so cycles are looked for first.
    across.check_cycles()
    for at, definition in everything:
        each.check_content(at, definition)
    for at, rule in report.declared:
        each.check_rule(at, rule)
    across.check()
    return report
