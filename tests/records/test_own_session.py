"""What a process in the role of the pages cannot do to the sign-in of an account whose cookie it has not, and to people."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from django.contrib.sessions.backends.base import SessionBase

from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.records.sessions import PROVED, SessionStore, proof_of
from encircle.vocabulary.role import Role
from encircle.web.page.session import begin
from encircle.web.page.sign_in_told import CHANGES
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, make_staff

REFUSED = psycopg.errors.InsufficientPrivilege
Row = tuple[object, ...]

FACTOR = "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%(account)s, '{}', '{{}}', '1970-01-01')"
OF_AN_ACCOUNT = {
    "an app": FACTOR.format("totp"),
    "a passkey": FACTOR.format("webauthn"),
    "recovery codes": FACTOR.format("recovery_codes"),
    "no passkey any more": "DELETE FROM mfa_authenticator WHERE user_id = %(account)s",
    "other codes": 'UPDATE mfa_authenticator SET data = \'{"migrated_codes": ["a", "b", "x"]}\''
    " WHERE user_id = %(account)s AND type = 'recovery_codes'",
    "another password": "UPDATE account SET password = 'another' WHERE id = %(account)s",
    "a first password for ever": "UPDATE account SET first_password_until = 'infinity' WHERE id = %(account)s",
    "an identity": "INSERT INTO linked_identity (id, account_id, issuer, subject, linked_by)"
    " VALUES (gen_random_uuid(), %(account)s::uuid, 'https://id.example', gen_random_uuid()::text, 'self')",
}
NEVER = {
    "another passkey": "UPDATE mfa_authenticator SET data = '{\"credential\": 1}'"
    " WHERE user_id = %(account)s AND type = 'webauthn'",
    "no word of the change": "UPDATE account SET changed = '', changed_at = NULL WHERE id = %(account)s",
    "a word that means nothing": "UPDATE account SET changed = 'nothing' WHERE id = %(account)s",
    "an earlier word": "UPDATE account SET changed_at = changed_at - interval '30 days' WHERE id = %(account)s",
    "a person": "INSERT INTO person (id, account_id, agency_id, role, given_name, surname)"
    " VALUES (gen_random_uuid(), %(account)s, %(agency)s, 'police', '', '')",
    "an account": "INSERT INTO account (id, login, email, is_active, password)"
    " VALUES (gen_random_uuid(), gen_random_uuid()::text, '', true, '')",
    "an agency": "INSERT INTO agency (id, code, name, names, role, country, notice_address, night_address)"
    " VALUES (gen_random_uuid(), gen_random_uuid()::text, 'x', '{}', 'police', 'EE', '', '')",
    "a used invitation": "UPDATE invitation SET used_at = NULL, account_id = %(account)s WHERE true",
    "a session of somebody else": "UPDATE staff_session SET account_id = %(agency)s WHERE account_id = %(account)s",
    "a session under another cookie": "UPDATE staff_session SET proof = sha256('x') WHERE account_id = %(account)s",
}
INVITED = """
    INSERT INTO invitation (id, agency_id, role, given_name, surname, code_hash, made_by, made_at, expires_at)
    VALUES (gen_random_uuid(), %(agency)s, %(role)s, '', '', sha256(%(code)s), %(by)s, now(), now() + interval '7 days')
