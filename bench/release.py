"""Bench: what it costs to count all children of a country, to protect the figures and to store them as a release.

    python bench/release.py [--children 100000] [--duties 20]

Prints one JSON object; the unit is seconds by the clock. The children are synthetic: some dozens are loaded as in a
demonstration, and the rows that follow from them are copied for the others, so many duties for each. Beside it stands how
far figures are from their counts. Goal: 10 s for protecting and auditing all tables (counting comes first).
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
from encircle.host.database import temporary_database  # noqa: E402  # found only with the path above


def main() -> None:
    """Make a database of that many children, release once, print."""
    parser = argparse.ArgumentParser(description="Measure a release of statistics.")
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--duties", type=int, default=20)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._release import country, measured

        begin = time.perf_counter()
        country(database, asked.children, asked.duties)
        made_in = time.perf_counter() - begin
        print(json.dumps({**measured(asked.children), "made_in_s": round(made_in, 1)}, indent=2))


if __name__ == "__main__":
    main()
