"""Each fault is tried as root and as a plain account."""

import os
from collections.abc import Iterator

import pytest

from tests.host.world import World, world_of


@pytest.fixture(params=["root", "plain"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world for the launcher; the one of root needs root."""
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("needs root: the launcher as root, with its server under another account")
    with world_of(request.param) as made:
        yield made
