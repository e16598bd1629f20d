"""What the door of this country can read aloud. Open to everybody, so nothing is asked or kept."""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from encircle.actions.law import packs_folder
from encircle.law.pack import BadPack, Shelf
from encircle.law.pack.recording import recordings_in
from encircle.law.recording import Recording

logger = logging.getLogger(__name__)


def recording_of(words: str) -> Recording | None:
    """The one in which exactly these words are read, by their digest; of several the latest pack's."""
    found = [one for one in recordings_of(packs_folder(), settings.COUNTRY) if one.words == words]
    return found[-1] if found else None


def languages_read() -> frozenset[str]:
    """The languages in which anything was read aloud."""
    return frozenset(one.language for one in recordings_of(packs_folder(), settings.COUNTRY))


def sound_of(recording: Recording) -> bytes:
    """Its bytes."""
    return (packs_folder() / recording.file).read_bytes()


@cache
def recordings_of(folder: Path, country: str) -> tuple[Recording, ...]:
    """The recordings of that country, read once while the program runs. A fault leaves them out and is logged."""
    try:
        return recordings_in(folder, Shelf(folder).chain(country))
    except BadPack as bad:
        logger.error("recordings.left_out", extra={"pack": country, "where": bad.where})
        return ()
