"""The page of limits says what the program does: figures, ways to sign in, connections, logs."""

import re

import pytest
from django.conf import global_settings

from encircle.actions.reports import files
from encircle.actions.reports.slow_lane import MANY, WAIT_SECONDS, WITHIN_SECONDS
from encircle.actions.sign_in import Attempts
from encircle.actions.token import LONGEST_DAYS
from encircle.cli import process
from encircle.config import settings, wsgi
from encircle.config.options import chosen
from encircle.config.urls import pages
from encircle.host import body, lines
from encircle.host.provider import fetch
from encircle.web.api.body import MOST_BYTES
from encircle.web.api.caller import Rate
from tests.house.source import ROOT
from tests.house.test_dangers import REACHES

PAGE = (ROOT / "docs" / "operator" / "limits.md").read_text("utf-8")
STARTED = (ROOT / "src" / "encircle" / "cli" / "process.py").read_text("utf-8")
OPTIONS = chosen({})


def part(heading: str) -> str:
    """What stands under a heading of the page."""
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (
            "Guessing is slowed",
            f"{Attempts.free} are free; then {Attempts.first_wait_seconds} seconds, twice as long each time, "
            f"{Attempts.longest_wait_seconds} seconds at most",
        ),
        ("Guessing is slowed", f"logins remembered | {Attempts.most_logins} |"),
        ("Guessing is slowed", "5 in 5 minutes"),
        ("Guessing is slowed", f"{MANY} wrong ones within {WITHIN_SECONDS:.0f} seconds, of all together"),
        ("Guessing is slowed", f"each look-up waits {WAIT_SECONDS * 1000:.0f} ms"),
        ("Sessions", f"{OPTIONS.number('ENCIRCLE_IDLE_MINUTES')} minutes without a click"),
        ("Sessions", f"{OPTIONS.number('ENCIRCLE_SESSION_HOURS')} hours in all"),
        ("Sessions", "any number of sessions at once"),
        ("Size and pace", f"one request of a program | {MOST_BYTES} bytes"),
        ("Size and pace", f"{Rate.at_once} at once, then {Rate.a_second:.0f} a second"),
        (
            "Size and pace",
            f"{global_settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes, {global_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
        ),
        (
            "Size and pace",
            f"{files.MOST_FILES} for one form, {files.MOST_BYTES} bytes each; {files.MOST_WAITING} wait at most",
        ),
        (
            "Size and pace",
            f"{lines.PLACES}, each read by a thread of its own; {wsgi.MAKERS} others make pages",
        ),
        ("Size and pace", f"still for {lines.SILENT_SECONDS:.0f} seconds"),
        ("Size and pace", f"less than {lines.FEW_BYTES} bytes in {lines.WINDOW_SECONDS} seconds"),
        (
            "Size and pace",
            f"{body.SHORT_BYTES} bytes in memory; beyond, sealed: {body.MOST_BYTES} bytes are kept,"
            f" {body.MOST_OF_ALL} of all",
        ),
        ("Connections", f"{fetch.PATIENCE_SECONDS:.0f} seconds, {fetch.MOST_BYTES:,} bytes, two at once"),
    ],
)
def test_each_limit_stands_in_the_page_as_the_code_has_it(heading: str, words: str):
    assert words in part(heading)


def test_what_is_not_changed_is_as_the_page_has_it():
    assert settings.ACCOUNT_RATE_LIMITS == {"login_failed": "5/5m/key"}
    assert not {"DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS"} & set(vars(settings))
    assert re.findall(r'"--(?:backpressure|blocking-threads)",\s*str\((\w+)\)', STARTED) == [
        "PLACES",
        "PLACES",
    ]
    assert wsgi.MAKERS == 4
    assert process.SETTINGS == "encircle.config.settings"


def test_every_way_to_sign_in_is_written_down():
    """An address that begins a session or takes a code stands in the table; so does the token of programs."""
    told = part("Ways to sign in")
    ways = {f"/{one.pattern}" for one in pages(demo=True)}
    begin = {"/sign-in/", "/my/", "/step-in/"}
    assert "/sign-in/with/<slug:provider>/" in ways
    assert "`/sign-in/with/`" in told
    assert [way for way in sorted(begin) if way not in ways or f"`{way}`" not in told] == []
    assert "`/api/v1/`" in told
    assert ("ninety days" in told, LONGEST_DAYS) == (True, 90)
    others = [way for way in ways if re.search(r"login|log-in|oidc|saml|oauth|token|signup", way)]
    assert others == []


def test_what_around_a_request_counts_is_written_down():
    told = part("What counts around a request")
    again = OPTIONS.number("ENCIRCLE_AGAIN_MINUTES")
    assert f"since the second step ({again} minutes" in told
    for word in ("last click", "begin of the session", "clock that was set back", "Neither the address"):
        assert word in told


def test_each_connection_stands_in_the_page():
    told = part("Connections")
    assert [path for path in REACHES if f"`{path}`" not in told] == []
    assert "PostgreSQL" in told
    for word in (
        "TLS 1.2 and 1.3",
        "forward secrecy",
        "certificate that browsers trust",
        "host name of their own",
    ):
        assert word in told


def test_each_log_stands_in_the_page():
    told = part("Logs")
    rows = [line for line in told.splitlines() if line.startswith("| the ")]
    assert [line.split("|")[1].strip() for line in rows] == [
        "the journal",
        "the log of the process",
        "the log of the embedded database",
        "the log of your proxy",
    ]
    assert [len(line.split("|")) for line in rows] == [7] * 4
    for field in ("`at`", "`level`", "`from`", "`what`"):
        assert field in told
