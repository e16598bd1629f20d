"""Disclosure control: from counts of children to figures that may be published. Knows no tables of the database."""

from encircle.core.disclosure.catalogue import CATALOGUE, Unit, table_of
from encircle.core.disclosure.release import Counts, Figures, protect

__all__ = ["CATALOGUE", "Counts", "Figures", "Unit", "protect", "table_of"]
