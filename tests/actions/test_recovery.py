"""Recovery by two of three institutions: enrolled, rehearsed, and the key of an agency brought back, with real seals."""

import io
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from pytest_django import Settings

from encircle.actions import agency_key, people_keys
from encircle.actions.account import NoSuchAccount
from encircle.actions.keys import recovery, recovery_file
from encircle.actions.keys.recovery_file import RecoveryRefused
from encircle.actions.own_key import held_by_visit
from encircle.cli import parser
from encircle.cli.recovery import done
from encircle.crypto.people import KeyPair, bound_to, open_with, seal_to
from encircle.crypto.sealed import SealBroken
from encircle.host.database import DatabaseRole
from encircle.records.recovery import Copy, open_copy
from encircle.records.unlocked import with_unlocked
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff

NAMES = ("court", "ministry", "ombudsman")
WORDS, OTHER = "four moons over tallinn", "five suns under narva"
SESSION = "a-session-of-one-visit"


def words_of(name: str) -> str:
    return f"long words of the {name}"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The private keys of three institutions, at the full price of a passphrase."""
    folder = tmp_path_factory.mktemp("institutions")
    for name in NAMES:
        recovery_file.make_recovery_key(folder / name, words_of(name))
    return {name: folder / name for name in NAMES}


@pytest.fixture
def carla(own_database: TestDatabase, settings: Settings) -> Staff:
    settings.DEMO = True
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


def enrol_all(database: TestDatabase, files: dict[str, Path]) -> None:
    with database.used_as(DatabaseRole.JOBS):
        for name, path in files.items():
            recovery.enrol(name, recovery_file.public_file(path))


def set_passphrase(staff: Staff, words: str = WORDS) -> str:
    return people_keys.set_passphrase(staff.who, words, again=words, session=SESSION)


def has_agency_key(staff: Staff) -> bool:
    return people_keys.keys_of(staff.who).has_agency_key


def keys_of(files: dict[str, Path], *names: str) -> list[tuple[Path, str]]:
    return [(files[name], words_of(name)) for name in names]


def opens_agency_key(staff: Staff, held: str) -> bool:
    """Whether what the visit holds opens the key of the agency: a colleague can be given it."""
    mine = held_by_visit(held, session=SESSION, person=staff.person)
    colleague = colleague_of(staff)
    set_passphrase(colleague)
    with with_unlocked(mine):
        waiting = people_keys.keys_of(staff.who).waiting
        people_keys.give_agency_key(staff.who, waiting[-1].id)
    return has_agency_key(colleague)


@pytest.mark.parametrize("two", list(combinations(NAMES, 2)), ids="-".join)
def test_any_two_bring_back_the_key_of_an_agency_whose_only_holder_lost_the_passphrase(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path], two: tuple[str, str]
):
    enrol_all(own_database, files)
    set_passphrase(carla)
    with own_database.used_as(DatabaseRole.JOBS):
        assert recovery.rehearse(keys_of(files, *two)).is_passed
        assert not recovery.forget(carla.login)
        with pytest.raises(NoSuchAccount):
            recovery.restore(carla.login, keys_of(files, *two))
    held = set_passphrase(carla, OTHER)
    assert not has_agency_key(carla)
    with own_database.used_as(DatabaseRole.JOBS):
        recovery.restore(carla.login, keys_of(files, *two))
    assert has_agency_key(carla)
    assert opens_agency_key(carla, held)


def test_copies_are_made_at_the_next_unlocking_where_institutions_came_later(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path]
):
    set_passphrase(carla)
    enrol_all(own_database, files)
    with own_database.used_as(DatabaseRole.JOBS):
        assert (len(recovery.recovery_stands().without), recovery.recovery_stands().is_ready) == (1, False)
        found = recovery.rehearse(keys_of(files, "court", "ministry"))
        assert (found.copies, found.is_passed) == (0, False)
    people_keys.unlock(carla.who, WORDS, session=SESSION)
    with own_database.used_as(DatabaseRole.JOBS):
        assert recovery.recovery_stands().is_ready


def test_nobody_forgets_the_last_key_where_no_copy_is_there(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path]
):
    set_passphrase(carla)
    with own_database.used_as(DatabaseRole.JOBS), pytest.raises(RecoveryRefused) as refused:
        recovery.forget(carla.login)
    assert refused.value.code == "last_holder"
    assert has_agency_key(carla)


def test_one_alone_twice_the_same_or_a_stranger_is_refused(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path], tmp_path: Path
):
    enrol_all(own_database, files)
    set_passphrase(carla)
    recovery_file.make_recovery_key(tmp_path / "stranger", words_of("stranger"))
    stranger = (tmp_path / "stranger", words_of("stranger"))
    court = keys_of(files, "court")[0]
    tried = {
        "one": [court],
        "twice": [court, court],
        "stranger": [court, stranger],
        "wrong": [court, (files["ministry"], words_of("court"))],
    }
    codes = {}
    with own_database.used_as(DatabaseRole.JOBS):
        for name, keys in tried.items():
            with pytest.raises(RecoveryRefused) as refused:
                recovery.restore(carla.login, keys)
            codes[name] = refused.value.code
    assert codes == {
        "one": "two_keys",
        "twice": "two_keys",
        "stranger": "not_enrolled",
        "wrong": "recovery_passphrase",
    }


def test_an_institution_that_ended_opens_nothing_and_one_in_its_place_does_after_the_next_unlocking(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path], tmp_path: Path
):
    enrol_all(own_database, files)
    set_passphrase(carla)
    recovery_file.make_recovery_key(tmp_path / "senate", words_of("senate"))
    with own_database.used_as(DatabaseRole.JOBS):
        with pytest.raises(RecoveryRefused):
            recovery.enrol("senate", recovery_file.public_file(tmp_path / "senate"))
        assert recovery.end("court") == 2
        recovery.enrol("senate", recovery_file.public_file(tmp_path / "senate"))
        with pytest.raises(RecoveryRefused):
            recovery.rehearse(keys_of(files, "court", "ministry"))
        assert not recovery.recovery_stands().is_ready
    people_keys.unlock(carla.who, WORDS, session=SESSION)
    with own_database.used_as(DatabaseRole.JOBS):
        both = [*keys_of(files, "ministry"), (tmp_path / "senate", words_of("senate"))]
        assert recovery.rehearse(both).is_passed


def test_a_rehearsal_finds_a_copy_that_was_altered(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path]
):
    """A planted fault: one copy put in the place of another."""
    enrol_all(own_database, files)
    set_passphrase(carla)
    with own_database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE recovery_share SET sealed = (SELECT other.sealed FROM recovery_share AS other"
            " WHERE other.id <> recovery_share.id ORDER BY other.id LIMIT 1)"
        )
    with own_database.used_as(DatabaseRole.JOBS):
        found = recovery.rehearse(keys_of(files, "court", "ministry"))
    assert (found.copies, found.opened, found.is_passed) == (1, 0, False)


def test_a_new_key_has_copies_at_once_and_those_of_the_older_go_with_it(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path]
):
    """Brought back half-way, both keys come; in the end two institutions open the new one alone."""
    enrol_all(own_database, files)
    held, colleague = set_passphrase(carla), colleague_of(carla)
    set_passphrase(colleague)
    mine = held_by_visit(held, session=SESSION, person=carla.person)
    two = keys_of(files, "court", "ministry")
    with with_unlocked(mine):
        people_keys.give_agency_key(carla.who, people_keys.keys_of(carla.who).waiting[0].id)
        told = agency_key.renewal_of(carla.who)
        assert told is not None
        agency_key.make_new_key(carla.who, in_place_of=told.key, reason="regularly", confirmed=True)
    with own_database.used_as(DatabaseRole.JOBS):
        found, stands = recovery.rehearse(two), recovery.recovery_stands()
        assert (found.copies, found.is_passed, stands.agencies, stands.is_ready) == (2, True, 1, True)
        recovery.forget(colleague.login)
    set_passphrase(colleague, OTHER)
    with own_database.used_as(DatabaseRole.JOBS):
        recovery.restore(colleague.login, two)
    assert shares_of(own_database, colleague) == 2
    with with_unlocked(mine):
        assert agency_key.seal_anew(carla.who).left == 0
    assert shares_of(own_database, colleague) == 1
    with own_database.used_as(DatabaseRole.JOBS):
        found = recovery.rehearse(two)
        assert (found.copies, found.is_passed) == (1, True)


def shares_of(database: TestDatabase, staff: Staff) -> int:
    with database.connect_as_keeper() as keeper:
        row = keeper.execute(
            "SELECT count(*) FROM agency_key_share JOIN member_key ON member_key.id = member_key_id"
            " WHERE person_id = %s AND member_key.ended_at IS NULL",
            (staff.person,),
        ).fetchone()
    assert row is not None
    return int(str(row[0]))


def test_eva_of_another_agency_sees_no_copy_and_the_pages_enrol_nobody(
    own_database: TestDatabase, carla: Staff, files: dict[str, Path]
):
    enrol_all(own_database, files)
    set_passphrase(carla)
    eva = make_staff("eva", Role.POLICE)
    with own_database.connect(DatabaseRole.WEB) as web:
        seen = []
        for staff in (eva, carla):
            web.execute("SELECT set_config('encircle.agency', %s, false)", (staff.agency,))
            seen.append(web.execute("SELECT count(*) FROM recovery_share").fetchone())
        assert seen == [(0,), (3,)]
        with pytest.raises(Exception, match="permission denied"):
            web.execute("DELETE FROM recovery_key")


class Terminal:
    """What an operator types, and what it prints."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def type(self, *words: str, secrets: tuple[str, ...] = (), status: int = 0) -> str:
        asked = parser().parse_args(["recovery", *words])
        self._monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in secrets)))
        assert (asked.run if asked.verb == "key" else done)(asked) == status
        return self._capsys.readouterr().out


