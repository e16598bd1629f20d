"""Bench: the pages of a record of 60 facts as a browser gets them: session, look, journal, render, compress; their weight.

    python bench/page.py [--runs 5] [--looks 40]

Prints one JSON object. The unit of cost is milliseconds of CPU, of this process and of its database backend together;
weights are kilobytes as they are sent (gzip): a first load with styles, icons and scripts, and a later one. The goals
are 50 ms, 80 kB and 25 kB.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.look import FACTS, made_record  # noqa: E402  # found only with the path above
from bench.record import as_operator, be_web, cpu  # noqa: E402  # as above
from encircle.host.database import temporary_database  # noqa: E402  # as above

GOAL_MS, DAY_GOAL_MS, FIRST_KB, LATER_KB = 50, 80, 80, 25
_PATH = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def main() -> None:
    """Make a database with one record, open its page many times, print."""
    parser = argparse.ArgumentParser(description="Measure the case page as it is sent.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--looks", type=int, default=40)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        print(json.dumps(measured(asked.runs, asked.looks), indent=2))


def measured(runs: int, looks: int) -> dict[str, object]:
    """The median over the runs, and the weights of the same page."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from encircle.host import clock
    from encircle.records import people

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEMO = True  # a session by password alone is enough here
    who, number, _root = made_record()
    login = f"bench-{uuid4()}"
    with as_operator():
        people.add_staff(login=login, password=str(uuid4()), agency=who.agency, role=who.role)
    client = Client()
    client.force_login(get_user_model().objects.get(login=login))
    sent = {"Accept-Encoding": "gzip"}

    def opened(page: str = "") -> None:
        for _ in range(looks):
            if client.get(f"/records/{number}/{page}", headers=sent).status_code != 200:
                raise SystemExit("The page did not open.")

    def a_day() -> None:
        opened("days/")

    opened()
    a_day()
    page = client.get(f"/records/{number}/", headers=sent).content
    later = len(page) / 1024
    return {
        "figure": "page",
        "at": clock.now().isoformat(timespec="seconds"),
        "facts_in_the_record": FACTS,
        "case_page": cpu([opened] * runs, looks, goal_ms=GOAL_MS),
        "a_day": cpu([a_day] * runs, looks, goal_ms=DAY_GOAL_MS),
        "html_kb": round(len(gzip.decompress(page)) / 1024, 1),
        "later_load_kb": round(later, 1),
        "first_load_kb": round(later + _assets(gzip.decompress(page).decode()), 1),
        "goals": {"first_load_kb": FIRST_KB, "later_load_kb": LATER_KB},
    }


def _assets(html: str) -> float:
    """Styles, icons and scripts of the page as they are sent, in kilobytes."""
    from django.conf import settings

    names = {path.partition("?")[0].removeprefix(settings.STATIC_URL) for path in _PATH.findall(html)}
    files = [Path(settings.STATIC_ROOT) / name for name in names]
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) / 1024


if __name__ == "__main__":
    main()
