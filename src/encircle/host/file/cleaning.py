"""A cleaned copy of a file of a stranger: made in a process that is shut in, from memory to memory."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from encircle.host.file.sandbox import CLEAN, DAMAGED, MOST_OUT, NO_SANDBOX, NOT_CLEANED
from encircle.host.file.sort import Sort, sort_of

PATIENCE_SECONDS: Final = 30
_AT_ONCE = BoundedSemaphore(2)
_WHY: Mapping[int, str] = {DAMAGED: "damaged", NOT_CLEANED: "not_cleaned", NO_SANDBOX: "no_sandbox"}
_TEXT: Final = Sort("text", "paper", "text/plain; charset=utf-8", "txt")
_MADE: Mapping[str, tuple[str, ...]] = {
    "picture": ("jpeg", "png"),
    "sound": ("mp3",),
    "video": ("mp4", "webm", "mp3"),
    "paper": ("pdf",),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A cleaned copy, and of what sort it is now."""

    sort: Sort
    content: bytes


@dataclass(frozen=True, slots=True)
class NotCleaned:
    """Why there is none: damaged, not_cleaned (no cleaner of this sort), no_sandbox, or too_much (time or memory)."""

    why: str


def seconds_of(plain: bytes, sort: Sort) -> int | None:
    """How long that sound or video is heard, in whole seconds; None, where nobody can tell."""
    if sort.family not in ("sound", "video"):
        return None
    with _AT_ONCE:
        end, told = _decoded(plain, sort, "length")
    return int(told) if end == CLEAN and told.isdigit() else None


def cleaned(plain: bytes, sort: Sort, *, veiled: bool = False) -> Copy | NotCleaned:
    """That file without what is hidden in it. `veiled`: of a picture only so much that one can guess what it is."""
    with _AT_ONCE:
        end, content = _decoded(plain, sort, *(("veiled",) if veiled else ()))
    if end != CLEAN:
        return NotCleaned(_WHY.get(end, "too_much"))
    made = _TEXT if sort.code == "docx" else sort_of(content[:4096])
    if made is not _TEXT and made.code not in _MADE.get(sort.family, ()):
        return NotCleaned("damaged")
    return Copy(made, content)


def _decoded(plain: bytes, sort: Sort, *how: str) -> tuple[int, bytes]:
    """How the process ended, and what it wrote. Both files are memory: they have no name and no place on a disk."""
    given, taken = os.memfd_create("given"), os.memfd_create("taken")
    try:
        with os.fdopen(os.dup(given), "wb") as file:
            file.write(plain)
        os.lseek(given, 0, os.SEEK_SET)
        own = [sys.executable, "-I", "-m", "encircle.host.file.decoder"]
        words = [*own, sort.code, str(given), str(taken), *how]
        with subprocess.Popen(  # nosec B603  # fixed words
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(given, taken),
            env={},
            cwd="/",
        ) as process:
            try:
                end = process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                return -1, b""
        os.lseek(taken, 0, os.SEEK_SET)
        with os.fdopen(os.dup(taken), "rb") as file:
            return end, file.read(MOST_OUT)
    finally:
        os.close(given)
        os.close(taken)
