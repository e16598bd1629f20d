"""A provider at which Dmitri's agency signs in, for the tests that ask for it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.host.clock import now
from encircle.host.provider.known import forget
from tests.provider import Forger, forging_provider, written
from tests.web.desk.coming import STEPS, agency_code
from tests.web.world import Staff


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forger")


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Forger]:
    with forging_provider(folder) as forger:
        yield forger


@pytest.fixture
def forger(running: Forger, folder: Path, dmitri: Staff, settings: Settings) -> Forger:
    """Dmitri's agency comes by it; one time in its words is a second step."""
    for name, value in vars(Forger(running.issuer)).items():
        setattr(running, name, value)
    running.claims = {"sub": f"EE-{uuid4()}", "amr": ["otp"], "auth_time": int(now().timestamp())}
    settings.PROVIDERS = (written(folder, running.issuer, {agency_code(dmitri): STEPS}),)
    forget()
    return running
