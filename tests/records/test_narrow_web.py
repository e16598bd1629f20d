"""What the role of the pages cannot change of accounts, persons, agencies and second factors, whatever context it forges."""

import psycopg
import pytest

from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, add_factor, make_staff

REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


def changed(database: TestDatabase, what: str, *given: object, by: Staff, role: DatabaseRole) -> None:
    """As that person says it is: who has the role can state any context."""
    with database.connect(role) as connection, connection.transaction():
        connection.execute("SELECT set_config('encircle.agency', %s, true)", (by.agency,))
        connection.execute("SELECT set_config('encircle.actor', %s, true)", (by.person,))
        done = connection.execute(what, given)
        assert done.rowcount == 1


FORGED = {
    "another agency": "UPDATE person SET agency_id = %(agency)s WHERE id = %(person)s",
    "another role": "UPDATE person SET role = 'police' WHERE id = %(person)s",
    "another account": "UPDATE person SET account_id = %(other)s WHERE id = %(person)s",
    "another name": "UPDATE person SET surname = 'Mets' WHERE id = %(person)s",
    "another region": "UPDATE person SET region = 'north' WHERE id = %(person)s",
    "another login": "UPDATE account SET login = 'eva' WHERE id = %(account)s",
    "role of an agency": "UPDATE agency SET role = 'police' WHERE id = %(agency)s",
    "notices to elsewhere": "UPDATE agency SET notice_address = 'x@y.example' WHERE id = %(agency)s",
    "no passkeys": "UPDATE agency SET passkeys_from = NULL WHERE id = %(agency)s",
    "moved factor": "UPDATE mfa_authenticator SET user_id = %(account)s WHERE user_id = %(other)s",
    "other kind of factor": "UPDATE mfa_authenticator SET type = 'webauthn' WHERE user_id = %(other)s",
}


@pytest.mark.parametrize("what", FORGED)
def test_the_pages_cannot_make_somebody_else_of_anybody(
    what: str, carla: Staff, eva: Staff, database: TestDatabase
):
    add_factor(carla.account, "totp", {"secret": "sealed"})
    given = {
        "person": eva.person,
        "account": eva.account,
        "agency": carla.agency,
        "other": carla.account,
    }
    for by in (carla, eva):
        with database.connect(DatabaseRole.WEB) as connection, connection.transaction(force_rollback=True):
            connection.execute("SELECT set_config('encircle.agency', %s, true)", (by.agency,))
            with pytest.raises(REFUSED):
                connection.execute(FORGED[what], given)
    with database.connect_as_keeper() as keeper:
        assert keeper.execute(FORGED[what], given).rowcount == 1, "what is refused is there to be changed"


def test_an_office_ends_in_its_own_agency_only_and_for_good(carla: Staff, eva: Staff, database: TestDatabase):
    end = "UPDATE person SET until = now() WHERE id = %s"
    with pytest.raises(REFUSED):
        changed(database, end, eva.person, by=carla, role=DatabaseRole.WEB)
    changed(database, end, eva.person, by=eva, role=DatabaseRole.WEB)
    with pytest.raises(REFUSED):
        changed(
            database,
            "UPDATE person SET until = NULL WHERE id = %s",
            eva.person,
            by=eva,
            role=DatabaseRole.WEB,
        )


def test_who_left_is_not_let_in_again_by_the_pages_and_no_session_is_revived(
    carla: Staff, database: TestDatabase
):
    def web(what: str) -> None:
        changed(
            database,
            f"UPDATE account SET {what} WHERE id = %s",
            carla.account,
            by=carla,
            role=DatabaseRole.WEB,
        )

    web("is_active = false, signed_out_at = now()")
    for what in (
        "is_active = true",
        "signed_out_at = NULL",
        "signed_out_at = signed_out_at - interval '1 s'",
    ):
        with pytest.raises(REFUSED):
            web(what)
    web("last_login = now(), wrong_attempts = 0")
    changed(
        database,
        "UPDATE account SET is_active = true WHERE id = %s",
        carla.account,
        by=carla,
        role=DatabaseRole.JOBS,
    )
