"""Starts that are refused: one clear line, and a way on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from encircle.host.database import DatabaseUnavailable
from tests.host.world import World, may_mount

needs_disks = pytest.mark.skipif(
    not may_mount(), reason="this machine lets us mount no small disk of our own"
)


def refusal_of(start: Callable[[], object]) -> DatabaseUnavailable:
    """The one clear line that a start ends with."""
    with pytest.raises(DatabaseUnavailable) as caught:
        start()
    text = str(caught.value)
    assert "\n" not in text
    assert caught.value.instead
    return caught.value


def refused(world: World, data: Path | None = None) -> tuple[str, str]:
    """The code and the line of a start that is refused."""
    refusal = refusal_of(lambda: world.open(data))
    return refusal.code, str(refusal)
