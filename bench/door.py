"""Bench: the door of a server on this machine: reports a second, how long one takes, and the inbox. Prints one JSON object.

    python bench/door.py http://127.0.0.1:PORT [--reports 1000] [--many 64] [--looks 500]

The server is a demonstration that runs beside it, on the same processors (`encircle demo --children 0`), its database with
fsync on, as it comes. One report is the final POST of 7 kB, sealed to each desk of the demonstration and to its code; its
form was fetched before, unmeasured, as the child reads between. Each code that was shown is then opened once, and what it
shows is compared with what was sent. Goals: 25 reports a second and p95 400 ms at 16 clients, no error at 64; the inbox
100 a second and p95 150 ms at 16 clients.
"""

import argparse
import html
import http.client
import json
import re
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CLIENTS = 16
TEXT = ("Some words of somebody who writes. " * 210)[:7_000]
_FORM = re.compile(r'name="form" value="([^"]+)"')
_CODE = re.compile(r'class="code" dir="ltr">([0-9 ]+)<')
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Done:
    """One request: how long it took, and what it brought; nothing, where it failed."""

    seconds: float
    brought: str


class Door:
    """The pages of the door at one address."""

    def __init__(self, address: str) -> None:
        self._host = urllib.parse.urlsplit(address).netloc
        if not self._host.startswith("127.0.0.1:"):
            raise SystemExit("Only a server on 127.0.0.1 is measured.")
        self._own = threading.local()

    def form(self) -> str:
        """A new form."""
        found = _FORM.search(self._asked("GET", ""))
        return html.unescape(found[1]) if found else ""

    def report(self, form: str, number: int) -> Done:
        """Send one report; its code."""
        return self._timed(
            {"step": "send", "form": form, "danger": "no", "text": f"Number {number}. {TEXT}"}, _CODE
        )

    def inbox(self, code: str, number: int) -> Done:
        """Open it again; its number, where it is that one."""
        return self._timed({"step": "inbox", "code": code}, re.compile(rf"(Number {number})\. Some words"))

    def _timed(self, fields: dict[str, str], expected: re.Pattern[str]) -> Done:
        body = urllib.parse.urlencode(fields)
        begin = time.perf_counter()
        found = expected.search(self._asked("POST", body))
        return Done(time.perf_counter() - begin, found[1] if found else "")

    def _asked(self, method: str, body: str) -> str:
        """What the server answered; nothing for an answer that is none. A connection that was closed is opened anew."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection(
                self._host, timeout=_PATIENCE_SECONDS
            )
        try:
            connection.request(method, "/hello/", body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            return ""
        return text if answer.status == 200 else ""


def _run(clients: int, of_each: Callable[[int], Done], many: int) -> tuple[dict[str, object], Sequence[Done]]:
    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = list(pool.map(of_each, range(many)))
    took = time.perf_counter() - begin
    times = sorted(one.seconds * 1000 for one in done)
    figures: dict[str, object] = {
        "clients": clients,
        "requests": many,
        "a_second": round(many / took, 1),
        "p50_ms": round(statistics.median(times)),
        "p95_ms": round(times[int(many * 0.95)]),
        "longest_ms": round(times[-1]),
        "failed": sum(not one.brought for one in done),
    }
    return figures, done


def measured(door: Door, reports: int, many: int, looks: int) -> dict[str, object]:
    """Reports at 16 clients and at many, then the inbox, then each code once more."""
    told: dict[str, object] = {"figure": "door"}
    codes: dict[int, str] = {}
    for name, clients, first in (("reports", CLIENTS, 0), ("reports_at_many", many, reports)):
        forms = [door.form() for _ in range(reports)]
        told[name], done = _run(
            clients, lambda at, forms=forms, first=first: door.report(forms[at], first + at), reports
        )
        codes |= {first + at: one.brought for at, one in enumerate(done) if one.brought}
    known = sorted(codes)
    told["inbox"], _ = _run(
        CLIENTS, lambda at: door.inbox(codes[known[at % len(known)]], known[at % len(known)]), looks
    )
    whole, _ = _run(CLIENTS, lambda at: door.inbox(codes[known[at]], known[at]), len(known))
    return {**told, "codes_given": len(known), "codes_that_do_not_open_their_report": whole["failed"]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the door of a server on this machine.")
    parser.add_argument("address")
    parser.add_argument("--reports", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=64)
    parser.add_argument("--looks", type=int, default=500)
    asked = parser.parse_args()
    print(json.dumps(measured(Door(asked.address), asked.reports, asked.many, asked.looks), indent=2))


if __name__ == "__main__":
    main()