def test_the_whole_way_at_a_terminal(
    own_database: TestDatabase,
    carla: Staff,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    terminal = Terminal(monkeypatch, capsys)
    made = {}
    for name in NAMES:
        words = words_of(name)
        said = terminal.type("key", str(tmp_path / name), secrets=(words, words))
        made[name] = said.partition("The key is ")[2][:32]
        assert words not in said
    two = ("--key", str(tmp_path / "court"), "--key", str(tmp_path / "ombudsman"))
    secrets = (words_of("court"), words_of("ombudsman"))
    with own_database.used_as(DatabaseRole.JOBS):
        assert "RECOVERY IS NOT READY: 0 of 3" in terminal.type("show", status=1)
        for name in NAMES:
            assert made[name] in terminal.type("enrol", name, str(tmp_path / f"{name}.pub"))
    set_passphrase(carla)
    with own_database.used_as(DatabaseRole.JOBS):
        assert "never rehearsed" in terminal.type("show")
        assert "The rehearsal is passed." in terminal.type("rehearse", *two, secrets=secrets)
        assert "court: " + made["court"] + ", rehearsed 2" in terminal.type("show")
        assert "recovery restore" in terminal.type("forget", carla.login)
    set_passphrase(carla, OTHER)
    with own_database.used_as(DatabaseRole.JOBS):
        assert "Given." in terminal.type("restore", carla.login, *two, secrets=secrets)
    assert has_agency_key(carla)
    assert (tmp_path / "court").stat().st_mode & 0o777 == 0o600


@how(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["agency", "key", "outer", "inner"]), min_size=1, unique=True))
def test_a_copy_opens_in_its_place_alone(wrong: list[str]):
    outer, inner, theirs = KeyPair.new(), KeyPair.new(), KeyPair.new()
    place = {name: str(uuid4()) for name in ("agency", "key", "outer", "inner")}
    within = seal_to(inner.public, theirs.private, bound=bound_to("recovery", "inner", *place.values()))
    sealed = seal_to(outer.public, within, bound=bound_to("recovery", "outer", *place.values()))
    copy = Copy(**place, public=theirs.public, sealed=sealed)
    assert open_copy(copy, outer, inner) == theirs
    moved = {name: f"{value}x" if name in wrong else value for name, value in place.items()}
    with pytest.raises(SealBroken):
        open_copy(Copy(**moved, public=theirs.public, sealed=sealed), outer, inner)
    with pytest.raises(SealBroken):
        open_copy(copy, inner, outer)
    with pytest.raises(SealBroken):
        open_with(outer, within, bound=bound_to("recovery", "inner", *place.values()))
