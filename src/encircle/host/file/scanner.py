"""Harmful programs: a file is shown to clamd at its socket on this machine, where the operator has named one."""

import socket
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

PATIENCE_SECONDS: Final = 30.0
_AT_ONCE, _LONGEST_ANSWER = 64 * 1024, 1_000


class Scan(StrEnum):
    """What a scan has shown."""

    NONE = "none"
    """None was made: no scanner is set up."""
    NOTHING_FOUND = "nothing_found"
    FOUND = "found"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Scanned:
    """`name`: what the scanner calls what it found."""

    result: Scan
    name: str = ""


def scanned(content: bytes, *, at: Path | None) -> Scanned:
    """What clamd says of these bytes; they go to it over a socket of this machine."""
    if at is None:
        return Scanned(Scan.NONE)
    try:
        answer = _asked(content, at)
    except OSError:
        return Scanned(Scan.NO_ANSWER)
    if answer.endswith(" FOUND"):
        return Scanned(Scan.FOUND, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scanned(Scan.NOTHING_FOUND if answer == "stream: OK" else Scan.NO_ANSWER)


def _asked(content: bytes, at: Path) -> str:
    """Its answer to INSTREAM (clamd(8)): pieces after their lengths, an empty one at the end."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
        clamd.settimeout(PATIENCE_SECONDS)
        clamd.connect(str(at))
        clamd.sendall(b"zINSTREAM\0")
        for begin in range(0, len(content), _AT_ONCE):
            piece = content[begin : begin + _AT_ONCE]
            clamd.sendall(len(piece).to_bytes(4) + piece)
        clamd.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            more = clamd.recv(_LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
