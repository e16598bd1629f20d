"""The door at its onion address: the same pages, of the same weight, with nothing that leads out of Tor or to HTTPS."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import door
from encircle.config.option import an_onion
from tests.database import TestDatabase
from tests.web.desks import make_desk
from tests.web.door.test_door import Child

ONION = "a2" * 28 + ".onion"
ORDINARY = "testserver"
DOCS = Path(__file__).parents[3] / "docs" / "operator" / "onion.md"
ADDRESSES = ("/hello/", "/hello/read/", "/sea/", "/report/", "/report/school/", "/report/school/guide/")


@pytest.fixture
def onion(database: TestDatabase, settings: Settings) -> None:
    """An installation behind TLS that has an onion address too."""
    settings.ONION = ONION
    settings.ALLOWED_HOSTS = [ORDINARY, ONION]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    make_desk(database, "dora")
    make_desk(database, "dirk")


def outer(page: bytes) -> list[str]:
    """What the page would load, or send, elsewhere."""
    return re.findall(r'(?:src|action|formaction|href)="((?:https?:)?//[^"]+)"', page.decode())


def bare(answer: HttpResponse) -> str:
    return re.sub(r'nonce="[^"]*"|name="form" value="[^"]*"', "", answer.content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_of_the_door_is_the_same_at_the_onion_address(onion: None, address: str):
    over_tor = Client(headers={"Host": ONION}).get(address)
    ordinary = Client(headers={"Host": ORDINARY}).get(address, secure=True)
    assert (over_tor.status_code, ordinary.status_code) == (200, 200)
    assert bare(over_tor) == bare(ordinary), "the same page, of the same weight"
    links = [one for one in outer(over_tor.content) if f'<a href="{one}"' not in over_tor.content.decode()]
    assert links == [], "nothing is loaded from, or sent to, another address"
    assert "Strict-Transport-Security" not in over_tor.headers
    assert "Onion-Location" not in over_tor.headers
    assert ordinary.headers["Onion-Location"] == f"http://{ONION}{address}"
    assert ordinary.headers["Strict-Transport-Security"]
    assert not over_tor.cookies


def test_a_page_that_loads_something_from_elsewhere_is_found():
    assert outer(b'<img src="https://example.org/x.png"><form action="/hello/">') == [
        "https://example.org/x.png"
    ]


def test_a_child_reports_over_tor_and_comes_back_by_either_address(onion: None):
    child = Child.__new__(Child)
    child.client = Client(enforce_csrf_checks=True, headers={"Host": ONION})
    child.page = child.client.get("/hello/")
    child.press("danger").press("", danger="no").press("check", text="over Tor")
    words, digits = child.press("send").codes()
    assert "over Tor" in child.press("code").press("inbox", code=words).said
    inbox = door.open_inbox(digits)
    assert inbox is not None
    assert [one.text for one in inbox.said] == ["over Tor"]
    leaving = child.client.get("/hello/out/")
    assert (leaving.status_code, leaving.headers["Location"]) == (302, "/sea/")


def test_nothing_but_the_door_is_at_the_onion_address(onion: None):
    client = Client(headers={"Host": ONION})
    for address in ("/", "/sign-in/", "/reports/", "/law/", "/my/", "/nowhere/"):
        assert client.get(address).status_code == 404, address
    assert Client().get("/sign-in/", secure=True).status_code == 200


def test_elsewhere_http_still_leads_to_https_and_no_page_of_staff_names_the_onion_address(onion: None):
    answer = Client().get("/hello/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{ORDINARY}/hello/")
    assert "Onion-Location" not in Client().get("/sign-in/", secure=True).headers


def test_without_the_setting_there_is_no_onion_address(database: TestDatabase):
    assert "Onion-Location" not in Client().get("/hello/", secure=True).headers


@pytest.mark.parametrize(
    "text", ["", "example.org", "a2.onion", ONION.upper(), "www." + ONION, "http://" + ONION]
)
def test_what_is_no_onion_address_stops_the_start(text: str):
    assert an_onion(ONION) == ONION
    with pytest.raises(ValueError, match=r"^$"):
        an_onion(text)


def test_tor_accepts_the_lines_of_the_guide(tmp_path: Path):
    tor = shutil.which("tor")
    if tor is None:
        pytest.skip("tor is not installed on this machine.")
    lines = re.findall(r"```torrc\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert lines
    own = lines[0].replace("/var/lib/tor", str(tmp_path))
    torrc = tmp_path / "torrc"
    torrc.write_text(f"DataDirectory {tmp_path}/data\nSocksPort 0\n{own}")
    words = [tor, "--verify-config", "-f", str(torrc), "--hush"]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0
    torrc.write_text(f"DataDirectory {tmp_path}/data\nHiddenServicePlanted 1\n")
    assert subprocess.run(words, check=False, capture_output=True).returncode != 0
