"""Behind TLS: what Django checks before deployment is clean; cookies, redirects and HSTS are those of a live installation."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from encircle.web.child import session
from encircle.web.page import theme

client = Client()
signing_in = client.get("/sign-in/", secure=True)
cookies = {}
for answer in (
    signing_in,
    client.post("/theme/", {"theme": "dark", "next": "/"}, secure=True),
    client.post("/language/", {"language": "et", "next": "/"}, secure=True),
):
    for name, one in answer.cookies.items():
        cookies[name] = [bool(one["secure"]), bool(one["httponly"]), one["samesite"], one["path"]]
plain = {path: client.get(path) for path in ("/sign-in/", "/api/v1/records", "/-/live")}
print(json.dumps({
    "cookies": cookies,
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_PATH],
    "child": session.COOKIE,
    "hsts": [client.get(path, secure=True).headers.get("Strict-Transport-Security") for path in (
        "/sign-in/", "/-/live", "/nowhere/", "/api/v1/records")],
    "plain": {path: [one.status_code, one.headers.get("Location", "")] for path, one in plain.items()},
    "code": json.loads(plain["/api/v1/records"].content)["code"],
    "debug": settings.DEBUG,
}))
"""


def behind_tls(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Python in an installation of its own behind TLS, without a database."""
    given = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "ENCIRCLE_DATA": str(data),
        "ENCIRCLE_BEHIND_TLS": "yes",
        "ENCIRCLE_HOSTS": "testserver",
        "ENCIRCLE_SECRET_KEY": secrets.token_urlsafe(60),
        "DJANGO_SETTINGS_MODULE": "encircle.config.settings",
    }
    return subprocess.run([sys.executable, *words], env=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    done = behind_tls(tmp_path_factory.mktemp("tls"), "-c", ASK)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_the_check_before_deployment_finds_nothing(tmp_path: Path):
    done = behind_tls(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_behind_tls_each_cookie_is_secure_and_says_so_in_its_name(said: dict[str, object]):
    """The child's page and the language are held to a path, which `__Host-` forbids."""
    assert said["cookies"] == {
        "__Host-encircle-form": [True, True, "Lax", "/"],
        "__Host-encircle-theme": [True, True, "Lax", "/"],
        "__Secure-encircle-language": [True, True, "Lax", "/"],
    }
    assert said["session"] == ["__Host-encircle", True, "/"]
    assert said["child"] == "__Secure-page"


def test_behind_tls_each_answer_asks_for_it_for_a_year(said: dict[str, object]):
    assert said["hsts"] == ["max-age=31536000; includeSubDomains; preload"] * 4


def test_behind_tls_pages_lead_to_https_and_programs_are_refused(said: dict[str, object]):
    assert said["plain"] == {
        "/sign-in/": [301, "https://testserver/sign-in/"],
        "/api/v1/records": [403, ""],
        "/-/live": [200, ""],
    }
    assert (said["code"], said["debug"]) == ("not_over_https", False)
