"""Checkpoints (C2SP tlog-checkpoint): the size and root of a log as one short text. Knows no keys."""

import base64
import binascii
import re
from dataclasses import dataclass

from encircle.core.journal.tree import HASH_BYTES
from encircle.vocabulary.refusal import Refused

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointRefused(Refused):
    """A text that is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: whose it is, how many leaves it had, and their root."""

    origin: str
    size: int
    root: bytes


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The text to be signed: three lines, origin, size and root in base64."""
    if not checkpoint.origin or "\n" in checkpoint.origin:
        raise ValueError("the origin of a log is one line that is not empty")
    if checkpoint.size < 0 or len(checkpoint.root) != HASH_BYTES:
        raise ValueError("a checkpoint has a size of 0 or more and a root of 32 bytes")
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in the text of a note whose signatures are verified. Extension lines are not kept.

    Refuses: CheckpointRefused, if origin, size or root are not written as the format demands.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _SIZE.fullmatch(lines[1]):
        raise _refused()
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as malformed:
        raise _refused() from malformed
    if len(root) != HASH_BYTES or base64.b64encode(root).decode() != lines[2]:
        raise _refused()
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def _refused() -> CheckpointRefused:
    return CheckpointRefused(
        code="checkpoint_malformed",
        reason="This text is not a checkpoint: origin, size and root in three lines.",
    )