"""


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return with_factors(database, make_staff("carla", Role.CHILD_PROTECTION_SERVICE))


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return with_factors(database, make_staff("eva", Role.NGO))


def with_factors(database: TestDatabase, staff: Staff) -> Staff:
    """With a passkey and three recovery codes, which were made some time ago; its owner was told of it."""
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES"
            " (%(of)s, 'webauthn', '{\"credential\": 0}', now() - interval '1 day'),"
            ' (%(of)s, \'recovery_codes\', \'{"migrated_codes": ["a", "b", "c"]}\', now() - interval \'1 day\')',
            {"of": staff.account},
        )
        keeper.execute(
            "UPDATE account SET changed = 'second_factor_added', changed_at = now() WHERE id = %s",
            (staff.account,),
        )
    return staff


def session_of(staff: Staff, *, proved: bool = True) -> str:
    """The key of a new session of that person, as the cookie holds it."""
    store: SessionBase = SessionStore()
    store["_auth_user_id"] = staff.account
    store[PROVED] = proved
    begin(store, at=now())
    store.save()
    assert store.session_key is not None
    return store.session_key


@contextmanager
def pages(database: TestDatabase, proof: str, staff: Staff) -> Iterator[psycopg.Connection[Row]]:
    """The role of the pages, which says that it is that person, in the session of this proof. Nothing of it stays."""
    with (
        database.connect(DatabaseRole.WEB) as connection,
        connection.transaction(force_rollback=True),
    ):
        for name, value in (("agency", staff.agency), ("actor", staff.person), ("session", proof)):
            connection.execute("SELECT set_config('encircle.' || %s, %s, true)", (name, value))
        yield connection


def done(
    database: TestDatabase, statements: dict[str, str], proof: str, staff: Staff, **more: object
) -> list[str]:
    """Which of these are not refused."""
    given = {"account": staff.account, "agency": staff.agency, **more}
    found = []
    for name, statement in statements.items():
        with pages(database, proof, staff) as connection:
            try:
                if connection.execute(statement, given).rowcount:
                    found.append(name)
            except REFUSED:
                continue
            except psycopg.errors.UniqueViolation:
                found.append(name)
    return found


def forged(database: TestDatabase, of: Staff, other: Staff) -> dict[str, str]:
    """What somebody without that cookie can name: nothing, a guess, what the tables hold, a cookie of their own."""
    session_of(of)
    with database.connect(DatabaseRole.WEB) as connection:
        key, proof = connection.execute(
            "SELECT session_key, encode(proof, 'hex') FROM staff_session WHERE account_id = %s", (of.account,)
        ).fetchone()
    return {
        "nothing": "",
        "a guess": sha256(b"guess").hexdigest(),
        "the key in the table": f"{key}",
        "the proof in the table": f"{proof}",
        "the proof of that key": proof_of(f"{key}"),
        "another session": proof_of(session_of(other)),
        "without the second step": proof_of(session_of(of, proved=False)),
    }


def test_nobody_changes_the_sign_in_of_an_account_without_its_cookie(
    carla: Staff, eva: Staff, database: TestDatabase
):
    attempts = forged(database, carla, eva)
    through = {name: done(database, OF_AN_ACCOUNT | NEVER, proof, carla) for name, proof in attempts.items()}
    assert through == {name: [] for name in attempts}


def test_in_a_session_of_ones_own_the_sign_in_is_changed_and_nothing_else(
    carla: Staff, database: TestDatabase
):
    own = proof_of(session_of(carla))
    assert done(database, OF_AN_ACCOUNT, own, carla) == list(OF_AN_ACCOUNT)
    assert done(database, NEVER, own, carla) == []


def test_a_first_factor_is_set_up_with_its_recovery_codes_by_the_password_alone(database: TestDatabase):
    hanna = make_staff("hanna", Role.NGO)
    with pages(database, proof_of(session_of(hanna, proved=False)), hanna) as connection:
        for kind in ("totp", "recovery_codes"):
            connection.execute(FACTOR.format(kind), {"account": hanna.account})
        told = connection.execute("SELECT changed FROM account WHERE id = %s", (hanna.account,)).fetchone()
        made = connection.execute(
            "SELECT DISTINCT created_at >= now() FROM mfa_authenticator WHERE user_id = %s", (hanna.account,)
        ).fetchall()
    assert (told, made) == (("second_factor_added",), [(True,)])


def test_a_sign_in_notes_the_use_and_crosses_out_a_code_before_there_is_a_session(
    carla: Staff, database: TestDatabase
):
    codes = (
        "UPDATE mfa_authenticator SET data = %(data)s WHERE user_id = %(account)s AND type = 'recovery_codes'"
    )
    used = "UPDATE mfa_authenticator SET last_used_at = now() WHERE user_id = %(account)s"
    assert done(database, {"used": used}, "", carla) == ["used"]
    kept = {
        '{"migrated_codes": ["a", "c"]}': ["code"],
        '{"migrated_codes": ["a", "x"]}': [],
        '{"migrated_codes": ["a", "b"], "seed": "x"}': [],
        '{"seed": "x", "used_mask": 0}': [],
        "[]": [],
    }
    found = {data: done(database, {"code": codes}, "", carla, data=data) for data in kept}
    assert found == kept


def test_of_codes_that_were_not_shown_yet_only_more_are_crossed_out(carla: Staff, database: TestDatabase):
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            'UPDATE mfa_authenticator SET data = \'{"seed": "s", "used_mask": 5}\''
            " WHERE user_id = %s AND type = 'recovery_codes'",
            (carla.account,),
        )
    codes = (
        "UPDATE mfa_authenticator SET data = %(data)s WHERE user_id = %(account)s AND type = 'recovery_codes'"
    )
    kept = {
        '{"seed": "s", "used_mask": 7}': ["code"],
        '{"seed": "s", "used_mask": 3}': [],
        '{"seed": "t", "used_mask": 7}': [],
        '{"seed": "s"}': [],
    }
    found = {data: done(database, {"code": codes}, "", carla, data=data) for data in kept}
    assert found == kept


def test_each_change_of_which_an_owner_is_told_is_a_word_that_the_database_takes(
    carla: Staff, database: TestDatabase
):
    tell = {word: f"UPDATE account SET changed = '{word}' WHERE id = %(account)s" for word in sorted(CHANGES)}
    assert done(database, tell, "", carla) == sorted(CHANGES)


def test_an_ended_session_proves_nothing(carla: Staff, database: TestDatabase):
    proof = proof_of(session_of(carla))
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE staff_session SET expire_date = now() WHERE account_id = %s", (carla.account,))
    assert done(database, OF_AN_ACCOUNT, proof, carla) == []


def test_who_keeps_the_people_of_an_agency_invites_into_its_roles_and_nobody_else(
    carla: Staff, database: TestDatabase
):
    keeper = colleague_of(carla, Role.SUPERVISOR)
    own, given = proof_of(session_of(keeper)), {"code": uuid4().bytes, "role": carla.role.value}
    elsewhere = make_staff("dmitri", Role.POLICE)
    tried = {
        "by its supervisor": (own, {"by": keeper.person}),
        "into a role that nobody has there": (own, {"by": keeper.person, "role": "police"}),
        "by somebody else": (own, {"by": carla.person}),
        "for another agency": (own, {"by": keeper.person, "agency": elsewhere.agency, "role": "police"}),
        "as an operator": (own, {"by": "operator"}),
        "without the cookie": ("", {"by": keeper.person}),
    }
    found = [
        name
        for name, (proof, more) in tried.items()
        if done(database, {"invited": INVITED}, proof, keeper, **{**given, **more})
    ]
    assert found == ["by its supervisor"]


def test_a_person_is_made_by_the_code_of_an_invitation_once_and_only_as_it_says(
    carla: Staff, database: TestDatabase
):
    code = uuid4().bytes
    with database.connect(DatabaseRole.JOBS) as operator:
        operator.execute(INVITED, {"agency": carla.agency, "role": "police", "code": code, "by": "operator"})
    accept = "SELECT encircle_accept_invitation(%s, %s, %s, %s, '!', NULL, NULL)"
    with database.connect(DatabaseRole.WEB) as connection:

        def accepted(what: bytes) -> object:
            person = uuid4()
            found = connection.execute(accept, (what, uuid4(), person, f"{person}")).fetchone()
            return found == (person,)

        opened = [accepted(sha256(code).digest()), accepted(b""), accepted(code), accepted(code)]
        people = connection.execute(
            "SELECT role FROM person WHERE agency_id = %s ORDER BY since", (carla.agency,)
        ).fetchall()
    assert (opened, people) == ([False, False, True, False], [("child_protection_service",), ("police",)])


def test_a_trigger_that_is_gone_is_noticed(own_database: TestDatabase):
    carla = with_factors(own_database, make_staff("carla", Role.CHILD_PROTECTION_SERVICE))
    assert done(own_database, OF_AN_ACCOUNT | NEVER, "", carla) == []
    with own_database.connect_as_keeper() as keeper:
        for table in ("mfa_authenticator", "account", "linked_identity"):
            keeper.execute(f"DROP TRIGGER {table}_of_session ON {table}")
        keeper.execute("GRANT INSERT ON person, account, agency TO encircle_web")
    assert done(own_database, OF_AN_ACCOUNT, "", carla) == list(OF_AN_ACCOUNT)
    assert done(own_database, NEVER, "", carla) == [
        *(
            "another passkey",
            "no word of the change",
            "a word that means nothing",
            "an earlier word",
            "a person",
            "an account",
            "an agency",
        )
    ]
