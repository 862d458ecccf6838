"""Which version of which procedure a track runs."""

from datetime import date

from unioncore.model import CaseType, CaseTypeVersion, Track
from unioncore.rulebook import Rulebook

__all__ = ["in_force", "procedure_of", "version_name"]


def procedure_of(rulebook: Rulebook, track: Track) -> CaseTypeVersion | None:
    """Return the version of the procedure that a track runs; None where the rulebook lacks it."""
    kind = next((k for k in rulebook.definitions.case_types if k.key == track.case_type), None)
    versions = () if kind is None else kind.versions
    return next((each for each in versions if version_name(each) == track.version), None)


def version_name(version: CaseTypeVersion) -> str:
    """Return the first day of a version, or ``..`` where it has none."""
    return ".." if version.period.start is None else version.period.start.isoformat()


def in_force(kind: CaseType, on: date) -> CaseTypeVersion | None:
    """Return the version of a day; None where there is none."""
    return next((each for each in kind.versions if on in each.period), None)
