"""What the proofs of access share: nobody waits, and what is refused is not told on the screen of who runs the tests."""

import logging
from collections.abc import Iterator

import pytest

from encircle.web.api.caller import RATE


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(RATE), "at_once", 1_000_000)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Django writes a line for each answer that is not a page; here there are thousands."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(before)
