"""A process that cleans one file: read from one descriptor, written anew to another, shut in before it reads a byte.

`python -m encircle.host.file.decoder SORT IN OUT [veiled | length]`. It tells by its end: 0 it is clean, others say why not.
Whatever a file of a stranger raises ends it as Python ends a program, with 1; what Python says then is written nowhere.
"""

import os
import sys
from collections.abc import Callable, Mapping

from encircle.host.file import sandbox
from encircle.host.file.sandbox import CLEAN, NO_SANDBOX, NOT_CLEANED
from encircle.host.file.sort import NotKnown

Cleaner = Callable[[bytes], bytes]


def main(words: list[str]) -> int:
    """Clean it. The cleaner is loaded, and tries itself on a small file of its own, before the door is shut."""
    sort, given, taken = words[0], int(words[1]), int(words[2])
    sandbox.limit()
    try:
        cleaner = _length() if "length" in words[3:] else _CLEANERS[sort]("veiled" in words[3:])
        sandbox.shut()
    except (KeyError, ImportError):
        return NOT_CLEANED
    except sandbox.NoSandbox:
        return NO_SANDBOX
    with os.fdopen(given, "rb") as file:
        plain = file.read()
    try:
        clean = cleaner(plain)
    except NotKnown:
        return NOT_CLEANED
    with os.fdopen(taken, "wb") as file:
        file.write(clean)
    return CLEAN


def _picture(veiled: bool) -> Cleaner:
    from encircle.host.file import picture  # each loads its own library alone

    return picture.ready(veiled=veiled)


def _heic(veiled: bool) -> Cleaner:
    from pillow_heif import options, register_heif_opener

    options.DECODE_THREADS = 1
    register_heif_opener(thumbnails=False)
    return _picture(veiled)


def _sound(_veiled: bool) -> Cleaner:
    from encircle.host.file import sound

    return sound.ready()


def _video(_veiled: bool) -> Cleaner:
    from encircle.host.file import video

    return video.ready()


def _length() -> Cleaner:
    from encircle.host.file import length

    return length.ready()


def _paper(_veiled: bool) -> Cleaner:
    from encircle.host.file import pdf

    return pdf.ready()


def _words(_veiled: bool) -> Cleaner:
    from encircle.host.file import words

    return words.ready()


_CLEANERS: Mapping[str, Callable[[bool], Cleaner]] = {
    **dict.fromkeys(("jpeg", "png", "webp", "gif"), _picture),
    "heic": _heic,
    **dict.fromkeys(("m4a", "mp3", "wav", "ogg", "flac", "amr", "aac"), _sound),
    **dict.fromkeys(("mp4", "webm"), _video),
    "pdf": _paper,
    "docx": _words,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
