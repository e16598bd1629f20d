"""Bench: computing everything anew from the facts, a record at a time of many; and what a sweep has to find.

    python bench/rebuild.py [--children 2000] [--records 1000] [--runs 3] [--data FOLDER]

Prints one JSON object. `rebuild`: milliseconds of CPU for each record, of one process and its database backend together,
of so many records in whole parts that are spread over the folder, computed when another rebuild of them is done, so that
their rows stand as they should; several processes share parts and none waits for another, so that two on two cores take
half of it. `due`: milliseconds to find what time has changed, where a share of all records is due.
Goals: 1,000,000 children in 6 minutes on 2 cores, which is 0.72 ms; a sweep of 1,000,000 children 5,000 ms.
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
    """Load what is not there yet, compute many times, print."""
    parser = argparse.ArgumentParser(description="Measure computing everything anew.")
    parser.add_argument("--children", type=int, default=2_000)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    environ = environment()
    with tempfile.TemporaryDirectory(prefix="encircle-rebuild-") as folder:
        Path(folder).chmod(0o711)
        data = asked.data or Path(folder) / "data"
        with until_stopped(), connect_or_open(data, environ=environ):
            migrate(data, environ=environ, mode="demo")
            take_role("jobs", data=data, environ=environ, mode="demo")
            from bench._rebuild import measured

            print(json.dumps(measured(asked.children, asked.records, asked.runs), indent=2))


if __name__ == "__main__":
    main()
