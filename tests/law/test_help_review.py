"""What the door says is looked at again within 180 days; after a year it is a fault; what is unread is named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from encircle.law.finding import Lack, Severity
from encircle.law.help_review import review_help
from tests.law.pack.test_help import BASE, packs, read

LOOKED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "lack", "severity"),
    [
        (0, None, None),
        (180, None, None),
        (181, Lack.HELP_OLD, Severity.WARNING),
        (365, Lack.HELP_OLD, Severity.WARNING),
        (366, Lack.HELP_TOO_OLD, Severity.FAULT),
        (-1, Lack.READ_AHEAD, Severity.FAULT),
    ],
)
def test_the_day_of_the_last_look_decides(
    tmp_path: Path, days: int, lack: Lack | None, severity: Severity | None
):
    found = review_help(read(packs(tmp_path)), on=LOOKED + timedelta(days=days))
    if lack is None:
        assert found == ()
    else:
        assert {(one.lack, one.severity) for one in found} == {(lack, severity)}
        assert {one.code for one in found} == {"emergency", "duty", "line", "told"}
        assert str(found[0]).startswith(
            "packs/base/help/door.yaml:1: emergency: https://example.org/a was looked at on"
        )


def test_what_is_unread_is_listed_and_is_no_fault(tmp_path: Path):
    unread = BASE.replace("read: 2026-11-01, checked: 2026-11-20", "read: null, checked: null")
    found = review_help(read(packs(tmp_path, base=unread)), on=LOOKED)
    assert {(one.lack, one.severity) for one in found} == {(Lack.UNVERIFIED, Severity.NOTE)}
    assert len(found) == 4


def test_what_is_not_said_in_the_language_of_the_country_is_named(tmp_path: Path):
    found = review_help(read(packs(tmp_path)), on=LOOKED, languages=("et",))
    assert {one.lack for one in found} == {Lack.PART_UNTRANSLATED}
    assert "Listens. is not said in et." in {one.what for one in found}
