"""The folder of packs that this process was told to read, if it was told one. Knows no law."""

import os
from pathlib import Path

OPTION = "ENCIRCLE_PACKS"


def packs_given() -> Path | None:
    """The folder in ENCIRCLE_PACKS; None, where the packs are those that come with the program."""
    text = os.environ.get(OPTION, "").strip()
    return Path(text).expanduser().absolute() if text else None
