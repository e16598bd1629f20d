"""Bench: the page of missing children, for an agency that takes part in 100,000 records, one in 24 of them missing.

    python bench/missing.py [--children 100000] [--runs 5] [--looks 20] [--missing 25]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together, and each
look has its journal entry. Records are made as for bench/list.py: some dozens are loaded as in a demonstration, and the
rows that follow from them are copied for the others, so that one in 24 is missing; as many as --missing says are stated
to be missing now, so that the first page is one of real children. `page` is that page as a
browser gets it, `database_ms` the statement that finds the records. The goal is 50 ms for each.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import be_web  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above


def main() -> None:
    """Make a database of that many records, look at the list many times, print."""
    parser = argparse.ArgumentParser(description="Measure the page of missing children.")
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--looks", type=int, default=20)
    parser.add_argument("--missing", type=int, default=25)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._missing import agency_of_many, measured

        begin = time.perf_counter()
        who, login = agency_of_many(database, asked.children, missing=asked.missing)
        made_in = time.perf_counter() - begin
        told = measured(who, login, asked.runs, asked.looks)
        print(json.dumps({"children": asked.children, "made_in_s": round(made_in, 1), **told}, indent=2))


if __name__ == "__main__":
    main()
