"""Signing what the installation certifies, with the key that signs the heads of its journal."""

from encircle.crypto.signed import NoteRefused, open_note, sign_note
from encircle.records.journal.sequencer import signer


def signed(text: str) -> bytes:
    """The text as a C2SP signed note. Refuses: NoteRefused, KeyRefused."""
    return sign_note(text, signer())


def is_signed(note: bytes) -> bool:
    """Whether the key of this installation signed that note as it stands. Refuses: KeyRefused."""
    try:
        open_note(note, verifiers=[signer().verifier])
    except NoteRefused:
        return False
    return True
