"""Recordings: which page of the door somebody has read aloud, in which language and which words. Plays nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date

from encircle.law.origin import Origin

MOST_BYTES = 1_000_000
"""A longer file costs a poor telephone more than the page is worth."""
MEDIA = {".opus": "audio/ogg; codecs=opus", ".ogg": "audio/ogg", ".mp3": "audio/mpeg"}
"""What a recording may be, by the ending of its file."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One. `words`: the digest of what was read; `file`: where it lies in its pack; `by`: who read it; `on`: the day."""

    screen: str
    language: str
    file: str
    words: str
    by: str
    on: date
    origin: Origin

    @property
    def media(self) -> str:
        """Its type for a player."""
        return MEDIA[self.file[self.file.rindex(".") :]]


def digest_of(spoken: tuple[str, ...]) -> str:
    """The digest of the words of a page, each line for itself: another one as soon as a word changes."""
    return hashlib.sha256("\n".join(spoken).encode()).hexdigest()[:32]
