"""Bench: perform one act on a record of 60 facts: permit, references, prohibitions, fact, journal, what follows.

    python bench/act.py [--runs 5] [--acts 20]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together.
`plan_ms`: an interview is planned, so that every prohibition is asked with and without the plan. `record_ms`: an
interview that was held. The goal of each is 40 ms.
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
    """Make records of 60 facts, perform acts on them, print."""
    parser = argparse.ArgumentParser(description="Measure one act.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--acts", type=int, default=20)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._acts import measured

        print(json.dumps(measured(database, asked.runs, asked.acts), indent=2))


if __name__ == "__main__":
    main()
