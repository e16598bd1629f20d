"""Slow uploads hold nobody else up: pages and reports are answered while many send a few bytes a second."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench._slow import uploading
from bench.door import Door, served

UPLOADS, PATIENCE_SECONDS = 24, 20.0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with tempfile.TemporaryDirectory(prefix="encircle-slow-") as made:
        folder = Path(made)
        folder.chmod(0o711)
        with served(folder) as (port, _process):
            yield port


def test_pages_and_reports_are_answered_while_many_uploads_go_on(port: int):
    door = Door(port, patience=PATIENCE_SECONDS)
    form, forms = door.form(), [door.form() for _ in range(4)]
    with uploading(port, form, UPLOADS):
        began = time.perf_counter()
        pages = [door.page() for _ in range(4)]
        reports = [door.report(one, number) for number, one in enumerate(forms)]
        took = time.perf_counter() - began
    assert all(one.brought for one in (*pages, *reports))
    assert took < PATIENCE_SECONDS
    assert [door.inbox(one.brought, number).brought for number, one in enumerate(reports)] == [
        f"Number {number}" for number in range(4)
    ]
    door.close()
