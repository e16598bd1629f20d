"""Installation keys: a new one while people work, everything moved to it, the old one taken away, and the drill of a loss."""

import base64
import contextlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from encircle.actions.keys import open_second_factor, seal_second_factor
from encircle.actions.keys.moving import (
    FIRST,
    KeyInUse,
    drill,
    keys_shown,
    make_new_key,
    make_sure_of_keys,
    move_everything,
    retire,
)
from encircle.core.linkage import keys_to_search, parts_of
from encircle.crypto.keyring import InstallationKey, KeyMissing, older_keys, rotate_key
from encircle.crypto.secret_file import KeyRefused, create_secret
from encircle.host.database import DatabaseRole
from encircle.records import moving_keys, seal
from encircle.records.childs_page import add_credential, open_page
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.names import candidates
from encircle.records.roots import open_root
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.records.test_seal import FIFTEEN, INJURY, record
from tests.records.world import Actor, a_fact, make_actor
from tests.web.world import make_staff

CODE = "abcdef-code-of-a-child"


def quiet(said: str) -> None:
    """Tell nobody."""


@pytest.fixture
def key_file(own_database: TestDatabase, settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """The key of this installation lies in a file."""
    settings.INSTALLATION_KEY, settings.INSTALLATION_KEY_FILE = None, tmp_path / "installation-key"
    seal.make_installation_key()
    yield tmp_path / "installation-key"
    seal.forget_installation_keys()


@pytest.fixture
def carla(key_file: Path) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def aino(carla: Actor) -> RootId:
    """A record with a name and an age."""
    with carla.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    record(a_fact(root, NameRecorded(name_used="Aino"), by=carla), by=carla)
    record(a_fact(root, FIFTEEN, by=carla), by=carla)
    return root


def told(carla: Actor, root: RootId) -> list[str]:
    with carla.at_work():
        return [fact.type for fact in facts_of(root)]


def found(carla: Actor, name: str) -> list[str]:
    with carla.at_work():
        return [one.root.id for one in candidates(keys_to_search(parts_of(name)), at_most=5)]


def as_job(database: TestDatabase):
    return database.used_as(DatabaseRole.JOBS)


def test_people_go_on_while_the_key_is_new_and_nothing_hangs_on_the_old_one_afterwards(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId
):
    before = seal.keyring().current.id
    with as_job(own_database):
        made = make_new_key()
    record(a_fact(aino, INJURY, by=carla), by=carla)
    assert len(told(carla, aino)) == 3
    assert found(carla, "Aino") == [aino]
    with as_job(own_database):
        moved = move_everything(quiet)
        assert moved.data_keys > 0
        shown = keys_shown()
        assert [(one.id, one.is_current) for one in shown] == [(made, True), (before, False)]
        assert shown[0].data_keys > 0
        assert shown[1].data_keys == 0
        retire(before)
        assert [one.id for one in keys_shown()] == [made]
    assert len(told(carla, aino)) == 3
    assert found(carla, "Aino") == [aino]


def test_who_reads_between_two_steps_of_the_same_tick_of_the_clock_sees_both(
    own_database: TestDatabase, key_file: Path
):
    def at_the_same_tick() -> bytes:
        os.utime(key_file.parent, ns=(1, 1))
        return seal.keyring().current.id

    before = at_the_same_tick()
    made = InstallationKey.create_file(key_file.with_name("installation-key.next"))
    os.link(key_file, key_file.with_name("installation-key.older-1"))
    assert at_the_same_tick() == before
    key_file.with_name("installation-key.next").replace(key_file)
    assert at_the_same_tick() == made.id


def test_a_name_that_is_stated_while_names_move_waits_and_keeps_its_keys(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId
):
    with own_database.connect_as_keeper() as writer, as_job(own_database):
        with with_context(agency=None, actor="keys", purpose="rebuild"):
            assert list(moving_keys.named_roots(after=FIRST, at_most=5)) == [aino]
            with pytest.raises(psycopg.errors.LockNotAvailable):
                writer.execute("SELECT 1 FROM situation_row WHERE root_id = %s FOR UPDATE NOWAIT", (aino,))
        assert writer.execute("SELECT 1 FROM situation_row FOR UPDATE NOWAIT").fetchone() == (1,)


def test_a_retired_key_lies_beside_the_others_and_is_read_no_more(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId
):
    before = InstallationKey.from_file(key_file).id
    with as_job(own_database):
        make_new_key()
        aside = retire(before)
    assert aside.name == f"installation-key.retired-{before.hex()}"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert older_keys(key_file) == []
    with as_job(own_database), pytest.raises(KeyRefused):
        retire(before)


def test_a_key_on_which_something_hangs_is_not_retired(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId, monkeypatch: pytest.MonkeyPatch
):
    """A planted fault: the move leaves out the data keys."""
    before = InstallationKey.from_file(key_file).id
    monkeypatch.setattr("encircle.records.seal.rewrap_keys", lambda at_most: 0)
    with as_job(own_database):
        make_new_key()
        with pytest.raises(KeyInUse, match="data keys hang on"):
            retire(before)


def test_the_code_of_a_child_opens_its_page_under_the_older_key_and_is_given_up_only_when_said(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId
):
    with carla.at_work() as ctx:
        assert add_credential(aino, CODE, company="alone", device="own", ctx=ctx)
    before = InstallationKey.from_file(key_file).id
    with as_job(own_database):
        make_new_key()
        with pytest.raises(KeyInUse, match="1 children have a code"):
            retire(before)
    assert open_page(CODE, session=os.urandom(32))
    with as_job(own_database):
        retire(before, give_up_codes=True)
    assert not open_page(CODE, session=os.urandom(32))


def test_where_the_key_stands_in_a_setting_each_code_that_runs_may_hang_on_the_older_one(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId, settings: LazySettings
):
    before = InstallationKey.from_file(key_file).id
    key_file.rename(key_file.with_name("installation-key.older-1"))
    settings.INSTALLATION_KEY = base64.b64encode(os.urandom(32)).decode()
    with carla.at_work() as ctx:
        assert add_credential(aino, CODE, company="alone", device="own", ctx=ctx)
    with as_job(own_database), pytest.raises(KeyInUse, match="1 children have a code"):
        retire(before)


def test_the_secret_of_a_second_step_moves_and_a_passkey_is_not_touched(
    own_database: TestDatabase, key_file: Path, carla: Actor
):
    sealed = seal_second_factor("JBSWY3DPEHPK3PXP")
    account = make_staff("lena", Role.CASE_LEAD).account
    with own_database.connect_as_keeper() as keeper:
        for kind, data in (("totp", {"secret": sealed}), ("webauthn", {"secret": sealed})):
            keeper.execute(
                "INSERT INTO mfa_authenticator (type, data, user_id, created_at) VALUES (%s, %s, %s, now())",
                (kind, json.dumps(data), account),
            )
    with as_job(own_database):
        make_new_key()
        assert move_everything(quiet).factors == 1
        assert move_everything(quiet).factors == 0
    with own_database.connect_as_keeper() as keeper:
        held = dict(keeper.execute("SELECT type, data ->> 'secret' FROM mfa_authenticator").fetchall())
    assert held["webauthn"] == sealed
    assert held["totp"] != sealed
    assert open_second_factor(str(held["totp"])) == "JBSWY3DPEHPK3PXP"


def test_the_drill_passes_with_the_key_and_fails_with_another(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId, tmp_path: Path
):
    other = tmp_path / "another"
    create_secret(other, what="key")
    with as_job(own_database):
        good, bad = drill(key_file), drill(other)
    assert (good.opened == good.data_keys > 0, good.without, good.is_passed) == (True, 0, True)
    assert (bad.opened, bad.is_passed) == (0, False)


def test_without_its_key_an_installation_makes_no_new_one_and_says_how_it_is_brought_back(
    own_database: TestDatabase, key_file: Path, carla: Actor, aino: RootId, tmp_path: Path
):
    lost = InstallationKey.from_file(key_file).id
    key_file.rename(tmp_path / "in-the-safe")
    with as_job(own_database), pytest.raises(KeyMissing) as refused:
        make_sure_of_keys()
    assert lost.hex() in str(refused.value)
    assert "encircle keys drill" in str(refused.value)
    assert not key_file.exists()
    create_secret(key_file, what="key")
    with as_job(own_database), pytest.raises(KeyMissing):
        make_sure_of_keys()
    (tmp_path / "in-the-safe").replace(key_file)
    with as_job(own_database):
        make_sure_of_keys()
    assert len(told(carla, aino)) == 2


def test_a_key_in_a_setting_is_not_changed_by_the_command(own_database: TestDatabase):
    with as_job(own_database), pytest.raises(Refused, match="ENCIRCLE_INSTALLATION_KEY"):
        make_new_key()


STEPS = ("link", "replace", "fsync")


@given(stop=st.sampled_from(STEPS), times=st.integers(1, 3))
@how(max_examples=20, deadline=None)
def test_stopped_at_any_step_the_files_open_all_that_they_opened_before(
    tmp_path_factory: pytest.TempPathFactory, stop: str, times: int
):
    folder = tmp_path_factory.mktemp("keys")
    path = folder / "installation-key"
    first = InstallationKey.create_file(path).id
    with pytest.MonkeyPatch.context() as patch:
        real, seen = getattr(os, stop), []

        def stopping(*given: object, **named: object) -> object:
            seen.append(given)
            if len(seen) >= times:
                raise InterruptedError
            return real(*given, **named)

        patch.setattr(os, stop, stopping)
        with contextlib.suppress(InterruptedError, KeyRefused):
            rotate_key(path)
    held = {InstallationKey.from_file(one).id for one in (path, *older_keys(path))}
    assert first in held
    made = rotate_key(path)
    held = {InstallationKey.from_file(one).id for one in older_keys(path)}
    assert first in held
    assert InstallationKey.from_file(path).id == made.id
