"""Bench: ten insiders in a stream of normal looks: how many stand out, and how often somebody else does.

    python bench/insiders.py [--weeks 10] [--seed 7]

Prints one JSON object. 1,000 people at 40 agencies of eight regions look 100,000 times a week at 20,000 children: their own
cases most of all, those of colleagues, a few of others and of other regions; some work late, are refused now and then, open
a record in an emergency. Each of the ten insiders does one thing of his own, once. The alarms are those of the numbers that
the packs propose, counted once a day by the job itself, in a real database. Synthetic: nobody knows how people look in a
country that has this system. The goals: nine of ten found, at most five false alarms a working day and 1,000 people.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import be_web  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above


def main() -> None:
    """Make a database, play the weeks, print."""
    parser = argparse.ArgumentParser(description="Find insiders in a stream of normal looks.")
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._insiders import measured

        print(json.dumps(measured(database, asked.weeks, asked.seed), indent=2))


if __name__ == "__main__":
    main()
