"""The slow lane: where codes that open nothing come far more often than people type them, each look-up waits a little.

A limit for each source would shut out a shelter or a school, which is one address, and no address is kept. What keeps a
code from being guessed is its 80 bits; the lane keeps whoever guesses from taking the machine away from those who write.
Each look-up waits alike, before it is known what the code opens; none is refused. What is remembered are instants, in
this process alone.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

MANY: Final = 100
WITHIN_SECONDS: Final = 20.0
"""So many wrong codes in so many seconds: five a second, of all who come back together."""
WAIT_SECONDS: Final = 0.02
"""How long each look-up then waits. Nobody notices it; four at once, as the pages run, are 200 in a second at most."""


class SlowLane:
    """The lane of one process."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._wait = clock, wait
        self._wrong: deque[float] = deque(maxlen=MANY)

    @property
    def is_slow(self) -> bool:
        """Whether look-ups wait now."""
        wrong = tuple(self._wrong)
        return len(wrong) == MANY and self._clock() - wrong[0] <= WITHIN_SECONDS

    def enter(self) -> None:
        """Come to a look-up: at once, or after the wait, whatever the code is."""
        if self.is_slow:
            self._wait(WAIT_SECONDS)

    def opened_nothing(self) -> None:
        """Count a code that opened nothing."""
        self._wrong.append(self._clock())


LANE: Final = SlowLane()
