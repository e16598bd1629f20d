"""Bench: the screens of a country of many children: a record, lists, search, opening a record, one change; and the pages.

    python bench/country.py [--children 10000] [--data FOLDER] [--runs 5] [--looks 30]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together; each
look and each change has its journal entry. `everywhere` is somebody of an agency that takes part in every record,
`of_a_region` of a child protection service, `of_a_school` of a school, `of_600_records` of an agency with so many among
all; `pages` are those of the first as a browser gets
them, rendered and compressed. `plan` is how the database finds the rows of a list under row-level security.
With --data the country stays there and is loaded only once: `python bench/country.py --children 100000 --data FOLDER`;
stopped, it goes on. Goals at 100,000 children: case home with rendering 50 ms, work list 30, list of records 25, search,
opening a record and a change 40 each, and growth no faster than log n.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from encircle.cli.process import environment, migrate, take_role, until_stopped  # noqa: E402  # found only with the path above
from encircle.host.database import connect_or_open  # noqa: E402  # as above


def main() -> None:
    """Load what is not there yet, look many times, print."""
    parser = argparse.ArgumentParser(description="Measure the screens of a large country.")
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--looks", type=int, default=30)
    asked = parser.parse_args()
    environ = environment()
    with tempfile.TemporaryDirectory(prefix="encircle-country-") as folder:
        Path(folder).chmod(0o711)
        data = asked.data or Path(folder) / "data"
        with until_stopped(), connect_or_open(data, environ=environ) as database:
            migrate(data, environ=environ, mode="demo")
            take_role("jobs", data=data, environ=environ, mode="demo")
            from bench._country import measured

            print(json.dumps(measured(database, asked.children, asked.runs, asked.looks), indent=2))


if __name__ == "__main__":
    main()
