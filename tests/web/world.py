"""The test world as the desk meets it: staff with sign-ins, and records loaded for their agencies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import connection

from encircle.actions.context import Who
from encircle.actions.examples import load_case
from encircle.actions.law import packs_folder
from encircle.actions.replay.file import read_replay
from encircle.host.database import DatabaseRole
from encircle.records import people
from encircle.records.context import with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator

PASSWORD = "a long password for tests"


@dataclass(frozen=True)
class Staff:
    """Somebody who can sign in."""

    login: str
    agency: AgencyId
    role: Role
    account: str
    person: str

    @property
    def who(self) -> Who:
        return Who(self.person, self.agency, self.role)


def make_staff(name: str, role: Role) -> Staff:
    agency, login = AgencyId(str(uuid4())), f"{name}-{uuid4()}"
    with as_operator():
        people.add_agency(
            agency, code=f"a-{agency}", name=f"The agency of {name}", role=role.value, country="EE"
        )
        people.add_staff(login=login, password=PASSWORD, agency=agency, role=role)
    return _staff(login, agency, role)


def _staff(login: str, agency: AgencyId, role: Role) -> Staff:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account.id::text, person.id::text FROM account JOIN person ON person.account_id = account.id"
            " WHERE login = %s",
            (login,),
        )
        account, person = cursor.fetchone()
    return Staff(login, agency, role, account, person)


def add_factor(account: object, kind: str, data: dict[str, object]) -> Authenticator:
    """A second factor that is there already: none that the pages could make without a session of that account."""
    with as_operator(DatabaseRole.OWNER):
        return Authenticator.objects.create(user_id=account, type=kind, data=data)


def colleague_of(staff: Staff, role: Role | None = None) -> Staff:
    """Another person of the same agency, in the same role or in that one."""
    login, role = f"colleague-{uuid4()}", role or staff.role
    with as_operator():
        people.add_staff(login=login, password=PASSWORD, agency=staff.agency, role=role)
    return _staff(login, staff.agency, role)


@contextmanager
def loading(database: TestDatabase) -> Iterator[None]:
    with database.used_as(DatabaseRole.JOBS):
        yield


def load(database: TestDatabase, case: str, *, seen_by: Staff) -> str:
    """Load a real case anew, for this agency alone; the number of its first child's record."""
    read = replace(read_replay(packs_folder() / "base" / "cases" / f"{case}.yaml"), name=uuid4().hex[:8])
    before = set(numbers_seen(seen_by))
    with loading(database):
        load_case(read, seen_by=(seen_by.agency,))
    return min(set(numbers_seen(seen_by)) - before, key=_age)


def numbers_seen(staff: Staff) -> list[str]:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT number FROM root ORDER BY made_at, number")
        return [row[0] for row in cursor.fetchall()]


def journal_of(staff: Staff) -> list[tuple[object, ...]]:
    """What this agency's journal holds, oldest first: kind, outcome, purpose, field groups, whether it names a record."""
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT kind, outcome, purpose, array_to_string(field_groups, ''), root_id IS NOT NULL"
            " FROM journal_entry WHERE actor = %s ORDER BY at",
            (staff.person,),
        )
        return [tuple(row) for row in cursor.fetchall()]


def _age(number: str) -> str:
    return number
