"""Options that several commands share, each with its meaning said once."""

import argparse
from datetime import datetime

from encircle.vocabulary.moment import instant_end
from encircle.vocabulary.refusal import BadInput

CountryHelp = "country pack whose law applies (dk, ee, fi, gb, eu, coe)"


def until(text: str | None, *, zone: str, option: str) -> datetime | None:
    """The instant that an option names; a date means the end of that day in the zone. Refuses: BadInput."""
    if text is None:
        return None
    try:
        return instant_end(text, zone)
    except ValueError as wrong:
        raise BadInput(code="bad_time", reason=f"{option}: {wrong}", where=option) from wrong


def add_json(command: argparse.ArgumentParser) -> None:
    """--json: one JSON document for programs."""
    command.add_argument("--json", action="store_true", help="print one JSON document")


def add_language(command: argparse.ArgumentParser) -> None:
    """--language: of titles and reasons."""
    command.add_argument("--language", default="en", help="language of titles and reasons (default: en)")
