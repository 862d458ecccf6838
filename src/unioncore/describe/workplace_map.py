"""A workplace map as a picture."""

from unioncore.answers import WorkplaceMap, percent
from unioncore.checked import checked
from unioncore.describe.plots import bar_plot
from unioncore.rules import long_date

__all__ = ["density_plot"]


@checked
def density_plot(found: WorkplaceMap) -> str:
    """Return the density of each workplace as bars, as SVG, those with the largest gap first.

    Raises:
        ValueError: when the density of no workplace is known.
    """
    rows = [
        (each.name, share)
        for each in found.workplaces
        if (share := percent(each.density)) is not None
    ]
    unknown = len(found.workplaces) - len(rows)
    about = f"Members of the workforce on {long_date(found.on)}, those with the largest gap first."
    if unknown:
        about += f" Of {unknown} workplaces it is not known."
    return bar_plot(rows, title=f"Density of {found.of}", unit="% of the workforce", about=about)
