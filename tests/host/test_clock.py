"""The clock tells an aware instant in UTC."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from encircle.host import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_now_is_the_present_of_this_machine(tmp_path: Path):
    file = tmp_path / "written-now"
    file.touch()
    written = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
    assert timedelta(0) <= clock.now() - written + timedelta(milliseconds=20) < timedelta(seconds=5)
