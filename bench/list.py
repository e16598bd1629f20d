"""Bench: the first page of the records, and of the work list, of an agency that takes part in 10,000 children's records.

    python bench/list.py [--children 10000] [--runs 5] [--looks 50]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together. Each look
has its journal entry. The children are synthetic: some dozens are loaded as in a demonstration, and the rows that follow
from them are copied for the others, each with a root, a membership and a sealed name of its own. `state_ms` is what it
takes to append one fact with all rows that follow, on a record of 60 facts; the whole act is measured by bench/act.py.
The goals are 25 ms, 30 ms and 25 ms.
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
    """Make a database of that many records, look at the lists many times, print."""
    parser = argparse.ArgumentParser(description="Measure the lists and stating a fact.")
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--looks", type=int, default=50)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._lists import country, measured

        begin = time.perf_counter()
        who = country(database, asked.children)
        made_in = time.perf_counter() - begin
        print(json.dumps(measured(who, asked.children, asked.runs, asked.looks, made_in), indent=2))


if __name__ == "__main__":
    main()
