"""The breach pack: everything that an account did in a time, by numbers, with proofs that lead to the signed head."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from encircle.actions.breach import BreachPack, as_csv, as_paper, as_proofs, breach_pack, is_proved
from encircle.actions.emergency import emergencies_of
from encircle.actions.journal import sequence_journal
from encircle.actions.permit import NotSeen
from encircle.actions.token import tokens
from encircle.host.database import DatabaseRole
from encircle.host.document import as_pdf
from encircle.records.journal.sequencer import make_journal_key
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import program_of
from tests.web.desk.test_emergency import led_by
from tests.web.world import Staff, make_staff

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def house(own_database: TestDatabase, settings: LazySettings, tmp_path: Path) -> TestDatabase:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    settings.JOURNAL_WITNESS = tmp_path / "witness"
    make_journal_key()
    return own_database


@pytest.fixture
def carla(house: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def aino(carla: Staff) -> str:
    number = led_by(carla)
    emergencies_of(carla.who, number)
    return number


def packed(house: TestDatabase, login: str, **times: datetime) -> BreachPack:
    with house.used_as(DatabaseRole.JOBS):
        sequence_journal()
        return breach_pack(login, since=times.get("since", SINCE), until=times.get("until", UNTIL))


def test_it_tells_records_parts_and_times_by_numbers_alone(house: TestDatabase, aino: str, carla: Staff):
    eva = make_staff("eva", Role.NGO)
    with pytest.raises(NotSeen):
        emergencies_of(eva.who, aino)
    pack = packed(house, carla.login)
    (child,) = pack.children
    assert (child.number, child.times, set(child.kinds)) == (aino, len(pack.entries), {"look", "write"})
    assert "M" in [part.value for part in child.parts]
    assert packed(house, eva.login).children == ()


def test_every_entry_has_its_proof_and_a_changed_leaf_has_none(house: TestDatabase, aino: str, carla: Staff):
    pack = packed(house, carla.login)
    assert is_proved(pack)
    assert set(pack.proofs) == {one.id for one in pack.entries}
    first, *others = pack.entries
    changed = replace(pack, entries=(replace(first, leaf=bytes(32)), *others))
    assert not is_proved(changed)
    assert not is_proved(replace(pack, head=None))
    told = json.loads(as_proofs(pack))
    assert (told["size"], len(told["entries"])) == (pack.head.size if pack.head else 0, len(pack.entries))


def test_the_files_hold_codes_and_numbers_and_no_name(house: TestDatabase, aino: str, carla: Staff):
    pack = packed(house, carla.login)
    lines = list(csv.DictReader(io.StringIO(as_csv(pack))))
    assert [line["entry"] for line in lines] == [one.id for one in pack.entries]
    assert {line["record"] for line in lines} == {aino}
    assert {line["purpose"] for line in lines} <= {purpose.value for purpose in Purpose}
    paper = as_paper(pack)
    assert as_pdf(paper) == as_pdf(paper)
    assert any(aino in row for section in paper.sections for row in section.rows)


def test_what_lies_outside_of_the_time_is_not_in_it(house: TestDatabase, aino: str, carla: Staff):
    whole = packed(house, carla.login)
    assert whole.entries
    after = whole.entries[-1].at + timedelta(microseconds=1)
    assert packed(house, carla.login, since=after).entries == ()


def test_a_token_of_a_program_has_its_pack_whomever_it_worked_for(
    house: TestDatabase, aino: str, carla: Staff
):
    program, other = (program_of(house, carla) for _ in range(2))
    known = tokens(f"a-{carla.agency}")
    program.get(f"/records/{aino}", Purpose.PROTECT, **{"Encircle-Person": "worker-17"})
    program.get("/records/0000-0000", Purpose.PROTECT)
    (used,) = [one.id for one in known if used_since_made(one.id)]
    pack = packed(house, f"token:{used}")
    (child,) = pack.children
    assert (child.number, len(pack.entries), pack.account) == (
        aino,
        2,
        f"case-file (a program, token {used})",
    )
    assert is_proved(pack)
    (unused,) = [one.id for one in known if one.id != used]
    assert packed(house, f"token:{unused}").entries == ()
    assert other.secret not in as_csv(pack) + as_proofs(pack)
    with house.used_as(DatabaseRole.JOBS), pytest.raises(BadInput):
        breach_pack("token:0", since=SINCE, until=UNTIL)


def used_since_made(token: str) -> bool:
    return any(one.id == token and one.last_used_hour is not None for one in tokens())


def test_an_account_that_is_not_there_and_a_time_that_runs_backwards_are_refused(house: TestDatabase):
    with house.used_as(DatabaseRole.JOBS):
        for login, until in (("nobody", UNTIL), ("nobody", SINCE)):
            with pytest.raises(BadInput):
                breach_pack(login, since=SINCE, until=until)
