"""What the door says: from the packs of the country of this installation. Open to everybody, so nothing is asked or kept."""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from encircle.actions.law import packs_folder
from encircle.law.help import Help
from encircle.law.pack import BadPack, Shelf
from encircle.law.pack.helping import help_in

logger = logging.getLogger(__name__)


def help_here() -> Help:
    """What the door of this country says."""
    return help_of(packs_folder(), settings.COUNTRY)


@cache
def help_of(folder: Path, country: str) -> Help:
    """What the door of that country says, read once while the program runs.

    A fault in the file of a country does not shut its door: then the packs below are heard, and the fault is logged.
    """
    chain = Shelf(folder).chain(country)
    while True:
        try:
            return help_in(folder, chain)
        except BadPack as bad:
            if len(chain) == 1:
                raise
            logger.error("help.left_out", extra={"pack": chain[-1].pack, "where": bad.where})
            chain = chain[:-1]
