"""The witness: leaves and signed heads of the journal in files outside the database. Knows no entries.

What lies here proves only against those who cannot write here: the folder belongs on another owner's disk or host.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from encircle.core.journal.tree import HASH_BYTES

_LEAVES = "leaves"
_HEADS = "heads"
_BETWEEN = b"\n\x1e\n"
"""Between two signed heads stands a record separator, which no note may contain."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A folder with two files that only grow."""

    folder: Path

    def size(self) -> int:
        """How many leaves lie here; a half-written one does not count."""
        file = self.folder / _LEAVES
        return file.stat().st_size // HASH_BYTES if file.exists() else 0

    def leaves(self) -> Sequence[bytes]:
        """All leaves, in order."""
        file = self.folder / _LEAVES
        whole = file.read_bytes() if file.exists() else b""
        return [whole[at : at + HASH_BYTES] for at in range(0, self.size() * HASH_BYTES, HASH_BYTES)]

    def heads(self) -> tuple[bytes, ...]:
        """All signed heads, the oldest first; their signatures are not verified here."""
        file = self.folder / _HEADS
        whole = file.read_bytes() if file.exists() else b""
        return tuple(part + b"\n" for part in whole.split(_BETWEEN)[:-1])

    def add(self, leaves: Sequence[bytes], *, head: bytes) -> None:
        """Add leaves, then the head that signs them; on the disk when this returns."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(self.folder / _LEAVES, b"".join(leaves), at=self.size() * HASH_BYTES)
        file = self.folder / _HEADS
        _write(file, head.removesuffix(b"\n") + _BETWEEN, at=file.stat().st_size if file.exists() else 0)


def _write(file: Path, content: bytes, *, at: int) -> None:
    """Write at that place, over what a power cut may have left half-written behind it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as opened:
        opened.seek(at)
        opened.write(content)
        opened.truncate()
        opened.flush()
        os.fsync(opened.fileno())
