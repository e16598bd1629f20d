"""The ways to a provider and back, as a browser takes them."""

import ssl
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit

from django.db import connection
from django.test import Client

from tests.provider import Forger
from tests.web.reading import read
from tests.web.world import Staff

SIGN_IN, BACK, LINKED = "/sign-in/with/state/", "/sign-in/with/state/back/", "/account/linked/"
NOT_BELIEVED = "This sign-in could not be believed, so nobody was signed in."
STEPS = {"acr": {"gold": "passkey"}, "amr": {"otp": "second_step"}}


def agency_code(staff: Staff) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM agency WHERE id = %s", (staff.agency,))
        return str(cursor.fetchone()[0])


@dataclass
class Question:
    """What the browser was led to."""

    address: str
    asked: dict[str, str]


def begun(client: Client, answer: Any) -> Question:
    """From a redirect, or from the page after a form."""
    address = answer.headers.get("Location") or read(answer.content).links[-1]
    return Question(address, {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()})


def begin(client: Client, forger: Forger, way: str = "") -> Question:
    question = begun(client, client.get(SIGN_IN + (f"?{urlencode({'next': way})}" if way else "")))
    forger.nonce = question.asked["nonce"]
    return question


def answer(client: Client, question: Question, forger: Forger, **change: str | None) -> Any:
    given = {"code": "one", "state": question.asked["state"], "iss": forger.issuer, **change}
    return client.get(BACK, {name: value for name, value in given.items() if value is not None})


def come_by(forger: Forger, client: Client | None = None, **change: str | None) -> tuple[Client, Any]:
    client = client or Client()
    return client, answer(client, begin(client, forger), forger, **change)


def link(staff: Staff, forger: Forger, client: Client) -> Any:
    """By the pages: the form, the page with the way, the answer."""
    page = client.post(LINKED, {"do": "link-state"})
    question = begun(client, page)
    forger.nonce = question.asked["nonce"]
    return answer(client, question, forger)


def subject_of(forger: Forger) -> str:
    return str(forger.claims["sub"])


def rows(forger: Forger) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id::text, linked_by, ended_at IS NULL FROM linked_identity"
            " WHERE subject = %s ORDER BY linked_at",
            (subject_of(forger),),
        )
        return cursor.fetchall()


def is_outside(client: Client) -> bool:
    return (
        client.get("/").headers.get("Location") in ("/sign-in/", "/account/")
        or "_auth_user_id" not in client.session
    )


def at_provider(address: str, folder: Path, body: bytes, *, method: str = "POST", kind: str = "") -> str:
    """What a person does there; where they are led afterwards."""

    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *told: Any) -> None:
            return None

    trusted = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    opener = urllib.request.build_opener(Stays, urllib.request.HTTPSHandler(context=trusted))
    headers = {"Content-Type": kind} if kind else {}
    asked = urllib.request.Request(address, data=body, method=method, headers=headers)
    try:
        with opener.open(asked, timeout=10) as said:
            return str(said.headers.get("Location", ""))
    except HTTPError as led:
        with led:
            return str(led.headers["Location"])
