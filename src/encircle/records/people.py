"""Agencies, accounts and persons of staff: added, and found again. Knows no child."""

from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import connection

from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.role import Role


def add_agency(
    agency: AgencyId, *, code: str, name: str, role: str, country: str, region: str | None = None
) -> None:
    """Add an agency; one that is there already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agency (id, code, name, names, role, country, region, notice_address, night_address)"
            " VALUES (%s, %s, %s, '{}', %s, %s, %s, '', '') ON CONFLICT DO NOTHING",
            (agency, code, name, role, country, region),
        )


def add_staff(*, login: str, password: str, agency: AgencyId, role: Role, region: str | None = None) -> None:
    """Add an account with one person in one role at one agency; a login that is there already stays as it is."""
    account = str(uuid4())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO account (id, login, email, is_active, password) VALUES (%s, %s, '', true, %s)"
            " ON CONFLICT (login) DO NOTHING RETURNING id::text",
            (account, login, make_password(password)),
        )
        if cursor.fetchone() is not None:
            cursor.execute(
                "INSERT INTO person (id, account_id, agency_id, role, given_name, surname, region)"
                " VALUES (%s, %s, %s, %s, '', '', %s)",
                (str(uuid4()), account, agency, role.value, region),
            )


def add_person(
    person: str,
    *,
    login: str,
    agency: AgencyId,
    role: Role,
    given_name: str,
    surname: str,
    region: str | None,
) -> bool:
    """Add a person with an account that no password opens; whether it was added.

    A person or a login that is there already stays as it is.
    """
    account = str(uuid4())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO account (id, login, email, is_active, password) SELECT %s, %s, '', true, %s"
            " WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = %s)"
            " ON CONFLICT (login) DO NOTHING RETURNING id::text",
            (account, login, make_password(None), person),
        )
        if cursor.fetchone() is None:
            return False
        cursor.execute(
            "INSERT INTO person (id, account_id, agency_id, role, given_name, surname, region)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (person, account, agency, role.value, given_name, surname, region),
        )
    return True


def accept_invitation(
    code: bytes, *, login: str, password: str, identity: tuple[str, str] | None = None
) -> bool:
    """Make account and person of who was invited, by the code itself; whether it opened anything.

    `password`: its hash. `identity`: issuer and subject by which the account is signed in to.
    """
    issuer, subject = identity or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encircle_accept_invitation(%s, %s, %s, %s, %s, %s, %s) IS NOT NULL",
            (code, str(uuid4()), str(uuid4()), login, password, issuer, subject),
        )
        return bool(cursor.fetchone()[0])


def has_staff() -> bool:
    """Whether anybody can sign in at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM account)")
        return bool(cursor.fetchone()[0])


def has_root(root: RootId) -> bool:
    """Whether this root is there, as far as the context may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM root WHERE id = %s)", (root,))
        return bool(cursor.fetchone()[0])
