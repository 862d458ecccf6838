"""Sources that nobody published: what definitions and records of tests cite."""

from datetime import date

from unioncore import Citation, Confidence

__all__ = ["cited", "source"]

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
