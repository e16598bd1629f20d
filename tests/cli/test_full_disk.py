"""A full disk ends nothing: what cannot be written is left out, or waits, until there is room."""

import errno
import sys

import pytest

from encircle.actions import journal
from encircle.cli import serve


class Full:
    """A log on a disk that is full."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_line_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", Full())
    with pytest.raises(OSError, match="No space"):
        print("so it could", file=sys.stderr, flush=True)
    serve._say("the database was lost and runs again")


def test_a_journal_whose_heads_cannot_be_written_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def full() -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal, "sequence_journal", full)
    serve._sign_journal()
    assert capsys.readouterr().err == "encircle: the journal waits: No space left on device\n"
