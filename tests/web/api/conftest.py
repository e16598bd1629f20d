"""Programs of agencies: each works with a token; Eva's agency has one too and must see nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from encircle.actions.permit import mandates
from encircle.actions.token import make_token
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web.api.caller import RATE
from tests.database import TestDatabase
from tests.web.world import Staff, load, make_staff

AINO_CASE = "8.3"


@dataclass
class Program:
    """A program that asks with the token of one agency."""

    staff: Staff
    secret: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, purpose: Purpose | str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1{path}", headers=self._headers(purpose, headers))

    def post(self, path: str, purpose: Purpose | str, body: object, **headers: str) -> HttpResponse:
        """With a new key, unless one is given."""
        given = {"Idempotency-Key": str(uuid4()), **headers}
        said = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = given.pop("Content-Type", "application/json")
        return self.client.post(
            f"/api/v1{path}", said, content_type=kind, headers=self._headers(purpose, given)
        )

    @property
    def token(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id::text FROM api_token WHERE agency_id = %s", (self.staff.agency,))
            return str(cursor.fetchone()[0])

    def journal(self) -> list[tuple[object, ...]]:
        """What programs left in the journal, oldest first: kind, outcome, purpose, field groups, whether of a record."""
        with (
            with_context(agency=self.staff.agency, actor="test", purpose="protect"),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT kind, outcome, purpose, array_to_string(field_groups, ''), root_id IS NOT NULL"
                " FROM journal_entry WHERE agency_id = %s AND actor LIKE 'token:%%' ORDER BY at",
                (self.staff.agency,),
            )
            return [tuple(row) for row in cursor.fetchall()]

    def _headers(self, purpose: Purpose | str, more: Mapping[str, str]) -> dict[str, str]:
        visit = {"Encircle-Visit": "investigate"} if self.staff.role is Role.POLICE else {}
        return {
            "Authorization": f"Bearer {self.secret}",
            "Encircle-Purpose": str(purpose),
            **visit,
            **more,
        }


def program_of(database: TestDatabase, staff: Staff, **limits: Any) -> Program:
    """A program of that agency, with a token for all that its mandate allows or for what is named."""
    mandate = mandates()[staff.role]
    given = {"purposes": mandate.purposes, "groups": None, "days": 90, **limits}
    with database.used_as(DatabaseRole.JOBS):
        secret = make_token(agency=f"a-{staff.agency}", role=staff.role, name="case-file", **given)
    return Program(staff, secret)


def problem(response: HttpResponse) -> dict[str, Any]:
    """The problem that was answered."""
    assert response.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = json.loads(response.content)
    assert said["status"] == response.status_code
    return said


def told(response: HttpResponse, status: int = 200) -> Any:
    """What was answered."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(RATE), "at_once", 1_000_000)


@pytest.fixture
def carlas(database: TestDatabase, carla: Staff) -> Program:
    return program_of(database, carla)


@pytest.fixture
def evas(database: TestDatabase, eva: Staff) -> Program:
    return program_of(database, eva)


@pytest.fixture
def dmitris(database: TestDatabase) -> Program:
    return program_of(database, make_staff("dmitri", Role.POLICE))


@pytest.fixture
def aino(database: TestDatabase, carla: Staff) -> str:
    return load(database, AINO_CASE, seen_by=carla)
