"""The journal kept elsewhere: a file that grows by what it does not have yet; what is sealed stays sealed."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from encircle.actions.emergency import emergencies_of
from encircle.actions.journal import copy_journal, sequence_journal
from encircle.host.database import DatabaseRole
from encircle.records.journal.sequencer import make_journal_key
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desk.test_emergency import led_by
from tests.web.world import make_staff


def test_the_copy_grows_by_what_it_does_not_have_yet_and_opens_nothing(
    own_database: TestDatabase, settings: LazySettings, tmp_path: Path
):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.JOURNAL_KEY_FILE, settings.JOURNAL_WITNESS = tmp_path / "key", tmp_path / "witness"
    make_journal_key()
    carla, copy = make_staff("carla", Role.CHILD_PROTECTION_SERVICE), tmp_path / "journal.jsonl"
    number = led_by(carla)
    with own_database.used_as(DatabaseRole.JOBS):
        sequence_journal()
        first = copy_journal(copy)
        assert (first > 0, copy_journal(copy)) == (True, 0)
    emergencies_of(carla.who, number)
    with own_database.used_as(DatabaseRole.JOBS):
        assert copy_journal(copy) == 0
        sequence_journal()
        assert copy_journal(copy) == 1
    lines = [json.loads(line) for line in copy.read_text("utf-8").splitlines()]
    assert [line["position"] for line in lines] == list(range(first + 1))
    assert {len(line["leaf"]) for line in lines} == {64}
    assert lines[-1]["actor"] == carla.person
    assert "Aino" not in copy.read_text("utf-8")
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_file_of_something_else_is_left_alone(tmp_path: Path):
    other = tmp_path / "letter.txt"
    other.write_text("Dear Carla\n", "utf-8")
    with pytest.raises(BadInput):
        copy_journal(other)
    assert other.read_text("utf-8") == "Dear Carla\n"
