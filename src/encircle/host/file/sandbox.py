"""What a decoder of strangers' files may do: compute, in little memory, for a short time. No file, no network, no process.

Linux alone: limits of the system (setrlimit), then a filter of system calls (seccomp), which nothing takes back.
"""

import ctypes
import platform
import resource
import struct
from collections.abc import Iterable, Mapping
from typing import Final

MOST_MEMORY: Final = 1024**3
MOST_SECONDS: Final = 20
MOST_OUT: Final = 64 * 1024 * 1024
"""Bytes that a cleaned copy may have."""

CLEAN: Final = 0
DAMAGED: Final = 1
"""The decoder fell over it."""
NOT_CLEANED: Final = 4
"""Of this sort nothing is cleaned, or its decoder is not installed."""
NO_SANDBOX: Final = 5

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _ABOVE, _HOLDS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _UNKNOWN, _END = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_GIVEN_AT = 0, 4, 16
_THREAD, _CLONE3 = 0x00010000, 435
_X32: Final = 0x40000000

# By architecture: its mark in a filter, the number of clone, and those of the calls that are refused: files opened, made,
# moved and removed; sockets; processes; other processes; the rest that opens doors.
_CALLS: Final[Mapping[str, tuple[int, int, frozenset[int]]]] = {
    "x86_64": (
        0xC000003E,
        56,
        frozenset(
            {2, 85, 257, 437, 76, 82, 83, 86, 87, 88, 90, 258, 263, 264, 265, 266, 268, 316, 319}
            | {41, 42, 43, 44, 46, 49, 50, 53, 288, 307}
            | {57, 58, 59, 322}
            | {62, 101, 200, 234, 310, 311, 434, 438}
            | {165, 248, 250, 272, 298, 308, 321, 323, 425, 428, 429, 430}
        ),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        frozenset(
            {34, 35, 36, 37, 38, 45, 53, 56, 276, 279, 437}
            | {198, 199, 200, 201, 202, 203, 206, 211, 242, 269}
            | {221, 281}
            | {117, 129, 130, 131, 270, 271, 434, 438}
            | {40, 97, 217, 219, 241, 268, 280, 282, 425, 428, 429, 430}
        ),
    ),
}


class NoSandbox(Exception):
    """This machine cannot shut a decoder in; then nothing is decoded."""


def limit() -> None:
    """Little memory, a short time, few and small files, no image of the memory when it falls."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def shut() -> None:
    """From here on: no opening of files, no network, no other process. Raises NoSandbox, where that cannot be had."""
    known = _CALLS.get(platform.machine())
    if known is None:
        raise NoSandbox
    steps = b"".join(_filter(*known))
    kept = ctypes.create_string_buffer(steps)
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps) // 8, ctypes.addressof(kept)))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0):
        raise NoSandbox


def _filter(mark: int, clone: int, refused: Iterable[int]) -> Iterable[bytes]:
    """The steps: another architecture ends the process, a call on the list is refused, all others go on.

    A thread of its own may be made, as some decoders do; another process may not.
    """
    yield _step(_LOAD, value=_ARCHITECTURE_AT)
    yield _step(_EQUAL, yes=1, value=mark)
    yield _step(_RETURN, value=_END)
    yield _step(_LOAD, value=_NUMBER_AT)
    yield _step(_ABOVE, no=1, value=_X32)
    yield _step(_RETURN, value=_END)
    for call in sorted(refused):
        yield _step(_EQUAL, no=1, value=call)
        yield _step(_RETURN, value=_REFUSE)
    # Its flags lie where no filter can look: as if it were not there, so that clone is asked instead.
    yield _step(_EQUAL, no=1, value=_CLONE3)
    yield _step(_RETURN, value=_UNKNOWN)
    yield _step(_EQUAL, no=4, value=clone)
    yield _step(_LOAD, value=_FIRST_GIVEN_AT)
    yield _step(_HOLDS, no=1, value=_THREAD)
    yield _step(_RETURN, value=_ALLOW)
    yield _step(_RETURN, value=_REFUSE)
    yield _step(_RETURN, value=_ALLOW)


def _step(what: int, *, yes: int = 0, no: int = 0, value: int) -> bytes:
    return struct.pack("HBBI", what, yes, no, value)
