"""Sources that nobody published, and case types that no union has, for definitions of tests."""

from datetime import date

from unioncore import Citation, Confidence

__all__ = ["case_type", "cited", "clock", "source"]

INSTRUMENT = "A synthetic rule book"


def source(key: str = "s", instrument: str = INSTRUMENT, confidence: str = "verified") -> str:
    """Return the TOML of a source, for the head of a file."""
    return f"""
[source.{key}]
instrument = "{instrument}"
url = ""
checked_on = 2026-01-01
confidence = "{confidence}"

"""


def case_type(
    key: str,
    *clocks: str,
    family: str = "grievance",
    compartment: str = "general",
    states: str = "open",
    outcomes: str = "closed",
    happenings: str = "",
    transitions: str = "",
) -> str:
    """Return the TOML of a case type that begins in its first state; names stand one by another."""
    lines = [
        "[[case_type]]",
        f'key = "{key}"',
        f'name = "{key}"',
        f'family = "{family}"',
        f'compartment = "{compartment}"',
        'counted = "terms"',
        "period = {}",
        f'initial = "{(states or outcomes).split()[0]}"',
        'citations = [{ source = "s" }]',
        "[case_type.states]",
        *(f'{state} = "{state}"' for state in states.split()),
        *(f'{state} = {{ name = "{state}", outcome = true }}' for state in outcomes.split()),
        "[case_type.happenings]",
        *(f'{happening} = "{happening}"' for happening in happenings.split()),
        "[case_type.transitions]",
        transitions,
        *clocks,
    ]
    return "\n".join(lines)


def clock(
    key: str,
    fields: str,
    *,
    starts: str = "begin",
    must: str = "answer",
    owed_by: str = "employer",
    nature: str = "statutory",
    cites: str = "s",
) -> str:
    """Return the TOML of a clock of a case type; ``fields`` says how long it runs."""
    return f"""
[case_type.clock.{key}]
name = "The {key}"
starts = "{starts}"
must = "{must}"
owed_by = "{owed_by}"
nature = "{nature}"
citations = [{{ source = "{cites}" }}]
{fields}
"""


def cited(
    instrument: str = INSTRUMENT,
    provision: str = "",
    *,
    url: str = "",
    confidence: Confidence = Confidence.VERIFIED,
) -> tuple[Citation, ...]:
    """Return the citations of something that one source says."""
    return (
        Citation(
            instrument=instrument,
            provision=provision,
            url=url,
            checked_on=date(2026, 1, 1),
            confidence=confidence,
        ),
    )
