"""How this process leaves when it is asked to: through every `with` block. Nothing is left running."""

import signal
from types import FrameType

ASKED_TO_LEAVE = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def leave_on_signals() -> None:
    """From now on SIGTERM, SIGHUP and SIGINT end this process by SystemExit (128 + signal).

    Only the first one counts: what is being closed is then closed in peace.
    """
    for asked in ASKED_TO_LEAVE:
        signal.signal(asked, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    for asked in ASKED_TO_LEAVE:
        signal.signal(asked, signal.SIG_IGN)
    raise SystemExit(128 + number)
