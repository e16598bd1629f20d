"""The key that signs cookies and forms: given by the operator, or made at the first start beside the data."""

import os
import secrets
from pathlib import Path

FILE = "cookie-signing-key"


def secret_key(given: str | None, *, data: Path) -> str:
    """The signing key. Without a data folder (a check, a replay) one for this process only.

    The file appears whole or not at all, also when two processes start at once.
    """
    if given is not None:
        return given
    if not data.is_dir():
        return secrets.token_urlsafe(64)
    keys = data / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    file = keys / FILE
    if not file.exists():
        _make(file)
    return file.read_text(encoding="ascii").strip()


def _make(file: Path) -> None:
    draft = file.with_name(f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(64))
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()
